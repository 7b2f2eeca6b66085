/** Statistics in parts, with weights, and what is made of them. */
import { float32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { bound, boundOptions } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { type NotText, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { boundLike } from '../ops/known-calls';
import { type NameOption, KEPT_DIMS, eitherName } from '../ops/options';
import { castTo, gather, ints, onesLike, overAll, scalar, select, shapeOf, zerosLike } from '../ops/words';
import { type MomentsOptions, batchNormalization } from './normalize';

/** The counts, the sums of the elements and of their squares, and by how much these were shifted. */
export type SufficientStatistics = [counts: Tensor, meanSs: Tensor, varianceSs: Tensor, shift: Tensor | null];
/** What `sufficientStatistics` takes by name. */
export interface SufficientStatisticsOptions extends MomentsOptions {
  /** What is subtracted first, so that the squares stay small. */
  readonly shift?: NotText | null;
}
/**
 * What mean and variance along axes are made of, in one pass: `normalizeMoments` makes them.
 *
 *     const [counts, sums, squares] = tf.nn.sufficientStatistics([[1, 2], [3, 4]], [0]);
 *     squares   // [10, 20]
 *
 * @param x         floats, any shape
 * @param axes      the dimensions to sum over
 * @param shift     what is subtracted from x before; nothing where not given
 * @param keepDims  leaves 1s in place of those dimensions
 * @param keepdims  the same in its newer spelling
 * @returns  how many elements are summed, their sum, the sum of their squares, and the shift or null
 * @throws ValueError  if an axis is known to be outside, or both spellings are given
 */
export const sufficientStatistics = boundOptions(
  'nn.sufficient_statistics',
  2,
  function sufficientStatistics(
    x: NotText,
    axes: readonly number[],
    { shift, keepDims, keepdims, name }: SufficientStatisticsOptions = {},
  ): SufficientStatistics {
    const over = [...new Set(axes)];
    return inScope(name, 'sufficient_statistics', shift ? [x, shift] : [x], () => {
      const at = convertToTensor(x, null, 'x');
      const sizes = at.shape.rank === null ? null : over.map((axis) => at.shape.at(axis));
      const counts = sizes?.every((n) => n !== null)
        ? scalar(
            sizes.reduce<number>((n, m) => n * m, 1),
            at.dtype,
          )
        : product(gather(castTo(shapeOf(at), at.dtype), ints(over, 'GatherV2/indices')));
      const by = shift === null || shift === undefined ? null : convertToTensor(shift, null, 'shift');
      const sums = by ? apply('Sub', [at, by]) : at;
      const squares = by ? apply('SquaredDifference', [at, by]) : apply('Square', [at]);
      const keep = { keep_dims: eitherName(KEPT_DIMS, keepdims, keepDims) ?? false };
      return [counts, apply('Sum', [sums, over], keep, 'mean_ss'), apply('Sum', [squares, over], keep, 'var_ss'), by];
    });
  },
);
const product = (x: Tensor): Tensor => overAll('Prod', x, 'count');
/**
 * Mean and variance of `sufficientStatistics`.
 *
 *     const [mean, variance] = tf.nn.normalizeMoments(2, [4, 6], [10, 20], null);
 *     variance   // [1, 1]
 *
 * @param counts      how many elements were summed
 * @param meanSs      their sum
 * @param varianceSs  the sum of their squares
 * @param shift       by how much they were shifted, or null
 * @returns  `[mean, variance]`
 * @throws TypeError  if the dtypes differ
 */
export const normalizeMoments = bound(
  'nn.normalize_moments',
  function normalizeMoments(
    counts: NotText,
    meanSs: NotText,
    varianceSs: NotText,
    shift: NotText | null,
    name?: string | null,
  ): [mean: Tensor, variance: Tensor] {
    const values = [counts, meanSs, varianceSs, ...(shift === null ? [] : [shift])];
    return inScope(name ?? null, 'normalize', values, () => {
      const divisor = apply('Reciprocal', [counts], {}, 'divisor');
      const shifted = apply('Mul', [meanSs, divisor], {}, shift === null ? 'mean' : 'shifted_mean');
      const mean = shift === null || shift === undefined ? shifted : apply('Add', [shifted, shift], {}, 'mean');
      const squares = apply('Mul', [varianceSs, divisor]);
      return [mean, apply('Sub', [squares, apply('Square', [shifted])], {}, 'variance')];
    });
  },
);
/**
 * Mean and variance along axes of elements that count as often as their weights say.
 *
 *     const [mean, variance] = tf.nn.weightedMoments([1, 3], [0], [3, 1]);
 *     mean   // 1.5
 *
 * @param x                 floats, any shape
 * @param axes              the dimensions to average over
 * @param frequencyWeights  how often each element counts; broadcasts to x
 * @param keepDims          leaves 1s in place of those dimensions
 * @param keepdims          the same in its newer spelling
 * @returns  `[mean, variance]`: x's dtype, its shape without `axes`
 * @throws ValueError  if an axis is known to be outside, or both spellings are given
 */
export const weightedMoments = boundOptions(
  'nn.weighted_moments',
  3,
  function weightedMoments(
    x: NotText,
    axes: number | readonly number[],
    frequencyWeights: NotText,
    { keepDims, keepdims, name }: MomentsOptions = {},
  ): [mean: Tensor, variance: Tensor] {
    return inScope(name, 'weighted_moments', [x, frequencyWeights], () => {
      const given = convertToTensor(x, null, 'x');
      const weights = convertToTensor(frequencyWeights, null, 'frequency_weights');
      const isHalf = given.dtype.name === 'float16';
      const at = isHalf ? castTo(given, float32) : given;
      const w = castTo(weights, at.dtype);
      const sum = (of: Tensor, named: string): Tensor => apply('Sum', [of, axes], { keep_dims: true }, named);
      const total = sum(w.mul(at), 'weighted_input_sum');
      const all = sum(w.add(zerosLike(at)), 'sum_of_weights');
      const divisor = apply('Reciprocal', [all], {}, 'inv_weight_sum');
      const mean = apply('Mul', [total, divisor]);
      const squares = sum(w.mul(apply('SquaredDifference', [at, mean])), 'weighted_distsq');
      const variance = apply('Mul', [squares, divisor]);
      const squeeze_dims = typeof axes === 'number' ? [axes] : axes;
      const kept = eitherName(KEPT_DIMS, keepdims, keepDims)
        ? [mean, variance]
        : [mean, variance].map((t) => apply('Squeeze', [t], { squeeze_dims }));
      const [m, v] = isHalf ? kept.map((t) => castTo(t, given.dtype)) : kept;
      return [m, v];
    });
  },
);
/**
 * `batchNormalization` by its older order of arguments.
 *
 *     tf.nn.batchNormWithGlobalNormalization([1, 3], 2, 1, 10, 5, 0, true)   // [5, 15]
 *
 * @param t                         floats, any shape
 * @param m                         the mean; broadcasts to t, as do `v`, `beta` and `gamma`
 * @param v                         the variance
 * @param beta                      what is added after, or null
 * @param gamma                     what multiplies
 * @param varianceEpsilon           keeps the divisor from 0
 * @param scaleAfterNormalization   whether `gamma` multiplies
 * @param input                     `t`, by its newer name
 * @param mean                      `m`, by its newer name
 * @param variance                  `v`, by its newer name
 * @returns  t's dtype and shape
 * @throws ValueError  if the shapes are known and do not broadcast
 * @throws TypeError  if the dtypes differ
 */
export const batchNormWithGlobalNormalization = boundLike(
  'nn.batch_norm_with_global_normalization',
  7,
  function batchNormWithGlobalNormalization(
    t: NotText,
    m: NotText,
    v: NotText,
    beta: NotText | null,
    gamma: NotText | null,
    varianceEpsilon: number,
    scaleAfterNormalization: boolean,
    { name }: NameOption = {},
  ): Tensor {
    return batchNormalization(t, m, v, beta, scaleAfterNormalization ? gamma : null, varianceEpsilon, { name });
  },
);
/**
 * The loss of counts that are predicted by their logarithm: exp(log input) − log input · targets.
 *
 *     tf.nn.logPoissonLoss([2], [0])   // [1]
 *
 * @param targets          floats: the counts
 * @param logInput         targets' dtype and shape: the logarithm of what is expected
 * @param computeFullLoss  adds Stirling's approximation of what `targets` alone decide; false where not given
 * @returns  targets' dtype and shape: the loss of each element
 * @throws ValueError  if the shapes are known and differ
 */
export const logPoissonLoss = boundLike(
  'nn.log_poisson_loss',
  2,
  function logPoissonLoss(
    targets: NotText,
    logInput: NotText,
    { computeFullLoss = false, name }: NameOption & { readonly computeFullLoss?: boolean } = {},
  ): Tensor {
    return inScope(name, 'log_poisson_loss', [logInput, targets], () => {
      const [log, t] = [convertToTensor(logInput, null, 'log_input'), convertToTensor(targets, null, 'targets')];
      if (!t.shape.isCompatibleWith(log.shape))
        throw new ValueError(`log_input and targets must have the same shape (${log.shape} vs ${t.shape})`);
      const result = apply('Exp', [log]).sub(log.mul(t));
      return computeFullLoss ? result.add(stirling(t)) : result;
    });
  },
);
/** log t! by Stirling, where t is above 1. */
function stirling(t: Tensor): Tensor {
  const [half, turn] = [scalar(0.5, t.dtype), scalar(2 * Math.PI, t.dtype)];
  const known = t.mul(apply('Log', [t])).sub(t);
  const approximation = known.add(half.mul(apply('Log', [turn.mul(t)])));
  const [none, one] = [zerosLike(t), onesLike(t)];
  const isSmall = apply('LogicalAnd', [t.greaterEqual(none), t.lessEqual(one)]);
  return select(isSmall, none, approximation);
}
