/** A report of a short training, every text of which tries to break out of the page. */
import * as tf from '../../src';

export const EVIL = '</script><script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">';

export function reportTraining(path: string): void {
  tf.resetDefaultGraph();
  const X = tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' });
  const Y = tf.placeholder(tf.float32, [null, 10], { name: 'Y' });
  const W1 = new tf.Variable(tf.truncatedNormal([784, 16], { stddev: 0.1, seed: 1 }), { name: 'W1' });
  const W2 = new tf.Variable(tf.truncatedNormal([16, 10], { stddev: 0.1, seed: 2 }), { name: 'W2' });
  const logits = tf.nameScope('model', () => tf.matmul(tf.nn.relu(tf.matmul(tf.reshape(X, [-1, 784]), W1)), W2));
  const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
  const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);
  const probabilities = tf.nn.softmax(logits);
  const sess = new tf.Session('', { config: { device: 'portable' } });
  sess.run(tf.globalVariablesInitializer());
  const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true, seed: 1 });
  const history: { step: number; cost: number; accuracy?: number }[] = [];
  for (let step = 0; step < 40; step++) {
    const [images, labels] = mnist.train.nextBatch(50);
    const [, c] = sess.run(
      [trainStep, cost],
      [
        [X, images],
        [Y, labels],
      ],
    );
    history.push(step % 10 ? { step, cost: c } : { step, cost: c, accuracy: step / 50 });
  }
  history.push({ step: 40, cost: NaN });
  const images = mnist.test.images.subarray(0, 500 * 784);
  tf.examples.report({
    path,
    title: `Digits ${EVIL}`,
    session: sess,
    history,
    images,
    labels: mnist.test.labels.subarray(0, 5000),
    probabilities: sess.run(probabilities, [[X, images]]),
    classNames: ['zero', EVIL, ...'23456789'],
    hyperparameters: { 'learning rate': 0.5, [EVIL]: EVIL },
    figures: { Note: EVIL },
  });
  sess.close();
}
