import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { devices, open, sameGraph, sweep } from '../sweep';

sweep('pool');

type T = typeof tf;
const TWO = [1, 2, 2, 1];
const x = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });

sameGraph('pool', 'pools', (t) => {
  t.nn.maxPool(x(t, null, 28, 28, 3), TWO, TWO, 'SAME');
  t.nn.maxPool(x(t, 2, 9, 9, 1), 3, [2, 1], 'VALID', { name: 'm' });
  t.nn.avgPool(x(t, null, null, 28, 3), TWO, TWO, 'VALID');
  t.nn.avgPool(x(t, 2, 9, 9, 1), 3, 2, 'SAME', { dataFormat: 'NHWC', name: 'a' });
  t.nn.maxPool(x(t, 2, 3, 9, 9), 2, 2, 'SAME', { dataFormat: 'NCHW' });
});
for (const [name, fn] of [
  ['max', tf.nn.maxPool],
  ['average', tf.nn.avgPool],
] as const) {
  for (const [title, order] of [
    ['gradient', 1],
    ['second gradient', 2],
  ] as const) {
    sameGraph('pool', `${title} of the ${name} pool`, (t) => {
      const at = x(t, null, 8, 8, 2);
      const [g] = t.gradients(fn(at, TWO, TWO, 'SAME'), at) as tf.Tensor[];
      if (order === 2) t.gradients(g.mul(g), at);
    });
  }
}

test('of equal elements the first takes the gradient', () => {
  for (const placement of ['host', 'device'] as const)
    for (const mode of devices()) {
      const graph = new tf.Graph();
      const sess = open(graph, { ...mode, placement });
      const grad = graph.asDefault(() => {
        const at = tf.placeholder(tf.float32, [1, 4, 4, 1]);
        const [g] = tf.gradients(tf.nn.maxPool(at, 2, 2, 'SAME'), at) as tf.Tensor[];
        return sess.run(g, [[at, new Float32Array(16)]]);
      }) as NDArray;
      expect(Array.from(grad.data as Float32Array)).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
      sess.close();
    }
});

test("NaN is never the largest: TensorFlow's maximum of nothing else is the lowest float", () => {
  const graph = new tf.Graph();
  const sess = open(graph, { ...devices()[0], placement: 'host' });
  const out = graph.asDefault(() =>
    sess.run(tf.nn.maxPool([[[[NaN], [1], [2], [NaN], [NaN], [NaN]]]], [1, 2], [1, 2], 'VALID')),
  ) as NDArray;
  expect(Array.from(out.data as Float32Array)).toEqual([1, 2, Math.fround(-3.4028234663852886e38)]);
  sess.close();
});
