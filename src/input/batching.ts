/**
 * Batches out of queues that queue runners fill: `tf.train.batch` and its kin. After TensorFlow 1.15's training/input.
 * Runners of a graph start with `tf.train.startQueueRunners`; counters of epochs are local variables.
 */
import type { ByName } from '../base/by-name';
import type { ShapeLike } from '../base/shape';
import { boundOverloads } from '../calls/bind';
import type { TensorLike } from '../graph/constant';
import { type Batched, type Components, type Filling, batchOne, batchSeveral } from './batches';

/** What every batch takes by name. */
interface FillingOptions extends ByName {
  /** Whether the tensors hold many elements each, in their rows; false where not given. */
  readonly enqueueMany?: boolean | null;
  /** Of the components of an element, where those of the tensors do not say them. */
  readonly shapes?: readonly ShapeLike[] | null;
  /** Whether the last batch may be smaller; false where not given: what is left is lost. */
  readonly allowSmallerFinalBatch?: boolean | null;
  /** Under which other sessions of the same worker find the queue. */
  readonly sharedName?: string | null;
  /** Of the scope, and of what is taken out. */
  readonly name?: string | null;
}
/** What batches of one list of tensors take by name. */
interface ThreadsOption extends ByName {
  /** How many threads of the queue runner fill the queue; 1 where not given. */
  readonly numThreads?: number | null;
}
/** What `tf.train.batchJoin` takes by name. */
export interface BatchJoinOptions extends FillingOptions {
  /** How many elements the queue holds; 32 where not given. */
  readonly capacity?: number | null;
  /** Whether smaller elements of a batch are filled up with zeros; false where not given. */
  readonly dynamicPad?: boolean | null;
}
/** What `tf.train.batch` takes by name. */
export interface BatchOptions extends BatchJoinOptions, ThreadsOption {}
/** What `tf.train.shuffleBatchJoin` takes by name. */
export interface ShuffleBatchJoinOptions extends FillingOptions {
  /** Of the order. */
  readonly seed?: number | null;
}
/** What `tf.train.shuffleBatch` takes by name. */
export interface ShuffleBatchOptions extends ShuffleBatchJoinOptions, ThreadsOption {}

/** What settings leave out. */
function fillingOf(keepInput: TensorLike, capacity: number, settings: FillingOptions): Filling {
  const { enqueueMany, shapes, allowSmallerFinalBatch, sharedName, name } = settings;
  return {
    keepInput,
    capacity,
    enqueueMany: enqueueMany ?? false,
    shapes: shapes ?? null,
    allowSmallerFinalBatch: allowSmallerFinalBatch ?? false,
    sharedName: sharedName ?? null,
    name: name ?? null,
  };
}
/**
 * Batches of the elements that tensors give, one in each run. A queue runner fills the queue that they come out of.
 *
 *     const one = tf.train.rangeInputProducer(4, { shuffle: false }).dequeue();
 *     const two = tf.train.batch([one], 2);
 *     tf.train.startQueueRunners(sess);
 *     sess.run(two)   // [0, 1]
 *
 * @param tensors                 the components of an element, in a list or in an object by their names
 * @param batchSize               an int32 scalar
 * @param numThreads              how many threads of the queue runner fill the queue; 1 where not given
 * @param capacity                how many elements the queue holds; 32 where not given
 * @param enqueueMany             whether the tensors hold many elements each, in their rows; false where not given
 * @param shapes                  of the components of an element, where those of the tensors do not say them
 * @param dynamicPad              whether smaller elements of a batch are filled up with zeros; false where not given
 * @param allowSmallerFinalBatch  whether the last batch may be smaller; false where not given: what is left is lost
 * @param sharedName              under which other sessions of the same worker find the queue
 * @param name                    of the scope, and of what is taken out
 * @returns  a tensor for each component, in a list or by its name; the tensor itself of a list of one
 * @throws ValueError  where the shape of a component is not known
 * @throws OutOfRangeError  when run, where there are not enough elements any more
 */
