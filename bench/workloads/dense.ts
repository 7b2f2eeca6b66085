/** The tutorial's network, 784-H-10, trained by gradient descent, or by Adam; what the user's loop does per step. */
import * as tf from '../../src';
import { batches, labels, weights } from '../data';
import type { Setup } from '../serve';
import { trained } from '../training';

export const setup: Setup = ({ hidden, batch, adam }) => {
  const X = tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' });
  const Y = tf.placeholder(tf.float32, [null, 10], { name: 'Y' });
  const W1 = new tf.Variable(tf.constant(weights(1, 784 * hidden, 0.1), tf.float32, [784, hidden]), { name: 'W1' });
  const b1 = new tf.Variable(tf.zeros([hidden]), { name: 'b1' });
  const W2 = new tf.Variable(tf.constant(weights(2, hidden * 10, 0.1), tf.float32, [hidden, 10]), { name: 'W2' });
  const b2 = new tf.Variable(tf.zeros([10]), { name: 'b2' });
  const h = tf.nn.relu(tf.matmul(tf.reshape(X, [-1, 784]), W1).add(b1));
  const logits = tf.matmul(h, W2).add(b2);
  const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
  const nextImages = batches(batch);
  const digits = labels(batch);
  const optimizer = adam ? new tf.train.AdamOptimizer(1e-3) : new tf.train.GradientDescentOptimizer(0.5);
  return trained(cost, optimizer, () => ({
    [X.name]: nextImages(),
    [Y.name]: digits,
  }));
};
