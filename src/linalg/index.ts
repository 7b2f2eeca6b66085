/** The tf.linalg namespace: re-exports only. */
export { globalNorm } from '../ops/clip';
export { matmul, matvec } from '../ops/matmul';
export { tensordot } from '../ops/tensordot';
export { l2Normalize } from '../nn/normalize';
