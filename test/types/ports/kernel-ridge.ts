/** Ridge regression on distances: a Gaussian kernel of all pairs, and weights for each example by gradient descent. */
import * as tf from '../../../src';

export function main(steps = 200): number {
  const n = 20;
  const xs = Float32Array.from({ length: n }, (_, i) => i / n);
  const ys = xs.map((x) => Math.sin(6 * x));
  const x = tf.placeholder(tf.float32, [null, 1]);
  const y = tf.placeholder(tf.float32, [null, 1]);
  const points = tf.placeholder({ dtype: tf.float32, shape: [null, 1] });
  const gamma = tf.constant(-20);
  const kernel = (a: tf.Tensor, b: tf.Tensor): tf.ArrayTensor<number, 2> => {
    const [squareA, squareB] = [a, b].map((t) => tf.reduceSum(tf.square(t), 1, true));
    if (!squareA || !squareB) throw new Error();
    const cross = tf.matmul(a, b, { transposeB: true });
    const distances = tf.add(tf.subtract(squareA, tf.multiply(2, cross)), tf.transpose(squareB));
    return tf.exp(tf.multiply(gamma, tf.abs(distances)));
  };
  const alpha = new tf.Variable(tf.truncatedNormal({ shape: [n, 1], stddev: 0.1, seed: 2 }), { name: 'alpha' });
  const K = kernel(x, x);
  const fit = tf.matmul(K, alpha);
  const ridge = tf.matmul(tf.transpose(alpha), fit).mul(1e-3);
  const loss = tf.reduceSum(tf.square(y.sub(fit))).add(tf.squeeze(ridge, [0, 1]));
  const train = new tf.train.AdamOptimizer(0.1, 0.9, 0.999, 1e-8).minimize(loss);
  const prediction = tf.squeeze(tf.matmul(kernel(points, x), alpha), { axis: [1] });

  const sess = new tf.InteractiveSession();
  tf.globalVariablesInitializer().run();
  const feeds: tf.FeedDict = [
    [x, xs],
    [y, ys],
  ];
  for (let i = 0; i < steps; i++) train.run(feeds);
  const at = prediction.eval([
    [x, xs],
    [points, [[0.25], [0.5]]],
  ]);
  sess.close();
  return Math.max(Math.abs(at.at(0) - Math.sin(1.5)), Math.abs(at.at(1) - Math.sin(3)));
}
