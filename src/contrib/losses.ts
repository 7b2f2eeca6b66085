/**
 * `tf.contrib.losses`, and `slim.losses`: the losses of TensorFlow 0.x, what is predicted before what is right. All but
 * `hingeLoss` are means over the elements whose weight is not 0, in the collection `tf.GraphKeys.LOSSES`.
 *
 * @module
 */
import type { ByName } from '../base/by-name';
import { float32, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { boundOptions } from '../calls/bind';
import { reflected } from '../graph/algebra';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isWeak } from '../graph/constant';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import type { ScopeOption } from '../losses/collection';
import { collect, total } from '../losses/weighted';
import { mustBe, mustMatch } from '../losses/operands';
import { softmaxCrossEntropyWithLogits, sparseSoftmaxCrossEntropyWithLogits } from '../nn/cross-entropy';
import { sigmoidCrossEntropyWithLogits } from '../nn/logistic';
import { addN } from '../ops/add-n';
import { divNoNan } from '../ops/division';
import { AXIS_OR_DIM, eitherName, type NameOption } from '../ops/options';
import { castTo, element, onesLike, reshape, shapeOf, zerosLike } from '../ops/words';
import { mustBeRanked, presentByRow, scaled, sumFrom, weightedLoss } from './loss-weights';

/** What these losses take by name. */
export interface LossOptions extends ByName {
  /** Multiplies the elements: a scalar, or as many of the first dimensions. */
  readonly weights?: TensorLike;
  /** The name scope of its nodes. */
  readonly scope?: string | null;
}
/** What cross entropies of distributions take by name. */
export interface SmoothedOptions extends LossOptions {
  /** How far labels are drawn to the middle: 0 where not given. */
  readonly labelSmoothing?: number;
}

/** What is predicted and what is right, of one shape, as float32. */
function ofPair(
  fallback: string,
  predictions: TensorLike,
  labels: TensorLike,
  { weights = 1, scope }: LossOptions,
  body: (predictions: Tensor, labels: Tensor, scope: string) => Tensor,
): Tensor {
  mustBe(labels, 'labels');
  return inScope(scope, fallback, [predictions, labels, weights], (scope) => {
    const [given, right] = [convertToTensor(predictions), convertToTensor(labels)];
    mustMatch(given, right);
    return body(castTo(given, float32), castTo(right, float32), scope);
  });
}

/** What `logLoss` takes by name. */
export interface LogLossOptions extends LossOptions {
  /** Is added to what a logarithm is taken of. */
  readonly epsilon?: number;
}
/** What `cosineDistance` takes by name. */
export interface CosineOptions extends LossOptions {
  /** The dimension that one vector takes. */
  readonly axis?: number | null;
  /** An older word for `axis`. */
  readonly dim?: number | null;
}

// --- losses -----------------------------------------------------------------------------------------------------

/**
 * Weighs the elements of a loss and takes their mean.
 *
 *     tf.contrib.losses.computeWeightedLoss([1, 2, 6], { weights: [1, 0, 1] })   // 3.5
 *
 * @param losses   numbers, any shape
 * @param weights  multiplies the elements: a scalar, or as many of the first dimensions; 1 where not given
 * @param scope    the name scope of its nodes
 * @returns  losses' dtype, a scalar
 * @throws ValueError  where a number of dimensions is not known
 */
export const computeWeightedLoss = boundOptions(
  'contrib.losses.compute_weighted_loss',
  1,
  function computeWeightedLoss(losses: TensorLike, { weights = 1, scope }: LossOptions = {}): Tensor {
    return weightedLoss(losses, weights, scope);
  },
);
/**
 * The mean of |predictions − labels|.
 *
 *     tf.contrib.losses.absoluteDifference([2, 5], [1, 2])   // 2
 *
 * @param predictions  numbers, any shape
 * @param labels       what is right: numbers of that shape
 * @param weights      multiplies the elements: a scalar, or as many of the first dimensions; 1 where not given
 * @param scope        the name scope of its nodes
 * @returns  float32, a scalar
 * @throws ValueError  if the shapes are known and differ
 */
