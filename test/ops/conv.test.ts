import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('conv');

type T = typeof tf;
const x = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });

sameGraph('conv', 'convolutions', (t) => {
  t.nn.conv2d(x(t, null, 28, 28, 1), t.zeros([5, 5, 1, 32]), [1, 1, 1, 1], 'SAME');
  t.nn.conv2d(x(t, 2, 9, 9, 1), t.zeros([3, 3, 1, 2]), 2, 'VALID', { name: 'c' });
  t.nn.conv2d(
    x(t, 2, 9, 9, 1),
    t.zeros([3, 3, 1, 2]),
    [1, 2],
    [
      [0, 0],
      [1, 0],
      [2, 1],
      [0, 0],
    ],
    { dilations: [1, 2] },
  );
  t.nn.conv2d(x(t, 2, 1, 9, 9), t.zeros([3, 3, 1, 2]), 2, 'SAME', { dataFormat: 'NCHW' });
});
sameGraph('conv', 'transposed convolutions', (t) => {
  t.nn.conv2dTranspose(x(t, 2, 4, 4, 3), t.zeros([3, 3, 2, 3]), [2, 8, 8, 2], [1, 2, 2, 1]);
  const at = x(t, 2, 4, 4, 3);
  const w = t.zeros([3, 3, 2, 3]);
  t.nn.conv2dTranspose(at, w, t.placeholder(t.int32, [4]), 1, 'VALID', { name: 't' });
});
for (const [title, order] of [
  ['gradient', 1],
  ['second gradient', 2],
] as const) {
  sameGraph('conv', `${title} of a convolution`, (t) => {
    const xs = [x(t, null, 8, 8, 1), t.placeholder(t.float32, [3, 3, 1, 4], { name: 'w' })];
    const y = t.nn.conv2d(xs[0], xs[1], [1, 1, 1, 1], 'SAME');
    const gs = t.gradients(y.mul(y), xs) as tf.Tensor[];
    if (order === 2) for (const g of gs) t.gradients(g.mul(g), xs);
  });
}
sameGraph('conv', 'gradient of a convolution of images of any height', (t) => {
  const w = t.zeros([2, 2, 2, 3]);
  t.gradients(t.nn.conv2d(x(t, 3, null, 4, 2), w, 1, 'SAME'), w);
});

test('padding is SAME, VALID, or a list of four pairs', () => {
  const conv =
    (padding: never): (() => unknown) =>
    () =>
      new tf.Graph().asDefault(() => tf.nn.conv2d(tf.zeros([1, 4, 4, 1]), tf.zeros([2, 2, 1, 1]), 1, padding));
  expect(conv('EXPLICIT' as never)).toThrow(
    '"EXPLICIT" is not a valid value for the padding parameter. To use explicit padding, the padding parameter ' +
      'must be a list.',
  );
  expect(
    conv([
      [0, 0],
      [1, 1],
    ] as never),
  ).toThrow('When padding is a list, it must be of size 4. Got padding of size: 2');
  expect(conv([[0], [1]] as never)).toThrow('Element with index 0 of padding has size 1');
});
