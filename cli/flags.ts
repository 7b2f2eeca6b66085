/** What the commands' flags say, once they are read. */
import { BUILT_IN } from '../src/kernels/built-in';

/** The devices that come with the library, by name. */
export const DEVICES = BUILT_IN.map(({ kind }) => kind);
export type DeviceName = string;

/** The learning rate of each optimizer that suits the tutorial's network. */
export const LEARNING_RATES = { sgd: 0.5, momentum: 0.1, adam: 0.001 } as const;
export type OptimizerName = keyof typeof LEARNING_RATES;

export interface TrainFlags {
  readonly steps: number;
  readonly batchSize: number;
  readonly hiddenUnits: number;
  readonly learningRate?: number;
  readonly optimizer: OptimizerName;
  readonly seed?: number;
  readonly device?: DeviceName;
  readonly dataDir?: string;
  readonly logEvery: number;
  /** Where the page about the training goes. */
  readonly report?: string;
  readonly json?: boolean;
}

export interface DoctorFlags {
  /** A server to look at in the place of this machine: `grpc://host:port`. */
  readonly server?: string;
  readonly json?: boolean;
  /** Try this device in this process, and print what came of it: how the doctor calls itself. */
  readonly probe?: DeviceName;
}

export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly device?: DeviceName;
  /** The folder whose files ops may read and write. */
  readonly allowFiles?: string;
  readonly maxMessageMb: number;
  /** Half of the memory where not given. */
  readonly maxStepMb?: number;
  readonly maxSessions: number;
  readonly maxOpenSteps: number;
  readonly json?: boolean;
}
