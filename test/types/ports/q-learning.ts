/** A table of values as a network: greedy actions, targets from the next state, a variable copied to another. */
import * as tf from '../../../src';

export function main(steps = 80): number {
  const state = tf.placeholder(tf.float32, [1, 4]);
  const W = new tf.Variable(tf.randomUniform([4, 2], 0, 0.01, { seed: 2 }));
  const frozen = new tf.Variable(W.initializedValue(), { trainable: false });
  const copy = tf.assign(frozen, W);
  const q = tf.matmul(state, W);
  const predict = tf.argmax(q, 1);
  const best = tf.reduceMax(tf.matmul(state, frozen), [1]);
  const nextQ = tf.placeholder(tf.float32, [1, 2]);
  const loss = tf.reduceSum(tf.square(nextQ.sub(q)));
  const update = new tf.train.GradientDescentOptimizer(0.1).minimize(loss);
  const rows = tf.gather(W, [0, 3]);
  const spread = tf.sqrt(tf.nn.moments(q, [0, 1]).variance);

  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  const oneHot = (s: number): number[][] => [Array.from({ length: 4 }, (_, i) => (i === s ? 1 : 0))];
  let at = 0;
  for (let i = 0; i < steps; i++) {
    const [a, all] = sess.run([predict, q], { [state.name]: oneHot(at) });
    const action = i % 3 ? Number(a.at(0)) : i % 2;
    const next = action === 1 ? (at + 1) % 4 : at;
    const [target] = sess.run([best], { [state.name]: oneHot(next) });
    const values = all.toArray();
    const row = values[0];
    if (row) row[action] = (next === 3 ? 1 : 0) + 0.9 * target.at(0);
    sess.run([update, loss], { [state.name]: oneHot(at), [nextQ.name]: values });
    if (i % 10 === 0) sess.run(copy);
    at = next;
  }
  const [some, w, s] = sess.run([rows, W, spread], { [state.name]: oneHot(0) });
  const list: number[][] = some.toArray();
  return list.length === 2 && [...w].length === 4 && s >= 0 ? w.slice(2, 3).at(0, 1) : NaN;
}
