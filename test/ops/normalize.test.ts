import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { devices, expectClose, open, sameGraph } from '../sweep';

type T = typeof tf;
const x = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });

sameGraph('normalize', 'moments', (t) => {
  t.nn.moments(x(t, null, 3), [0]);
  t.nn.moments(x(t, 2, 3, 4, 5), [0, 1, 2], { keepDims: true, name: 'm' });
  t.nn.moments(x(t, 2, 3), [1], { keepdims: true });
});
sameGraph('normalize', 'gradient of moments', (t) => {
  const at = x(t, null, 3);
  t.gradients(t.nn.moments(at, [0]), at);
});
sameGraph('normalize', 'batch normalization', (t) => {
  t.nn.batchNormalization(x(t, null, 3), t.zeros([3]), t.ones([3]), t.zeros([3]), t.ones([3]), 1e-3);
  t.nn.batchNormalization(x(t, null, 3), t.zeros([3]), t.ones([3]), null, null, 1e-3, { name: 'b' });
});
sameGraph('normalize', 'l2 normalize', (t) => {
  t.nn.l2Normalize(x(t, 2, 3), 1);
  t.nn.l2Normalize(x(t, 2, 3), { axis: [0, 1], epsilon: 1e-6, name: 'n' });
  t.nn.l2Normalize(x(t, 2, 3));
  t.nn.l2Normalize(t.placeholder(t.float32));
  t.nn.l2Normalize([3, 4], { dim: 0 });
});

test('statistics of small tensors', () => {
  for (const mode of devices()) {
    const graph = new tf.Graph();
    const sess = open(graph, mode);
    const [mean, variance, unit, zeros, none] = graph.asDefault(() => {
      const m = tf.constant([
        [1, 2, 0],
        [3, 6, 0],
      ]);
      return sess.run([
        ...tf.nn.moments(m, [0]),
        tf.nn.l2Normalize([3, 4], 0),
        tf.nn.zeroFraction(m),
        tf.nn.zeroFraction(tf.zeros([0])),
      ]);
    }) as [NDArray, NDArray, NDArray, number, number];
    expectClose(mean, { dtype: 'float32', shape: [3], data: [2, 4, 0] });
    expectClose(variance, { dtype: 'float32', shape: [3], data: [1, 4, 0] });
    expectClose(unit, { dtype: 'float32', shape: [2], data: [0.6, 0.8] });
    expect(zeros).toBeCloseTo(1 / 3, 6);
    expect(none).toBeNaN();
    sess.close();
  }
});
