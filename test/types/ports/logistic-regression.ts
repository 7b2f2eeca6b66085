/** Two classes apart by a line, with a weight penalty and accuracy. */
import * as tf from '../../../src';

export function main(steps = 100): number {
  tf.setRandomSeed(1);
  const points = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
  const labels = points.map(([x = 0, y = 0]) => (x + y > 0 ? [0, 1] : [1, 0]));
  const x = tf.placeholder(tf.float32, [null, 2]);
  const y = tf.placeholder(tf.float32, { shape: [null, 2], name: 'y' });
  const W = new tf.Variable(tf.zeros([2, 2]));
  const b = new tf.Variable(tf.zeros([2]));
  const pred = tf.nn.softmax(tf.matmul(x, W).add(b));
  const clipped = tf.clipByValue(pred, 1e-10, 1);
  const entropy = tf.reduceMean(tf.reduceSum(y.mul(tf.log(clipped)), { reductionIndices: 1 }).neg());
  const cost = entropy.add(tf.nn.l2Loss(W).mul(1e-4));
  const train = new tf.train.GradientDescentOptimizer({ learningRate: 0.5 }).minimize(cost);
  const correct = tf.equal(tf.argmax(pred, 1), tf.argmax(y, 1));
  const accuracy = tf.reduceMean(tf.cast(correct, tf.float32));

  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  const feeds: tf.FeedDict = { [x.name]: points, [y.name]: labels };
  let text = '';
  for (let i = 0; i < steps; i++) {
    const [, c] = sess.run([train, cost], feeds);
    text = `cost ${c.toFixed(4)}`;
  }
  const probs = sess.run(pred, feeds);
  const first: number = probs.data[0] ?? NaN;
  const best: number = probs.row(0).argmax();
  const flags: boolean[] = sess.run(correct, feeds).toArray();
  const a = accuracy.eval(feeds, sess);
  return text && first >= 0 && best >= 0 && flags.length === 60 ? a : NaN;
}
