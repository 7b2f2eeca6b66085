/** A mixture of two Gaussians by gradient descent on the log-likelihood: reduceLogsumexp, exp, broadcasting. */
import * as tf from '../../../src';

export function main(steps = 200): number {
  const points = Float32Array.from({ length: 60 }, (_, i) => (i % 2 ? 2 : -1) + 0.3 * Math.sin(13 * i));
  const x = tf.constant(points, { shape: [60, 1] });
  const mu = new tf.Variable([0.5, -0.5], { name: 'mu' });
  const logSigma = new tf.Variable([0, 0], { name: 'log_sigma' });
  const mix = new tf.Variable(tf.zeros([2]), { name: 'mix' });
  const z = tf.divide(x.sub(mu), tf.exp(logSigma));
  const logDensity = tf
    .square(z)
    .mul(-0.5)
    .sub(logSigma)
    .sub(0.5 * Math.log(2 * Math.PI));
  const logWeights = tf.nn.logSoftmax(mix);
  const likelihood = tf.reduceLogsumexp(logDensity.add(logWeights), 1);
  const loss = tf.reduceMean(likelihood).neg();
  const responsibilities = tf.nn.softmax(logDensity.add(logWeights), { axis: 1 });
  const step = new tf.Variable(0, { name: 'step', trainable: false, dtype: tf.int32 });
  const train = new tf.train.AdamOptimizer(0.05).minimize(loss, { globalStep: step });
  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  for (let i = 0; i < steps; i++) {
    const [, at, cost] = sess.run([train, step, loss]);
    if (!Number.isFinite(cost) || at < 0) return NaN;
  }
  const found: number[] = sess.run(mu).toArray();
  const sure: number[][] = responsibilities.eval(null, sess).toArray();
  const [low = NaN, high = NaN] = [...found].sort((a, b) => a - b);
  return sure.length === 60 && tf.getStaticValue(tf.constant(3))?.item() === 3 ? high - low : NaN;
}
