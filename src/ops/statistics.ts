/** Reductions made of others: variances, sums of exponentials, counts. */
import { type DTypeLike, asDtype, int64 } from '../base/dtype';
import { boundOverloads } from '../calls/bind';
import { inScope, inGraphOf } from '../graph/apply';
import { convertToTensor, type NotText } from '../graph/constant';
import type { ScalarTensor, Tensor } from '../graph/graph';
import { type NameOption, isOptions } from './options';
import {
  type Axis,
  type ReduceOptions,
  type Reduced,
  type Reduction,
  mayBecomeScalar,
  reduceMax,
  reduceMean,
  reduceSum,
  settle,
} from './reduce';
import { isFinite } from './unary';
import { castTo, node, reshape, select, shapeOf, zeros, zerosLike } from './words';

/** A composition of a reduction's type that names its nodes below one scope. */
function composed(fallback: string, build: (x: NotText, settled: Reduced) => Tensor): Reduction {
  return ((x: NotText, given?: Axis | ReduceOptions, options: ReduceOptions = {}) => {
    const settled = settle(given, options);
    return inScope(settled.name, fallback, [x], () => build(x, settled));
  }) as Reduction;
}
/**
 * log Σ e^x over dimensions, safe for large x.
 *
 *     tf.reduceLogsumexp([0, 0])         // 0.693147
 *     tf.reduceLogsumexp([1000, 1000])   // 1000.693147
 *
 * @param inputTensor       floats, any shape
 * @param axis              dimensions to go over: a number, a list or a tensor of them; negative ones count from the
 *   end; all where not given
 * @param keepdims          leaves a 1 in place of each of those dimensions
 * @param reductionIndices  `axis`, by its older name
 * @param keepDims          `keepdims`, by its older name
 * @returns  the input's dtype; its shape without `axis`
 * @throws ValueError  if an axis is known to be outside [−rank, rank)
 * @throws InvalidArgumentError  when run, where that shows only then
 */
export const reduceLogsumexp = boundOverloads('reduce_logsumexp', 2, ((
  input: NotText,
  given?: Axis | ReduceOptions,
  options: ReduceOptions = {},
) => inGraphOf([input], () => logsumexp(convertToTensor(input), given, options))) as Reduction);
const logsumexp = composed('ReduceLogSumExp', (input, settled) => {
  const x = convertToTensor(input);
  const { axis, keepdims } = settled;
  const largest = reduceMax(x, axis, { keepdims: true });
  const finite = isFinite(largest);
  let shift = node('StopGradient', select(finite, largest, zerosLike(largest)));
  const sums = reduceSum(node('Exp', node('Sub', x, shift)), axis, { keepdims });
  const result = node('Log', sums);
  if (!keepdims) shift = reshape(shift, shapeOf(result));
  return mayBecomeScalar(node('Add', result, shift), settled);
});
/**
 * The variance over dimensions: the mean of the squared distances from the mean (divided by n, not n − 1).
 *
 *     tf.math.reduceVariance([[1, 2], [3, 4]])      // 1.25
 *     tf.math.reduceVariance([[1, 2], [3, 4]], 0)   // [1, 1]
 *
 * @param inputTensor  floats, any shape
 * @param axis         dimensions to go over: a number, a list or a tensor of them; negative ones count from the end;
 *   all where not given
 * @param keepdims     leaves a 1 in place of each of those dimensions
 * @returns  the input's dtype; its shape without `axis`
 * @throws ValueError  if an axis is known to be outside [−rank, rank)
 * @throws InvalidArgumentError  when run, where that shows only then
 * @throws TypeError  for integers
 */
export const reduceVariance = boundOverloads(
  'math.reduce_variance',
  2,
  composed('reduce_variance', (x, { axis, keepdims }) => {
    const means = reduceMean(x, axis, { keepdims: true });
    return reduceMean(convertToTensor(x).sub(means).square(), axis, { keepdims });
  }),
);
/**
 * The standard deviation over dimensions: √ of `reduceVariance`.
 *
 *     tf.math.reduceStd([[1, 2], [3, 4]], 0)   // [1, 1]
 *
 * @param inputTensor  floats, any shape
 * @param axis         dimensions to go over: a number, a list or a tensor of them; negative ones count from the end;
 *   all where not given
 * @param keepdims     leaves a 1 in place of each of those dimensions
 * @returns  the input's dtype; its shape without `axis`
 * @throws ValueError  if an axis is known to be outside [−rank, rank)
 * @throws InvalidArgumentError  when run, where that shows only then
 * @throws TypeError  for integers
 */
export const reduceStd = boundOverloads(
  'math.reduce_std',
  2,
  composed('reduce_std', (x, { axis, keepdims }) => node('Sqrt', reduceVariance(x, axis, { keepdims }))),
);

/** What `countNonzero` takes by name. */
export interface CountOptions extends ReduceOptions {
  /** The dtype of the result; int64 where not given. */
  readonly dtype?: DTypeLike;
}
/**
 * How many elements are not zero, over dimensions.
 *
 *     tf.countNonzero([[0, 1], [2, 3]])      // 3
 *     tf.countNonzero([[0, 1], [2, 3]], 1)   // [1, 2]
 *
 * @param inputTensor       numbers, booleans or strings (of which the empty one is zero), any shape
 * @param axis              dimensions to go over: a number, a list or a tensor of them; negative ones count from the
 *   end; all where not given
 * @param keepdims          leaves a 1 in place of each of those dimensions
 * @param dtype             of the result; int64 where not given
 * @param reductionIndices  `axis`, by its older name
 * @param keepDims          `keepdims`, by its older name
 * @param input             `inputTensor`, by its newer name
 * @returns  `dtype`; the input's shape without `axis`
 * @throws ValueError  if an axis is known to be outside [−rank, rank)
 * @throws InvalidArgumentError  when run, where that shows only then
 */
export const countNonzero = boundOverloads('count_nonzero', 2, plainCountNonzero);
function plainCountNonzero(
  x: NotText,
  axis?: null,
  options?: NameOption & { readonly dtype?: DTypeLike },
): ScalarTensor;
function plainCountNonzero(x: NotText, axis?: Axis | CountOptions, options?: CountOptions): Tensor;
function plainCountNonzero(x: NotText, given?: Axis | CountOptions, options: CountOptions = {}): Tensor {
  const settled = settle(given, options);
  const dtype = asDtype((isOptions<CountOptions>(given) ? given.dtype : undefined) ?? options.dtype ?? int64);
  return inScope(settled.name, 'count_nonzero', [x], () => {
    const input = convertToTensor(x, null, 'input');
    const different = node('NotEqual', input, zeros([], input.dtype));
    return castTo(reduceSum(castTo(different, int64), settled.axis, { keepdims: settled.keepdims }), dtype);
  });
}
