/** The arguments of batch normalization, in their order. */
import type { Regularizer } from '../variables/variable-scope';
import type { ClassTaken } from './arguments';
import type { LayerInitializer } from './named';
import type { Adjustment } from './normalization-options';
import type { RenormClipping } from './renorm';
import type { Constraint } from './takes';

/** What batch normalization is made with. */
export type Normalization = [
  axis?: number | readonly number[],
  momentum?: number,
  epsilon?: number,
  center?: boolean,
  scale?: boolean,
  betaInitializer?: LayerInitializer,
  gammaInitializer?: LayerInitializer,
  movingMeanInitializer?: LayerInitializer,
  movingVarianceInitializer?: LayerInitializer,
  betaRegularizer?: Regularizer,
  gammaRegularizer?: Regularizer,
  betaConstraint?: Constraint,
  gammaConstraint?: Constraint,
  renorm?: boolean,
  renormClipping?: RenormClipping,
  renormMomentum?: number,
  fused?: boolean,
  trainable?: boolean,
  virtualBatchSize?: number,
  adjustment?: Adjustment,
  name?: string,
  ...rest: ClassTaken,
];
