/** What a plan is made for. */
import type { Operation, Tensor } from '../graph/graph';

/** What is asked for: tensors to compute, operations to run, and what is given. */
export interface Signature {
  readonly fetches: readonly Tensor[];
  readonly targets: readonly Operation[];
  readonly feeds: readonly Tensor[];
}
export interface PlanRequest extends Signature {
  /** Where they are given the plan is for feeds of just these shapes, and rewritten for them. */
  readonly shapes?: readonly (readonly number[])[];
  /** Whether the device may take a part of it as one: always, or where that is likely to be faster. */
  readonly compile?: 'always' | 'ifFaster';
  /** Whether loops in such a part look at the clock. */
  readonly timed?: boolean;
  /** Whether it is to become one on the device after some runs; 'ask': where that pays off at `firstShapes`. */
  readonly asOne?: boolean | 'ask';
  readonly firstShapes?: readonly (readonly number[])[];
  /** Whether feeds come one after the other, while it runs. */
  readonly comesLate?: boolean;
}
