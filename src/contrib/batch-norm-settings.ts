/** What batch normalization of `tf.contrib.layers` is told, and its variables. */
import type { DType } from '../base/dtype';
import { convertToTensor, type TensorLike } from '../graph/constant';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import type { Adjustment } from '../layers/normalization-options';
import type { RenormClipping } from '../layers/renorm';
import { whenTraining } from '../layers/training';
import { assignMovingAverage } from '../train/moving-average';
import { onesInitializer, zerosInitializer } from '../variables/initializers';
import { getVariableScope, variableScope } from '../variables/scope';
import type { Variable } from '../variables/variable';
import type { Initializer, Regularizer, Reuse } from '../variables/variable-scope';
import { type Names, type VariablesCollections, collectionsFor } from './collections';
import type { Scope } from './layer-scope';
import { modelVariable } from './variables';
import type { ActivationFn } from './weights';

type ByName<T> = Readonly<Record<string, T>>;
export type Taken = [
  inputs: TensorLike,
  decay?: number,
  center?: boolean,
  scale?: boolean,
  epsilon?: number,
  activationFn?: ActivationFn | null,
  paramInitializers?: ByName<Initializer>,
  paramRegularizers?: ByName<Regularizer>,
  updatesCollections?: Names | null,
  isTraining?: boolean | Tensor,
  reuse?: Reuse,
  variablesCollections?: VariablesCollections,
  outputsCollections?: Names,
  trainable?: boolean,
  batchWeights?: TensorLike,
  fused?: boolean,
  dataFormat?: string,
  zeroDebiasMovingMean?: boolean,
  scope?: Scope,
  renorm?: boolean,
  renormClipping?: RenormClipping,
  renormDecay?: number,
  adjustment?: Adjustment,
];
export interface Settings {
  readonly inputs: TensorLike;
  readonly decay: number;
  readonly center: boolean;
  readonly scale: boolean;
  readonly epsilon: number;
  readonly activationFn: ActivationFn | null;
  readonly starts: ByName<Initializer>;
  readonly regularizers: ByName<Regularizer>;
  /** Where what moves the averages goes; null has it done at once. */
  readonly updates: Names | null;
  readonly isTraining: boolean | Tensor;
  readonly reuse: Reuse | undefined;
  readonly variables: VariablesCollections | undefined;
  readonly outputs: Names | undefined;
  readonly trainable: boolean;
  readonly batchWeights: TensorLike | undefined;
  readonly fused: boolean;
  readonly dataFormat: string;
  readonly zeroDebias: boolean;
  readonly scope: Scope | undefined;
  readonly renorm: boolean;
  readonly renormClipping: RenormClipping | undefined;
  readonly renormDecay: number;
  readonly adjustment: Adjustment | undefined;
}
/** The arguments by name, with their defaults. */
export function settingsOf([
  inputs,
  decay = 0.999,
  center = true,
  scale = false,
  epsilon = 0.001,
  ...given
]: Taken): Settings {
  const [activationFn = null, starts = {}, regularizers = {}, updates = GraphKeys.UPDATE_OPS, ...more] = given;
  const [isTraining = true, reuse, variables, outputs, trainable = true, batchWeights, ...rest] = more;
  const [fused = true, dataFormat = 'NHWC', zeroDebias = false, scope, renorm = false, ...last] = rest;
  const [renormClipping, renormDecay = 0.99, adjustment] = last;
  const first = { inputs, decay, center, scale, epsilon, activationFn, starts, regularizers, updates, isTraining };
  const second = {
    reuse,
    variables,
    outputs,
    trainable,
    batchWeights,
    fused,
    dataFormat,
    zeroDebias,
    scope,
  } satisfies Partial<Settings>;
  return { ...first, ...second, renorm, renormClipping, renormDecay, adjustment };
}
/** What a variable starts from: by our name of it, or by Python's. */
export const startOf = (starts: ByName<Initializer>, name: string): Initializer | undefined =>
  starts[name] ?? starts[name.replace(/_[a-z]/g, ([, letter]) => letter.toUpperCase())];

/** The variables of a batch normalization, and what stands in the place of those that it does without. */
export interface NormWeights<None> {
  readonly beta: Variable | None;
  readonly gamma: Variable | None;
  readonly mean: Variable;
  readonly variance: Variable;
}
/**
 * Makes the variables.
 *
 * @param without  what stands in the place of `beta`, 0, and of `gamma`, 1
 */
export function normWeights<None>(
  { starts, regularizers, variables, center, scale, trainable }: Settings,
  size: number,
  dtype: DType,
  without: (value: 0 | 1) => None,
): NormWeights<None> {
  const weight = (name: string, initializer: Initializer, isTrained: boolean): Variable =>
    modelVariable(name, [size], {
      dtype,
      initializer: startOf(starts, name) ?? initializer,
      regularizer: isTrained ? regularizers[name] : null,
      collections: collectionsFor(variables, name),
      trainable: isTrained && trainable,
    });
  const beta = center ? weight('beta', zerosInitializer(), true) : without(0);
  const gamma = scale ? weight('gamma', onesInitializer(), true) : without(1);
  // Averages are never in parts.
  return variableScope(getVariableScope(), (scope) => {
    scope.setPartitioner(null);
    const mean = weight('moving_mean', zerosInitializer(), false);
    return { beta, gamma, mean, variance: weight('moving_variance', onesInitializer(), false) };
  });
}
/** The two averages after a step, or as they are where it does not train, in their collections. */
export function moveLater(
  { updates, isTraining }: Settings,
  { mean, variance }: NormWeights<unknown>,
  moves: () => readonly Tensor[],
): void {
  const kept = (): readonly Tensor[] => [convertToTensor(mean), convertToTensor(variance)];
  for (const each of whenTraining(isTraining, moves, kept))
    getDefaultGraph().addToCollections([updates ?? []].flat(), each);
}
/** What moves the averages towards the mean and the variance of a batch. */
export function movesOf(
  { decay, zeroDebias }: Settings,
  { mean, variance }: NormWeights<unknown>,
  [ownMean, ownVariance]: readonly Tensor[],
): () => readonly [mean: Tensor, variance: Tensor] {
  return () => [
    assignMovingAverage(mean, ownMean, decay, zeroDebias),
    assignMovingAverage(variance, ownVariance, decay, false),
  ];
}
