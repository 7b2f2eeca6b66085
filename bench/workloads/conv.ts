/** TensorFlow's "Deep MNIST for experts": two convolutions of 5 × 5, a layer of 1,024 units, dropout, Adam. */
import * as tf from '../../src';
import { batches, labels, weights } from '../data';
import type { Setup } from '../serve';
import { trained } from '../training';

export const setup: Setup = ({ batch }) => {
  const x = tf.placeholder(tf.float32, [null, 784], { name: 'x' });
  const y = tf.placeholder(tf.float32, [null, 10], { name: 'y' });
  const keepProb = tf.placeholder(tf.float32, [], { name: 'keep_prob' });
  const weight = (seed: number, shape: readonly number[]): tf.Tensor =>
    new tf.Variable(
      tf.constant(
        weights(
          seed,
          shape.reduce((p, q) => p * q),
          0.1,
        ),
        tf.float32,
        shape,
      ),
    ).value();
  const bias = (n: number): tf.Tensor => new tf.Variable(tf.constant(0.1, tf.float32, [n])).value();
  const convolved = (input: tf.Tensor, W: tf.Tensor, b: tf.Tensor): tf.Tensor =>
    tf.nn.maxPool(tf.nn.relu(tf.nn.conv2d(input, W, [1, 1, 1, 1], 'SAME').add(b)), [1, 2, 2, 1], [1, 2, 2, 1], 'SAME');
  const first = convolved(tf.reshape(x, [-1, 28, 28, 1]), weight(1, [5, 5, 1, 32]), bias(32));
  const second = convolved(first, weight(2, [5, 5, 32, 64]), bias(64));
  const dense = tf.nn.relu(tf.matmul(tf.reshape(second, [-1, 3136]), weight(3, [3136, 1024])).add(bias(1024)));
  const logits = tf.matmul(tf.nn.dropout(dense, keepProb), weight(4, [1024, 10])).add(bias(10));
  const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: y, logits }));
  const nextImages = batches(batch);
  const digits = labels(batch);
  let steps = 0;
  // Nothing is dropped in the first five steps, so that the costs can be compared.
  return trained(cost, new tf.train.AdamOptimizer(1e-4), () => ({
    [x.name]: nextImages(),
    [y.name]: digits,
    [keepProb.name]: steps++ < 5 ? 1 : 0.5,
  }));
};
