/** Losses: element by element first, then weighed and made one number (`computeWeightedLoss`). */
import { float32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { reflected } from '../graph/algebra';
import { apply, inScope } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { cast } from '../ops/cast';
import { divNoNan } from '../ops/division';
import { boundLoss } from '../ops/known-calls';
import { onesLike, range, rankOf, scalar, zerosLike } from '../ops/words';
import { mustBe, mustMatch } from './operands';
import { weighed } from '../nn/weights-broadcast';
import { type LossOptions, collect, computeWeightedLoss, numberPresent, total } from './weighted';
import { AXIS_OR_DIM, eitherName } from '../ops/options';

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
 * @param weights         multiplies the elements: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none; `tf.GraphKeys.LOSSES` where not given
 * @param reduction       what is made of the elements: one of tf.losses.Reduction; SUM_BY_NONZERO_WEIGHTS where not
 *   given
 * @returns  float32, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const absoluteDifference = boundLoss(
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
 * @param weights         multiplies the elements: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none; `tf.GraphKeys.LOSSES` where not given
 * @param reduction       what is made of the elements: one of tf.losses.Reduction; SUM_BY_NONZERO_WEIGHTS where not
 *   given
 * @returns  float32, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const meanSquaredError = boundLoss(
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
 * @param weights         multiplies the elements: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none; `tf.GraphKeys.LOSSES` where not given
 * @param reduction       what is made of the elements: one of tf.losses.Reduction; SUM_BY_NONZERO_WEIGHTS where not
 *   given
 * @param dim             `axis`, by its older name
 * @returns  float32, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  without an axis, or if the shapes are known and differ, or the weights do not fit
 */
export const cosineDistance = boundLoss(
  'losses.cosine_distance',
  2,
  function cosineDistance(
    labels: TensorLike,
    predictions: TensorLike,
    { axis, dim, ...options }: CosineOptions = {},
  ): Tensor {
    const given = eitherName(AXIS_OR_DIM, axis, dim);
    if (given === null) throw new ValueError("You must specify 'axis'.");
    return ofPair('cosine_distance_loss', labels, predictions, options, (p, y) =>
      reflected(1, 'sub', apply('Sum', [apply('Mul', [p, y]), [given]], { keep_dims: true })),
    );
  },
);
/**
 * The mean of max(0, 1 − y · logits), where y is −1 for a label of 0 and 1 for one of 1.
 *
 *     tf.losses.hingeLoss([0, 1], [-2, 0.5])   // 0.25
 *
 * @param labels          0 or 1, any shape
 * @param logits          scores of that shape
 * @param weights         multiplies the elements: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none; `tf.GraphKeys.LOSSES` where not given
 * @param reduction       what is made of the elements: one of tf.losses.Reduction; SUM_BY_NONZERO_WEIGHTS where not
 *   given
 * @returns  float32, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const hingeLoss = boundLoss(
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
 * @param weights         multiplies the elements: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param delta           where the square ends and the line begins; 1 where not given
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none; `tf.GraphKeys.LOSSES` where not given
 * @param reduction       what is made of the elements: one of tf.losses.Reduction; SUM_BY_NONZERO_WEIGHTS where not
 *   given
 * @returns  float32, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const huberLoss = boundLoss(
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
 * @param weights         multiplies the elements: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param epsilon         keeps the logarithm from 0; 1e-07 where not given
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none; `tf.GraphKeys.LOSSES` where not given
 * @param reduction       what is made of the elements: one of tf.losses.Reduction; SUM_BY_NONZERO_WEIGHTS where not
 *   given
 * @returns  float32, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const logLoss = boundLoss(
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
 * @param weights         multiplies the rows: a scalar, or as many dimensions, each 1 or as large; 1 where not given
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none; `tf.GraphKeys.LOSSES` where not given
 * @returns  float32, a scalar
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const meanPairwiseSquaredError = boundLoss(
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
