/** What one run says of itself: `tf.RunOptions`, `tf.RunMetadata`, and the times of its nodes. */
import { type FieldsOf, type Settings, checkSettings } from '../calls/settings';
import { now } from '../base/platform';
import type { Value } from '../kernels/kernel';
import type { PlanCacheStats } from '../plan/cache';
import type { Optimizations } from '../plan/optimize';
import type { RunObserver } from './running';
import type { LoopPlace, Step } from '../plan/step';

/** Where a node ran. */
export type Where = 'host' | 'device' | 'state';
/** One node of one run. Times are microseconds on the process's own clock. */
export interface NodeStats {
  /** Its name. */
  readonly nodeName: string;
  /** Its op type. */
  readonly op: string;
  /** What ran it: the device or the host. */
  readonly where: Where;
  /** When it began. */
  readonly startMicros: number;
  /** How long it took. */
  readonly micros: number;
  /** The names of its inputs. */
  readonly inputs: readonly string[];
  /** Dtype and shape of its outputs. */
  readonly outputs: readonly {
    /** Its element type. */
    readonly dtype: string;
    /** Its shape in that run. */
    readonly shape: readonly number[];
  }[];
  /** The user's line that made the node. */
  readonly line: string | null;
  /** The loops that it ran in with their iterations, the outermost first. */
  readonly loops: readonly LoopPlace[];
}
/** The nodes of a run, in the order in which they ran. */
export interface StepStats {
  /** The device of the session. */
  readonly device: string;
  /** What ran. */
  readonly nodes: readonly NodeStats[];
  /** When the run began, in microseconds. */
  readonly startMicros: number;
  /** How long it took, in microseconds. */
  readonly micros: number;
}

/**
 * How much a run records, and how long it may take.
 *
 *     const options = new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE });
 *     const runMetadata = new tf.RunMetadata();
 *     sess.run(tf.matmul([[1, 2]], [[3], [4]]), {}, { options, runMetadata });
 *     runMetadata.stepStats.nodes.length > 0   // true
 */
export class RunOptions {
  /** Records nothing. */
  static readonly NO_TRACE = 0;
  /** Records the times of all nodes. */
  static readonly FULL_TRACE = 3;
  /** NO_TRACE or FULL_TRACE. */
  readonly traceLevel: number;
  /** Sees every step; for timelines, profilers and debuggers of one's own. */
  readonly observer: RunObserver | null;
  /** How long `runAsync` may wait, and a loop may go on; 0: as long as it takes. */
  readonly timeoutInMs: number;
  constructor(settings: { traceLevel?: number; observer?: RunObserver | null; timeoutInMs?: number } = {}) {
    const { traceLevel, observer, timeoutInMs } = checkSettings(RUN_OPTIONS, settings);
    this.traceLevel = traceLevel ?? RunOptions.NO_TRACE;
    this.observer = observer ?? null;
    this.timeoutInMs = timeoutInMs ?? 0;
  }
}
export const RUN_OPTIONS: Settings = {
  message: 'RunOptions',
  fields: { traceLevel: 'int', observer: 'object', timeoutInMs: 'int' } satisfies FieldsOf<RunOptions>,
};
/**
 * What a run records, where it is given one.
 *
 *     const options = new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE });
 *     const runMetadata = new tf.RunMetadata();
 *     sess.run(tf.matmul([[1, 2]], [[3], [4]]), {}, { options, runMetadata });
 *     runMetadata.stepStats.nodes.length > 0   // true
 */
export class RunMetadata {
  /** The times of the nodes, where a trace was asked for. */
  stepStats: StepStats | null = null;
  /** What rewrites made of the graph for this run; null for one of the first with these feed shapes, which get none. */
  optimizations: Optimizations | null = null;
  /** How full the session's cache of plans is, and how many of them had to give way to others. */
  planCache: PlanCacheStats | null = null;
}

/** Collects the times of a run's nodes. */
export class StatsCollector implements RunObserver {
  private readonly nodes: NodeStats[] = [];
  private readonly started = microsNow();
  constructor(
    private readonly device: string,
    private readonly next: RunObserver | null,
  ) {}
  onStep(
    step: Step,
    inputs: readonly Value[],
    outputs: readonly Value[],
    nanoseconds: number,
    loops: readonly LoopPlace[],
  ): void {
    const micros = nanoseconds / 1000;
    this.nodes.push({
      nodeName: step.op.name,
      op: step.node.type,
      startMicros: microsNow() - micros,
      micros,
      where: step.where === 'state' ? 'state' : outputs.some((v) => v.handle !== null) ? 'device' : 'host',
      inputs: step.op.inputs.map((t) => t.name),
      outputs: outputs.map((v) => ({ dtype: v.dtype.name, shape: v.shape })),
      line: step.op.trace.line,
      loops,
    });
    this.next?.onStep?.(step, inputs, outputs, nanoseconds, loops);
  }
  finish(): StepStats {
    return { device: this.device, nodes: this.nodes, startMicros: this.started, micros: microsNow() - this.started };
  }
}
function microsNow(): number {
  return now() * 1000;
}
