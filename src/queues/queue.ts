/** Queues: what some runs put in, others take out, and wait for. After TensorFlow 1.15's data_flow_ops. */
import { isList, worded } from '../base/border';
import { type DType, type DTypeLike, type ElementOf, type Untold, asDtype, resource } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { preview } from '../base/preview';
import { type ShapeLike, TensorShape } from '../base/shape';
import { type Args, constructorOf, signature } from '../calls/bind';
import type { AttrValues } from '../format/attr';
import { apply, applyOp, inScope } from '../graph/apply';
import { type TensorLike, constantValue, convertToTensor } from '../graph/constant';
import type { Input } from '../graph/convert-inputs';
import type { ArrayTensor, Made, ScalarTensor } from '../graph/fetched';
import { type Operation, Tensor } from '../graph/graph';
import { gather } from '../ops/words';

/** One dtype, or one for each component of an element. */
export type ComponentTypes = DTypeLike | readonly DTypeLike[];
/** One shape, or one for each component. */
export type Shapes = ShapeLike | readonly ShapeLike[];
/** A component that is taken out: of one element, or of many in the rows of a tensor. */
type Component<D, Many> = D extends DTypeLike
  ? Many extends true
    ? ArrayTensor<ElementOf<D>, Untold>
    : Made<ElementOf<D>, null>
  : Tensor;
/** What is taken out: a tensor, a list of them, or an object where the components have names. */
export type Dequeued<D, N, Many = false> = [N] extends [readonly (infer Name extends string)[]]
  ? { [K in Name]: Tensor }
  : [N] extends [string]
    ? { [K in N]: Tensor }
    : D extends readonly [infer Only]
      ? Component<Only, Many>
      : D extends readonly unknown[]
        ? { [K in keyof D]: Component<D[K], Many> }
        : Component<D, Many>;
/** A queue of whatever elements. */
export type AnyQueue = Pick<QueueBase<never, never>, 'dtypes' | 'name' | 'names' | 'queueRef' | 'shapes' | 'close'>;
/** What is put in: a tensor for each component, by name where these have names. */
export type Enqueued = TensorLike | readonly TensorLike[] | Readonly<Record<string, TensorLike>>;
type Base = [
  dtypes: readonly DTypeLike[],
  shapes: readonly ShapeLike[] | null,
  names: readonly string[] | null,
  queueRef: Tensor,
];
const QUEUE_BASE = constructorOf<Base>('QueueBase');
const FROM_LIST = signature<[index: TensorLike, queues: readonly AnyQueue[]]>('QueueBase.from_list');
const ENQUEUE = signature<[vals: Enqueued, name?: string]>('QueueBase.enqueue');
const ENQUEUE_MANY = signature<[vals: Enqueued, name?: string]>('QueueBase.enqueue_many');
const DEQUEUE = signature<[name?: string]>('QueueBase.dequeue');
const DEQUEUE_MANY = signature<[n: TensorLike, name?: string]>('QueueBase.dequeue_many');
const DEQUEUE_UP_TO = signature<[n: TensorLike, name?: string]>('QueueBase.dequeue_up_to');
const CLOSE = signature<[cancel?: boolean, name?: string]>('QueueBase.close');
const IS_CLOSED = signature<[name?: string]>('QueueBase.is_closed');
const SIZE = signature<[name?: string]>('QueueBase.size');

/**
 * What all queues have in common. A run that puts an element into a full queue, or takes one out of an empty one, waits
 * until another run has made room or has put one in.
 *
 *     const queue = new tf.FIFOQueue(10, tf.float32, []);
 *     sess.run(queue.enqueueMany([[1, 2, 3]]));
 *     sess.run(queue.dequeue())       // 1
 *     sess.run(queue.dequeueMany(2))  // [2, 3]
 */
