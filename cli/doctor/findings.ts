/** What the doctor finds. */
import type { AddonSource } from '../../src/kernels/native/addon-places';
import type { DeviceName } from '../flags';
import { oneLine } from '../usage';

/** What is wrong, and what to do about it. */
export interface Problem {
  readonly what: string;
  readonly cure: string;
}

/** A device that was tried. */
export type Probe =
  | {
      readonly works: true;
      /** The median time of one training step of the tutorial's network, with batches of 100. */
      readonly microsecondsPerStep: number;
      /** Half of the steps took much longer than the fastest tenth: others had the processor in between. */
      readonly disturbed?: boolean;
      /** How many threads its products and updates run on; of the portable device. */
      readonly threads?: number;
      /** Whether it rounds products once with their additions; of the portable device. */
      readonly fused?: boolean;
      /** Of the addon; on the native device. */
      readonly addon?: { readonly path: string; readonly source: AddonSource; readonly tensorflow: string };
    }
  | { readonly works: false; readonly problems: readonly Problem[] };

/** All that the doctor finds; what `--json` prints. */
export interface Findings {
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  /** The device that a script gets, or null where it gets an error. */
  readonly device: DeviceName | null;
  readonly why: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly native: Probe;
  readonly portable: Probe;
  readonly mnist: { readonly train: number; readonly validation: number; readonly test: number } | null;
  /** Other programs keep the processors busy: the times tell of them, too. */
  readonly busy: boolean;
  readonly problems: readonly Problem[];
}

/** A message that goes on, or gets its full stop later. */
export const withoutStop = (message: string): string => oneLine(message).replace(/\.$/, '');
