/**
 * Operands of a rank or a size that an op does not take, known only in the run: TensorFlow 2's kernels take some of
 * them, and end the process over others. On each device they are what TensorFlow 1.15.5 says, or gives.
 */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import type { AttrValue } from '../../src/graph/opdef';
import { devices, open } from '../devices';

type Fed = readonly [dtype: tf.DType, shape: readonly number[], numbers?: readonly number[]];
const pictures: Fed = [tf.float32, [1, 4, 4, 2]];
const filter: Fed = [tf.float32, [3, 3, 2, 2]];
const ones = { strides: [1, 1, 1, 1], padding: 'SAME' };
const twos = { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: 'VALID' };
const matrix: Fed = [tf.float32, [2, 2]];

test.each<[type: string, inputs: readonly (Fed | readonly Fed[])[], attrs: Record<string, AttrValue>, said: unknown]>([
  ...[-1, -(2 ** 31)].flatMap((n): [string, Fed[], Record<string, AttrValue>, string][] => [
    ['Conv2DBackpropFilter', [pictures, [tf.int32, [4], [n, 3, 2, 2]], pictures], ones, `Dimension ${n} must be >= 0`],
    ['Conv2DBackpropInput', [[tf.int32, [4], [1, n, 4, 2]], filter, pictures], ones, `Dimension ${n} must be >= 0`],
    [
      'DepthwiseConv2dNativeBackpropFilter',
      [pictures, [tf.int32, [4], [3, 3, 2, n]], pictures],
      ones,
      'Dimension 3 of filter_sizes must be >= 0',
    ],
    [
      'DepthwiseConv2dNativeBackpropInput',
      [[tf.int32, [4], [n, n, 4, 2]], filter, pictures],
      ones,
      'Dimension 0 of input_sizes must be >= 0',
    ],
  ]),
  [
    'Conv2DBackpropInput',
    [[tf.int32, [], [1]], filter, pictures],
    ones,
    'Conv2DBackpropInput: input_sizes input must be 1-dim, not 0',
  ],
  [
    'Conv2DBackpropInput',
    [[tf.int32, [1, 4], [1, 4, 4, 2]], filter, pictures],
    ones,
    'Conv2DBackpropInput: input_sizes input must be 1-dim, not 2',
  ],
  [
    'Conv2DBackpropFilter',
    [pictures, [tf.int32, [], [1]], pictures],
    ones,
    'Conv2DCustomBackpropFilter: filter_sizes input must be 1-dim, not 0',
  ],
  [
    'Conv2DBackpropFilter',
    [pictures, [tf.int32, [1, 4], [3, 3, 2, 2]], pictures],
    ones,
    'Conv2DCustomBackpropFilter: filter_sizes input must be 1-dim, not 2',
  ],
  [
    'Fill',
    [
      [tf.int32, [], [3]],
      [tf.float32, []],
    ],
    {},
    'dims must be a vector, got shape []',
  ],
  [
    'Fill',
    [
      [tf.int32, [1], [3]],
      [tf.float32, [1]],
    ],
    {},
    'value must be a scalar, got shape [1]',
  ],
  [
    'ConcatV2',
    [
      [matrix, matrix],
      [tf.int32, [1], [1]],
    ],
    {},
    'axis tensor should be a scalar integer, but got shape [1]',
  ],
  [
    'Concat',
    [
      [tf.int32, [1], [1]],
      [matrix, matrix],
    ],
    {},
    'concat_dim tensor should be a scalar integer, but got shape [1]',
  ],
  [
    'AvgPoolGrad',
    [
      [tf.int32, [1, 4], [1, 4, 4, 2]],
      [tf.float32, [1, 2, 2, 2]],
    ],
    twos,
    'out_backprop must be 1-dimensional and 4 elements',
  ],
  [
    'AvgPoolGrad',
    [
      [tf.int32, [], [1]],
      [tf.float32, [1, 2, 2, 2]],
    ],
    twos,
    'out_backprop must be 1-dimensional and 4 elements',
  ],
  [
    'Bincount',
    [
      [tf.int32, [1], [1]],
      [tf.int32, [1], [4]],
      [tf.float32, [0]],
    ],
    {},
    [4],
  ],
  [
    'BroadcastTo',
    [
      [tf.float32, [3]],
      [tf.int32, [1], [0]],
    ],
    {},
    [0],
  ],
  [
    'BroadcastTo',
    [
      [tf.float32, [3]],
      [tf.int32, [3], [0, 3, 0]],
    ],
    {},
    [0, 3, 0],
  ],
  [
    'BroadcastTo',
    [
      [tf.float32, [0]],
      [tf.int32, [2], [0, 3]],
    ],
    {},
    [0, 3],
  ],
  [
    'BroadcastTo',
    [
      [tf.float32, [0]],
      [tf.int32, [1], [3]],
    ],
    {},
    'Incompatible shapes: [0] vs. [3]',
  ],
])('%s of %j', (type, inputs, attrs, said) => {
  tf.resetDefaultGraph();
  const feeds: [tf.Tensor, tf.NDArray][] = [];
  const edge = ([dtype, shape, numbers]: Fed): tf.Tensor => {
    const x = tf.placeholder(dtype, null);
    const size = shape.reduce((a, b) => a * b, 1);
    const data = dtype === tf.int32 ? Int32Array.from(numbers ?? []) : new Float32Array(size);
    feeds.push([x, new tf.NDArray(dtype, shape, data)]);
    return x;
  };
  const isOne = (input: Fed | readonly Fed[]): input is Fed => input[0] instanceof tf.DType;
  const edges = inputs.map((input) => (isOne(input) ? edge(input) : input.map(edge)));
  const [y] = applyOp(type, edges, attrs).outputs;
  for (const mode of devices())
    for (const placement of ['host', 'device'] as const) {
      const sess = open(tf.getDefaultGraph(), { ...mode, placement });
      if (typeof said === 'string') expect(() => sess.run(y, feeds)).toThrow(said);
      else expect((sess.run(y, feeds) as tf.NDArray).shape).toEqual(said);
      sess.close();
    }
});
