/** Programs of `tf.vectorizedMap` that test/fixtures/record/vectorized.py recorded in Python, in its order. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';

/** What a program says: values, errors and warnings. */
export interface VectorizedRun {
  (fetch: unknown, feed?: Record<string, unknown>): void;
  say(value: unknown): void;
  build(body: () => unknown): void;
}
export type Program = (run: VectorizedRun) => void;
export type Row = tf.Tensor;
export type RowFn = (row: Row) => unknown;

export const ROWS = [
  [0.5, 1.5, 2],
  [3, 0, 1],
  [2, 2.5, 5],
  [1, 4, 0.25],
];
export const WIDE = [
  [1, 2, 3],
  [4, 5, 6],
];
export const SQUARE = [
  [1, 2, 0],
  [0, 1, 3],
  [2, 0, 1],
];
export const vmap = (fn: (row: never) => unknown, elems: unknown): unknown =>
  tf.vectorizedMap(fn as never, elems as never);
export const rowsOfX = (): tf.Tensor => tf.constant(ROWS, { name: 'x' });
const c = (value: unknown): tf.Tensor => tf.constant(value as number[]);
const i32 = (x: tf.Tensor): tf.Tensor => tf.cast(x, tf.int32);
/** A program of one call, or the error of it. */
export const maps =
  (fn: RowFn, of: () => tf.Tensor = rowsOfX): Program =>
  (run) => {
    const x = of();
    run(vmap(fn, x));
  };
export const fails =
  (fn: RowFn, of: () => tf.Tensor = rowsOfX): Program =>
  (run) => {
    const x = of();
    run.build(() => vmap(fn, x));
  };

const waits = (x: Row): tf.Tensor => tf.controlDependencies([tf.sin(x)], () => tf.identity(x));
export const checked = (x: Row, most: number): tf.Operation => applyOp('Assert', [tf.reduceAll(tf.less(x, most)), [x]]);
const positive = (x: Row): tf.Tensor => {
  const column = tf.expandDims(x, 1);
  return tf.matmul(column, column, { transposeB: true }).add(tf.linalg.diag([9, 9, 9]));
};

