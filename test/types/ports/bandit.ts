/** A contextual bandit by policy gradient: one action of a row picked out, its reward weighing the step. */
import * as tf from '../../../src';

const ARMS = [
  [0.2, 0, -0.0, -5],
  [0.1, -5, 1, 0.25],
  [-5, 5, 5, 5],
];

export function main(episodes = 400): number {
  const stateIn = tf.placeholder(tf.int32, [1], 'state');
  const oneHot = tf.oneHot(stateIn, ARMS.length);
  const weights = new tf.Variable(tf.ones([ARMS.length, 4]), { name: 'weights' });
  const output = tf.reshape(tf.sigmoid(tf.matmul(oneHot, weights)), [-1]);
  const chosen = tf.argmax(output, 0);
  const rewardHolder = tf.placeholder(tf.float32, [1]);
  const actionHolder = tf.placeholder(tf.int32, [1]);
  const responsible = tf.slice(output, actionHolder, [1]);
  const loss = tf.log(responsible).mul(rewardHolder).neg();
  const update = new tf.train.GradientDescentOptimizer({ learningRate: 0.05 }).minimize(loss);

  let seed = 9;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  for (let i = 0; i < episodes; i++) {
    const state = Math.floor(random() * ARMS.length);
    const action: number = random() < 0.2 ? Math.floor(random() * 4) : sess.run(chosen, [[stateIn, [state]]]);
    const reward = random() * 4 - 2 > (ARMS[state]?.[action] ?? 0) ? 1 : -1;
    sess.run([update, weights], {
      [rewardHolder.name]: [reward],
      [actionHolder.name]: [action],
      [stateIn.name]: [state],
    });
  }
  const learned = sess.run(weights);
  const best = learned.argmax(1);
  const wanted = ARMS.map((arms) => arms.indexOf(Math.min(...arms)));
  return wanted.filter((arm, i) => best.at(i) === arm).length;
}
