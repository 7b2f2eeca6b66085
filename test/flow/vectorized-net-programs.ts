/** More programs of `tf.vectorizedMap`: pictures, slopes, loops, arrays, and what is wrong. */
import * as tf from '../../src';
import {
  type Program,
  ROWS,
  type Row,
  type RowFn,
  SQUARE,
  WIDE,
  fails,
  maps,
  rowsOfX,
  vmap,
} from './vectorized-programs';

const c = (value: unknown): tf.Tensor => tf.constant(value as number[]);
const i32 = (x: tf.Tensor): tf.Tensor => tf.cast(x, tf.int32);
const slope = (of: tf.Tensor, by: tf.Tensor): tf.Tensor => tf.gradients(of, [by])[0] as tf.Tensor;
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const PICTURES = range(3).map((i) => [
  range(4).map((j) => range(4).map((k) => [((i + 3) * (j + 1) * (k + 2) * 7) % 11])),
]);
const pictures = (): tf.Tensor => tf.constant(PICTURES, { name: 'x' });
const FILTER = [
  [[[1, -1]], [[2, 0]]],
  [[[0, 1]], [[1, 3]]],
];
const conv = (x: tf.Tensor, f: tf.Tensor = c(FILTER)): tf.Tensor => tf.nn.conv2d(x, f, [1, 1, 1, 1], 'SAME');
const sumOfSquares = (x: tf.Tensor): tf.Tensor => tf.reduceSum(tf.square(x));
const pool = (x: tf.Tensor, kind: 'maxPool' | 'avgPool', padding: 'SAME' | 'VALID'): tf.Tensor =>
  tf.nn[kind](x, 2, 2, padding);

const ZERO = new tf.NDArray(tf.int32, [], Int32Array.of(0));
type Loop = (...variables: tf.Tensor[]) => unknown;
const loop = (cond: Loop, body: Loop, variables: readonly unknown[]): tf.Tensor[] => {
  const made = tf.whileLoop(cond as never, body as never, variables as never) as unknown;
  return Array.isArray(made) ? made : [made as tf.Tensor];
};
/** What a variable is behind so many rounds. */
const times = (n: number, body: (y: tf.Tensor) => tf.Tensor, first: tf.Tensor): tf.Tensor =>
  loop(
    (i) => i.less(n),
    (i, y) => [i.add(1), body(y)],
    [ZERO, first],
  )[1];
const arrayOf = (value: tf.Tensor): tf.TensorArray =>
  new tf.TensorArray(tf.float32, 2, { clearAfterRead: false }).unstack(value);
const arrayInside: RowFn = (x) => {
  const a = new tf.TensorArray(tf.float32, 3)
    .write(0, x)
    .write(1, x.mul(2))
    .write(2, c([1, 1, 1]));
  a.read(1);
  return [a.stack(), a.size()];
};
const { Example, Feature, Features, FloatList, Int64List } = tf.train;
const example = (n: number): Uint8Array => {
  const a = new Feature({ floatList: new FloatList({ value: [n, n + 1] }) });
  const s = new Feature({ int64List: new Int64List({ value: range(n).map(() => n) }) });
  const feature: Record<string, tf.train.Feature> = n > 1 ? { a, s } : { a };
  return new Example({ features: new Features({ feature }) }).serializeToString();
};

