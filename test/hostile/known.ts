/** Calls that killed kernels of TensorFlow once, or stand in its advisories; made in every run of the tests. */
import * as tf from '../../src';
import { type DType, type Data, zerosOf } from '../../src/base/dtype';
import { TensorShape } from '../../src/base/shape';
import type { AttrValue } from '../../src/graph/opdef';
import type { Call, Operand } from './calls';

const LEAST = -(2n ** 63n);
const zeros = (...shape: number[]): Operand => filled(tf.float32, shape);
function filled(dtype: DType, shape: readonly number[], values: readonly (number | bigint)[] = []): Operand {
  const data: Data = zerosOf(
    dtype,
    shape.reduce((a, b) => a * b, 1),
  );
  values.forEach((v, i) => {
    (data as unknown[])[i] = data instanceof BigInt64Array ? BigInt(v) : Number(v);
  });
  return { dtype, shape, data };
}
const ints = (...values: number[]): Operand => filled(tf.int32, [values.length], values);
const longs = (...values: (number | bigint)[]): Operand => filled(tf.int64, [values.length], values);
const int = (value: number): Operand => filled(tf.int32, [], [value]);
const long = (value: number | bigint): Operand => filled(tf.int64, [], [value]);
const POOL = { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: 'VALID' };
const CONV = { strides: [1, 1, 1, 1], padding: 'SAME' };
const call = (type: string, inputs: readonly Operand[], attrs: Readonly<Record<string, AttrValue>> = {}): Call => ({
  type,
  inputs,
  attrs,
});

