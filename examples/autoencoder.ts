/**
 * Handwritten digits through 32 numbers and back: what a network keeps of 784 pixels.
 *
 *     npx ts-node examples/autoencoder.ts
 */
import * as tf from 'tfjs-session';

const STEPS = 1000;
const BATCH_SIZE = 100;
// The same weights and the same order of the digits each time.
tf.setRandomSeed(1);
const mnist = tf.examples.tutorials.mnist.inputData.readDataSets();

const X = tf.placeholder(tf.float32, [null, 784], { name: 'X' });
const code = tf.layers.dense(X, 32, { activation: tf.nn.relu, name: 'code' });
const decoded = tf.layers.dense(code, 784, { name: 'decoded' });
const pixels = tf.sigmoid(decoded);
const cost = tf.losses.sigmoidCrossEntropy(X, decoded);
const error = tf.reduceMean(tf.square(pixels.sub(X)));
const trainStep = new tf.train.AdamOptimizer(2e-3).minimize(cost);

const sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
const heldOut = { [X.name]: mnist.test.images.subarray(0, 1000 * 784) };
console.log(`Mean squared error before: ${sess.run(error, heldOut).toFixed(4)}`);
for (let step = 0; step < STEPS; step++) {
  const [images] = mnist.train.nextBatch(BATCH_SIZE);
  const [, c] = sess.run([trainStep, cost], { [X.name]: images });
  if (step % 200 === 0) console.log(`Cost at step ${step}: ${Number(c).toFixed(4)}`);
}
console.log(`Mean squared error on test pictures: ${sess.run(error, heldOut).toFixed(4)}`);

// The first test picture, and what came back, in fourteen lines.
const [shown] = sess.run(pixels, { [X.name]: mnist.test.images.subarray(0, 784) }).toArray() as number[][];
const drawn = (values: ArrayLike<number>): string[] =>
  Array.from({ length: 14 }, (_, row) =>
    Array.from({ length: 28 }, (_, column) => ' .:-=+*#%@'[Math.floor(9.99 * values[2 * row * 28 + column])]).join(''),
  );
const [given, back] = [drawn(mnist.test.images), drawn(shown)];
console.log(given.map((line, i) => `${line} | ${back[i]}`).join('\n'));
sess.close();
