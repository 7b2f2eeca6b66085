/** Programs of test/fixtures/record/queues.py, on the kinds of queues and on shared ones. */
import * as tf from '../../src';
import type { Programs } from './run';

export const KINDS: Programs = {
  async shuffled(run) {
    const q = new tf.RandomShuffleQueue(20, 2, [tf.int32], [[]], { name: 'q', seed: 3 });
    const many = q.enqueueMany([[0, 1, 2, 3, 4, 5, 6, 7]]);
    const [one, two, close, three, upTo] = [
      q.dequeue(),
      q.dequeueMany(2),
      q.close(),
      q.dequeueMany(3),
      q.dequeueUpTo(3),
    ];
    run.now(many);
    for (let i = 0; i < 4; i++) run.now(one);
    run.now(two);
    const got = run.wait(one);
    run.now(q.size());
    run.now(close);
    await got();
    run.now(three);
    run.now(upTo);
    run.now(one);
  },
  shuffled_on_and_on(run) {
    tf.setRandomSeed(7);
    const q = new tf.RandomShuffleQueue(64, 10, [tf.int32, tf.float32], [[], [2]], { name: 'q' });
    const x = tf.placeholder(tf.int32, [null]);
    const put = q.enqueueMany([x, tf.stack([tf.toFloat(x), tf.toFloat(x).div(2)], 1)]);
    const ten = q.dequeueMany(10);
    for (let start = 0; start < 60; start += 10) {
      run.now(put, [[x, Array.from({ length: 10 }, (_, i) => start + i)]]);
      if (start) run.now(ten);
    }
  },
  shared_shuffled(run) {
    tf.setRandomSeed(7);
    const q = new tf.RandomShuffleQueue(30, 0, [tf.int32], [[]], { sharedName: 'both', name: 'q' });
    run.now(q.enqueueMany([Array.from({ length: 20 }, (_, i) => i)]));
    run.now(q.dequeueMany(20));
    run.now(new tf.RandomShuffleQueue(30, 1, [tf.int32], [[]], { sharedName: 'both', seed: 1 }).size());
    run.now(new tf.RandomShuffleQueue(30, 0, [tf.int32], [[]], { sharedName: 'both', seed: 1 }).size());
    run.now(new tf.RandomShuffleQueue(2, 3, [tf.int32], [[]]).size());
    run.now(new tf.RandomShuffleQueue(2, -1, [tf.int32], [[]]).size());
  },
  least_first(run) {
    const q = new tf.PriorityQueue(40, [tf.string], [[]], { name: 'q' });
    const ranks = [3, 1, 2, 1, 3, 3, 2, 1, 2, 9, 1, 1, 5, 5, 3];
    run.now(q.enqueueMany([tf.constant(ranks, tf.int64), ranks.map((_, i) => String(i))]));
    for (let i = 0; i < 3; i++) run.now(q.dequeue());
    run.now(q.enqueue([tf.constant(0, tf.int64), 'now']));
    run.now(q.dequeueMany(5));
    run.now(q.close());
    run.now(q.dequeueMany(20));
  },
  async least_of_all(run) {
    const q = new tf.PriorityQueue(5, [tf.int32], [[]], { name: 'q' });
    const rank = tf.placeholder(tf.int64, [null]);
    const [put, two, three] = [q.enqueueMany([rank, tf.toInt32(rank)]), q.dequeueMany(2), q.dequeueUpTo(3)];
    const size = q.size();
    const rounds: [tf.Fetches, number[], number[]][] = [
      [two, [5], [1, 3]],
      [three, [7, 2], [4, 0]],
    ];
    for (const [many, first, second] of rounds) {
      run.now(put, [[rank, first]]);
      const got = run.wait(many);
      run.now(size);
      run.now(put, [[rank, second]]);
      await got();
    }
    run.now(put, [[rank, [8, 6]]]);
    const got = run.wait(q.enqueueMany([tf.constant([1, 9, 2, 0], tf.int64), [1, 9, 2, 0]]));
    run.now(three);
    await got();
    run.now(size);
  },
  padded(run) {
    const shapes = [[null], [null, 1], [null, 2]];
    const q = new tf.PaddingFIFOQueue(10, [tf.int32, tf.string, tf.complex64], shapes, { name: 'q' });
    const [a, b] = [tf.placeholder(tf.int32), tf.placeholder(tf.string)];
    const c = tf.placeholder(tf.complex64);
    const put = q.enqueue([a, b, c]);
    run.now(put, [
      [a, [1]],
      [b, [['u'], ['v']]],
      [c, [[1, 2]]],
    ]);
    run.now(put, [
      [a, [1, 2, 3]],
      [b, [['w']]],
      [
        c,
        [
          [3, 4],
          [5, 6],
        ],
      ],
    ]);
    const two = q.dequeueMany(2);
    run.say(two.map((t) => t.shape.asList()));
    run.now([two[0], two[1], tf.real(two[2])]);
    run.now(q.dequeueMany(0).slice(0, 2));
    run.now(put, [
      [a, [[1]]],
      [b, [['u']]],
      [c, [[1, 2]]],
    ]);
    run.now(
      q.enqueueMany([
        [
          [1, 2],
          [3, 4],
        ],
        [[['x']], [['y']]],
        tf.zeros([2, 1, 2], tf.complex64),
      ]),
    );
    run.now(q.dequeueUpTo(2).slice(0, 2));
  },
  shared(run) {
    const like = (capacity: number, dtype: tf.DType, shapes?: number[][]): tf.FIFOQueue<tf.DType[]> =>
      new tf.FIFOQueue(capacity, [dtype], shapes ?? null, { sharedName: 'sh' });
    const q = new tf.FIFOQueue(5, [tf.int32], [[]], { sharedName: 'sh', name: 'first' });
    run.now(q.enqueue(3));
    run.now(new tf.FIFOQueue(5, [tf.int32], [[]], { sharedName: 'sh' }).dequeue());
    run.now(like(6, tf.int32, [[]]).size());
    run.now(like(5, tf.float32, [[]]).size());
    run.now(like(5, tf.int32, [[2]]).size());
    run.now(like(5, tf.int32).size());
    run.now(new tf.RandomShuffleQueue(5, 0, [tf.int32], [[]], { sharedName: 'sh' }).size());
    run.now(new tf.PaddingFIFOQueue(5, [tf.int32], [[]], { sharedName: 'sh' }).size());
  },
  one_of_several(run) {
    const queues = [0, 1].map((i) => new tf.FIFOQueue(5, [tf.int32], [[2, i + 1]], { name: `q${i}` }));
    const index = tf.placeholder(tf.int32, []);
    const q = tf.FIFOQueue.fromList(index, queues);
    run.say(q.shapes.map(String));
    run.now([
      queues[0].enqueue([[[1], [2]]]),
      queues[1].enqueue([
        [
          [1, 2],
          [3, 4],
        ],
      ]),
    ]);
    const one = q.dequeue();
    run.now(one, [[index, 1]]);
    run.now(one, [[index, 0]]);
    run.build(() => tf.FIFOQueue.fromList(index, [queues[0], new tf.FIFOQueue(1, tf.float32)]));
    run.build(() => tf.FIFOQueue.fromList(index, []));
  },
};
