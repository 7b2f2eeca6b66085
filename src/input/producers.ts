/** Queues of what a tensor holds, one epoch after the other. After TensorFlow 1.15's training/input. */
import { isList } from '../base/border';
import { type DTypeLike, float32, int64, string } from '../base/dtype';
import { ValueError } from '../base/errors';
import { type ShapeLike, TensorShape } from '../base/shape';
import { bound } from '../calls/bind';
import { inScope } from '../graph/apply';
import { type TensorLike, type Text, convertToTensor, isSymbolic } from '../graph/constant';
import type { Made, ElementFor, RankFor, Shallower } from '../graph/fetched';
import { type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { Assert } from '../flow/assert';
import { cast } from '../ops/cast';
import { greater } from '../ops/compare';
import { matchingFiles } from '../ops/files';
import { gather } from '../ops/gather';
import { identity } from '../ops/identity';
import { randomShuffle } from '../ops/random';
import { knowingEach } from '../ops/known-calls';
import { range } from '../ops/range';
import { shape, size } from '../ops/shape';
import { element } from '../ops/words';
import { FIFOQueue } from '../queues/kinds';
import { scalar } from '../summary/nodes';
import { QueueRunner, addQueueRunner } from '../train/queue-runner';
import { Variable } from '../variables/variable';

/** What cancels a queue in the place of its own op. */
type Cancel = Operation | Tensor | null;
const OF_RUN = [GraphKeys.LOCAL_VARIABLES];

/**
 * The files that a pattern names, found once: in a local variable, which `tf.localVariablesInitializer()` fills.
 *
 *     sess.run(tf.writeFile(`${folder}/part-1`, ''));
 *     const found = tf.train.matchFilenamesOnce(`${folder}/part-*`);
 *     sess.run(tf.localVariablesInitializer());
 *     tf.shape(found)   // [1]
 *
 * @param pattern  as of `tf.matchingFiles`
 * @param name     of the variable
 * @returns  a variable: a vector of string
 * @throws ValueError  for a pattern that no tensor can hold
 */
export const matchFilenamesOnce = bound(
  'train.match_filenames_once',
  (pattern: Text, name?: string): Variable =>
    inScope(
      name,
      'matching_filenames',
      [pattern],
      (scope) =>
        new Variable(matchingFiles(pattern), {
          name: scope,
          trainable: false,
          validateShape: false,
          collections: OF_RUN,
        }),
    ),
);
/**
 * The same tensor, so many times: then runs fail with OutOfRangeError. A local variable counts.
 *
 *     const twice = tf.train.limitEpochs(tf.constant(5), 2);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(twice)   // 5
 *
 * @param tensor     what is given
 * @param numEpochs  how often; for ever where it is not given
 * @param name       of the scope
 * @returns  the dtype and shape of `tensor`
 * @throws ValueError  for a number that is not above 0
 * @throws OutOfRangeError  when run once more
 */
export const limitEpochs = bound(
  'train.limit_epochs',
  (tensor: TensorLike, numEpochs: number | null = null, name?: string): Tensor => {
    if (numEpochs === null) return convertToTensor(tensor);
    if (numEpochs <= 0) throw new ValueError(`num_epochs must be > 0 not ${numEpochs}.`);
    return inScope(name, 'limit_epochs', [tensor], (scope) => {
      const zero = convertToTensor(0, int64, 'Const');
      const epochs = new Variable(zero, { name: 'epochs', trainable: false, collections: OF_RUN });
      const counter = epochs.countUpTo(numEpochs);
      return getDefaultGraph().controlDependencies([counter], () => identity(tensor, { name: scope }));
    });
  },
);

/** The rows of a tensor through a queue. */
function produce<D extends DTypeLike>(
  rows: TensorLike,
  dtypeOf: (rows: Tensor) => D,
  elementShape: ShapeLike | null,
  numEpochs: number | null,
  { shuffle, seed, capacity, sharedName, summaryName, name, cancelOp }: Settings,
): Produced<D> {
  return inScope(name, 'input_producer', [rows], () => {
    let input = convertToTensor(rows, null, 'input_tensor');
    const { dims } = input.shape;
    const ofRow = (dims ? new TensorShape(dims.slice(1)) : TensorShape.unknown()).mergeWith(elementShape);
    if (!ofRow.fullDims)
      throw new ValueError(
        'Either `input_tensor` must have a fully defined shape or `element_shape` must be specified',
      );
    if (shuffle) input = randomShuffle(input, { seed });
    input = limitEpochs(input, numEpochs);
    const queue = new FIFOQueue<readonly [D]>(capacity, [dtypeOf(input)], [ofRow], {
      sharedName,
      name: name ?? 'FIFOQueueV2',
    });
    const enqueue = queue.enqueueMany([input]);
    addQueueRunner(new QueueRunner(queue, [enqueue], { cancelOp }));
    if (summaryName !== null) scalar(summaryName, cast(queue.size(), float32).mul(1 / capacity));
    return queue;
  });
}
/** A queue of rows, of which the dtype may be known. */
export type Produced<D extends DTypeLike = DTypeLike> = FIFOQueue<readonly [D]>;
const itsDtype = ({ dtype }: Tensor): DTypeLike => dtype.baseDtype;
interface Settings {
  readonly shuffle: boolean;
  readonly seed: number | null;
  readonly capacity: number;
  readonly sharedName: string | null;
  readonly summaryName: string | null;
  readonly name: string | null;
  readonly cancelOp: Cancel;
}

/**
 * A queue that gives the rows of a tensor, epoch by epoch. A queue runner fills it: `tf.train.startQueueRunners`.
 *
 *     const queue = tf.train.inputProducer([[1, 2], [3, 4]], { shuffle: false });
 *     const row = queue.dequeue();
 *     tf.train.startQueueRunners(sess);
 *     sess.run(row)   // [1, 2]
 *
 * @param inputTensor   what has the rows
 * @param elementShape  the shape of a row, where that of the tensor does not say it
 * @param numEpochs     how often each row comes, counted by a local variable; for ever where not given
 * @param shuffle       whether each epoch has an order of its own; true where not given
 * @param seed          of these orders
 * @param capacity      how many rows the queue holds; 32 where not given
 * @param sharedName    under which other sessions of the same worker find it
 * @param summaryName   of a summary of how full it is; none where not given
 * @param name          of the queue
 * @param cancelOp      what ends it where a stop is asked for
 * @returns  a queue
 * @throws ValueError  where the shape of a row is not known
 */
export const inputProducer = bound(
  'train.input_producer',
  (
    inputTensor: TensorLike,
    elementShape: ShapeLike | null = null,
    numEpochs: number | null = null,
    shuffle: boolean = true,
    seed: number | null = null,
    capacity: number = 32,
    sharedName: string | null = null,
    summaryName: string | null = null,
    name: string | null = null,
    cancelOp: Cancel = null,
  ): Produced =>
    produce(inputTensor, itsDtype, elementShape, numEpochs, {
      shuffle,
      seed,
      capacity,
      sharedName,
      summaryName,
      name,
      cancelOp,
    }),
);
const NO_STRINGS = 'string_input_producer requires a non-null input tensor';
/**
 * A queue that gives strings, epoch by epoch: names of files, for a reader. A queue runner fills it.
 *
 *     const names = tf.train.stringInputProducer(['a.txt', 'b.txt'], { numEpochs: 1, shuffle: false });
 *     const name = names.dequeue();
 *     sess.run(tf.localVariablesInitializer());
 *     tf.train.startQueueRunners(sess);
 *     sess.run(name)   // 'a.txt'
 *
 * @param stringTensor  a vector of string
 * @param numEpochs     how often each comes, counted by a local variable; for ever where not given
 * @param shuffle       whether each epoch has an order of its own; true where not given
 * @param seed          of these orders
 * @param capacity      how many the queue holds; 32 where not given
 * @param sharedName    under which other sessions of the same worker find it
 * @param name          of the queue
 * @param cancelOp      what ends it where a stop is asked for
 * @returns  a queue
 * @throws ValueError  for a list of none
 * @throws InvalidArgumentError  when run, for none
 */
export const stringInputProducer = bound(
  'train.string_input_producer',
  (
    stringTensor: Text,
    numEpochs: number | null = null,
    shuffle: boolean = true,
    seed: number | null = null,
    capacity: number = 32,
    sharedName: string | null = null,
    name: string | null = null,
    cancelOp: Cancel = null,
  ): Produced<typeof string> => {
    if (isList(stringTensor) && !stringTensor.length) throw new ValueError(NO_STRINGS);
    return inScope(name, 'input_producer', [stringTensor], (scope) => {
      const texts = convertToTensor(stringTensor, isSymbolic(stringTensor) ? null : string, 'Const');
      const check = Assert(greater(size(texts), 0), [NO_STRINGS]);
      const checked = getDefaultGraph().controlDependencies([check], () => identity(texts));
      const settings = { shuffle, seed, capacity, sharedName, summaryName: fullness(capacity), name: scope, cancelOp };
      return produce(checked, () => string, [], numEpochs, settings);
    });
  },
);
const fullness = (capacity: number): string => `fraction_of_${capacity}_full`;

/**
 * A queue that gives 0, 1, … below a limit, epoch by epoch. A queue runner fills it.
 *
 *     const queue = tf.train.rangeInputProducer(3, { shuffle: false });
 *     const three = queue.dequeueMany(3);
 *     tf.train.startQueueRunners(sess);
 *     sess.run(three)   // [0, 1, 2]
 *
 * @param limit       an int32 scalar
 * @param numEpochs   how often each comes, counted by a local variable; for ever where not given
 * @param shuffle     whether each epoch has an order of its own; true where not given
 * @param seed        of these orders
 * @param capacity    how many the queue holds; 32 where not given
 * @param sharedName  under which other sessions of the same worker find it
 * @param name        of the queue
 * @returns  a queue
 * @throws ValueError  for a limit that no tensor can hold
 */
export const rangeInputProducer = bound(
  'train.range_input_producer',
  (
    limit: TensorLike,
    numEpochs: number | null = null,
    shuffle: boolean = true,
    seed: number | null = null,
    capacity: number = 32,
    sharedName: string | null = null,
    name: string | null = null,
  ): Produced =>
    inScope(name, 'input_producer', [limit], (scope) => {
      const summaryName = fullness(capacity);
      const settings = { shuffle, seed, capacity, sharedName, summaryName, name: scope, cancelOp: null };
      return produce(range(limit), itsDtype, [], numEpochs, settings);
    }),
);

/** What a row of each tensor of a list is. */
type Rows<T> = { -readonly [K in keyof T]: Made<ElementFor<T[K]>, Shallower<RankFor<T[K]>>> };
interface SliceProducer {
  <const T extends readonly TensorLike[]>(
    tensorList: T,
    numEpochs?: number | null,
    shuffle?: boolean | null,
    seed?: number | null,
    capacity?: number | null,
    sharedName?: string | null,
    name?: string | null,
  ): Rows<T>;
  <const T extends readonly TensorLike[]>(tensorList: T, named: SliceOptions): Rows<T>;
  <const T extends readonly TensorLike[]>(named: SliceOptions & { readonly tensorList: T }): Rows<T>;
}
/** What `tf.train.sliceInputProducer` takes by name. */
export interface SliceOptions {
  /** How often each row comes, counted by a local variable; for ever where not given. */
  readonly numEpochs?: number | null;
  /** Whether each epoch has an order of its own; true where not given. */
  readonly shuffle?: boolean | null;
  /** Of these orders. */
  readonly seed?: number | null;
  /** How many the queue holds; 32 where not given. */
  readonly capacity?: number | null;
  /** Under which other sessions of the same worker find the queue. */
  readonly sharedName?: string | null;
  /** Of the scope. */
  readonly name?: string | null;
}
/**
 * A row of each of several tensors, the same of all: another one in each run. A queue runner fills the queue that says
 * which.
 *
 *     const [picture, label] = tf.train.sliceInputProducer([[[1, 2], [3, 4]], ['a', 'b']], { shuffle: false });
 *     tf.train.startQueueRunners(sess);
 *     sess.run(label)   // 'a'
 *
 * @param tensorList  tensors with the same number of rows
 * @param numEpochs   how often each row comes, counted by a local variable; for ever where not given
 * @param shuffle     whether each epoch has an order of its own; true where not given
 * @param seed        of these orders
 * @param capacity    how many the queue holds; 32 where not given
 * @param sharedName  under which other sessions of the same worker find the queue
 * @param name        of the scope
 * @returns  a list of tensors, each with one dimension less
 * @throws ValueError  for an empty list
 */
export const sliceInputProducer = knowingEach<SliceProducer>()(
  'train.slice_input_producer',
  (
    tensorList: readonly TensorLike[],
    numEpochs: number | null = null,
    shuffle: boolean = true,
    seed: number | null = null,
    capacity: number = 32,
    sharedName: string | null = null,
    name: string | null = null,
  ): Tensor[] =>
    inScope(name, 'input_producer', [...tensorList], () => {
      const tensors = tensorList.map((each) => convertToTensor(each));
      if (!tensors.length) throw new ValueError('Expected at least one tensor in slice_input_producer().');
      const rows = element(shape(tensors[0]), 0);
      const queue = rangeInputProducer(rows, { numEpochs, shuffle, seed, capacity, sharedName });
      const index = queue.dequeue();
      return tensors.map((each) => gather(each, index));
    }),
);
