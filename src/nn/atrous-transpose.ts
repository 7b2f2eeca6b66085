/** The transpose of a convolution with gaps between the taps of its filter. */
import { int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { toNDArray } from '../base/to-ndarray';
import { inScope } from '../graph/apply';
import { type NotText, convertToTensor } from '../graph/constant';
import { Tensor } from '../graph/graph';
import { batchToSpaceNd, spaceToBatchNd } from '../ops/batches';
import { conv2dBackpropInput, conv2dTranspose } from '../ops/conv';
import { boundPictures } from '../ops/known-calls';
import type { NameOption } from '../ops/options';
import { element, shapeOf } from '../ops/words';

/** A number that is known, or a tensor of it. */
type Size = number | Tensor;
const plus = (a: Size, b: Size): Size => (a instanceof Tensor ? a.add(b) : b instanceof Tensor ? b.radd(a) : a + b);
const minus = (a: Size, b: Size): Size => (a instanceof Tensor ? a.sub(b) : b instanceof Tensor ? b.rsub(a) : a - b);
const times = (a: Size, b: Size): Size => (a instanceof Tensor ? a.mul(b) : b instanceof Tensor ? b.rmul(a) : a * b);
const over = (a: Size, b: number): Size => (a instanceof Tensor ? a.floordiv(b) : Math.floor(a / b));
const mod = (a: Size, b: number): Size => (a instanceof Tensor ? a.mod(b) : ((a % b) + b) % b);

/** Zeros before and after, along rows and columns, that make of 'SAME' a convolution within the image. */
function around(filters: Tensor, rate: number, padding: string): readonly (readonly [before: Size, after: Size])[] {
  if (padding === 'VALID')
    return [
      [0, 0],
      [0, 0],
    ];
  if (padding !== 'SAME') throw new ValueError(`padding must be either VALID or SAME: ${padding}`);
  const known = filters.shape.fullDims;
  const sizes = known ? null : shapeOf(filters);
  const taps = [0, 1].map((i): Size => known?.[i] ?? element(sizes!, i));
  const reach = taps.map((n) => plus(n, times(minus(n, 1), rate - 1)));
  const all = reach.map((n) => minus(n, 1));
  return all.map((n): [before: Size, after: Size] => {
    const before = over(n, 2);
    return [before, minus(n, before)];
  });
}
/**
 * The transpose of `atrousConv2d`: spreads each pixel over the places that a convolution with gaps would have read.
 *
 *     const x = tf.ones([1, 2, 2, 1]);
 *     tf.nn.atrousConv2dTranspose(x, tf.ones([2, 2, 3, 1]), [1, 4, 4, 3], 2, 'VALID')   // shape (1, 4, 4, 3)
 *
 * @param value        floats, shape [batch, rows, columns, in]
 * @param filters      value's dtype, shape [rows, columns, out, in]
 * @param outputShape  four numbers, or an int32 tensor of them
 * @param rate         how far apart the filter's taps are
 * @param padding      'SAME' or 'VALID'
 * @returns  value's dtype, `outputShape`
 * @throws ValueError  for a rate below 1, or if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const atrousConv2dTranspose = boundPictures(
  'nn.atrous_conv2d_transpose',
  5,
  function atrousConv2dTranspose(
    value: NotText,
    filters: NotText,
    outputShape: readonly (number | Tensor)[] | Tensor,
    rate: number,
    padding: 'SAME' | 'VALID',
    { name }: NameOption = {},
  ): Tensor {
    return inScope(name, 'atrous_conv2d_transpose', [value, filters, outputShape], () => {
      const [x, w] = [convertToTensor(value, null, 'value'), convertToTensor(filters, null, 'filters')];
      const [channels, taken] = [x.shape.at(3), w.shape.at(3)];
      if (channels !== null && taken !== null && channels !== taken)
        throw new ValueError(`value's input channels does not match filters' input channels, ${channels} != ${taken}`);
      if (rate < 1) throw new ValueError(`rate ${rate} cannot be less than one`);
      if (rate === 1) return conv2dTranspose(x, w, outputShape, [1, 1, 1, 1], padding, { dataFormat: 'NHWC' });
      return spread(x, w, sizesOf(w, outputShape), rate, padding);
    });
  },
);
/** The four sizes of the result, as numbers where they are known. */
function sizesOf(filters: Tensor, outputShape: readonly (number | Tensor)[] | Tensor): (i: number) => Size {
  const asTensor = convertToTensor(outputShape, int32, 'output_shape');
  if (!asTensor.shape.isCompatibleWith([4]))
    throw new ValueError(`output_shape must have shape (4,), got ${asTensor.shape}`);
  if (outputShape instanceof Tensor) return (i) => element(outputShape, i);
  const [, , out] = filters.shape.dims ?? [null, null, null];
  const last = outputShape[3];
  if (typeof last === 'number' && out !== null && out !== last)
    throw new ValueError(`output_shape does not match filter's output channels, ${last} != ${out}`);
  return (i) => outputShape[i];
}
function spread(x: Tensor, w: Tensor, size: (i: number) => Size, rate: number, padding: 'SAME' | 'VALID'): Tensor {
  const pads = around(w, rate, padding);
  const full = pads.map(([before, after], i) => plus(plus(size(i + 1), before), after));
  const extra = full.map((n) => mod(minus(rate, mod(n, rate)), rate));
  const blocks = toNDArray([rate, rate], int32);
  const small = spaceToBatchNd(
    x,
    blocks,
    extra.map((n) => [0, n]),
  );
  small.setShape(small.shape.withRank(4));
  const batch = times(rate * rate, size(0));
  const sizes = [batch, ...full.map((n, i) => over(plus(n, extra[i]), rate)), size(3)];
  const grown = conv2dBackpropInput(sizes, w, small, [1, 1, 1, 1], 'VALID', { dataFormat: 'NHWC' });
  const crops = pads.map(([before, after], i) => [before, plus(after, extra[i])]);
  const result = batchToSpaceNd(grown, blocks, crops);
  result.setShape(result.shape.withRank(4));
  return result;
}
