/** Convolutions of volumes, and their two derivatives, which are ops of their own. */
import type { Dim, TensorShape } from '../base/shape';
import { paddingOf } from '../base/window';
import { boundOptions } from '../calls/bind';
import type { AttrName } from '../graph/attr-reader';
import { apply, inScope } from '../graph/apply';
import type { NotText } from '../graph/constant';
import { type Tensor, ShapeError } from '../graph/graph';
import type { AttrValue, Rows, ShapeContext } from '../graph/opdef';
import { withRank } from '../graph/shape-fn';
import { checkChannels } from './conv';
import { boundOfRank } from './known-calls';
import type { NameOption } from './options';
import { attrsOf, linearIn, type PerDimension, perDimension, placesOf, sizesInput, volumeLayout } from './window';
import { shapeOf } from './words';

const ATTRS: readonly AttrName[] = ['strides', 'padding', 'data_format', 'dilations'];
const DERIVATIVES = linearIn('Conv3D', 'Conv3DBackpropInputV2', 'Conv3DBackpropFilterV2', ATTRS);
export const CONV3D = {
  Conv3D: {
    grows: 'shapes',
    shape: volumeShape,
    products: ([, filter], output) => productsOf(output, filter),
    grad(op, [dy]) {
      const [input, filter] = op.inputs;
      return [
        apply('Conv3DBackpropInputV2', [shapeOf(input), filter, dy], attrsOf(op, ATTRS)),
        apply('Conv3DBackpropFilterV2', [input, shapeOf(filter), dy], attrsOf(op, ATTRS)),
      ];
    },
  },
  Conv3DBackpropInputV2: {
    grows: 'numbers',
    shape: (c) => [sizesInput(c, 0, 5)],
    products: ([, filter, dy]) => productsOf(dy, filter),
    grad: DERIVATIVES.byInput,
  },
  Conv3DBackpropFilterV2: {
    grows: 'numbers',
    shape: (c) => [sizesInput(c, 1, 5)],
    products: ([, , dy], filter) => productsOf(dy, filter),
    grad: DERIVATIVES.byFilter,
  },
} satisfies Rows;

