/** What a session is told when it is made. */
import type { AdvisorConfig } from '../advice/advisor';
import { InvalidArgumentError, TypeError_ } from '../base/errors';
import { isA, preview } from '../base/preview';
import { constructorOf, signature } from '../calls/bind';
import { type FieldsOf, type Settings, checkSettings } from '../calls/settings';
import { type Graph, Operation, Tensor } from '../graph/graph';
import type { Feeds, FeedKey } from '../graph/runner';
import type { Placement } from '../kernels/kernel';
import type { CacheOptions } from '../plan/cache';
import { type GraphOptions as RewriteOptions, PASS_NAMES } from '../plan/optimize';
import {
  CONFIG_FIELDS,
  type ConfigProto,
  type FieldsGiven,
  GRAPH_FIELDS,
  type GraphOptions,
  OptimizerOptions,
} from './config-proto';
import type { Fetches } from './fetch';
import { RUN_OPTIONS, RunMetadata, RunOptions, checkWatches } from './metadata';
import type { Worker } from './worker';

/** How a session runs. */
export interface SessionConfig extends AdvisorConfig, Omit<FieldsGiven<ConfigProto>, 'graphOptions'> {
  /** Where to run; the fastest that loads where not given. TFJS_SESSION_DEVICE says the same for a whole process. */
  readonly device?: string;
  /**
   * Whether small ops may run on the host: 'auto' (the default) weighs the two; 'host' and 'device' force one. For
   * tests and measurements.
   */
  readonly placement?: Placement;
  /** Which rewrites a plan gets that is run often; `false` for none. */
  readonly graphOptions?: RewriteOptions | FieldsGiven<GraphOptions> | null;
  /**
   * True, which is the default: how a plan runs is decided by rule, so that a program gives the same bits whenever it
   * runs on one machine. False lets the session time two ways and keep the faster one.
   */
  readonly deterministic?: boolean;
  /**
   * Looks at every value of every run, and stops at the first node that makes a NaN or an infinity. For finding out; it
   * is slow.
   */
  readonly checkNumerics?: boolean;
}
/** What `tf.Session` takes by name. */
export interface SessionOptions {
  /** The graph to run; the default one where not given. */
  readonly graph?: Graph;
  /** The device, and how to run. */
  readonly config?: SessionConfig;
  /** Whose variables it sees: its own where none is given. */
  readonly worker?: Worker;
}

export type Opened = [target?: string, graph?: Graph, config?: SessionConfig, worker?: Worker];
export const SESSION = constructorOf<Opened>('Session');

/** What `run` takes after the feeds, by name. */
export interface RunArguments {
  /** How much the run records, and how long it may take. */
  readonly options?: Partial<RunOptions> | null;
  /** Filled with the times of the nodes where `options` ask for a trace. */
  readonly runMetadata?: RunMetadata | null;
  /** Ends a `runAsync` that waits. */
  readonly signal?: AbortSignal | null;
}
/** All that `run` takes after the fetches, by name. */
export interface RunNames extends RunArguments {
  /** Values for tensors, as the second argument of `run`. */
  readonly feedDict?: Feeds | null;
}
/** What `partialRun` takes by name. */
export interface PartialNames<F> {
  /** What is fetched now. */
  readonly fetches: F;
  /** Values for tensors. */
  readonly feedDict?: Feeds | null;
}
type Run = [fetches: unknown, feedDict?: Feeds, options?: Partial<RunOptions>, runMetadata?: RunMetadata];
export const RUN = signature<Run>('Session.run');
export const RUN_ASYNC = signature<[...Run, signal?: AbortSignal]>('Session.run_async');
type Callable = [fetches: Fetches, feedList?: readonly FeedKey[], acceptOptions?: null];
export const MAKE_CALLABLE = signature<Callable>('Session.make_callable');
export const PARTIAL_RUN_SETUP =
  signature<[fetches: Fetches, feeds?: FeedKey | readonly FeedKey[]]>('Session.partial_run_setup');
export const PARTIAL_RUN = signature<[handle: string, fetches: unknown, feedDict?: Feeds]>('Session.partial_run');
export const RESET =
  signature<[target: string, containers?: readonly string[], config?: SessionConfig]>('Session.reset');
export const AS_DEFAULT = signature<[]>('Session.as_default');

