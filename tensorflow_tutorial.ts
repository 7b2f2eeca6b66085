/**
 * The classic MNIST tutorial: a two-layer network that reads handwritten digits, trained for 20,000 steps.
 *
 *     npx ts-node tensorflow_tutorial.ts
 *
 * Read it from top to bottom. Steps 1 to 7 only build a graph: nothing is computed before the session of step 8.
 */
import * as tf from 'tfjs-session';

const STEPS = 20000;
const BATCH_SIZE = 100;
const HIDDEN_UNITS = 100;
const LEARNING_RATE = 0.5;

// --- 1. Load the data ------------------------------------------------------------------------------
// 55,000 pictures to train on, 5,000 to validate, 10,000 to test; labels as one-hot rows of 10.
const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true });

// --- 2. Placeholders: what every step will feed -----------------------------------------------------
// Pictures are 28×28 grayscale pixels in [0, 1]. `null` leaves the batch size open.
const X = tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' });
const Y = tf.placeholder(tf.float32, [null, 10], { name: 'Y' });

// --- 3. Parameters of LINEAR -> RELU -> LINEAR -> SOFTMAX ----------------------------------------------
const W1 = new tf.Variable(tf.truncatedNormal([784, HIDDEN_UNITS], { stddev: 0.1 }), { name: 'W1' });
const b1 = new tf.Variable(tf.zeros([HIDDEN_UNITS]), { name: 'b1' });
const W2 = new tf.Variable(tf.truncatedNormal([HIDDEN_UNITS, 10], { stddev: 0.1 }), { name: 'W2' });
const b2 = new tf.Variable(tf.zeros([10]), { name: 'b2' });

// --- 4. Forward propagation -----------------------------------------------------------------------------
const pixels = tf.reshape(X, [-1, 784]);
const hidden = tf.nn.relu(tf.matmul(pixels, W1).add(b1));
const logits = tf.matmul(hidden, W2).add(b2);

// --- 5. Cost: the cross entropy of the true labels and the softmax of the logits ------------------------
const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));

// --- 6. Accuracy: the share of pictures whose most likely digit is the right one ------------------------
const correct = tf.equal(tf.argmax(logits, 1), tf.argmax(Y, 1));
const accuracy = tf.reduceMean(tf.cast(correct, tf.float32));

// --- 7. Optimizer and training step ----------------------------------------------------------------------
// `minimize` adds the gradients to the graph, and a node that moves every parameter against its own.
const trainStep = new tf.train.GradientDescentOptimizer(LEARNING_RATE).minimize(cost);

// --- 8. Initialize the variables and open the session ----------------------------------------------------
const init = tf.globalVariablesInitializer();
const sess = new tf.Session();
sess.run(init);

// --- 9. Train, one mini-batch after the other -------------------------------------------------------------
const started = Date.now();
for (let step = 0; step < STEPS; step++) {
  const [images, labels] = mnist.train.nextBatch(BATCH_SIZE);
  const [, c] = sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels });
  if (step % 1000 === 0) console.log(`Cost at step ${step}: ${c.toFixed(4)}`);
}
const seconds = (Date.now() - started) / 1000;
console.log(`${STEPS} steps in ${seconds.toFixed(1)} s, ${((seconds / STEPS) * 1e6).toFixed(0)} µs per step`);

// --- How good is it? Accuracy and cost on whole sets -------------------------------------------------------
for (const [name, set] of [
  ['Train', mnist.train],
  ['Test', mnist.test],
] as const) {
  const [a, c] = sess.run([accuracy, cost], { [X.name]: set.images, [Y.name]: set.labels });
  console.log(`${name} accuracy: ${(100 * a).toFixed(2)} %, cost: ${c.toFixed(4)}`);
}
sess.close();
