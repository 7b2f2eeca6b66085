/** NaN and infinities among the elements of a reduction, a window, a segment, a row: as TensorFlow 1.15.5 was asked. */
import * as tf from 'tfjs-session';
import type { NDArray } from '../../src/base/ndarray';
import { devices, open } from '../sweep';

const [device] = devices();
/** What the host gives for a tensor. */
function onHost(build: () => tf.Tensor): unknown {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    using sess = open(graph, { ...device, placement: 'host' });
    const value: unknown = sess.run(build());
    return typeof value === 'number' ? value : (value as NDArray).toArray();
  });
}
const INF = Infinity;
const ROWS = [
  [NaN, 1, 2],
  [1, NaN, 2],
  [1, 2, NaN],
  [NaN, NaN, NaN],
  [-INF, -INF, -INF],
  [INF, INF, INF],
  [NaN, INF, -INF],
  [-INF, NaN, -INF],
  [NaN, -INF, -INF],
];
/** The rows as they are, each repeated, and as columns. */
const layouts: readonly (readonly [string, (reduce: (x: tf.Tensor, axis: number) => tf.Tensor) => unknown])[] = [
  ['short rows', (reduce) => onHost(() => reduce(tf.constant(ROWS), 1))],
  ['long rows', (reduce) => onHost(() => reduce(tf.tile(tf.constant(ROWS), [1, 40]), 1))],
  ['columns', (reduce) => onHost(() => reduce(tf.transpose(tf.constant(ROWS)), 0))],
];
describe.each(layouts)('%s', (_, run) => {
  test('maxima and minima leave NaN out', () => {
    expect(run((x, axis) => tf.reduceMax(x, axis))).toEqual([2, 2, 2, -INF, -INF, INF, INF, -INF, -INF]);
    expect(run((x, axis) => tf.reduceMin(x, axis))).toEqual([1, 1, 1, INF, -INF, INF, -INF, -INF, -INF]);
  });
  test('the place of an extremum is 0 where nothing is beyond the largest number', () => {
    expect(run((x, axis) => tf.argmax(x, axis))).toEqual([2, 2, 1, 0, 0, 0, 1, 0, 0]);
    expect(run((x, axis) => tf.argmin(x, axis))).toEqual([1, 0, 0, 0, 0, 0, 2, 0, 1]);
  });
  test('softmax of a row with NaN or infinity is NaN', () => {
    if (_ === 'columns') return;
    for (const row of run((x) => tf.nn.softmax(x)) as number[][]) expect(row.every(Number.isNaN)).toBe(true);
  });
});
test('windows of NaN and -infinity alone have the lowest number; gradients pass over NaN', () => {
  const rows = [
    [NaN, NaN, NaN, NaN],
    [NaN, 1, 2, NaN],
    [-INF, -INF, -INF, -INF],
    [INF, NaN, 1, 2],
    [1, NaN, NaN, 2],
  ];
  const windows = (dtype: tf.DType): tf.Tensor => tf.constant(rows, dtype);
  for (const [dtype, lowest] of [
    [tf.float32, -3.4028235e38],
    [tf.float64, -Number.MAX_VALUE],
    [tf.float16, -65504],
  ] as const) {
    const images = (): tf.Tensor => tf.reshape(windows(dtype), [5, 2, 2, 1]);
    const pool = (x: tf.Tensor): tf.Tensor => tf.nn.maxPool(x, [1, 2, 2, 1], [1, 2, 2, 1], 'VALID');
    expect(onHost(() => tf.reshape(pool(images()), [-1]))).toEqual([lowest, 2, lowest, INF, 2]);
    expect(
      onHost(() => {
        const x = images();
        return tf.argmax(tf.reshape(tf.gradients(pool(x), [x])[0] as tf.Tensor, [5, 4]), 1);
      }),
    ).toEqual([0, 2, 0, 0, 3]);
  }
});
test('segments', () => {
  const ids = (): tf.Tensor => tf.constant([0, 0, 1, 1, 3], tf.int32);
  const [a, b] = [
    [NaN, 1, NaN, NaN, 2],
    [1, NaN, -INF, -INF, NaN],
  ];
  expect(onHost(() => tf.segmentMax(a, ids()))).toEqual([1, -INF, 0, 2]);
  expect(onHost(() => tf.segmentMin(a, ids()))).toEqual([1, INF, 0, 2]);
  expect(onHost(() => tf.segmentMax(b, ids()))).toEqual([1, -INF, 0, NaN]);
  const low = -3.4028235e38;
  expect(onHost(() => tf.unsortedSegmentMax(a, ids(), 5))).toEqual([1, NaN, low, 2, low]);
  expect(onHost(() => tf.unsortedSegmentMax(b, ids(), 5))).toEqual([NaN, low, low, NaN, low]);
  expect(onHost(() => tf.unsortedSegmentMin(b, ids(), 5))).toEqual([NaN, -INF, -low, NaN, -low]);
});
test('clipping keeps NaN, and a bound of NaN is none', () => {
  const x = [1, NaN, INF, -INF, 5, -5];
  expect(onHost(() => tf.clipByValue(x, -1, 1))).toEqual([1, NaN, 1, -1, 1, -1]);
  expect(onHost(() => tf.clipByValue(x, NaN, 1))).toEqual([1, NaN, 1, -INF, 1, -5]);
  expect(onHost(() => tf.clipByValue(x, -1, NaN))).toEqual([1, NaN, INF, -1, 5, -1]);
});
test('linspace begins and ends with what it was given', () => {
  expect(onHost(() => tf.linspace(0, INF, 3))).toEqual([0, INF, INF]);
  expect(onHost(() => tf.linspace(NaN, 1, 3))).toEqual([NaN, NaN, 1]);
});
test('topK puts NaN last, for few and for many', () => {
  const x = [NaN, 1, 2, NaN, INF, -INF];
  expect(onHost(() => tf.nn.topK(x, 1)[0] ?? tf.constant(0))).toEqual([INF]);
  expect(onHost(() => tf.nn.topK(x, 6)[1])).toEqual([4, 2, 1, 5, 0, 3]);
  const many = [...Array.from({ length: 20 }, (_, i) => i), ...x];
  expect((onHost(() => tf.nn.topK(many, 26)[1]) as number[]).slice(-3)).toEqual([25, 20, 23]);
});
test('gradients at 0 behind a where, of norms and of roots', () => {
  const gradient = (f: (x: tf.Tensor) => tf.Tensor, at: number[]): unknown =>
    onHost(() => {
      const x = tf.constant(at);
      return tf.gradients(f(x), [x])[0] as tf.Tensor;
    });
  expect(gradient((x) => tf.where(x.greater(0), tf.sqrt(x), tf.zerosLike(x)), [4, 0, -1])).toEqual([0.25, 0, 0]);
  expect(gradient((x) => tf.where(x.greater(0), tf.rsqrt(x), tf.zerosLike(x)), [4, 0, -1])).toEqual([-0.0625, 0, 0]);
  expect(gradient((x) => tf.where(x.greater(0), tf.reciprocal(x), tf.zerosLike(x)), [4, 0])).toEqual([-0.0625, 0]);
  expect(gradient((x) => tf.sqrt(tf.reduceSum(x.mul(x))), [0, 0])).toEqual([NaN, NaN]);
});
test('complex scalars keep both parts, and arithmetic and products of matrices have them', () => {
  const z = (...parts: number[]): tf.Tensor => tf.constant(Float32Array.from(parts), tf.complex64);
  const at = (t: tf.Tensor): tf.Tensor => tf.reshape(t, []);
  expect(onHost(() => at(z(1, 2).mul(z(3, -1))))).toEqual([5, 5]);
  expect(onHost(() => at(tf.conj(z(1, 2))))).toEqual([1, -2]);
  expect(onHost(() => tf.reduceSum(z(1, 2, 3, 4)))).toEqual([4, 6]);
  expect(onHost(() => tf.matmul(tf.reshape(z(1, 2, 0, 1), [1, 2]), tf.reshape(z(1, 0, 2, 0), [2, 1])))).toEqual([
    [[1, 4]],
  ]);
});
test('a range of int64 is exact beyond 2^53', () => {
  const [from, to] = [2n ** 53n + 1n, 2n ** 53n + 6n].map((n) => new BigInt64Array([n]));
  expect(
    onHost(() => {
      const [a, b] = [from, to].map((n) => tf.reshape(tf.constant(n), []));
      return tf.range(a, b, tf.constant(2n, tf.int64) as tf.Tensor).sub(a);
    }),
  ).toEqual([0, 2, 4]);
});
