/** Programs that must mean one thing in every plan; each once had two meanings somewhere. */
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import type { FeedValue } from '../../src/session/feed';

type Feeds = [tf.Tensor, FeedValue][];
export interface Program {
  readonly fetches: readonly tf.Tensor[];
  readonly feeds?: Feeds;
  /** The fetched values, as JSON of their elements; or the first line of the error, or the start of it. */
  readonly gives: string;
}
const f32 = (...x: number[]): NDArray => new NDArray(tf.float32, [x.length], Float32Array.from(x));
const int64 = (...x: bigint[]): NDArray => new NDArray(tf.int64, [x.length], BigInt64Array.from(x));
const ints = (...x: number[]): tf.Tensor => tf.constant(x, tf.int32);
/** The op itself: the public function gives a constant where it knows the shape. */
const op = (type: string, x: tf.Tensor): tf.Tensor => applyOp(type, [x]).outputs[0];
export const fed = (dtype: tf.DType, shape: readonly (number | null)[] | null): tf.Tensor =>
  tf.placeholder(dtype, shape);

export const PROGRAMS: Readonly<Record<string, () => Program>> = {
  // Constants are compared as what they are.
  'the text 0 added to a text': () => {
    const s = fed(tf.string, [2]);
    return { fetches: [s.add('0'), tf.add(' ', s)], feeds: [[s, ['a', 'b']]], gives: '[["a0","b0"],[" a"," b"]]' };
  },
  'a text with a comma, and two texts': () => {
    const s = fed(tf.string, [2]);
    return {
      fetches: [s.add(tf.constant(['a,b', 'c'])), s.add(tf.constant(['a', 'b,c']))],
      feeds: [[s, ['', '']]],
      gives: '[["a,b","c"],["a","b,c"]]',
    };
  },
  'integers beyond 2^53 that differ in their last bits': () => {
    const n = fed(tf.int64, [1]);
    return {
      fetches: [n.add(tf.constant(int64(2n ** 53n))), n.add(tf.constant(int64(2n ** 53n + 1n)))],
      feeds: [[n, int64(0n)]],
      gives: '[["9007199254740992"],["9007199254740993"]]',
    };
  },
  'a folded product of integers beyond 2^53': () => ({
    fetches: [tf.constant(int64(3037000500n)).mul(tf.constant(int64(3037000499n)))],
    gives: '[["9223372033963249500"]]',
  }),
  'constants 0 and -0 are two': () => {
    const x = fed(tf.float32, [1]);
    return {
      fetches: [x.div(tf.constant(f32(0))), x.div(tf.constant(f32(-0)))],
      feeds: [[x, [1]]],
      gives: '[["Infinity"],["-Infinity"]]',
    };
  },
  'x + 0 of -0 is 0, x - 0 and x * 1 are -0': () => {
    const x = fed(tf.float32, [1]);
    return {
      fetches: [x.add(0), tf.add(0, x), x.sub(0), x.mul(1), x.div(1)].map((y) => tf.div(1, y)),
      feeds: [[x, f32(-0)]],
      gives: '[["Infinity"],["Infinity"],["-Infinity"],["-Infinity"],["-Infinity"]]',
    };
  },
  'a sum of one element, which is -0': () => {
    const x = fed(tf.float32, [2, 1]);
    const all = [tf.reduceSum, tf.reduceMean, tf.reduceProd, tf.reduceMax, tf.reduceMin];
    return {
      fetches: all.map((reduce) => tf.div(1, reduce(x, 1, { keepdims: true }))),
      feeds: [[x, [[-0], [-0]]]],
      gives: JSON.stringify(all.map(() => ['-Infinity', '-Infinity'])),
    };
  },
  'the larger of a and b, and of b and a': () => {
    const [a, b] = [fed(tf.float32, [2]), fed(tf.float32, [2])];
    return {
      fetches: [tf.maximum(a, b), tf.maximum(b, a), tf.minimum(a, b), tf.minimum(b, a)],
      feeds: [
        [a, f32(1, 0)],
        [b, f32(2, -0)],
      ],
      gives: '[["2","0"],["2","-0"],["1","0"],["1","-0"]]',
    };
  },
  'the same numbers in another dtype and another shape': () => {
    const x = fed(tf.float32, [2]);
    const same = [tf.constant([1, 2]), tf.constant([1, 2], tf.int32), tf.constant([[1, 2]])];
    return {
      fetches: same.map((c) => tf.cast(c, tf.float32).mul(x)),
      feeds: [[x, [1, 1]]],
      gives: '[["1","2"],["1","2"],["1","2"]]',
    };
  },
  // What only a run can know is not assumed.
  'a slice from a fed place': () => {
    const [x, begin] = [fed(tf.float32, [3]), fed(tf.int32, [1])];
    return {
      fetches: [tf.slice(x, begin, [3])],
      feeds: [
        [x, [1, 2, 3]],
        [begin, [1]],
      ],
      gives: 'InvalidArgumentError: Expected size[0] in [0, 2], but got 3',
    };
  },
  'a reshape to a fed shape': () => {
    const [x, shape] = [fed(tf.float32, [3]), fed(tf.int32, [1])];
    return {
      fetches: [tf.reshape(x, shape)],
      feeds: [
        [x, [1, 2, 3]],
        [shape, [4]],
      ],
      gives: 'InvalidArgumentError: Input to reshape is a tensor with 3 values, but the requested shape has 4',
    };
  },
  'the shape of a reshape that fails': () => {
    const [x, shape] = [fed(tf.float32, [3]), fed(tf.int32, [1])];
    return {
      fetches: [op('Shape', tf.reshape(x, shape)), op('ZerosLike', tf.reshape(x, shape))],
      feeds: [
        [x, [1, 2, 3]],
        [shape, [4]],
      ],
      gives: 'InvalidArgumentError: Input to reshape is a tensor with 3 values, but the requested shape has 4',
    };
  },
  'a broadcast to a fed shape': () => {
    const [x, shape] = [fed(tf.float32, [3]), fed(tf.int32, [1])];
    return {
      fetches: [tf.broadcastTo(x, shape)],
      feeds: [
        [x, [1, 2, 3]],
        [shape, [2]],
      ],
      gives: 'InvalidArgumentError: Incompatible shapes: [3] vs. [2]',
    };
  },
  'a broadcast to less than nothing': () => {
    const x = fed(tf.float32, null);
    return {
      fetches: [tf.broadcastTo(x, ints(-1))],
      feeds: [[x, [1, 2, 3]]],
      gives: 'InvalidArgumentError: Dimension -1 must be >= 0',
    };
  },
  'a broadcast to nothing': () => {
    const x = fed(tf.float32, null);
    return { fetches: [tf.broadcastTo(x, ints(2, 0))], feeds: [[x, [1, 2, 3]]], gives: '[[]]' };
  },
  'a permutation that counts from the end': () => {
    const x = fed(tf.float32, null);
    return {
      fetches: [tf.transpose(x, ints(-1, -2))],
      feeds: [[x, [[1, 2, 3]]]],
      gives: 'InvalidArgumentError: -1 is out of range [0 .. 2)',
    };
  },
  'a fed permutation that counts from the end': () => {
    const [x, order] = [fed(tf.float32, [1, 3]), fed(tf.int32, [2])];
    return {
      fetches: [tf.transpose(x, order)],
      feeds: [
        [x, [[1, 2, 3]]],
        [order, [-1, 0]],
      ],
      gives: 'InvalidArgumentError: -1 is out of range [0 .. 2)',
    };
  },
  'a mean of more bytes than a byte counts': () => {
    const x = fed(tf.int8, [128]);
    const ids = tf.constant(new NDArray(tf.int32, [128], new Int32Array(128)));
    return {
      fetches: [tf.reduceMean(x), tf.segmentMean(x, ids)],
      feeds: [[x, new NDArray(tf.int8, [128], new Int8Array(128).fill(3))]],
      gives: '["1",["1"]]',
    };
  },
  'the smallest of a 16-bit float, cast': () => {
    const x = fed(tf.bfloat16, [2]);
    return {
      fetches: [tf.cast(x, tf.bool), tf.cast(x, tf.float64)].map((y) => tf.cast(y, tf.float32)),
      feeds: [[x, new NDArray(tf.bfloat16, [2], Uint16Array.of(1, 0x3f80))]],
      gives: '[["0","1"],["0","1"]]',
    };
  },
  'the derivative of digamma far away': () => {
    const x = fed(tf.float32, [3]);
    return {
      fetches: [applyOp('Polygamma', [tf.onesLike(x), x]).outputs[0]],
      feeds: [[x, f32(3e38, 1e20, Infinity)]],
      gives: '[["0","0","NaN"]]',
    };
  },
  'a tiling by a fed number': () => {
    const [x, times] = [fed(tf.float32, [3]), fed(tf.int32, [1])];
    return {
      fetches: [tf.tile(x, times)],
      feeds: [
        [x, [1, 2, 3]],
        [times, [-1]],
      ],
      gives: 'InvalidArgumentError: Expected multiples[0] >= 0, but got -1',
    };
  },
  'a sum over a fed dimension': () => {
    const [x, axis] = [fed(tf.float32, [1]), fed(tf.int32, [1])];
    return {
      fetches: [tf.reduceSum(x, axis, { keepdims: true })],
      feeds: [
        [x, [1]],
        [axis, [3]],
      ],
      gives: 'InvalidArgumentError: Invalid reduction dimension (3 for input with 1 dimension(s)',
    };
  },
  'a constant that is fed where it is a shape': () => {
    const [x, shape] = [fed(tf.float32, [4]), ints(4)];
    const y = tf.reshape(x, shape);
    return {
      fetches: [y, op('Shape', y), op('Size', y)],
      feeds: [
        [x, [1, 2, 3, 4]],
        [shape, [-1]],
      ],
      gives: '[["1","2","3","4"],["4"],"4"]',
    };
  },
  'a constant that is fed with another shape': () => {
    const [x, shape] = [fed(tf.float32, [4]), ints(4, 1)];
    const y = tf.reshape(x, shape);
    return {
      fetches: [y.add(op('ZerosLike', y)), op('Shape', y)],
      feeds: [
        [x, [1, 2, 3, 4]],
        [shape, [2, 2]],
      ],
      gives: '[["1","2","3","4"],["2","2"]]',
    };
  },
  // Folding an op that fails keeps the failure.
  'a transposition that names a dimension twice': () => ({
    fetches: [tf.transpose(tf.reshape(tf.constant(f32(1, 2, 3, 4, 5, 6, 7, 8)), [2, 2, 2]), [0, 0, 1])],
    gives: 'InvalidArgumentError: ',
  }),
  'a permutation that is none': () => ({
    fetches: [tf.invertPermutation(ints(0, 0, 1)).add(1)],
    gives: 'InvalidArgumentError: 0 is duplicated in the input.',
  }),
  'a stitch to a negative place': () => ({
    fetches: [tf.dynamicStitch([ints(0, -3)], [tf.constant([1, 2])])],
    gives: 'InvalidArgumentError: indices[1] is out of range',
  }),
  'a stitch to negative places alone': () => ({
    fetches: [tf.dynamicStitch([ints(-3)], [tf.constant([1])])],
    gives: '[[]]',
  }),
  'an integer divided by 0': () => ({
    fetches: [tf.floorDiv(ints(1), ints(0)).add(1)],
    gives: 'InvalidArgumentError: Integer division by zero',
  }),
  'only the shape of a failing op is wanted': () => {
    const i = fed(tf.int32, [2]);
    return {
      fetches: [op('OnesLike', tf.gather(tf.constant([1, 2, 3]), i))],
      feeds: [[i, [0, 9]]],
      gives: 'InvalidArgumentError: indices[1] = 9 is not in [0, 3)',
    };
  },
  'only waiting for a failing op': () => {
    const i = fed(tf.int32, [2]);
    const wait = tf.gather(tf.constant([1, 2, 3]), i);
    return {
      fetches: [tf.controlDependencies([wait], () => tf.identity(tf.constant(1)))],
      feeds: [[i, [0, 9]]],
      gives: 'InvalidArgumentError: indices[1] = 9 is not in [0, 3)',
    };
  },
  // One way of a Switch.
  'rewrites on the way that is taken': () => {
    const [p, x] = [fed(tf.bool, []), fed(tf.float32, [2])];
    const [no, yes] = applyOp('Switch', [x, p]).outputs;
    const [a, b] = [tf.identity(no).mul(1), tf.identity(yes).sub(0).neg()];
    const size = tf.cast(op('Size', tf.identity(yes)), tf.float32);
    const [out, which] = applyOp('Merge', [[a, b.mul(size).add(b.mul(size))]]).outputs;
    return {
      fetches: [out, which],
      feeds: [
        [p, true],
        [x, [1, 2]],
      ],
      gives: '[["-4","-8"],"1"]',
    };
  },
  'a constant of the way that is not taken is not there': () => {
    const [p, x] = [fed(tf.bool, []), fed(tf.float32, [2])];
    const [no, yes] = applyOp('Switch', [x, p]).outputs;
    const here = tf.identity(yes);
    const shapes = applyOp('Merge', [[op('Shape', tf.identity(no)).mul(10), op('Shape', here).mul(100)]]).outputs;
    const ones = tf.controlDependencies([tf.identity(here)], () => tf.identity(tf.constant(1)));
    const other = tf.controlDependencies([tf.identity(no)], () => tf.identity(tf.constant(2)));
    return {
      fetches: [...shapes, applyOp('Merge', [[ones, other]]).outputs[0]],
      feeds: [
        [p, false],
        [x, [1, 2]],
      ],
      gives: '[["20"],"0","2"]',
    };
  },
  'an error on the way that is not taken is none': () => {
    const [p, i] = [fed(tf.bool, []), fed(tf.int32, [1])];
    const [no, yes] = applyOp('Switch', [i, p]).outputs;
    const bad = op('ZerosLike', tf.gather(tf.constant([7]), yes));
    return {
      fetches: [applyOp('Merge', [[tf.cast(no, tf.float32), bad]]).outputs[0]],
      feeds: [
        [p, false],
        [i, [5]],
      ],
      gives: '[["5"]]',
    };
  },
  'only the shape of a variable without a value is wanted': () => {
    const v = new tf.Variable([1, 2], { name: 'v' });
    return {
      fetches: [op('Shape', v.readValue())],
      gives: 'FailedPreconditionError: Attempting to use uninitialized value v',
    };
  },
};
