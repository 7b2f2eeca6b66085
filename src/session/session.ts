/** `Session`: plans, runs, and owns what outlives a run. */
import { RuntimeError, TypeError_, ValueError } from '../base/errors';
import type { Data } from '../base/dtype';
import type { NDArray, Scalar } from '../base/ndarray';
import { isConvertible } from '../graph/constant';
import { type Graph, Operation, Tensor, getDefaultGraph } from '../graph/graph';
import type { Device, KernelNode, Placement, RunContext, Value } from '../kernels/kernel';
import { type DeviceKind, openDevice } from '../kernels/devices';
import { release } from '../kernels/value';
import { Advisor, type AdvisorConfig } from '../advice/advisor';
import { Contest, type PlanChoice, settled } from '../plan/tuner';
import { explain, explainFeedKey } from '../advice/explain';
import { type RunMetadata, RunOptions, StatsCollector } from './metadata';
import { type RunObserver, StepError, flatExecutor } from './executor';
import { type FeedValue, feedToArray, fetched } from './feed';
import {
  type FetchPlan,
  FetchPlans,
  type FetchResult,
  type Fetched,
  type Fetches,
  planFetches,
  sameElements,
} from './fetch';
import { KeptValues } from './feed-cache';
import { copyingLent } from '../plan/aliases';
import { type RunHook, RunHooks } from './hooks';
import { NumericsCheck } from './numerics';
import { Worker } from './worker';
import { type Plan, disposePlan, makePlan } from '../plan/plan';
import { type GraphOptions, optimizationsOf } from '../plan/optimize';

export type FeedKey = Tensor | { asTensor(asRef?: boolean): Tensor } | string;
/** Values by tensor name, as pairs, or as a Map. */
export type FeedDict =
  | Readonly<Record<string, FeedValue>>
  | readonly (readonly [FeedKey, FeedValue])[]
  | ReadonlyMap<FeedKey, FeedValue>;

type FeedPairs = readonly (readonly [FeedKey, FeedValue])[];
function pairsOf(feeds: FeedDict | null | undefined): FeedPairs {
  if (!feeds) return [];
  if (feeds instanceof Map) return [...(feeds as ReadonlyMap<FeedKey, FeedValue>)];
  return Array.isArray(feeds) ? (feeds as FeedPairs) : Object.entries(feeds as Record<string, FeedValue>);
}

export interface SessionConfig extends AdvisorConfig {
  /** Where to run; the fastest that loads where not given. TFJS_SESSION_DEVICE says the same for a whole process. */
  readonly device?: DeviceKind;
  /** Whether small ops may run on the host: 'auto' (the default) weighs the two; 'host' and 'device' force one. For tests and measurements. */
  readonly placement?: Placement;
  /** Which rewrites a plan gets that is run often; `false` for none. */
  readonly graphOptions?: GraphOptions;
  /** Looks at every value of every run, and stops at the first node that makes a NaN or an infinity. For finding out; it is slow. */
  readonly checkNumerics?: boolean;
}
/** The plan of a signature, and those made for the feed shapes that came up often. */
interface Planned {
  readonly general: Plan;
  readonly seen: Map<string, number>;
  readonly shaped: Map<string, Contest>;
}
/** What the fetches ran with last. */
interface Recent {
  readonly feeds: readonly Tensor[];
  readonly planned: Planned;
  shapes: readonly (readonly number[])[];
  contest: Contest | null;
}
/** Runs with the same feed shapes after which a plan is made for just these shapes; and how many such plans a signature has. */
const OFTEN = 3;
const MOST_SHAPES = 8;
export interface SessionOptions {
  readonly graph?: Graph;
  readonly config?: SessionConfig;
  /** Whose variables it sees: its own where none is given. */
  readonly worker?: Worker;
}
/** The third argument of `run`. */
export interface RunArguments {
  readonly options?: RunOptions | { readonly traceLevel?: number; readonly observer?: RunObserver | null };
  /** Filled with the times of the nodes where `options` ask for a trace. */
  readonly runMetadata?: RunMetadata;
}

const HOOKS = new RunHooks<Session>();
/** Watches every run of every session, until what this returns is called. */
export function observeRuns(hook: RunHook<Session>): () => void {
  return HOOKS.add(hook);
}

