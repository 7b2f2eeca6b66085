/** Convolutions of each channel by filters of its own, their two derivatives, and what is made of them. */
import type { Dim } from '../base/shape';
import { paddingOf } from '../base/window';
import { boundOptions } from '../calls/bind';
import type { AttrName } from '../graph/attr-reader';
import { apply } from '../graph/apply';
import type { NotText } from '../graph/constant';
import { type Tensor, ShapeError } from '../graph/graph';
import type { AttrValue, Rows, ShapeContext } from '../graph/opdef';
import { mergeDim, withRank } from '../graph/shape-fn';
import { boundPictures } from './known-calls';
import type { NameOption } from './options';
import { attrsOf, linearIn, layout, placesOf, sizesInput } from './window';
import { shapeOf } from './words';

const ATTRS: readonly AttrName[] = ['strides', 'padding', 'data_format', 'dilations'];
const DERIVATIVES = linearIn(
  'DepthwiseConv2dNative',
  'DepthwiseConv2dNativeBackpropInput',
  'DepthwiseConv2dNativeBackpropFilter',
  ATTRS,
);
export const DEPTHWISE = {
  DepthwiseConv2dNative: {
    grows: 'shapes',
    shape: depthwiseShape,
    grad(op, [dy]) {
      const [input, filter] = op.inputs;
      return [
        apply('DepthwiseConv2dNativeBackpropInput', [shapeOf(input), filter, dy], attrsOf(op, ATTRS)),
        apply('DepthwiseConv2dNativeBackpropFilter', [input, shapeOf(filter), dy], attrsOf(op, ATTRS)),
      ];
    },
  },
  DepthwiseConv2dNativeBackpropInput: {
    grows: 'numbers',
    shape: (c) => [sizesInput(c, 0)],
    grad: DERIVATIVES.byInput,
  },
  DepthwiseConv2dNativeBackpropFilter: {
    grows: 'numbers',
    shape: (c) => [sizesInput(c, 1)],
    grad: DERIVATIVES.byFilter,
  },
} satisfies Rows;

/** Dilations take no part: the kernel of a processor knows none. */
function depthwiseShape(c: ShapeContext): Dim[][] {
  const input = withRank(c, 0, 4);
  const filter = withRank(c, 1, 4);
  const strides = c.attr('strides');
  if (strides.length !== 4)
    throw new ShapeError(
      `DepthwiseConv2D requires the stride attribute to contain 4 values, but got: ${strides.length}`,
    );
  const { rows, columns, channels } = layout(c.attr('data_format'));
  const depth = mergeDim(input.at(channels), filter.at(2));
  const multiplier = filter.at(3);
  const out: Dim[] = [input.at(0), null, null, null];
  const known = depth !== null && multiplier !== null ? depth * multiplier : null;
  out[channels] = depth === 0 || multiplier === 0 ? 0 : known;
  const padding = paddingOf(c.attr('padding'));
  for (const [k, axis] of [rows, columns].entries())
    out[axis] = placesOf(input.at(axis), filter.at(k), strides[axis], 1, padding);
  return [out];
}

