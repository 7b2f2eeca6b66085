/** Statistics of a tensor, and what normalizes by them. Made of other ops. */

import { type DType, float32, int32, int64 } from '../base/dtype';
import { type NamedTuple, namedTuple } from '../base/named-tuple';
import { boundOptions } from '../calls/bind';
import { condTensor } from '../flow/cond';
import { apply, inScope } from '../graph/apply';
import { convertToTensor, type NotText } from '../graph/constant';
import type { ScalarTensor, Tensor } from '../graph/graph';
import { zeros } from '../ops/fill';
import { boundLike, knowing } from '../ops/known-calls';
import type { MomentsCall } from '../ops/known-tuples';
import { type NameOption, AXIS_OR_DIM, KEPT_DIMS, eitherName } from '../ops/options';
import { allAxes, castTo, overAll, sizeOf } from '../ops/words';

/** What `moments` takes by name. */
export interface MomentsOptions extends NameOption {
  /** Keep the summed dimensions as 1s. */
  readonly keepDims?: boolean | null;
  /** The same in its newer spelling. */
  readonly keepdims?: boolean | null;
}
/**
 * Mean and variance along axes: what batch normalization starts from.
 *
 *     const { mean, variance } = tf.nn.moments([[1, 2], [3, 6]], [0])   // [[2, 4], [1, 4]]
 *
 * @param x         floats, any shape
 * @param axes      the dimensions to average over
 * @param keepDims  leaves 1s in place of those dimensions
 * @param keepdims  the same in its newer spelling
 * @returns  `[mean, variance]`, by name as well: x's dtype, its shape without `axes`; the variance divides by n
 * @throws ValueError  if an axis is known to be outside, or both spellings are given
 */
export const moments = knowing<MomentsCall>()(
  'nn.moments',
  2,
  function moments(
    x: NotText,
    axes: number | readonly number[],
    { keepDims, keepdims, name }: MomentsOptions = {},
  ): NamedTuple<readonly ['mean', 'variance'], Tensor> {
    return inScope(name, 'moments', [x], () => {
      const given = convertToTensor(x);
      const narrow =
        given.dtype.isFloating && given.dtype.size < 4 && given.dtype.name === 'float16' ? given.dtype.baseDtype : null;
      const y = narrow ? castTo(given, float32) : given;
      let mean = apply('Mean', [y, axes], { keep_dims: true }, 'mean');
      // Stopping the gradient changes nothing: what flows into the mean from the variance is zero.
      const squares = apply('SquaredDifference', [y, apply('StopGradient', [mean])]);
      let variance = apply('Mean', [squares, axes], { keep_dims: true }, 'variance');
      if (!eitherName(KEPT_DIMS, keepdims, keepDims)) {
        const squeeze_dims = typeof axes === 'number' ? [axes] : axes;
        mean = apply('Squeeze', [mean], { squeeze_dims });
        variance = apply('Squeeze', [variance], { squeeze_dims });
      }
      const both = [mean, variance];
      return namedTuple(['mean', 'variance'], narrow ? both.map((t) => castTo(t, narrow)) : both);
    });
  },
);

/**
 * `scale · (x − mean) / √(variance + ε) + offset` (Ioffe and Szegedy 2015).
 *
 *     tf.nn.batchNormalization([1, 3], 2, 1, 10, 5, 0)   // [5, 15]
 *
 * @param x                floats, any shape
 * @param mean             broadcasts to x, as do `variance`, `offset` and `scale`
 * @param variance         see `tf.nn.moments`
 * @param offset           what is added after, or null
 * @param scale            what multiplies, or null
 * @param varianceEpsilon  keeps the divisor from 0
 * @returns  x's dtype and shape
 * @throws ValueError  if the shapes are known and do not broadcast
 * @throws TypeError  if the dtypes differ
 */
