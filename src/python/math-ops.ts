/** `tensorflow.python.ops.math_ops`. @module */
export * from '../math';
export { argMax, argMin } from '../ops/arg';
export { cast, saturateCast, toBfloat16, toDouble, toFloat, toInt32, toInt64 } from '../ops/cast';
export { complex } from '../ops/complex';
export { matmul } from '../ops/matmul';
export { linspace, range } from '../ops/range';
export { tensordot } from '../ops/tensordot';
