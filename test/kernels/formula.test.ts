/** Training ops on wasm, each in one pass, against the host's. */
import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { open } from '../sweep';

const OPTIMIZERS: Readonly<Record<string, () => tf.train.Optimizer>> = {
  GradientDescent: () => new tf.train.GradientDescentOptimizer(0.1),
  Momentum: () => new tf.train.MomentumOptimizer(0.1, 0.9),
  'Nesterov momentum': () => new tf.train.MomentumOptimizer(0.1, 0.9, { useNesterov: true }),
  Adam: () => new tf.train.AdamOptimizer(0.05),
  Adagrad: () => new tf.train.AdagradOptimizer(0.1),
  RMSProp: () => new tf.train.RMSPropOptimizer(0.05, { momentum: 0.5 }),
  'centered RMSProp': () => new tf.train.RMSPropOptimizer(0.05, { momentum: 0.5, centered: true }),
  Adadelta: () => new tf.train.AdadeltaOptimizer(0.5, { epsilon: 0.1 }),
  Ftrl: () => new tf.train.FtrlOptimizer(0.1, { l1RegularizationStrength: 0.2, l2RegularizationStrength: 0.1 }),
  'Ftrl with shrinkage': () => new tf.train.FtrlOptimizer(0.1, { l2ShrinkageRegularizationStrength: 0.1 }),
  'Ftrl with another power': () => new tf.train.FtrlOptimizer(0.1, { learningRatePower: -0.7 }),
  'proximal descent': () =>
    new tf.train.ProximalGradientDescentOptimizer(0.1, {
      l1RegularizationStrength: 0.3,
      l2RegularizationStrength: 0.1,
    }),
  'proximal Adagrad': () =>
    new tf.train.ProximalAdagradOptimizer(0.1, { l1RegularizationStrength: 0.3, l2RegularizationStrength: 0.1 }),
};
function train(optimizer: () => tf.train.Optimizer, size: number, placement: 'host' | 'device'): number[] {
  return new tf.Graph().asDefault((graph) => {
    const v = new tf.Variable(Array.from({ length: size }, (_, i) => Math.sin(i + 1)));
    const w = tf.getVariable('w', [size], { dtype: tf.float32, initializer: tf.onesInitializer(), useResource: true });
    const x = tf.placeholder(tf.float32, [size]);
    const step = optimizer().minimize(tf.reduceSum(tf.square(v.mul(w).sub(x))));
    using sess = open(graph, { title: placement, device: 'portable', placement });
    const before = sess.device.tensorsAlive();
    sess.run(tf.globalVariablesInitializer());
    for (let n = 0; n < 5; n++) sess.run(step, [[x, Float32Array.from({ length: size }, (_, i) => Math.cos(i * n))]]);
    const values = (sess.run([v, w]) as NDArray[]).flatMap((a) => Array.from(a.data as Float32Array));
    sess.close();
    expect(sess.device.tensorsAlive()).toBe(before);
    return values;
  });
}
test.each(Object.keys(OPTIMIZERS))('%s', (name) => {
  for (const size of [1, 3, 4, 7, 64, 101]) {
    const [host, wasm] = (['host', 'device'] as const).map((placement) => train(OPTIMIZERS[name], size, placement));
    wasm.forEach((value, i) => expect(value).toBeCloseTo(host[i], 4));
  }
});
