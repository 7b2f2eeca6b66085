/** Two targets from one hidden layer: a number and a class, their losses weighed and summed; rows fed in batches. */
import * as tf from '../../../src';

interface Model {
  readonly x: tf.Tensor;
  readonly value: tf.Tensor;
  readonly label: tf.Tensor;
  readonly losses: {
    readonly value: tf.ScalarTensor;
    readonly label: tf.ScalarTensor;
    readonly total: tf.ScalarTensor;
  };
  readonly accuracy: tf.ScalarTensor;
}
function build(features: number, classes: number): Model {
  const x = tf.placeholder(tf.float32, [null, features], 'x');
  const value = tf.placeholder(tf.float32, [null], 'value');
  const label = tf.placeholder(tf.int64, [null], 'label');
  const hidden = tf.nameScope('hidden', () => {
    const w = new tf.Variable(tf.glorotUniformInitializer(1).call([features, 16]), { name: 'w' });
    const b = new tf.Variable(tf.constant(0.1, tf.float32, [16]), { name: 'b' });
    return tf.nn.relu(tf.matmul(x, w).add(b));
  });
  const dense = (size: number, seed: number): tf.Tensor => {
    const w = new tf.Variable(tf.truncatedNormal([16, size], 0, 0.1, tf.float32, seed));
    const b = new tf.Variable(tf.zeros([size], tf.float32));
    return tf.nn.biasAdd(tf.matmul(hidden, w), b);
  };
  const predicted = tf.squeeze(dense(1, 2), [1]);
  const logits = dense(classes, 3);
  const lossValue = tf.reduceMean(tf.square(tf.subtract(predicted, value)), null, { name: 'loss_value' });
  const lossLabel = tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: label, logits }));
  const total = tf.addN([lossValue.mul(0.5), lossLabel], 'total');
  const correct = tf.equal(tf.argmax(logits, 1), label);
  const accuracy = tf.reduceMean(tf.cast(correct, tf.float32));
  return { x, value, label, losses: { value: lossValue, label: lossLabel, total }, accuracy };
}

export function main(steps = 150): number {
  tf.setRandomSeed(3);
  const { x, value, label, losses, accuracy } = build(2, 3);
  const train = new tf.train.RMSPropOptimizer(0.02, 0.9, { momentum: 0.1, centered: true }).minimize(losses.total);
  const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
  const values = rows.map(([a = 0, b = 0]) => a + 2 * b);
  const labels = rows.map(([a = 0]) => (a < -0.3 ? 0 : a < 0.3 ? 1 : 2));
  const sess = new tf.Session();
  sess.run(tf.variablesInitializer(tf.globalVariables()));
  const feed = (from: number, to: number): tf.FeedDict => ({
    [x.name]: rows.slice(from, to),
    [value.name]: values.slice(from, to),
    [label.name]: labels.slice(from, to),
  });
  for (let i = 0; i < steps; i++) sess.run(train, feed((i % 3) * 20, (i % 3) * 20 + 20));
  const { all, accuracy: right } = sess.run({ all: losses, accuracy }, feed(0, 60));
  return all.total.toFixed(2).length && Math.abs(all.value * 0.5 + all.label - all.total) < 1e-4 ? right : NaN;
}
