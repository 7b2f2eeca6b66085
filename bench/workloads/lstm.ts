/**
 * A recurrent net unrolled by hand, BasicLSTMCell's arithmetic: thousands of tiny ops. It learns the mean of its
 * inputs.
 */
import * as tf from '../../src';
import { noise, weights } from '../data';
import type { Setup } from '../serve';
import { trained } from '../training';

export const setup: Setup = ({ steps, units, batch }) => {
  const x = tf.placeholder(tf.float32, [batch, steps], { name: 'x' });
  const y = tf.placeholder(tf.float32, [batch, 1], { name: 'y' });
  const W = new tf.Variable(tf.constant(weights(1, (1 + units) * 4 * units, 0.1), tf.float32, [1 + units, 4 * units]), {
    name: 'W',
  });
  const b = new tf.Variable(tf.zeros([4 * units]), { name: 'b' });
  const V = new tf.Variable(tf.constant(weights(2, units, 0.1), tf.float32, [units, 1]), { name: 'V' });
  let c: tf.Tensor = tf.zeros([batch, units]);
  let h: tf.Tensor = tf.zeros([batch, units]);
  for (const input of tf.split(x, steps, 1)) {
    const [i, j, f, o] = tf.split(tf.nn.biasAdd(tf.matmul(tf.concat([input, h], 1), W), b), 4, 1);
    c = tf
      .sigmoid(f.add(1))
      .mul(c)
      .add(tf.sigmoid(i).mul(tf.tanh(j)));
    h = tf.sigmoid(o).mul(tf.tanh(c));
  }
  const cost = tf.reduceMean(tf.square(tf.matmul(h, V).sub(y)));
  const inputs = Float32Array.from(noise(3, batch * steps));
  const means = Float32Array.from(
    { length: batch },
    (_, i) => inputs.subarray(i * steps, (i + 1) * steps).reduce((p, q) => p + q, 0) / steps,
  );
  return trained(cost, new tf.train.GradientDescentOptimizer(0.1), () => ({ [x.name]: inputs, [y.name]: means }));
};
