/** Losses: element by element first, then weighed and made one number (`computeWeightedLoss`). */
import { float32, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { boundOptions } from '../calls/bind';
import { reflected } from '../graph/algebra';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isWeak } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { softmaxCrossEntropyWithLogitsV2, sparseSoftmaxCrossEntropyWithLogits } from '../nn/cross-entropy';
import { sigmoidCrossEntropyWithLogits } from '../nn/logistic';
import { cast } from '../ops/cast';
import { divNoNan } from '../ops/division';
import { castTo, element, onesLike, range, rankOf, scalar, shapeOf, zerosLike } from '../ops/words';
import { type LossOptions, collect, computeWeightedLoss, numberPresent, total, weighed } from './weighted';

/** @throws ValueError  for an argument that is null */
function mustBe(given: unknown, name: string): void {
  if (given === null || given === undefined) throw new ValueError(`${name} must not be None.`);
}
/** @throws ValueError  in TensorFlow's words if two shapes are known and differ */
function mustMatch(a: Tensor, b: Tensor): void {
  if (!a.shape.isCompatibleWith(b.shape))
    throw new ValueError(
      `Shapes ${a.shape} and ${b.shape} are incompatible\n  fix: what is predicted and what is right have one shape; ` +
        'tf.reshape or tf.oneHot makes one of the other.',
    );
}
/** A loss of what is predicted beside what is right, both as float32. */
function ofPair(
  fallback: string,
  labels: TensorLike,
  predictions: TensorLike,
  options: LossOptions,
  elements: (predictions: Tensor, labels: Tensor) => Tensor,
  name = 'predictions',
): Tensor {
  mustBe(labels, 'labels');
  mustBe(predictions, name);
  const { weights = 1 } = options;
  return inScope(options.scope, fallback, [predictions, labels, weights], (scope) => {
    const given: Tensor = cast(predictions, float32);
    const right: Tensor = cast(labels, float32);
    mustMatch(given, right);
    return computeWeightedLoss(elements(given, right), { ...options, scope });
  });
}

/**
 * The mean of |predictions − labels|.
 *
 *     tf.losses.absoluteDifference([1, 2], [2, 5])   // 2
 *
 * @param labels          what is right: numbers, any shape
 * @param predictions     numbers of that shape
 * @param weights         multiplies the elements: a scalar, or as many dimensions, each 1 or as large
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none
 * @param reduction       what is made of the elements: one of tf.losses.Reduction
 * @returns  float32, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const absoluteDifference = boundOptions(
  'losses.absolute_difference',
  2,
  function absoluteDifference(labels: TensorLike, predictions: TensorLike, options: LossOptions = {}): Tensor {
    return ofPair('absolute_difference', labels, predictions, options, (p, y) => apply('Abs', [apply('Sub', [p, y])]));
  },
);
/**
 * The mean of (predictions − labels)².
 *
 *     tf.losses.meanSquaredError([1, 2], [2, 5])                           // 5
 *     tf.losses.meanSquaredError([1, 2], [2, 5], { weights: [1, 0] })      // 1
 *     tf.getCollection(tf.GraphKeys.LOSSES).length                         // 2
 *
 * @param labels          what is right: numbers, any shape
 * @param predictions     numbers of that shape
 * @param weights         multiplies the elements: a scalar, or as many dimensions, each 1 or as large
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none
 * @param reduction       what is made of the elements: one of tf.losses.Reduction
 * @returns  float32, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const meanSquaredError = boundOptions(
  'losses.mean_squared_error',
  2,
  function meanSquaredError(labels: TensorLike, predictions: TensorLike, options: LossOptions = {}): Tensor {
    return ofPair('mean_squared_error', labels, predictions, options, (p, y) => apply('SquaredDifference', [p, y]));
  },
);
/** What `cosineDistance` takes by name. */
export interface CosineOptions extends LossOptions {
  /** The dimension that one vector takes. */
  readonly axis?: number | null;
  /** An older word for `axis`. */
  readonly dim?: number | null;
}
/**
 * 1 − labels · predictions along an axis, of vectors of length 1.
 *
 *     tf.losses.cosineDistance([[1, 0]], [[0.6, 0.8]], 1)   // 0.4
 *
 * @param labels          what is right: floats, any shape
 * @param predictions     floats of that shape
 * @param axis            the dimension that one vector takes
 * @param weights         multiplies the elements: a scalar, or as many dimensions, each 1 or as large
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none
 * @param reduction       what is made of the elements: one of tf.losses.Reduction
 * @param dim             `axis`, by its older name
 * @returns  float32, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  without an axis, or if the shapes are known and differ, or the weights do not fit
 */
