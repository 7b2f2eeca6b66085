/** An LSTM cell written out, unrolled over unstacked steps. */
import * as tf from '../../../src';

const [BATCH, STEPS, INPUTS, UNITS] = [4, 5, 3, 6];

export function main(steps = 30): number {
  const x = tf.placeholder(tf.float32, [BATCH, STEPS, INPUTS]);
  const target = tf.placeholder(tf.float32, [BATCH, 1]);
  const kernel = new tf.Variable(tf.randomUniform([INPUTS + UNITS, 4 * UNITS], -0.2, 0.2, tf.float32, 8));
  const bias = new tf.Variable(tf.zeros([4 * UNITS]));
  let h = tf.zeros([BATCH, UNITS]);
  let c = tf.zeros([BATCH, UNITS]);
  for (const input of tf.unstack(x, STEPS, 1)) {
    const gates = tf.matmul(tf.concat([input, h], 1), kernel).add(bias);
    const [i, j, f, o] = tf.split(gates, 4, 1);
    c = c.mul(tf.sigmoid(f.add(1))).add(tf.sigmoid(i).mul(tf.tanh(j)));
    h = tf.tanh(c).mul(tf.sigmoid(o));
  }
  const out = new tf.Variable(tf.randomNormal([UNITS, 1], { seed: 9 }));
  const loss = tf.reduceMean(tf.square(tf.matmul(h, out).sub(target)));
  const variables = tf.trainableVariables();
  const optimizer = new tf.train.AdamOptimizer(0.05);
  const [clipped, norm] = tf.clipByGlobalNorm(tf.gradients(loss, variables), 5);
  const train = optimizer.applyGradients(clipped.map((g, i) => [g, variables[i] ?? bias] as const));

  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  const feeds = {
    [x.name]: Float32Array.from({ length: BATCH * STEPS * INPUTS }, (_, i) => Math.sin(i)),
    [target.name]: [[0], [1], [0], [1]],
  };
  const before = sess.run(loss, feeds);
  let length = 0;
  for (let i = 0; i < steps; i++) [, length] = sess.run([train, norm], feeds);
  const state: number[][] = sess.run(h, feeds).toArray();
  return length >= 0 && state.length === BATCH ? before - sess.run(loss, feeds) : NaN;
}
