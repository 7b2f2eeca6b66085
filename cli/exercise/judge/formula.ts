/** Question 5: what a cost is made of. */
import type { Edge } from '../record';
import type { Case } from './verdict';

export const near = (a: number, b: number): boolean => Math.abs(a - b) <= 2e-3 * Math.max(1, Math.abs(b));

/** What the cost is made of. */
export interface Formula {
  readonly c: Case;
  readonly cost: Edge;
  readonly sources: readonly number[];
  /** TensorFlow's own cross entropies in it. */
  readonly core: readonly number[];
  /** Depends on what is trained. */
  learns(id: number): boolean;
  knowsLabels(id: number): boolean;
}
