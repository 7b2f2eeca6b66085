/**
 * Which of two clouds is a point of? One layer and a sigmoid: about 92 % of the points held out, which is as good as a
 * straight line between the clouds can be.
 *
 *     npx ts-node examples/logistic-regression.ts
 */
import * as tf from 'tfjs-session';

const STEPS = 200;

tf.setRandomSeed(3);
const sess = new tf.Session();

// 200 points around (1, 1), of class 1, and 200 around (-1, -1), of class 0, taken in turn; 300 to learn from.
const drawn = (sess.run(tf.randomNormal([400, 2])) as tf.NDArray).toArray() as number[][];
const labels = drawn.map((_, i) => [i % 2]);
const points = drawn.map(([x, y], i) => [x + 2 * (i % 2) - 1, y + 2 * (i % 2) - 1]);

const X = tf.placeholder(tf.float32, [null, 2], { name: 'X' });
const Y = tf.placeholder(tf.float32, [null, 1], { name: 'Y' });
const logits = tf.layers.dense(X, 1, { kernelInitializer: tf.zerosInitializer(), name: 'line' });
// It takes the sigmoid itself, so that no logarithm meets a zero.
const cost = tf.losses.sigmoidCrossEntropy(Y, logits);
const right = tf.equal(tf.greater(logits, 0), tf.greater(Y, 0.5));
const accuracy = tf.reduceMean(tf.cast(right, tf.float32));
const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);

sess.run(tf.globalVariablesInitializer());
const seen = { [X.name]: points.slice(0, 300), [Y.name]: labels.slice(0, 300) };
const heldOut = { [X.name]: points.slice(300), [Y.name]: labels.slice(300) };
for (let step = 0; step < STEPS; step++) {
  const [, c] = sess.run([trainStep, cost], seen);
  if (step % 50 === 0) console.log(`Cost at step ${step}: ${Number(c).toFixed(4)}`);
}
console.log(`Accuracy on the points held out: ${(100 * sess.run(accuracy, heldOut)).toFixed(1)} %`);
sess.close();
