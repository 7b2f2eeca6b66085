/**
 * Exclusive or: four rows that no straight line divides, and that one hidden layer does.
 *
 *     npx ts-node examples/xor.ts
 */
import * as tf from 'tfjs-session';

const STEPS = 1000;
const rows = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const answers = [[0], [1], [1], [0]];

tf.setRandomSeed(1);
const X = tf.placeholder(tf.float32, [null, 2], { name: 'X' });
const Y = tf.placeholder(tf.float32, [null, 1], { name: 'Y' });
// Weights start different from each other: units that start alike stay alike.
const w1 = new tf.Variable(tf.truncatedNormal([2, 8], { stddev: 1 }), { name: 'w1' });
const b1 = new tf.Variable(tf.zeros([8]), { name: 'b1' });
const w2 = new tf.Variable(tf.truncatedNormal([8, 1], { stddev: 1 }), { name: 'w2' });
const b2 = new tf.Variable(tf.zeros([1]), { name: 'b2' });
const hidden = tf.tanh(tf.matmul(X, w1).add(b1));
const logits = tf.matmul(hidden, w2).add(b2);
const cost = tf.reduceMean(tf.nn.sigmoidCrossEntropyWithLogits({ labels: Y, logits }));
const trainStep = new tf.train.AdamOptimizer(0.05).minimize(cost);

const sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
for (let step = 0; step < STEPS; step++) {
  const [, c] = sess.run([trainStep, cost], { [X.name]: rows, [Y.name]: answers });
  if (step % 200 === 0) console.log(`Cost at step ${step}: ${c.toFixed(4)}`);
}
const probabilities = (sess.run(tf.sigmoid(logits), { [X.name]: rows }) as tf.NDArray).toArray() as number[][];
rows.forEach(([a, b], i) => console.log(`${a} xor ${b}: ${probabilities[i][0].toFixed(3)}`));
sess.close();
