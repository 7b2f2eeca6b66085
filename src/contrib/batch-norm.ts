/** Batch normalization of `tf.contrib.layers`. */
import { float32 } from '../base/dtype';
import { UnimplementedError, ValueError } from '../base/errors';
import { waitingFor } from '../control/framework';
import { apply } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type ArrayTensor, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { BatchNormalization } from '../layers/batch-normalization';
import { knownTraining, whenTraining } from '../layers/training';
import { fusedBatchNorm } from '../ops/batch-norm';
import { filled, oneOf, scalar, shapeOf, zeroOf } from '../ops/words';
import { onesInitializer, zerosInitializer } from '../variables/initializers';
import type { Initializer, Regularizer, Reuse } from '../variables/variable-scope';
import type { Variable } from '../variables/variable';
import { argScopedLike } from './arg-scope';
import {
  type Names,
  type VariablesCollections,
  addVariable,
  checkFormat,
  collectionsFor,
  collectNamedOutputs,
} from './collections';
import { type Scope, inLayer } from './layer-scope';
import { modelGetter, modelVariable } from './variables';
import type { ActivationFn } from './weights';

type ByName<T> = Readonly<Record<string, T>>;
type Taken = [
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
  batchWeights?: null,
  fused?: boolean,
  dataFormat?: string,
  zeroDebiasMovingMean?: boolean,
  scope?: Scope,
  renorm?: boolean,
  renormClipping?: null,
  renormDecay?: number,
  adjustment?: null,
];

/**
 * Batch normalization (Ioffe and Szegedy 2015): each feature by mean and variance of the batch while training, and by
 * their moving averages otherwise. What moves the averages is in the collection UPDATE_OPS, and must run beside the
 * training step, as `tf.contrib.training.createTrainOp` and `tf.contrib.layers.optimizeLoss` let it; with
 * `updatesCollections: null` they are moved before the result is there.
 *
 *     const x = tf.placeholder(tf.float32, [null, 28, 28, 3]);
 *     tf.contrib.layers.batchNorm(x, { isTraining: true })   // shape (null, 28, 28, 3)
 *     tf.getCollection(tf.GraphKeys.UPDATE_OPS).length        // 2
 *
 * @param inputs                floats, shape [batch, features] or [batch, rows, columns, features]; other ranks too,
 *   but not with other collections of updates
 * @param decay                 what stays of a moving average at each update; 0.999 where not given
 * @param center                whether `beta` is added; true where not given
 * @param scale                 whether the result is multiplied by `gamma`; false where not given
 * @param epsilon               keeps the divisor from 0; 0.001 where not given
 * @param activationFn          is applied to the result
 * @param paramInitializers     what `beta`, `gamma`, `movingMean` and `movingVariance` start from, by these names
 * @param paramRegularizers     give penalties on `beta` and `gamma`, by these names
 * @param updatesCollections    where the updates go: UPDATE_OPS where not given; null has them done at once
 * @param isTraining            false takes the moving averages; true where not given, or a tensor that a run decides by
 * @param reuse                 whether its variables are those that are there already, of this scope
 * @param variablesCollections  collections for its variables, for all or by name
 * @param outputsCollections    collections for its result
 * @param trainable             whether optimizers change its variables; true where not given
 * @param fused                 false keeps from the one node that pictures are normalized by
 * @param dataFormat            'NHWC', where not given, or 'NCHW'
 * @param scope                 its name; `BatchNorm` where not given
 * @returns  inputs' dtype and shape
 * @throws ValueError  if the rank, or the number of features, is not known
 */
export const batchNorm = argScopedLike('contrib.layers.batch_norm', (...given: Taken): ArrayTensor => {
  const [inputs, , , , , , , , updates = GraphKeys.UPDATE_OPS, , , , , , , fused = true] = given;
  const { rank } = convertToTensor(inputs).shape;
  const alone = rank === 2 || updates !== GraphKeys.UPDATE_OPS;
  if (fused && (rank === 2 || rank === 4) && alone) return asOneNode(...given);
  if (updates !== GraphKeys.UPDATE_OPS)
    throw new UnimplementedError(
      null,
      'updates_collections of inputs that are neither rows nor pictures are not there yet.' +
        '\n  fix: leave updatesCollections out, and run what is in tf.GraphKeys.UPDATE_OPS beside the training step.',
    );
  return asLayer(...given);
});
function asLayer(...given: Taken): Tensor {
  const [inputs, decay = 0.999, center = true, scale = false, epsilon = 0.001, activationFn, starts = {}, ...more] =
    given;
  const [regularizers = {}, , isTraining = true, reuse = null, variables, outputs, trainable = true, ...rest] = more;
  const [, fused, dataFormat = 'NHWC', , scope] = rest;
  const format = checkFormat(dataFormat);
  return inLayer(scope, 'BatchNorm', [inputs], { reuse, customGetter: modelGetter() }, (opened) => {
    const layer = new BatchNormalization({
      axis: format === 'channels_first' ? 1 : -1,
      momentum: decay,
      epsilon,
      center,
      scale,
      betaInitializer: starts['beta'] ?? zerosInitializer(),
      gammaInitializer: starts['gamma'] ?? onesInitializer(),
      movingMeanInitializer: startOf(starts, 'movingMean') ?? zerosInitializer(),
      movingVarianceInitializer: startOf(starts, 'movingVariance') ?? onesInitializer(),
      betaRegularizer: regularizers['beta'],
      gammaRegularizer: regularizers['gamma'],
      trainable,
      name: opened.name,
      _scope: opened,
      _reuse: reuse,
      fused: fused ?? true,
    });
    const y = layer.apply(inputs, isTraining);
    addVariable(layer.movingMean, variables, 'moving_mean');
    addVariable(layer.movingVariance, variables, 'moving_variance');
    addVariable(layer.beta, variables, 'beta');
    addVariable(layer.gamma, variables, 'gamma');
    return collectNamedOutputs(outputs, opened.name, activationFn ? activationFn(y) : y);
  });
}
/** By our name, or by Python's. */
const startOf = (starts: ByName<Initializer>, name: string): Initializer | undefined =>
  starts[name] ?? starts[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];

