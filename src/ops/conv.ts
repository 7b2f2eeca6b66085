/** Convolutions over images, and their two derivatives, which are ops of their own. */
import { checkList } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import type { Dim, TensorShape } from '../base/shape';
import { type Padding, paddingOf } from '../base/window';
import { boundOptions } from '../calls/bind';
import type { AttrName } from '../graph/attr-reader';
import { apply, applyOp, inScope } from '../graph/apply';
import type { NotText } from '../graph/constant';
import { type Tensor, ShapeError } from '../graph/graph';
import type { AttrValue, Rows, ShapeContext } from '../graph/opdef';
import { withRank } from '../graph/shape-fn';
import type { NameOption } from './options';
import { attrsOf, linearIn, type PerDimension, layout, perDimension, placesOf, sizesInput } from './window';
import { boundPictures } from './known-calls';

const ATTRS: readonly AttrName[] = [
  'strides',
  'use_cudnn_on_gpu',
  'padding',
  'explicit_paddings',
  'data_format',
  'dilations',
];
const DERIVATIVES = linearIn('Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter', ATTRS);
export const CONV = {
  Conv2D: {
    grows: 'shapes',
    shape: convShape,
    products: ([, filter], output) => productsOf(output, filter),
    grad(op, [dy]) {
      const [input, filter] = op.inputs;
      const [inputShape, filterShape] = applyOp('ShapeN', [[input, filter]]).outputs;
      const attrs = attrsOf(op, ATTRS);
      return [
        apply('Conv2DBackpropInput', [inputShape, filter, dy], attrs),
        apply('Conv2DBackpropFilter', [input, filterShape, dy], attrs),
      ];
    },
  },
  Conv2DBackpropInput: {
    grows: 'numbers',
    shape: (c) => [sizesInput(c, 0)],
    products: ([, filter, dy]) => productsOf(dy, filter),
    grad: DERIVATIVES.byInput,
  },
  Conv2DBackpropFilter: {
    grows: 'numbers',
    shape: (c) => [sizesInput(c, 1)],
    products: ([, , dy], filter) => productsOf(dy, filter),
    grad: DERIVATIVES.byFilter,
  },
} satisfies Rows;

/** Each place of the result sees the filter once. */
function productsOf(result: TensorShape, filter: TensorShape): number {
  return ((result.numElements() ?? NaN) * (filter.numElements() ?? NaN)) / (filter.at(3) ?? NaN);
}
function convShape(c: ShapeContext): Dim[][] {
  const input = withRank(c, 0, 4);
  const filter = withRank(c, 1, 4);
  const [strides, dilations, pads] = [c.attr('strides'), c.attr('dilations'), c.attr('explicit_paddings')];
  const format = c.attr('data_format');
  const padding = paddingOf(c.attr('padding'));
  if (dilations.length !== 4)
    throw new ShapeError(`Conv2D requires the dilation attribute to contain 4 values, but got: ${dilations.length}`);
  if (strides.length !== 4)
    throw new ShapeError(
      `Conv2D on data format ${format} requires the stride attribute to contain 4 values, but got: ${strides.length}`,
    );
  const { rows, columns, channels } = layout(format);
  checkChannels(input.at(channels), filter.at(2), filter.at(3));
  checkPaddings(padding, pads, channels);
  const out: Dim[] = [input.at(0), null, null, null];
  out[channels] = filter.at(3);
  for (const [k, axis] of [rows, columns].entries()) {
    out[axis] = placesOf(input.at(axis), filter.at(k), strides[axis], dilations[axis], padding, [
      pads[2 * axis],
      pads[2 * axis + 1],
    ]);
  }
  return [out];
}
/** @throws ShapeError  where the channels of the input are no multiple of the filter's */
export function checkChannels(input: Dim, filter: Dim, output: Dim): void {
  if (input === null || filter === null || filter === 0 || input === filter) return;
  if (input % filter !== 0)
    throw new ShapeError(`Depth of input (${input}) is not a multiple of input depth of filter (${filter})`);
  const groups = input / filter;
  if (output !== null && output % groups !== 0)
    throw new ShapeError(`Depth of output (${output}) is not a multiple of the number of groups (${groups})`);
}
function checkPaddings(padding: Padding, pads: readonly number[], channels: number): void {
  if (padding !== 'EXPLICIT') {
    if (pads.length)
      throw new ShapeError('explicit_paddings attribute must be empty if the padding attribute is not EXPLICIT');
    return;
  }
  if (pads.length !== 8)
    throw new ShapeError(`explicit_paddings attribute must contain 8 values, but got: ${pads.length}`);
  if (pads.some((p) => p < 0)) throw new ShapeError('All elements of explicit_paddings must be nonnegative');
  if (pads[0] || pads[1] || pads[2 * channels] || pads[2 * channels + 1])
    throw new ShapeError('Nonzero explicit padding in the batch or depth dimensions is not supported');
}

