/** Parts of a graph that a device takes as one. */
import type { DType } from '../base/dtype';
import type { TensorShape } from '../base/shape';
import type { NodeBytes } from '../format/graphdef';
import type { Value } from './value';

/** A part of a graph as one kernel. Pure: it may be run again node by node to find what failed. */
export interface CompiledKernel {
  /** False where the device gets it with its first run, which takes time. */
  readonly isReady?: boolean;
  run(inputs: readonly Value[]): readonly Value[];
  dispose(): void;
  /** Whether an error says that time is up; where loops look at the clock, which read the end as the last input. */
  readonly isOverTime?: (error: unknown) => boolean;
}
/** What comes into a part, and the tensor names of what goes out. */
export interface GraphEdges {
  readonly inputs: readonly GraphInput[];
  readonly outputs: readonly string[];
}
/** A loop of such a part that looks at the clock: its condition, and what brings the end of its time into it. */
export interface GraphLoop {
  readonly cond: string;
  readonly until: string;
}

/** What comes into a part of a graph: nodes in it read it by this name. */
export interface GraphInput {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: TensorShape;
}
/** A node of a graph that is handed to a device, with what is known of the shapes of its inputs. */
export interface GraphNode extends NodeBytes {
  readonly outputTypes?: readonly DType[];
  readonly shapes?: readonly TensorShape[];
}
