/** What the methods of an optimizer take, in Python's order, and the words for it. */
import type { ByName } from '../base/by-name';
import { signature } from '../calls/bind';
import type { AggregationMethod } from '../gradients/aggregate';
import type { MaybeRows } from '../gradients/gradients';
import type { GradY } from '../gradients/initial';
import type { TensorLike } from '../graph/constant';
import type { Symbolic } from '../ops/known-ranks';
import type { IndexedSlices, Tensor } from '../graph/graph';
import type { Variable } from '../variables/variable';

/** What an optimizer applies: a tensor, or rows of one. */
export type Gradient = Tensor | IndexedSlices;
/** A gradient and the variable that it is for; null where the loss does not depend on the variable. */
export type GradAndVar = readonly [gradient: Gradient | null, variable: Variable];
/** The same as it is computed: typed as a gradient that is there, as those of `tf.gradients` are. */
export type ComputedGradient = readonly [gradient: Tensor & MaybeRows, variable: Variable];
/** A number, a tensor (a learning rate that decays, a placeholder), or a function that gives one. */
export type Hyperparameter = TensorLike | (() => TensorLike);
/** When the gradients of one step may be used: at once, when all of one operation are there, when all are there. */
export type GateGradients = 0 | 1 | 2;

/** What `computeGradients` takes by name. */
export interface ComputeGradientsOptions extends ByName {
  /** The variables to train; all trainable ones where not given. */
  readonly varList?: readonly Variable[] | Variable | null;
  /** When the gradients may be used. */
  readonly gateGradients?: GateGradients;
  /** How several gradients of one tensor are summed. */
  readonly aggregationMethod?: AggregationMethod | null;
  /** Places gradients with their operations. */
  readonly colocateGradientsWithOps?: boolean;
  /** The gradient of something with respect to `loss`; one where not given. */
  readonly gradLoss?: GradY;
}
/** What `applyGradients` takes by name. */
export interface ApplyGradientsOptions extends ByName {
  /** A variable that counts the steps. */
  readonly globalStep?: Variable | null;
  /** The name of the operation. */
  readonly name?: string | null;
}
/** What `minimize` takes by name: what its two halves take. */
export type MinimizeOptions = ComputeGradientsOptions & ApplyGradientsOptions;
/** What every optimizer takes by name. */
export interface OptimizerOptions {
  /** Has no effect: updates of one variable do not meet here. */
  readonly useLocking?: boolean;
  /** The prefix of the names of its nodes. */
  readonly name?: string;
}

/** What `AdamOptimizer` takes by place, as those derived from it do. */
export type AdamTaken = [
  learningRate?: Hyperparameter,
  beta1?: TensorLike,
  beta2?: TensorLike,
  epsilon?: Hyperparameter,
  useLocking?: boolean,
  name?: string,
];

type VarList = readonly Variable[] | Variable;
export type Minimized = [
  loss: Symbolic,
  globalStep?: Variable,
  varList?: VarList,
  gateGradients?: GateGradients,
  aggregationMethod?: AggregationMethod,
  colocateGradientsWithOps?: boolean,
  name?: string,
  gradLoss?: GradY,
];
export type Computed = [
  loss: Symbolic,
  varList?: VarList,
  gateGradients?: GateGradients,
  aggregationMethod?: AggregationMethod,
  colocateGradientsWithOps?: boolean,
  gradLoss?: GradY,
];
/** What `map` makes of pairs: of its lists TypeScript does not know that they have a gradient first. */
type Untupled = readonly (Gradient | Variable | null)[] & { readonly 0?: never };
type Pair = readonly [Gradient | TensorLike | null, Variable];
export type Applied<P = Pair | Untupled> = [gradsAndVars: Iterable<P>, globalStep?: Variable, name?: string];
export const MINIMIZE = signature<Minimized>('train.Optimizer.minimize');
export const COMPUTE_GRADIENTS = signature<Computed>('train.Optimizer.compute_gradients');
export const APPLY_GRADIENTS = signature<Applied<Pair>>('train.Optimizer.apply_gradients');
export const GET_SLOT = signature<[v: Variable, name: string]>('train.Optimizer.get_slot');
