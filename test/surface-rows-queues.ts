/** Rows of the surface test for queues, accumulators and what fills them. */
import * as tf from '../src';
import type { Row } from './surface-rows';

/** What is taken out of a queue into which these were put. */
function through(queue: tf.QueueBase, ...elements: tf.TensorLike[]): tf.Tensor {
  const puts = elements.map((each) => queue.enqueue([each]));
  return tf.controlDependencies(puts, () => queue.dequeueMany(elements.length));
}
/** The mean of what was put into an accumulator. */
function meanOf(accumulator: tf.ConditionalAccumulator, ...gradients: tf.TensorLike[]): tf.Tensor {
  const puts = gradients.map((each) => accumulator.applyGrad(each));
  return tf.controlDependencies(puts, () => accumulator.takeGrad(puts.length));
}
/** What comes out of a queue that a runner fills, in a session of its own. */
function filled(): unknown {
  const queue = new tf.FIFOQueue(2, tf.float32, []);
  tf.train.addQueueRunner(new tf.train.QueueRunner(queue, [queue.enqueue(3)]));
  const one = queue.dequeue();
  using sess = new tf.Session();
  tf.train.startQueueRunners(sess);
  return sess.run(one);
}
export function queueRows(): Readonly<Record<string, Row>> {
  return {
    'tf.FIFOQueue': [() => through(new tf.FIFOQueue(3, tf.float32, []), 1, 2), [1, 2]],
    'tf.PaddingFIFOQueue': [
      () => through(new tf.PaddingFIFOQueue(3, tf.float32, [[null]]), [1], [2, 3]),
      [
        [1, 0],
        [2, 3],
      ],
    ],
    'tf.RandomShuffleQueue': [() => tf.reduceSum(through(new tf.RandomShuffleQueue(3, 0, tf.float32, []), 1, 2)), 3],
    'tf.PriorityQueue': [
      () => {
        const queue = new tf.PriorityQueue(3, tf.float32, []);
        const puts = [2, 1].map((rank) => queue.enqueue([tf.constant(rank, tf.int64), rank]));
        return tf.controlDependencies(puts, () => queue.dequeueMany(2)[1]);
      },
      [1, 2],
    ],
    'tf.QueueBase': [
      () => {
        const { dtypes, shapes, names, queueRef } = new tf.FIFOQueue(3, tf.float32, []);
        return through(new tf.QueueBase(dtypes, shapes, names, queueRef), 4);
      },
      [4],
    ],
    'tf.ConditionalAccumulator': [() => meanOf(new tf.ConditionalAccumulator(tf.float32, []), 1, 2), 1.5],
    'tf.ConditionalAccumulatorBase': [
      () => {
        const { dtype, accumulatorRef } = new tf.ConditionalAccumulator(tf.float32, []);
        return new tf.ConditionalAccumulatorBase(dtype, [], accumulatorRef).numAccumulated();
      },
      0,
    ],
    'tf.SparseConditionalAccumulator': [
      () => {
        const rows = new tf.SparseConditionalAccumulator(tf.float32, [3, 1]);
        return tf.controlDependencies([rows.applyGrad([2], [[4]])], () => rows.takeGrad(1).values);
      },
      [[4]],
    ],
    'tf.train.QueueRunner': [filled, 3],
    'tf.train.addQueueRunner': [filled, 3],
    'tf.train.startQueueRunners': [filled, 3],
    'tf.train.SyncReplicasOptimizer': [
      () => {
        const w = new tf.Variable(1);
        const step = tf.train.getOrCreateGlobalStep();
        const optimizer = new tf.train.SyncReplicasOptimizer(new tf.train.GradientDescentOptimizer(0.1), 1);
        const trainOp = optimizer.minimize(w.square(), step);
        const hooks = [optimizer.makeSessionRunHook(true)];
        return tf.train.MonitoredTrainingSession({ hooks }).use((session) => {
          for (let i = 0; i < 2; i++) session.run(trainOp);
          return session.run(w);
        });
      },
      0.8,
    ],
  };
}
