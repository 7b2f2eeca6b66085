/** Int attributes that no kernel means, in TensorFlow 1.15.5's words; where that dies or goes astray, in ours. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { devices } from '../sweep';

type Operand = readonly [tf.DType, readonly number[], ArrayLike<number>];
const floats = (...shape: number[]): Operand => [tf.float32, shape, new Float32Array(shape.reduce((a, b) => a * b, 1))];
const ints = (...values: number[]): Operand => [tf.int32, [values.length], Int32Array.from(values)];
const int = (value: number): Operand => [tf.int32, [], [value]];
const MASKS = { begin_mask: 0, end_mask: 0, ellipsis_mask: 0, new_axis_mask: 0, shrink_axis_mask: 0 };

const OPERANDS: Readonly<Record<string, readonly Operand[]>> = {
  GatherV2: [floats(2, 2, 4), [tf.int32, [2, 2], new Int32Array(4)], int(1)],
  StridedSlice: [floats(4, 3), ints(0, 0), ints(2, 2), ints(1, 1)],
  StridedSliceGrad: [ints(4, 3), ints(0, 0), ints(2, 2), ints(1, 1), floats(2, 2)],
  DepthToSpace: [floats(1, 2, 2, 4)],
  SpaceToDepth: [floats(1, 2, 2, 4)],
  OneHot: [ints(0, 1), int(3), [tf.float32, [], [1]], [tf.float32, [], [0]]],
  ReverseSequence: [floats(2, 3), ints(1, 2)],
};
/** What an op says; `isKnown` where the shapes of its operands are known while the graph is built. */
function said(type: string, attrs: Record<string, number>, isKnown: boolean, device: string): string {
  return new tf.Graph().asDefault(() => {
    const feeds: [tf.Tensor, tf.NDArray][] = [];
    const operands = OPERANDS[type].map(([dtype, shape, data]) => {
      const x = tf.placeholder(dtype, isKnown ? shape : null);
      feeds.push([
        x,
        new tf.NDArray(dtype, shape, dtype === tf.int32 ? Int32Array.from(data) : Float32Array.from(data)),
      ]);
      return x;
    });
    try {
      const [y] = applyOp(type, operands, { ...(type.startsWith('Strided') ? MASKS : {}), ...attrs }).outputs;
      const sess = new tf.Session('', { config: { device, placement: 'device', advice: false } });
      return String(sess.run([y, tf.shape(y)], feeds)[1]);
    } catch (error) {
      const { name, message } = error as Error;
      return `${name} ${message.split('\n')[0]}`.replace(/ for '\w+' \(op: .*/, '');
    }
  });
}

const LARGE = 3e38;
const RANGE = 'ValueError Value out of range: 300000000000000012135895401846682943488';
const wide = (name: string, value = 2 ** 31): string =>
  `InvalidArgumentError Attr ${name} has value ${value} out of range for an int32`;
const batch = (given: number): string =>
  `InvalidArgumentError Expected batch_dims in the range [-2, 2), but got ${given}`;
/** Type, attributes, what is said with known shapes, and with unknown ones where that is something else. */
const CASES: readonly (readonly [string, Record<string, number>, string, string?])[] = [
  ['GatherV2', { batch_dims: 2 }, batch(2)],
  ['GatherV2', { batch_dims: 7 }, batch(7)],
  ['GatherV2', { batch_dims: 65536 }, batch(65536)],
  ['GatherV2', { batch_dims: 2 ** 31 - 1 }, batch(2 ** 31 - 1)],
  ['GatherV2', { batch_dims: -(2 ** 31) }, batch(-2147483646)],
  // 1.15 ends the process.
  ['GatherV2', { batch_dims: -3 }, batch(-1)],
  ['GatherV2', { batch_dims: 2 ** 31 }, wide('batch_dims')],
  ['GatherV2', { batch_dims: -1 }, '[2 2 4]'],
  ['GatherV2', { batch_dims: LARGE }, RANGE],
  ...Object.keys(MASKS).flatMap((name): [string, Record<string, number>, string][] => [
    ['StridedSlice', { [name]: LARGE }, RANGE],
    ['StridedSlice', { [name]: 2 ** 31 }, wide(name)],
    ['StridedSlice', { [name]: 65536 }, '[2 2]'],
    ['StridedSliceGrad', { [name]: LARGE }, RANGE],
    ['StridedSliceGrad', { [name]: 2 ** 31 }, wide(name)],
  ]),
  ['StridedSlice', { begin_mask: 2 ** 31 - 1 }, '[2 2]'],
  ['StridedSlice', { end_mask: -1 }, '[4 3]'],
  ['StridedSlice', { ellipsis_mask: -1 }, 'InvalidArgumentError Multiple ellipses in slice spec not allowed'],
  ['StridedSlice', { new_axis_mask: -1 }, '[1 1 4 3]'],
  ['StridedSlice', { shrink_axis_mask: 2 ** 31 - 1 }, '[]'],
  ['StridedSliceGrad', { end_mask: -1 }, 'InvalidArgumentError shape of dy was [2,2] instead of [4,3]'],
  ['SpaceToDepth', { block_size: LARGE }, RANGE],
  [
    'SpaceToDepth',
    { block_size: 1 },
    "ValueError Attr 'block_size' of 'SpaceToDepth' Op passed 1 less than minimum 2.",
  ],
  [
    'SpaceToDepth',
    { block_size: 65536 },
    'ValueError Dimension size must be evenly divisible by 65536 but is 2',
    'InvalidArgumentError Image width 2 and height 2 should be divisible by block_size: 65536',
  ],
  ['SpaceToDepth', { block_size: 2 ** 33 }, wide('block_size', 2 ** 33).replace('InvalidArgument', 'Value')],
  // 1.15 divides by the square in 32 bits, which is 0 here, or below 0, and ends the process.
  [
    'DepthToSpace',
    { block_size: 65536 },
    'ValueError Dimension size must be evenly divisible by 4294967296 but is 4',
    'InvalidArgumentError Input depth dimension 4 should be divisible by: 4294967296',
  ],
  ['DepthToSpace', { block_size: 2 ** 62 }, wide('block_size', 2 ** 62).replace('InvalidArgument', 'Value')],
  ['OneHot', { axis: 2 }, 'InvalidArgumentError Expected axis to be -1 or between [0, 2).  But received: 2'],
  [
    'OneHot',
    { axis: 2 ** 31 - 1 },
    'InvalidArgumentError Expected axis to be -1 or between [0, 2).  But received: 2147483647',
  ],
  ['OneHot', { axis: -2 }, 'ValueError axis must be >= -1'],
  ['OneHot', { axis: 2 ** 31 }, wide('axis').replace('InvalidArgument', 'Value')],
  ['OneHot', { axis: LARGE }, RANGE],
  [
    'ReverseSequence',
    { seq_dim: 2 },
    'ValueError seq_dim must be < input rank: 2 vs. 2',
    'InvalidArgumentError seq_dim must be < input.dims()( 2 vs. 2)',
  ],
  [
    'ReverseSequence',
    { seq_dim: 1, batch_dim: 2 ** 31 - 1 },
    'ValueError batch_dim must be < input rank: 2147483647 vs. 2',
    'InvalidArgumentError batch_dim must be < input.dims()( 2147483647 vs. 2)',
  ],
  [
    'ReverseSequence',
    { seq_dim: 2 ** 31 },
    'ValueError seq_dim must be < input rank: 2147483648 vs. 2',
    wide('seq_dim'),
  ],
  ['ReverseSequence', { seq_dim: 0 }, 'InvalidArgumentError batch_dim == seq_dim == 0'],
  ['ReverseSequence', { seq_dim: LARGE }, RANGE],
];

describe.each([...new Set(devices().map(({ device }) => device))])('on %s', (device) => {
  for (const [type, attrs, known, unknown = known] of CASES)
    test(`${type} ${JSON.stringify(attrs)}`, () => {
      expect([said(type, attrs, true, device), said(type, attrs, false, device)]).toEqual([known, unknown]);
    });
});

test('dimensions of billions, read as a number of dimensions, make no list of so many', () => {
  new tf.Graph().asDefault(() => {
    const many = tf.placeholder(tf.int32, [2 ** 31 - 1]);
    expect(tf.fill(many, 1).shape.rank).toBeNull();
    expect(tf.reshape(tf.placeholder(tf.float32), many).shape.rank).toBeNull();
    expect(tf.tile(tf.placeholder(tf.float32), many).shape.rank).toBeNull();
    expect(tf.pad(tf.placeholder(tf.float32), tf.placeholder(tf.int32, [2 ** 31 - 1, 2])).shape.rank).toBeNull();
    expect(tf.zerosLike(many).shape.dims).toEqual([2 ** 31 - 1]);
  });
});

const INF = Infinity;
/** The ends and the step of a range, what a graph says that knows them, and a run to which they are fed. */
const RANGES: readonly (readonly [readonly number[], string, string])[] = [
  [[NaN, 3, 1], 'Dimension -9223372036854775808 must be >= 0', 'Requires start <= limit when delta > 0: nan/3'],
  [[0, NaN, 1], 'Dimension -9223372036854775808 must be >= 0', 'Requires start <= limit when delta > 0: 0/nan'],
  [[0, 1, NaN], 'Dimension -9223372036854775808 must be >= 0', 'Requires start >= limit when delta < 0: 0/1'],
  [[NaN, 1, -1], 'Dimension -9223372036854775808 must be >= 0', 'Requires start >= limit when delta < 0: nan/1'],
  // Such a run ends 1.15's process.
  [[0, INF, 1], 'Dimension -9223372036854775808 must be >= 0', 'would have more than 2**63 - 1 elements'],
  [[-INF, -INF, 0], 'input[0] = <-inf>, input[1] = <-inf>, input[2] = <0>', 'Requires delta != 0: 0'],
  [[3, 1, 1], 'Requires start <= limit when delta > 0: 3/1', 'Requires start <= limit when delta > 0: 3/1'],
];
test.each(RANGES)('a range of %j', (ends, known, fed) => {
  new tf.Graph().asDefault(() => {
    expect(() =>
      applyOp(
        'Range',
        ends.map((v) => tf.constant(v, tf.float32)),
      ),
    ).toThrow(known);
    const operands = ends.map(() => tf.placeholder(tf.float32, []));
    const [y] = applyOp('Range', operands).outputs;
    const sess = new tf.Session('', { config: { device: 'portable', advice: false } });
    expect(() =>
      sess.run(
        y,
        operands.map((x, i) => [x, ends[i]] as const),
      ),
    ).toThrow(fed);
    sess.close();
  });
});
test.each([...new Set(devices().map(({ device }) => device))])('operands of another rank on %s', (device) => {
  const run = (type: string, dtype: tf.DType, shape: number[], attrs: Record<string, never>): string =>
    new tf.Graph().asDefault(() => {
      const x = tf.placeholder(dtype, null);
      const [y] = applyOp(type, [x], attrs).outputs;
      const sess = new tf.Session('', { config: { device, placement: 'device', advice: false } });
      try {
        return String(
          sess.run(y, [[x, new tf.NDArray(dtype, shape, new dtype.array(shape.reduce((a, b) => a * b, 1)))]]),
        );
      } catch (error) {
        return `${(error as Error).name} ${(error as Error).message.split('\n')[0]}`;
      } finally {
        sess.close();
      }
    });
  const pool = { ksize: [1, 2, 2, 1], strides: [1, 1, 1, 1], padding: 'VALID' } as never;
  for (const type of ['AvgPool', 'MaxPool'])
    for (const shape of [[], [4], [4, 4, 2], [1, 4, 4, 2, 1]])
      expect(run(type, tf.float32, shape, pool)).toBe(
        `InvalidArgumentError tensor_in_shape must have 2 spatial dimensions. ${shape.length} 0`,
      );
  const as = (type: tf.DType): Record<string, never> => ({ type }) as never;
  expect(run('Bitcast', tf.float32, [3], as(tf.float64))).toBe('InvalidArgumentError Cannot bitcast from 1 to 2');
  expect(run('Bitcast', tf.uint8, [2, 3], as(tf.int32))).toBe('InvalidArgumentError Cannot bitcast from 4 to 3');
});
test.each([...new Set(devices().map(({ device }) => device))])(
  'keys of crossed columns have 64 bits on %s',
  (device) => {
    const said = new tf.Graph().asDefault(() => {
      const lists = { N: 0, hashed_output: true, num_buckets: 1000, hash_key: 956888297470 };
      const types = {
        sparse_types: [],
        dense_types: [tf.string, tf.string],
        out_type: tf.int64,
        internal_type: tf.string,
      };
      const dense = [
        tf.constant([['a'], ['b']]),
        tf.constant([
          ['x', 'y'],
          ['z', 'w'],
        ]),
      ] as never;
      const [, values] = applyOp('SparseCross', [[], [], [], dense], { ...lists, ...types }).outputs;
      const sess = new tf.Session('', { config: { device, advice: false } });
      try {
        return String(sess.run(values));
      } catch (error) {
        return (error as Error).message.split('\n')[0];
      } finally {
        sess.close();
      }
    });
    expect(said).toBe('[892 747 460 790]');
  },
);
