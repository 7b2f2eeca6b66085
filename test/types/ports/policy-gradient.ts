/** REINFORCE on a bandit: probabilities, a taken action, the log-probability weighed by the reward. */
import * as tf from '../../../src';

export function main(steps = 60): number {
  const state = tf.placeholder(tf.float32, [null, 2], { name: 'state' });
  const action = tf.placeholder(tf.int32, [null]);
  const reward = tf.placeholder(tf.float32, [null]);
  const w = new tf.Variable(
    tf.constant([
      [0, 0, 0],
      [0, 0, 0],
    ]),
  );
  const probs = tf.nn.softmax(state.matmul(w));
  const chosen = tf.reduceSum(probs.mul(tf.oneHot(action, 3)), 1);
  const loss = tf.reduceMean(tf.log(chosen).mul(reward)).neg();
  const entropy = tf.reduceSum(probs.mul(tf.log(probs)), 1).neg();
  const [gradient] = tf.gradients(loss, [w]);
  const norm = tf.sqrt(tf.reduceSum(tf.square(gradient)));
  const apply = tf.assignSub(w, gradient.mul(0.5));

  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  let draws = 1;
  const draw = (p: tf.NDArray<number, 1>): number => {
    draws = (draws * 16807) % 2147483647;
    let left = draws / 2147483647;
    const at = Array.from(p.data).findIndex((each) => (left -= each) < 0);
    return at < 0 ? p.argmax() : at;
  };
  let length = 0;
  for (let i = 0; i < steps; i++) {
    const s = [[1, i % 2]];
    const p = sess.run(probs, { [state.name]: s });
    const a = draw(p.row(0));
    const r = a === 2 ? 1 : 0;
    const [, n] = sess.run([apply, norm], { [state.name]: s, [action.name]: [a], [reward.name]: [r] });
    length = Math.max(length, n);
  }
  const [h] = sess.run([entropy], { [state.name]: [[1, 0]] });
  const best = sess.run(tf.argmax(probs, 1), { [state.name]: [[1, 0]] });
  const list: (number | bigint)[] = best.toArray();
  const chance: number = sess.run(probs, { [state.name]: [[1, 0]] }).at(0, 2);
  return length > 0 && h.data[0] !== undefined && list.length === 1 ? chance : NaN;
}
