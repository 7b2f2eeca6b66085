/** Convolutions along lines, of as many dimensions as the input has, and with gaps between the taps of the filter. */
import { checkList } from '../base/border';
import { int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { toNDArray } from '../base/to-ndarray';
import { apply, inScope } from '../graph/apply';
import { isSymbolic, type NotText, type TensorLike, convertToTensor } from '../graph/constant';
import { Tensor } from '../graph/graph';
import { conv2d, conv2dBackpropInput } from '../ops/conv';
import { conv3d } from '../ops/conv3d';
import { boundLikeArray, boundOfRank, boundPictures } from '../ops/known-calls';
import type { NameOption } from '../ops/options';
import { stack } from '../ops/stack';
import { type PerDimension, perDimension } from '../ops/window';
import { concat, sliced } from '../ops/words';
import { ofLine } from './line';
import { checkSteps, withSpaceToBatch } from './space-to-batch';

/** What `conv1d` takes by name. */
export interface LineOptions extends NameOption {
  /** Has no effect here: there is no GPU. */
  readonly useCudnnOnGpu?: boolean | null;
  /** 'NWC' (the default) or 'NCW', of which the CPU has no kernel. */
  readonly dataFormat?: string | null;
  /** Steps between the taps of the filter. */
  readonly dilations?: PerDimension | null;
}
/**
 * Slides filters along lines and sums what they see: a convolution of pictures of one row.
 *
 *     const x = tf.ones([1, 4, 1]);
 *     tf.nn.conv1d(x, tf.ones([2, 1, 3]), 1, 'VALID').get(0, 0)   // [2, 2, 2]
 *
 * @param value          floats, shape [batch, length, channels]
 * @param filters        value's dtype, shape [length, channels, filters]
 * @param stride         how far the filter moves each time
 * @param padding        'SAME' (as many places as the line is long, over the stride) or 'VALID' (within the line)
 * @param useCudnnOnGpu  has no effect here
 * @param dataFormat     'NWC', or 'NCW', of which the CPU has no kernel; 'NWC' where not given
 * @param input          `value`, by its newer name
 * @param dilations      steps between the taps of the filter; 1 where not given
 * @returns  value's dtype, shape [batch, places, filters]
 * @throws ValueError  if the shapes are known and do not fit, or for another format
 * @throws TypeError  for integers
 */
export const conv1d = boundOfRank<3>()(
  'nn.conv1d',
  4,
  function conv1d(
    value: NotText,
    filters: NotText,
    stride: PerDimension,
    padding: 'SAME' | 'VALID',
    { useCudnnOnGpu, dataFormat, dilations, name }: LineOptions = {},
  ): Tensor {
    return inScope(name, 'conv1d', [value, filters], (scope) => {
      const line = ofLine(dataFormat);
      const strides = [1, ...perDimension(stride, line.format, 'stride', 1)];
      const gaps = [1, ...perDimension(dilations ?? 1, line.format, 'dilations', 1)];
      const row = apply('ExpandDims', [value, line.axis]);
      const options = { useCudnnOnGpu: useCudnnOnGpu ?? true, dataFormat: line.format, dilations: gaps, name: scope };
      const result = conv2d(row, apply('ExpandDims', [filters, 0]), strides, padding, options);
      return apply('Squeeze', [result], { squeeze_dims: [line.axis] });
    });
  },
);
/**
 * The transpose of `conv1d`: spreads each place over those that a convolution would have read.
 *
 *     const x = tf.ones([1, 2, 1]);
 *     tf.nn.conv1dTranspose(x, tf.ones([2, 3, 1]), [1, 4, 3], 2)   // shape (1, 4, 3)
 *
 * @param input        floats, shape [batch, length, in]
 * @param filters      input's dtype, shape [length, out, in]
 * @param outputShape  three numbers, or an int32 tensor of them
 * @param strides      how far the filter moves each time
 * @param padding      'SAME' or 'VALID'; 'SAME' where not given
 * @param dataFormat   'NWC', or 'NCW', of which the CPU has no kernel; 'NWC' where not given
 * @param dilations    steps between the taps of the filter; 1 where not given
 * @returns  input's dtype, `outputShape`
 * @throws ValueError  if the shapes are known and do not fit, or for another format
 * @throws TypeError  for integers
 */
export const conv1dTranspose = boundOfRank<3>()(
  'nn.conv1d_transpose',
  5,
  function conv1dTranspose(
    input: NotText,
    filters: NotText,
    outputShape: readonly (number | Tensor)[] | Tensor,
    strides: PerDimension,
    padding: 'SAME' | 'VALID' = 'SAME',
    { dataFormat, dilations, name }: Omit<LineOptions, 'useCudnnOnGpu'> = {},
  ): Tensor {
    if (!isSymbolic(outputShape)) checkList(outputShape, 'output_shape');
    return inScope(name, 'conv1d_transpose', [input, filters, outputShape], (scope) => {
      const line = ofLine(dataFormat, false);
      const steps = [1, ...perDimension(strides, line.format, 'stride', 1)];
      const gaps = [1, ...perDimension(dilations ?? 1, line.format, 'dilations', 1)];
      const row = apply('ExpandDims', [input, line.axis]);
      const kernel = apply('ExpandDims', [filters, 0]);
      const part = (from: number | null, to: number | null): TensorLike =>
        outputShape instanceof Tensor
          ? sliced(outputShape, from, to)
          : wholeNumbers(outputShape.slice(from ?? 0, to ?? undefined));
      const sizes = concat([part(null, line.axis), wholeNumbers([1]), part(line.axis, null)], 0);
      const options = { dataFormat: line.format, dilations: gaps, name: scope };
      const result = conv2dBackpropInput(sizes, kernel, row, steps, padding, options);
      return apply('Squeeze', [result], { squeeze_dims: [line.axis] });
    });
  },
);

const wholeNumbers = (sizes: readonly (number | Tensor)[]): TensorLike =>
  sizes.every((n) => typeof n === 'number') ? toNDArray(sizes, int32) : stack(sizes);

/** What `convolution` takes by name. */
export interface ConvolutionOptions extends NameOption {
  /** Steps between the places of the filter; 1 where not given. */
  readonly strides?: PerDimension | null;
  /** Steps between its taps; 1 where not given. Above 1 with strides of 1 alone. */
  readonly dilationRate?: PerDimension | null;
  /** 'NWC', 'NHWC' or 'NDHWC' where not given; with channels first the CPU has no kernel. */
  readonly dataFormat?: string | null;
}
/**
 * A convolution of lines, of pictures or of volumes, by the rank of its input. With gaps between the taps of the
 * filter it is made of a convolution without them, over every n-th place (`tf.spaceToBatchNd`).
 *
 *     const x = tf.ones([1, 5, 5, 1]);
 *     tf.nn.convolution(x, tf.ones([2, 2, 1, 1]), 'VALID', { dilationRate: [3, 3] })   // shape (1, 2, 2, 1)
 *
 * @param input         floats, shape [batch, spatial..., channels], with one to three spatial dimensions
 * @param filter        input's dtype, shape [spatial..., channels, filters]
 * @param padding       'SAME' (as many places as the input has, over the stride) or 'VALID' (within it)
 * @param strides       steps between the places of the filter; 1 where not given
 * @param dilationRate  steps between its taps; 1 where not given, above 1 with strides of 1 alone
 * @param dataFormat    where the channels are; last where not given
 * @param filters       `filter`, by its newer name
 * @param dilations     `dilationRate`, by its newer name
 * @returns  input's dtype, shape [batch, places..., filters]
 * @throws ValueError  if no rank is known, if the shapes are known and do not fit, or for strides and gaps together
 * @throws TypeError  for integers
 */
export const convolution = boundLikeArray(
  'nn.convolution',
  3,
  function convolution(
    input: NotText,
    filter: NotText,
    padding: 'SAME' | 'VALID',
    options: ConvolutionOptions = {},
  ): Tensor {
    return inScope(options.name, 'convolution', [input, filter], (scope) => {
      const [x, w] = [convertToTensor(input, null, 'input'), convertToTensor(filter, null, 'filter')];
      const space = (x.shape.rank ?? w.shape.rank ?? NaN) - 2;
      if (Number.isNaN(space)) throw new ValueError('rank of input or filter must be known');
      if (space < 1 || space > 3) throw new ValueError(`Input tensor must be of rank 3, 4 or 5 but was ${space + 2}.`);
      const { dataFormat: given } = options;
      const format = given ?? '';
      const strides = perDimension(options.strides ?? 1, format, 'strides', space);
      const dilations = perDimension(options.dilationRate ?? 1, format, 'dilations', space);
      const convolve = (of: Tensor, steps: readonly number[], pad: 'SAME' | 'VALID'): Tensor =>
        CONVOLVE[space - 1](of, w, steps, pad, { dataFormat: given, name: scope });
      if (dilations.every((n) => n === 1)) return convolve(x, strides, padding);
      checkFilter(x, w, space, format);
      const [from, to] = format.startsWith('NC') ? [2, space + 2] : [1, space + 1];
      checkSteps(strides.slice(from, to), dilations.slice(from, to));
      return withSpaceToBatch(
        { input: x, rate: dilations.slice(from, to), padding, filterShape: w.shape, dataFormat: given ?? null },
        (of, pad) => convolve(of, strides, pad),
      );
    });
  },
);
type Convolve = (
  x: Tensor,
  w: Tensor,
  strides: readonly number[],
  padding: 'SAME' | 'VALID',
  options: { dataFormat?: string | null; name: string },
) => Tensor;
const CONVOLVE: readonly Convolve[] = [
  (x, w, strides, padding, { dataFormat, name }) => conv1d(x, w, strides, padding, { dataFormat, name }),
  conv2d,
  conv3d,
];
function checkFilter(x: Tensor, w: Tensor, space: number, format: string): void {
  const sides: Readonly<Record<string, Tensor>> = { input: x, filter: w };
  for (const [what, { shape }] of Object.entries(sides))
    if (shape.rank !== null && shape.rank !== space + 2)
      throw new ValueError(`${what} tensor must have rank ${space + 2}`);
  const [channels, taken] = [x.shape.at(format.startsWith('NC') ? 1 : space + 1), w.shape.at(space)];
  if (channels !== null && taken !== null && channels !== taken)
    throw new ValueError(
      `number of input channels does not match corresponding dimension of filter, ${channels} != ${taken}`,
    );
}
/**
 * A convolution of pictures with gaps between the taps of the filter ("à trous").
 *
 *     const x = tf.ones([1, 5, 5, 1]);
 *     tf.nn.atrousConv2d(x, tf.ones([2, 2, 1, 1]), 2, 'VALID')   // shape (1, 3, 3, 1)
 *
 * @param value    floats, shape [batch, rows, columns, channels]
 * @param filters  value's dtype, shape [rows, columns, channels, filters]
 * @param rate     how far apart the filter's taps are
 * @param padding  'SAME' (as many places as input pixels) or 'VALID' (within the image)
 * @returns  value's dtype, shape [batch, rows out, columns out, filters]
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const atrousConv2d = boundPictures(
  'nn.atrous_conv2d',
  4,
  function atrousConv2d(
    value: NotText,
    filters: NotText,
    rate: PerDimension,
    padding: 'SAME' | 'VALID',
    { name }: NameOption = {},
  ): Tensor {
    const given = typeof rate === 'number' ? [rate] : rate;
    const dilationRate = given.length === 1 ? [given[0], given[0]] : given;
    return convolution(value, filters, padding, { dilationRate, name });
  },
);
