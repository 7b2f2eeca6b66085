import * as tf from 'tfjs-session';
import { said } from '../said';
import { devices, open, sameGraph, sweep } from '../sweep';

sweep('reduce', {
  // By constants.
  firstOrderAlone: [
    'Prod const float32[2,2]=0.0,2.0,3.0,4.0 const int32[]=0 keep_dims=false',
    'Max const float32[4]=1.0,3.0,3.0,2.0 const int32[]=0 keep_dims=false',
  ],
});

const x = (t: typeof tf, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });
const unknown = (t: typeof tf): tf.Tensor => t.placeholder(t.float32, null, { name: 'x' });

sameGraph('reduce', 'over everything', (t) => {
  [t.reduceSum, t.reduceMean, t.reduceProd, t.reduceMax, t.reduceMin].forEach((f) => f(x(t, 2, 3)));
});
sameGraph('reduce', 'over everything of unknown rank', (t) => {
  t.reduceSum(unknown(t));
  t.reduceMean(unknown(t), null, { name: 'mean' });
});
sameGraph('reduce', 'over an axis', (t) => {
  t.reduceSum(x(t, 2, 3), 1);
  t.reduceMean(x(t, 2, 3), [0, 1]);
  t.reduceMax(x(t, 2, 3), -1, { keepdims: true });
  t.reduceMin(x(t, null, 3), { reductionIndices: 1, keepDims: true, name: 'm' });
  const a = x(t, null, 3);
  t.reduceSum(a, t.placeholder(t.int32, [1], { name: 'axes' }));
});
sameGraph('reduce', 'of a list', (t) => {
  t.reduceSum([1, 2]);
});
sameGraph('reduce', 'logic', (t) => {
  t.reduceAll(t.placeholder(t.bool, [2, 2], { name: 'p' }));
  t.reduceAny(t.placeholder(t.bool, [2, 2], { name: 'p' }), 1);
});
sameGraph('reduce', 'logsumexp', (t) => {
  t.reduceLogsumexp(x(t, 2, 3));
  t.reduceLogsumexp(x(t, 2, 3), 1);
  t.reduceLogsumexp(x(t, 2, 3), 1, { keepdims: true, name: 'l' });
  t.reduceLogsumexp(unknown(t));
});
sameGraph('reduce', 'Euclidean norms', (t) => {
  t.math.reduceEuclideanNorm(x(t, 2, 3));
  t.math.reduceEuclideanNorm(x(t, 2, 3), 1, true, 'n');
  t.math.reduceEuclideanNorm(unknown(t));
});
sameGraph('reduce', 'variance and deviation', (t) => {
  t.math.reduceVariance(x(t, 2, 3));
  t.math.reduceStd(x(t, 2, 3), 1);
});
sameGraph('reduce', 'countNonzero', (t) => {
  t.countNonzero(x(t, 2, 3));
  t.countNonzero(x(t, 2, 3), 1, { dtype: t.int32, keepdims: true, name: 'c' });
});
sameGraph('reduce', 'places', (t) => {
  t.argmax(x(t, 2, 3), 1);
  t.argmin(x(t, 2, 3));
  t.argmax(x(t, 2, 3), { axis: -1, outputType: t.int32, name: 'best' });
  t.argMax(x(t, 2, 3), { dimension: 1 });
});
sameGraph('reduce', 'running', (t) => {
  t.cumsum(x(t, 2, 3));
  t.cumsum(x(t, 2, 3), 1, { exclusive: true });
  t.cumprod(x(t, 2, 3), { axis: 1, reverse: true, name: 'p' });
});
sameGraph('reduce', 'gradient of a full sum', (t) => {
  const a = x(t, 2, 3);
  t.gradients(t.reduceSum(a), [a]);
});
sameGraph('reduce', 'gradient of a full sum of an unknown batch', (t) => {
  const a = x(t, null, 3);
  t.gradients(t.reduceSum(a), [a]);
});
sameGraph('reduce', 'gradients of sums over one axis', (t) => {
  for (const axis of [1, 1, [-1, 0]]) {
    const a = x(t, 2, 3);
    t.gradients(t.reduceSum(a, axis), [a]);
  }
});
sameGraph('reduce', 'gradient of a mean of an unknown batch', (t) => {
  const a = x(t, null, 3);
  t.gradients(t.reduceMean(a), [a]);
});
sameGraph('reduce', 'gradient of a mean over an axis of an unknown batch', (t) => {
  const a = x(t, null, 3);
  t.gradients(t.reduceMean(a, 0), [a]);
});
sameGraph('reduce', 'gradient of a maximum of unknown shape', (t) => {
  const a = unknown(t);
  t.gradients(t.reduceMax(a, 1), [a]);
});
sameGraph('reduce', 'gradient of a product of unknown shape', (t) => {
  const a = unknown(t);
  t.gradients(t.reduceProd(a, 1), [a]);
});

