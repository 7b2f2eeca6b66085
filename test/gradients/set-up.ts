/** A graph for each test of gradients, and runs of it. */
import * as tf from '../../src';
import { devices } from '../devices';

export const [{ device }] = devices();
export let graph: tf.Graph;
beforeEach(() => {
  tf.resetDefaultGraph();
  graph = tf.getDefaultGraph();
});
export function run(fetch: tf.Tensor, feeds: [tf.Tensor, number | number[]][] = []): unknown {
  using sess = new tf.Session('', { graph, config: { device } });
  const value = sess.run(fetch, feeds) as unknown;
  return value instanceof tf.NDArray ? value.toArray() : value;
}
export const x = (): tf.Tensor => tf.placeholder(tf.float32, [], { name: 'x' });
/** One of the gradients, which must be there. */
export const of = (grads: ReturnType<typeof tf.gradients>, i = 0): tf.Tensor => tf.convertToTensor(grads[i]!);
