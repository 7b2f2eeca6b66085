/** XOR by a hidden layer of sigmoids, trained by momentum; everything by name where that reads well. */
import * as tf from '../../../src';

const INPUTS = Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1);
const TARGETS = [[0], [1], [1], [0]];

export function main(steps = 400): number {
  tf.setRandomSeed(5);
  const x = tf.placeholder(tf.float32, { shape: [4, 2], name: 'x' });
  const y = tf.placeholder({ dtype: tf.float32, shape: [4, 1], name: 'y' });
  const w1 = new tf.Variable({ initialValue: tf.randomUniform([2, 4], -1, 1, { seed: 1 }), name: 'w1' });
  const b1 = new tf.Variable(tf.zeros({ shape: [4] }), { name: 'b1' });
  const w2 = new tf.Variable(
    tf.randomUniform([4, 1], { minval: -1, maxval: 1, seed: 2 }),
    true,
    null,
    true,
    null,
    'w2',
  );
  const b2 = new tf.Variable(tf.zeros([1]), { name: 'b2' });
  const hidden = tf.sigmoid(tf.add(tf.matmul(x, w1), b1), 'hidden');
  const logits = tf.nn.xwPlusB(hidden, w2, b2, { name: 'logits' });
  const loss = tf.reduceMean(tf.nn.sigmoidCrossEntropyWithLogits({ labels: y, logits }), { name: 'loss' });
  const step = tf.train.getOrCreateGlobalStep();
  const rate = tf.train.exponentialDecay(1, step, 200, 0.9, true);
  const train = new tf.train.MomentumOptimizer(rate, 0.9, { useNesterov: true }).minimize(loss, step);
  const right = tf.reduceAll(tf.equal(tf.greater(logits, 0), tf.greater(y, 0.5)));

  using sess = new tf.Session({ graph: tf.getDefaultGraph() });
  sess.run(tf.globalVariablesInitializer());
  const feeds: tf.FeedDict = { [x.name]: INPUTS, [y.name]: TARGETS };
  let cost = Infinity;
  for (let i = 0; i < steps; i++) [, cost] = sess.run([train, loss], feeds);
  const all: boolean = sess.run(right, feeds);
  const done: number = sess.run(step);
  const outputs: number[][] = tf.sigmoid(logits).eval(feeds, sess).toArray();
  return all && done === steps && outputs.length === 4 ? cost : NaN;
}