export const KNOWN: readonly Call[] = [
  ...[int(1), filled(tf.int32, [1, 4], [1, 4, 4, 2])].flatMap((sizes) => [
    call('Conv2DBackpropInput', [sizes, zeros(3, 3, 2, 2), zeros(1, 4, 4, 2)], CONV),
    call('Conv2DBackpropFilter', [zeros(1, 4, 4, 2), sizes, zeros(1, 4, 4, 2)], CONV),
  ]),
  call('Fill', [int(2 ** 31 - 1), zeros()]),
  call('BatchMatMulV2', [zeros(64, 1, 40, 20), zeros(20, 3)]),
  call('BatchMatMulV2', [zeros(64, 1, 40, 20), zeros(1, 1, 20, 3)]),
  call('GatherV2', [zeros(2, 3, 4), filled(tf.int32, [2, 2]), int(1)], { batch_dims: -(2 ** 31) }),
  call('GatherV2', [zeros(2, 3, 4), filled(tf.int32, [2, 2]), int(1)], { batch_dims: 2 ** 31 - 1 }),
  call('GatherV2', [zeros(2, 3, 4), filled(tf.int32, [2, 2]), int(1)], { batch_dims: -3 }),
  call('DepthToSpace', [zeros(1, 0, 0, 0)], { block_size: 65536 }),
  call('DepthToSpace', [zeros(1, 2, 2, 4)], { block_size: 2 ** 31 - 1 }),
  call('SpaceToDepth', [zeros(1, 0, 0, 4)], { block_size: 65536 }),
  call('ReverseSequence', [zeros(2, 3), ints(1, 2)], { seq_dim: -(2 ** 31) }),
  call('SegmentSum', [zeros(2, 3), ints(0, 2 ** 31 - 2)]),
  call('OneHot', [ints(0, 1), int(2 ** 31 - 1), zeros(), zeros()]),
  call('LinSpace', [zeros(), zeros(), int(2 ** 31 - 1)]),
  call('FakeParam', [], { dtype: tf.int32, shape: new TensorShape([46341, 46341]) }),
  call('AudioSpectrogram', [zeros(0, 1)], { window_size: -2, stride: -2 }),
  call('AudioSpectrogram', [zeros(8, 1)], { window_size: 0, stride: 0 }),
  call('GatherV2', [zeros(600, 600), ints(0, 1), long(LEAST)]),
  call('GatherV2', [zeros(600, 600), longs(LEAST, 2n ** 62n), long(0)]),
  call('AvgPoolGrad', [ints(2, 5, 5, 3), zeros(5, 5, 3)], POOL),
  call('AvgPoolGrad', [ints(-1, 5, 5, 3), zeros(2, 2, 2, 3)], POOL),
  call('AvgPoolGrad', [ints(2, 5, 5, 3), zeros(2, 2, 2, 3)], { ...POOL, strides: [1, 0, 0, 1] }),
  call('AvgPoolGrad', [ints(2, 2 ** 31 - 1, 2 ** 31 - 1, 3), zeros(2, 2, 2, 3)], POOL),
  call('AvgPoolGrad', [ints(1, 4, 4, 2), zeros(1, 2, 2, 2)], { ...POOL, ksize: [1, 2, 2, 1, 1] }),
  call('AvgPoolGrad', [ints(1, 4, 4, 2), zeros(1, 2, 2, 2)], { ...POOL, strides: [1, 2, 2, 1, 1] }),
  call('MaxPoolGrad', [zeros(1, 4, 4, 2), zeros(1, 2, 2, 2), zeros(1, 2, 2, 2)], { ...POOL, ksize: [1, 2, 2, 1, 1] }),
  call('MaxPoolGrad', [zeros(2, 4, 4, 1), zeros(1, 1, 1, 1), zeros(9, 9, 9, 9)], POOL),
  call('MaxPool', [zeros(0, 4, 4, 0)], { ...POOL, ksize: [1, 0, 0, 1] }),
  call('MaxPool', [zeros(2, 0, 4, 1)], POOL),
  ...['MaxPool', 'AvgPool'].flatMap((type) =>
    [
      [1, 1, 4, 1],
      [1, 4, 1, 1],
      [1, 4, 4, 1],
    ].map((ksize) => call(type, [zeros(2, 3, 3, 1)], { ...POOL, ksize })),
  ),
  call('AvgPool', [zeros(2, 1, 1, 1)], POOL),
  call('ScatterNd', [filled(tf.int32, [1, 2]), zeros(1), ints(3, 0)]),
  call('ScatterNd', [filled(tf.int32, [0, 0, 7, 4]), zeros(0, 0), filled(tf.int32, [0, 0])]),
  call('ScatterNd', [filled(tf.int32, [1, 1]), zeros(1), ints(-5)]),
  call('TensorScatterUpdate', [zeros(0, 3), filled(tf.int32, [2, 1]), zeros(2, 3)]),
  call('Conv2D', [zeros(2, 5, 5, 0), zeros(3, 3, 0, 4)], { strides: [1, 1, 1, 1], padding: 'SAME' }),
  call('Conv2DBackpropInput', [ints(2, -5, 5, 3), zeros(3, 3, 3, 4), zeros(2, 5, 5, 4)], {
    strides: [1, 1, 1, 1],
    padding: 'SAME',
  }),
  call('SegmentSum', [zeros(4, 3), longs(0, 5, LEAST, 2)]),
  call('SegmentSum', [zeros(4, 3), longs(0, 1, 2, 2n ** 62n)]),
  call('UnsortedSegmentSum', [zeros(4, 3), ints(0, 9, -7, 2), int(-1)]),
  call('UnsortedSegmentMin', [ints(5), longs(2), long(2n ** 62n)]),
  call('UnsortedSegmentMin', [ints(5), longs(2), long(2 ** 31 - 1)]),
  call('Fill', [longs(2n ** 33n, 2n ** 33n), zeros()]),
  call('Fill', [ints(-1, 3), zeros()]),
  call('Reshape', [zeros(0), longs(2n ** 32n, 2n ** 32n, 0)]),
  call('Tile', [zeros(3), longs(2n ** 61n)]),
  call('BroadcastTo', [zeros(1), longs(2n ** 62n, 2n ** 62n)]),
  call('Pad', [zeros(2), filled(tf.int64, [1, 2], [LEAST, 2n ** 63n - 1n])]),
  call('Slice', [zeros(4), longs(2n ** 63n - 1n), longs(2n ** 63n - 1n)]),
  call('StridedSlice', [zeros(4), ints(0), ints(4), ints(0)]),
  call('Transpose', [zeros(2, 3), ints(-2147483648, 1)]),
  call('ArgMax', [zeros(2, 3), long(LEAST)]),
  call('Cumsum', [zeros(2, 3), long(LEAST)]),
  call('ReverseV2', [zeros(2, 3), longs(LEAST)]),
  call('ExpandDims', [zeros(2), long(LEAST)]),
  call('Sum', [zeros(2, 3), longs(LEAST)]),
  call('OneHot', [ints(0), int(-1), zeros(), zeros()]),
  call('Range', [int(0), int(5), int(0)]),
  call('Range', [long(LEAST), long(2n ** 63n - 1n), long(1)]),
  call('LinSpace', [zeros(), zeros(), int(-1)]),
  call('TopKV2', [zeros(3), int(-1)]),
  call('TopKV2', [zeros(0), int(1)]),
  call('ReverseSequence', [zeros(2, 3), longs(-1, 2n ** 62n)], { seq_dim: 1 }),
  call('SparseSoftmaxCrossEntropyWithLogits', [zeros(2, 3), longs(LEAST, 5)]),
  call('InTopKV2', [zeros(2, 3), ints(-1, 9), int(2 ** 31 - 1)]),
  call('FloorDiv', [ints(-2147483648), ints(-1)]),
  call('FloorMod', [longs(LEAST), longs(-1)]),
  call('Bincount', [ints(-1, 2 ** 31 - 1), int(-1), zeros(0)]),
  call('DepthwiseConv2dNativeBackpropInput', [ints(), zeros(), zeros(0, 1, 1)], {
    strides: [1, 1, 1, 1],
    padding: 'SAME',
  }),
  call(
    'LSTMBlockCell',
    Array.from({ length: 8 }, () => zeros(3)),
    {},
  ),
];