describe.each(devices())('on $title', (mode) => {
  test('a reduction over everything is a scalar: its value is a number', () => {
    new tf.Graph().asDefault((graph) => {
      using sess = open(graph, mode);
      const x = tf.placeholder(tf.float32, null, { name: 'x' });
      const mean: number = sess.run(tf.reduceMean(x), [
        [
          x,
          [
            [1, 2],
            [3, 6],
          ],
        ],
      ]);
      expect(mean).toBe(3);
      const all: boolean = sess.run(tf.reduceAll([true, false], { name: 'all' }));
      expect(all).toBe(false);
      const log: number = sess.run(tf.reduceLogsumexp([1000, 1000]));
      expect(log).toBeCloseTo(1000 + Math.LN2, 3);
    });
  });
  test('large sums do not lose digits', () => {
    new tf.Graph().asDefault((graph) => {
      using sess = open(graph, mode);
      const x = tf.placeholder(tf.float32, [1 << 16]);
      expect(sess.run(tf.reduceMean(x), [[x, new Float32Array(1 << 16).fill(0.1)]])).toBeCloseTo(0.1, 5);
    });
  });
});
test('old and new names of one argument are refused together', () => {
  new tf.Graph().asDefault(() => {
    const [x, kept] = [[[1, 2]], { keepdims: true, keepDims: true }];
    const picture = tf.ones([1, 4, 4, 1]);
    const filter = tf.ones([1, 1, 1, 1]);
    // As TensorFlow 1.15.5 says it: the older name stands first.
    const rows: readonly (readonly [older: string, newer: string, call: () => unknown])[] = [
      ['reduction_indices', 'axis', () => tf.reduceSum(x, 0, { reductionIndices: 0 })],
      ['keep_dims', 'keepdims', () => tf.reduceSum(x, 0, kept)],
      ['keep_dims', 'keepdims', () => tf.nn.moments(x, [0], kept)],
      ['keep_dims', 'keepdims', () => tf.nn.weightedMoments(x, [0], 1, kept)],
      ['keep_dims', 'keepdims', () => tf.norm(x, 1, kept)],
      ['dimension', 'axis', () => tf.argmax(x, 0, { dimension: 0 })],
      ['dim', 'axis', () => tf.expandDims(x, 0, { dim: 0 })],
      ['dim', 'axis', () => tf.nn.softmax(x, 0, { dim: 0 })],
      ['dim', 'axis', () => tf.nn.l2Normalize(x, 0, { dim: 0 })],
      ['dim', 'axis', () => tf.losses.cosineDistance(x, x, { axis: 1, dim: 1 })],
      ['squeeze_dims', 'axis', () => tf.squeeze(x, 0, { squeezeDims: 0 })],
      ['seq_dim', 'seq_axis', () => tf.reverseSequence(x, [1], { seqAxis: 1, seqDim: 1, batchAxis: 0 })],
      ['batch_dim', 'batch_axis', () => tf.reverseSequence(x, [1], { seqAxis: 1, batchAxis: 0, batchDim: 0 })],
      ['filter', 'filters', () => tf.nn.conv2d(picture, filter, 1, 'SAME', { filters: filter as never })],
      ['value', 'input', () => tf.nn.maxPool(picture, 1, 1, 'SAME', { input: picture as never })],
      ['input_tensor', 'input', () => tf.countNonzero(x, { input: x as never })],
      ['t', 'x', () => tf.verifyTensorAllFinite(x, 'a', { x: x as never })],
      ['targets', 'labels', () => tf.nn.weightedCrossEntropyWithLogits(x, x, 1, { targets: x as never })],
    ];
    expect(rows.map(([, , call]) => said(call))).toEqual(
      rows.map(([older, newer]) => `ValueError: Cannot specify both '${older}' and '${newer}'`),
    );
  });
});
