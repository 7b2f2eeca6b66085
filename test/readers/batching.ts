/** Programs of test/fixtures/record/readers.py, on batches: what each does and says, in the same order. */
import * as tf from '../../src';
import { type Programs, at } from './run';

const below = (limit: number): tf.Tensor =>
  tf.train.rangeInputProducer(limit, { numEpochs: 1, shuffle: false }).dequeue();
const ints = (value: number | readonly number[] | readonly number[][]): tf.Tensor => tf.constant(value, tf.int32);
const whole = (value: Parameters<typeof ints>[0], times: number): tf.Tensor => tf.train.limitEpochs(ints(value), times);
const dims = (...tensors: tf.Tensor[]): unknown => tensors.map((each) => each.shape.asList());

export const BATCHING: Programs = {
  batches(run) {
    const i = below(7);
    const [x, y] = tf.train.batch([i, tf.stack([tf.toFloat(i), 0.5])], 3, { capacity: 5, name: 'three' });
    run.say([...(dims(x, y) as unknown[]), x.name]);
    run.say(tf.getCollection<tf.train.QueueRunner>(tf.GraphKeys.QUEUE_RUNNERS).map(({ name }) => name));
    run.start();
    run.all([x, y]);
    run.stop();
  },
  smaller_last_batches(run) {
    const named = { i: below(7), b: tf.constant(['s']) };
    const d = tf.train.batch(named, 3, { allowSmallerFinalBatch: true, sharedName: 'bs' });
    run.say(dims(d.i, d.b));
    const one = tf.train.batch({ i: below(2) }, 2);
    const alone = tf.train.batch([below(2)], 2);
    run.say(alone.name);
    run.start();
    run.all([d.b, d.i]);
    run.now(one.i);
    run.now(alone);
    run.stop();
  },
  batches_of_many(run) {
    const x = whole(
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      3,
    );
    const out = tf.train.batch([x], 4, { enqueueMany: true, numThreads: 1, capacity: 6 });
    run.say(out.shape.asList());
    run.start();
    run.all(out);
    run.stop();
  },
  batches_filled_up(run) {
    const i = below(5);
    const [x, n] = tf.train.batch([tf.range(i), i], 2, { dynamicPad: true, allowSmallerFinalBatch: true });
    run.say(dims(x, n));
    run.start();
    run.all([x, n]);
    run.stop();
  },
  batches_of_shapes(run) {
    const one = (): tf.Tensor => ints(1);
    const p = tf.placeholderWithDefault(ints([1, 2]), null);
    run.build(() => tf.train.batch([p], 2));
    const given = tf.train.batch([tf.train.limitEpochs(p, 4)], 2, { shapes: [[2]] });
    run.say(given.shape.asList());
    const q = tf.placeholderWithDefault(ints([1, 2]), [null]);
    run.build(() => tf.train.batch([q], 2));
    run.build(() => tf.train.batch([], 2));
    run.build(() => tf.train.batchJoin([], 2));
    run.build(() => tf.train.batchJoin([[]], 2));
    run.build(() => tf.train.batchJoin([[one()], [tf.constant(1)]], 2));
    run.build(() => tf.train.batchJoin<tf.train.Components>([{ a: one() }, { b: one() }], 2));
    run.build(() => tf.train.batchJoin([[one()], [ints([1])]], 2));
    run.build(() => tf.train.shuffleBatch([one()], 2, 5, 5));
    run.build(() => tf.train.batch([one()], 2, { enqueueMany: true }));
    run.build(() => tf.train.maybeBatch([one()], [true], 2));
    run.build(() => tf.train.maybeBatch([one()], tf.placeholder(tf.bool), 2));
    run.build(() => tf.train.maybeBatch([ints([[1]])], [[true]], 2, { enqueueMany: true }));
    run.start();
    run.all(given);
  },
  batches_of_some(run) {
    const i = below(9);
    const some = tf.train.maybeBatch([i, tf.toFloat(i)], tf.equal(tf.floormod(i, 3), 0), 2, {
      allowSmallerFinalBatch: true,
    });
    const x = whole([1, 2, 3, 4], 2);
    const rows = tf.train.maybeBatch([x], [true, false, false, true], 3, {
      enqueueMany: true,
      allowSmallerFinalBatch: true,
    });
    const every = tf.train.maybeBatch([whole(5, 2)], true, 2);
    tf.train.maybeBatch([whole(5, 2)], false, 2);
    run.start();
    run.all(some);
    run.all(rows);
    run.now(every);
    const runners = tf.getCollection<tf.train.QueueRunner>(tf.GraphKeys.QUEUE_RUNNERS);
    run.say(runners.map(({ enqueueOps: [op] }) => op.name));
    run.stop();
  },
  batches_of_several(run) {
    const q = tf.train.stringInputProducer(at('a.txt', 'b.txt', 'rows.csv'), { numEpochs: 1, shuffle: false });
    const pairs = [0, 1].map(() => new tf.TextLineReader().read(q));
    const [keys, lines] = tf.train.batchJoin(pairs, 3, { name: 'joined' });
    run.say(dims(keys, lines));
    const d = tf.train.batchJoin(
      [0, 1].map((i) => ({ x: whole([i], 2) })),
      4,
      { sharedName: 'j' },
    );
    const tens = [0, 1].map((i) => [whole([i, 10 + i], 1)] as const);
    const many = tf.train.batchJoin(tens, 4, { enqueueMany: true, allowSmallerFinalBatch: true });
    const zeros = tf.train.limitEpochs(tf.zeros([1], tf.int32), 1);
    const padded = tf.train.batchJoin([[zeros]], 1, { dynamicPad: true });
    const i = below(6);
    tf.train.maybeBatchJoin([[i], [i]], tf.greater(i, 2), 1);
    run.start();
    run.sorted(lines, 3);
    run.sorted(d.x.get([], 0), 1);
    run.sorted(many, 1);
    run.now(padded);
    run.stop();
  },
  mixed_batches(run) {
    tf.setRandomSeed(9);
    const i = below(20);
    const x = tf.train.shuffleBatch([i, tf.toFloat(i)], 4, 40, 21, { seed: 3, name: 'mixed' });
    run.say(dims(...x));
    const six = tf.train.limitEpochs(tf.range(6), 2);
    const many = tf.train.shuffleBatch([six], 5, 60, 50, { enqueueMany: true, allowSmallerFinalBatch: true });
    const one = tf.train.shuffleBatch({ i: whole(1, 4) }, 2, 9, 8, { shapes: [[]], sharedName: 'sb' });
    const j = below(10);
    const some = tf.train.maybeShuffleBatch([j], 2, 30, 20, tf.less(j, 7), { seed: 1 });
    const four = tf.train.limitEpochs(tf.range(4), 2);
    const rows = tf.train.maybeShuffleBatch([four], 2, 30, 20, [true, false, true, true], { enqueueMany: true });
    run.start();
    run.all(x);
    run.all(many);
    run.all(one.i);
    run.all(some);
    run.all(rows);
    run.stop();
  },
  mixed_batches_of_several(run) {
    tf.setRandomSeed(9);
    const lists = [0, 1].map((i) => [whole(i, 3)] as const);
    const x = tf.train.shuffleBatchJoin(lists, 3, 20, 10, { seed: 3, name: 'mixed' });
    const d = tf.train.shuffleBatchJoin([{ a: whole([1, 2], 2) }], 2, 20, 10, {
      enqueueMany: true,
      allowSmallerFinalBatch: true,
      sharedName: 'd',
    });
    const some = tf.train.maybeShuffleBatchJoin([[whole(7, 2)]], 2, 20, 10, true, { shapes: [[]] });
    run.start();
    run.sorted(x, 2);
    run.all(d.a);
    run.now(some);
    run.stop();
  },
};