/** Each place of the result sees the filter once. */
function productsOf(result: TensorShape, filter: TensorShape): number {
  return ((result.numElements() ?? NaN) * (filter.numElements() ?? NaN)) / (filter.at(4) ?? NaN);
}
function volumeShape(c: ShapeContext): Dim[][] {
  const input = withRank(c, 0, 5);
  const filter = withRank(c, 1, 5);
  const [strides, dilations] = [c.attr('strides'), c.attr('dilations')];
  const counts = { dilation: dilations.length, stride: strides.length };
  for (const [what, count] of Object.entries(counts))
    if (count !== 5)
      throw new ShapeError(`Conv3D requires the ${what} attribute to contain 5 values, but got: ${count}`);
  const { space, channels } = volumeLayout(c.attr('data_format'));
  const padding = paddingOf(c.attr('padding'));
  const out: Dim[] = [input.at(0), null, null, null, null];
  space.forEach((axis, k) => {
    out[axis] = placesOf(input.at(axis), filter.at(k), strides[axis], dilations[axis], padding);
  });
  checkChannels(input.at(channels), filter.at(3), filter.at(4));
  out[channels] = filter.at(4);
  return [out];
}
/** What convolutions of volumes take by name. */
export interface VolumeOptions extends NameOption {
  /** 'NDHWC' (the default), or 'NCDHW', of which the CPU has no kernel. */
  readonly dataFormat?: string | null;
  /** Steps between the taps of the filter, in the five dimensions; the CPU has a kernel for 1 alone. */
  readonly dilations?: readonly number[] | null;
}
type Sides = readonly number[];
function volumeAttrs(
  strides: Sides,
  padding: string,
  { dataFormat, dilations }: VolumeOptions,
): Record<string, AttrValue | null> {
  return {
    strides,
    padding,
    data_format: dataFormat ?? 'NDHWC',
    dilations: dilations ?? [1, 1, 1, 1, 1],
  };
}
/**
 * Slides filters over volumes and sums what they see: out[b, h, i, j, k] = Σ input[b, h·stride + t, i·stride + u,
 * j·stride + v, c] · filter[t, u, v, c, k].
 *
 *     const x = tf.ones([1, 3, 3, 3, 1]);
 *     const w = tf.ones([2, 2, 2, 1, 4]);
 *     tf.nn.conv3d(x, w, [1, 1, 1, 1, 1], 'VALID').get(0, 0, 0, 0)   // [8, 8, 8, 8]
 *
 * @param input       floats, shape [batch, planes, rows, columns, channels]
 * @param filter      input's dtype, shape [planes, rows, columns, channels, filters]
 * @param strides     of the five dimensions: [1, stride, stride, stride, 1]
 * @param padding     'SAME' (as many places as the volume has, over the stride) or 'VALID' (within it)
 * @param dataFormat  'NDHWC', or 'NCDHW', of which the CPU has no kernel; 'NDHWC' where not given
 * @param dilations   steps between the taps of the filter, in the five dimensions; the CPU has a kernel for 1 alone
 * @param filters     `filter`, by its newer name
 * @returns  input's dtype, shape [batch, planes out, rows out, columns out, filters]
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const conv3d = boundOfRank<5>()(
  'nn.conv3d',
  4,
  function conv3d(
    input: NotText,
    filter: NotText,
    strides: Sides,
    padding: 'SAME' | 'VALID',
    options: VolumeOptions = {},
  ): Tensor {
    return apply('Conv3D', [input, filter], volumeAttrs(strides, padding, options), options.name);
  },
);
function byFilter(
  input: NotText,
  filterSizes: NotText,
  outBackprop: NotText,
  strides: Sides,
  padding: string,
  options: VolumeOptions = {},
): Tensor {
  const attrs = volumeAttrs(strides, padding, options);
  return apply('Conv3DBackpropFilterV2', [input, filterSizes, outBackprop], attrs, options.name);
}
/**
 * The derivative of `conv3d` by its filter.
 *
 *     const x = tf.ones([1, 3, 3, 3, 1]);
 *     const dy = tf.ones([1, 2, 2, 2, 4]);
 *     tf.nn.conv3dBackpropFilter(x, [2, 2, 2, 1, 4], dy, [1, 1, 1, 1, 1], 'VALID')   // shape (2, 2, 2, 1, 4)
 *
 * @param input        what was convolved: floats, shape [batch, planes, rows, columns, channels]
 * @param filterSizes  int32, the five sizes of the filter
 * @param outBackprop  the derivative by the result, in its shape
 * @param strides      of the five dimensions: [1, stride, stride, stride, 1]
 * @param padding      'SAME' (as many places as the volume has, over the stride) or 'VALID' (within it)
 * @param dataFormat   'NDHWC', or 'NCDHW', of which the CPU has no kernel; 'NDHWC' where not given
 * @param dilations    steps between the taps of the filter, in the five dimensions; the CPU has a kernel for 1 alone
 * @returns  input's dtype, the filter's shape
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const conv3dBackpropFilter = boundOptions('nn.conv3d_backprop_filter', 5, byFilter);
/**
 * `conv3dBackpropFilter` under another name.
 *
 *     const [x, dy] = [tf.ones([1, 3, 3, 3, 1]), tf.ones([1, 2, 2, 2, 4])];
 *     tf.nn.conv3dBackpropFilterV2(x, [2, 2, 2, 1, 4], dy, [1, 1, 1, 1, 1], 'VALID')   // shape (2, 2, 2, 1, 4)
 *
 * @param input        what was convolved: floats, shape [batch, planes, rows, columns, channels]
 * @param filterSizes  int32, the five sizes of the filter
 * @param outBackprop  the derivative by the result, in its shape
 * @param strides      of the five dimensions: [1, stride, stride, stride, 1]
 * @param padding      'SAME' (as many places as the volume has, over the stride) or 'VALID' (within it)
 * @param dataFormat   'NDHWC', or 'NCDHW', of which the CPU has no kernel; 'NDHWC' where not given
 * @param dilations    steps between the taps of the filter, in the five dimensions; the CPU has a kernel for 1 alone
 * @returns  input's dtype, the filter's shape
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const conv3dBackpropFilterV2 = boundOptions('nn.conv3d_backprop_filter_v2', 5, byFilter);

/** What `conv3dTranspose` takes by name. */
export interface VolumeTransposeOptions extends NameOption {
  /** 'NDHWC' (the default), or 'NCDHW', of which the CPU has no kernel. */
  readonly dataFormat?: string | null;
  /** Steps between the taps of the filter; the CPU has a kernel for 1 alone. */
  readonly dilations?: PerDimension | null;
}
/**
 * The transpose of `conv3d` ("deconvolution"): spreads each voxel over the places that a convolution would have read.
 *
 *     const x = tf.ones([1, 2, 2, 2, 1]);
 *     const w = tf.ones([2, 2, 2, 3, 1]);
 *     tf.nn.conv3dTranspose(x, w, [1, 4, 4, 4, 3], 2)   // shape (1, 4, 4, 4, 3)
 *
 * @param value        floats, shape [batch, planes, rows, columns, in]
 * @param filter       value's dtype, shape [planes, rows, columns, out, in]
 * @param outputShape  five numbers, or an int32 or int64 tensor of them
 * @param strides      of the five dimensions; a number or three are for planes, rows and columns
 * @param padding      'SAME' (as many places as the volume has, over the stride) or 'VALID' (within it); 'SAME' where
 *   not given
 * @param dataFormat   'NDHWC', or 'NCDHW', of which the CPU has no kernel; 'NDHWC' where not given
 * @param input        `value`, by its newer name
 * @param filters      `filter`, by its newer name
 * @param dilations    steps between the taps of the filter; the CPU has a kernel for 1 alone
 * @returns  value's dtype, `outputShape`
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const conv3dTranspose = boundOfRank<5>()(
  'nn.conv3d_transpose',
  5,
  function conv3dTranspose(
    value: NotText,
    filter: NotText,
    outputShape: NotText,
    strides: PerDimension,
    padding = 'SAME',
    { name, dataFormat, dilations }: VolumeTransposeOptions = {},
  ): Tensor {
    return inScope(name, 'conv3d_transpose', [value, filter, outputShape], (scope) => {
      const format = dataFormat ?? 'NDHWC';
      const attrs = volumeAttrs(perDimension(strides, format, 'strides', 3), padding, {
        dataFormat: format,
        dilations: perDimension(dilations ?? 1, format, 'dilations', 3),
      });
      return apply('Conv3DBackpropInputV2', [outputShape, filter, value], attrs, scope);
    });
  },
);
