/** A chain of scalar ops that no optimizer can shorten: fed multipliers and summands, in turn. */
import * as tf from '../src';

/** Ops of a chain that is made only to have everything loaded. */
export const SMALL = 4;

export function chainOf(ops: number): {
  readonly x: tf.Tensor;
  readonly a: tf.Tensor;
  readonly b: tf.Tensor;
  readonly end: tf.Tensor;
} {
  const [x, a, b] = ['x', 'a', 'b'].map((name) => tf.placeholder(tf.float32, [], { name }));
  let end: tf.Tensor = x;
  for (let i = 0; i < ops; i++) end = i % 2 ? end.add(b) : end.mul(a);
  return { x, a, b, end };
}
