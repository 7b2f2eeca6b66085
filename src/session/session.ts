/** `Session`: runs a graph, at once, as a function, or in parts. */
import { guardClass } from '../base/misses';
import { checkList } from '../base/border';
import { RuntimeError, ValueError } from '../base/errors';
import { type Args, bound } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import {
  type Feeds,
  type FeedKey,
  type FeedValue,
  defaultRunner,
  dropDefaultRunner,
  pushDefaultRunner,
} from '../graph/runner';
import { hasMany } from '../kernels/kernel';
import { BaseSession, NO_ARGUMENTS } from './base-session';
import * as takes from './config';
import type { PartialNames, SessionConfig } from './config';
import type { DeviceAttributes } from './device-attributes';
import { type FeedPairs, pairsOf } from './feed-dict';
import { checkTogether } from './feed';
import type { FetchResult, Fetches } from './fetch';
import { type RunHook, RunHooks } from './hooks';
import { resetTarget } from './target';

const HOOKS = new RunHooks<Session>();
/** Watches every run of every session, until what this returns is called. */
export function observeRuns(hook: RunHook<Session>): () => void {
  return HOOKS.add(hook);
}

interface FeedList {
  readonly feedList?: readonly FeedKey[] | null;
}
/**
 * The session that `tensor.eval()` and `op.run()` use.
 *
 *     tf.getDefaultSession()                                       // null
 *     sess.asDefault(() => tf.getDefaultSession() === sess)   // true
 *
 * @returns  the session of the open `session.asDefault`, or an open `InteractiveSession`; null where there is none
 */
export const getDefaultSession = bound('get_default_session', (): Session | null => {
  const runner = defaultRunner();
  return runner instanceof Session ? runner : null;
});

/**
 * Runs a graph: computes what is fetched, and nothing else, and keeps the variables.
 *
 *     const x = tf.placeholder(tf.float32, [null], { name: 'x' });
 *     const y = x.mul(2);
 *     const sess = new tf.Session();
 *     sess.run(y, { 'x:0': [1, 2, 3] })   // [2, 4, 6]
 *     sess.close();
 */