export const absoluteDifference = boundOptions(
  'contrib.losses.absolute_difference',
  2,
  function absoluteDifference(predictions: TensorLike, labels: TensorLike, options: LossOptions = {}): Tensor {
    return ofPair('absolute_difference', predictions, labels, options, (p, y, scope) =>
      weightedLoss(apply('Abs', [apply('Sub', [p, y])]), options.weights ?? 1, scope),
    );
  },
);
/**
 * The mean of (predictions − labels)².
 *
 *     tf.contrib.losses.meanSquaredError([2, 5], [1, 2])   // 5
 *
 * @param predictions  numbers, any shape
 * @param labels       what is right: numbers of that shape
 * @param weights      multiplies the elements: a scalar, or as many of the first dimensions; 1 where not given
 * @param scope        the name scope of its nodes
 * @returns  float32, a scalar
 * @throws ValueError  if the shapes are known and differ
 */
export const meanSquaredError = boundOptions(
  'contrib.losses.mean_squared_error',
  2,
  function meanSquaredError(predictions: TensorLike, labels: TensorLike, options: LossOptions = {}): Tensor {
    return ofPair('mean_squared_error', predictions, labels, options, (p, y, scope) =>
      weightedLoss(apply('SquaredDifference', [p, y]), options.weights ?? 1, scope),
    );
  },
);
/**
 * The mean of −labels · log(predictions) − (1 − labels) · log(1 − predictions).
 *
 *     tf.contrib.losses.logLoss([0.5], [1])   // 0.693147
 *
 * @param predictions  probabilities, any shape
 * @param labels       0 or 1, of that shape
 * @param weights      multiplies the elements: a scalar, or as many of the first dimensions; 1 where not given
 * @param scope        the name scope of its nodes
 * @param epsilon      is added to what a logarithm is taken of; 1e-7 where not given
 * @returns  float32, a scalar
 * @throws ValueError  if the shapes are known and differ
 */
export const logLoss = boundOptions(
  'contrib.losses.log_loss',
  2,
  function logLoss(
    predictions: TensorLike,
    labels: TensorLike,
    { epsilon = 1e-7, ...options }: LogLossOptions = {},
  ): Tensor {
    return ofPair('log_loss', predictions, labels, options, (p, y, scope) => {
      const right = apply('Neg', [apply('Mul', [y, apply('Log', [p.add(epsilon)])])]);
      const wrong = apply('Mul', [reflected(1, 'sub', y), apply('Log', [reflected(1, 'sub', p).add(epsilon)])]);
      return weightedLoss(right.sub(wrong), options.weights ?? 1, scope);
    });
  },
);
/**
 * 1 − predictions · labels along an axis, of vectors of length 1: the mean.
 *
 *     tf.contrib.losses.cosineDistance([[0.6, 0.8]], [[1, 0]], { axis: 1 })   // 0.4
 *
 * @param predictions  floats, any shape
 * @param labels       floats of that shape
 * @param axis         the dimension that one vector takes
 * @param weights      multiplies the elements: a scalar, or as many of the first dimensions; 1 where not given
 * @param scope        the name scope of its nodes
 * @param dim          `axis`, by its older name
 * @returns  float32, a scalar
 * @throws ValueError  without an axis, or if the shapes are known and differ
 */
export const cosineDistance = boundOptions(
  'contrib.losses.cosine_distance',
  2,
  function cosineDistance(
    predictions: TensorLike,
    labels: TensorLike,
    { axis, dim, ...options }: CosineOptions = {},
  ): Tensor {
    const given = eitherName(AXIS_OR_DIM, axis, dim);
    if (given === null) throw new ValueError("You must specify 'axis'.");
    return ofPair('cosine_distance_loss', predictions, labels, options, (p, y, scope) => {
      const product = apply('Sum', [apply('Mul', [p, y]), [given]]);
      return weightedLoss(reflected(1, 'sub', product), options.weights ?? 1, scope);
    });
  },
);
/**
 * The mean of squared differences between pairs of elements of a row, of predictions less of labels.
 *
 *     tf.contrib.losses.meanPairwiseSquaredError([[1, 2]], [[1, 4]])   // 2
 *
 * @param predictions  numbers, shape [rows, …]
 * @param labels       what is right: numbers of that shape
 * @param weights      multiplies the elements: a scalar, or as many of the first dimensions; 1 where not given
 * @param scope        the name scope of its nodes
 * @returns  float32, a scalar
 * @throws ValueError  if the shapes are known and differ, or a number of dimensions is not known
 */
