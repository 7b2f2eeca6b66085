/** A training step through a loop: BasicLSTMCell in dynamicRnn, which learns the mean of its inputs. */
import * as tf from '../../src';
import { noise, weights } from '../data';
import type { Setup } from '../serve';
import { trained } from '../training';

export const setup: Setup = ({ steps, units, batch }) => {
  const x = tf.placeholder(tf.float32, [batch, steps, units], { name: 'x' });
  const y = tf.placeholder(tf.float32, [batch, 1], { name: 'y' });
  const V = new tf.Variable(tf.constant(weights(2, units, 0.1), tf.float32, [units, 1]), { name: 'V' });
  const cell = new tf.nn.rnnCell.BasicLSTMCell(units);
  const initializer = tf.randomUniformInitializer(-0.1, 0.1, { seed: 1 });
  const [, state] = tf.variableScope('net', { initializer }, () => tf.nn.dynamicRnn(cell, x, { dtype: tf.float32 }));
  const cost = tf.reduceMean(tf.square(tf.matmul((state as tf.nn.rnnCell.LSTMStateTuple).h, V).sub(y)));
  const inputs = Float32Array.from(noise(3, batch * steps * units));
  const means = Float32Array.from({ length: batch }, (_, i) => inputs[i * steps * units]);
  return trained(cost, new tf.train.GradientDescentOptimizer(0.1), () => ({ [x.name]: inputs, [y.name]: means }));
};