/** What depthwise convolutions take by name. */
export interface DepthwiseOptions extends NameOption {
  /** 'NHWC' (the default), or 'NCHW', which no processor has a kernel for. */
  readonly dataFormat?: string | null;
  /** Has no effect on a processor, in TensorFlow as here. */
  readonly dilations?: readonly number[];
}
type Sides = readonly number[];
function sidesAttrs(
  strides: Sides,
  padding: string,
  { dataFormat, dilations }: DepthwiseOptions,
): Record<string, AttrValue | null> {
  return {
    strides,
    padding,
    data_format: dataFormat ?? 'NHWC',
    ...(dilations ? { dilations } : {}),
  };
}
/**
 * Slides filters over each channel of images apart: out[b, i, j, c·m + q] = Σ input[b, i·stride + u, j·stride + v, c] ·
 * filter[u, v, c, q]. `tf.nn.depthwiseConv2d` without its `rate`.
 *
 *     const x = tf.ones([1, 3, 3, 2]);
 *     tf.nn.depthwiseConv2dNative(x, tf.ones([2, 2, 2, 1]), [1, 1, 1, 1], 'VALID').get(0, 0)   // [[4, 4], [4, 4]]
 *
 * @param input       floats, shape [batch, rows, columns, channels]
 * @param filter      input's dtype, shape [rows, columns, channels, m]
 * @param strides     of the four dimensions: [1, stride, stride, 1]
 * @param padding     'SAME' (as many places as input pixels, over the stride) or 'VALID' (within the image)
 * @param dataFormat  'NHWC', or 'NCHW', which no processor has a kernel for; 'NHWC' where not given
 * @param dilations   has no effect on a processor, in TensorFlow as here
 * @returns  input's dtype, shape [batch, rows out, columns out, channels·m]
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const depthwiseConv2dNative = boundPictures(
  'nn.depthwise_conv2d_native',
  4,
  function depthwiseConv2dNative(
    input: NotText,
    filter: NotText,
    strides: Sides,
    padding: 'SAME' | 'VALID',
    options: DepthwiseOptions = {},
  ): Tensor {
    return apply('DepthwiseConv2dNative', [input, filter], sidesAttrs(strides, padding, options), options.name);
  },
);
/**
 * The derivative of `depthwiseConv2d` by its input.
 *
 *     const dy = tf.ones([1, 2, 2, 2]);
 *     const w = tf.ones([2, 2, 2, 1]);
 *     tf.nn.depthwiseConv2dNativeBackpropInput([1, 3, 3, 2], w, dy, [1, 1, 1, 1], 'VALID')   // shape (1, 3, 3, 2)
 *
 * @param inputSizes   int32, the four sizes of the input
 * @param filter       floats, shape [rows, columns, channels, m]
 * @param outBackprop  the derivative by the result, in its shape
 * @param strides      of the four dimensions: [1, stride, stride, 1]
 * @param padding      'SAME' or 'VALID'
 * @param dataFormat   'NHWC', or 'NCHW', which no processor has a kernel for; 'NHWC' where not given
 * @param dilations    has no effect on a processor, in TensorFlow as here
 * @returns  filter's dtype, the input's shape
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const depthwiseConv2dNativeBackpropInput = boundPictures(
  'nn.depthwise_conv2d_native_backprop_input',
  5,
  function depthwiseConv2dNativeBackpropInput(
    inputSizes: NotText,
    filter: NotText,
    outBackprop: NotText,
    strides: Sides,
    padding: 'SAME' | 'VALID',
    options: DepthwiseOptions = {},
  ): Tensor {
    const attrs = sidesAttrs(strides, padding, options);
    return apply('DepthwiseConv2dNativeBackpropInput', [inputSizes, filter, outBackprop], attrs, options.name);
  },
);
/**
 * The derivative of `depthwiseConv2d` by its filter.
 *
 *     const x = tf.ones([1, 3, 3, 2]);
 *     const dy = tf.ones([1, 2, 2, 2]);
 *     tf.nn.depthwiseConv2dNativeBackpropFilter(x, [2, 2, 2, 1], dy, [1, 1, 1, 1], 'VALID')   // shape (2, 2, 2, 1)
 *
 * @param input        what was convolved: floats, shape [batch, rows, columns, channels]
 * @param filterSizes  int32, the four sizes of the filter
 * @param outBackprop  the derivative by the result, in its shape
 * @param strides      of the four dimensions: [1, stride, stride, 1]
 * @param padding      'SAME' or 'VALID'
 * @param dataFormat   'NHWC', or 'NCHW', which no processor has a kernel for; 'NHWC' where not given
 * @param dilations    has no effect on a processor, in TensorFlow as here
 * @returns  input's dtype, the filter's shape
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const depthwiseConv2dNativeBackpropFilter = boundOptions(
  'nn.depthwise_conv2d_native_backprop_filter',
  5,
  function depthwiseConv2dNativeBackpropFilter(
    input: NotText,
    filterSizes: NotText,
    outBackprop: NotText,
    strides: Sides,
    padding: 'SAME' | 'VALID',
    options: DepthwiseOptions = {},
  ): Tensor {
    const attrs = sidesAttrs(strides, padding, options);
    return apply('DepthwiseConv2dNativeBackpropFilter', [input, filterSizes, outBackprop], attrs, options.name);
  },
);