export const meanPairwiseSquaredError = boundOptions(
  'contrib.losses.mean_pairwise_squared_error',
  2,
  function meanPairwiseSquaredError(predictions: TensorLike, labels: TensorLike, options: LossOptions = {}): Tensor {
    return ofPair('mean_pairwise_squared_error', predictions, labels, options, (p, y) => {
      const weights = castTo(convertToTensor(options.weights ?? 1), float32);
      const diffs = apply('Sub', [p, y]);
      mustBeRanked(diffs, 'diffs');
      mustBeRanked(weights, 'weights');
      const squares = sumFrom(apply('Square', [diffs]), 1);
      const count = presentByRow(diffs, weights);
      const each = reflected(2, 'mul', divNoNan(squares, count, { name: 'value' }));
      const sums = apply('Square', [sumFrom(diffs, 1)]);
      const all = reflected(2, 'mul', divNoNan(sums, apply('Square', [count]), { name: 'value' }));
      const loss = scaled(each.sub(all), weights);
      const isAny = apply('Greater', [total(count), 0]);
      const mean = apply('Select', [isAny, loss, zerosLike(loss)], {}, 'value');
      collect(mean, undefined);
      return mean;
    });
  },
);
/**
 * max(0, 1 − y · logits) of each element, where y is −1 for a label of 0 and 1 for one of 1. It goes into no
 * collection.
 *
 *     tf.contrib.losses.hingeLoss([-2, 0.5], [0, 1])   // [0, 0.5]
 *
 * @param logits  scores, any shape
 * @param labels  0 or 1, of that shape
 * @param scope   the name scope of its nodes
 * @returns  float32, the shape of `logits`
 * @throws ValueError  if the shapes are known and differ
 */
export const hingeLoss = boundOptions(
  'contrib.losses.hinge_loss',
  2,
  function hingeLoss(logits: TensorLike, labels: TensorLike, { scope }: ScopeOption = {}): Tensor {
    mustBe(labels, 'labels');
    return inScope(scope, 'hinge_loss', [logits, labels], () => {
      const [x, right] = [convertToTensor(logits), convertToTensor(labels)];
      mustMatch(x, right);
      const y = castTo(right, float32);
      const all = onesLike(y);
      const signs = apply('Sub', [reflected(2, 'mul', y), all]);
      return apply('Relu', [apply('Sub', [all, apply('Mul', [signs, x])])]);
    });
  },
);
/**
 * The mean cross-entropy of scores with independent yes-or-no labels.
 *
 *     tf.contrib.losses.sigmoidCrossEntropy([[0, 0]], [[1, 0]])   // 0.693147
 *
 * @param logits          floats: scores, shape [batch, classes]
 * @param multiClassLabels a distribution per row: the shape of `logits`
 * @param weights         multiplies the elements: a scalar, or as many of the first dimensions; 1 where not given
 * @param labelSmoothing  how far labels are drawn to 0.5; 0 where not given
 * @param scope           the name scope of its nodes
 * @returns  dtype of `logits`, a scalar
 * @throws ValueError  if the shapes are known and differ
 */
export const sigmoidCrossEntropy = boundOptions(
  'contrib.losses.sigmoid_cross_entropy',
  2,
  function sigmoidCrossEntropy(
    logits: TensorLike,
    multiClassLabels: TensorLike,
    { weights = 1, labelSmoothing = 0, scope }: SmoothedOptions = {},
  ): Tensor {
    return inScope(scope, 'sigmoid_cross_entropy_loss', [logits, multiClassLabels, weights], (scope) => {
      const x = convertToTensor(logits);
      const given = convertToTensor(multiClassLabels);
      mustMatch(x, given);
      let labels: Tensor = castTo(given, x.dtype.baseDtype);
      if (labelSmoothing > 0) labels = labels.mul(1 - labelSmoothing).add(0.5 * labelSmoothing);
      const losses = sigmoidCrossEntropyWithLogits({ labels, logits: x, name: 'xentropy' });
      return weightedLoss(losses, weights, scope);
    });
  },
);
/**
 * The mean cross-entropy of scores with distributions.
 *
 *     tf.contrib.losses.softmaxCrossEntropy([[2, 2]], [[0, 1]])   // 0.693147
 *
 * @param logits          floats: scores, shape [batch, classes]
 * @param onehotLabels    a distribution per row: the shape of `logits`
 * @param weights         multiplies the elements: a scalar, or as many of the first dimensions; 1 where not given
 * @param labelSmoothing  how far labels are drawn to 1 / classes; 0 where not given
 * @param scope           the name scope of its nodes
 * @returns  dtype of `logits`, a scalar
 * @throws ValueError  if the shapes are known and differ
 */
