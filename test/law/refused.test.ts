/**
 * Operands that a run alone knows, and that do not fit: what is refused in the first run is refused in every one, in
 * TensorFlow 1.15's words, by plans that are rewritten for such feeds and by whole graphs of a device too.
 */
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import type { AttrValue } from '../../src/graph/opdef';
import { devices } from '../sweep';
import { HOST, outcomeOf, waysOf } from './law';

type T = tf.Tensor;
/** A vector of n numbers, two of them, whole numbers that are fed, or a scalar of them. */
type Operand = 'x' | readonly 'x'[] | readonly number[] | number;
type Row = readonly [
  type: string,
  operands: (n: number) => readonly Operand[],
  says: (n: number) => string,
  attrs?: Readonly<Record<string, AttrValue>>,
];
const KEPT = { keep_dims: false };
/** More of them than a size is read from. */
const NINES = new Array<number>(70_000).fill(9);
const LAST = [...new Array<number>(69_999).fill(0), 2 ** 31 - 1];
const ROWS: readonly Row[] = [
  ['Slice', (n) => ['x', [1], [n]], (n) => `Expected size[0] in [0, ${n - 1}], but got ${n}`],
  ['Slice', (n) => ['x', [0], [n + 1]], (n) => `Expected size[0] in [0, ${n}], but got ${n + 1}`],
  ['Slice', (n) => ['x', [-1], [n]], (n) => `Expected begin[0] in [0, ${n}], but got -1`],
  [
    'Reshape',
    (n) => ['x', [n + 1]],
    (n) => `Input to reshape is a tensor with ${n} values, but the requested shape has ${n + 1}`,
  ],
  ['Reshape', () => ['x', [-2]], () => 'Size 0 must be non-negative, not -2'],
  ['BroadcastTo', () => ['x', [2]], (n) => `Incompatible shapes: [${n}] vs. [2]`],
  ['BroadcastTo', () => ['x', [1]], (n) => `Unable to broadcast tensor of shape [${n}] to tensor of shape [1]`],
  ['BroadcastTo', () => ['x', [2, 1]], (n) => `Unable to broadcast tensor of shape [${n}] to tensor of shape [2,1]`],
  ['BroadcastTo', () => ['x', [-1]], () => 'Dimension -1 must be >= 0'],
  ['Tile', () => ['x', [-1]], () => 'Expected multiples[0] >= 0, but got -1'],
  ['ExpandDims', () => ['x', 5], () => 'Tried to expand dim index 5 for tensor with 1 dimensions.'],
  ['ReverseV2', () => ['x', [2]], () => "'axis'[0] = 2 is out of valid range [0, 0"],
  ...['SegmentSum', 'SegmentMax', 'SegmentMean'].flatMap((type): Row[] => [
    [type, (n) => ['x', Array.from({ length: n }, (_, i) => (i ? 2 ** 31 - 1 : 0))], () => 'segment ids must be >= 0'],
    [type, (n) => ['x', new Array<number>(n).fill(-1)], () => 'segment ids must be >= 0'],
  ]),
  // More numbers than say a size: TensorFlow 2's kernels would begin with their memory.
  ['SegmentSum', () => [NINES, LAST], () => 'segment ids must be >= 0'],
  ['Transpose', () => ['x', [1]], () => '1 is out of range [0 .. 1)'],
  ['Split', () => [3, 'x'], () => '-input rank(-1) <= split_dim < input rank (1), but got 3', { num_split: 1 }],
  ['Split', () => [-2, 'x'], () => '-input rank(-1) <= split_dim < input rank (1), but got -2', { num_split: 1 }],
  ...[1, -1, -2, 0].map(
    (over): Row => [
      'SplitV',
      (n) => ['x', [over < 0 ? over - 1 : n + over], over ? 0 : 1],
      (n) =>
        over
          ? 'If there is only one output, it must have the same size as the input. ' +
            `Input size: ${n} output size: ${over < 0 ? over - 1 : n + over}`
          : '-input rank(-1) <= split_dim < input rank (1), but got 1',
      { num_split: 1 },
    ],
  ),
  [
    'SplitV',
    (n) => ['x', [n, 1], 0],
    (n) =>
      'Determined shape must either match input shape along split_dim exactly if fully specified, or be less than ' +
      `the size of the input along split_dim if not fully specified.  Got: ${n + 1}`,
    { num_split: 2 },
  ],
  ['Roll', () => ['x', 0, 2], () => 'axis 2 is out of range'],
  ['Sum', () => ['x', 3], () => 'Invalid reduction dimension (3 for input with 1 dimension(s)', KEPT],
  ['Max', () => ['x', -2], () => 'Invalid reduction dimension (-2 for input with 1 dimension(s)', KEPT],
  [
    'ConcatV2',
    () => [['x', 'x'], 2],
    () => 'ConcatOp : Expected concatenating dimensions in the range [-1, 1), but got 2',
  ],
  ['GatherV2', (n) => ['x', [n], 0], (n) => `indices[0] = ${n} is not in [0, ${n})`],
  ['StridedSlice', (n) => ['x', [0], [n], [0]], () => 'strides[0] must be non-zero'],
  [
    'StridedSlice',
    (n) => ['x', [n], [n + 1], [1]],
    (n) => `slice index ${n} of dimension 0 out of bounds.`,
    { shrink_axis_mask: 1 },
  ],
  ['Squeeze', () => ['x'], (n) => `Can not squeeze dim[0], expected a dimension of 1, got ${n}`, { squeeze_dims: [0] }],
  ['TopKV2', (n) => ['x', n + 1], (n) => `input must have at least k columns. Had ${n}, needed ${n + 1}`],
  ['ArgMax', () => ['x', 2], () => 'Expected dimension in the range [-1, 1), but got 2'],
  ['Cumsum', () => ['x', 2], () => 'ScanOp: Expected scan axis in the range [-1, 1), but got 2'],
  ['InvertPermutation', (n) => [[0, n]], (n) => `${n} is not between 0 and 2`],
  ['InvertPermutation', () => [[0, 0, 1]], () => '0 is duplicated in the input.'],
  [
    'DynamicPartition',
    (n) => ['x', Array.from({ length: n }, () => 2)],
    () => 'partitions[0] = 2 is not in [0, 2)',
    { num_partitions: 2 },
  ],
  ['Range', () => [0, 3, 0], () => 'Requires delta != 0: 0'],
  ['FloorDiv', () => [[1], [0]], () => 'Integer division by zero'],
  ['Pow', () => [[2], [-1]], () => 'Integers to negative integer powers are not allowed'],
  ['BroadcastArgs', (n) => [[2], [n]], (n) => `Incompatible shapes: [2] vs. [${n}]`],
];

