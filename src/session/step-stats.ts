/** What a run says of its nodes: as programs here read it, and as TensorFlow's message has it. */
import type { LoopPlace } from '../plan/step';

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
  /** The same as TensorFlow's message has it: what ran, by device. */
  readonly devStats: readonly DeviceStepStats[];
}
/** What ran on a device: TensorFlow's message of that name, in camelCase. */
export interface DeviceStepStats {
  /** Its name. */
  readonly device: string;
  /** What ran there. */
  readonly nodeStats: readonly NodeExecStats[];
}
/** What a node took: TensorFlow's message of that name, in camelCase. */
export interface NodeExecStats {
  /** Its name. */
  readonly nodeName: string;
  /** When it began, in microseconds since 1970. */
  readonly allStartMicros: number;
  /** When its kernel began, in microseconds from then on. */
  readonly opStartRelMicros: number;
  /** When its kernel ended. */
  readonly opEndRelMicros: number;
  /** When all of it ended. */
  readonly allEndRelMicros: number;
  /** Its name, op type and inputs: `sum = AddV2(a, b)`. */
  readonly timelineLabel: string;
  /** When it was ready to run, in microseconds since 1970. */
  readonly scheduledMicros: number;
  /** The thread that ran it. */
  readonly threadId: number;
  /** Its outputs, by their numbers. */
  readonly output: readonly {
    /** The number of the output. */
    readonly slot: number;
    /** What it is. */
    readonly tensorDescription: {
      /** The number of its dtype. */
      readonly dtype: number;
      /** Its sizes. */
      readonly shape: {
        /** One by one. */
        readonly dim: readonly {
          /** How many elements it has. */
          readonly size: number;
        }[];
      } | null;
      /** Its memory; null for an empty one. */
      readonly allocationDescription: {
        /** Its bytes: those of its elements. */
        readonly requestedBytes: number;
        /** Where they are: `cpu`. */
        readonly allocatorName: string;
      } | null;
    } | null;
  }[];
}
