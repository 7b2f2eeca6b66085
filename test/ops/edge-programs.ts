/** Programs of edges.test.ts, by the names of their recordings (record/edges.py). */
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';

type T = tf.Tensor;
type Shape = readonly (number | null)[] | null;
const [N, I] = [NaN, Infinity];
const floats = (shape: readonly number[], ...x: number[]): NDArray =>
  new NDArray(tf.float32, shape, x.length ? Float32Array.from(x) : new Float32Array(shape.reduce((a, b) => a * b, 1)));
const vector = (...x: number[]): NDArray => floats([x.length], ...x);
const ints = (shape: readonly number[], ...x: number[]): NDArray => new NDArray(tf.int32, shape, Int32Array.from(x));
const ids = (): T => tf.constant([0, 0, 1], tf.int32);
const picture = floats([1, 1, 1, 1]);
const filter = (): T => tf.constant(floats([3, 3, 1, 1], ...new Array<number>(9).fill(1)));
const classed = (label: number) => (x: T) =>
  tf.nn.sparseSoftmaxCrossEntropyWithLogits({ logits: x, labels: tf.constant([label], tf.int32) }) as T;
const select = (c: T, a: T, b: T): T => applyOp('SelectV2', [c, a, b]).outputs[0];
const pair = new NDArray(tf.bool, [2], Uint8Array.of(1, 0));
const both = vector(1, 2);

export interface Program {
  readonly build: (...feeds: T[]) => T | T[];
  readonly feeds: readonly NDArray[];
  readonly shapes?: readonly Shape[];
}
const program = (build: Program['build'], feeds: readonly NDArray[], shapes?: readonly Shape[]): Program => ({
  build,
  feeds,
  shapes,
});
export const PROGRAMS: Record<string, Program> = {
  where: program((x) => tf.where(x), [vector(1, N, 0, I)]),
  clip: program((x) => tf.clipByValue(x, -1, 1), [vector(N, I, -I, 0.5)]),
  'clip by NaN': program((x, low) => tf.clipByValue(x, low, 1), [vector(2, -3), floats([], N)]),
  sign: program((x) => tf.sign(x), [vector(N, -2, 3)]),
  'linspace from NaN': program((a) => tf.linspace(a, 1, 3), [floats([], N)]),
  'linspace to NaN': program((a) => tf.linspace(0, a, 3), [floats([], N)]),
  'linspace between infinities': program((a) => tf.linspace(tf.negative(a), a, 4), [floats([], I)]),
  segmentMin: program((x) => tf.segmentMin(x, ids()), [vector(N, 1, N)]),
  'segmentMin, NaN second': program((x) => tf.segmentMin(x, ids()), [vector(1, N, N)]),
  unsortedSegmentMin: program((x) => tf.unsortedSegmentMin(x, ids(), 3), [vector(N, 1, N)]),
  'unsortedSegmentMin, NaN second': program((x) => tf.unsortedSegmentMin(x, ids(), 3), [vector(1, N, N)]),
  'sparse cross entropy, class 0': program(classed(0), [floats([1, 2], 1, -I)]),
  'sparse cross entropy, class 1': program(classed(1), [floats([1, 2], 1, -I)]),
  'cross entropy': program(
    (x) => tf.nn.softmaxCrossEntropyWithLogitsV2({ logits: x, labels: tf.constant([[1, 0]]) }) as T,
    [floats([1, 2], 1, -I)],
  ),
  pad: program(
    (x) => applyOp('PadV2', [x, tf.constant([[1, 1]], tf.int32), tf.constant(1)]).outputs[0],
    [vector(I, N)],
  ),
  'pad with infinity': program(
    (x, c) => applyOp('PadV2', [x, tf.constant([[1, 1]], tf.int32), c]).outputs[0],
    [vector(1), floats([], I)],
  ),
  'mirror pad': program((x) => tf.pad(x, [[1, 1]], 'REFLECT'), [vector(I, N, 2)]),
  'conv2d larger than what is fed': program((x) => tf.nn.conv2d(x, filter(), [1, 1, 1, 1], 'VALID'), [picture]),
  'conv2d larger by less than a stride': program(
    (x) => tf.nn.conv2d(x, filter(), [1, 2, 2, 1], 'VALID'),
    [floats([1, 5, 2, 1])],
  ),
  'conv2d of infinities': program(
    (x) =>
      tf.nn.conv2d(tf.reshape(x, [1, 2, 2, 1]), tf.constant(floats([2, 2, 1, 1], 1, 0, 0, 1)), [1, 1, 1, 1], 'SAME'),
    [vector(I, -I, 1, 2)],
  ),
  'gather beyond an empty table': program((x, i) => tf.gather(x, i, { axis: 1 }), [floats([0, 2]), ints([2], 0, 5)]),
  'gather of empty rows': program((x, i) => tf.gather(x, i), [floats([2, 0]), ints([2], 0, 5)]),
  'gatherNd of nothing': program((x, i) => tf.gatherNd(x, i), [floats([0, 3]), ints([2, 1], 1, 0)]),
  'gatherNd of empty rows': program((x, i) => tf.gatherNd(x, i), [floats([3, 0]), ints([1, 1], 1)]),
  'selectV2 of partly unknown shapes': program(
    select,
    [pair, floats([2, 3]), floats([2, 4])],
    [[null], [null, 3], [null, 4]],
  ),
  'selectV2 of vectors': program(select, [pair, floats([3]), floats([3])], [[2], [null], [3]]),
  'matmul of partly unknown matrices': program(
    (a, b) => tf.matmul(a, b),
    [floats([2, 3, 4]), floats([2, 5, 6])],
    [
      [null, 3, 4],
      [null, 5, 6],
    ],
  ),
  'matmul of batches that differ': program(
    (a, b) => tf.matmul(a, b),
    [floats([2, 3, 4]), floats([3, 4, 6])],
    [
      [2, null, 4],
      [3, 4, null],
    ],
  ),
  'matmul of unknown shapes': program((a, b) => tf.matmul(a, b), [floats([2, 3, 4]), floats([2, 5, 6])]),
};
for (const kind of ['maxPool', 'avgPool'] as const) {
  const three = (step: number) => (x: T) => tf.nn[kind](x, [1, 3, 3, 1], [1, step, step, 1], 'VALID');
  PROGRAMS[`${kind} larger than what is fed`] = program(three(1), [picture]);
  PROGRAMS[`${kind} larger by less than a stride`] = program(three(2), [floats([1, 1, 5, 1])]);
  PROGRAMS[`${kind} larger than what is known`] = program(three(1), [picture], [[1, 1, 1, 1]]);
  PROGRAMS[`${kind} of infinities`] = program(
    (x) => tf.nn[kind](tf.reshape(x, [1, 2, 2, 1]), [1, 2, 2, 1], [1, 1, 1, 1], 'SAME'),
    [vector(I, -I, N, 1)],
  );
}
const PIECES = [
  [1, 1],
  [3, 1],
  [-1, 3],
  [-1, -1],
  [2, -2],
  [0, 2],
  [1, -1],
];
for (const sizes of PIECES) {
  const text = `[${sizes.join(', ')}]`;
  const split = (x: T, pieces: T | number[], axis: T | number): T[] => tf.split(x, pieces, axis, { num: 2 });
  const zero = ints([], 0);
  const fed = ints([2], ...sizes);
  PROGRAMS[`split into fed ${text}`] = program((x, pieces) => split(x, pieces, 0), [both, fed]);
  PROGRAMS[`split into fed ${text} along a fed axis`] = program(split, [both, fed, zero]);
  PROGRAMS[`split into ${text}`] = program((x) => split(x, sizes, 0), [both], [[2]]);
  PROGRAMS[`split into ${text} along a fed axis`] = program(
    (x, axis) => split(x, sizes, axis),
    [both, zero],
    [[2], []],
  );
  PROGRAMS[`split of unknown size into ${text}`] = program((x) => split(x, sizes, 0), [both]);
}