export const batch = boundOverloads(
  'train.batch',
  2,
  <const T extends Components>(tensors: T, batchSize: TensorLike, options: BatchOptions = {}): Batched<T> => {
    const kind = { dynamicPad: options.dynamicPad ?? false };
    const filling = fillingOf(true, options.capacity ?? 32, options);
    return batchOne(tensors, batchSize, options.numThreads ?? 1, kind, filling);
  },
);
/**
 * Batches of the elements that tensors give, one in each run, of those that are kept. A queue runner fills the queue
 * that they come out of.
 *
 *     const one = tf.train.rangeInputProducer(4, { shuffle: false }).dequeue();
 *     const two = tf.train.maybeBatch([one], tf.greater(one, 0), 2);
 *     tf.train.startQueueRunners(sess);
 *     sess.run(two)   // [1, 2]
 *
 * @param tensors                 the components of an element, in a list or in an object by their names
 * @param keepInput               a scalar of bool: whether an element is put in; with `enqueueMany` also a vector,
 *   for each row
 * @param batchSize               an int32 scalar
 * @param numThreads              how many threads of the queue runner fill the queue; 1 where not given
 * @param capacity                how many elements the queue holds; 32 where not given
 * @param enqueueMany             whether the tensors hold many elements each, in their rows; false where not given
 * @param shapes                  of the components of an element, where those of the tensors do not say them
 * @param dynamicPad              whether smaller elements of a batch are filled up with zeros; false where not given
 * @param allowSmallerFinalBatch  whether the last batch may be smaller; false where not given: what is left is lost
 * @param sharedName              under which other sessions of the same worker find the queue
 * @param name                    of the scope, and of what is taken out
 * @returns  a tensor for each component, in a list or by its name; the tensor itself of a list of one
 * @throws ValueError  where the shape of a component is not known
 * @throws OutOfRangeError  when run, where there are not enough elements any more
 */
export const maybeBatch = boundOverloads(
  'train.maybe_batch',
  3,
  <const T extends Components>(
    tensors: T,
    keepInput: TensorLike,
    batchSize: TensorLike,
    options: BatchOptions = {},
  ): Batched<T> => {
    const kind = { dynamicPad: options.dynamicPad ?? false };
    const filling = fillingOf(keepInput, options.capacity ?? 32, options);
    return batchOne(tensors, batchSize, options.numThreads ?? 1, kind, filling);
  },
);
/**
 * Batches of the elements that tensors give, in random order. A queue runner fills the queue that they come out of.
 *
 *     const one = tf.train.rangeInputProducer(4).dequeue();
 *     const two = tf.train.shuffleBatch([one], 2, 20, 10);
 *     tf.train.startQueueRunners(sess);
 *     sess.run(tf.shape(two))   // [2]
 *
 * @param tensors                 the components of an element, in a list or in an object by their names
 * @param batchSize               an int32 scalar
 * @param capacity                how many elements the queue holds
 * @param minAfterDequeue         how many stay in it as long as more come: the more, the better they are mixed
 * @param numThreads              how many threads of the queue runner fill the queue; 1 where not given
 * @param seed                    of the order
 * @param enqueueMany             whether the tensors hold many elements each, in their rows; false where not given
 * @param shapes                  of the components of an element, where those of the tensors do not say them
 * @param allowSmallerFinalBatch  whether the last batch may be smaller; false where not given: what is left is lost
 * @param sharedName              under which other sessions of the same worker find the queue
 * @param name                    of the scope, and of what is taken out
 * @returns  a tensor for each component, in a list or by its name; the tensor itself of a list of one
 * @throws ValueError  where the shape of a component is not known
 * @throws OutOfRangeError  when run, where there are not enough elements any more
 */
export const shuffleBatch = boundOverloads(
  'train.shuffle_batch',
  4,
  <const T extends Components>(
    tensors: T,
    batchSize: TensorLike,
    capacity: number,
    minAfterDequeue: number,
    options: ShuffleBatchOptions = {},
  ): Batched<T> => {
    const kind = { minAfterDequeue, seed: options.seed ?? null };
    const filling = fillingOf(true, capacity, options);
    return batchOne(tensors, batchSize, options.numThreads ?? 1, kind, filling);
  },
);
/**
 * Batches of the elements that tensors give, in random order, of those that are kept. A queue runner fills the queue
 * that they come out of.
 *
 *     const one = tf.train.rangeInputProducer(4).dequeue();
 *     const two = tf.train.maybeShuffleBatch([one], 2, 20, 10, tf.greater(one, 2));
 *     tf.train.startQueueRunners(sess);
 *     sess.run(two)   // [3, 3]
 *
 * @param tensors                 the components of an element, in a list or in an object by their names
 * @param batchSize               an int32 scalar
 * @param capacity                how many elements the queue holds
 * @param minAfterDequeue         how many stay in it as long as more come: the more, the better they are mixed
 * @param keepInput               a scalar of bool: whether an element is put in; with `enqueueMany` also a vector,
 *   for each row
 * @param numThreads              how many threads of the queue runner fill the queue; 1 where not given
 * @param seed                    of the order
 * @param enqueueMany             whether the tensors hold many elements each, in their rows; false where not given
 * @param shapes                  of the components of an element, where those of the tensors do not say them
 * @param allowSmallerFinalBatch  whether the last batch may be smaller; false where not given: what is left is lost
 * @param sharedName              under which other sessions of the same worker find the queue
 * @param name                    of the scope, and of what is taken out
 * @returns  a tensor for each component, in a list or by its name; the tensor itself of a list of one
 * @throws ValueError  where the shape of a component is not known
 * @throws OutOfRangeError  when run, where there are not enough elements any more
 */