export const NETS: Readonly<Record<string, Program>> = {
  convolutions: maps((x) => conv(x), pictures),
  pools: maps((x) => [pool(x, 'maxPool', 'SAME'), pool(x, 'avgPool', 'VALID')], pictures),
  batch_norm_of_a_row: maps((x) => tf.nn.fusedBatchNorm(x, [2], [1])[0], pictures),
  batch_norm_statistics: maps((x) => [...tf.nn.fusedBatchNorm(x, [2], [1])], pictures),
  batch_norm_given: maps((x) => tf.nn.fusedBatchNorm(x, [2], [1], [3], [4], { isTraining: false })[0], pictures),

  slope_of_a_curve: maps((x) => slope(tf.reduceSum(tf.sin(x).mul(x)), x)),
  slopes_of_functions: maps((x) =>
    slope(
      tf.reduceSum(
        tf.nn
          .relu(x)
          .add(tf.tanh(x))
          .add(tf.sigmoid(x))
          .add(tf.sqrt(x.add(1)))
          .add(tf.nn.elu(x)),
      ),
      x,
    ),
  ),
  slopes_by_weights: (run) => {
    const [x, w, b] = [rowsOfX(), tf.constant(SQUARE, { name: 'w' }), tf.constant([1, 2, 3], { name: 'b' })];
    const one = (r: Row): unknown => {
      const logits = tf.nn.biasAdd(tf.matmul(tf.expandDims(r, 0), w), b);
      return tf.gradients(tf.nn.softmaxCrossEntropyWithLogitsV2({ labels: c([[0, 0, 1]]), logits }), [w, b]);
    };
    run(vmap(one, x));
  },
  slopes_of_convolutions: (run) => {
    const [x, f] = [pictures(), tf.constant(FILTER, { name: 'f' })];
    run(vmap((r: Row) => tf.gradients(sumOfSquares(conv(r, f)), [r, f]), x));
  },
  slopes_of_convolutions_of_the_same: (run) => {
    const [x, p] = [tf.constant([1, 2, 3], { name: 'x' }), tf.constant(PICTURES, { name: 'x' }).get(0)];
    const f = tf.constant(FILTER, { name: 'f' });
    run(vmap((r: Row) => tf.gradients(tf.reduceSum(conv(p, f)).mul(r).mul(r), [f, p]), x));
  },
  slopes_of_pools: maps((x) => slope(sumOfSquares(pool(x, 'maxPool', 'SAME')), x), pictures),
  slopes_of_means: maps((x) => slope(sumOfSquares(pool(x, 'avgPool', 'SAME')), x), pictures),
  slopes_of_batch_norm: (run) => {
    const [x, s, o] = [pictures(), tf.constant([2], { name: 's' }), tf.constant([1], { name: 'o' })];
    run(vmap((r: Row) => tf.gradients(tf.reduceSum(tf.pow(tf.nn.fusedBatchNorm(r, s, o)[0], 3)), [r, s, o]), x));
  },
  slopes_of_places: maps((x) =>
    slope(
      x
        .get(1)
        .mul(2)
        .add(sumOfSquares(x.get([null, 2]))),
      x,
    ),
  ),
  slopes_of_gathers: maps((x) => tf.convertToTensor(slope(sumOfSquares(tf.gather(x, [2, 0])), x))),

  loop_of_all: maps((x) => times(3, (y) => y.mul(x), x)),
  loop_of_each: maps(
    (x) =>
      loop(
        (y) => tf.reduceSum(y).less(100),
        (y) => y.mul(2).add(1),
        [x],
      )[0],
  ),
  loop_that_becomes_stacked: maps((x) => times(3, (y) => y.add(tf.reduceSum(x)), c([1, 2]))),
  loop_all_the_same: maps(() => times(3, (y) => y.mul(2), c(1))),
  loop_of_each_counts: maps((x) =>
    loop(
      (_, y) => y.less(50),
      (i, y) => [i.add(1), y.mul(2)],
      [ZERO, tf.reduceSum(x)],
    ),
  ),
  loop_in_a_loop: maps((x) => times(2, (y) => times(2, (z) => z.add(x), y), x)),
  loop_of_each_by_a_number: maps(
    (x) =>
      loop(
        (i) => i.less(i32(x.get(0))),
        (i, y) => [i.add(1), y.add(c([0, 1]))],
        [ZERO, c([0, 0])],
      )[1],
  ),
  loop_outside: (run) => {
    const x = rowsOfX();
    const y = times(3, (at) => at.mul(2), c(1));
    run(vmap((r: Row) => r.mul(y), x));
  },
  slopes_of_loops: maps((x) => slope(tf.reduceSum(times(3, (y) => y.mul(x), x)), x)),
  maps_in_maps: maps((x) => vmap((e: Row) => e.mul(tf.reduceSum(x)), x)),
  folds: maps((x) => tf.foldl((a: Row, e: Row) => a.mul(2).add(e), x)),
  mapped: maps((x) => tf.mapFn((e: Row) => e.mul(2), x)),

  array_inside: maps(arrayInside),
  array_of_rows: maps((x) => {
    const a = arrayOf(tf.stack([x, x.mul(2)]));
    return [a.read(1), a.gather([1, 0])];
  }),
  array_of_the_same: maps((x) => {
    const a = arrayOf(c(WIDE));
    return [a.read(i32(tf.floormod(x.get(0), 2))), a.gather(i32(tf.floormod(x, 2)))];
  }),
  array_outside: (run) => {
    const x = rowsOfX();
    const a = new tf.TensorArray(tf.float32, 4, { clearAfterRead: false }).unstack(c(ROWS).mul(2));
    run(vmap((e: Row[]) => a.read(e[1]).add(e[0]), [x, tf.constant([3, 2, 1, 0], tf.int32, { name: 'i' })]));
  },
  array_written_outside: (run) => {
    const x = rowsOfX();
    const a = new tf.TensorArray(tf.float32, 4);
    const at = tf.constant([3, 2, 1, 0], tf.int32, { name: 'i' });
    const flows = vmap((e: Row[]) => a.write(e[1], e[0]).flow, [x, at]) as tf.Tensor;
    run(new tf.TensorArray(tf.float32, { handle: a.handle!, flow: flows.get(0) }).stack());
  },
  array_by_the_row: fails((x) => new tf.TensorArray(tf.float32, 3).write(i32(x.get(0)), x).flow),
  array_read_by_the_row: fails((x) => {
    const a = new tf.TensorArray(tf.float32, 2).unstack(tf.stack([x, x]));
    return a.read(i32(x.get(0)));
  }),
  array_outside_by_no_row: (run) => {
    const [x, a] = [rowsOfX(), new tf.TensorArray(tf.float32, 4)];
    run.build(() => vmap((r: Row) => a.write(0, r).flow, x));
  },

  lines: maps(
    (s) =>
      tf.io.decodeCsv(s as never, [
        new tf.NDArray(tf.float32, [1], Float32Array.of(1)),
        new tf.NDArray(tf.int32, [1], Int32Array.of(1)),
      ]),
    () => tf.constant(['1.5,2', '2.5,3'], tf.string, { name: 's' }) as unknown as tf.Tensor,
  ),
  sparse_results: (run) => {
    const [at, size] = [
      (): tf.Tensor => tf.constant([[0], [2]], tf.int64),
      (): tf.Tensor => tf.constant([3], tf.int64),
    ];
    run(vmap((r: Row) => new tf.SparseTensor(at(), tf.stack([r.get(0), r.get(1)]), size()), rowsOfX()));
  },
  rows_of_rows: (run) => {
    const [x, w] = [rowsOfX(), tf.constant(ROWS, { name: 'w' })];
    run(vmap((r: Row) => tf.gradients(tf.reduceSum(tf.gather(w, [0, 1]).mul(r)), w)[0], x));
  },
  examples: (run) => {
    const x = tf.placeholder(tf.string, [3], { name: 'x' });
    const features = { a: new tf.io.FixedLenFeature([2], tf.float32), s: new tf.io.VarLenFeature(tf.int64) };
    const found = vmap((e: Row) => tf.io.parseSingleExample(e as never, features), x);
    run(found, { 'x:0': [1, 2, 3].map(example) });
  },

  branches: fails((x) =>
    tf.cond(
      x.get(0).greater(1),
      () => x,
      () => x.neg(),
    ),
  ),
  guarded: fails((x) => tf.group(tf.Assert(x.get(0).greater(1), [x]))),
  unique: fails((x) => tf.unique(x)[0]),
  shapes_of_the_row: fails((x) => tf.reshape(x, i32(x))),
  sorts: fails((x) => tf.nn.topK(x, 2)[0]),
  gathers_of_rows_along_an_axis: fails((x) => tf.gather(tf.expandDims(x, 0), [0, 1], { axis: 1 })),
  slices_by_the_row: fails((x) => tf.slice(x, i32(x.get([null, 1])), [1])),
  largest_place: maps((x) => tf.argmax(x)),
  norms: maps((x) => tf.nn.l2Loss(x)),
  filled: maps((x) => tf.fill([2], x.get(0))),
  python_function: fails((x) => tf.pyFunc((v: unknown) => v as never, [x], tf.float32)),
  defined_functions: (run) => {
    const doubled = tf.Defun(tf.float32, { funcName: 'Doubled' })((v) => v.mul(2));
    run.build(() => vmap((r: Row) => doubled(r), rowsOfX()));
  },
  wrong_calls: (run) => {
    const x = rowsOfX();
    run.build(() => vmap(() => null, x));
    run.build(() => vmap((r: Row) => r, c(1)));
    run.build(() => vmap((r: Row) => [r, null], x));
    run.build(() => vmap(() => 7.5, x));
    run.build(() => vmap(() => tf.noOp(), x));
    run.build(() => vmap((r: Row) => tf.assignAdd(tf.getVariable('k', { initializer: 1 }), r.get(0)), x));
    run.build(() => vmap(() => 'text', x));
  },
};
