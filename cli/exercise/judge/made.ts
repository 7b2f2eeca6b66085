/** Question 3: which variables were made, and what is used of them. */
import { showDims } from '../graph';
import type { Affine, Layer } from '../layers';
import type { VariableRecord } from '../record';
import type { Case } from './verdict';

/** A variable whose shape is known. */
export type Shaped = VariableRecord & { readonly shape: NonNullable<VariableRecord['shape']> };
export const isShaped = (v: VariableRecord): v is Shaped => v.shape !== null;
/** What was made and what is used of it. */
export interface Found {
  readonly c: Case;
  readonly way: readonly Layer[] | null;
  /** The linear maps on the way from the pictures to the logits. */
  readonly used: readonly Affine[];
  /** Weights and biases of these maps. */
  readonly model: ReadonlySet<number>;
  /** Trainable variables and those of the model: an optimizer's own are none of the question's. */
  readonly own: readonly VariableRecord[];
  readonly weights: readonly Shaped[];
}

export const show = ({ c: { graph } }: Found, { node, shape }: VariableRecord): string =>
  `${graph.describe(node)} ${showDims(shape)}`;
