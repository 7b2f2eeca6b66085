/** Convolutions of each channel apart, with filters that may have gaps, and those over channels behind them. */
import { ValueError } from '../base/errors';
import { inScope } from '../graph/apply';
import { type NotText, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { conv2d } from '../ops/conv';
import { depthwiseConv2dNative } from '../ops/depthwise';
import { boundPictures } from '../ops/known-calls';
import { type NameOption, eitherName } from '../ops/options';
import { shapeOf } from '../ops/words';
import { withSpaceToBatch } from './space-to-batch';

/** What `depthwiseConv2d` and `separableConv2d` take by name. */
export interface SeparableOptions extends NameOption {
  /** How far apart the taps are, along rows and columns; [1, 1] where not given. */
  readonly rate?: readonly number[] | Tensor | null;
  /** 'NHWC' (the default), or 'NCHW', which no processor has a kernel for. */
  readonly dataFormat?: string | null;
  /** `rate`, by its newer name. */
  readonly dilations?: readonly number[] | Tensor | null;
}
/** The channels apart: pictures from pictures. */
function apart(
  input: Tensor,
  filter: Tensor,
  strides: readonly number[],
  padding: 'SAME' | 'VALID',
  { rate, dilations, dataFormat, name }: SeparableOptions,
): Tensor {
  const filterShape = shapeOf(filter);
  const format = dataFormat ?? null;
  return withSpaceToBatch(
    {
      input,
      rate: eitherName(['dilations', 'rate'], dilations, rate) ?? [1, 1],
      padding,
      filterShape,
      dataFormat: format,
    },
    (converted, pad) => depthwiseConv2dNative(converted, filter, strides, pad, { dataFormat: format, name }),
  );
}
/**
 * Slides filters over each channel of images apart: out[b, i, j, c·m + q] = Σ input[b, i·stride + rate·u, j·stride +
 * rate·v, c] · filter[u, v, c, q].
 *
 *     const x = tf.ones([1, 3, 3, 2]);
 *     tf.nn.depthwiseConv2d(x, tf.ones([2, 2, 2, 1]), [1, 1, 1, 1], 'VALID').get(0, 0)   // [[4, 4], [4, 4]]
 *
 * @param input       floats, shape [batch, rows, columns, channels]
 * @param filter      input's dtype, shape [rows, columns, channels, m]
 * @param strides     of the four dimensions: [1, stride, stride, 1]
 * @param padding     'SAME' (as many places as input pixels, over the stride) or 'VALID' (within the image)
 * @param rate        how far apart the filter's taps are, along rows and columns; above 1 with strides of 1 alone
 * @param dataFormat  'NHWC', or 'NCHW', which no processor has a kernel for; 'NHWC' where not given
 * @param dilations   `rate`, by its newer name
 * @returns  input's dtype, shape [batch, rows out, columns out, channels·m]
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const depthwiseConv2d = boundPictures(
  'nn.depthwise_conv2d',
  4,
  function depthwiseConv2d(
    input: NotText,
    filter: NotText,
    strides: readonly number[],
    padding: 'SAME' | 'VALID',
    options: SeparableOptions = {},
  ): Tensor {
    return inScope(options.name, 'depthwise', [input, filter], (name) => {
      const [x, w] = [convertToTensor(input, null, 'tensor_in'), convertToTensor(filter, null, 'filter_in')];
      return apart(x, w, strides, padding, { ...options, name });
    });
  },
);
/**
 * Filters each channel apart, then mixes the channels of each pixel: `depthwiseConv2d`, and a convolution of one pixel.
 *
 *     const x = tf.ones([1, 3, 3, 2]);
 *     const [each, mix] = [tf.ones([2, 2, 2, 1]), tf.ones([1, 1, 2, 1])];
 *     tf.nn.separableConv2d(x, each, mix, [1, 1, 1, 1], 'VALID').get(0, 0)   // [[8], [8]]
 *
 * @param input            floats, shape [batch, rows, columns, channels]
 * @param depthwiseFilter  input's dtype, shape [rows, columns, channels, m]
 * @param pointwiseFilter  input's dtype, shape [1, 1, channels·m, out]
 * @param strides          of the first convolution: [1, stride, stride, 1]
 * @param padding          'SAME' (as many places as input pixels, over the stride) or 'VALID' (within the image)
 * @param rate             how far apart the first filter's taps are; above 1 with strides of 1 alone
 * @param dataFormat       'NHWC', or 'NCHW', which no processor has a kernel for; 'NHWC' where not given
 * @param dilations        `rate`, by its newer name
 * @returns  input's dtype, shape [batch, rows out, columns out, out]
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const separableConv2d = boundPictures(
  'nn.separable_conv2d',
  5,
  function separableConv2d(
    input: NotText,
    depthwiseFilter: NotText,
    pointwiseFilter: NotText,
    strides: readonly number[],
    padding: 'SAME' | 'VALID',
    options: SeparableOptions = {},
  ): Tensor {
    const { name: named, dataFormat } = options;
    return inScope(named, 'separable_conv2d', [input, depthwiseFilter, pointwiseFilter], (name) => {
      const x = convertToTensor(input, null, 'tensor_in');
      const each = convertToTensor(depthwiseFilter, null, 'depthwise_filter');
      const mix = convertToTensor(pointwiseFilter, null, 'pointwise_filter');
      const { dims } = mix.shape.withRank(4);
      for (const d of dims!.slice(0, 2))
        if (d !== null && d !== 1) throw new ValueError(`Dimensions ${d} and 1 are not compatible`);
      const depthwise = apart(x, each, strides, padding, { ...options, name: 'depthwise' });
      return conv2d(depthwise, mix, [1, 1, 1, 1], 'VALID', { dataFormat, name });
    });
  },
);
