/** Deep MNIST for experts, small: two convolutions, pooling, dropout with a fed probability, accuracy by batches. */
import * as tf from '../../../src';

function weightVariable(shape: readonly number[], seed: number): tf.Variable {
  const initial = tf.truncatedNormal(shape, { stddev: 0.1, seed });
  return new tf.Variable(initial);
}
function biasVariable(shape: readonly number[]): tf.Variable {
  return new tf.Variable(tf.constant(0.1, { shape }));
}
const conv2d = (x: tf.Tensor, W: tf.Variable) => tf.nn.conv2d(x, W, [1, 1, 1, 1], 'SAME');
const maxPool2x2 = (x: tf.Tensor) => tf.nn.maxPool(x, { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: 'SAME' });

export function main(steps = 12): number {
  tf.setRandomSeed(1);
  const mnist = tf.examples.tutorials.mnist.inputData.readDataSets();
  const x = tf.placeholder(tf.float32, [null, 784]);
  const labels = tf.placeholder(tf.int64, [null]);
  const keepProb = tf.placeholder(tf.float32);
  const image = tf.reshape(x, [-1, 28, 28, 1]);
  const pool1 = maxPool2x2(tf.nn.relu(conv2d(image, weightVariable([5, 5, 1, 4], 1)).add(biasVariable([4]))));
  const pool2 = maxPool2x2(tf.nn.relu(conv2d(pool1, weightVariable([5, 5, 4, 8], 2)).add(biasVariable([8]))));
  const flat = tf.reshape(pool2, [-1, 7 * 7 * 8]);
  const dropped = tf.nn.dropout(flat, keepProb, { seed: 4 });
  const logits = tf.matmul(dropped, weightVariable([7 * 7 * 8, 10], 3)).add(biasVariable([10]));
  const loss = tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels, logits }));
  const train = new tf.train.AdamOptimizer(1e-2).minimize(loss);
  const correct = tf.cast(tf.nn.inTopK(logits, labels, 1), tf.float32);
  const accuracy = tf.reduceMean(correct, { name: 'accuracy' });

  using sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  const costs: number[] = [];
  for (let i = 0; i < steps; i++) {
    const [images, classes] = mnist.train.nextBatch(32);
    const [, cost] = sess.run([train, loss], { [x.name]: images, [labels.name]: classes, [keepProb.name]: 0.8 });
    costs.push(cost);
  }
  const [images, classes] = mnist.validation.nextBatch(100);
  const right = accuracy.eval({ [x.name]: images, [labels.name]: classes, [keepProb.name]: 1 }, sess);
  return right >= 0 ? Math.min(...costs) : NaN;
}
