/**
 * `tf.queue`: queues, which some runs fill and others empty. Re-exports only.
 *
 * @module
 */
export { FIFOQueue, PaddingFIFOQueue, PriorityQueue, RandomShuffleQueue } from './kinds';
export { QueueBase } from './queue';
