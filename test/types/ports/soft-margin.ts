/** Soft-margin support vectors: hinge loss, a penalty on the weights, and a learning rate that is fed. */
import * as tf from '../../../src';

export function main(steps = 200): number {
  const rows: number[][] = [];
  const sides: number[] = [];
  for (let i = 0; i < 40; i++) {
    const side = i % 2 ? 1 : -1;
    rows.push([side * 1.5 + Math.sin(7 * i), side + Math.cos(5 * i)]);
    sides.push(side);
  }
  const x = tf.placeholder({ shape: [null, 2], dtype: tf.float32 });
  const y = tf.placeholder({ shape: [null, 1], dtype: 'float32' });
  const rate = tf.placeholderWithDefault(0.05, [], 'rate');
  const A = new tf.Variable(tf.randomNormal({ shape: [2, 1], seed: 6 }));
  const b = new tf.Variable(tf.randomNormal({ shape: [1, 1], seed: 7 }));
  const output = tf.subtract(tf.matmul(x, A), b);
  const norm = tf.reduceSum(tf.square(A));
  const alpha = tf.constant([0.01]);
  const hinge = tf.reduceMean(tf.maximum(0, tf.subtract(1, tf.multiply(output, y))));
  const loss = tf.add(hinge, tf.multiply(alpha, norm));
  const prediction = tf.sign(output);
  const accuracy = tf.reduceMean(tf.cast(tf.equal(prediction, y), tf.float32));
  const train = new tf.train.GradientDescentOptimizer(rate).minimize(loss);

  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  const feeds = { [x.name]: rows, [y.name]: sides.map((side) => [side]) };
  const history: number[] = [];
  for (let i = 0; i < steps; i++) {
    sess.run(train, feeds);
    const value: number | undefined = sess.run(loss, feeds).data[0];
    if (value !== undefined) history.push(value);
  }
  const slopes = sess.run(A);
  return history.length === steps && slopes.at(0, 0) + slopes.at(1, 0) > 0 ? sess.run(accuracy, feeds) : NaN;
}