/** Rows as pictures of one pixel, and updates where they are wanted. */
function asOneNode(...given: Taken): Tensor {
  const [inputs, decay = 0.999, center = true, scale = false, epsilon = 0.001, activationFn, starts = {}, ...more] =
    given;
  const [regularizers = {}, updates = GraphKeys.UPDATE_OPS, isTraining = true, reuse = null, variables, ...rest] = more;
  const [outputs, trainable = true, , , dataFormat = 'NHWC', , scope] = rest;
  const first = checkFormat(dataFormat) === 'channels_first';
  return inLayer(scope, 'BatchNorm', [inputs], { reuse }, (opened) => {
    const given = convertToTensor(inputs);
    const isRow = given.shape.rank === 2;
    const size = knownChannels(given, isRow, first);
    const x = isRow ? apply('Reshape', [given, first ? [-1, size, 1, 1] : [-1, 1, 1, size]]) : given;
    const weight = (name: string, initializer: Initializer, isTrained: boolean): Variable =>
      modelVariable(name, [size], {
        dtype: float32,
        initializer,
        regularizer: isTrained ? regularizers[name] : null,
        collections: collectionsFor(variables, name),
        trainable: isTrained && trainable,
      });
    const beta = center
      ? weight('beta', starts['beta'] ?? zerosInitializer(), true)
      : filled(zeroOf(float32), [size], 'Const');
    const gamma = scale
      ? weight('gamma', starts['gamma'] ?? onesInitializer(), true)
      : filled(oneOf(float32), [size], 'Const');
    const mean = weight('moving_mean', startOf(starts, 'movingMean') ?? zerosInitializer(), false);
    const variance = weight('moving_variance', startOf(starts, 'movingVariance') ?? onesInitializer(), false);
    const how = { epsilon, dataFormat: first ? 'NCHW' : 'NHWC' } as const;
    const [y, ownMean, ownVariance] = whenTraining<readonly Tensor[]>(
      isTraining,
      () => [...fusedBatchNorm(x, gamma, beta, how)],
      () => [...fusedBatchNorm(x, gamma, beta, { ...how, mean, variance, isTraining: false })],
    );
    const moves = (): readonly (Tensor | Operation)[] => [
      moved(mean, ownMean, decay),
      moved(variance, ownVariance, decay),
    ];
    let result = y;
    if (knownTraining(isTraining) !== false) {
      if (updates === null)
        result = whenTraining(
          isTraining,
          () => waitingFor(moves(), () => apply('Identity', [y])),
          () => y,
        );
      else {
        const kept = (): readonly Tensor[] => [convertToTensor(mean), convertToTensor(variance)];
        for (const each of whenTraining<readonly (Tensor | Operation)[]>(isTraining, moves, kept))
          getDefaultGraph().addToCollections([updates].flat(), each);
      }
    }
    result.setShape(x.shape);
    if (isRow) result = apply('Reshape', [result, shapeOf(given)]);
    return collectNamedOutputs(outputs, opened.name, activationFn ? activationFn(result) : result);
  });
}
/** @throws ValueError  where it is not known how many there are */
function knownChannels(x: Tensor, isRow: boolean, first: boolean): number {
  const size = x.shape.at(isRow || !first ? -1 : 1);
  if (size !== null) return size;
  throw new ValueError(
    isRow ? '`C` dimension must be known but is None' : `Inputs ${x.name} has undefined \`C\` dimension ${size}.`,
  );
}
/** A moving average, one step on. */
function moved(average: Variable, value: Tensor, decay: number): Tensor {
  return average.graph.nameScope('AssignMovingAvg', (scope) => {
    const rest = scalar(1 - decay, average.dtype.baseDtype, 'decay');
    const change = convertToTensor(average).sub(value).mul(rest);
    return average.assignSub(change, { name: scope, readValue: true });
  });
}
