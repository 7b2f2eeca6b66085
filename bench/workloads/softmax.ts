/** Softmax regression, TensorFlow's "MNIST for beginners". */
import * as tf from '../../src';
import { batches, labels, weights } from '../data';
import type { Setup } from '../serve';
import { trained } from '../training';

export const setup: Setup = ({ batch }) => {
  const x = tf.placeholder(tf.float32, [null, 784], { name: 'x' });
  const y = tf.placeholder(tf.float32, [null, 10], { name: 'y' });
  const W = new tf.Variable(tf.constant(weights(1, 7840, 0.1), tf.float32, [784, 10]), { name: 'W' });
  const b = new tf.Variable(tf.zeros([10]), { name: 'b' });
  const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: y, logits: tf.matmul(x, W).add(b) }));
  const nextImages = batches(batch);
  const digits = labels(batch);
  return trained(cost, new tf.train.GradientDescentOptimizer(0.5), () => ({
    [x.name]: nextImages(),
    [y.name]: digits,
  }));
};
