/** Steps of the tutorial's network whose summaries are merged, fetched and written, every one of them. */
import * as tf from '../../src';
import { batches, labels, weights } from '../data';
import { type Setup, secondsSince } from '../serve';
import { temporaryFolder } from '../temporary';
import { openSession } from '../training';

/** Steps before those that are timed, so that plans have settled. */
const SETTLED = 300;
export const setup: Setup = ({ hidden, batch, steps }) => {
  const x = tf.placeholder(tf.float32, [null, 784], { name: 'x' });
  const y = tf.placeholder(tf.float32, [null, 10], { name: 'y' });
  const w1 = new tf.Variable(tf.constant(weights(1, 784 * hidden, 0.1), tf.float32, [784, hidden]));
  const w2 = new tf.Variable(tf.constant(weights(2, hidden * 10, 0.1), tf.float32, [hidden, 10]));
  const h = tf.nn.relu(tf.matmul(x, w1).add(new tf.Variable(tf.zeros([hidden]))));
  const logits = tf.matmul(h, w2).add(new tf.Variable(tf.zeros([10])));
  const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: y, logits }));
  const right = tf.equal(tf.argmax(logits, 1), tf.argmax(y, 1));
  tf.summary.scalar('cost', cost);
  tf.summary.scalar('accuracy', tf.reduceMean(tf.cast(right, tf.float32)));
  const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);
  const merged = tf.summary.mergeAll()!;
  const sess = openSession();
  sess.run(tf.globalVariablesInitializer());
  const folder = temporaryFolder();
  const writer = new tf.summary.FileWriter(folder.path);
  const [images, digits] = [batches(batch), labels(batch)];
  const run = (count: number): void => {
    for (let i = 0; i < count; i++) {
      const [summary] = sess.run([merged, trainStep], { [x.name]: images(), [y.name]: digits });
      writer.addSummary(summary, i);
    }
  };
  run(SETTLED);
  return {
    time() {
      const started = process.hrtime.bigint();
      run(steps);
      const seconds = secondsSince(started);
      writer.close();
      folder.remove();
      return seconds;
    },
  };
};