/** 'SAME', 'VALID', or zeros before and after each of the four dimensions. */
export type PaddingLike = 'SAME' | 'VALID' | readonly (readonly [number, number])[];
/** What convolutions take by name. */
export interface ConvOptions extends NameOption {
  /** Has no effect here: there is no GPU. */
  readonly useCudnnOnGpu?: boolean;
  /** 'NHWC' (the default) or 'NCHW'. */
  readonly dataFormat?: string | null;
  /** Steps between the taps of the filter. */
  readonly dilations?: PerDimension | null;
}
/**
 * Slides filters over images and sums what they see: out[b, i, j, k] = Σ input[b, i·stride + u, j·stride + v, c] ·
 * filter[u, v, c, k].
 *
 *     const x = tf.ones([1, 3, 3, 1]);
 *     const w = tf.ones([2, 2, 1, 5]);
 *     tf.nn.conv2d(x, w, [1, 1, 1, 1], 'SAME')    // shape (1, 3, 3, 5)
 *     tf.nn.conv2d(x, w, 1, 'VALID').get(0, 0, 0)   // [4, 4, 4, 4, 4]
 *
 * @param input          floats, shape [batch, rows, columns, channels]
 * @param filter         input's dtype, shape [rows, columns, channels, filters]
 * @param strides        of the four dimensions; a number or two are for rows and columns
 * @param padding        'SAME' (as many places as input pixels, over the stride), 'VALID' (within the image), or
 *   zeros to add
 * @param useCudnnOnGpu  has no effect here
 * @param dataFormat     'NHWC' or 'NCHW'; 'NHWC' where not given
 * @param dilations      steps between the taps of the filter, in the four dimensions; 1 where not given
 * @param filters        `filter`, by its newer name
 * @returns  input's dtype, shape [batch, rows out, columns out, filters]
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const conv2d = boundPictures(
  'nn.conv2d',
  4,
  function conv2d(
    input: NotText,
    filter: NotText,
    strides: PerDimension,
    padding: PaddingLike,
    options: ConvOptions = {},
  ): Tensor {
    return apply('Conv2D', [input, filter], convAttrs(strides, padding, options), options.name);
  },
);
type Derivative = [
  first: NotText,
  second: NotText,
  outBackprop: NotText,
  strides: PerDimension,
  padding: PaddingLike,
  options?: ConvOptions,
];
/** A derivative of `conv2d`: what is asked for comes as its sizes, the other operand and the result's as they are. */
function derivative(type: 'Conv2DBackpropFilter' | 'Conv2DBackpropInput') {
  return (...[first, second, outBackprop, strides, padding, options = {}]: Derivative): Tensor =>
    apply(type, [first, second, outBackprop], convAttrs(strides, padding, options), options.name);
}
/**
 * The derivative of `conv2d` by its filter.
 *
 *     const x = tf.ones([1, 3, 3, 1]);
 *     const dy = tf.ones([1, 2, 2, 5]);
 *     tf.nn.conv2dBackpropFilter(x, [2, 2, 1, 5], dy, 1, 'VALID')   // shape (2, 2, 1, 5)
 *
 * @param input          what was convolved: floats, shape [batch, rows, columns, channels]
 * @param filterSizes    int32, the four sizes of the filter
 * @param outBackprop    the derivative by the result, in its shape
 * @param strides        of the four dimensions; a number or two are for rows and columns
 * @param padding        'SAME' (as many places as input pixels, over the stride), 'VALID' (within the image), or
 *   zeros to add
 * @param useCudnnOnGpu  has no effect here
 * @param dataFormat     'NHWC' or 'NCHW'; 'NHWC' where not given
 * @param dilations      steps between the taps of the filter, in the four dimensions; 1 where not given
 * @returns  input's dtype, the filter's shape
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const conv2dBackpropFilter = boundOptions('nn.conv2d_backprop_filter', 5, derivative('Conv2DBackpropFilter'));
/**
 * The derivative of `conv2d` by its input.
 *
 *     const w = tf.ones([2, 2, 1, 5]);
 *     const dy = tf.ones([1, 2, 2, 5]);
 *     tf.nn.conv2dBackpropInput([1, 3, 3, 1], w, dy, 1, 'VALID')   // shape (1, 3, 3, 1)
 *
 * @param inputSizes     int32, the four sizes of the input
 * @param filter         floats, shape [rows, columns, channels, filters]
 * @param outBackprop    the derivative by the result, in its shape
 * @param strides        of the four dimensions; a number or two are for rows and columns
 * @param padding        'SAME' (as many places as input pixels, over the stride), 'VALID' (within the image), or
 *   zeros to add
 * @param useCudnnOnGpu  has no effect here
 * @param dataFormat     'NHWC' or 'NCHW'; 'NHWC' where not given
 * @param dilations      steps between the taps of the filter, in the four dimensions; 1 where not given
 * @param filters        `filter`, by its newer name
 * @returns  filter's dtype, the input's shape
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const conv2dBackpropInput = boundPictures('nn.conv2d_backprop_input', 5, derivative('Conv2DBackpropInput'));
/**
 * The transpose of `conv2d` ("deconvolution"): spreads each pixel over the places that a convolution would have read
 * (Zeiler et al. 2010).
 *
 *     const x = tf.ones([1, 2, 2, 1]);
 *     const w = tf.ones([2, 2, 3, 1]);
 *     tf.nn.conv2dTranspose(x, w, [1, 4, 4, 3], 2)   // shape (1, 4, 4, 3)
 *
 * @param value        floats, shape [batch, rows, columns, in]
 * @param filter       value's dtype, shape [rows, columns, out, in]
 * @param outputShape  four numbers, or an int32 tensor of them
 * @param strides      of the four dimensions; a number or two are for rows and columns
 * @param padding      'SAME' (as many places as input pixels, over the stride), 'VALID' (within the image), or zeros
 *   to add; 'SAME' where not given
 * @param dataFormat   'NHWC' or 'NCHW'; 'NHWC' where not given
 * @param input        `value`, by its newer name
 * @param filters      `filter`, by its newer name
 * @param dilations    steps between the taps of the filter, in the four dimensions
 * @returns  value's dtype, `outputShape`
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const conv2dTranspose = boundPictures(
  'nn.conv2d_transpose',
  5,
  function conv2dTranspose(
    value: NotText,
    filter: NotText,
    outputShape: NotText,
    strides: PerDimension,
    padding: PaddingLike = 'SAME',
    options: ConvOptions = {},
  ): Tensor {
    return inScope(options.name, 'conv2d_transpose', [value, filter, outputShape], (scope) =>
      conv2dBackpropInput(outputShape, filter, value, strides, padding, { ...options, name: scope }),
    );
  },
);

function convAttrs(
  strides: PerDimension,
  padding: PaddingLike,
  { useCudnnOnGpu, dataFormat, dilations }: ConvOptions,
): Record<string, AttrValue | null> {
  const format = dataFormat ?? 'NHWC';
  if (!padding)
    throw new TypeError_(
      "missing a required argument: 'padding'\n  fix: 'SAME' or 'VALID' comes after the strides, not in the options.",
    );
  const listed = typeof padding !== 'string';
  const word: unknown = padding;
  if (listed) checkPaddingList(padding);
  else if (word === 'EXPLICIT')
    throw new ValueError(
      '"EXPLICIT" is not a valid value for the padding parameter. ' +
        'To use explicit padding, the padding parameter must be a list.',
    );
  return {
    strides: perDimension(strides, format, 'strides'),
    dilations: perDimension(dilations ?? 1, format, 'dilations'),
    padding: listed ? 'EXPLICIT' : padding,
    explicit_paddings: listed ? padding.flat() : [],
    use_cudnn_on_gpu: useCudnnOnGpu ?? true,
    data_format: format,
  };
}
function checkPaddingList(padding: readonly (readonly number[])[]): void {
  checkList(padding, 'Padding that is no text');
  padding.forEach((pair, i) => {
    checkList(pair, `Element ${i} of padding`);
    if (pair.length !== 2)
      throw new ValueError(
        'When padding is a list, each element of padding must be a list/tuple of size 2. ' +
          `Element with index ${i} of padding has size ${pair.length}`,
      );
  });
  if (padding.length !== 4)
    throw new ValueError(`When padding is a list, it must be of size 4. Got padding of size: ${padding.length}`);
}