/** What a run was asked for. @throws ValueError, TypeError  for options and metadata that are none */
export function runArguments(
  options: Partial<RunOptions> | undefined,
  runMetadata: RunMetadata | undefined,
  signal?: AbortSignal,
): RunArguments {
  if (isA(options, Tensor) || isA(options, Operation)) throw isFetch(options.name);
  if (options && !(options instanceof RunOptions)) checkSettings(RUN_OPTIONS, options);
  if (options) checkWatches(options);
  if (runMetadata && !(runMetadata instanceof RunMetadata))
    throw new TypeError_(
      `runMetadata is what a run fills, not ${preview(runMetadata)}.\n  fix: runMetadata: new tf.RunMetadata().`,
    );
  return { options, runMetadata, signal };
}

function isFetch(name: string): Error {
  return new TypeError_(
    `options must be tf.RunOptions, and not a node of the graph: ${name} is the third argument.` +
      '\n  fix: to fetch several, put them in a list: sess.run([a, b, c], {[X.name]: value}).',
  );
}

const REWRITES = [...PASS_NAMES, 'wholeGraph'] as const;
const GRAPH_OPTIONS: Settings = {
  message: 'GraphOptions',
  fields: { ...GRAPH_FIELDS, ...Object.fromEntries(REWRITES.map((name) => [name, 'bool'])) },
  orFalse: true,
};
const CONFIG: Settings = {
  message: 'ConfigProto',
  fields: {
    device: 'string',
    placement: ['auto', 'host', 'device'],
    graphOptions: GRAPH_OPTIONS,
    deterministic: 'bool',
    checkNumerics: 'bool',
    advice: 'bool',
    lint: 'bool',
    strictGraph: 'bool',
    ...CONFIG_FIELDS,
  } satisfies FieldsOf<SessionConfig>,
};
/** A configuration whose rewrites are said in our words alone. */
export interface SettledConfig extends Omit<SessionConfig, 'graphOptions'> {
  readonly graphOptions?: RewriteOptions;
  /** After how long an asynchronous run that goes round lets others go on, in milliseconds; never where not given. */
  readonly turnInMs?: number;
  /** Whether only what a run needs has to be where it can be. */
  readonly placePrunedGraph?: boolean;
  /** TensorFlow's own options of the graph, as they were given: for a server. */
  readonly givenGraphOptions?: object;
  /** What its device is called, where that is another name than in a session of a program. */
  readonly deviceName?: string;
}
/** @throws ValueError, TypeError  for a setting that there is not, or of another kind */
export function checkConfig(config: SessionConfig): SettledConfig {
  const { graphOptions, ...checked } = checkSettings(CONFIG, config);
  if (graphOptions === undefined || graphOptions === null) return checked;
  if (!graphOptions) return { ...checked, graphOptions };
  const placePrunedGraph = 'placePrunedGraph' in graphOptions && graphOptions.placePrunedGraph === true;
  return { ...checked, graphOptions: rewritesOf(graphOptions), placePrunedGraph, givenGraphOptions: graphOptions };
}
/** TensorFlow says it by one level. */
function rewritesOf(options: Exclude<RewriteOptions, false> & FieldsGiven<GraphOptions>): RewriteOptions {
  if (options.optimizerOptions?.optLevel === OptimizerOptions.L0) return false;
  return Object.fromEntries(REWRITES.filter((name) => name in options).map((name) => [name, options[name]]));
}

/** How long a run may take, in milliseconds; undefined where nothing says it. */
export function timeoutOf({ options }: RunArguments, config: SettledConfig): number | undefined {
  return options?.timeoutInMs || config.operationTimeoutInMs || undefined;
}
/** @throws InvalidArgumentError  for a pool of threads that the configuration does not name */
export function checkPool({ options }: RunArguments, { sessionInterOpThreadPool: pools }: SettledConfig): void {
  const pool = options?.interOpThreadPool ?? 0;
  if (pool >= -1 && pool < (pools?.length || 1)) return;
  throw new InvalidArgumentError(
    null,
    `Invalid inter_op_thread_pool: ${pool}\n  fix: they count from 0 in config.sessionInterOpThreadPool, or are one.`,
  );
}
/** What a configuration says to the cache of plans. */
export function cacheOptions(config: SettledConfig): CacheOptions {
  const { checkNumerics, graphOptions, deterministic = true, placement = 'auto' } = config;
  const wholeGraph = graphOptions ? graphOptions.wholeGraph : undefined;
  return {
    deterministic,
    byShapes: !checkNumerics && graphOptions !== false && placement === 'auto',
    wholeGraph: wholeGraph === undefined ? 'ifFaster' : wholeGraph ? 'always' : 'never',
  };
}
