/** `Session`: asks for plans, runs them, and owns what outlives a run. */
import { ValueError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { Advisor } from '../advice/advisor';
import { type Graph, type Tensor, getDefaultGraph } from '../graph/graph';
import {
  type FeedDict,
  type FeedKey,
  type FeedValue,
  defaultRunner,
  dropDefaultRunner,
  pushDefaultRunner,
} from '../graph/runner';
import { openDevice } from '../kernels/devices';
import type { Device } from '../kernels/kernel';
import { PlanCache } from '../plan/cache';
import { optimizationsOf } from '../plan/optimize';
import type { PlanChoice } from '../plan/tuner';
import { type RunArguments, type SessionConfig, type SessionOptions, cacheOptions } from './config';
import { interpret } from './executor';
import { FeedCache } from './feed-cache';
import { type FeedPairs, FeedReader, pairsOf } from './feed-dict';
import { type FetchPlan, FetchPlans, type FetchResult, type Fetches, planFetches } from './fetch';
import { type RunHook, RunHooks } from './hooks';
import { RunOptions, StatsCollector } from './metadata';
import { type Owned, freeWith, free } from './owned';
import { closedSession, emptyGraph, remote } from './refusals';
import { type RunOrder, Runs } from './runs';
import type { Results } from './session-run';
import { Worker } from './worker';
export type { SessionConfig, SessionOptions } from './config';
export type { FeedDict, FeedKey } from '../graph/runner';

/** With what makes of its results what the caller gets. */
interface Order extends RunOrder {
  finish(values: Results): unknown;
}

const HOOKS = new RunHooks<Session>();
/** Watches every run of every session, until what this returns is called. */
export function observeRuns(hook: RunHook<Session>): () => void {
  return HOOKS.add(hook);
}

export function getDefaultSession(): Session | null {
  const runner = defaultRunner();
  return runner instanceof Session ? runner : null;
}

/**
 * Runs a graph: computes what is fetched, and nothing else, and keeps the variables.
 *
 *     const sess = new tf.Session();
 *     sess.run(tf.globalVariablesInitializer());
 *     const [, c] = sess.run([trainStep, cost], {[X.name]: images, [Y.name]: labels});
 */
export class Session {
  readonly graph: Graph;
  private readonly config: SessionConfig;
  private readonly worker: Worker;
  private readonly ownsWorker: boolean;
  private readonly owned: Owned = { plans: null, feeds: null };
  private readonly fetchPlans: FetchPlans;
  private readonly feeds: FeedReader;
  private readonly advisor: Advisor;
  private device_: Device | null = null;
  private runs_: Runs | null = null;
  /** The version of the graph at the last run. */
  private seen = -1;
  private closed = false;

  /**
   * @param target   a remote master, as `grpc://host:port`; '' for this process
   * @param options  `graph`: the graph to run, the default one where not given; `config`: the device
   */
  constructor(
    readonly target = '',
    options: SessionOptions = {},
  ) {
    if (target) throw remote(target);
    this.graph = options.graph ?? getDefaultGraph();
    this.config = options.config ?? {};
    this.fetchPlans = new FetchPlans(this.graph);
    this.worker = options.worker ?? new Worker();
    this.ownsWorker = !options.worker;
    this.advisor = new Advisor(this.graph, this.config);
    this.feeds = new FeedReader(this.graph, this.advisor.nested);
    freeWith(this, this.owned);
  }

  /** The device that runs the kernels. Opened at first use. */
  get device(): Device {
    return (this.device_ ??= openDevice(this.config.device));
  }

  /**
   * Computes the fetches.
   *
   * @param fetches  a tensor, operation, variable or name, or arrays and objects of them, nested
   * @param feeds    values for tensors: by name, as pairs, or a Map; any tensor may be fed
   * @returns the structure of the fetches: null for an operation, a plain value for a scalar, else an NDArray
   * @throws InvalidArgumentError  for an unfed placeholder, FailedPreconditionError for an uninitialized variable,
   *   ValueError for a feed or fetch that does not fit; the session stays usable
   */
  run<const F extends Fetches>(fetches: F, feeds?: FeedDict | null, args: RunArguments = {}): FetchResult<F> {
    return this.hooked(
      this.run,
      fetches,
      () => pairsOf(feeds),
      () => this.runAny(fetches, feeds, args),
    ) as never;
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
  private runAny(fetches: unknown, feeds: FeedDict | null | undefined, args: RunArguments): unknown {
    const order = this.order(fetches, feeds, args);
    return order.finish(this.runs.now(order, args.options?.timeoutInMs));
  }
  private async waitFor(fetches: unknown, feeds: FeedDict | null | undefined, args: RunArguments): Promise<unknown> {
    const order = this.order(fetches, feeds, args);
    return order.finish(await this.runs.later(order, { timeoutInMs: args.options?.timeoutInMs, signal: args.signal }));
  }
  private order(fetches: unknown, feeds: FeedDict | null | undefined, args: RunArguments): Order {
    this.checkOpen();
    const fetchPlan = this.fetchPlans.of(fetches);
    const { tensors, arrays } = this.feeds.read(feeds);
    const choice = this.planFor(fetchPlan, tensors, arrays);
    const { runMetadata } = args;
    const { observer = null, traceLevel = RunOptions.NO_TRACE } = args.options ?? {};
    if (!runMetadata || traceLevel === RunOptions.NO_TRACE)
      return { choice, arrays, observer, finish: (values) => fetchPlan.build(values) };
    const collector = new StatsCollector(this.device.kind, observer);
    const finish = (values: Results): unknown => {
      const { report } = choice.choose(true);
      runMetadata.stepStats = collector.finish();
      runMetadata.optimizations = report && optimizationsOf(report);
      runMetadata.planCache = this.plans.stats();
      return fetchPlan.build(values);
    };
    return { choice, arrays, observer: collector, finish };
  }
  /**
   * As `run`, as a promise: for nodes that must wait.
   *
   * @throws CancelledError  where the session is closed meanwhile, or `args.signal` says so; DeadlineExceededError
   *   after the options' `timeoutInMs`
   */
  runAsync<const F extends Fetches>(
    fetches: F,
    feeds?: FeedDict | null,
    args: RunArguments = {},
  ): Promise<FetchResult<F>> {
    return this.hooked(
      this.runAsync,
      fetches,
      () => pairsOf(feeds),
      () => this.waitFor(fetches, feeds, args),
    ) as never;
  }
  /**
   * A function that runs these fetches with values for `feedList`, in order: the plan is made once.
   *
   *     const step = sess.makeCallable([trainStep, cost], [X, Y]);
   *     const [, c] = step(images, labels);
   */
  makeCallable<const F extends Fetches>(
    fetches: F,
    feedList: readonly FeedKey[] = [],
  ): (...values: FeedValue[]) => FetchResult<F> {
    this.checkOpen();
    const fetchPlan = planFetches(fetches, this.graph);
    const tensors = feedList.map((key) => this.feeds.tensor(key));
    const run = (values: readonly FeedValue[]): unknown => {
      this.checkOpen();
      if (values.length !== tensors.length)
        throw new ValueError(`Expected ${tensors.length} feed values, got ${values.length}.`);
      const arrays = values.map((v, i) => this.feeds.array(tensors[i], v, tensors[i].name));
      const choice = this.planFor(fetchPlan, tensors, arrays);
      return fetchPlan.build(this.runs.now({ choice, arrays, observer: null }));
    };
    const callable = (...values: FeedValue[]): FetchResult<F> =>
      this.hooked(
        callable,
        fetches,
        () => feedList.map((key, i) => [key, values[i]] as const),
        () => run(values),
      ) as never;
    return callable;
  }
  /** Runs `body` with this session as the default one, which `tensor.eval()` and `op.run()` use, and its graph. */
  asDefault<R>(body: (session: this) => R): R {
    pushDefaultRunner(this);
    try {
      return this.graph.asDefault(() => body(this));
    } finally {
      dropDefaultRunner(this);
    }
  }
  /** Frees the variables and whatever else the session owns. */
  close(): void {
    if (!this.closed) HOOKS.closing(this);
    this.closed = true;
    this.runs_?.close();
    if (this.ownsWorker) this.worker.reset();
    free(this.owned);
  }
  [Symbol.dispose](): void {
    this.close();
  }

  private planFor(fetches: FetchPlan, feeds: readonly Tensor[], arrays: readonly NDArray[]): PlanChoice {
    if (this.seen !== this.graph.version) {
      this.advisor.graphChanged();
      this.seen = this.graph.version;
    }
    return this.plans.planFor(fetches, feeds, arrays);
  }
  private get plans(): PlanCache {
    if (this.owned.plans) return this.owned.plans;
    const { graph, config, device, advisor } = this;
    const { placement = 'auto', graphOptions } = config;
    const host = { device, placement, graphOptions, nodes: new Map(), constants: new WeakMap(), interpret };
    return (this.owned.plans = new PlanCache(graph, host, cacheOptions(config), (plan, shapes) =>
      advisor.planned(plan, device, shapes),
    ));
  }
  private get runs(): Runs {
    if (this.runs_) return this.runs_;
    const { device, config, worker } = this;
    const cache = (this.owned.feeds = new FeedCache(device));
    return (this.runs_ = new Runs(
      { cache, checkNumerics: config.checkNumerics === true },
      { device, placement: config.placement ?? 'auto', resources: worker.resources },
    ));
  }
  private checkOpen(): void {
    if (this.closed) throw closedSession();
    if (this.graph.size === 0) throw emptyGraph();
  }
}