export const PROGRAMS: Readonly<Record<string, Program>> = {
  element_by_element: maps((x) => tf.sin(x).mul(2).add(tf.exp(x.neg()))),
  the_same_for_all: maps(() => c([1, 2]).mul(3)),
  a_part_is_the_same: maps((x) => x.add(c([1, 2, 3]).mul(3))),
  scalar_beside_matrix: maps((x) => tf.reduceMax(x).add(c(WIDE))),
  vector_beside_matrix: maps((x) => tf.maximum(x, c(WIDE))),
  scalar_beside_vector: maps((x) => x.sub(tf.reduceSum(x))),
  the_row_itself: maps((x) => x),
  compares: maps((x) => tf.cast(tf.logicalOr(tf.greater(x, 2), tf.equal(x, 0)), tf.float32)),
  activations: maps((x) =>
    tf.nn.relu(x.sub(1)).add(tf.tanh(x)).add(tf.sigmoid(x)).add(tf.nn.elu(x.neg())).add(tf.nn.softplus(x)),
  ),
  powers: maps((x) => tf.pow(x, 2).add(tf.math.divideNoNan(1, x)).add(tf.math.squaredDifference(x, 1))),
  whole_numbers: maps((x) => tf.floordiv(i32(x), 2).add(tf.bitwise.bitwiseAnd(i32(x), 3))),
  sums_of_many: maps((x) => tf.addN([x, c([1, 2, 3]), x])),
  complex_numbers: maps((x) => tf.abs(tf.complex(x, c([1, 0, 1])))),
  rows_known_in_a_run: (run) => {
    const x = tf.placeholder(tf.float32, [null, 3], { name: 'x' });
    run(
      vmap((row: Row) => row.mul(2).add(tf.reduceSum(row)), x),
      { 'x:0': ROWS },
    );
  },
  little_known: (run) => {
    const x = tf.placeholder(tf.float32, [null, null], { name: 'x' });
    run(
      vmap((row: Row) => row.mul(2).add(c([1, 2, 3])), x),
      { 'x:0': ROWS },
    );
  },
  several_tensors: (run) => {
    const [x, y] = [rowsOfX(), tf.constant([1, 2, 3, 4], { name: 'y' })];
    run(vmap((e: { x: Row; y: Row }) => [e.x.add(e.y), { sum: tf.reduceSum(e.x), one: c(1) }], { x, y }));
  },
  pairs: (run) => {
    const [x, y] = [rowsOfX(), tf.constant([1, 2, 3, 4], { name: 'y' })];
    run(vmap((e: Row[]) => e[0].mul(e[1]), [x, y]));
  },
  reads_from_outside: (run) => {
    const [x, w] = [rowsOfX(), tf.constant([1, 2, 3], { name: 'w' })];
    run(vmap((row: Row) => row.mul(w), x));
  },
  variables: (run) => {
    const x = rowsOfX();
    const v = tf.getVariable('v', { initializer: [1, 2, 3] });
    const r = tf.getVariable('r', { initializer: 2, useResource: true });
    tf.addToCollection('init', tf.globalVariablesInitializer());
    run(vmap((row: Row) => row.mul(v).add(r), x));
  },

  products_from_the_left: maps((x) => tf.matmul(tf.expandDims(x, 0), c(SQUARE))),
  products_from_the_right: maps((x) => tf.matmul(c(WIDE), tf.expandDims(x, 1))),
  products_from_the_right_transposed: maps((x) => tf.matmul(c(WIDE), tf.expandDims(x, 0), { transposeB: true })),
  products_transposed: maps((x) => tf.matmul(tf.expandDims(x, 1), c(SQUARE), { transposeA: true, transposeB: true })),
  products_of_the_row: maps((x) => tf.matmul(tf.expandDims(x, 1), tf.expandDims(x, 1), { transposeB: true })),
  products_of_batches: maps((x) => tf.matmul(tf.reshape(x, [1, 1, 3]), c([SQUARE, SQUARE]))),
  products_of_unknown_rows: (run) => {
    const x = tf.placeholder(tf.float32, [null, 2, 3], { name: 'x' });
    const left = vmap((r: Row) => tf.matmul(r, c(SQUARE)), x);
    const right = vmap((r: Row) => tf.matmul(c(SQUARE), r, { transposeB: true }), x);
    run([left, right], { 'x:0': [WIDE, WIDE] });
  },
  biases: maps((x) => tf.nn.biasAdd(tf.expandDims(x, 0), [1, 2, 3])),
  biases_of_the_row: maps((x) => tf.nn.biasAdd(c(WIDE), x)),
  biases_before: maps((x) => tf.nn.biasAdd(tf.reshape(x, [1, 3, 1, 1]), [1, 2, 3], { dataFormat: 'NCHW' })),

  reductions: maps((x) => [
    tf.reduceSum(x),
    tf.reduceMean(x, -1),
    tf.reduceProd(x, 0),
    tf.reduceMin(x),
    tf.reduceMax(x, { keepdims: true }),
  ]),
  reductions_of_bools: maps((x) => [tf.reduceAll(x.greater(0)), tf.reduceAny(x.greater(2))]),
  running: maps((x) => [tf.cumsum(x), tf.cumsum(x, -1, { exclusive: true }), tf.cumprod(x, { reverse: true })]),
  segments: maps((x) => tf.math.unsortedSegmentSum(x, i32(tf.floormod(x, 2)), 3)),

  reshapes: maps((x) => tf.squeeze(tf.reshape(x, [1, 3, 1]), [0])),
  squeezes_all: maps((x) => tf.squeeze(tf.reshape(x, [1, 3, 1]))),
  transposes: maps((x) => tf.transpose(tf.expandDims(x, 1).mul(tf.expandDims(x, 0)))),
  slices: maps((x) => tf.concat([tf.slice(x, [1], [2]), x.get([null, 1]), x.get([null, null, -1])], 0)),
  places: maps((x) => x.get(1)),
  concats_what_is_the_same: maps((x) => tf.concat([x, c([7])], -1)),
  splits: maps((x) => [...tf.split(tf.reshape(tf.concat([x, x], 0), [2, 3]), 2), ...tf.split(x, [1, 2], 0)]),
  stacks: maps((x) => tf.stack([x, c([1, 2, 3])], 1)),
  unstacks: maps((x) => tf.unstack(x)),
  tiles: maps((x) => tf.tile(x, [2])),
  pads: maps((x) => tf.pad(x, [[1, 2]])),
  broadcasts: maps((x) => tf.broadcastTo(x, [2, 3])),
  shapes_and_sizes: maps((x) => tf.size(x).add(tf.shape(x).get(0).mul(tf.rank(x)))),
  shapes_in_a_run: (run) => {
    const x = tf.placeholder(tf.float32, [null, null], { name: 'x' });
    run(
      vmap((r: Row) => [tf.size(r), tf.shape(r), tf.rank(r), ...tf.shapeN([r, c([1])])], x),
      { 'x:0': ROWS },
    );
  },
  zeros_and_ones: maps((x) => x.add(tf.zerosLike(x)).add(applyOp('ZerosLike', [x]).outputs[0])),
  one_of_many: maps((x) => tf.oneHot(i32(x), 3)),
  identities: maps((x) => [...tf.identityN([x, c(1)]), tf.stopGradient(x)]),

  gathers_of_the_row: maps((x) => tf.gather(x, [2, 0])),
  gathers_by_the_row: maps((x) => tf.gather(c(WIDE), i32(tf.floormod(x, 2)))),
  gathers_along_an_axis: maps((x) => tf.gather(c(WIDE), i32(tf.floormod(x, 3)), { axis: 1 })),
  gathers_of_the_row_by_the_row: maps((x) => tf.gather(x, i32(tf.floormod(x, 3)))),
  places_in_order: maps((x) => applyOp('LowerBound', [tf.expandDims(tf.cumsum(x), 0), c([[1, 2]])]).outputs[0]),
  chooses: maps((x) => tf.where(x.greater(1), x, x.neg())),
  chooses_whole_rows: maps((x) => tf.where(tf.reduceSum(x).greater(4), x, x.neg())),
  chooses_with_shapes: maps((x) => tf.whereV2(x.greater(1), x, 0)),

  softmax: maps((x) => tf.nn.softmax(x).add(tf.nn.logSoftmax(x))),
  cross_entropy: maps((x) =>
    tf.nn.softmaxCrossEntropyWithLogitsV2({ labels: c([[0, 0, 1]]), logits: tf.expandDims(x, 0) }),
  ),
  sparse_cross_entropy: maps((x) =>
    tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: tf.constant([1], tf.int32), logits: tf.expandDims(x, 0) }),
  ),
  sigmoid_cross_entropy: maps((x) => tf.nn.sigmoidCrossEntropyWithLogits({ labels: c([0, 0, 1]), logits: x })),

  diagonals: maps((x) => [tf.linalg.diag(x), tf.linalg.diagPart(tf.linalg.setDiag(c(SQUARE), x))]),
  bands: maps((x) => tf.linalg.bandPart(tf.expandDims(x, 0).mul(tf.expandDims(x, 1)), 0, 1)),
  roots: maps((x) => tf.linalg.cholesky(positive(x))),
  determinants: maps((x) => [...tf.linalg.slogdet(tf.expandDims(positive(x), 0))]),
  triangular: maps((x) => tf.linalg.triangularSolve(c(SQUARE), tf.expandDims(x, 1))),
  crosses: maps((x) => tf.linalg.cross(x, c([1, 2, 3]))),

  random_numbers: () => {
    tf.setRandomSeed(3);
    vmap(
      () => [
        tf.randomUniform([2]),
        tf.randomNormal([2]),
        tf.truncatedNormal([2]),
        tf.randomUniform([], 0, 5, tf.int32),
      ],
      rowsOfX(),
    );
  },
  random_choices: () => {
    tf.setRandomSeed(3);
    vmap((r: Row) => [tf.multinomial(tf.expandDims(r, 0), 2), tf.multinomial(c([[1, 2]]), 2)], rowsOfX());
  },

  waits: maps(waits),
  what_is_the_same_waits: maps((x) => tf.controlDependencies([tf.sin(x)], () => c([1, 2]).add(1))),
  checks: maps((x) => tf.controlDependencies([checked(x, 100)], () => tf.identity(x))),
  checks_in_a_group: maps((x) => tf.controlDependencies([tf.group(checked(x, 100))], () => tf.identity(x))),
  operations: (run) => {
    const found = vmap((r: Row) => [checked(r, 4), r], rowsOfX()) as [tf.Operation, tf.Tensor];
    run.say(found[0].constructor.name);
    run(found[1]);
    run(found[0]);
  },
  prints: maps((x) => tf.Print(x, [x], 'row')),
};
