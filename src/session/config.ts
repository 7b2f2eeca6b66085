/** What a session is told when it is made. */
import type { AdvisorConfig } from '../advice/advisor';
import { TypeError_ } from '../base/errors';
import { preview } from '../base/preview';
import { constructorOf, signature } from '../calls/bind';
import { type FieldsOf, type Settings, checkSettings } from '../calls/settings';
import type { Graph } from '../graph/graph';
import type { FeedDict, FeedKey } from '../graph/runner';
import type { Placement } from '../kernels/kernel';
import type { CacheOptions } from '../plan/cache';
import { type GraphOptions, PASS_NAMES } from '../plan/optimize';
import type { Fetches } from './fetch';
import { RUN_OPTIONS, RunMetadata, RunOptions } from './metadata';
import type { Worker } from './worker';

/** How a session runs. */
export interface SessionConfig extends AdvisorConfig {
  /** Where to run; the fastest that loads where not given. TFJS_SESSION_DEVICE says the same for a whole process. */
  readonly device?: string;
  /**
   * Whether small ops may run on the host: 'auto' (the default) weighs the two; 'host' and 'device' force one. For
   * tests and measurements.
   */
  readonly placement?: Placement;
  /** Which rewrites a plan gets that is run often; `false` for none. */
  readonly graphOptions?: GraphOptions;
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
  /** On a server: variables of its own, in the place of those that all its sessions share. */
  readonly isolateSessionState?: boolean;
  /** How long a run may take that names no time of its own; 0, which is the default: as long as it takes. */
  readonly operationTimeoutInMs?: number;
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
  readonly feedDict?: FeedDict | null;
}
type Run = [fetches: unknown, feedDict?: FeedDict, options?: Partial<RunOptions>, runMetadata?: RunMetadata];
export const RUN = signature<Run>('Session.run');
export const RUN_ASYNC = signature<[...Run, signal?: AbortSignal]>('Session.run_async');
type Callable = [fetches: Fetches, feedList?: readonly FeedKey[], acceptOptions?: null];
export const MAKE_CALLABLE = signature<Callable>('Session.make_callable');
export const PARTIAL_RUN_SETUP =
  signature<[fetches: Fetches, feeds?: FeedKey | readonly FeedKey[]]>('Session.partial_run_setup');
export const PARTIAL_RUN = signature<[handle: string, fetches: unknown, feedDict?: FeedDict]>('Session.partial_run');
export const AS_DEFAULT = signature<[]>('Session.as_default');

/** What a run was asked for. @throws ValueError, TypeError  for options and metadata that are none */
export function runArguments(
  options: Partial<RunOptions> | undefined,
  runMetadata: RunMetadata | undefined,
  signal?: AbortSignal,
): RunArguments {
  if (options && !(options instanceof RunOptions)) checkSettings(RUN_OPTIONS, options);
  if (runMetadata && !(runMetadata instanceof RunMetadata))
    throw new TypeError_(
      `runMetadata is what a run fills, not ${preview(runMetadata)}.\n  fix: runMetadata: new tf.RunMetadata().`,
    );
  return { options, runMetadata, signal };
}

const GRAPH_OPTIONS: Settings = {
  message: 'GraphOptions',
  fields: Object.fromEntries([...PASS_NAMES, 'wholeGraph'].map((name) => [name, 'bool'])),
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
    isolateSessionState: 'bool',
    operationTimeoutInMs: 'int',
    advice: 'bool',
    lint: 'bool',
    strictGraph: 'bool',
  } satisfies FieldsOf<SessionConfig>,
};
/** @throws ValueError, TypeError  for a setting that there is not, or of another kind */
export function checkConfig(config: SessionConfig): SessionConfig {
  return checkSettings(CONFIG, config);
}

/** What a configuration says to the cache of plans. */
export function cacheOptions(config: SessionConfig): CacheOptions {
  const { checkNumerics, graphOptions, deterministic = true, placement = 'auto' } = config;
  const wholeGraph = graphOptions ? graphOptions.wholeGraph : undefined;
  return {
    deterministic,
    byShapes: !checkNumerics && graphOptions !== false && placement === 'auto',
    wholeGraph: wholeGraph === undefined ? 'ifFaster' : wholeGraph ? 'always' : 'never',
  };
}
