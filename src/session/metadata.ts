/** What one run says of itself: `tf.RunOptions`, `tf.RunMetadata`, and the times of its nodes. */
import { type FieldsOf, type Settings, checkSettings } from '../calls/settings';
import { UnimplementedError } from '../base/errors';
import { now, seconds } from '../base/platform';
import type { GraphDef } from '../format/graph-def';
import type { Value } from '../kernels/kernel';
import type { PlanCacheStats } from '../plan/cache';
import type { Optimizations } from '../plan/optimize';
import { Fields, type FieldsGiven } from './config-proto';
import type { RunObserver } from './running';
import type { LoopPlace, Step } from '../plan/step';
import type { DeviceStepStats, NodeStats, StepStats } from './step-stats';

export type { DeviceStepStats, NodeExecStats, NodeStats, StepStats, Where } from './step-stats';
const inBytes = () => require('./run-metadata') as typeof import('./run-metadata');

/**
 * How much a run records, and how long it may take.
 *
 *     const options = new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE });
 *     const runMetadata = new tf.RunMetadata();
 *     sess.run(tf.matmul([[1, 2]], [[3], [4]]), {}, { options, runMetadata });
 *     runMetadata.stepStats.nodes.length > 0   // true
 */
export class RunOptions extends Fields {
  /** Records nothing. */
  static readonly NO_TRACE = 0;
  /** Records what FULL_TRACE does. */
  static readonly SOFTWARE_TRACE = 1;
  /** Records what FULL_TRACE does. */
  static readonly HARDWARE_TRACE = 2;
  /** Records the times of all nodes. */
  static readonly FULL_TRACE = 3;
  /** NO_TRACE, or one of the others. */
  traceLevel: number = RunOptions.NO_TRACE;
  /** How long `runAsync` may wait, and a loop may go on; 0: as long as it takes. */
  timeoutInMs = 0;
  /** One of those that `config.sessionInterOpThreadPool` names, which all are the same here; -1: none. */
  interOpThreadPool = 0;
  /** Whether `runMetadata.partitionGraphs` is to have the nodes that the run needed. */
  outputPartitionGraphs = false;
  /** Without watches: those of tfdbg are refused. Its place has `config.checkNumerics` (docs/debugging.md). */
  debugOptions: object = {};
  /** No effect: errors for want of memory say what was to be allocated. */
  reportTensorAllocationsUponOom = false;
  /** No effect. */
  experimental: object = {};
  /** Sees every step; for timelines, profilers and debuggers of one's own. No part of TensorFlow's message. */
  observer: RunObserver | null = null;
  /**
   * The options, those not given at their defaults.
   *
   * @param given  fields by name
   * @throws ValueError, TypeError  for a field that there is not, or of another kind
   */
  constructor(given: FieldsGiven<RunOptions> = {}) {
    super(RUN_OPTIONS);
    Object.assign(this, checkSettings(RUN_OPTIONS, given));
  }
}
export const RUN_OPTIONS: Settings = {
  message: 'RunOptions',
  fields: {
    traceLevel: 'int',
    timeoutInMs: 'int',
    interOpThreadPool: 'int',
    outputPartitionGraphs: 'bool',
    debugOptions: 'object',
    reportTensorAllocationsUponOom: 'bool',
    experimental: 'object',
    observer: 'object',
  } satisfies FieldsOf<RunOptions>,
};
/** @throws UnimplementedError  where tensors are to be watched, as tfdbg does: nobody would hear of them */
export function checkWatches({ debugOptions }: { readonly debugOptions?: object | null }): void {
  const watches: unknown = debugOptions && 'debugTensorWatchOpts' in debugOptions && debugOptions.debugTensorWatchOpts;
  if (!Array.isArray(watches) || !watches.length) return;
  throw new UnimplementedError(
    null,
    'RunOptions.debug_options watches tensors for tfdbg, and nothing here sends them anywhere.\n' +
      '  fix: fetch them, or print them with tf.Print; config.checkNumerics finds the first NaN of a run.',
  );
}
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
  /**
   * The nodes that the run needed, a graph for each device, where `outputPartitionGraphs` asks for them: what is fed
   * comes in by nodes of their own, and what is fetched goes out by such.
   */
  get partitionGraphs(): readonly GraphDef[] {
    return inBytes().graphsIn(this);
  }
  /** What a run puts there. */
  set partitionGraphs(graphs: readonly GraphDef[]) {
    inBytes().putGraphs(this, graphs);
  }
  /** Bytes of TensorFlow's message, as TensorBoard and Python read them. */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return inBytes().runMetadataBytes(this);
  }
  /** Text, as Python prints it. */
  toString(): string {
    return inBytes().runMetadataText(this);
  }
  /** From bytes. @throws ValueError  if they are no such message */
  static fromString(bytes: Uint8Array | string): RunMetadata {
    return inBytes().readRunMetadata(new RunMetadata(), bytes);
  }
  /** From text. @throws ValueError  that names the line, if it is no such message */
  static fromText(text: string): RunMetadata {
    return inBytes().readRunMetadataText(new RunMetadata(), text);
  }
}

/** What ran in this process. */
class LocalStats implements StepStats {
  /** When it began, in microseconds since 1970. */
  private readonly began: number;
  constructor(
    readonly device: string,
    readonly nodes: readonly NodeStats[],
    readonly startMicros: number,
    readonly micros: number,
  ) {
    this.began = seconds() * 1e6 - micros;
  }
  get devStats(): readonly DeviceStepStats[] {
    return inBytes().devStatsOf(this.nodes, this.began - this.startMicros);
  }
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
    return new LocalStats(this.device, this.nodes, this.started, microsNow() - this.started);
  }
}
function microsNow(): number {
  return now() * 1000;
}