export const maybeShuffleBatch = boundOverloads(
  'train.maybe_shuffle_batch',
  5,
  <const T extends Components>(
    tensors: T,
    batchSize: TensorLike,
    capacity: number,
    minAfterDequeue: number,
    keepInput: TensorLike,
    options: ShuffleBatchOptions = {},
  ): Batched<T> => {
    const kind = { minAfterDequeue, seed: options.seed ?? null };
    const filling = fillingOf(keepInput, capacity, options);
    return batchOne(tensors, batchSize, options.numThreads ?? 1, kind, filling);
  },
);
/**
 * Batches of the elements that several lists of tensors give: a thread for each list fills the queue. A queue runner
 * fills the queue that they come out of.
 *
 *     const two = tf.train.batchJoin([[tf.constant(5)], [tf.constant(5)]], 2);
 *     tf.train.startQueueRunners(sess);
 *     sess.run(two)   // [5, 5]
 *
 * @param tensorsList             the components of an element for each thread, in lists or in objects by their names
 * @param batchSize               an int32 scalar
 * @param capacity                how many elements the queue holds; 32 where not given
 * @param enqueueMany             whether the tensors hold many elements each, in their rows; false where not given
 * @param shapes                  of the components of an element, where those of the tensors do not say them
 * @param dynamicPad              whether smaller elements of a batch are filled up with zeros; false where not given
 * @param allowSmallerFinalBatch  whether the last batch may be smaller; false where not given: what is left is lost
 * @param sharedName              under which other sessions of the same worker find the queue
 * @param name                    of the scope, and of what is taken out
 * @returns  a tensor for each component, in a list or by its name; the tensor itself of a list of one
 * @throws ValueError  where the shape of a component is not known
 * @throws OutOfRangeError  when run, where there are not enough elements any more
 */
export const batchJoin = boundOverloads(
  'train.batch_join',
  2,
  <const T extends Components>(
    tensorsList: readonly T[],
    batchSize: TensorLike,
    options: BatchJoinOptions = {},
  ): Batched<T> => {
    const kind = { dynamicPad: options.dynamicPad ?? false };
    const filling = fillingOf(true, options.capacity ?? 32, options);
    return batchSeveral(tensorsList, batchSize, kind, filling);
  },
);
/**
 * Batches of the elements that several lists of tensors give: a thread for each list fills the queue, of those that
 * are kept. A queue runner fills the queue that they come out of.
 *
 *     const two = tf.train.maybeBatchJoin([[tf.constant(5)]], true, 2);
 *     tf.train.startQueueRunners(sess);
 *     sess.run(two)   // [5, 5]
 *
 * @param tensorsList             the components of an element for each thread, in lists or in objects by their names
 * @param keepInput               a scalar of bool: whether an element is put in; with `enqueueMany` also a vector,
 *   for each row
 * @param batchSize               an int32 scalar
 * @param capacity                how many elements the queue holds; 32 where not given
 * @param enqueueMany             whether the tensors hold many elements each, in their rows; false where not given
 * @param shapes                  of the components of an element, where those of the tensors do not say them
 * @param dynamicPad              whether smaller elements of a batch are filled up with zeros; false where not given
 * @param allowSmallerFinalBatch  whether the last batch may be smaller; false where not given: what is left is lost
 * @param sharedName              under which other sessions of the same worker find the queue
 * @param name                    of the scope, and of what is taken out
 * @returns  a tensor for each component, in a list or by its name; the tensor itself of a list of one
 * @throws ValueError  where the shape of a component is not known
 * @throws OutOfRangeError  when run, where there are not enough elements any more
 */