const NEAR = [-(2 ** -60), -(2 ** -26), -(2 ** -24), -(2 ** -13), -30, -0, 2 ** -26];
for (const kind of ['elu', 'selu'] as const)
  for (const dtype of [tf.float32, tf.float64, tf.float16])
    PROGRAMS[`${kind} near 0 of ${dtype.name}`] = program(
      (x) => {
        const y = tf.nn[kind](tf.cast(x, dtype));
        return [y, tf.gradients(y, [x])[0]!].map((z) => tf.cast(z, tf.float64));
      },
      [vector(...NEAR)],
    );

const rows3 = floats([3, 2], 0, 1, 2, 3, 4, 5);
const PLACES: Readonly<Record<string, readonly [NDArray, NDArray]>> = {
  'one place': [ints([1], 1), floats([1, 2], 7, 8)],
  two: [ints([2], 1, 2), floats([2, 2], 7, 8, 9, 10)],
  'a place outside': [ints([1], 3), floats([1, 2], 7, 8)],
  'a place of another depth': [ints([1, 2], 0, 1), floats([1, 2], 7, 8)],
  'rows of another number': [ints([2, 1], 0, 1), floats([1, 2], 7, 8)],
  'no row': [ints([0, 1]), floats([0, 2])],
  'rows for no place': [ints([0, 1]), floats([1, 2], 7, 8)],
  'a place as it is': [ints([], 1), floats([1, 2], 7, 8)],
  'each element': [ints([2, 2], 0, 1, 2, 0), vector(7, 8)],
  all: [ints([1, 0]), floats([1, 3, 2], 0, 1, 2, 3, 4, 5)],
};
/** What is in a variable after an update of it. */
const inVariable = (update: typeof tf.scatterNdAdd, useResource: boolean) => (i: T, u: T) => {
  const v = new tf.Variable(new tf.NDArray(tf.float32, [3, 2], new Float32Array(6)), { useResource });
  return tf.controlDependencies([tf.assign(v, rows3)], () => update(v, i, u)) as T;
};
for (const [name, operands] of Object.entries(PLACES)) {
  PROGRAMS[`scatterNdNonAliasingAdd, ${name}`] = program(
    (x, i, u) => applyOp('ScatterNdNonAliasingAdd', [x, i, u]).outputs[0],
    [rows3, ...operands],
  );
  PROGRAMS[`tensorScatterUpdate, ${name}`] = program(tf.tensorScatterUpdate, [rows3, ...operands]);
  PROGRAMS[`gatherNd, ${name}`] = program((x, i) => tf.gatherNd(x, i), [rows3, operands[0]]);
  if (!operands[0].shape.length) continue;
  PROGRAMS[`rows of a reference, ${name}`] = program(inVariable(tf.scatterNdAdd, false), operands);
  PROGRAMS[`rows of a resource, ${name}`] = program(inVariable(tf.scatterNdUpdate, true), operands);
}
