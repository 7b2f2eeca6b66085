/** The tf.linalg namespace: re-exports only. */
export { globalNorm } from './clip';
export { matmul, matvec, tensordot } from './matmul';
export { l2Normalize } from './normalize';
