/** `tensorflow.python.ops.sparse_ops`. @module */
export { sparseTensorToDense, sparseToDense } from '../ops/sparse';
