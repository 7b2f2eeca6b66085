import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { sameGraph, sweep } from '../sweep';

sweep('segment');

const x = (t: typeof tf, shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });
const ids = (t: typeof tf): tf.Tensor => t.placeholder(t.int32, [null], { name: 'i' });

sameGraph('segment', 'unsortedSegmentSum', (t) => t.unsortedSegmentSum(x(t, [null, 3]), ids(t), 4));
sameGraph('segment', 'gradient of an unsortedSegmentSum', (t) => {
  const v = x(t, [null, 3]);
  t.gradients(t.unsortedSegmentSum(v, ids(t), 4), v);
});
sameGraph('segment', 'unsortedSegmentMean', (t) => {
  const v = x(t, [null, 3]);
  t.gradients(t.unsortedSegmentMean(v, ids(t), 4), v);
});
sameGraph('segment', 'unsortedSegmentSqrtN', (t) => {
  const v = x(t, [2, 3]);
  const places = [
    [0, 1, 0],
    [1, -1, 2],
  ];
  t.math.unsortedSegmentSqrtN(v, places, t.placeholder(t.int32, [], { name: 'n' }), { name: 'a' });
});
test('the rank of what has means in segments must be known', () => {
  expect(() => tf.unsortedSegmentMean(tf.placeholder(tf.float32, null), [0], 1)).toThrow("'NoneType' and 'int'");
});
sameGraph('segment', 'bincount', (t) => {
  const v = ids(t);
  t.bincount(v);
  t.math.bincount(v, { weights: [0.5, 2] });
  t.bincount(v, { minlength: 2, maxlength: 7, dtype: t.float32 });
});
sameGraph('segment', 'gradient of a segmentMean', (t) => {
  const v = x(t, [3, 2]);
  t.gradients(t.segmentMean(v, [0, 0, 1]), v);
});

/** The gradient, with ones for the result's, of an op on a fed vector. */
function gradientAt(x: readonly number[], y: (v: tf.Tensor) => tf.Tensor): unknown {
  return new tf.Graph().asDefault(() => {
    const v = tf.placeholder(tf.float32, [x.length]);
    const sess = new tf.Session();
    const got = sess.run(tf.gradients(y(v), v)[0] as tf.Tensor, { [v.name]: x }) as NDArray;
    sess.close();
    return got.toArray();
  });
}
test('the gradient of a product of segments with zeros is the product of the others', () => {
  expect(gradientAt([0, 2, 3, 0], (v) => tf.unsortedSegmentProd(v, [0, 0, 1, 1], 2))).toEqual([2, 0, 0, 3]);
  expect(gradientAt([0, 0, 3, 5], (v) => tf.unsortedSegmentProd(v, [0, 0, 1, -1], 2))).toEqual([0, 0, 1, 0]);
});
test('elements that tie for an extreme share its gradient', () => {
  expect(gradientAt([2, 1, 2, 5], (v) => tf.unsortedSegmentMax(v, [0, 0, 0, -1], 1))).toEqual([0.5, 0, 0.5, 0]);
  expect(gradientAt([2, 2, 1], (v) => tf.segmentMax(v, [0, 0, 0]))).toEqual([0.5, 0.5, 0]);
});
