/**
 * One layer and a softmax on handwritten digits: the first tutorial of TensorFlow, about 92 %.
 *
 *     npx ts-node examples/softmax-regression.ts
 */
import * as tf from 'tfjs-session';

const STEPS = 1000;
// The same weights and the same order of the digits each time.
tf.setRandomSeed(1);
const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true });

// Pictures are 28×28 pixels; a row of them is what the product takes.
const X = tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' });
const Y = tf.placeholder(tf.float32, [null, 10], { name: 'Y' });
const w = new tf.Variable(tf.zeros([784, 10]), { name: 'w' });
const b = new tf.Variable(tf.zeros([10]), { name: 'b' });
const logits = tf.matmul(tf.reshape(X, [-1, 784]), w).add(b);
const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(logits, 1), tf.argmax(Y, 1)), tf.float32));
const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);

const sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
for (let step = 0; step < STEPS; step++) {
  const [images, labels] = mnist.train.nextBatch(100);
  const [, c] = sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels });
  if (step % 100 === 0) console.log(`Cost at step ${step}: ${c.toFixed(4)}`);
}
const right = sess.run(accuracy, { [X.name]: mnist.test.images, [Y.name]: mnist.test.labels });
console.log(`Accuracy on the test set: ${(100 * right).toFixed(1)} %`);
sess.close();
