/** What a session is told when it is made. */
import type { AdvisorConfig } from '../advice/advisor';
import { constructorOf } from '../calls/bind';
import type { Graph } from '../graph/graph';
import type { Placement } from '../kernels/kernel';
import type { CacheOptions } from '../plan/cache';
import type { GraphOptions } from '../plan/optimize';
import type { RunMetadata, RunOptions } from './metadata';
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

/** The third argument of `run`. */
export interface RunArguments {
  /** How much the run records, and how long it may take. */
  readonly options?: Partial<RunOptions>;
  /** Filled with the times of the nodes where `options` ask for a trace. */
  readonly runMetadata?: RunMetadata;
  /** Ends a `runAsync` that waits. */
  readonly signal?: AbortSignal;
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
