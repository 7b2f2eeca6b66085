/** The tutorial's network against real TensorFlow 1.15: same nodes, same seeds, same batches, same costs. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../src';
import { devices } from './sweep';

interface Recorded {
  costs: number[];
  accuracy: number;
  testCost: number;
  nodes: [string, string][];
}
const recorded = JSON.parse(readFileSync(path.join(__dirname, 'fixtures', 'tutorial.json'), 'utf8')) as Record<
  'sgd' | 'momentum' | 'adam',
  Recorded
>;

function build(optimizer: () => tf.train.Optimizer) {
  tf.resetDefaultGraph();
  tf.setRandomSeed(1);
  const X = tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' });
  const Y = tf.placeholder(tf.float32, [null, 10], { name: 'Y' });
  const W1 = new tf.Variable(tf.truncatedNormal([784, 100], { stddev: 0.1 }), { name: 'W1' });
  const b1 = new tf.Variable(tf.zeros([100]), { name: 'b1' });
  const W2 = new tf.Variable(tf.truncatedNormal([100, 10], { stddev: 0.1 }), { name: 'W2' });
  const b2 = new tf.Variable(tf.zeros([10]), { name: 'b2' });
  const hidden = tf.nn.relu(tf.matmul(tf.reshape(X, [-1, 784]), W1).add(b1));
  const logits = tf.matmul(hidden, W2).add(b2);
  const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
  const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(logits, 1), tf.argmax(Y, 1)), tf.float32));
  const step = optimizer().minimize(cost);
  const init = tf.globalVariablesInitializer();
  return { X, Y, cost, accuracy, step, init };
}
const OPTIMIZERS = {
  sgd: () => new tf.train.GradientDescentOptimizer(0.5),
  momentum: () => new tf.train.MomentumOptimizer(0.05, 0.9),
  adam: () => new tf.train.AdamOptimizer(0.001),
} as const;

describe.each(Object.keys(OPTIMIZERS) as (keyof typeof OPTIMIZERS)[])('with %s', (name) => {
  test('the graph has the nodes of real TensorFlow, in their order', () => {
    build(OPTIMIZERS[name]);
    expect(
      tf
        .getDefaultGraph()
        .getOperations()
        .map((op) => [op.name, op.type]),
    ).toEqual(recorded[name].nodes);
  });
  test.each(devices().map((d) => d.device))(
    'the first 100 costs on the %s device are those of real TensorFlow',
    (device) => {
      const { X, Y, cost, accuracy, step, init } = build(OPTIMIZERS[name]);
      const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true, seed: 1 });
      using sess = new tf.Session('', { config: { device } });
      sess.run(init);
      const want = recorded[name];
      for (let i = 0; i < want.costs.length; i++) {
        const [images, labels] = mnist.train.nextBatch(100);
        const [, c] = sess.run([step, cost], { [X.name]: images, [Y.name]: labels });
        const limit = 1e-4 * Math.max(1, want.costs[i]);
        if (!(Math.abs(c - want.costs[i]) <= limit))
          throw new Error(`step ${i}: cost ${c}, TensorFlow says ${want.costs[i]}`);
      }
      const [a, c] = sess.run([accuracy, cost], { [X.name]: mnist.test.images, [Y.name]: mnist.test.labels });
      expect(Math.abs(a - want.accuracy)).toBeLessThan(5e-4);
      expect(Math.abs(c - want.testCost)).toBeLessThan(1e-4);
    },
  );
});
