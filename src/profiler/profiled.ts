/** Nodes as a profile sees them: what they are, and what their runs took. */
import { asDtype } from '../base/dtype';
import { TensorShape } from '../base/shape';
import type { Location } from '../base/stack';
import { LOCAL_DEVICE } from '../graph/device-spec';
import type { Operation } from '../graph/graph';
import type { NodeStats } from '../session/metadata';
import { type Counts, NONE, plus } from './counts';
import type { ShapeOf } from './float-ops';
import type { Logged } from './op-log';

/** Where nodes ran, as TensorFlow's profiler writes it. */
const DEVICE = LOCAL_DEVICE.toLowerCase();
/** A node of the graph. */
export class Profiled {
  /** What patterns of types are compared with: op type, device, and words of a log. */
  readonly types: Set<string>;
  /** The sizes that a variable or placeholder says of itself; empty where it says nothing. */
  readonly shape: readonly number[];
  private readonly runs = new Map<number, Counts>();
  constructor(
    readonly op: Operation,
    private logged: Logged,
    private shapeOf: ShapeOf,
  ) {
    this.types = new Set([op.type, ...logged.types]);
    this.shape = ownShape(op);
  }
  /** Takes in what is known since. */
  learn(logged: Logged, shapeOf: ShapeOf): void {
    this.logged = logged;
    this.shapeOf = shapeOf;
    for (const type of logged.types) this.types.add(type);
  }
  get name(): string {
    return this.op.name;
  }
  /** Nodes that it reads or waits for. */
  get inputs(): readonly Operation[] {
    return [...this.op.inputs.map((tensor) => tensor.op), ...this.waits];
  }
  /** What it waits for, in the order in which a GraphDef has it. */
  private get waits(): readonly Operation[] {
    return [...this.op.controlInputs].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  /** The sizes of its inputs; none of one whose rank is not known. What it waits for counts, by its first output. */
  get inputShapes(): readonly (readonly number[])[] {
    const waits = this.waits.map(({ outputs }) => outputs.at(0));
    return [...this.op.inputs, ...waits].map((tensor) => (tensor ? sizesOf(this.shapeOf(tensor)) : []));
  }
  get devices(): readonly string[] {
    return this.runs.size ? [DEVICE] : [];
  }
  /** The lines that made it, the outermost first. */
  get lines(): readonly Location[] {
    return [...this.op.trace.frames].reverse();
  }
  addRun(step: number, stats: NodeStats): void {
    this.types.add(DEVICE);
    this.runs.set(step, plus(this.runs.get(step) ?? NONE, countsOf(stats)));
  }
  /** What it is and took in a step; the average of all for -1. */
  counts(step: number): Counts {
    const took = this.took(step);
    const { floatOps } = this.logged;
    return {
      ...took,
      parameters: this.shape.length && this.shape.every((dim) => dim >= 0) ? product(this.shape) : 0,
      floatOps: this.runs.size ? floatOps * took.runCount : floatOps,
    };
  }
  private took(step: number): Counts {
    if (step >= 0) return this.runs.get(step) ?? NONE;
    if (this.runs.size <= 1) return this.runs.values().next().value ?? NONE;
    const total = [...this.runs.values()].reduce(plus, NONE);
    const average = Object.entries(total).map(([key, value]) => [key, Math.trunc(value / this.runs.size)]);
    return { ...NONE, ...Object.fromEntries(average) };
  }
}
const product = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);
function ownShape(op: Operation): readonly number[] {
  const shape = op.findAttr('shape');
  return shape instanceof TensorShape ? sizesOf(shape) : [];
}
/** A scalar counts as one number; a size that is not known is -1. */
function sizesOf(shape: TensorShape): readonly number[] {
  if (shape.ndims === null) return [];
  return shape.ndims === 0 ? [1] : shape.asList().map((dim) => dim ?? -1);
}
function countsOf({ micros, outputs }: NodeStats): Counts {
  const took = Math.max(1, Math.round(micros));
  const bytes = outputs.reduce((sum, { dtype, shape }) => sum + product(shape) * asDtype(dtype).size, 0);
  return {
    ...NONE,
    runCount: 1,
    execMicros: took,
    cpuExecMicros: took,
    requestedBytes: bytes,
    peakBytes: bytes,
    residualBytes: bytes,
    outputBytes: bytes,
  };
}
