/** What batch normalization takes. */
import type { ByName } from '../base/by-name';
import { ValueError } from '../base/errors';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Regularizer } from '../variables/variable-scope';
import type { LayerInitializer } from './named';
import type { RenormClipping } from './renorm';
import type { Constraint, LayerOptions } from './takes';

/** What batch normalization takes by name. */
export interface BatchNormalizationOptions extends ByName {
  /** The dimension of the features: the last where not given. */
  readonly axis?: number | readonly number[];
  /** What stays of a moving average at each update: 0.99 where not given. */
  readonly momentum?: number;
  /** Keeps the divisor from 0: 0.001 where not given. */
  readonly epsilon?: number;
  /** Whether `beta` is added. */
  readonly center?: boolean;
  /** Whether the result is multiplied by `gamma`. */
  readonly scale?: boolean;
  /** What `beta` starts from: zeros where not given. */
  readonly betaInitializer?: LayerInitializer | null;
  /** What `gamma` starts from: ones where not given. */
  readonly gammaInitializer?: LayerInitializer | null;
  /** What the moving mean starts from: zeros where not given. */
  readonly movingMeanInitializer?: LayerInitializer | null;
  /** What the moving variance starts from: ones where not given. */
  readonly movingVarianceInitializer?: LayerInitializer | null;
  /** Gives a penalty on `beta`. */
  readonly betaRegularizer?: Regularizer | null;
  /** Gives a penalty on `gamma`. */
  readonly gammaRegularizer?: Regularizer | null;
  /** A projection of `beta` after each update. */
  readonly betaConstraint?: Constraint | null;
  /** A projection of `gamma` after each update. */
  readonly gammaConstraint?: Constraint | null;
  /** Whether a batch in training is normalized nearly as its moving averages would. */
  readonly renorm?: boolean;
  /** Bounds of what `renorm` corrects: `rmin`, `rmax`, `dmax`. */
  readonly renormClipping?: RenormClipping | null;
  /** What stays, at each update, of the averages that `renorm` corrects by: 0.99 where not given. */
  readonly renormMomentum?: number;
  /** False keeps from the one node that pictures are normalized by. */
  readonly fused?: boolean | null;
  /** Whether optimizers change its variables; without it the moving averages stay too. */
  readonly trainable?: boolean;
  /** Normalizes the batch in parts of so many. */
  readonly virtualBatchSize?: number | null;
  /** In training, what the normalized values are multiplied by, and what is added, from the shape of the input. */
  readonly adjustment?: Adjustment | null;
  /** The layer's name, which its variables' begin with. */
  readonly name?: string | null;
}
/** A scale and an offset of normalized values, made of the shape of the input. */
export type Adjustment = (shape: Tensor) => readonly [scale: TensorLike, bias: TensorLike];
export type All = BatchNormalizationOptions & Omit<LayerOptions, 'name' | 'trainable'>;
export const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
/** @throws ValueError  for parts of the batch that cannot be */
export function checkParts(axes: readonly number[], { virtualBatchSize, adjustment }: BatchNormalizationOptions): void {
  if (!isGiven(virtualBatchSize)) return;
  if (!(virtualBatchSize > 0))
    throw new ValueError(
      'virtual_batch_size must be a positive integer that divides the true batch size of the input Tensor',
    );
  if (axes.includes(0))
    throw new ValueError('When using virtual_batch_size, the batch dimension must be 0 and thus axis cannot include 0');
  if (adjustment) throw new ValueError('When using virtual_batch_size, adjustment cannot be specified');
}