/** Open default sessions, innermost last. */
const DEFAULTS: Session[] = [];
export function getDefaultSession(): Session | null {
  return DEFAULTS[DEFAULTS.length - 1] ?? null;
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
  private device_: Device | null = null;
  private context_: RunContext | null = null;
  private kept_: KeptValues | null = null;
  private readonly nodes = new Map<Operation, KernelNode>();
  private readonly constants = new WeakMap<Data, Value>();
  private readonly worker: Worker;
  private readonly ownsWorker: boolean;
  private readonly plans = new Map<string, Planned>();
  private recent = new WeakMap<FetchPlan, Recent>();
  private readonly fetchPlans: FetchPlans;
  private readonly feedNames = new Map<string, Tensor>();
  private plannedVersion = -1;
  private closed = false;
  private readonly advisor: Advisor;

  /**
   * @param target   a remote master, as `grpc://host:port`; '' for this process
   * @param options  `graph`: the graph to run, the default one where not given; `config`: the device
   */
  constructor(
    readonly target = '',
    options: SessionOptions = {},
  ) {
    if (target)
      throw new ValueError(
        `No session for target '${String(target)}': only in-process sessions (target '') are there yet.${typeof target === 'object' ? "\\n  fix: the options come second: new tf.Session('', {graph, config})." : ''}`,
      );
    this.graph = options.graph ?? getDefaultGraph();
    this.config = options.config ?? {};
    this.fetchPlans = new FetchPlans(this.graph);
    this.worker = options.worker ?? new Worker();
    this.ownsWorker = !options.worker;
    this.advisor = new Advisor(this.graph, this.config);
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
    this.checkOpen();
    const fetchPlan = this.fetchPlans.of(fetches);
    const { tensors, values } = this.feeds(feeds);
    const plan = this.planFor(fetchPlan, tensors, values);
    const { observer = null, traceLevel = RunOptions.NO_TRACE } = args.options ?? {};
    if (!args.runMetadata || traceLevel === RunOptions.NO_TRACE)
      return fetchPlan.build(this.execute(plan, values, observer));
    const collector = new StatsCollector(this.device.kind, observer);
    const result = fetchPlan.build(this.execute(plan, values, collector));
    args.runMetadata.stepStats = collector.finish();
    const { report } = plan.choose(true);
    args.runMetadata.optimizations = report && optimizationsOf(report);
    return result;
  }
  /** As `run`, as a promise: for nodes that must wait. */
  runAsync<const F extends Fetches>(
    fetches: F,
    feeds?: FeedDict | null,
    args: RunArguments = {},
  ): Promise<FetchResult<F>> {
    return this.hooked(
      this.runAsync,
      fetches,
      () => pairsOf(feeds),
      () => Promise.resolve().then(() => this.runAny(fetches, feeds, args)),
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
    const tensors = feedList.map((key) => this.feedTensor(key));
    const run = (values: readonly FeedValue[]): unknown => {
      this.checkOpen();
      if (values.length !== tensors.length)
        throw new ValueError(`Expected ${tensors.length} feed values, got ${values.length}.`);
      const arrays = values.map((v, i) => this.feed(tensors[i], v, tensors[i].name));
      return fetchPlan.build(this.execute(this.planFor(fetchPlan, tensors, arrays), arrays, null));
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
    DEFAULTS.push(this);
    try {
      return this.graph.asDefault(() => body(this));
    } finally {
      DEFAULTS.splice(DEFAULTS.lastIndexOf(this), 1);
    }
  }
  /** Frees the variables and whatever else the session owns. */
  close(): void {
    if (!this.closed) HOOKS.closing(this);
    this.closed = true;
    if (this.ownsWorker) this.worker.reset();
    this.nodes.clear();
    this.kept_?.dispose();
    this.dropPlans();
  }
  [Symbol.dispose](): void {
    this.close();
  }

  /** The plan of a signature, made when it is first seen; all are dropped when the graph has changed. */
  private planFor(fetches: FetchPlan, feeds: readonly Tensor[], values: readonly NDArray[]): PlanChoice {
    if (this.plannedVersion !== this.graph.version) {
      this.advisor.graphChanged();
      this.dropPlans();
      this.plannedVersion = this.graph.version;
    }
    let recent = this.recent.get(fetches);
    if (!recent || !sameElements(recent.feeds, feeds)) {
      recent = { feeds, planned: this.planned(fetches, feeds, values), shapes: [], contest: null };
      this.recent.set(fetches, recent);
    }
    const { planned } = recent;
    if (this.config.checkNumerics || this.config.graphOptions === false || (this.config.placement ?? 'auto') !== 'auto')
      return settled(planned.general);
    if (recent.contest && fitShapes(recent.shapes, values)) return recent.contest;
    const contest = this.contestFor(planned, fetches, feeds, values);
    if (!contest) return settled(planned.general);
    recent.contest = contest;
    recent.shapes = values.map((v) => v.shape);
    return contest;
  }
  private planned(fetches: FetchPlan, feeds: readonly Tensor[], values: readonly NDArray[]): Planned {
    const key = signature(fetches, feeds);
    let planned = this.plans.get(key);
    if (!planned) {
      planned = { general: this.makePlan(fetches, feeds, null), seen: new Map(), shaped: new Map() };
      this.plans.set(key, planned);
      this.advisor.planned(planned.general, this.device.kind, values);
    }
    return planned;
  }
  /** The plans for feeds of just these shapes; null while they have not come often. */
  private contestFor(
    planned: Planned,
    fetches: FetchPlan,
    feeds: readonly Tensor[],
    values: readonly NDArray[],
  ): Contest | null {
    let shapes = '';
    for (const value of values) shapes += `${value.shape};`;
    const contest = planned.shaped.get(shapes);
    if (contest) return contest;
    const count = (planned.seen.get(shapes) ?? 0) + 1;
    if (count < OFTEN || planned.shaped.size >= MOST_SHAPES) {
      if (planned.seen.size < 64 || planned.seen.has(shapes)) planned.seen.set(shapes, count);
      return null;
    }
    const sizes = values.map((v) => v.shape);
    const whole = this.device.compile && (this.config.graphOptions || {}).wholeGraph !== false;
    const made = new Contest(
      this.makePlan(fetches, feeds, sizes),
      whole ? () => this.makePlan(fetches, feeds, sizes, true) : null,
    );
    planned.shaped.set(shapes, made);
    return made;
  }
  private makePlan(
    fetches: FetchPlan,
    feeds: readonly Tensor[],
    shapes: readonly (readonly number[])[] | null,
    compile = false,
  ): Plan {
    const { placement = 'auto', graphOptions } = this.config;
    const plan = makePlan(
      this.graph,
      fetches.tensors,
      fetches.targets,
      feeds,
      { device: this.device, nodes: this.nodes, constants: this.constants, placement, graphOptions },
      shapes,
      compile,
    );
    return copyingLent(plan, this.device);
  }
  private dropPlans(): void {
    for (const { general, shaped } of this.plans.values()) {
      disposePlan(general);
      for (const contest of shaped.values()) contest.dispose();
    }
    this.plans.clear();
    this.recent = new WeakMap();
  }
  private execute(choice: PlanChoice, feeds: readonly NDArray[], observer: RunObserver | null): (Scalar | NDArray)[] {
    const { context } = this;
    const kept = (this.kept_ ??= new KeptValues(context.device));
    const plan = choice.choose(observer !== null);
    const check = this.config.checkNumerics ? new NumericsCheck(plan, feeds, context, observer) : null;
    let values: readonly Value[];
    try {
      values = flatExecutor.run(
        plan,
        feeds.map((array) => kept.valueOf(array)),
        context,
        check ?? observer,
      );
    } catch (error) {
      throw error instanceof StepError ? explain(error, plan, this.worker.resources) : error;
    } finally {
      check?.finish();
    }
    try {
      const results = values.map((value) => fetched(value));
      kept.keepFetched(results, values, plan, feeds);
      return results;
    } finally {
      values.forEach(release);
      choice.finished();
    }
  }
  private get context(): RunContext {
    if (this.context_) return this.context_;
    const { device } = this;
    return (this.context_ = {
      device,
      placement: this.config.placement ?? 'auto',
      resources: this.worker.resources,
    });
  }
  private feeds(feeds: FeedDict | null | undefined): { tensors: Tensor[]; values: NDArray[] } {
    const tensors: Tensor[] = [];
    const values: NDArray[] = [];
    if (!feeds) return { tensors, values };
    const add = (key: FeedKey, value: FeedValue): void => {
      const tensor = this.feedTensor(key);
      tensors.push(tensor);
      values.push(this.feed(tensor, value, key));
    };
    if (feeds instanceof Map) feeds.forEach((value: FeedValue, key: FeedKey) => add(key, value));
    else if (Array.isArray(feeds))
      for (const [key, value] of feeds as readonly (readonly [FeedKey, FeedValue])[]) add(key, value);
    else for (const key of Object.keys(feeds)) add(key, (feeds as Record<string, FeedValue>)[key]);
    return { tensors, values };
  }
  private feed(tensor: Tensor, value: FeedValue, key: FeedKey): NDArray {
    if (!Array.isArray(value)) return feedToArray(tensor, value, key);
    const started = performance.now();
    const array = feedToArray(tensor, value, key);
    this.advisor.nested.fed(tensor, array.size, performance.now() - started);
    return array;
  }
  private feedTensor(key: FeedKey): Tensor {
    if (typeof key !== 'string') return key instanceof Tensor && key.graph === this.graph ? key : this.findFeed(key);
    let tensor = this.feedNames.get(key);
    if (!tensor) this.feedNames.set(key, (tensor = this.findFeed(key)));
    return tensor;
  }
  private findFeed(key: FeedKey): Tensor {
    try {
      const name =
        typeof key === 'string' && !key.includes(':') && this.graph.findOperation(key)?.outputs.length === 1
          ? `${key}:0`
          : key;
      return this.graph.asGraphElement(isConvertible(name) ? name.asTensor(true) : name, true, false) as Tensor;
    } catch (error) {
      throw new TypeError_(
        `Cannot interpret feed_dict key as Tensor: ${(error as Error).message}${explainFeedKey(key, this.graph)}`,
      );
    }
  }
  private checkOpen(): void {
    if (this.closed)
      throw new RuntimeError(
        'Attempted to use a closed Session.\n  fix: run before sess.close() (or before the end of its `using` block), or open another session: its variables start without values.',
      );
    if (this.graph.version === 0)
      throw new RuntimeError(
        "The Session graph is empty.  Add operations to the graph before calling run().\n  likely cause: the nodes are in another graph: the session was opened before tf.resetDefaultGraph(), or on a graph of its own.\n  fix: open the session after the graph is built, or pass it: new tf.Session('', {graph}).",
      );
  }
}

function fitShapes(shapes: readonly (readonly number[])[], values: readonly NDArray[]): boolean {
  for (let i = 0; i < values.length; i++) if (!sameElements(shapes[i], values[i].shape)) return false;
  return true;
}
function signature(fetches: FetchPlan, feeds: readonly Tensor[]): string {
  let key = '';
  for (const t of fetches.tensors) key += `${t.op.id}:${t.valueIndex},`;
  key += ';';
  for (const op of fetches.targets) key += `${op.id},`;
  key += ';';
  for (const t of feeds) key += `${t.op.id}:${t.valueIndex},`;
  return key;
}

/** A session that is the default one from its making until it is closed. */
export class InteractiveSession extends Session {
  constructor(target = '', options: SessionOptions = {}) {
    super(target, options);
    DEFAULTS.push(this);
  }
  override close(): void {
    const at = DEFAULTS.lastIndexOf(this);
    if (at >= 0) DEFAULTS.splice(at, 1);
    super.close();
  }
}

// --- tensor.eval and op.run ------------------------------------------------------------------------------

declare module '../graph/operation' {
  interface Tensor {
    /** Runs this tensor in `session`, or in the default one. */
    eval(feeds?: FeedDict | null, session?: Session): Fetched;
  }
  interface Operation {
    /** Runs this operation in `session`, or in the default one. */
    run(feeds?: FeedDict | null, session?: Session): void;
  }
}
Tensor.prototype.eval = function (feeds, session) {
  return sessionFor(this.graph, session, {
    none: 'Cannot evaluate tensor using `eval()`: No default session is registered. Use `with sess.as_default()` or pass an explicit session to `eval(session=sess)`',
    other:
      "Cannot use the default session to evaluate tensor: the tensor's graph is different from the session's graph. Pass an explicit session to `eval(session=sess)`.",
  }).run(this as Tensor, feeds) as Fetched;
};
Operation.prototype.run = function (feeds, session) {
  sessionFor(this.graph, session, {
    none: 'Cannot execute operation using `run()`: No default session is registered. Use `with sess.as_default():` or pass an explicit session to `run(session=sess)`',
    other:
      "Cannot use the default session to execute operation: the operation's graph is different from the session's graph. Pass an explicit session to run(session=sess).",
  }).run(this as Operation, feeds);
};
function sessionFor(graph: Graph, session: Session | undefined, texts: { none: string; other: string }): Session {
  const found = session ?? getDefaultSession();
  if (!found)
    throw new ValueError(
      `${texts.none}\n  in TypeScript: sess.asDefault(() => …), new tf.InteractiveSession(), or pass the session: x.eval({}, sess).`,
    );
  if (found.graph !== graph)
    throw new ValueError(
      `${texts.other}\n  likely cause: tf.resetDefaultGraph() or graph.asDefault(…) between the making of the two.`,
    );
  return found;
}
