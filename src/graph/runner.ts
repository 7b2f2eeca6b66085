/**
 * What can run a graph, as those see it who build one: a session is a Runner. And what `tensor.eval()` does with it.
 */
import { memberOf } from '../base/thrown';
import type { DType, TypedArray } from '../base/dtype';
import { worded } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import type { Nested, NestedBytes } from '../base/nested';
import { isRevoked, preview } from '../base/preview';
import type { Convertible } from './constant';
import type { FetchedOf } from './fetched';
import type { Graph } from './graph';
import { Operation, type Tensor } from './operation';

/** @throws TypeError  for what is no session */
export function checkSession(sess: unknown): void {
  if (typeof sess === 'object' && sess !== null && !isRevoked(sess) && 'run' in sess && 'graph' in sess) return;
  throw new TypeError_(`'sess' must be a Session; ${preview(sess)}`);
}
/** A tfjs tensor: read by its public methods, so that no tfjs package is needed to feed one. */
export interface TfjsTensor {
  /** The sizes of its dimensions. */
  readonly shape: readonly number[];
  /** The name of its element type. */
  readonly dtype: string;
  /** Its elements. */
  dataSync(): ArrayLike<number> | string[];
}
/**
 * A tensor that stays in a session: what a run gives for `tf.getSessionHandle(x)`. It may be fed for any tensor that
 * its value fits. What no program names any more is dropped, and all of them with the session.
 *
 *     const kept = sess.run(tf.getSessionHandle(tf.constant([1, 2])));
 *     kept.eval()   // [1, 2]
 *     kept.delete();
 */
export interface TensorHandle {
  /** `name of the node;number;device`: what is fed for the holder of `tf.getSessionTensor`. */
  readonly handle: string;
  /** The type of the tensor. */
  readonly dtype: DType;
  /** Its value. @throws TypeError  for one that was deleted */
  eval(): Fetched;
  /** Drops it. @throws TypeError  for one that was deleted before */
  delete(): void;
  /** The text of the handle; from now on the tensor stays until it is deleted, or the session closed. */
  getRawHandle(): string;
  /** The text of the handle. */
  toString(): string;
}
/** What may be fed for a tensor. */
export type FeedValue = TensorHandle | Nested | NestedBytes | TypedArray | NDArray | TfjsTensor | readonly TypedArray[];
/** What names a tensor in a feed: itself, a variable, or its name. */
export type FeedKey = Tensor | Convertible | string;
/** Tensors that are fed together, such as the state of a recurrent net. */
export type FeedKeys = FeedKey | readonly FeedKeys[];
/** What is fed for them: a value for each, in the same lists. */
export type FeedValues = FeedValue | readonly FeedValues[];
/**
 * Values by tensor name, as pairs, or as a Map. A pair may have the same lists of tensors and of values. What is
 * declared so can be built step by step:
 *
 *     const feeds: tf.FeedDict = new Map();
 *     feeds.set(tf.placeholder(tf.float32), 1);
 */
export type FeedDict = Record<string, FeedValue> | FeedPair[] | Map<FeedKeys, FeedValues>;
/** What a run takes as feeds: also what cannot be changed. */
export type Feeds = FeedDict | readonly FeedPair[] | ReadonlyMap<FeedKeys, FeedValues>;
/** A key and its value. */
export type FeedPair =
  | readonly [FeedKeys, FeedValues]
  | { [K in keyof KeysOfPairs]: PairAsList<KeysOfPairs[K]> }[keyof KeysOfPairs];
/** What is the key of a pair. What stands above the graph adds itself. */
export interface KeysOfPairs {
  /** A tensor itself. */
  readonly tensor: Tensor;
  /** Its name. */
  readonly name: string;
}
/**
 * A pair of which the compiler knows no more than that one of its two is a key: `xs.map((x, i) => [x, a[i]])`. What
 * it knows the places of, as `[x]`, is none.
 */