export const softmaxCrossEntropy = boundOptions(
  'contrib.losses.softmax_cross_entropy',
  2,
  function softmaxCrossEntropy(
    logits: TensorLike,
    onehotLabels: TensorLike,
    { weights = 1, labelSmoothing = 0, scope }: SmoothedOptions = {},
  ): Tensor {
    return inScope(scope, 'softmax_cross_entropy_loss', [logits, onehotLabels, weights], (scope) => {
      const x = convertToTensor(logits);
      const given = convertToTensor(onehotLabels);
      mustMatch(x, given);
      let labels: Tensor = castTo(given, x.dtype.baseDtype);
      if (labelSmoothing > 0) {
        const classes = castTo(element(shapeOf(labels), 1), x.dtype.baseDtype);
        const rest = reflected(labelSmoothing, 'div', classes);
        labels = labels.mul(1 - labelSmoothing).add(rest);
      }
      const losses = softmaxCrossEntropyWithLogits({ labels, logits: x, name: 'xentropy' });
      return weightedLoss(losses, weights, scope);
    });
  },
);
/**
 * The mean cross-entropy of scores with classes by their numbers.
 *
 *     tf.contrib.losses.sparseSoftmaxCrossEntropy([[2, 2]], [1])   // 0.693147
 *
 * @param logits   floats: scores, shape [batch, classes]
 * @param labels   integers in [0, classes), shape [batch] or [batch, 1]
 * @param weights  multiplies the elements: a scalar, or as many of the first dimensions; 1 where not given
 * @param scope    the name scope of its nodes
 * @returns  dtype of `logits`, a scalar
 * @throws ValueError  if the shapes are known and do not fit
 */
export const sparseSoftmaxCrossEntropy = boundOptions(
  'contrib.losses.sparse_softmax_cross_entropy',
  2,
  function sparseSoftmaxCrossEntropy(
    logits: TensorLike,
    labels: TensorLike,
    { weights = 1, scope }: LossOptions = {},
  ): Tensor {
    return inScope(scope, 'sparse_softmax_cross_entropy_loss', [logits, labels, weights], (scope) => {
      const given = convertToTensor(labels, isWeak(labels) ? int32 : undefined);
      const rows = reshape(given, [element(shapeOf(given), 0)]);
      const losses = sparseSoftmaxCrossEntropyWithLogits({
        labels: rows,
        logits: convertToTensor(logits),
        name: 'xentropy',
      });
      return weightedLoss(losses, weights, scope);
    });
  },
);

// --- the collection ---------------------------------------------------------------------------------------------

export { addLoss, getLosses, getRegularizationLosses } from '../losses/collection';
/** What `getTotalLoss` takes by name. */
export interface TotalOptions extends NameOption {
  /** Whether penalties are added: true where not given. */
  readonly addRegularizationLosses?: boolean;
}
/**
 * The sum of the losses of the collection, and of the penalties.
 *
 *     tf.contrib.losses.meanSquaredError([1], [3]);
 *     tf.contrib.losses.getTotalLoss()   // 4
 *
 * @param addRegularizationLosses  whether penalties are added; true where not given
 * @returns  a scalar
 * @throws ValueError  where there is none
 */
export const getTotalLoss = boundOptions(
  'contrib.losses.get_total_loss',
  0,
  function getTotalLoss({ addRegularizationLosses = true, name = 'total_loss' }: TotalOptions = {}): Tensor {
    const graph = getDefaultGraph();
    const penalties = addRegularizationLosses ? graph.getCollection<Tensor>(GraphKeys.REGULARIZATION_LOSSES) : [];
    return addN([...graph.getCollection<Tensor>(GraphKeys.LOSSES), ...penalties], { name });
  },
);
