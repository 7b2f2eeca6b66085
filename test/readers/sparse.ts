/** Programs of test/fixtures/record/readers.py, on batches of sparse tensors. */
import * as tf from '../../src';
import type { Programs } from './run';

const below = (limit: number): tf.Tensor =>
  tf.train.rangeInputProducer(limit, { numEpochs: 1, shuffle: false }).dequeue();
const ints = (value: number | readonly number[] | readonly number[][]): tf.Tensor => tf.constant(value, tf.int32);
const partsOf = (x: tf.SparseTensor): tf.Tensor[] => [x.indices, x.values, x.denseShape];

export const SPARSE: Programs = {
  sparse_batches(run) {
    const i = below(5);
    const indices = tf.expandDims(tf.toInt64(tf.stack([i, i.add(1)])), 1);
    const st = new tf.SparseTensor(indices, tf.stack([i, i.mul(10)]), [8]);
    const [n, rows] = tf.train.batch([i, st], 2, { allowSmallerFinalBatch: true });
    run.say(partsOf(rows).map((each) => each.shape.asList()));
    run.start();
    run.all([n, ...partsOf(rows)]);
    run.stop();
  },
  sparse_batches_of_many(run) {
    tf.setRandomSeed(6);
    let many = new tf.SparseTensor(
      [
        [0, 1],
        [2, 0],
        [2, 2],
      ],
      ['a', 'b', 'c'],
      [3, 4],
    );
    const count = tf.train.limitEpochs(ints([0, 1, 2]), 2);
    tf.controlDependencies([count], () => {
      many = new tf.SparseTensor(tf.identity(many.indices), many.values, many.denseShape);
    });
    const d = tf.train.batch({ n: count, s: many }, 4, { enqueueMany: true, allowSmallerFinalBatch: true });
    run.start();
    run.all([d.n, ...partsOf(d.s)]);
    run.stop();
  },
  sparse_batches_of_some(run) {
    const i = below(6);
    const st = new tf.SparseTensor([[0]], tf.stack([i]), tf.toInt64(tf.stack([i.add(1)])));
    const rows = tf.train.maybeBatch([st], tf.notEqual(tf.floormod(i, 3), 1), 2);
    const lists = [0, 1].map((k) => {
      const values = tf.stack([tf.train.limitEpochs(ints(k), 1)]);
      return [new tf.SparseTensor([[0]], values, [2])] as const;
    });
    const joined = tf.train.shuffleBatchJoin(lists, 1, 10, 5, { seed: 1 });
    const column = new tf.SparseTensor(
      [
        [0, 0],
        [1, 0],
      ],
      [1, 2],
      [2, 1],
    );
    const keep = tf.placeholderWithDefault(true, []);
    const some = tf.train.maybeBatch([column], keep, 2, { enqueueMany: true });
    run.start();
    run.all(partsOf(rows));
    run.now([some.indices, some.values]);
    run.session.run(joined.values);
  },
  maps_of_sparse_tensors(run) {
    const st = new tf.SparseTensor(
      [
        [0, 1],
        [2, 0],
      ],
      [1, 2],
      [3, 4],
    );
    const h = tf.placeholder(tf.int64);
    const m = { shared_name: 'm' };
    const put = run.op('AddManySparseToTensorsMap', partsOf(st), m).outputs[0];
    const shape = tf.constant([3, 5], tf.int64, { name: 'AddSparseToTensorsMap/sparse_shape' });
    const one = run.op('AddSparseToTensorsMap', [st.indices, st.values, shape], m).outputs[0];
    const taking = (dtype: tf.DType, shared: string): tf.Tensor[] => [
      ...run.op('TakeManySparseFromTensorsMap', [h], { dtype, shared_name: shared }).outputs,
    ];
    const take = taking(tf.float32, 'm');
    run.every(put, one);
    for (const handles of [[0, 2], [0], [1, 3]]) run.now(take, [[h, handles]]);
    run.now(one);
    run.now(taking(tf.int32, 'm'), [[h, [4]]]);
    run.now(take, [[h, [4]]]);
    run.now(taking(tf.float32, 'none'), [[h, [1]]]);
    const [p, v, d] = [tf.placeholder(tf.int64), tf.placeholder(tf.float32), tf.placeholder(tf.int64)];
    const add = run.op('AddSparseToTensorsMap', [p, v, d]).outputs[0];
    const many = run.op('AddManySparseToTensorsMap', [p, v, d]).outputs[0];
    type Pieces = [tf.FeedValue, tf.FeedValue, tf.FeedValue];
    const of = ([indices, values, dims]: Pieces): [tf.Tensor, tf.FeedValue][] => [
      [p, indices],
      [v, values],
      [d, dims],
    ];
    const all: Pieces[] = [
      [[0, 1], [1], [2]],
      [[[0]], [[1]], [2]],
      [[[0]], [1], [[2]]],
      [[[0], [1]], [1], [2]],
      [[[0]], [1], [2, 3]],
    ];
    for (const pieces of all) {
      run.now(add, of(pieces));
      run.now(many, of(pieces));
    }
    const rest: Pieces[] = [
      [[[0]], [1], [2]],
      [[[5, 0]], [1], [2, 2]],
      [
        [
          [1, 0],
          [0, 0],
        ],
        [1, 2],
        [2, 2],
      ],
      [
        [
          [0, 1],
          [0, 0],
        ],
        [1, 2],
        [2, 2],
      ],
      [
        [
          [0, 1],
          [0, 1],
        ],
        [1, 2],
        [2, 2],
      ],
      [[[0, -1]], [1], [2, 2]],
      [[[0, 0, 0]], [1], [2, 2]],
    ];
    for (const pieces of rest) run.now(many, of(pieces));
    run.now(add, of([[[7]], [1], [2]]));
    run.now(many, of([[[0, 0, 0]], [1], [2, 2, 2]]));
    run.now(take, [[h, [[0]]]]);
    run.now(take, [[h, []]]);
  },
};