type PairAsList<K> = readonly (FeedKeys | FeedValues)[] & { includes(key: K): boolean; readonly 0?: never };
/** What a run gives for one tensor. */
export type Fetched = number | boolean | string | bigint | NDArray;

/** What a run gives for a tensor of which the compiler may know something. */
export type FetchedAs<T> = unknown extends FetchedOf<T> ? Fetched : FetchedOf<T>;

/** What computes tensors: a session. */
export interface Runner {
  /** The graph that it runs. */
  readonly graph: Graph;
  /** Computes a tensor, or runs an operation. */
  run(fetch: Tensor | Operation, feeds?: Feeds | null): unknown;
}

/** Open default runners, innermost last. */
const DEFAULTS: Runner[] = [];
export function defaultRunner(): Runner | null {
  return DEFAULTS[DEFAULTS.length - 1] ?? null;
}
export function pushDefaultRunner(runner: Runner): void {
  DEFAULTS.push(runner);
}
/** Takes the innermost one that is this runner off again. */
export function dropDefaultRunner(runner: Runner): void {
  const at = DEFAULTS.lastIndexOf(runner);
  if (at >= 0) DEFAULTS.splice(at, 1);
}

interface InSession {
  /** What computes it; the default session where not given. */
  readonly session?: Runner | null;
}
/** What `eval` and `run` take by name. */
interface RunIn extends InSession {
  /** Values of placeholders. */
  readonly feedDict?: Feeds | null;
}
declare module './operation' {
  interface Tensor {
    /** Runs this tensor in `session`, or in the default one. */
    eval<T extends Tensor>(this: T, feedDict?: Feeds | RunIn | null, session?: Runner | InSession | null): FetchedAs<T>;
  }
  interface Operation {
    /** Runs this operation in `session`, or in the default one. */
    run(feedDict?: Feeds | RunIn | null, session?: Runner | InSession | null): void;
  }
}
/** `tensor.eval()`. */
export function evalTensor<T extends Tensor>(this: T, feeds?: Feeds | null, session?: Runner): FetchedAs<T> {
  const runner = runnerFor(
    this.graph,
    session,
    'Cannot evaluate tensor using `eval()`: No default session is registered. Use `with sess.as_default()` or pass ' +
      'an explicit session to `eval(session=sess)`',
    ['evaluate tensor', "tensor's", '`eval(session=sess)`'],
  );
  return runner.run(this, feeds) as FetchedAs<T>;
}
/** `operation.run()`. */
export function runOperation(this: Operation, feeds?: Feeds | null, session?: Runner): void {
  runnerFor(
    this.graph,
    session,
    'Cannot execute operation using `run()`: No default session is registered. Use `with sess.as_default():` or pass ' +
      'an explicit session to `run(session=sess)`',
    ['execute operation', "operation's", 'run(session=sess)'],
  ).run(this, feeds);
}
function runnerFor(graph: Graph, given: Runner | undefined, none: string, words: Elsewhere): Runner {
  const found = given ?? defaultRunner();
  if (!found)
    throw new ValueError(
      `${none}\n  in TypeScript: sess.asDefault(() => …), new tf.InteractiveSession(), or pass the session: ` +
        'x.eval({}, sess).',
    );
  if (typeof memberOf(found, 'run') !== 'function' || found instanceof Operation)
    throw new TypeError_(`${worded(found)} is no session.\n  fix: x.eval({}, sess), or sess.run(x).`);
  if (found.graph !== graph)
    throw new ValueError(
      `${elsewhere(found === given, words)}\n  likely cause: ` +
        'tf.resetDefaultGraph() or graph.asDefault(…) between the making of the two.',
    );
  return found;
}
/** What is done, whose graph is another, and what helps. */
type Elsewhere = readonly [what: string, whose: string, call: string];
function elsewhere(isGiven: boolean, [what, whose, call]: Elsewhere): string {
  const said = `session to ${what}: the ${whose} graph is different from the session's graph.`;
  return isGiven
    ? `Cannot use the given ${said}`
    : `Cannot use the default ${said} Pass an explicit session to ${call}.`;
}
