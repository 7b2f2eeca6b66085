/**
 * Learning by reward: someone in a corridor of nine places, who may go left or right, finds out that what pays stands
 * at the right end (REINFORCE, Williams 1992).
 *
 *     npx ts-node examples/policy-gradient.ts
 */
import * as tf from 'tfjs-session';

const EPISODES = 300;
const PLACES = 9;
const LONGEST = 60;
/** A reward tomorrow is worth a little less than one today. */
const DISCOUNT = 0.95;

tf.setRandomSeed(2);
const place = tf.placeholder(tf.int32, [null], { name: 'place' });
const action = tf.placeholder(tf.int32, [null], { name: 'action' });
const worth = tf.placeholder(tf.float32, [null], { name: 'worth' });
const logits = tf.layers.dense(tf.oneHot(place, PLACES), 2, {
  useBias: false,
  kernelInitializer: tf.zerosInitializer(),
  name: 'policy',
});
const drawn = tf.squeeze(tf.multinomial(logits, 1), [1]);
// Actions that were followed by much become likelier.
const unlikely = tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: action, logits });
const cost = tf.reduceMean(unlikely.mul(worth));
const trainStep = new tf.train.AdamOptimizer(0.05).minimize(cost);

const sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
const choose = sess.makeCallable(drawn, [place]);
let recent = 0;
for (let episode = 0; episode < EPISODES; episode++) {
  const [places, actions]: number[][] = [[], []];
  let at = Math.floor(PLACES / 2);
  while (at < PLACES - 1 && places.length < LONGEST) {
    const [went] = (choose([at]) as tf.NDArray).toArray() as number[];
    places.push(at);
    actions.push(Number(went));
    at = Math.max(0, at + (Number(went) === 1 ? 1 : -1));
  }
  // 1 at the right end, and nothing on the way.
  const reward = at === PLACES - 1 ? 1 : 0;
  const worths = places.map((_, i) => reward * DISCOUNT ** (places.length - 1 - i));
  sess.run(trainStep, { [place.name]: places, [action.name]: actions, [worth.name]: worths });
  recent += places.length;
  if ((episode + 1) % 50 === 0) {
    console.log(`Steps to the end, episodes ${episode - 48} to ${episode + 1}: ${(recent / 50).toFixed(1)}`);
    recent = 0;
  }
}
const right = sess.run(tf.nn.softmax(logits), { [place.name]: [...Array(PLACES - 1).keys()] }).toArray() as number[][];
console.log(`Going right: ${right.map(([, p]) => p.toFixed(2)).join(' ')}`);
sess.close();
