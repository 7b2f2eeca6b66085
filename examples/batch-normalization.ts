/**
 * A convolutional network with batch normalization on handwritten digits, which keeps checkpoints: started again, it
 * goes on where it was.
 *
 *     npx ts-node examples/batch-normalization.ts
 */
import { mkdirSync } from 'node:fs';
import * as tf from 'tfjs-session';

const STEPS = 300;
const BATCH_SIZE = 50;
// The same weights and the same order of the digits each time.
tf.setRandomSeed(1);
const mnist = tf.examples.tutorials.mnist.inputData.readDataSets();

const X = tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' });
const Y = tf.placeholder(tf.int64, [null], { name: 'Y' });
// In training a batch is normalized by itself; later by the averages of the batches that were seen.
const training = tf.placeholderWithDefault(false, [], { name: 'training' });

const block = (x: tf.Tensor, filters: number): tf.Tensor => {
  const made = tf.layers.conv2d(x, filters, 3, { padding: 'same', useBias: false });
  const normal = tf.layers.batchNormalization(made, { training, momentum: 0.9 });
  return tf.layers.maxPooling2d(tf.nn.relu(normal), 2, 2);
};
const logits = tf.layers.dense(tf.layers.flatten(block(block(X, 8), 16)), 10);
const cost = tf.losses.sparseSoftmaxCrossEntropy(Y, logits);
const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(logits, 1), Y), tf.float32));
const globalStep = tf.train.getOrCreateGlobalStep();
// The averages are updated with every step: no gradient does that.
const updates = tf.getCollection(tf.GraphKeys.UPDATE_OPS);
const trainStep = tf.controlDependencies(updates, () => new tf.train.AdamOptimizer(2e-3).minimize(cost, globalStep));

const saver = new tf.train.Saver({ maxToKeep: 2 });
const init = tf.globalVariablesInitializer();
mkdirSync('checkpoints', { recursive: true });
const sess = new tf.Session();
const latest = tf.train.latestCheckpoint('checkpoints');
if (latest) saver.restore(sess, latest);
else sess.run(init);
console.log(`Starting at step ${sess.run(globalStep)}`);

const digits = (labels: ArrayLike<number>): number[] => Array.from(labels);
for (let i = Number(sess.run(globalStep)); i < STEPS; i++) {
  const [images, labels] = mnist.train.nextBatch(BATCH_SIZE);
  const feeds = { [X.name]: images, [Y.name]: digits(labels), [training.name]: true };
  const [, c] = sess.run([trainStep, cost], feeds);
  if (i % 100 === 0) console.log(`Cost at step ${i}: ${Number(c).toFixed(4)}`);
  if ((i + 1) % 100 === 0 || i + 1 === STEPS) saver.save(sess, 'checkpoints/model', globalStep);
}
const [images, labels] = mnist.test.nextBatch(1000);
const right = sess.run(accuracy, { [X.name]: images, [Y.name]: digits(labels) });
console.log(`Accuracy on 1,000 test pictures: ${(100 * right).toFixed(1)} %`);
sess.close();
