/** What the recorded programs with branches and loops have in common. */
import * as tf from '../../src';

export type { Program, Programs } from '../programs';

export const ph = (
  shape: readonly (number | null)[] | null = [],
  name = 'x',
  dtype: tf.DType = tf.float32,
): tf.Tensor => tf.placeholder(dtype, shape, { name });
export const predicate = (name = 'p'): tf.Tensor => ph([], name, tf.bool);
export const count = (name = 'n'): tf.Tensor => ph([], name, tf.int32);
/** Gradients, those that there are. */
export function grads(y: tf.Tensor | readonly tf.Tensor[], ...xs: (tf.Tensor | tf.Variable)[]): tf.Tensor[] {
  return tf.gradients(y, xs).filter((g) => g !== null);
}
export const ones = (shape: readonly number[], more: object = {}): tf.Variable =>
  tf.getVariable('v', shape, { initializer: tf.onesInitializer(), ...more });
/** Python's whole number: a scalar of int32. */
export const int = (n: number): tf.NDArray => new tf.NDArray(tf.int32, [], Int32Array.of(n));
