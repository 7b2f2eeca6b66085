/** Two hidden layers with dropout, batches, weight decay and a decaying rate. */
import * as tf from '../../../src';

function dense(input: tf.ArrayTensor<number, 2>, inputs: number, outputs: number, name: string) {
  return tf.variableScope(name, () => {
    const w = tf.getVariable('w', [inputs, outputs], { initializer: tf.truncatedNormalInitializer(0, 0.1, 1) });
    const b = tf.getVariable('b', [outputs], { initializer: tf.zerosInitializer() });
    tf.addToCollection('losses', tf.nn.l2Loss(w).mul(1e-3));
    return tf.matmul(input, w).add(b);
  });
}

export function main(steps = 60): number {
  tf.setRandomSeed(7);
  const data = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(i), Math.sin(2 * i)]);
  const classes = Int32Array.from(data, ([a = 0]) => (a > 0.5 ? 2 : a > -0.5 ? 1 : 0));
  const X = tf.placeholder(tf.float32, [null, 3], { name: 'X' });
  const Y = tf.placeholder(tf.int32, [null], { name: 'Y' });
  const keepProb = tf.placeholder(tf.float32);
  const hidden = tf.nn.dropout(tf.nn.relu(dense(X, 3, 16, 'h1')), keepProb);
  const logits = dense(tf.nn.tanh(dense(hidden, 16, 8, 'h2')), 8, 3, 'out');
  const losses = tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: Y, logits });
  const data_loss = tf.reduceMean(losses, { name: 'data_loss' });
  const total = data_loss.add(tf.addN(tf.getCollection<tf.ScalarTensor>('losses')));
  const step = tf.train.getOrCreateGlobalStep();
  const rate = tf.train.exponentialDecay(0.05, step, 20, 0.9, true);
  const optimizer = new tf.train.AdamOptimizer(rate);
  const grads = optimizer.computeGradients(total);
  const train = optimizer.applyGradients(grads, step);
  const correct = tf.nn.inTopK(logits, Y, 1);
  const accuracy = tf.reduceMean(tf.toFloat(correct));

  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  let shown = '';
  for (let i = 0; i < steps; i++) {
    const [, c, lr] = sess.run([train, total, rate], { [X.name]: data, [Y.name]: classes, [keepProb.name]: 0.9 });
    shown = `${c.toFixed(3)} ${lr.toFixed(5)}`;
  }
  const each: number[] = sess.run(losses, { [X.name]: data, [Y.name]: classes, [keepProb.name]: 1 }).toArray();
  const mean = each.reduce((a, l) => a + l, 0) / each.length;
  const acc = sess.run(accuracy, { [X.name]: data, [Y.name]: classes, [keepProb.name]: 1 });
  return shown && mean > 0 && sess.run(step).toFixed(0) === String(steps) ? acc : NaN;
}
