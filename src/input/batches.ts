/** What the four ways to batch have in common: a queue, what fills it, and what comes out. After training/input. */
import { isList } from '../base/border';
import { type DType, type Untold, float32, int32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { preview } from '../base/preview';
import type { ShapeLike, TensorShape } from '../base/shape';
import { inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic } from '../graph/constant';
import type { ElementFor, Made } from '../graph/fetched';
import { type Operation, Tensor } from '../graph/graph';
import type { SparseTensor } from '../graph/sparse-tensor';
import { condTensor } from '../flow/cond';
import { cast } from '../ops/cast';
import { noOp } from '../ops/control';
import { dynamicPartition } from '../ops/data-flow';
import { maximum } from '../ops/elementwise';
import { FIFOQueue, PaddingFIFOQueue, RandomShuffleQueue } from '../queues/kinds';
import type { QueueBase } from '../queues/queue';
import { scalar } from '../summary/nodes';
import { QueueRunner, addQueueRunner } from '../train/queue-runner';
import { type Part, type SparseInfo, isSparse, restoreParts, smartCond, storeLists, storeParts } from './stored';

/** A component of an element. */
export type Component = TensorLike | SparseTensor;
/** The components of an element, in a list or by their names. */
export type Components = readonly Component[] | Readonly<Record<string, Component>>;
/** A component with one dimension more, for the elements of a batch. */
type Batch<X> = X extends SparseTensor ? SparseTensor : Made<ElementFor<X>, Untold>;

/** A batch of elements: a tensor for each component, in a list or by its name; of a list of one that tensor. */
export type Batched<T> = T extends readonly [infer Only] ? Batch<Only> : { -readonly [K in keyof T]: Batch<T[K]> };

export interface Filling {
  readonly keepInput: TensorLike;
  readonly capacity: number;
  readonly enqueueMany: boolean;
  readonly shapes: readonly ShapeLike[] | null;
  readonly allowSmallerFinalBatch: boolean;
  readonly sharedName: string | null;
  readonly name: string | null;
}
/** A queue that gives elements in the order in which they came, or mixes them. */
export type Kind =
  | { readonly dynamicPad: boolean }
  | { readonly minAfterDequeue: number; readonly seed: number | null };
const isMixed = (kind: Kind): kind is Extract<Kind, { readonly seed: number | null }> => 'minAfterDequeue' in kind;

// --- what is put in -----------------------------------------------------------------------------------------------

const isNamed = (given: Components): given is Readonly<Record<string, Component>> =>
  !isList(given) && !isSymbolic(given) && !isSparse(given) && typeof given === 'object' && given !== null;
/** Components by name are in the order of their names. */
function listOf(given: Components): readonly Component[] {
  if (isNamed(given))
    return Object.keys(given)
      .sort()
      .map((key) => given[key]);
  if (isList(given)) return given as readonly Component[];
  throw new TypeError_(
    `tensors must be a list of tensors, or an object of them by name, not ${preview(given)}.\n  fix: [tensor].`,
  );
}
function listsOf(all: readonly Components[]): (readonly Component[])[] {
  if (!isList(all) || !all.length) throw new ValueError('Expected at least one set of tensors');
  const keys = (given: Components): string => (isNamed(given) ? Object.keys(given).sort().join() : '');
  if (isNamed(all[0]) && all.some((each) => !isNamed(each) || keys(each) !== keys(all[0])))
    throw new ValueError('All dictionaries in tensors_list must have the same keys');
  return Array.from(all, listOf);
}
const partOf = (given: Component): Part => (isSparse(given) ? given : convertToTensor(given));
/** What a list of components becomes for a name scope. */
const flat = (lists: readonly (readonly Component[])[]): unknown[] =>
  lists.flat().map((each) => (isSparse(each) ? each.indices : each));

function keepTensor(given: TensorLike, enqueueMany: boolean): Tensor {
  const keepInput = convertToTensor(given);
  const { rank } = keepInput.shape;
  if (rank === null) throw new ValueError('`keep_input` dimensions must be known at graph construction.');
  if (!enqueueMany && rank === 1) throw new ValueError('`keep_input` cannot be a vector when `enqueue_many=False`.');
  if (rank > 1) throw new ValueError('`keep_input` must be 0 or 1 dimensions.');
  return keepInput;
}
const namesOf = (types: readonly DType[]): string => types.map(({ name }) => name).join(', ');
function typesOf(lists: readonly (readonly Tensor[])[]): DType[] {
  const [first, ...rest] = lists.map((list) => list.map(({ dtype }) => dtype));
  for (const types of rest)
    if (types.join() !== first.join())
      throw new TypeError_(`Expected types to be consistent: ${namesOf(first)} vs. ${namesOf(types)}.`);
  return first;
}
/** What is known of the shape of an element's components. */
function shapesOf(lists: readonly (readonly Tensor[])[], enqueueMany: boolean): TensorShape[] {
  const unknown = lists.flat().find(({ shape }) => !shape.dims);
  if (unknown) throw new ValueError(`Cannot infer Tensor's rank: ${unknown}`);
  return lists[0].map((_, i) => {
    const shapes = lists.map((list) => {
      const { shape } = list[i];
      return enqueueMany ? shape.withRankAtLeast(1).slice(1) : shape;
    });
    for (const shape of shapes.slice(1)) shapes[0].mergeWith(shape);
    return shapes[0];
  });
}

// --- the queue ----------------------------------------------------------------------------------------------------

type AQueue = Pick<QueueBase<DType[]>, 'enqueue' | 'enqueueMany' | 'dequeueMany' | 'dequeueUpTo' | 'size' | 'close'> &
  Pick<QueueBase, 'dtypes' | 'shapes' | 'names' | 'name' | 'queueRef'>;
function queueFor(
  kind: Kind,
  lists: readonly (readonly Tensor[])[],
  { capacity, shapes, enqueueMany, sharedName }: Filling,
): AQueue {
  const types = typesOf(lists);
  const known = shapes ?? shapesOf(lists, enqueueMany);
  if (isMixed(kind)) {
    const { minAfterDequeue, seed } = kind;
    return new RandomShuffleQueue(capacity, minAfterDequeue, types, known, { seed, sharedName });
  }
  const Queue = kind.dynamicPad ? PaddingFIFOQueue : FIFOQueue;
  return new Queue(capacity, types, known, { sharedName });
}
/** Elements of which a vector says which are kept. */
function kept(tensors: readonly Tensor[], keepInput: Tensor): Tensor[] {
  const which = cast(keepInput, int32);
  return tensors.map((each) => dynamicPartition(each, which, 2)[1]);
}
function enqueueing(queue: AQueue, tensors: readonly Tensor[], many: boolean, keepInput: Tensor): Operation | Tensor {
  const put = (list: readonly Tensor[]): Operation => (many ? queue.enqueueMany(list) : queue.enqueue(list));
  if (keepInput.shape.rank === 1) return put(kept(tensors, keepInput));
  const choose = (yes: () => Operation | Tensor, no: () => Operation | Tensor): Tensor =>
    condTensor(keepInput, yes, no);
  return smartCond<Operation | Tensor>(
    keepInput,
    () => put(tensors),
    () => noOp(),
    choose,
  );
}
/** A summary of how full it is, above what stays in it. */
function showFullness(queue: AQueue, kind: Kind, capacity: number): void {
  const least = isMixed(kind) ? kind.minAfterDequeue : 0;
  const size = isMixed(kind) ? maximum(0, queue.size().sub(least)) : queue.size();
  const fullness = cast(size, float32).mul(1 / (capacity - least));
  const over = isMixed(kind) ? `fraction_over_${least}_of_${capacity - least}_full` : `fraction_of_${capacity}_full`;
  scalar(over, fullness);
}
/** What comes out, as the components were given. */
function batchOf<T extends Components>(
  queue: AQueue,
  batchSize: TensorLike,
  { allowSmallerFinalBatch }: Filling,
  infos: readonly (SparseInfo | null)[],
  like: T,
  name: string,
): Batched<T> {
  const came = allowSmallerFinalBatch ? queue.dequeueUpTo(batchSize, { name }) : queue.dequeueMany(batchSize, { name });
  const parts = restoreParts(came instanceof Tensor ? [came] : came, infos);
  const keys = isNamed(like) ? Object.keys(like).sort() : null;
  const batch = keys
    ? Object.fromEntries(keys.map((key, i) => [key, parts[i]]))
    : parts.length === 1
      ? parts[0]
      : parts;
  // It is what was given, part by part.
  return batch as Batched<T>;
}
function checkCapacity(kind: Kind, capacity: number): void {
  if (isMixed(kind) && capacity <= kind.minAfterDequeue)
    throw new ValueError(`capacity ${capacity} must be bigger than min_after_dequeue ${kind.minAfterDequeue}.`);
}
const scopeOf = (kind: Kind, join: string): string => `${isMixed(kind) ? 'shuffle_batch' : 'batch'}${join}`;

/** Batches of the elements that one list of tensors gives, put in by so many threads. */
export function batchOne<T extends Components>(
  tensors: T,
  batchSize: TensorLike,
  numThreads: number,
  kind: Kind,
  filling: Filling,
): Batched<T> {
  const list = listOf(tensors);
  const { name, keepInput: given, enqueueMany, capacity } = filling;
  return inScope(name, scopeOf(kind, ''), [...flat([list]), given], (scope) => {
    checkCapacity(kind, capacity);
    const parts = list.map(partOf);
    if (!parts.length) throw new ValueError('Expected at least one tensor in batch().');
    const keepInput = keepTensor(given, enqueueMany);
    const { tensors: stored, infos } = storeParts(parts, enqueueMany, keepInput);
    const queue = queueFor(kind, [stored], filling);
    const enqueue = enqueueing(queue, stored, enqueueMany, keepInput);
    addQueueRunner(new QueueRunner(queue, new Array<Operation | Tensor>(numThreads).fill(enqueue)));
    showFullness(queue, kind, capacity);
    return batchOf(queue, batchSize, filling, infos, tensors, scope);
  });
}
/** Batches of the elements that several lists of tensors give, each put in by a thread of its own. */
export function batchSeveral<T extends Components>(
  all: readonly T[],
  batchSize: TensorLike,
  kind: Kind,
  filling: Filling,
): Batched<T> {
  const lists = listsOf(all);
  const { name, keepInput: given, enqueueMany, capacity } = filling;
  return inScope(name, scopeOf(kind, '_join'), [...flat(lists), given], (scope) => {
    const parts = lists.map((list) => list.map(partOf));
    const keepInput = keepTensor(given, enqueueMany);
    const { lists: stored, infos } = storeLists(parts, enqueueMany, keepInput);
    const queue = queueFor(kind, stored, filling);
    const enqueues = stored.map((tensors) => enqueueing(queue, tensors, enqueueMany, keepInput));
    addQueueRunner(new QueueRunner(queue, enqueues));
    showFullness(queue, kind, capacity);
    return batchOf(queue, batchSize, filling, infos, all[0], scope);
  });
}
