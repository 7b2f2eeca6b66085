/** A step function with the gradient of the identity, and a function whose gradient is its own. */
import * as tf from '../../../src';

const binarize = tf.customGradient((x: tf.Tensor) => [tf.sign(x), (dy: tf.Tensor) => tf.clipByValue(dy, -1, 1)]);
const logOnePlusExp = tf.customGradient((x: tf.Tensor) => {
  const e = tf.exp(x);
  return [tf.log(e.add(1)), (dy: tf.Tensor) => dy.mul(tf.divide(1, e.add(1)).rsub(1))];
});

export function main(steps = 60): number {
  const x = tf.placeholder(tf.float32, [null, 3], { name: 'x' });
  const w = new tf.Variable(tf.constant([0.3, -0.2, 0.1], tf.float32, [3, 1]), { name: 'w' });
  const y = tf.matmul(x, binarize(w));
  const loss = tf.reduceMean(tf.square(y.sub([[2], [0], [-2]])));
  const [slope] = tf.gradients(loss, [w]);
  const clipped = tf.clipByGlobalNorm([slope], 1);
  const update = tf.assignSub(w, clipped[0][0] ? clipped[0][0].mul(0.1) : slope);
  const smooth = logOnePlusExp(tf.constant(100));
  const slopes = tf.gradients(smooth, tf.trainableVariables().length ? [smooth] : []);

  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  const feeds = {
    [x.name]: [
      [1, -1, 0],
      [1, 1, 0],
      [-1, 1, 0],
    ],
  };
  for (let i = 0; i < steps; i++) sess.run(update, feeds);
  const [cost, norm] = sess.run([loss, clipped[1]], feeds);
  const signs: number[][] = sess.run(tf.sign(w)).toArray();
  return slopes.length === 1 && norm.toFixed(1).length > 0 && signs.length === 3 ? cost : NaN;
}
