/** Programs of test/fixtures/record/queues.py, on queues: what each does, and what it says, in the same order. */
import * as tf from '../../src';
import type { Programs } from './run';

export const QUEUES: Programs = {
  first_in_first_out(run) {
    const q = new tf.FIFOQueue(10, [tf.int32, tf.string], [[], [2]], { name: 'q' });
    const x = tf.placeholder(tf.int32, [null]);
    const put = q.enqueueMany([
      x,
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
      ],
    ]);
    const [one, two, size] = [q.dequeue(), q.dequeueMany(2), q.size()];
    run.say([...one, ...two].map((t) => t.shape.asList()));
    run.now(put, [[x, [1, 2, 3]]]);
    run.now(size);
    run.now(one);
    run.now(two);
    run.now(q.enqueue([7, ['g', 'h']]));
    run.now(size);
    run.now(q.dequeueMany(0));
    run.now(q.isClosed());
  },
  async waits_for_room_and_elements(run) {
    const q = new tf.FIFOQueue(2, tf.int32, [], { name: 'q' });
    const [many, one, five, size] = [q.enqueueMany([[1, 2, 3, 4, 5]]), q.dequeue(), q.dequeueMany(5), q.size()];
    const put = run.wait(many);
    run.now(size);
    run.now(one);
    run.now(size);
    const got = run.wait(five);
    await put();
    run.now(q.enqueue(6));
    await got();
  },
  async closed_with_too_few(run) {
    const q = new tf.FIFOQueue(10, [tf.int32], [[]], { name: 'q' });
    const many = q.enqueueMany([[1, 2]]);
    const five = q.dequeueMany(5);
    const [close, one, upTo, size] = [q.close(), q.dequeue(), q.dequeueUpTo(5), q.size()];
    run.now(many);
    const got = run.wait(five);
    run.now(size);
    run.now(close);
    await got();
    run.now(size);
    run.now(one);
    run.now(upTo);
    run.now(upTo);
    run.now(one);
    run.now(q.enqueue(1));
    run.now(close);
    run.now(q.isClosed());
  },
  async closes_behind_those_that_wait(run) {
    const q = new tf.FIFOQueue(2, [tf.int32], [[]], { name: 'q' });
    const [many, more, close, one] = [q.enqueueMany([[1, 2]]), q.enqueueMany([[3, 4]]), q.close(), q.dequeue()];
    const [late, closed] = [q.enqueue(5), q.isClosed()];
    run.now(many);
    const put = run.wait(more);
    const closing = run.wait(close);
    const behind = run.wait(late);
    run.now(closed);
    for (let i = 0; i < 2; i++) run.now(one);
    await put();
    await closing();
    await behind();
    run.now(closed);
    for (let i = 0; i < 3; i++) run.now(one);
  },
  async cancels_those_that_wait(run) {
    const q = new tf.FIFOQueue(1, [tf.int32], [[]], { name: 'q' });
    const [put, close, cancel] = [q.enqueue(1), q.close(), q.close({ cancelPendingEnqueues: true })];
    const [size, one] = [q.size(), q.dequeue()];
    run.now(put);
    const waiting = [run.wait(put), run.wait(put), run.wait(close)];
    run.now(cancel);
    for (const each of waiting) await each();
    run.now(size);
    run.now(one);
    run.now(one);
    run.now(cancel);
  },
  without_shapes(run) {
    const q = new tf.FIFOQueue(5, [tf.int32, tf.float32], { name: 'q' });
    const [x, y] = [tf.placeholder(tf.int32), tf.placeholder(tf.float32)];
    const [put, many, two, one] = [q.enqueue([x, y]), q.enqueueMany([x, y]), q.dequeueMany(1), q.dequeue()];
    run.now(put, [
      [x, [1, 2]],
      [y, 3],
    ]);
    run.now(two);
    run.now(one);
    run.now(many, [
      [x, [1, 2]],
      [y, [[1], [2]]],
    ]);
    run.now(one);
    run.now(one);
    run.now(many, [
      [x, [1, 2, 3]],
      [y, [[1], [2]]],
    ]);
  },
  shapes_that_do_not_fit(run) {
    const q = new tf.FIFOQueue(5, [tf.int32, tf.float32], [[2], [3]], { name: 'q' });
    const [x, y] = [tf.placeholder(tf.int32), tf.placeholder(tf.float32)];
    const three = [1, 2, 3];
    run.now(q.enqueue([x, y]), [
      [x, three],
      [y, three],
    ]);
    run.now(q.enqueueMany([x, y]), [
      [
        x,
        [
          [1, 2],
          [1, 2],
        ],
      ],
      [y, [three]],
    ]);
    run.now(q.enqueueMany([x, y]), [
      [x, [three]],
      [y, [three]],
    ]);
    run.build(() => q.enqueue([three, three]));
    run.build(() => q.enqueueMany([[[1, 2]], [three, three]]));
    run.build(() => q.enqueueMany([1, 2]));
    run.build(() => q.enqueue([[1, 2]]));
    run.build(() => q.enqueue({ vals: { a: 1 } }));
    run.build(() => q.dequeueMany(-1));
    run.build(() => new tf.FIFOQueue(3, [tf.int32, tf.int32], [[]]));
    run.build(() => new tf.FIFOQueue(3, [tf.int32], [[null]]));
    run.build(() => new tf.PaddingFIFOQueue(3, [tf.int32, tf.int32], [[null]]));
    run.build(() => new tf.PaddingFIFOQueue(3, [tf.int32], [null]));
    run.build(() => new tf.FIFOQueue(3, [tf.int32], [[]], { names: ['a', 'b'] }));
  },
  names_of_components(run) {
    const q = new tf.FIFOQueue(5, [tf.int32, tf.float32], [[], [2]], { names: ['i', 'x'], name: 'q' });
    run.now(q.enqueue({ x: [1, 2], i: 3 }));
    run.now(
      q.enqueueMany({
        x: [
          [3, 4],
          [5, 6],
        ],
        i: [4, 5],
      }),
    );
    run.now(q.dequeue());
    run.now(q.dequeueMany(2));
    run.build(() => q.enqueue([1, [1, 2]]));
    run.build(() => q.enqueue({ i: 1 }));
  },
  by_reference(run) {
    const made = run.op(
      'FIFOQueue',
      [],
      { component_types: [tf.int32], shapes: [tf.TensorShape.scalar()], capacity: 2 },
      'q',
    );
    const q = new tf.QueueBase([tf.int32], [[]], null, made.outputs[0]);
    tf.controlDependencies([q.enqueue(4)], () => run.now(q.dequeue()));
    run.now(q.size());
    run.now(q.close());
    run.now(q.dequeue());
  },
  kinds_by_reference(run) {
    const int64 = (values: number | number[]): tf.Tensor => tf.constant(values, tf.int64);
    const shapes = [tf.TensorShape.scalar()];
    const common = { component_types: [tf.int64], shapes, capacity: 5 };
    const ranked = { component_types: [tf.string], shapes, capacity: 5 };
    const queues: [tf.Operation, tf.TensorLike[], tf.DType[]][] = [
      [run.op('PaddingFIFOQueue', [], common), [int64([1, 2, 3])], [tf.int64]],
      [run.op('RandomShuffleQueue', [], { ...common, min_after_dequeue: 0, seed: 2 }), [int64([1, 2, 3])], [tf.int64]],
      [run.op('PriorityQueue', [], ranked), [int64([2, 1, 3]), ['b', 'a', 'c']], [tf.int64, tf.string]],
    ];
    for (const [{ outputs }, values, types] of queues) {
      const [ref] = outputs;
      const taken = { component_types: types };
      const all = (op: tf.Operation): void => run.now([...op.outputs]);
      run.now(run.op('QueueEnqueueMany', [ref, values]));
      all(run.op('QueueDequeue', [ref], taken));
      all(run.op('QueueDequeueMany', [ref, 1], taken));
      run.now(run.op('QueueClose', [ref]));
      if (types.length === 1) all(run.op('QueueDequeueUpTo', [ref, 9], taken));
      run.now(run.op('QueueSize', [ref]).outputs[0]);
      run.now(run.op('QueueIsClosed', [ref]).outputs[0]);
    }
    const [a] = run.op('ConditionalAccumulator', [], { dtype: tf.float32, shape: [2] }).outputs;
    run.now(run.op('AccumulatorSetGlobalStep', [a, int64(3)]));
    run.now(run.op('AccumulatorApplyGradient', [a, int64(2), tf.constant([9, 9])]));
    run.now(run.op('AccumulatorApplyGradient', [a, int64(3), tf.constant([1, 2])]));
    run.now(run.op('AccumulatorNumAccumulated', [a]).outputs[0]);
    run.now(run.op('AccumulatorTakeGradient', [a, 1], { dtype: tf.float32 }).outputs[0]);
  },
  async other_types(run) {
    const q = new tf.FIFOQueue(5, [tf.int32], [[]], { name: 'q' });
    const { queueRef } = q;
    run.now(run.op('QueueDequeueV2', [queueRef], { component_types: [tf.float32] }));
    run.now(run.op('QueueEnqueueV2', [queueRef, [tf.constant(1)]], {}));
    run.now(run.op('QueueDequeueManyV2', [queueRef, 1], { component_types: [tf.int32, tf.int32] }));
    await run.wait(q.dequeue(), { timeoutInMs: 50 })();
    const v = new tf.Variable(0, { useResource: true, dtype: tf.int32 });
    run.session.run(v.initializer);
    run.now(run.op('QueueSizeV2', [v.handle], {}));
  },
  in_a_loop(run) {
    const q = new tf.FIFOQueue(10, [tf.int32], [[]], { name: 'q' });
    run.now(q.enqueueMany([[1, 2, 3, 4]]));
    run.now(
      tf.whileLoop(
        (i: tf.Tensor) => tf.less(i, 3),
        (i: tf.Tensor, s: tf.Tensor) => [i.add(1), s.add(q.dequeue())],
        [tf.constant(0, tf.int32), tf.constant(0, tf.int32)],
      ),
    );
    for (let i = 0; i < 2; i++)
      run.now(
        tf.cond(
          tf.greater(q.size(), 0),
          () => q.dequeue(),
          () => tf.constant(-1, tf.int32),
        ),
      );
  },
};
