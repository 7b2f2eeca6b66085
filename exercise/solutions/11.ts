// The reference gets all pictures of the training set right, and 2 % of the test set wrong: it learns by heart. Here
// three times as many hidden units, half of which are left out at random in each step (dropout), so that none can rely
// on another; and Adam, with a rate that falls. A whole program: put it into a file of its own, variant.ts, and run
// `npx tfjs-session exercise compare variant.ts`.
import * as tf from 'tfjs-session';

const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true });

const X = tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' });
const Y = tf.placeholder(tf.float32, [null, 10], { name: 'Y' });
const keep = tf.placeholder(tf.float32, [], { name: 'keep' });

const W1 = new tf.Variable(tf.truncatedNormal([784, 300], { stddev: 0.05 }), { name: 'W1' });
const b1 = new tf.Variable(tf.zeros([300]), { name: 'b1' });
const W2 = new tf.Variable(tf.truncatedNormal([300, 10], { stddev: 0.05 }), { name: 'W2' });
const b2 = new tf.Variable(tf.zeros([10]), { name: 'b2' });

const hidden = tf.nn.relu(tf.matmul(tf.reshape(X, [-1, 784]), W1).add(b1));
const logits = tf.matmul(tf.nn.dropout(hidden, keep), W2).add(b2);
const A = tf.nn.softmax(logits);
const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(A, 1), tf.argmax(Y, 1)), tf.float32));

const globalStep = new tf.Variable(0, { trainable: false, name: 'globalStep' });
const rate = tf.train.exponentialDecay(0.002, globalStep, 2000, 0.75);
const trainStep = new tf.train.AdamOptimizer(rate).minimize(cost, { globalStep });

const sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
for (let step = 0; step < 20000; step++) {
  const [images, labels] = mnist.train.nextBatch(100);
  const [, c] = sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels, [keep.name]: 0.5 });
  if (step % 1000 === 0) console.log(`Cost at step ${step}: ${c}`);
}
for (const [name, set] of [['Train', mnist.train], ['Test', mnist.test]] as const) {
  const [a, c] = sess.run([accuracy, cost], { [X.name]: set.images, [Y.name]: set.labels, [keep.name]: 1 });
  console.log(`${name} accuracy: ${a}, cost: ${c}`);
}
