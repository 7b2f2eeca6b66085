/** From what a program feeds, by name or by tensor, to tensors of the graph and arrays that fit them. */
import { isList, isMap, worded } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { isA } from '../base/preview';
import { isMapping, notNamed } from '../base/mapping';
import { errorOf } from '../base/thrown';
import { type NDArray, madeArray } from '../base/ndarray';
import { now } from '../base/platform';
import { append } from '../base/room';
import { explainFeedKey } from '../advice/feeds';
import type { NestedFeeds } from '../advice/nested';
import { readable } from '../base/unreadable';
import { isConvertible } from '../graph/constant';
import { type Graph, Operation, Tensor } from '../graph/graph';
import type { Feeds, FeedKey, FeedKeys, FeedValue, FeedValues } from '../graph/runner';
import { KeptTensor } from '../graph/tensor-handle';
import type { SessionTensors } from '../kernels/session-tensors';
import { checkTogether, feedToArray } from './feed';
import { areKeys, parted } from './nested-feeds';

export type FeedPairs = readonly (readonly [FeedKey, FeedValues])[];
type NestedPairs = readonly (readonly [FeedKeys, FeedValues])[];
const isMapOfFeeds = (feeds: Feeds): feeds is ReadonlyMap<FeedKeys, FeedValues> => isMap(feeds);
const arePairs = (feeds: Feeds): feeds is NestedPairs => Array.isArray(feeds);
const isNamed = (feeds: Feeds): feeds is Readonly<Record<string, FeedValue>> => isMapping(feeds);
/** Each feed in turn, in whichever form they come. @throws TypeError  for what names no feeds, or is no pair */
function eachFeed(feeds: Feeds | null | undefined, take: (key: FeedKeys, value: FeedValues) => void): void {
  if (feeds === null || feeds === undefined) return;
  checkFeeds(feeds);
  if (isMapOfFeeds(feeds)) feeds.forEach((value, key) => take(key, value));
  else if (arePairs(feeds)) for (const pair of feeds) take(...checkedPair(pair));
  else if (isNamed(feeds)) for (const key of Object.keys(feeds)) take(key, feeds[key]);
}
export function pairsOf(feeds: Feeds | null | undefined): FeedPairs {
  const pairs: (readonly [FeedKey, FeedValues])[] = [];
  eachFeed(feeds, (key, value) => append(pairs, parted(key, value)));
  return pairs;
}

/** @throws TypeError  for what is no pair, which a list of feeds is made of */
function checkedPair(pair: NestedPairs[number]): NestedPairs[number] {
  if (isList(pair) && pair.length === 2) return pair;
  throw new TypeError_(
    `Expected pairs of a tensor and its value in a list of feeds, got ${worded(pair)}.` +
      '\n  fix: [[x, 1], [y, 2]], or by name, {[x.name]: 1, [y.name]: 2}.',
  );
}

/** Several fetches side by side, or fetches and feeds the other way round. */
function noFeeds(given: unknown): Error {
  const name = given instanceof Tensor || given instanceof Operation ? given.name : String(given);
  return new TypeError_(
    `feed_dict must be an object, pairs or a Map, and not a node of the graph: ${name} is its second argument.` +
      '\n  fix: to fetch several, put them in a list: sess.run([a, b], {[X.name]: value}).',
  );
}
/** @throws TypeError  for what names no feeds: a number or text would be passed over, an array be taken for names */
function checkFeeds(feeds: unknown): void {
  if (isConvertible(feeds) || feeds instanceof Tensor || feeds instanceof Operation) throw noFeeds(feeds);
  if (!Array.isArray(feeds) && !isMapping(feeds)) throw notNamed(feeds, 'input must be a dictionary');
}
export class FeedReader {
  private readonly byName = new Map<string, Tensor>();
  constructor(
    private readonly graph: Graph,
    private readonly nested: NestedFeeds,
    private readonly tensors: SessionTensors | null,
  ) {}

  read(feeds: Feeds | null | undefined): { tensors: Tensor[]; arrays: NDArray[] } {
    const tensors: Tensor[] = [];
    const arrays: NDArray[] = [];
    const values: FeedValues[] = [];
    const add = (key: FeedKeys, value: FeedValues): void => {
      if (areKeys(key)) for (const part of parted(key, value)) addOne(...part);
      else addOne(key, value);
    };
    const addOne = (key: FeedKey, value: FeedValues): void => {
      const tensor = this.tensor(key);
      if (!this.graph.flow.isFeedable(tensor)) throw new ValueError(`Tensor ${tensor} may not be fed.`);
      tensors.push(tensor);
      arrays.push(this.array(tensor, value, key));
      values.push(value);
    };
    try {
      eachFeed(feeds, add);
    } catch (error) {
      throw readable(error);
    }
    if (arrays.length > 1) checkTogether(tensors, arrays, values);
    return { tensors, arrays };
  }
  array(tensor: Tensor, value: FeedValues, key: FeedKey): NDArray {
    if (!Array.isArray(value)) {
      const known = value instanceof KeptTensor ? this.held(value) : value;
      return feedToArray(tensor, known, key);
    }
    const started = now();
    const array = feedToArray(tensor, value, key);
    this.nested.fed(tensor, array.size, now() - started);
    return array;
  }
  /** What a handle names: of this session as it lies here, else as its own session reads it. */
  private held(handle: KeptTensor): FeedValue {
    const value = this.tensors?.find(handle.handle);
    return value ? madeArray(value.dtype, value.shape, value.read()) : handle.eval();
  }
  /** @throws TypeError  where the key is no tensor of the graph */
  tensor(key: FeedKey): Tensor {
    if (typeof key !== 'string') return isA(key, Tensor) && key.graph === this.graph ? key : this.find(key);
    let tensor = this.byName.get(key);
    if (!tensor) this.byName.set(key, (tensor = this.find(key)));
    return tensor;
  }
  private find(key: FeedKey): Tensor {
    try {
      const name =
        typeof key === 'string' && !key.includes(':') && this.graph.findOperation(key)?.outputs.length === 1
          ? `${key}:0`
          : key;
      return this.graph.asGraphElement(isConvertible(name) ? name.asTensor(true) : name, true, false);
    } catch (error) {
      throw new TypeError_(
        `Cannot interpret feed_dict key as Tensor: ${errorOf(error).message}${explainFeedKey(key, this.graph)}`,
      );
    }
  }
}
