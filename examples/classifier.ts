/**
 * Two layers with dropout on handwritten digits, and curves of the training for TensorBoard.
 *
 *     npx ts-node examples/classifier.ts
 *     tensorboard --logdir logs
 */
import * as tf from 'tfjs-session';

const STEPS = 1000;
const BATCH_SIZE = 100;
// The same weights and the same order of the digits each time.
tf.setRandomSeed(1);
const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true });

const X = tf.placeholder(tf.float32, [null, 784], { name: 'X' });
const Y = tf.placeholder(tf.float32, [null, 10], { name: 'Y' });
// Whether units are dropped is a matter of the run.
const training = tf.placeholderWithDefault(false, [], { name: 'training' });

const hidden = tf.layers.dense(X, 128, { activation: tf.nn.relu, name: 'hidden' });
const kept = tf.layers.dropout(hidden, { rate: 0.3, training });
const logits = tf.layers.dense(kept, 10, { name: 'logits' });
const cost = tf.losses.softmaxCrossEntropy(Y, logits);
const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(logits, 1), tf.argmax(Y, 1)), tf.float32));
const step = tf.train.getOrCreateGlobalStep();
const trainStep = new tf.train.AdamOptimizer(1e-3).minimize(cost, step);

tf.summary.scalar('cost', cost);
tf.summary.scalar('accuracy', accuracy);
tf.summary.histogram('hidden', hidden);
const merged = tf.summary.mergeAll()!;

const sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
const writers = ['train', 'validation'].map((name) => new tf.summary.FileWriter(`logs/${name}`, sess.graph));
for (let i = 0; i < STEPS; i++) {
  const [images, labels] = mnist.train.nextBatch(BATCH_SIZE);
  const feeds = { [X.name]: images, [Y.name]: labels, [training.name]: true };
  if (i % 20 !== 0) {
    sess.run(trainStep, feeds);
    continue;
  }
  const [, summary] = sess.run([trainStep, merged], feeds);
  writers[0].addSummary(summary, i);
  const held = { [X.name]: mnist.validation.images, [Y.name]: mnist.validation.labels };
  const [onHeld, a, c] = sess.run([merged, accuracy, cost], held);
  writers[1].addSummary(onHeld, i);
  if (i % 200 === 0)
    console.log(`Step ${i}: cost ${Number(c).toFixed(4)}, accuracy ${(100 * a).toFixed(1)} % on the validation set`);
}
for (const writer of writers) writer.close();
const right = sess.run(accuracy, { [X.name]: mnist.test.images, [Y.name]: mnist.test.labels });
console.log(`Accuracy on the test set: ${(100 * right).toFixed(1)} %`);
console.log('Curves: tensorboard --logdir logs');
sess.close();
