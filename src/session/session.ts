/** `Session`: asks for plans, runs them, and owns what outlives a run. */
import { guardClass } from '../base/misses';
import { checkList } from '../base/border';
import { RuntimeError, ValueError } from '../base/errors';
import { type Args, bound } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { type Graph, getDefaultGraph } from '../graph/graph';
import {
  type Feeds,
  type FeedKey,
  type FeedValue,
  defaultRunner,
  dropDefaultRunner,
  pushDefaultRunner,
} from '../graph/runner';
import { KeptTensor } from '../graph/tensor-handle';
import { type Device, hasMany } from '../kernels/kernel';
import * as takes from './config';
import type { Opened, PartialNames, RunArguments, RunNames, SessionConfig } from './config';
import type { Backend } from './backend';
import type { DeviceAttributes } from './device-attributes';
import { type FeedPairs, FeedReader, pairsOf } from './feed-dict';
import { checkTogether } from './feed';
import { FetchPlans, type FetchResult, type Fetches, type HandleOf } from './fetch';
import { type RunHook, RunHooks } from './hooks';
import { freeWith, free } from './owned';
import type { RunMetadata, RunOptions } from './metadata';
import { closedSession, emptyGraph, showSession } from './refusals';
import { openBackend, resetTarget } from './target';
import { Worker, checkWorker } from './worker';

