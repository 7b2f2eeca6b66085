/**
 * The convolutional network of TensorFlow's second tutorial: two convolutions, two pools, dropout; above 98 % after
 * 1,000 steps.
 *
 *     npx ts-node examples/convolution.ts
 */
import * as tf from 'tfjs-session';

const STEPS = 1000;
const BATCH_SIZE = 50;
// The same weights and the same order of the digits each time.
tf.setRandomSeed(1);
const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true });

const X = tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' });
const Y = tf.placeholder(tf.float32, [null, 10], { name: 'Y' });
// Nothing is dropped where nothing is fed.
const keepProb = tf.placeholderWithDefault(1, [], { name: 'keepProb' });

const weights = (shape: number[]): tf.Variable => new tf.Variable(tf.truncatedNormal(shape, { stddev: 0.1 }));
const biases = (size: number): tf.Variable => new tf.Variable(tf.fill([size], 0.1));
const convolve = (x: tf.Tensor, from: number, to: number): tf.Tensor => {
  const made = tf.nn.conv2d(x, weights([5, 5, from, to]), [1, 1, 1, 1], 'SAME').add(biases(to));
  return tf.nn.maxPool(tf.nn.relu(made), [1, 2, 2, 1], [1, 2, 2, 1], 'SAME');
};
const pooled = convolve(convolve(X, 1, 8), 8, 16);
const flat = tf.reshape(pooled, [-1, 7 * 7 * 16]);
const hidden = tf.nn.relu(tf.matmul(flat, weights([7 * 7 * 16, 128])).add(biases(128)));
const logits = tf.matmul(tf.nn.dropout(hidden, keepProb), weights([128, 10])).add(biases(10));

const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(logits, 1), tf.argmax(Y, 1)), tf.float32));
const trainStep = new tf.train.AdamOptimizer(1e-3).minimize(cost);

const sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
for (let step = 0; step < STEPS; step++) {
  const [images, labels] = mnist.train.nextBatch(BATCH_SIZE);
  const [, c] = sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels, [keepProb.name]: 0.5 });
  if (step % 100 === 0) console.log(`Cost at step ${step}: ${c.toFixed(4)}`);
}
// In pieces: all 10,000 pictures at once would take a lot of memory.
const [images, labels] = mnist.test.nextBatch(1000);
const right = sess.run(accuracy, { [X.name]: images, [Y.name]: labels });
console.log(`Accuracy on 1,000 test pictures: ${(100 * right).toFixed(1)} %`);
sess.close();
