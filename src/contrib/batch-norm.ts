/** Batch normalization of `tf.contrib.layers`. */
import { float32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { waitingFor } from '../control/framework';
import { apply } from '../graph/apply';
import { convertToTensor } from '../graph/constant';
import type { ArrayTensor, Tensor } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { BatchNormalization } from '../layers/batch-normalization';
import { knownTraining, whenTraining } from '../layers/training';
import { fusedBatchNorm } from '../ops/batch-norm';
import { filled, oneOf, shapeOf, zeroOf } from '../ops/words';
import { onesInitializer, zerosInitializer } from '../variables/initializers';
import { argScopedLike } from './arg-scope';
import { asNodes } from './batch-norm-nodes';
import { type Settings, type Taken, moveLater, movesOf, normWeights, settingsOf, startOf } from './batch-norm-settings';
import { addVariable, checkFormat, collectNamedOutputs } from './collections';
import { inLayer } from './layer-scope';
import { modelGetter } from './variables';

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
 * @param inputs                floats, shape [batch, features], [batch, rows, columns, features] or another
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
 * @param batchWeights          how often each row of the batch counts, shape [batch]
 * @param fused                 false keeps from the one node that pictures are normalized by
 * @param dataFormat            'NHWC', where not given, or 'NCHW'
 * @param zeroDebiasMovingMean  corrects the moving mean for its start from 0; false where not given
 * @param scope                 its name; `BatchNorm` where not given
 * @param renorm                whether a batch in training is normalized nearly as its moving averages would (Ioffe
 *   2017); false where not given
 * @param renormClipping        bounds of what `renorm` corrects: `{ rmin, rmax, dmax }`
 * @param renormDecay           what stays, at each update, of the averages that `renorm` corrects by; 0.99 where not
 *   given
 * @param adjustment            from the input's shape gives what normalized values are multiplied by, and what is
 *   added, in training: `(shape) => [scale, bias]`
 * @returns  inputs' dtype and shape
 * @throws ValueError  if the rank, or the number of features, is not known, or for `renorm` with weights, with other
 *   collections of updates, or without the bias of the mean
 */
export const batchNorm = argScopedLike('contrib.layers.batch_norm', (...given: Taken): ArrayTensor => {
  const taken = settingsOf(given);
  const { inputs, updates, fused, batchWeights, zeroDebias, renorm, adjustment } = taken;
  const { rank } = convertToTensor(inputs).shape;
  const isByDefault = updates === GraphKeys.UPDATE_OPS && !zeroDebias;
  const isOneNode = fused && !batchWeights && !renorm && !adjustment && (rank === 2 || rank === 4);
  if (isOneNode && (rank === 2 || !isByDefault)) return asOneNode(taken);
  return isByDefault && !batchWeights ? asLayer(taken) : asNodes(taken);
});
function asLayer(settings: Settings): Tensor {
  const { inputs, starts, regularizers, reuse, variables, outputs, activationFn, fused } = settings;
  const format = checkFormat(settings.dataFormat);
  return inLayer(settings.scope, 'BatchNorm', [inputs], { reuse, customGetter: modelGetter() }, (opened) => {
    const layer = new BatchNormalization({
      axis: format === 'channels_first' ? 1 : -1,
      momentum: settings.decay,
      epsilon: settings.epsilon,
      center: settings.center,
      scale: settings.scale,
      betaInitializer: starts['beta'] ?? zerosInitializer(),
      gammaInitializer: starts['gamma'] ?? onesInitializer(),
      movingMeanInitializer: startOf(starts, 'moving_mean') ?? zerosInitializer(),
      movingVarianceInitializer: startOf(starts, 'moving_variance') ?? onesInitializer(),
      betaRegularizer: regularizers['beta'],
      gammaRegularizer: regularizers['gamma'],
      renorm: settings.renorm,
      renormClipping: settings.renormClipping,
      renormMomentum: settings.renormDecay,
      adjustment: settings.adjustment,
      trainable: settings.trainable,
      name: opened.name,
      _scope: opened,
      _reuse: reuse,
      fused,
    });
    const y = layer.apply(inputs, settings.isTraining);
    addVariable(layer.movingMean, variables, 'moving_mean');
    addVariable(layer.movingVariance, variables, 'moving_variance');
    addVariable(layer.beta, variables, 'beta');
    addVariable(layer.gamma, variables, 'gamma');
    return collectNamedOutputs(outputs, opened.name, activationFn ? activationFn(y) : y);
  });
}

/** Rows as pictures of one pixel, and updates where they are wanted. */
function asOneNode(settings: Settings): Tensor {
  const { inputs, isTraining, reuse, updates, epsilon, outputs, activationFn } = settings;
  const first = checkFormat(settings.dataFormat) === 'channels_first';
  return inLayer(settings.scope, 'BatchNorm', [inputs], { reuse }, (opened) => {
    const given = convertToTensor(inputs);
    const isRow = given.shape.rank === 2;
    const size = knownChannels(given, isRow, first);
    const x = isRow ? apply('Reshape', [given, first ? [-1, size, 1, 1] : [-1, 1, 1, size]]) : given;
    const without = (value: 0 | 1): Tensor => filled((value ? oneOf : zeroOf)(float32), [size], 'Const');
    const weights = normWeights(settings, size, float32, without);
    const { beta, gamma, mean, variance } = weights;
    const how = { epsilon, dataFormat: first ? 'NCHW' : 'NHWC' } as const;
    const [y, ...own] = whenTraining<readonly Tensor[]>(
      isTraining,
      () => [...fusedBatchNorm(x, gamma, beta, how)],
      () => [...fusedBatchNorm(x, gamma, beta, { ...how, mean, variance, isTraining: false })],
    );
    const moves = movesOf(settings, weights, own);
    let result = y;
    if (knownTraining(isTraining) !== false && updates === null)
      result = whenTraining(
        isTraining,
        () => waitingFor(moves(), () => apply('Identity', [y])),
        () => y,
      );
    else if (knownTraining(isTraining) !== false) moveLater(settings, weights, moves);
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
