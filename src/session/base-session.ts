/** What every session does: asks for plans, runs them, and owns what outlives a run. */
import type { Args } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { type Graph, getDefaultGraph } from '../graph/graph';
import type { Feeds } from '../graph/runner';
import { KeptTensor } from '../graph/tensor-handle';
import type { Device } from '../kernels/kernel';
import * as takes from './config';
import type { Opened, RunArguments, RunNames } from './config';
import type { Backend } from './backend';
import { type FeedPairs, FeedReader, pairsOf } from './feed-dict';
import { FetchPlans, type FetchResult, type Fetches, type HandleOf } from './fetch';
import { freeWith, free } from './owned';
import type { RunMetadata, RunOptions } from './metadata';
import { closedSession, emptyGraph, showSession } from './refusals';
import type { LoopOwner } from './runs';
import { openBackend } from './target';
import { Worker, checkWorker } from './worker';

/** What a run has where nothing is asked of it. */
export const NO_ARGUMENTS: RunArguments = {};
/** Fetches by name. */
export type FetchNames<F> = RunNames & { readonly fetches: F };

/** Runs the fetches of a session again and again, when a run waits for what that brings. @returns  what ends it */
export let runAgain: (session: BaseSession, fetches: unknown, owner: LoopOwner) => (error: Error) => void;

/** A session without the forms of a run that `Session` has beside `run`: TensorFlow's class of that name. */
export abstract class BaseSession {
  /** A remote master; '' for this process. */
  readonly target: string;
  /** The graph that it runs. */
  readonly graph: Graph;
  private readonly worker: Worker;
  private readonly ownsWorker: boolean;
  protected readonly engine: Backend;
  protected readonly fetchPlans: FetchPlans;
  protected readonly feeds: FeedReader;
  private closed = false;

  /**
   * Opens a session: `new tf.Session()` on the default graph and the fastest device there is.
   *
   * @param target  a remote master, as `grpc://host:port`; '' for this process
   * @param graph   the graph to run, the default one where not given
   * @param config  the device, and how to run
   * @param worker  whose variables it sees: its own where none is given
   * @throws NotFoundError  for a target that is none; if the device that is asked for cannot be loaded
   * @throws InvalidArgumentError  for a target without a port
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

  /** The graph as a message, as `sess.graph.asGraphDef()` gives it. */
  get graphDef(): ReturnType<Graph['asGraphDef']> {
    return this.graph.asGraphDef();
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
    if (!this.isWatched) return this.runAny(fetches, feeds, args);
    return this.hooked(
      this.run,
      fetches,
      () => pairsOf(feeds),
      () => this.runAny(fetches, feeds, args),
    );
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
  static {
    runAgain = (session, fetches, owner) => {
      session.checkOpen(fetches);
      return session.engine.again(session.fetchPlans.of(fetches), owner);
    };
  }
  /** Frees the variables and whatever else the session owns. */
  close(): void {
    if (!this.closed) this.beforeClose();
    this.closed = true;
    this.engine.close();
    if (this.ownsWorker) this.worker.dispose();
    free(this.engine.owned);
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return showSession(this.graph.size, this.closed, this.engine.kind);
  }
  [Symbol.dispose](): void {
    this.close();
  }

  /** Whether somebody watches runs. */
  protected abstract readonly isWatched: boolean;
  /** Does a run, by way of those who watch. */
  protected abstract hooked(
    calledAs: (...args: never[]) => unknown,
    fetches: unknown,
    feeds: () => FeedPairs,
    run: () => unknown,
  ): unknown;
  /** Tells those who watch that variables go. */
  protected abstract beforeClose(): void;
  protected checkNotClosed(): void {
    if (this.closed) throw closedSession();
  }
  protected checkOpen(fetches?: unknown): void {
    this.checkNotClosed();
    if (this.graph.size === 0) throw emptyGraph(fetches);
  }
}
bindMethods<BaseSession>(BaseSession, { close: 'Session.close' });