export const cosineDistance = boundOptions(
  'losses.cosine_distance',
  2,
  function cosineDistance(
    labels: TensorLike,
    predictions: TensorLike,
    { axis, dim, ...options }: CosineOptions = {},
  ): Tensor {
    const given = axis ?? dim ?? null;
    if (isGiven(axis) && isGiven(dim)) throw new ValueError("Cannot specify both 'axis' and 'dim'");
    if (given === null) throw new ValueError("You must specify 'axis'.");
    return ofPair('cosine_distance_loss', labels, predictions, options, (p, y) =>
      reflected(1, 'sub', apply('Sum', [apply('Mul', [p, y]), [given]], { keep_dims: true })),
    );
  },
);
function isGiven(x: unknown): boolean {
  return x !== null && x !== undefined;
}
/**
 * The mean of max(0, 1 − y · logits), where y is −1 for a label of 0 and 1 for one of 1.
 *
 *     tf.losses.hingeLoss([0, 1], [-2, 0.5])   // 0.25
 *
 * @param labels          0 or 1, any shape
 * @param logits          scores of that shape
 * @param weights         multiplies the elements: a scalar, or as many dimensions, each 1 or as large
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none
 * @param reduction       what is made of the elements: one of tf.losses.Reduction
 * @returns  float32, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const hingeLoss = boundOptions(
  'losses.hinge_loss',
  2,
  function hingeLoss(labels: TensorLike, logits: TensorLike, options: LossOptions = {}): Tensor {
    const elements = (x: Tensor, y: Tensor): Tensor => {
      const ones = onesLike(y);
      const signs = apply('Sub', [reflected(2, 'mul', y), ones]);
      return apply('Relu', [apply('Sub', [ones, apply('Mul', [signs, x])])]);
    };
    return ofPair('hinge_loss', labels, logits, options, elements, 'logits');
  },
);
/** What `huberLoss` takes by name. */
export interface HuberOptions extends LossOptions {
  /** Where the square ends and the line begins: 1 where not given. */
  readonly delta?: number;
}
/**
 * Half the square of the error up to `delta`, and a line behind it: less drawn to outliers than a square (Huber 1964).
 *
 *     tf.losses.huberLoss([0, 0], [1, 3])   // 1.5
 *
 * @param labels          what is right: numbers, any shape
 * @param predictions     numbers of that shape
 * @param weights         multiplies the elements: a scalar, or as many dimensions, each 1 or as large
 * @param delta           where the square ends and the line begins
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none
 * @param reduction       what is made of the elements: one of tf.losses.Reduction
 * @returns  float32, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const huberLoss = boundOptions(
  'losses.huber_loss',
  2,
  function huberLoss(
    labels: TensorLike,
    predictions: TensorLike,
    { delta = 1, ...options }: HuberOptions = {},
  ): Tensor {
    return ofPair('huber_loss', labels, predictions, options, (p, y) => {
      const error = apply('Abs', [apply('Sub', [p, y])]);
      const square = apply('Minimum', [error, delta]);
      // Not a maximum, whose gradient would count twice where the two meet.
      const line = apply('Sub', [error, square]);
      const half = apply('Mul', [scalar(0.5, float32), apply('Mul', [square, square])]);
      return apply('Add', [half, apply('Mul', [delta, line])]);
    });
  },
);
/** What `logLoss` takes by name. */
export interface LogOptions extends LossOptions {
  /** Keeps the logarithm from 0: 1e-7 where not given. */
  readonly epsilon?: number;
}
/**
 * The mean of −labels · log(predictions) − (1 − labels) · log(1 − predictions), of probabilities.
 *
 *     tf.losses.logLoss([1, 0], [0.5, 0.5])   // 0.693147
 *
 * @param labels          in [0, 1], any shape
 * @param predictions     probabilities of that shape
 * @param weights         multiplies the elements: a scalar, or as many dimensions, each 1 or as large
 * @param epsilon         keeps the logarithm from 0
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none
 * @param reduction       what is made of the elements: one of tf.losses.Reduction
 * @returns  float32, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const logLoss = boundOptions(
  'losses.log_loss',
  2,
  function logLoss(
    labels: TensorLike,
    predictions: TensorLike,
    { epsilon = 1e-7, ...options }: LogOptions = {},
  ): Tensor {
    return ofPair('log_loss', labels, predictions, options, (p, y) => {
      const log = (x: Tensor): Tensor => apply('Log', [x]);
      const right = apply('Mul', [y, log(p.add(epsilon))]).neg();
      const wrong = reflected(1, 'sub', y);
      return right.sub(apply('Mul', [wrong, log(reflected(1, 'sub', p).add(epsilon))]));
    });
  },
);
/**
 * The mean over pairs of elements of a row of ((their difference as predicted) − (as it is))².
 *
 *     tf.losses.meanPairwiseSquaredError([[0, 1]], [[0, 3]])   // 4
 *
 * @param labels          what is right: numbers, shape [batch, ...]
 * @param predictions     numbers of that shape
 * @param weights         multiplies the rows: a scalar, or as many dimensions, each 1 or as large
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none
 * @returns  float32, a scalar
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const meanPairwiseSquaredError = boundOptions(
  'losses.mean_pairwise_squared_error',
  2,
  function meanPairwiseSquaredError(
    labels: TensorLike,
    predictions: TensorLike,
    { weights = 1, scope, lossCollection }: Omit<LossOptions, 'reduction'> = {},
  ): Tensor {
    mustBe(labels, 'labels');
    mustBe(predictions, 'predictions');
    return inScope(scope, 'mean_pairwise_squared_error', [predictions, labels, weights], () => {
      const factors: Tensor = cast(weights, float32);
      const right: Tensor = cast(labels, float32);
      return weighed(factors, right, () => {
        const given: Tensor = cast(predictions, float32);
        mustMatch(given, right);
        const differences = apply('Sub', [given, right]);
        const rows = (x: Tensor): Tensor => range(1, rankOf(x));
        const axes = rows(differences);
        const sum = (x: Tensor): Tensor => apply('Sum', [x, axes], { keep_dims: true });
        const squares = sum(apply('Square', [differences]));
        const n = numberPresent(differences, factors, rows);
        const over = (x: Tensor, count: Tensor): Tensor =>
          reflected(2, 'mul', divNoNan(x, apply('Maximum', [count, 0]), { name: 'value' }));
        const first = over(squares, n.sub(1));
        const sums = sum(differences);
        const second = over(apply('Square', [sums]), apply('Mul', [n, n.sub(1)]));
        const loss = total(apply('Mul', [first.sub(second), factors]));
        const some = total(n).greater(0);
        const mean = apply('Select', [some, loss, zerosLike(loss)], {}, 'value');
        collect(mean, lossCollection);
        return mean;
      });
    });
  },
);

/** What cross-entropies of distributions take by name. */
export interface SmoothedOptions extends LossOptions {
  /** How far labels are drawn to the middle: 0 where not given. */
  readonly labelSmoothing?: number;
}
/**
 * The mean cross-entropy of independent yes-or-no labels with scores.
 *
 *     tf.losses.sigmoidCrossEntropy([1, 0], [0, 0])   // 0.693147
 *
 * @param multiClassLabels  in [0, 1], the shape of `logits`
 * @param logits            floats: scores before a sigmoid
 * @param weights           multiplies the elements: a scalar, or as many dimensions, each 1 or as large
 * @param labelSmoothing    how far labels are drawn to 0.5
 * @param scope             the name scope of its nodes
 * @param lossCollection    the collection that it is added to; null for none
 * @param reduction         what is made of the elements: one of tf.losses.Reduction
 * @returns  dtype of `logits`, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const sigmoidCrossEntropy = boundOptions(
  'losses.sigmoid_cross_entropy',
  2,
  function sigmoidCrossEntropy(
    multiClassLabels: TensorLike,
    logits: TensorLike,
    { labelSmoothing = 0, ...options }: SmoothedOptions = {},
  ): Tensor {
    mustBe(multiClassLabels, 'multi_class_labels');
    mustBe(logits, 'logits');
    const { weights = 1 } = options;
    return inScope(options.scope, 'sigmoid_cross_entropy_loss', [logits, multiClassLabels, weights], (scope) => {
      const x = convertToTensor(logits);
      let labels: Tensor = cast(multiClassLabels, x.dtype.baseDtype);
      mustMatch(x, labels);
      if (labelSmoothing > 0) labels = labels.mul(1 - labelSmoothing).add(0.5 * labelSmoothing);
      const elements = sigmoidCrossEntropyWithLogits({ labels, logits: x, name: 'xentropy' });
      return computeWeightedLoss(elements, { ...options, scope });
    });
  },
);
/**
 * The mean cross-entropy of distributions with scores. No gradient flows into the labels.
 *
 *     tf.losses.softmaxCrossEntropy([[0, 1]], [[2, 2]])   // 0.693147
 *
 * @param onehotLabels    a distribution per row: the shape of `logits`
 * @param logits          floats: scores before a softmax, shape [batch, classes]
 * @param weights         multiplies the rows: a scalar, or shape [batch]
 * @param labelSmoothing  how far labels are drawn to 1 / classes
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none
 * @param reduction       what is made of the rows: one of tf.losses.Reduction
 * @returns  dtype of `logits`, a scalar, or the rows' losses for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const softmaxCrossEntropy = boundOptions(
  'losses.softmax_cross_entropy',
  2,
  function softmaxCrossEntropy(
    onehotLabels: TensorLike,
    logits: TensorLike,
    { labelSmoothing = 0, ...options }: SmoothedOptions = {},
  ): Tensor {
    mustBe(onehotLabels, 'onehot_labels');
    mustBe(logits, 'logits');
    const { weights = 1 } = options;
    return inScope(options.scope, 'softmax_cross_entropy_loss', [logits, onehotLabels, weights], (scope) => {
      const x = convertToTensor(logits);
      let labels: Tensor = cast(onehotLabels, x.dtype.baseDtype);
      mustMatch(x, labels);
      if (labelSmoothing > 0) {
        const classes = castTo(element(shapeOf(labels), -1), x.dtype);
        const least = reflected(labelSmoothing, 'div', classes);
        labels = labels.mul(1 - labelSmoothing).add(least);
      }
      const stopped = apply('StopGradient', [labels], {}, 'labels_stop_gradient');
      const rows = softmaxCrossEntropyWithLogitsV2({ labels: stopped, logits: x, name: 'xentropy' });
      return computeWeightedLoss(rows, { ...options, scope });
    });
  },
);
/**
 * The mean cross-entropy of class indices with scores.
 *
 *     tf.losses.sparseSoftmaxCrossEntropy([1], [[2, 2]])   // 0.693147
 *
 * @param labels          int32 or int64, shape [batch] or [batch, 1]: a class per row
 * @param logits          floats: scores before a softmax, shape [batch, classes]
 * @param weights         multiplies the rows: a scalar, or shape [batch] or [batch, 1]
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none
 * @param reduction       what is made of the rows: one of tf.losses.Reduction
 * @returns  dtype of `logits`, a scalar, or the rows' losses for Reduction.NONE
 * @throws ValueError  if the shapes are known and do not fit, or the weights do not
 */
