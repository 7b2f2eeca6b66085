/** Dimensions of shapes, in the words that TensorFlow has for both of its ways to hold them. */
import { Dimension } from '../base/dimension';
import { AssertionError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { bound } from '../calls/bind';

/**
 * The size that a dimension has: a number, null where it is not known. A shape's index gives that already.
 *
 *     tf.dimensionValue(tf.zeros([2, 3]).shape[1])   // 3
 *     tf.dimensionValue(new tf.Dimension(3))         // 3
 *
 * @param dimension  a Dimension, a number or null
 * @returns  the number, or null
 */
export const dimensionValue = bound('dimension_value', (dimension: Dimension | number | null): number | null =>
  dimension instanceof Dimension ? dimension.value : (dimension ?? null),
);
/**
 * A dimension of a shape as an object, as Python's `shape[index]` gives it.
 *
 *     tf.dimensionAtIndex(tf.zeros([2, 3]).shape, 1).value   // 3
 *
 * @param shape  the shape
 * @param index  the dimension's place; negative ones count from the end
 * @returns  the Dimension; an unknown one where the rank is not known
 * @throws IndexError  where the shape has no such dimension
 */
export const dimensionAtIndex = bound('dimension_at_index', (shape: TensorShape, index: number): Dimension => {
  if (!(shape instanceof TensorShape)) throw new AssertionError('dimension_at_index() takes a TensorShape.');
  return new Dimension(shape[index]);
});
