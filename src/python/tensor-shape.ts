/**
 * `tensorflow.python.framework.tensor_shape`: shapes by the words for their ranks.
 *
 * @module
 */
import type { DimensionLike } from '../base/dimension';
import { TensorShape } from '../base/shape';
import { bound } from '../calls/bind';

export { Dimension } from '../base/dimension';
export { TensorShape } from '../base/shape';
export { dimensionAtIndex, dimensionValue } from '../control/dimensions';

/**
 * The shape of a scalar.
 *
 *     tf.python.framework.tensorShape.scalar().ndims   // 0
 *
 * @returns  a shape without dimensions
 * @throws TypeError  for arguments: it takes none
 */
export const scalar = bound('python.framework.tensor_shape.scalar', (): TensorShape => new TensorShape([]));
/**
 * The shape of a vector.
 *
 *     tf.python.framework.tensorShape.vector(3).asList()   // [3]
 *
 * @param length  how many elements; null where that is not known
 * @returns  a shape of one dimension
 * @throws ValueError  for a number that is no size
 */
export const vector = bound(
  'python.framework.tensor_shape.vector',
  (length: DimensionLike): TensorShape => new TensorShape([length]),
);
/**
 * The shape of a matrix.
 *
 *     tf.python.framework.tensorShape.matrix(2, null).asList()   // [2, null]
 *
 * @param rows  how many rows; null where that is not known
 * @param cols  how many columns, likewise
 * @returns  a shape of two dimensions
 * @throws ValueError  for a number that is no size
 */
export const matrix = bound(
  'python.framework.tensor_shape.matrix',
  (rows: DimensionLike, cols: DimensionLike): TensorShape => new TensorShape([rows, cols]),
);