describe.each(devices().map((d) => d.device))('on the %s device', (device) => {
  const titled = ROWS.map((row) => [`${row[0]}: ${row[2](3)}`, row] as const);
  test.each(titled)('%s', (_, [type, operands, says, attrs]) => {
    for (const n of [3, 5000]) {
      const graph = new tf.Graph();
      graph.asDefault(() => {
        const feeds: [T, NDArray][] = [];
        const fed = (array: NDArray): T => {
          const x = tf.placeholder(array.dtype);
          feeds.push([x, array]);
          return x;
        };
        const vector = (): T => fed(new NDArray(tf.float32, [n], new Float32Array(n).fill(2)));
        const one = (operand: Operand): T | T[] => {
          if (operand === 'x') return vector();
          if (typeof operand === 'number') return fed(new NDArray(tf.int32, [], Int32Array.of(operand)));
          if (operand[0] === 'x') return operand.map(vector);
          return fed(new NDArray(tf.int32, [operand.length], Int32Array.from(operand as readonly number[])));
        };
        const refused = [...applyOp(type, operands(n).map(one), attrs).outputs];
        const x = tf.placeholder(tf.float32, [16]);
        const beside = tf.sigmoid(tf.tanh(x.mul(2).add(1)));
        feeds.push([x, new NDArray(tf.float32, [16], new Float32Array(16))]);
        const all = { fetches: [...refused, beside], feeds };
        for (const { config, runs } of [{ config: HOST, runs: [1] }, ...waysOf(device)]) {
          using sess = new tf.Session('', { graph, config: { advice: false, ...config } });
          for (let run = 1; run <= runs[runs.length - 1]; run++) {
            const got = outcomeOf(sess, all);
            if (runs.includes(run)) expect([run, got]).toEqual([run, expect.stringContaining(says(n))]);
          }
        }
      });
    }
  });
});
