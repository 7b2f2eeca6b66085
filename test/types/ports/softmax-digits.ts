/** The first tutorial: softmax of a single layer on the packaged digits, with feeds as batches give them. */
import * as tf from '../../../src';

export function main(steps = 60): number {
  const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true });
  const x = tf.placeholder(tf.float32, [null, 784]);
  const W = new tf.Variable(tf.zeros([784, 10]));
  const b = new tf.Variable(tf.zeros([10]));
  const y = tf.nn.softmax(tf.matmul(x, W).add(b));
  const y_ = tf.placeholder(tf.float32, [null, 10]);
  const crossEntropy = tf.reduceMean(
    tf.reduceSum(y_.mul(tf.log(tf.clipByValue(y, 1e-10, 1))), { reductionIndices: [1] }).neg(),
  );
  const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(crossEntropy);
  const sess = new tf.InteractiveSession();
  tf.globalVariablesInitializer().run();
  for (let i = 0; i < steps; i++) {
    const [batchXs, batchYs] = mnist.train.nextBatch(50);
    sess.run(trainStep, { [x.name]: batchXs, [y_.name]: batchYs });
  }
  const correctPrediction = tf.equal(tf.argmax(y, 1), tf.argmax(y_, 1));
  const accuracy = tf.reduceMean(tf.cast(correctPrediction, tf.float32));
  const { images, labels } = mnist.test;
  const part = { [x.name]: images.subarray(0, 784 * 1000), [y_.name]: labels.subarray(0, 10 * 1000) };
  const right = sess.run(accuracy, { feedDict: part });
  sess.close();
  return right;
}
