/** What all losses end with: weights, one number of the elements, and the collection of losses. */
import type { ByName } from '../base/by-name';
import { float32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { textOf } from '../base/preview';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { broadcastWeights, weighed } from '../nn/weights-broadcast';
import { cast } from '../ops/cast';
import { divNoNan } from '../ops/division';
import { boundLoss } from '../ops/known-calls';
import { castTo, onesLike, overAll, select, sizeOf, zerosLike } from '../ops/words';

/** What is made of the elements of a loss: what stands for it. */
export type ReductionKey = (typeof KEYS)[number];
const KEYS = [
  'none',
  'weighted_sum',
  'weighted_sum_over_batch_size',
  'weighted_mean',
  'weighted_sum_by_nonzero_weights',
] as const;
/**
 * What is made of the elements of a loss.
 *
 *     tf.losses.meanSquaredError([1, 3], [0, 0], { reduction: tf.losses.Reduction.SUM })    // 10
 *     tf.losses.meanSquaredError([1, 3], [0, 0], { reduction: tf.losses.Reduction.NONE })   // [1, 9]
 */
export const Reduction = {
  /** The weighted elements themselves. */
  NONE: 'none',
  /** Their sum. */
  SUM: 'weighted_sum',
  /** Their sum over the number of elements. */
  SUM_OVER_BATCH_SIZE: 'weighted_sum_over_batch_size',
  /** Their sum over the sum of the weights. */
  MEAN: 'weighted_mean',
  /** Their sum over the number of elements whose weight is not 0. */
  SUM_BY_NONZERO_WEIGHTS: 'weighted_sum_by_nonzero_weights',
  /** The same. */
  SUM_OVER_NONZERO_WEIGHTS: 'weighted_sum_by_nonzero_weights',
} as const;
/** @throws ValueError  for what is none of them */
function checkReduction(key: string): void {
  if (!KEYS.some((each) => each === key))
    throw new ValueError(
      `Invalid ReductionKey ${textOf(key)}.\n  fix: one of tf.losses.Reduction, as tf.losses.Reduction.SUM.`,
    );
}

/** What every loss takes by name. */
export interface LossOptions extends ByName {
  /** Multiplies the elements: a scalar, or a tensor of as many dimensions, each 1 or that of the elements. */
  readonly weights?: TensorLike;
  /** The name scope of its nodes. */
  readonly scope?: string | null;
  /** The collection that it is added to; null for none. */
  readonly lossCollection?: string | null;
  /** What is made of the elements: their mean over the weights that are not 0, where not given. */
  readonly reduction?: ReductionKey;
}

/** The sum of all elements. */
export const total = (x: Tensor, name?: string): Tensor => overAll('Sum', x, name);
function safeMean(sum: Tensor, count: Tensor): Tensor {
  return divNoNan(total(sum), count, { name: 'value' });
}
/** How many elements have a weight that is not 0; of each row where `keep` are its axes. */
export function numberPresent(values: Tensor, given: Tensor, rows?: (present: Tensor) => Tensor): Tensor {
  return inScope(null, 'num_present', [values, given], (scope) => {
    const weights = cast(given, float32);
    const isZero = apply('Equal', [weights, 0]);
    const present = broadcastWeights(select(isZero, zerosLike(weights), onesLike(weights)), values);
    if (rows) return apply('Sum', [present, rows(present)], { keep_dims: true }, scope);
    return total(present, scope);
  });
}
/** Adds to a collection, unless there is none. */
export function collect(loss: Tensor, collection: string | null | undefined): void {
  if (collection !== null) getDefaultGraph().addToCollection(collection ?? GraphKeys.LOSSES, loss);
}

/**
 * Weighs the elements of a loss and makes one number of them.
 *
 *     tf.losses.computeWeightedLoss([1, 2, 6], [1, 0, 1])   // 3.5
 *
 * @param losses          numbers, any shape
 * @param weights         multiplies them: a scalar, or as many dimensions, each 1 or as large; 1 where not given
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none; `tf.GraphKeys.LOSSES` where not given
 * @param reduction       what is made of the elements: one of tf.losses.Reduction; SUM_BY_NONZERO_WEIGHTS where not
 *   given
 * @returns  losses' dtype, a scalar, or their shape for Reduction.NONE
 * @throws ValueError  for another reduction, or weights that do not fit
 */
export const computeWeightedLoss = boundLoss(
  'losses.compute_weighted_loss',
  1,
  function computeWeightedLoss(
    losses: TensorLike,
    { weights = 1, scope, lossCollection, reduction = Reduction.SUM_BY_NONZERO_WEIGHTS }: LossOptions = {},
  ): Tensor {
    checkReduction(reduction);
    return inScope(scope, 'weighted_loss', [losses, weights], () => {
      const given = convertToTensor(losses);
      return weighed(weights, given, () => {
        const elements = castTo(given, float32);
        const factors = cast(weights, float32);
        const weighted = apply('Mul', [elements, factors]);
        const loss = castTo(reduced(weighted, elements, factors, reduction), given.dtype);
        collect(loss, lossCollection);
        return loss;
      });
    });
  },
);
function reduced(weighted: Tensor, elements: Tensor, weights: Tensor, reduction: ReductionKey): Tensor {
  if (reduction === 'none') return weighted;
  const sum = total(weighted);
  if (reduction === 'weighted_mean') return safeMean(sum, total(onesLike(elements).mul(weights)));
  if (reduction === 'weighted_sum_by_nonzero_weights') return safeMean(sum, numberPresent(elements, weights));
  if (reduction === 'weighted_sum_over_batch_size')
    return safeMean(
      sum,
      inScope(null, 'num_elements', [elements], (scope) => castTo(sizeOf(elements, undefined, scope), elements.dtype)),
    );
  return sum;
}
