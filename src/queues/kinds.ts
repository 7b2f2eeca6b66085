/** The four kinds of queues, which differ in what comes out first. */
import { isList } from '../base/border';
import { type DTypeLike, asDtype, int64 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { md5Head } from '../base/md5';
import { type ShapeLike, TensorShape } from '../base/shape';
import { type Args, constructorOf } from '../calls/bind';
import type { AttrValues } from '../format/attr';
import { applyOp } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import { seedsFor } from '../graph/seed';
import { type ComponentTypes, QueueBase, type Shapes } from './queue';

type Settings<N> = [names?: N, sharedName?: string, name?: string];
type Made<D, N> = [capacity: number, dtypes: D, shapes?: Shapes, ...Settings<N>];
type Padded<D, N> = [capacity: number, dtypes: D, shapes: Shapes, ...Settings<N>];
type Prior<D, N> = [capacity: number, types: D, shapes?: Shapes, ...Settings<N>];
type Shuffled<D, N> = [
  capacity: number,
  minAfterDequeue: number,
  dtypes: D,
  shapes?: Shapes,
  names?: N,
  seed?: number,
  sharedName?: string,
  name?: string,
];
type Names = string | readonly string[];
type Taken = Made<ComponentTypes, Names>;
const FIFO = constructorOf<Taken>('FIFOQueue');
const PADDING = constructorOf<Taken>('PaddingFIFOQueue');
const PRIORITY = constructorOf<Taken>('PriorityQueue');
const RANDOM = constructorOf<Shuffled<ComponentTypes, Names>>('RandomShuffleQueue');

/**
 * First in, first out.
 *
 *     const queue = new tf.FIFOQueue(2, [tf.float32, tf.string], [[], []]);
 *     sess.run(queue.enqueue([1, 'one']));
 *     sess.run(queue.size())   // 1
 *     const [number, text] = queue.dequeue();
 *     sess.run(number)         // 1
 */
export class FIFOQueue<
  const D extends ComponentTypes = DTypeLike,
  const N extends Names | null = null,
> extends QueueBase<D, N> {
  /**
   * Makes a queue.
   *
   * @param capacity    how many elements it has room for; below 0 any number
   * @param dtypes      the dtype of an element, or a list with one for each of its components
   * @param shapes      the shapes of the components, all known; where not given, elements may have any, and
   *   `dequeueMany` is refused
   * @param names       names for the components: elements are objects then
   * @param sharedName  under which other sessions of the same worker find it; '' for this session's alone
   * @param name        the node's name
   * @throws ValueError  for shapes that are not known, and lists of different lengths
   */
  constructor(...given: Args<'FIFOQueue', Made<D, N>>) {
    const [capacity, dtypes, shapes = null, names = null, sharedName, name = 'fifo_queue'] = FIFO.take(given);
    super(...made('FIFOQueueV2', [capacity, dtypes, shapes, names], { shared_name: sharedName ?? '' }, name));
  }
}
/**
 * First in, first out, of elements whose shapes are known in part: `dequeueMany` fills up the smaller ones with zeros.
 *
 *     const queue = new tf.PaddingFIFOQueue(4, tf.int32, [[null]]);
 *     const words = tf.placeholder(tf.int32, [null]);
 *     for (const each of [[1], [2, 3]]) sess.run(queue.enqueue(words), { [words.name]: each });
 *     sess.run(queue.dequeueMany(2))   // [[1, 0], [2, 3]]
 */
export class PaddingFIFOQueue<
  const D extends ComponentTypes = DTypeLike,
  const N extends Names | null = null,
> extends QueueBase<D, N> {
  /**
   * Makes a queue.
   *
   * @param capacity    how many elements it has room for; below 0 any number
   * @param dtypes      the dtype of an element, or a list with one for each of its components
   * @param shapes      a list of the shapes of the components; dimensions may be null
   * @param names       names for the components: elements are objects then
   * @param sharedName  under which other sessions of the same worker find it; '' for this session's alone
   * @param name        the node's name
   * @throws ValueError  for shapes of unknown rank, and lists of different lengths
   */
  constructor(...given: Args<'PaddingFIFOQueue', Padded<D, N>>) {
    const [capacity, dtypes, shapes, names = null, sharedName, name = 'padding_fifo_queue'] = PADDING.take(given);
    if (!isList(shapes) || !shapes.length || isOne(shapes))
      throw new ValueError('When providing partial shapes, a list of shapes must be provided.');
    const [types, known] = [listOf(dtypes), shapes.length];
    if (types.length !== known)
      throw new ValueError(
        `Shapes must be provided for all components, but received ${types.length} dtypes and ${known} shapes.`,
      );
    const attrs = { shared_name: sharedName ?? '' };
    super(...made('PaddingFIFOQueueV2', [capacity, types, shapes, names], attrs, name, true));
  }
}
/**
 * Gives the elements whose priority is least first. The priority is a component of its own, in front: an int64 scalar.
 *
 *     const queue = new tf.PriorityQueue(4, tf.string, []);
 *     sess.run(queue.enqueueMany([new BigInt64Array([3n, 1n]), ['later', 'first']]));
 *     const [priority, text] = queue.dequeue();
 *     sess.run(text)   // 'first'
 */
export class PriorityQueue<
  const D extends ComponentTypes = DTypeLike,
  const N extends Names | null = null,
> extends QueueBase<Behind<D>, N> {
  /**
   * Makes a queue.
   *
   * @param capacity    how many elements it has room for; below 0 any number
   * @param types       the dtype of what is behind the priority, or a list of dtypes
   * @param shapes      the shapes of these, all known
   * @param names       names for all components: elements are objects then
   * @param sharedName  under which other sessions of the same worker find it; '' for this session's alone
   * @param name        the node's name
   * @throws ValueError  for shapes that are not known, and lists of different lengths
   */
  constructor(...given: Args<'PriorityQueue', Prior<D, N>>) {
    const [capacity, dtypes, shapes = null, names = null, sharedName, name = 'priority_queue'] = PRIORITY.take(given);
    const attrs = { shared_name: sharedName ?? '' };
    const [types, known, , ref] = made('PriorityQueueV2', [capacity, dtypes, shapes, null], attrs, name);
    super([int64, ...types], known && [TensorShape.scalar(), ...known], namesOf(names), ref);
  }
}
type Behind<D> = D extends readonly DTypeLike[] ? readonly [DTypeLike, ...D] : readonly [DTypeLike, DTypeLike];
/**
 * Gives elements in random order, by a stream of its own.
 *
 *     const queue = new tf.RandomShuffleQueue(10, 2, tf.int32, [], { seed: 3 });
 *     sess.run(queue.enqueueMany([[0, 1, 2, 3, 4, 5, 6, 7]]));
 *     sess.run(queue.dequeue())   // 7
 */
export class RandomShuffleQueue<
  const D extends ComponentTypes = DTypeLike,
  const N extends Names | null = null,
> extends QueueBase<D, N> {
  /**
   * Makes a queue.
   *
   * @param capacity         how many elements it has room for; below 0 any number
   * @param minAfterDequeue  how many stay in it as long as it is open: the more, the better they are mixed
   * @param dtypes           the dtype of an element, or a list with one for each of its components
   * @param shapes           the shapes of the components, all known
   * @param names            names for the components: elements are objects then
   * @param seed             of its order; without one, and without `tf.setRandomSeed`, another one in each session
   * @param sharedName       under which other sessions of the same worker find it; '' for this session's alone
   * @param name             the node's name
   * @throws ValueError  for shapes that are not known, and lists of different lengths
   */
  constructor(...given: Args<'RandomShuffleQueue', Shuffled<D, N>>) {
    const [capacity, least, dtypes, shapes = null, names = null, seed, sharedName, name = 'random_shuffle_queue'] =
      RANDOM.take(given);
    const [first, second] = seedsOf(seed ?? null, sharedName ?? null);
    const attrs = { min_after_dequeue: least, seed: first, seed2: second, shared_name: sharedName ?? '' };
    super(...made('RandomShuffleQueueV2', [capacity, dtypes, shapes, names], attrs, name));
  }
}
/** Where the graph has a seed and the queue none, one that is shared has the same in all graphs. */
function seedsOf(seed: number | null, sharedName: string | null): readonly [number, number] {
  const [first, second] = seedsFor(seed);
  if (first === null) return [0, 0];
  return [first, seed === null && sharedName !== null ? md5Head(`${first}${sharedName}`) & 0x7fffffff : second];
}

const listOf = (dtypes: ComponentTypes): DTypeLike[] => (isList(dtypes) ? [...dtypes] : [dtypes]) as DTypeLike[];
const namesOf = (names: Names | null): readonly string[] | null => (names === null || isList(names) ? names : [names]);
/** A shape, and no list of them. */
const isOne = (shapes: readonly unknown[]): boolean => shapes.every((dim) => dim === null || typeof dim === 'number');
function shapesOf(shapes: Shapes | null, partial: boolean): TensorShape[] | null {
  if (shapes === null) return null;
  if (!isList(shapes) && !(shapes instanceof TensorShape))
    throw new TypeError_('shapes must be a TensorShape or a list or tuple of TensorShapes.');
  const list = shapes instanceof TensorShape || isOne(shapes) ? [shapes] : shapes;
  const all = Array.from(list as readonly ShapeLike[], (shape) => TensorShape.of(shape));
  const written = (): string => `[${all.map(shown).join(', ')}]`;
  if (!partial && all.some((shape) => !shape.fullDims))
    throw new ValueError(`All shapes must be fully defined: ${written()}`);
  if (all.some((shape) => !shape.dims)) throw new ValueError(`All shapes must have a defined rank: ${written()}`);
  return all;
}
/** A shape as Python shows it in a list. */
const shown = ({ dims }: TensorShape): string =>
  `TensorShape(${dims ? `[${dims.map((dim) => `Dimension(${dim ?? 'None'})`).join(', ')}]` : 'None'})`;
/** The node of a queue, and what its object knows. */
function made(
  type: string,
  [capacity, dtypes, shapes, names]: readonly [number, ComponentTypes, Shapes | null, Names | null],
  more: AttrValues,
  name: string,
  partial = false,
): [DTypeLike[], TensorShape[] | null, readonly string[] | null, Tensor] {
  const types = listOf(dtypes).map((each) => asDtype(each));
  const known = shapesOf(shapes, partial);
  const list = namesOf(names);
  if (list && list.length !== types.length)
    throw new ValueError('List of names must have the same length as the list of dtypes');
  const attrs = { component_types: types, shapes: known ?? [], capacity, ...more };
  return [types, known, list, applyOp(type, [], attrs, name).outputs[0]];
}