export const maybeBatchJoin = boundOverloads(
  'train.maybe_batch_join',
  3,
  <const T extends Components>(
    tensorsList: readonly T[],
    keepInput: TensorLike,
    batchSize: TensorLike,
    options: BatchJoinOptions = {},
  ): Batched<T> => {
    const kind = { dynamicPad: options.dynamicPad ?? false };
    const filling = fillingOf(keepInput, options.capacity ?? 32, options);
    return batchSeveral(tensorsList, batchSize, kind, filling);
  },
);
/**
 * Batches of the elements that several lists of tensors give, in random order. A queue runner fills the queue that
 * they come out of.
 *
 *     const two = tf.train.shuffleBatchJoin([[tf.constant(5)], [tf.constant(5)]], 2, 20, 10);
 *     tf.train.startQueueRunners(sess);
 *     sess.run(two)   // [5, 5]
 *
 * @param tensorsList             the components of an element for each thread, in lists or in objects by their names
 * @param batchSize               an int32 scalar
 * @param capacity                how many elements the queue holds
 * @param minAfterDequeue         how many stay in it as long as more come: the more, the better they are mixed
 * @param seed                    of the order
 * @param enqueueMany             whether the tensors hold many elements each, in their rows; false where not given
 * @param shapes                  of the components of an element, where those of the tensors do not say them
 * @param allowSmallerFinalBatch  whether the last batch may be smaller; false where not given: what is left is lost
 * @param sharedName              under which other sessions of the same worker find the queue
 * @param name                    of the scope, and of what is taken out
 * @returns  a tensor for each component, in a list or by its name; the tensor itself of a list of one
 * @throws ValueError  where the shape of a component is not known
 * @throws OutOfRangeError  when run, where there are not enough elements any more
 */
export const shuffleBatchJoin = boundOverloads(
  'train.shuffle_batch_join',
  4,
  <const T extends Components>(
    tensorsList: readonly T[],
    batchSize: TensorLike,
    capacity: number,
    minAfterDequeue: number,
    options: ShuffleBatchJoinOptions = {},
  ): Batched<T> => {
    const kind = { minAfterDequeue, seed: options.seed ?? null };
    const filling = fillingOf(true, capacity, options);
    return batchSeveral(tensorsList, batchSize, kind, filling);
  },
);
/**
 * Batches of the elements that several lists of tensors give, in random order, of those that are kept. A queue runner
 * fills the queue that they come out of.
 *
 *     const two = tf.train.maybeShuffleBatchJoin([[tf.constant(5)]], 2, 20, 10, true);
 *     tf.train.startQueueRunners(sess);
 *     sess.run(two)   // [5, 5]
 *
 * @param tensorsList             the components of an element for each thread, in lists or in objects by their names
 * @param batchSize               an int32 scalar
 * @param capacity                how many elements the queue holds
 * @param minAfterDequeue         how many stay in it as long as more come: the more, the better they are mixed
 * @param keepInput               a scalar of bool: whether an element is put in; with `enqueueMany` also a vector,
 *   for each row
 * @param seed                    of the order
 * @param enqueueMany             whether the tensors hold many elements each, in their rows; false where not given
 * @param shapes                  of the components of an element, where those of the tensors do not say them
 * @param allowSmallerFinalBatch  whether the last batch may be smaller; false where not given: what is left is lost
 * @param sharedName              under which other sessions of the same worker find the queue
 * @param name                    of the scope, and of what is taken out
 * @returns  a tensor for each component, in a list or by its name; the tensor itself of a list of one
 * @throws ValueError  where the shape of a component is not known
 * @throws OutOfRangeError  when run, where there are not enough elements any more
 */
export const maybeShuffleBatchJoin = boundOverloads(
  'train.maybe_shuffle_batch_join',
  5,
  <const T extends Components>(
    tensorsList: readonly T[],
    batchSize: TensorLike,
    capacity: number,
    minAfterDequeue: number,
    keepInput: TensorLike,
    options: ShuffleBatchJoinOptions = {},
  ): Batched<T> => {
    const kind = { minAfterDequeue, seed: options.seed ?? null };
    const filling = fillingOf(keepInput, capacity, options);
    return batchSeveral(tensorsList, batchSize, kind, filling);
  },
);