export const batchNormalization = boundLike(
  'nn.batch_normalization',
  6,
  function batchNormalization(
    x: NotText,
    mean: NotText,
    variance: NotText,
    offset: NotText | null,
    scale: NotText | null,
    varianceEpsilon: number,
    { name }: NameOption = {},
  ): Tensor {
    return inScope(
      name,
      'batchnorm',
      [x, mean, variance, scale, offset].filter((v) => v !== null),
      () => {
        const [at, middle] = [convertToTensor(x), convertToTensor(mean)];
        let inverse = apply('Rsqrt', [convertToTensor(variance).add(varianceEpsilon)]);
        if (scale !== null) inverse = inverse.mul(scale);
        const product = at.mul(castTo(inverse, at.dtype));
        const shift = offset === null ? middle.neg().mul(inverse) : convertToTensor(offset).sub(middle.mul(inverse));
        return product.add(castTo(shift, at.dtype));
      },
    );
  },
);

/** What `l2Normalize` takes by name. */
export interface L2NormalizeOptions extends NameOption {
  /** Dimensions that one vector takes; all where not given. */
  readonly axis?: number | readonly number[] | null;
  /** An older word for `axis`. */
  readonly dim?: number | readonly number[] | null;
  /** The least the sum of squares counts; 1e-12 where not given. */
  readonly epsilon?: number;
}
/**
 * x / √max(Σ x², ε) along axes: vectors of length 1.
 *
 *     tf.nn.l2Normalize([[3, 4], [0, 5]], 1)   // [[0.6, 0.8], [0, 1]]
 *
 * @param x        floats, any shape
 * @param axis     dimensions that one vector takes; all where not given
 * @param epsilon  the least the sum of squares counts; 1e-12 where not given
 * @param dim      `axis`, by its older name
 * @returns  x's dtype and shape
 * @throws ValueError  if both names of the axis are given, or it is outside of the shape
 */
export const l2Normalize = boundLike(
  'linalg.l2_normalize',
  1,
  function l2Normalize(x: NotText, { axis, dim, epsilon = 1e-12, name }: L2NormalizeOptions = {}): Tensor {
    const over = eitherName(AXIS_OR_DIM, axis, dim);
    return inScope(name, 'l2_normalize', [x], (scope) => {
      const at = convertToTensor(x, null, 'x');
      const squares = apply('Square', [at]);
      const total = apply('Sum', [squares, over ?? allAxes(squares)], { keep_dims: true });
      return apply('Mul', [at, apply('Rsqrt', [apply('Maximum', [total, epsilon])])], {}, scope);
    });
  },
);
const LARGEST_INT32 = 2 ** 31 - 1;
/** How many elements are not 0, counted in int32 where that is enough. */
function countNonzero(x: Tensor, isSmall: Tensor): Tensor {
  const count = (dtype: DType): Tensor =>
    inScope(null, 'count_nonzero', [x], () => {
      const zero = zeros([], x.dtype);
      const marks = castTo(apply('NotEqual', [x, zero]), dtype);
      return overAll('Sum', marks, 'nonzero_count');
    });
  return condTensor(
    isSmall,
    () => castTo(count(int32), int64),
    () => count(int64),
  );
}

/**
 * The fraction of zeros in a tensor; NaN for an empty one. How sparse the activations of a layer are.
 *
 *     tf.nn.zeroFraction([0, 1, 0, 3])   // 0.5
 *
 * @param value  numbers, any shape
 * @returns  float32, a scalar
 * @throws ValueError  for a value that no tensor can hold
 */
export const zeroFraction = boundOptions(
  'math.zero_fraction',
  1,
  function zeroFraction(value: NotText, { name }: NameOption = {}): ScalarTensor {
    return inScope(name, 'zero_fraction', [value], () => {
      const x = convertToTensor(value, null, 'value');
      const size = sizeOf(x, int64);
      const nonzero = countNonzero(x, apply('LessEqual', [size, LARGEST_INT32]));
      const fraction = inScope(null, 'counts_to_fraction', [x], () =>
        castTo(size.sub(nonzero), float32).div(castTo(size, float32)),
      );
      return apply('Identity', [fraction], {}, 'fraction') as ScalarTensor;
    });
  },
);
