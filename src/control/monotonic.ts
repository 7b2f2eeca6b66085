/** Whether the elements of a tensor grow, in row-major order; and whether they are numbers. */
import * as dtypes from '../base/dtype';
import type { DType } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { bound } from '../calls/bind';
import { inScope } from '../graph/apply';
import { type NotText, convertToTensor } from '../graph/constant';
import { Tensor } from '../graph/graph';
import { cond } from '../flow/cond';
import { less, lessEqual } from '../ops/compare';
import { reduceAll } from '../ops/reduce';
import { reshape } from '../ops/reshape';
import { shape as shapeOf, size } from '../ops/shape';
import { stridedSlice } from '../ops/strided-slice';

/** TensorFlow's list; what is not in it is no number to these functions. */
const NUMERIC: ReadonlySet<DType> = new Set([
  ...[dtypes.float32, dtypes.float64, dtypes.int8, dtypes.int16, dtypes.int32, dtypes.int64, dtypes.uint8],
  ...[dtypes.qint8, dtypes.qint32, dtypes.quint8, dtypes.complex64],
]);
/**
 * Whether a tensor is of numbers, as TensorFlow counts them: floats of 32 and 64 bits, integers but for the larger
 * unsigned ones, quantized ones, and complex64.
 *
 *     tf.isNumericTensor(tf.constant(1))     // true
 *     tf.isNumericTensor(tf.constant('a'))   // false
 *
 * @param tensor  any value
 * @returns  false for what is no tensor
 */
export const isNumericTensor = bound(
  'is_numeric_tensor',
  (tensor: unknown): boolean => tensor instanceof Tensor && NUMERIC.has(tensor.dtype),
);

/** What each element is above the one before it; empty for one element, and for none. */
function steps(given: NotText): Tensor {
  const x = reshape(given, [-1]);
  if (!isNumericTensor(x)) throw new TypeError_(`Expected x to be numeric, instead found: ${x}`);
  const isShort = less(size(x), 2);
  const rest = shapeOf(x).sub(1);
  return cond(
    isShort,
    () => convertToTensor([], x.dtype),
    () => stridedSlice(x, [1], rest.radd([1])).sub(stridedSlice(x, [0], rest)),
  );
}
/** Whether 0 compares with each step as the elements are to grow. */
function growing(scope: string, compare: (zero: Tensor, step: Tensor) => Tensor) {
  return (x: NotText, name?: string): Tensor =>
    inScope(name, scope, [x], () => {
      const diff = steps(x);
      return reduceAll(compare(convertToTensor(0, diff.dtype), diff));
    });
}
/**
 * Whether each element is larger than the one before it.
 *
 *     tf.isStrictlyIncreasing([1, 3, 7])   // true
 *     tf.isStrictlyIncreasing([1, 3, 3])   // false
 *
 * @param x     numbers, of any shape; read row by row
 * @param name  the scope of its nodes
 * @returns  bool, []; true for fewer than two elements
 * @throws TypeError  for what are no numbers
 */
export const isStrictlyIncreasing = bound('is_strictly_increasing', growing('is_strictly_increasing', less));
/**
 * Whether no element is smaller than the one before it.
 *
 *     tf.isNonDecreasing([1, 3, 3])   // true
 *     tf.isNonDecreasing([3, 1])      // false
 *
 * @param x     numbers, of any shape; read row by row
 * @param name  the scope of its nodes
 * @returns  bool, []; true for fewer than two elements
 * @throws TypeError  for what are no numbers
 */
export const isNonDecreasing = bound('is_non_decreasing', growing('is_non_decreasing', lessEqual));
