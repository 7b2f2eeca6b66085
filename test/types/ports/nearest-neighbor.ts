/** Nearest neighbors by absolute distance: no variable and no training, topK over negated distances. */
import * as tf from '../../../src';

export function main(k = 3): number {
  const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true });
  const [Xtr, Ytr] = mnist.train.nextBatch(400);
  const [Xte, Yte] = mnist.test.nextBatch(20);
  const xtr = tf.placeholder('float', [null, 784]);
  const ytr = tf.placeholder('float', [null, 10]);
  const xte = tf.placeholder('float', [784]);
  const distance = tf.reduceSum(tf.abs(tf.add(xtr, tf.negative(xte))), 1);
  const { values, indices } = tf.nn.topK(tf.negative(distance), k, false);
  const votes = tf.reduceSum(tf.gather(ytr, indices), 0);
  const pred = tf.argmax(votes, 0);
  let accuracy = 0;
  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  for (let i = 0; i < 20; i++) {
    const image = Xte.subarray(784 * i, 784 * (i + 1));
    const [nearest, far] = sess.run([pred, values], { [xtr.name]: Xtr, [ytr.name]: Ytr, [xte.name]: image });
    const label = Yte.subarray(10 * i, 10 * (i + 1)).indexOf(1);
    if (nearest === label && far.shape[0] === k) accuracy += 1 / 20;
  }
  return accuracy;
}
