import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('conv3d');

type T = typeof tf;
const ONE = [1, 1, 1, 1, 1];
const TWO = [1, 2, 2, 2, 1];
const named = (t: T, name: string, shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name });
const x = (t: T, ...shape: (number | null)[]): tf.Tensor => named(t, 'x', shape);
const w = (t: T, ...shape: (number | null)[]): tf.Tensor => named(t, 'w', shape);

sameGraph('conv3d', 'convolutions of volumes', (t) => {
  const { nn } = t;
  nn.conv3d(x(t, null, 8, 8, 8, 3), t.zeros([3, 3, 3, 3, 2]), ONE, 'SAME');
  nn.conv3d(x(t, 2, 9, 9, 9, 1), w(t, 3, 3, 3, 1, 2), TWO, 'VALID', { name: 'c' });
  const pair = (): [tf.Tensor, number[], tf.Tensor] => [x(t, 2, 9, 9, 9, 1), [3, 3, 3, 1, 2], x(t, 2, 9, 9, 9, 2)];
  nn.conv3dBackpropFilter(...pair(), ONE, 'SAME', { name: 'f' });
  nn.conv3dBackpropFilterV2(...pair(), ONE, 'SAME');
  nn.conv3dTranspose(x(t, 2, 4, 4, 4, 1), w(t, 2, 2, 2, 3, 1), [2, 8, 8, 8, 3], 2);
  nn.conv3dTranspose(x(t, 2, 4, 4, 4, 1), w(t, 2, 2, 2, 3, 1), [2, 8, 8, 8, 3], TWO, 'VALID', { name: 't' });
  nn.convolution(x(t, null, 8, 8, 8, 3), w(t, 2, 2, 2, 3, 4), 'SAME');
  nn.convolution(x(t, null, 8, 8, 8, 3), w(t, 2, 2, 2, 3, 4), 'VALID', { dilationRate: [2, 1, 2] });
});
for (const [title, order] of [
  ['gradient', 1],
  ['second gradient', 2],
] as const) {
  sameGraph('conv3d', `${title} of a convolution of volumes`, (t) => {
    const xs = [x(t, null, 4, 4, 4, 2), w(t, 3, 3, 3, 2, 2)];
    const y = t.nn.conv3d(xs[0], xs[1], ONE, 'SAME');
    const gs = t.gradients(y.mul(y), xs) as tf.Tensor[];
    if (order === 2) for (const g of gs) t.gradients(g.mul(g), xs);
  });
}

test('a volume of one plane is a picture', () => {
  new tf.Graph().asDefault(() => {
    const pictures = tf.randomNormal([2, 7, 9, 2], { seed: 1 });
    const filter = tf.randomNormal([3, 2, 2, 3], { seed: 2 });
    const sess = new tf.Session();
    for (const padding of ['SAME', 'VALID'] as const) {
      const [flat, deep] = sess.run([
        tf.nn.conv2d(pictures, filter, [1, 2, 1, 1], padding),
        tf.nn.conv3d(tf.expandDims(pictures, 1), tf.expandDims(filter, 0), [1, 1, 2, 1, 1], padding),
      ]);
      expect(deep.shape).toEqual([flat.shape[0], 1, ...flat.shape.slice(1)]);
      deep.data.forEach((v, i) => expect(v).toBeCloseTo(Number(flat.data[i]), 4));
    }
    sess.close();
  });
});
test('a filter for a part of the channels, which TensorFlow 1.15 sums wrongly, is refused', () => {
  new tf.Graph().asDefault(() => {
    const volume = tf.placeholder(tf.float32);
    const sess = new tf.Session();
    const y = tf.nn.conv3d(volume, tf.ones([2, 2, 2, 1, 4]), ONE, 'SAME');
    const three = new tf.NDArray(tf.float32, [1, 2, 2, 2, 3], new Float32Array(24));
    expect(() => sess.run(y, { [volume.name]: three })).toThrow('does not support grouped convolutions on the CPU');
    sess.close();
  });
});
