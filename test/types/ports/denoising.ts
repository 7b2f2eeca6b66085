/** An autoencoder of noisy rows with tied weights, batch normalization and a moving average kept by hand. */
import * as tf from '../../../src';

export function main(steps = 150): number {
  const [visible, hidden] = [8, 4];
  const clean = tf.placeholder(tf.float32, [null, visible], { name: 'clean' });
  const scale = tf.placeholder(tf.float32, [], { name: 'scale' });
  const noisy = clean.add(tf.randomNormal(tf.shape(clean), { seed: 3 }).mul(scale));
  const range = 4 * Math.sqrt(6 / (visible + hidden));
  const W = new tf.Variable(tf.randomUniform([visible, hidden], -range, range, tf.float32, 1), { name: 'W' });
  const bh = new tf.Variable(tf.zeros([hidden]), { name: 'bh' });
  const bv = new tf.Variable(tf.zeros([visible]), { name: 'bv' });
  const encoded = tf.matmul(noisy, W).add(bh);
  const { mean, variance } = tf.nn.moments(encoded, [0]);
  const code = tf.nn.sigmoid(tf.nn.batchNormalization(encoded, mean, variance, null, null, 1e-3));
  const decoded = tf.nn.sigmoid(tf.matmul(code, tf.transpose(W)).add(bv));
  const cost = tf.reduceSum(tf.pow(clean.sub(decoded), 2)).div(tf.cast(tf.shape(clean).get(0), tf.float32));
  const average = new tf.Variable(0, { trainable: false, name: 'average' });
  const train = new tf.train.AdadeltaOptimizer(5, 0.9).minimize(cost);
  const track = tf.controlDependencies([train], () => average.assign(average.mul(0.9).add(cost.mul(0.1))));

  const rows = Array.from({ length: 16 }, (_, i) => Array.from({ length: visible }, (__, j) => (i >> (j % 4)) & 1));
  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  let smooth = 0;
  for (let i = 0; i < steps; i++) smooth = sess.run(track, { [clean.name]: rows, [scale.name]: 0.1 });
  const [last, codes] = sess.run([cost, code], { [clean.name]: rows, [scale.name]: 0 });
  const spread: number = codes.mean();
  return codes.shape[1] === hidden && spread > 0 && Number.isFinite(smooth) ? last : NaN;
}
