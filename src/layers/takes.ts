/** What layers take: types. */
import type { ByName } from '../base/by-name';
import type { DTypeLike } from '../base/dtype';
import type { ShapeLike } from '../base/shape';
import type { Tensor } from '../graph/graph';
import type { GetVariableOptions, Partitioner, Regularizer, Reuse, VariableScope } from '../variables/variable-scope';
import type { LayerInitializer } from './named';

/** The shape of an input, or that by its name. */
export type OneShape = ShapeLike | { readonly inputShape: ShapeLike };
/** A penalty on a layer's result, or null for none. */
export type ActivityRegularizer = (output: Tensor) => Tensor | null;
/** What is added to weights after each update of an optimizer. */
export type Constraint = NonNullable<GetVariableOptions['constraint']>;
/** What every layer takes by name. */
export interface LayerOptions extends ByName {
  /** Whether optimizers change its variables. */
  readonly trainable?: boolean;
  /** Its name, which its variables' begin with. */
  readonly name?: string | null;
  /** The dtype of its variables; that of its first input where not given. */
  readonly dtype?: DTypeLike | null;
  /** The variable scope that it is in, for layers that share it. */
  readonly _scope?: string | VariableScope | null;
  /** Whether its variables are those that are there already. */
  readonly _reuse?: Reuse | null;
}
/** What `addWeight` takes by name. */
export interface WeightOptions extends ByName {
  readonly dtype?: DTypeLike | null;
  readonly initializer?: LayerInitializer | null;
  readonly regularizer?: Regularizer | null;
  readonly trainable?: boolean | null;
  readonly constraint?: Constraint | null;
  readonly useResource?: boolean | null;
  readonly partitioner?: Partitioner | null;
}

export type Taken = [
  trainable?: boolean,
  name?: string,
  dtype?: DTypeLike,
  _scope?: string | VariableScope,
  _reuse?: Reuse,
];
export type Weight = [
  name: string,
  shape: readonly number[],
  dtype?: DTypeLike,
  initializer?: LayerInitializer,
  regularizer?: Regularizer,
  trainable?: boolean,
  constraint?: Constraint,
  useResource?: boolean,
  partitioner?: Partitioner,
];
