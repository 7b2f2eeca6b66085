/** Sums over the dimensions in front, which wasm takes as a product with ones. */
import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { open } from '../sweep';

const portable = { title: 'portable', device: 'portable', placement: 'device' } as const;

test.each([
  [1, 5],
  [7, 3],
  [512, 4],
  [513, 9],
  [1031, 2],
  [3000, 33],
  [39200, 8],
])('of [%i, %i]', (rows, columns) => {
  new tf.Graph().asDefault((graph) => {
    const x = tf.placeholder(tf.float32, [rows, columns]);
    using sess = open(graph, portable);
    const data = Float32Array.from({ length: rows * columns }, (_, i) => Math.cos(i));
    const sums = new Float64Array(columns);
    data.forEach((v, i) => {
      sums[i % columns] += v;
    });
    for (const y of [
      tf.reduceSum(x, 0),
      tf.reduceSum(tf.reshape(x, [rows, 1, columns]), [0, 1]),
      tf.reduceSum(x, [0], { keepdims: true }),
    ]) {
      const got = sess.run(y, [[x, data]]) as NDArray;
      expect(got.shape).toEqual(y.shape.dims);
      (got.data as Float32Array).forEach((v, j) => expect(Math.abs(v - sums[j])).toBeLessThan(1e-5 * Math.sqrt(rows)));
    }
  });
});
test('counts stay whole', () => {
  new tf.Graph().asDefault((graph) => {
    const x = tf.placeholder(tf.float32, [49000, 3]);
    using sess = open(graph, portable);
    expect((sess.run(tf.reduceSum(x, 0), [[x, new Float32Array(147000).fill(3)]]) as NDArray).toArray()).toEqual([
      147000, 147000, 147000,
    ]);
  });
});