const NO_ARGUMENTS: RunArguments = {};
type FetchNames<F> = RunNames & { readonly fetches: F };
interface FeedList {
  readonly feedList?: readonly FeedKey[] | null;
}
const HOOKS = new RunHooks<Session>();
/** Watches every run of every session, until what this returns is called. */
export function observeRuns(hook: RunHook<Session>): () => void {
  return HOOKS.add(hook);
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
export class Session {
  /** A remote master; '' for this process. */
  readonly target: string;
  /** The graph that it runs. */
  readonly graph: Graph;
  private readonly worker: Worker;
  private readonly ownsWorker: boolean;
  private readonly engine: Backend;
  private readonly fetchPlans: FetchPlans;
  private readonly feeds: FeedReader;
  private closed = false;

  /**
   * Opens a session: `new tf.Session()` on the default graph and the fastest device there is.
   *
   * @param target  a remote master, as `grpc://host:port`; '' for this process
   * @param graph   the graph to run, the default one where not given
   * @param config  the device, and how to run
   * @param worker  whose variables it sees: its own where none is given
   * @throws ValueError  for a target that is none
   * @throws NotFoundError  if the device that is asked for cannot be loaded
   */
  constructor(...given: Args<'Session', Opened>) {
    const [target = '', graph, config = {}, worker] = takes.SESSION.take(given);
    this.target = target;
    this.graph = graph ?? getDefaultGraph();
    if (worker !== undefined) checkWorker(worker);
    this.worker = worker ?? new Worker();
    this.ownsWorker = !worker;
    this.engine = openBackend(target, this.graph, takes.checkConfig(config), this.worker);
    const { tensors } = this.engine.owned;
    const handleOf: HandleOf = (handle, { op }) => new KeptTensor(handle, op.inputs[0].dtype, this, tensors);
    this.fetchPlans = new FetchPlans(this.graph, handleOf);
    this.feeds = new FeedReader(this.graph, this.engine.nested, tensors);
    freeWith(this, this.engine.owned);
  }

  /** The device that runs the kernels. Opened at first use. */
  get device(): Device {
    return this.engine.device;
  }

  /** Computes the fetches, with the rest by name. */
  run<const F extends Fetches>(fetches: F, named?: RunNames): FetchResult<F>;
  /** Computes the fetches, all by name. */
  run<const F extends Fetches>(named: FetchNames<F>): FetchResult<F>;
  /**
   * Computes the fetches.
   *
   * @param fetches      a tensor, operation, variable or name, or arrays and objects of them, nested
   * @param feedDict     values for tensors: by name, as pairs, or a Map; any tensor may be fed
   * @param options      `tf.RunOptions`: how much it records
   * @param runMetadata  what it recorded
   * @returns the structure of the fetches: null for an operation, a plain value for a scalar, else an NDArray
   * @throws InvalidArgumentError  for an unfed placeholder, FailedPreconditionError for an uninitialized variable,
   *   ValueError for a feed or fetch that does not fit; the session stays usable
   */
  run<const F extends Fetches>(
    fetches: F,
    feedDict?: Feeds | null,
    options?: Partial<RunOptions> | Omit<RunArguments, 'signal'> | null,
    runMetadata?: RunMetadata | null,
  ): FetchResult<F>;
  run(...given: readonly unknown[]): unknown {
    const [fetches, feeds, options, runMetadata] = takes.RUN.take(given);
    const args = options || runMetadata ? takes.runArguments(options, runMetadata) : NO_ARGUMENTS;
    if (!HOOKS.any) return this.runAny(fetches, feeds, args);
    return this.hooked(
      this.run,
      fetches,
      () => pairsOf(feeds),
      () => this.runAny(fetches, feeds, args),
    );
  }
  /** Does a run, through the hooks where there are any. */
  private hooked(
    calledAs: (...args: never[]) => unknown,
    fetches: unknown,
    feeds: () => FeedPairs,
    run: () => unknown,
  ): unknown {
    return HOOKS.any ? HOOKS.run({ session: this, fetches, feeds: feeds(), calledAs }, run) : run();
  }
  private runAny(fetches: unknown, feeds: Feeds | null | undefined, args: RunArguments): unknown {
    this.checkOpen(fetches);
    const { tensors, arrays } = this.feeds.read(feeds);
    return this.engine.run(this.fetchPlans.of(fetches), tensors, arrays, args);
  }
  private async waitFor(fetches: unknown, feeds: Feeds | null | undefined, args: RunArguments): Promise<unknown> {
    this.checkOpen(fetches);
    const { tensors, arrays } = this.feeds.read(feeds);
    return this.engine.later(this.fetchPlans.of(fetches), tensors, arrays, args);
  }
  /** As `run`, as a promise, with the rest by name. */
  runAsync<const F extends Fetches>(fetches: F, named?: RunNames): Promise<FetchResult<F>>;
  /** As `run`, as a promise, all by name. */
  runAsync<const F extends Fetches>(named: FetchNames<F>): Promise<FetchResult<F>>;
  /**
   * As `run`, as a promise: for nodes that must wait.
   *
   * @throws CancelledError  where the session is closed meanwhile, or `signal` says so; DeadlineExceededError
   *   after the options' `timeoutInMs`
   */
  runAsync<const F extends Fetches>(
    fetches: F,
    feedDict?: Feeds | null,
    options?: Partial<RunOptions> | RunArguments | null,
    runMetadata?: RunMetadata | null,
    signal?: AbortSignal | null,
  ): Promise<FetchResult<F>>;
  runAsync(...given: readonly unknown[]): unknown {
    const [fetches, feeds, options, runMetadata, signal] = takes.RUN_ASYNC.take(given);
    const args = takes.runArguments(options, runMetadata, signal);
    return this.hooked(
      this.runAsync,
      fetches,
      () => pairsOf(feeds),
      () => this.waitFor(fetches, feeds, args),
    );
  }
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
   * @param containers  drops what is in these; all of them where none are named
   * @throws UnavailableError  where nobody listens
   */
  static reset(
    ...given: Args<'Session.reset', [target: string, containers?: readonly string[], config?: SessionConfig]>
  ): void {
    const [target, containers = [], config = {}] = takes.RESET.take(given);
    checkList(containers, 'containers');
    resetTarget(target, containers, takes.checkConfig(config));
  }
  /** Frees the variables and whatever else the session owns. */
  close(): void {
    if (!this.closed) HOOKS.closing(this);
    this.closed = true;
    this.engine.close();
    if (this.ownsWorker) this.worker.reset();
    free(this.engine.owned);
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return showSession(this.graph.size, this.closed, this.engine.kind);
  }
  [Symbol.dispose](): void {
    this.close();
  }

  private checkNotClosed(): void {
    if (this.closed) throw closedSession();
  }
  private checkOpen(fetches?: unknown): void {
    this.checkNotClosed();
    if (this.graph.size === 0) throw emptyGraph(fetches);
  }
}
guardClass(Session, 'tf.Session');
bindMethods(Session, { close: 'Session.close', listDevices: 'Session.list_devices' });