export class Session extends BaseSession {
  /** The same as `makeCallable(fetches, feedList)`, by name. */
  makeCallable<const F extends Fetches>(
    named: Required<FeedList> & { readonly fetches: F },
  ): (...values: FeedValue[]) => FetchResult<F>;
  /**
   * A function that runs these fetches with values for `feedList`, in order: the plan is made once.
   *
   *     const x = tf.placeholder(tf.float32, []);
   *     const twice = sess.makeCallable(x.mul(2), [x]);
   *     twice(3)   // 6
   *
   * @param fetches   as in `run`
   * @param feedList  what the arguments of the function are fed to
   * @returns  the function
   */
  makeCallable<const F extends Fetches>(
    fetches: F,
    feedList?: readonly FeedKey[] | FeedList | null,
  ): (...values: FeedValue[]) => FetchResult<F>;
  makeCallable(...given: readonly unknown[]): (...values: FeedValue[]) => unknown {
    const [fetches, keys = []] = takes.MAKE_CALLABLE.take(given);
    this.checkOpen();
    const fetchPlan = this.fetchPlans.once(fetches);
    checkList(keys, 'feed_list');
    const tensors = Array.from(keys, (key) => this.feeds.tensor(key));
    const run = (values: readonly FeedValue[]): unknown => {
      this.checkOpen();
      if (values.length !== tensors.length)
        throw new ValueError(`Expected ${tensors.length} feed values, got ${values.length}.`);
      const arrays = values.map((v, i) => this.feeds.array(tensors[i], v, tensors[i].name));
      if (arrays.length > 1) checkTogether(tensors, arrays, values);
      return this.engine.run(fetchPlan, tensors, arrays, NO_ARGUMENTS);
    };
    const callable = (...values: FeedValue[]): unknown =>
      this.hooked(
        callable,
        fetches,
        () => keys.map((key, i) => [key, values[i]] as const),
        () => run(values),
      );
    return callable;
  }
  /**
   * Begins a run that is fed and fetched in parts.
   *
   *     const [a, b, c] = [1, 2, 3].map(() => tf.placeholder(tf.float32, []));
   *     const sum = a.add(b);
   *     const product = sum.mul(c);
   *     const handle = sess.partialRunSetup([sum, product], [a, b, c]);
   *     const s = sess.partialRun(handle, sum, { [a.name]: 1, [b.name]: 2 })   // 3
   *     sess.partialRun(handle, product, { [c.name]: 10 })                     // 30
   *
   * @param fetches  all that will be fetched; operations among them are run as soon as they can be
   * @param feeds    all that will be fed
   * @returns  a handle, good until everything was fed and fetched
   */
  partialRunSetup(
    ...given: Args<'Session.partial_run_setup', [fetches: Fetches, feeds?: FeedKey | readonly FeedKey[]]>
  ): string {
    const [fetches, feeds = []] = takes.PARTIAL_RUN_SETUP.take(given);
    this.checkOpen();
    const { tensors, targets } = this.fetchPlans.once(fetches);
    const keys: readonly FeedKey[] = hasMany<FeedKey>(feeds) ? feeds : [feeds];
    return this.engine.setUp({ fetches: tensors, targets, feeds: keys.map((key) => this.feeds.tensor(key)) });
  }
  /**
   * Goes on with a run in parts: feeds what has not been fed, fetches what has not been fetched.
   *
   * @throws InvalidArgumentError  for what `partialRunSetup` was not told of, for what came before, and for a fetch
   *   that needs a feed that has not come
   */
  partialRun<const F extends Fetches>(
    handle: string,
    fetches: F,
    feedDict?: Feeds | { readonly feedDict: Feeds } | null,
  ): FetchResult<F>;
  partialRun<const F extends Fetches>(handle: string, named: PartialNames<F>): FetchResult<F>;
  partialRun<const F extends Fetches>(named: PartialNames<F> & { readonly handle: string }): FetchResult<F>;
  partialRun(...given: readonly unknown[]): unknown {
    const [handle, fetches, feeds] = takes.PARTIAL_RUN.take(given);
    return this.hooked(
      this.partialRun,
      fetches,
      () => pairsOf(feeds),
      () => {
        this.checkOpen();
        const plan = this.fetchPlans.of(fetches);
        if (plan.targets.length) throw new RuntimeError('partial_run() requires empty target_list.');
        const { tensors, arrays } = this.feeds.read(feeds);
        return plan.build(this.engine.goOn(handle, plan.tensors, tensors, arrays));
      },
    );
  }
  /** Runs `body` with this session as the default one, which `tensor.eval()` and `op.run()` use, and its graph. */
  asDefault<R>(body: (session: this) => R | []): R;
  asDefault<R>(...given: readonly unknown[]): R {
    const [body] = takes.AS_DEFAULT.takeWithBody<(session: this) => R>(given);
    pushDefaultRunner(this);
    try {
      return this.graph.asDefault(() => body(this));
    } finally {
      dropDefaultRunner(this);
    }
  }
  /** The devices that it may use: one in this process, those of a server and of its cluster elsewhere. */
  listDevices(): readonly DeviceAttributes[] {
    this.checkNotClosed();
    return this.engine.listDevices();
  }
  /**
   * Ends all sessions of a target, as if their programs had closed them, and drops variables, queues and tables.
   *
   *     const other = new tf.Session();
   *     tf.Session.reset('');   // other.run(…) is a CancelledError from now on
   *
   * @param target      a server, as `grpc://host:port`; '' for the sessions of this process
   * @param containers  drops what is in these; where none are named, what was made outside of `tf.container`
   * @throws UnavailableError  where nobody listens
   */
  static reset(
    ...given: Args<'Session.reset', [target: string, containers?: readonly string[], config?: SessionConfig]>
  ): void {
    const [target, containers = [], config = {}] = takes.RESET.take(given);
    checkList(containers, 'containers');
    resetTarget(target, containers, takes.checkConfig(config));
  }

  protected override get isWatched(): boolean {
    return HOOKS.any;
  }
  protected override hooked(
    calledAs: (...args: never[]) => unknown,
    fetches: unknown,
    feeds: () => FeedPairs,
    run: () => unknown,
  ): unknown {
    return HOOKS.any ? HOOKS.run({ session: this, fetches, feeds: feeds(), calledAs }, run) : run();
  }
  protected override beforeClose(): void {
    HOOKS.closing(this);
  }
}
guardClass(Session, 'tf.Session');
bindMethods(Session, { listDevices: 'Session.list_devices' });
