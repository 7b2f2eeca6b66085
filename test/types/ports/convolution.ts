/** A small convolutional network, after the expert tutorial. */
import * as tf from '../../../src';

const weight = <const S extends readonly number[]>(shape: S) =>
  new tf.Variable(tf.truncatedNormal([...shape], { stddev: 0.1, seed: 5 }));
const bias = (size: number) => new tf.Variable(tf.constant(0.1, { shape: [size] }));

export function main(steps = 15): number {
  const pictures = Float32Array.from({ length: 6 * 64 }, (_, i) => ((i * 7) % 11) / 11);
  const x = tf.placeholder(tf.float32, [null, 64]);
  const y = tf.placeholder(tf.float32, [null, 2]);
  const image = tf.reshape(x, [-1, 8, 8, 1]);
  const W = weight([3, 3, 1, 4]);
  const h = tf.nn.relu(tf.nn.conv2d(image, W, [1, 1, 1, 1], 'SAME').add(bias(4)));
  const pool = tf.nn.maxPool(h, { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: 'SAME' });
  const flat = tf.reshape(pool, [-1, 4 * 4 * 4]);
  const W2 = new tf.Variable(tf.truncatedNormal([64, 2], { stddev: 0.1, seed: 6 }));
  const logits = tf.matmul(flat, W2).add(bias(2));
  const loss = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: y, logits }));
  const step = new tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss);
  const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(logits, 1), tf.argmax(y, 1)), 'float'));

  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  const feeds: tf.FeedDict = [
    [x, new tf.NDArray(tf.float32, [6, 64], pictures)],
    [y, Array.from({ length: 6 }, (_, i) => (i % 2 ? [0, 1] : [1, 0]))],
  ];
  const before = sess.run(loss, feeds);
  for (let i = 0; i < steps; i++) sess.run(step, feeds);
  const [after, a, activations] = sess.run([loss, accuracy, pool], feeds);
  const one: number = activations.at(0, 0, 0, 0);
  return one >= 0 && a >= 0 && W.getShape()[3] === 4 && flat.getShape().ndims === 2 ? before - after : NaN;
}
