/** A line through noisy points, after the usual first program: y = 3x + 2. */
import * as tf from '../../../src';

export function main(steps = 200): number {
  const xs = Float32Array.from({ length: 100 }, (_, i) => i / 100);
  const ys = xs.map((x) => 3 * x + 2);
  const X = tf.placeholder(tf.float32, [null], { name: 'X' });
  const Y = tf.placeholder(tf.float32, [null], { name: 'Y' });
  const W = new tf.Variable(tf.randomNormal([1], 0, 1, tf.float32, 1), { name: 'weight' });
  const b = new tf.Variable(tf.zeros([1]), { name: 'bias' });
  const prediction = X.mul(W).add(b);
  const loss = tf.reduceMean(tf.square(prediction.sub(Y)));
  const globalStep = new tf.Variable(0, { name: 'global_step', trainable: false, dtype: tf.int64 });
  const train = new tf.train.GradientDescentOptimizer(0.5).minimize(loss, { globalStep });

  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  let last = Infinity;
  for (let i = 0; i < steps; i++) {
    const [, cost, step] = sess.run([train, loss, globalStep], { [X.name]: xs, [Y.name]: ys });
    if (i % 50 === 0) last = Number(cost.toFixed(6));
    if (step < i) throw new Error(`step ${step.toFixed(0)}`);
  }
  const [w, bias] = sess.run([W, b]);
  const error = Math.abs((w.data[0] ?? 0) - 3) + Math.abs(bias.at(0) - 2);
  const rows: number[] = sess.run(prediction, { [X.name]: [0, 1] }).toArray();
  sess.close();
  return rows.length === 2 && last >= 0 ? error : NaN;
}
