import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('batch-norm');

type T = typeof tf;
interface Options {
  readonly dataFormat?: string;
  readonly isTraining?: boolean;
  readonly epsilon?: number;
  readonly name?: string;
}

function build(shape: (number | null)[], options: Options = {}): (t: T) => void {
  return (t) => {
    const x = t.placeholder(t.float32, shape, { name: 'x' });
    const channels = options.dataFormat === 'NCHW' ? shape[1]! : shape[3]!;
    const s = t.placeholder(t.float32, [channels], { name: 's' });
    const o = t.placeholder(t.float32, [channels], { name: 'o' });
    const given = options.isTraining === false ? { mean: t.zeros([channels]), variance: t.ones([channels]) } : {};
    const [y] = t.nn.fusedBatchNorm(x, s, o, { ...given, ...options });
    t.gradients(y, [x, s, o]);
  };
}
sameGraph('batch-norm', 'training', build([null, 4, 4, 3]));
sameGraph('batch-norm', 'training, channels first', build([null, 3, 4, 4], { dataFormat: 'NCHW', name: 'bn' }));
sameGraph('batch-norm', 'with given statistics', build([null, 4, 4, 3], { isTraining: false, epsilon: 1e-7 }));
sameGraph(
  'batch-norm',
  'with given statistics, channels first',
  build([null, 3, 4, 4], { isTraining: false, dataFormat: 'NCHW' }),
);

test('statistics are not given while training', () => {
  expect(() => tf.nn.fusedBatchNorm([[[[1]]]], [1], [0], { mean: [0] })).toThrow(
    "Both 'mean' and 'variance' must be None if is_training is True.",
  );
});

describe.each([true, false])('training: %s', (isTraining) => {
  test('the derivative of the derivative is that of the same in many nodes', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const draw = (shape: number[], seed: number): tf.Tensor => tf.constant(drawn(shape, seed));
      const [x, dy, w] = [1, 2, 3].map((seed) => draw([2, 3, 2, 3], seed));
      const [s, o, ws, wo] = [4, 5, 6, 7].map((seed) => draw([3], seed));
      const given = { mean: draw([3], 8), variance: tf.square(draw([3], 9)) };
      // Not tf.nn.moments, which stops a gradient that a second derivative needs.
      const average = (t: tf.Tensor): tf.Tensor => tf.reduceMean(t, [0, 1, 2]);
      const own = { mean: average(x), variance: average(tf.square(x.sub(average(x)))) };
      const { mean, variance } = isTraining ? own : given;
      const many = tf.nn.batchNormalization(x, mean, variance, o, s, 0.01);
      const [one] = tf.nn.fusedBatchNorm(x, s, o, { ...(isTraining ? {} : given), isTraining, epsilon: 0.01 });
      const seconds = [many, one].map((y) => {
        const [dx, ds, dOffset] = tf.gradients(y, [x, s, o], { gradYs: [dy] });
        const total = tf.addN([tf.reduceSum(dx.mul(w)), tf.reduceSum(ds.mul(ws)), tf.reduceSum(dOffset.mul(wo))]);
        return tf.gradients(total, [dy, x, s]);
      });
      const sess = new tf.Session({ graph });
      const [want, got] = sess.run(seconds) as tf.NDArray[][];
      want.forEach((a, i) => Array.from(a.data, Number).forEach((v, k) => expect(got[i].data[k]).toBeCloseTo(v, 3)));
      sess.close();
    });
  });
});
function drawn(shape: readonly number[], seed: number): tf.NDArray {
  const random = new tf.Session({ graph: new tf.Graph() });
  return random.graph.asDefault(() => random.run(tf.randomNormal([...shape], { seed }))) as tf.NDArray;
}
