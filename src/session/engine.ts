/** What a session runs with, made at first use: its device, its plans, what it keeps of feeds, its runs. */
import { Advisor } from '../advice/advisor';
import type { Scalar } from '../base/dtype';
import { CancelledError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import type { NestedFeeds } from '../advice/nested';
import { warn } from '../base/platform';
import { LOCAL_DEVICE } from '../graph/device-spec';
import type { Graph, Tensor } from '../graph/graph';
import { openDevice } from '../kernels/devices';
import type { Device } from '../kernels/kernel';
import { Resources } from '../kernels/resources';
import { SessionTensors } from '../kernels/session-tensors';
import { PlanCache } from '../plan/cache';
import { optimizationsOf } from '../plan/optimize';
import { PlacedGraph } from '../plan/placement';
import type { PlanHost } from '../plan/plan';
import type { PlanChoice } from '../plan/tuner';
import type { Backend } from './backend';
import { type RunArguments, type SettledConfig, cacheOptions, checkPool, timeoutOf } from './config';
import { interpret } from './executor';
import { FeedCache } from './feed-cache';
import type { FetchPlan } from './fetch';
import { Functions } from './functions';
import { type DeviceAttributes, localDevice } from './device-attributes';
import { RunOptions, StatsCollector } from './metadata';
import { type Owned, free } from './owned';
import { type Part, PartialRuns, type Setup } from './partial-run';
import { partitionGraphs } from './partition-graph';
import { type LoopOwner, type RunOrder, Runs } from './runs';
import type { Patience, Results } from './session-run';
import type { Worker } from './worker';

/** With what makes of its results what the caller gets. */
interface Order extends RunOrder {
  finish(values: Results): unknown;
}

export class Engine implements Backend {
  private readonly tensors: SessionTensors;
  private readonly resources: Resources;
  readonly owned: Owned;
  private readonly advisor: Advisor;
  private device_: Device | null = null;
  private host_: PlanHost | null = null;
  private runs_: Runs | null = null;
  private partial_: PartialRuns | null = null;
  /** The version of the graph at the last run. */
  private seen = -1;
  /** The graph, where all of it has to be where it can be. */
  private readonly placed: PlacedGraph | null;
  private isOver = false;
  private readonly lead = leadTo(this);
  constructor(
    private readonly graph: Graph,
    private readonly config: SettledConfig,
    private readonly worker: Worker,
  ) {
    const { deviceName = LOCAL_DEVICE, placePrunedGraph = false } = config;
    this.tensors = new SessionTensors(deviceName);
    this.placed = placePrunedGraph ? null : new PlacedGraph(graph, deviceName);
    this.advisor = new Advisor(graph, config);
    this.resources = new Resources(worker.resources.fileAccess);
    this.owned = {
      plans: null,
      feeds: null,
      functions: null,
      tensors: this.tensors,
      resources: this.resources,
      connection: null,
      threads: null,
    };
  }

  get nested(): NestedFeeds {
    return this.advisor.nested;
  }
  run(fetches: FetchPlan, feeds: readonly Tensor[], arrays: readonly NDArray[], args: RunArguments): unknown {
    const order = this.order(fetches, feeds, arrays, args);
    return order.finish(this.runs.now(order, timeoutOf(args, this.config)));
  }
  async later(
    fetches: FetchPlan,
    feeds: readonly Tensor[],
    arrays: readonly NDArray[],
    args: RunArguments,
  ): Promise<unknown> {
    const order = this.order(fetches, feeds, arrays, args);
    const patience = { timeoutInMs: timeoutOf(args, this.config), signal: args.signal ?? undefined };
    return order.finish(await this.runs.later(order, patience));
  }
  again(fetches: FetchPlan, owner: LoopOwner): (error: Error) => void {
    return this.runs.again(() => this.order(fetches, [], [], {}), owner);
  }
  setUp(setup: Setup): string {
    this.checkOpen();
    this.placed?.check();
    return this.partial.setUp(setup);
  }
  /** How many are not over. */
  get partialRuns(): number {
    return this.partial_?.handles.size ?? 0;
  }
  /** Whether one of this handle was set up, and is not over. */
  hasPartialRun(handle: string): boolean {
    return this.partial_?.handles.has(handle) ?? false;
  }
  goOn(
    handle: string,
    fetches: readonly Tensor[],
    feeds: readonly Tensor[],
    arrays: readonly NDArray[],
    timeoutInMs = timeoutOf({}, this.config),
  ): readonly (Scalar | NDArray)[] {
    return this.partial.goOn(handle, { fetches, feeds, arrays }, timeoutInMs);
  }
  /** The same, and others go on while it waits, or goes round. */
  goOnLater(handle: string, part: Part, patience: Patience): Promise<readonly (Scalar | NDArray)[]> {
    return this.partial.later(handle, part, { timeoutInMs: timeoutOf({}, this.config), ...patience });
  }
  /** Where it runs; undefined before the first run. */
  get kind(): string | undefined {
    return this.device_?.kind;
  }
  get device(): Device {
    if (this.device_) return this.device_;
    this.device_ = openDevice(this.config.device);
    this.owned.threads = this.device_.threads?.hold() ?? null;
    // TensorFlow's line, with what a device is here.
    if (this.config.logDevicePlacement) warn(`Device mapping:\n${LOCAL_DEVICE} -> the ${this.device_.kind} device`);
    return this.device_;
  }
  /** What a run is asked for, and what to make of its results. */
  private order(fetches: FetchPlan, feeds: readonly Tensor[], arrays: readonly NDArray[], args: RunArguments): Order {
    this.checkOpen();
    checkPool(args, this.config);
    this.device.threads?.use(this.config.intraOpParallelismThreads ?? 0);
    const { runMetadata } = args;
    const { observer = null, traceLevel = RunOptions.NO_TRACE, outputPartitionGraphs = false } = args.options ?? {};
    const choice = this.planFor(fetches, feeds, arrays, observer?.seesAllNodes === true);
    if (!runMetadata) return { choice, arrays, observer, finish: (values) => fetches.build(values) };
    const signature = { fetches: fetches.tensors, targets: fetches.targets, feeds };
    const collector = traceLevel === RunOptions.NO_TRACE ? null : new StatsCollector(this.device.kind, observer);
    const finish = (values: Results): unknown => {
      const { report } = collector ? choice.choose(true) : { report: null };
      runMetadata.stepStats = collector && collector.finish();
      runMetadata.partitionGraphs = outputPartitionGraphs ? partitionGraphs(this.graph, signature) : [];
      runMetadata.optimizations = report && optimizationsOf(report, choice.refusal);
      runMetadata.planCache = collector && this.plans.stats();
      return fetches.build(values);
    };
    return { choice, arrays, observer: collector ?? observer, finish };
  }
  private planFor(
    fetches: FetchPlan,
    feeds: readonly Tensor[],
    arrays: readonly NDArray[],
    asItIs: boolean,
  ): PlanChoice {
    if (this.seen !== this.graph.version) {
      this.placed?.check();
      this.advisor.graphChanged();
      this.seen = this.graph.version;
    }
    return this.plans.planFor(fetches, feeds, arrays, asItIs);
  }
  private get plans(): PlanCache {
    if (this.owned.plans) return this.owned.plans;
    const { graph, config, device, advisor } = this;
    return (this.owned.plans = new PlanCache(graph, this.host, cacheOptions(config), (plan, shapes) =>
      advisor.planned(plan, device, shapes),
    ));
  }
  private get host(): PlanHost {
    if (this.host_) return this.host_;
    const { device, config } = this;
    const { placement = 'auto', graphOptions } = config;
    const host = { device, placement, graphOptions, nodes: new Map(), constants: new WeakMap(), interpret };
    const functions: PlanHost['functions'] = { of: (op, func) => this.functions.of(op, func) };
    return (this.host_ = { ...host, functions });
  }
  private get functions(): Functions {
    return (this.owned.functions ??= new Functions(this.host));
  }
  private get runs(): Runs {
    if (this.runs_) return this.runs_;
    const { device, config, worker, tensors, resources: own } = this;
    const cache = (this.owned.feeds = new FeedCache(device));
    return (this.runs_ = new Runs(
      { cache, checkNumerics: config.checkNumerics === true, nan: this.advisor.nan, turnInMs: this.turnInMs },
      { device, placement: config.placement ?? 'auto', resources: worker.resources, own, tensors },
    ));
  }
  private get partial(): PartialRuns {
    const { host, config, turnInMs } = this;
    return (this.partial_ ??= new PartialRuns({ host, checkNumerics: config.checkNumerics === true, turnInMs }, () =>
      this.runs.begin(turnInMs),
    ));
  }
  private get turnInMs(): number {
    return this.config.turnInMs ?? Infinity;
  }
  listDevices(): DeviceAttributes[] {
    return [localDevice()];
  }
  /** Ends it, and drops what is in these containers of its worker; what is in none where none are named. */
  reset(containers: readonly string[]): void {
    this.worker.reset(containers);
    this.close();
    free(this.owned);
  }
  private checkOpen(): void {
    if (this.isOver) throw new CancelledError(null, 'Session has been closed.');
  }
  /** Ends what runs. */
  close(): void {
    this.isOver = true;
    this.lead.engine = null;
    this.runs_?.close();
    this.partial_?.close();
    this.advisor.close();
  }
}

/** Leads to a session until it is closed. */
interface Lead {
  engine: Engine | null;
}
/**
 * The sessions of this process, as long as somebody holds them. What a WeakRef was made of stays until the program's
 * turn ends: so it is made of what leads nowhere when the session is closed.
 */
const OPEN = new Set<WeakRef<Lead>>();
const DROPPED = new FinalizationRegistry<WeakRef<Lead>>((ref) => OPEN.delete(ref));
function leadTo(engine: Engine): Lead {
  const lead = { engine };
  const ref = new WeakRef(lead);
  OPEN.add(ref);
  DROPPED.register(lead, ref);
  return lead;
}
/** Ends all sessions of this process. */
export function resetEngines(containers: readonly string[]): void {
  for (const ref of OPEN) ref.deref()?.engine?.reset(containers);
  OPEN.clear();
}