export const sparseSoftmaxCrossEntropy = boundOptions(
  'losses.sparse_softmax_cross_entropy',
  2,
  function sparseSoftmaxCrossEntropy(labels: TensorLike, logits: TensorLike, options: LossOptions = {}): Tensor {
    mustBe(labels, 'labels');
    mustBe(logits, 'logits');
    const { weights = 1 } = options;
    const fallback = 'sparse_softmax_cross_entropy_loss';
    return inScope(options.scope, fallback, [logits, labels, weights], (scope) => {
      const [classes, scores] = squeezed(labels, logits);
      const factors = convertToTensor(weights);
      const isLonger = factors.shape.rank !== null && factors.shape.rank - 1 === classes.shape.rank;
      const rows = sparseSoftmaxCrossEntropyWithLogits({
        labels: classes,
        logits: scores,
        name: 'xentropy',
      });
      return computeWeightedLoss(rows, { ...options, weights: isLonger ? lastGone(factors) : factors, scope });
    });
  },
);
const lastGone = (x: Tensor): Tensor => apply('Squeeze', [x], { squeeze_dims: [-1] });
/** Without a last dimension of 1 that one of the two has too many. */
function squeezed(labels: TensorLike, logits: TensorLike): [labels: Tensor, logits: Tensor] {
  return inScope(null, 'remove_squeezable_dimensions', [labels, logits], () => {
    const x = convertToTensor(logits);
    const y = convertToTensor(labels, isWeak(labels) ? int32 : null);
    if (x.shape.rank === null || y.shape.rank === null) return [y, x];
    const more = x.shape.rank - y.shape.rank;
    if (more === 2) return [y, lastGone(x)];
    return [more === 0 ? lastGone(y) : y, x];
  });
}
