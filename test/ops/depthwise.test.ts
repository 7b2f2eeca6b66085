import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('depthwise');

type T = typeof tf;
const ONE = [1, 1, 1, 1];
const TWO = [1, 2, 2, 1];
const named = (t: T, name: string, shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name });
const x = (t: T, ...shape: (number | null)[]): tf.Tensor => named(t, 'x', shape);
const w = (t: T, ...shape: (number | null)[]): tf.Tensor => named(t, 'w', shape);

sameGraph('depthwise', 'depthwise convolutions', (t) => {
  const { nn } = t;
  nn.depthwiseConv2d(x(t, null, 8, 8, 3), t.zeros([3, 3, 3, 2]), ONE, 'SAME');
  nn.depthwiseConv2d(x(t, 2, 9, 9, 1), t.zeros([3, 3, 1, 2]), TWO, 'VALID', { name: 'c' });
  nn.depthwiseConv2dNative(x(t, 2, 9, 9, 1), w(t, 3, 3, 1, 2), TWO, 'VALID');
  const filter = w(t, 3, 3, 1, 2);
  nn.depthwiseConv2dNativeBackpropInput([2, 9, 9, 1], filter, x(t, 2, 9, 9, 2), ONE, 'SAME');
  const input = x(t, 2, 9, 9, 1);
  const dy = x(t, 2, 9, 9, 2);
  nn.depthwiseConv2dNativeBackpropFilter(input, [3, 3, 1, 2], dy, ONE, 'SAME', { name: 'f' });
});
sameGraph('depthwise', 'separable convolutions', (t) => {
  const [a, b] = [x(t, null, 8, 8, 3), w(t, 3, 3, 3, 2)];
  t.nn.separableConv2d(a, b, t.zeros([1, 1, 6, 4]), ONE, 'SAME');
  t.nn.separableConv2d(x(t, 2, 9, 9, 1), w(t, 3, 3, 1, 2), w(t, 1, 1, 2, 5), TWO, 'VALID', { name: 's' });
});
sameGraph('depthwise', 'with gaps', (t) => {
  t.nn.depthwiseConv2d(x(t, 2, 7, 8, 3), t.zeros([3, 2, 3, 2]), ONE, 'SAME', { rate: [2, 3] });
  t.nn.depthwiseConv2d(x(t, 2, 9, 9, 1), w(t, 3, 3, 1, 2), ONE, 'VALID', { rate: [2, 2], name: 'c' });
  t.nn.separableConv2d(x(t, 2, 8, 8, 3), w(t, 3, 3, 3, 2), w(t, 1, 1, 6, 4), ONE, 'VALID', { dilations: [1, 2] });
});
sameGraph('depthwise', 'with gaps, of any size', (t) => {
  t.nn.depthwiseConv2d(x(t, null, null, 8, 3), t.zeros([3, 2, 3, 2]), ONE, 'SAME', { rate: [2, 3] });
  t.nn.depthwiseConv2d(x(t, null, null, null, 3), w(t, 3, 2, 3, 2), ONE, 'VALID', { rate: [2, 1] });
});
for (const [title, order] of [
  ['gradient', 1],
  ['second gradient', 2],
] as const) {
  sameGraph('depthwise', `${title} of a depthwise convolution`, (t) => {
    const xs = [x(t, null, 8, 8, 2), w(t, 3, 3, 2, 2)];
    const y = t.nn.depthwiseConv2d(xs[0], xs[1], ONE, 'SAME');
    const gs = t.gradients(y.mul(y), xs) as tf.Tensor[];
    if (order === 2) for (const g of gs) t.gradients(g.mul(g), xs);
  });
}

test('a filter with gaps is one of more taps, which are 0', () => {
  new tf.Graph().asDefault(() => {
    const images = tf.randomNormal([2, 7, 9, 2], { seed: 1 });
    const taps = tf.constant([1, 2, 3, -1, 5, 6, 7, -8], tf.float32, [2, 2, 2, 1]);
    const spread = tf.scatterNd(
      [
        [0, 0],
        [0, 3],
        [2, 0],
        [2, 3],
      ],
      tf.reshape(taps, [4, 2, 1]),
      [3, 4, 2, 1],
    );
    const sess = new tf.Session();
    for (const padding of ['SAME', 'VALID'] as const) {
      const [gaps, plain] = sess.run([
        tf.nn.depthwiseConv2d(images, taps, ONE, padding, { rate: [2, 3] }),
        tf.nn.depthwiseConv2d(images, spread, ONE, padding),
      ]);
      expect(gaps.shape).toEqual(plain.shape);
      gaps.data.forEach((v, i) => expect(v).toBeCloseTo(Number(plain.data[i]), 4));
    }
    sess.close();
  });
});
test('a rate of 0, a padding that is none and a filter of unknown shape are refused', () => {
  new tf.Graph().asDefault(() => {
    const images = tf.ones([1, 4, 4, 1]);
    const filter = tf.ones([2, 2, 1, 1]);
    const conv =
      (rate: number[], padding: 'SAME' | 'VALID', taps: tf.Tensor = filter) =>
      () =>
        tf.nn.depthwiseConv2d(images, taps, ONE, padding, { rate });
    expect(conv([0, 1], 'SAME')).toThrow('dilation_rate must be positive');
    expect(conv([2, 2], 'FULL' as 'SAME')).toThrow("Invalid padding method 'FULL'");
    expect(conv([2, 2], 'SAME', tf.placeholder(tf.float32, [null, 2, 1, 1]))).toThrow('None values not supported.');
  });
});
