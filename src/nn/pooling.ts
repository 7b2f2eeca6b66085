/** Pooling along lines, by the rank of the input, and with gaps between what a window takes. */
import { ValueError } from '../base/errors';
import { apply, inScope } from '../graph/apply';
import { type NotText, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { boundLikeArray, boundOfRank, boundPictures } from '../ops/known-calls';
import type { NameOption } from '../ops/options';
import { type PoolOptions, avgPool, maxPool } from '../ops/pool';
import { avgPool3d, maxPool3d } from '../ops/pool3d';
import { type PerDimension, perDimension } from '../ops/window';
import { checkSteps, withSpaceToBatch } from './space-to-batch';

type Padding = 'SAME' | 'VALID';
/** What pooling along lines takes by name. */
export interface LinePoolOptions extends NameOption {
  /** 'NWC' (the default) or 'NCW', of which the CPU has no kernel. */
  readonly dataFormat?: string | null;
}
function alongLine(type: 'MaxPool' | 'AvgPool', scoped: string) {
  return (
    input: NotText,
    ksize: PerDimension,
    strides: PerDimension,
    padding: Padding,
    { dataFormat, name }: LinePoolOptions = {},
  ): Tensor =>
    inScope(name, scoped, [input], (scope) => {
      const given = dataFormat ?? 'NWC';
      const [size, steps] = [perDimension(ksize, given, 'ksize', 1), perDimension(strides, given, 'strides', 1)];
      const [axis, format] = given === 'NWC' ? [1, 'NHWC'] : [2, 'NCHW'];
      const row = apply('ExpandDims', [input, axis]);
      const attrs = { ksize: [1, ...size], strides: [1, ...steps], padding, data_format: format };
      return apply('Squeeze', [apply(type, [row], attrs, scope)], { squeeze_dims: [axis] });
    });
}
/**
 * The largest element of each window along lines.
 *
 *     tf.nn.maxPool1d([[[1], [3], [2], [0]]], 2, 2, 'VALID')   // [[[3], [2]]]
 *
 * @param input       real numbers, shape [batch, length, channels]
 * @param ksize       the window's size
 * @param strides     its steps
 * @param padding     'SAME' (as many places as the line is long, over the stride) or 'VALID' (within the line)
 * @param dataFormat  'NWC', or 'NCW', of which the CPU has no kernel; 'NWC' where not given
 * @returns  input's dtype, shape [batch, places, channels]
 * @throws ValueError  if the window is known not to fit, or for another padding
 */
export const maxPool1d = boundOfRank<3>()('nn.max_pool1d', 4, alongLine('MaxPool', 'MaxPool1d'));
/**
 * The mean of each window along lines. What padding adds is not counted.
 *
 *     tf.nn.avgPool1d([[[1], [3], [2], [0]]], 2, 2, 'VALID')   // [[[2], [1]]]
 *
 * @param input       floats, shape [batch, length, channels]
 * @param ksize       the window's size
 * @param strides     its steps
 * @param padding     'SAME' (as many places as the line is long, over the stride) or 'VALID' (within the line)
 * @param dataFormat  'NWC', or 'NCW', of which the CPU has no kernel; 'NWC' where not given
 * @returns  input's dtype, shape [batch, places, channels]
 * @throws ValueError  if the window is known not to fit, or for another padding
 */
export const avgPool1d = boundOfRank<3>()('nn.avg_pool1d', 4, alongLine('AvgPool', 'AvgPool1D'));
/**
 * The largest element of each window of pictures: `tf.nn.maxPool` under another name.
 *
 *     tf.nn.maxPool2d([[[[1], [2]], [[3], [4]]]], 2, 2, 'VALID')   // [[[[4]]]]
 *
 * @param input       real numbers, shape [batch, rows, columns, channels]
 * @param ksize       the window's size in the four dimensions; a number or two are for rows and columns
 * @param strides     its steps, likewise
 * @param padding     'SAME' (as many places as input pixels, over the stride) or 'VALID' (within the image)
 * @param dataFormat  'NHWC' or 'NCHW'; 'NHWC' where not given
 * @returns  input's dtype, shape [batch, rows out, columns out, channels]
 * @throws ValueError  if the window is known not to fit, or for another padding
 */
export const maxPool2d = boundPictures(
  'nn.max_pool2d',
  4,
  function maxPool2d(
    input: NotText,
    ksize: PerDimension,
    strides: PerDimension,
    padding: Padding,
    { dataFormat, name }: PoolOptions = {},
  ): Tensor {
    return inScope(name, 'MaxPool2d', [input], (scope) =>
      pooled('MaxPool', 2)(input, ksize, strides, padding, scope, dataFormat),
    );
  },
);
type Pooled = (
  x: NotText,
  ksize: PerDimension,
  strides: PerDimension,
  padding: Padding,
  name: string | null | undefined,
  format: string | null | undefined,
) => Tensor;
/** The op itself, for lines by way of a picture. */
function pooled(type: 'MaxPool' | 'AvgPool', space: number): Pooled {
  if (space === 1) {
    const line = type === 'MaxPool' ? maxPool1d : avgPool1d;
    return (x, ksize, strides, padding, name, dataFormat) => line(x, ksize, strides, padding, { name, dataFormat });
  }
  return (x, ksize, strides, padding, name, given) => {
    const format = given ?? (space === 3 ? 'NDHWC' : 'NHWC');
    const size = perDimension(ksize, format, 'ksize', space);
    const steps = perDimension(strides, format, 'strides', space);
    return apply(
      space === 3 ? `${type}3D` : type,
      [x],
      { ksize: size, strides: steps, padding, data_format: format },
      name,
    );
  };
}
function byRank(type: 'MaxPool' | 'AvgPool') {
  return (
    input: NotText,
    ksize: PerDimension,
    strides: PerDimension,
    padding: Padding,
    { dataFormat, name }: PoolOptions = {},
  ): Tensor => {
    const x = convertToTensor(input, null, 'input');
    const rank = x.shape.rank ?? dataFormat?.length ?? null;
    if (rank === null) throw new ValueError('The input must have a rank or a data format must be given.');
    if (rank < 3 || rank > 5) throw new ValueError(`Input tensor must be of rank 3, 4 or 5 but was ${rank}.`);
    return pooled(type, rank - 2)(x, ksize, strides, padding, name, dataFormat);
  };
}
/**
 * The largest element of each window of lines, pictures or volumes, by the rank of the input.
 *
 *     tf.nn.maxPoolV2([[[1], [3], [2], [0]]], 2, 2, 'VALID')   // [[[3], [2]]]
 *
 * @param input       real numbers, shape [batch, spatial..., channels]
 * @param ksize       the window's size: a number, one for each spatial dimension, or for all
 * @param strides     its steps, likewise
 * @param padding     'SAME' (as many places as the input has, over the stride) or 'VALID' (within it)
 * @param dataFormat  where the channels are; last where not given
 * @returns  input's dtype, shape [batch, places..., channels]
 * @throws ValueError  if no rank is known, the window is known not to fit, or for another padding
 */
export const maxPoolV2 = boundLikeArray('nn.max_pool_v2', 4, byRank('MaxPool'));
/**
 * The mean of each window of lines, pictures or volumes, by the rank of the input.
 *
 *     tf.nn.avgPoolV2([[[1], [3], [2], [0]]], 2, 2, 'VALID')   // [[[2], [1]]]
 *
 * @param input       floats, shape [batch, spatial..., channels]
 * @param ksize       the window's size: a number, one for each spatial dimension, or for all
 * @param strides     its steps, likewise
 * @param padding     'SAME' (as many places as the input has, over the stride) or 'VALID' (within it)
 * @param dataFormat  where the channels are; last where not given
 * @returns  input's dtype, shape [batch, places..., channels]
 * @throws ValueError  if no rank is known, the window is known not to fit, or for another padding
 */
export const avgPoolV2 = boundLikeArray('nn.avg_pool_v2', 4, byRank('AvgPool'));

/** What `pool` takes by name. */
export interface GapPoolOptions extends NameOption {
  /** Steps between what a window takes, one for each spatial dimension; above 1 with strides of 1 alone. */
  readonly dilationRate?: readonly number[] | null;
  /** Its steps, one for each spatial dimension; 1 where not given. */
  readonly strides?: readonly number[] | null;
  /** 'NWC', 'NHWC' or 'NDHWC' where not given; with channels first the CPU has no kernel. */
  readonly dataFormat?: string | null;
}
/**
 * Maxima or means over windows that may have gaps.
 *
 *     tf.nn.pool([[[1], [3], [2], [0]]], [2], 'MAX', 'VALID', { dilationRate: [2] })   // [[[2], [3]]]
 *
 * @param input         real numbers, shape [batch, spatial..., channels]
 * @param windowShape   the window's size, one for each spatial dimension
 * @param poolingType   'MAX' or 'AVG'
 * @param padding       'SAME' (as many places as the input has, over the stride) or 'VALID' (within it)
 * @param dilationRate  steps between what a window takes; 1 where not given
 * @param strides       its steps; 1 where not given
 * @param dataFormat    where the channels are; last where not given
 * @param dilations     `dilationRate`, by its newer name
 * @returns  input's dtype, shape [batch, places..., channels]
 * @throws ValueError  for another rank, for strides and gaps together, or strides larger than the window
 */
export const pool = boundLikeArray(
  'nn.pool',
  4,
  function pool(
    input: NotText,
    windowShape: readonly number[],
    poolingType: 'MAX' | 'AVG',
    padding: Padding,
    { dilationRate, strides, dataFormat, name }: GapPoolOptions = {},
  ): Tensor {
    return inScope(name, `${poolingType.toLowerCase()}_pool`, [input], (scope) => {
      const x = convertToTensor(input, null, 'input');
      const space = windowShape.length;
      if (space < 1 || space > 3) throw new ValueError('It is required that 1 <= num_spatial_dims <= 3.');
      x.shape.withRank(space + 2);
      const [steps, rate] = stepsOf(space, strides, dilationRate);
      checkSteps(steps, rate);
      if (padding === 'SAME' && rate.some((n) => n > 1))
        throw new ValueError('pooling with SAME padding is not implemented for dilation_rate > 1');
      if (steps.some((n, i) => n > windowShape[i]))
        throw new ValueError(
          'strides > window_shape not supported due to inconsistency between CPU and GPU implementations',
        );
      const op = OPS[poolingType];
      if (!op) throw new ValueError(`${space}-D ${poolingType} pooling is not supported.`);
      const isFirst = dataFormat?.startsWith('NC') ?? false;
      const around = (sizes: readonly number[]): number[] => (isFirst ? [1, 1, ...sizes] : [1, ...sizes, 1]);
      const spread = { input: x, rate, padding, filterShape: null, dataFormat: isFirst ? 'NC' : null };
      return withSpaceToBatch(spread, (of, pad) =>
        op(space, isFirst, dataFormat)(of, around(windowShape), around(steps), pad, scope),
      );
    });
  },
);
type Steps = readonly number[] | null | undefined;
function stepsOf(space: number, strides: Steps, rate: Steps): readonly (readonly number[])[] {
  const given: Readonly<Record<string, Steps>> = { 'len(strides)=': strides, 'len(dilation_rate)=': rate };
  return Object.entries(given).map(([what, steps]) => {
    if (!steps) return Array.from({ length: space }, () => 1);
    if (steps.length === space) return steps;
    throw new ValueError(`${what}${steps.length}${steps === strides ? ',' : ''} but should be ${space}`);
  });
}
type OnSpace = (x: Tensor, ksize: number[], strides: number[], padding: Padding, name: string) => Tensor;
const by =
  (op: typeof maxPool | typeof avgPool, onVolumes: typeof maxPool3d | typeof avgPool3d) =>
  (space: number, isFirst: boolean, dataFormat: string | null | undefined): OnSpace => {
    if (space === 3)
      return (x, ksize, strides, padding, name) => onVolumes(x, ksize, strides, padding, { dataFormat, name });
    if (space === 2) return (x, ksize, strides, padding, name) => op(x, ksize, strides, padding, { dataFormat, name });
    if (dataFormat && dataFormat !== 'NWC' && dataFormat !== 'NCW')
      throw new ValueError('data_format must be either "NWC" or "NCW".');
    const [axis, format] = isFirst ? [2, 'NCHW'] : [1, 'NHWC'];
    return (x, ksize, strides, padding, name) => {
      const row = apply('ExpandDims', [x, axis]);
      const result = op(row, [1, ...ksize], [1, ...strides], padding, { dataFormat: format, name });
      return apply('Squeeze', [result], { squeeze_dims: [axis] });
    };
  };
const OPS: Readonly<Record<string, ReturnType<typeof by>>> = {
  MAX: by(maxPool, maxPool3d),
  AVG: by(avgPool, avgPool3d),
};