export class QueueBase<D = DTypeLike, N = null> {
  /** The dtypes of the components of an element. */
  readonly dtypes: readonly DType[];
  /** What is known of the components' shapes. */
  readonly shapes: readonly TensorShape[];
  /** The names of the components; null where they have none. */
  readonly names: readonly string[] | null;
  /** What leads to it. */
  readonly queueRef: Tensor;
  /**
   * A queue that is there already.
   *
   * @param dtypes    the dtypes of the components
   * @param shapes    their shapes; null where nothing is known
   * @param names     their names; null for none
   * @param queueRef  what leads to it
   * @throws ValueError  for lists of different lengths
   */
  constructor(...given: Args<'QueueBase', Base>) {
    const [dtypes, shapes, names, queueRef] = QUEUE_BASE.take(given);
    if (shapes && shapes.length !== dtypes.length)
      throw new ValueError('Queue shapes must have the same length as dtypes');
    if (names && names.length !== dtypes.length)
      throw new ValueError('Queue names must have the same length as dtypes');
    this.dtypes = dtypes.map((each) => asDtype(each));
    this.shapes = this.dtypes.map((_, i) => TensorShape.of(shapes ? shapes[i] : null));
    this.names = names;
    this.queueRef = checkedTensor(queueRef, 'queue_ref');
  }
  /**
   * The queue of a list that a number says in a run.
   *
   * @param index   an integer scalar
   * @param queues  queues whose components have the same dtypes and names
   * @throws TypeError  for what is no list of queues, or where these differ
   */
  static fromList(...given: Args<'QueueBase.from_list', [index: TensorLike, queues: readonly AnyQueue[]]>): QueueBase {
    const [index, queues] = FROM_LIST.take(given);
    const isQueue = (each: unknown): boolean => each instanceof QueueBase;
    if (!isList(queues) || !queues.length || !queues.every(isQueue)) throw new TypeError_('A list of queues expected');
    const [first] = queues;
    const { dtypes, names } = first;
    if (queues.some((each) => each.dtypes.join() !== dtypes.join()))
      throw new TypeError_('Queues do not have matching component dtypes.');
    if (queues.some((each) => each.names?.join() !== names?.join()))
      throw new TypeError_('Queues do not have matching component names.');
    const shapes = first.shapes.map((_, i) => queues.map((each) => each.shapes[i]).reduce(common));
    const refs = apply('Pack', [queues.map((each) => each.queueRef)], {}, 'stack');
    return new QueueBase(dtypes, shapes, names, gather(refs, convertToTensor(index)));
  }
  /** The name of its node. */
  get name(): string {
    return this.queueRef.op.name;
  }
  private get ownName(): string {
    return this.name.slice(this.name.lastIndexOf('/') + 1);
  }
  private op(type: string, inputs: readonly Input[], attrs: AttrValues, name: string): Operation {
    return applyOp(
      this.queueRef.dtype.baseDtype === resource ? `${type}V2` : type,
      [this.queueRef, ...inputs],
      attrs,
      name,
    );
  }
  /**
   * Puts an element in, when there is room for it.
   *
   * @param vals  a value for each component: a list of them, one alone, or an object where they have names
   * @returns  an operation
   * @throws ValueError  for shapes that do not fit
   */
  enqueue(...given: Args<'QueueBase.enqueue', [vals: Enqueued, name?: string]>): Operation {
    const [vals, name] = ENQUEUE.take(given);
    return inScope(name, `${this.ownName}_enqueue`, listOf(vals), (scope) => {
      const tensors = this.components(vals);
      tensors.forEach(({ shape }, i) => shape.assertIsCompatibleWith(this.shapes[i]));
      return this.op('QueueEnqueue', [tensors], {}, scope);
    });
  }
  /**
   * Puts the rows of tensors in, each when there is room for it.
   *
   * @param vals  as of `enqueue`, with one dimension more, in front
   * @returns  an operation
   * @throws ValueError  for shapes that do not fit, or numbers of rows that differ
   */
  enqueueMany(...given: Args<'QueueBase.enqueue_many', [vals: Enqueued, name?: string]>): Operation {
    const [vals, name] = ENQUEUE_MANY.take(given);
    return inScope(name, `${this.ownName}_EnqueueMany`, listOf(vals), (scope) => {
      const tensors = this.components(vals);
      let rows = tensors[0]?.shape.withRankAtLeast(1).at(0) ?? null;
      tensors.forEach(({ shape }, i) => {
        const count = shape.withRankAtLeast(1).at(0);
        if (rows !== null && count !== null && rows !== count)
          throw new ValueError(`Dimensions ${rows} and ${count} are not compatible`);
        rows ??= count;
        const element = shape.dims ? new TensorShape(shape.dims.slice(1)) : shape;
        element.assertIsCompatibleWith(this.shapes[i]);
      });
      return this.op('QueueEnqueueMany', [tensors], {}, scope);
    });
  }
  /** The tensors of an element, each of its component's dtype. */
  private components(vals: Enqueued): Tensor[] {
    const { names, dtypes } = this;
    const list = isNamed(vals) ? inOrder(vals, names) : listOf(vals);
    if (names && !isNamed(vals)) throw new ValueError('You must enqueue a dictionary in a Queue with names');
    return dtypes.slice(0, list.length).map((dtype, i) => convertToTensor(list[i], dtype, `component_${i}`));
  }
  private dequeued<Many = false>(op: Operation, shapes: readonly TensorShape[]): Dequeued<D, N, Many> {
    const { outputs } = op;
    outputs.forEach((output, i) => output.setShape(shapes[i]));
    const { names } = this;
    const result = names
      ? Object.fromEntries(names.map((name, i) => [name, outputs[i]]))
      : outputs.length === 1
        ? outputs[0]
        : [...outputs];
    // What is known of the dtypes and names says which of them it is.
    return result as Dequeued<D, N, Many>;
  }
  /**
   * Takes an element out, when there is one.
   *
   * @returns  a tensor; a list of them where an element has several components; an object where these have names
   */
  dequeue(...given: Args<'QueueBase.dequeue', [name?: string]>): Dequeued<D, N> {
    const [name = `${this.ownName}_Dequeue`] = DEQUEUE.take(given);
    const op = this.op('QueueDequeue', [], { component_types: this.dtypes }, name);
    return this.dequeued(op, this.shapes);
  }
  /**
   * Takes `n` elements out as one, when there are as many.
   *
   * @param n  an int32 scalar
   * @returns  as `dequeue`, with one dimension more, in front
   * @throws OutOfRangeError  when run, for a queue that is closed and has fewer
   */
  dequeueMany(...given: Args<'QueueBase.dequeue_many', [n: TensorLike, name?: string]>): Dequeued<D, N, true> {
    const [n, name = `${this.ownName}_DequeueMany`] = DEQUEUE_MANY.take(given);
    const op = this.op('QueueDequeueMany', [n], { component_types: this.dtypes }, name);
    const count = constantValue(op.inputs[1])?.item();
    const rows = count === undefined ? null : Number(count);
    return this.dequeued(
      op,
      this.shapes.map((shape) => below(rows, shape)),
    );
  }
  /**
   * Takes `n` elements out as one, or those that are left where the queue is closed.
   *
   * @param n  an int32 scalar
   * @returns  as `dequeue`, with one dimension more, in front
   * @throws OutOfRangeError  when run, for a queue that is closed and empty
   */
  dequeueUpTo(...given: Args<'QueueBase.dequeue_up_to', [n: TensorLike, name?: string]>): Dequeued<D, N, true> {
    const [n, name = `${this.ownName}_DequeueUpTo`] = DEQUEUE_UP_TO.take(given);
    const op = this.op('QueueDequeueUpTo', [n], { component_types: this.dtypes }, name);
    return this.dequeued(
      op,
      this.shapes.map((shape) => below(null, shape)),
    );
  }
  /**
   * Closes it: no more elements come in. Those that are in it can be taken out.
   *
   * @param cancelPendingEnqueues  whether those that wait for room are given up; false where not given
   * @returns  an operation
   */
  close(...given: Args<'QueueBase.close', [cancelPendingEnqueues?: boolean, name?: string]>): Operation {
    const [cancel = false, name = `${this.ownName}_Close`] = CLOSE.take(given);
    return this.op('QueueClose', [], { cancel_pending_enqueues: cancel }, name);
  }
  /** Whether it is closed: a boolean scalar. */
  isClosed(...given: Args<'QueueBase.is_closed', [name?: string]>): ScalarTensor<boolean> {
    const [name = `${this.ownName}_Is_Closed`] = IS_CLOSED.take(given);
    return this.op('QueueIsClosed', [], {}, name).outputs[0] as ScalarTensor<boolean>;
  }
  /** How many elements are in it: an int32 scalar. */
  size(...given: Args<'QueueBase.size', [name?: string]>): ScalarTensor {
    const [name = `${this.ownName}_Size`] = SIZE.take(given);
    return this.op('QueueSize', [], {}, name).outputs[0] as ScalarTensor;
  }
}

