/** A graph for each test of training, and what it throws. */
import * as tf from '../../src';

export let graph: tf.Graph;
beforeEach(() => {
  tf.resetDefaultGraph();
  graph = tf.getDefaultGraph();
});
export const first = (error: unknown): string => (error as Error).message.split('\n')[0];
export function caught(body: () => unknown): Error {
  try {
    body();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
export const descent = (): tf.train.Optimizer => new tf.train.GradientDescentOptimizer(0.5);