/** @throws TypeError  for what is no tensor */
export function checkedTensor(given: unknown, name: string): Tensor {
  if (given instanceof Tensor) return given;
  throw new TypeError_(`${name} must be a Tensor, not ${worded(given)}.`);
}
const isNamed = (vals: Enqueued): vals is Readonly<Record<string, TensorLike>> =>
  typeof vals === 'object' && vals !== null && Object.getPrototypeOf(vals) === Object.prototype;
const listOf = (vals: Enqueued): readonly TensorLike[] =>
  isNamed(vals) ? Object.values(vals) : isList(vals) ? (vals as readonly TensorLike[]) : [vals as TensorLike];
function inOrder(vals: Readonly<Record<string, TensorLike>>, names: readonly string[] | null): TensorLike[] {
  if (!names) throw new ValueError('Queue must have names to enqueue a dictionary');
  const [keys, wanted] = [Object.keys(vals).sort(), [...names].sort()];
  if (keys.join() !== wanted.join())
    throw new ValueError(
      'Keys in dictionary to enqueue do not match names of Queue.  ' +
        `Dictionary: (${preview(keys)}), Queue: (${preview(wanted)})`,
    );
  return names.map((name) => vals[name]);
}
function below(rows: number | null, { dims }: TensorShape): TensorShape {
  return new TensorShape(dims && [rows, ...dims]);
}
/** What two shapes have in common. */
function common(a: TensorShape, b: TensorShape): TensorShape {
  if (!a.dims || a.rank !== b.rank) return TensorShape.unknown();
  return new TensorShape(a.dims.map((dim, i) => (dim === b.at(i) ? dim : null)));
}
