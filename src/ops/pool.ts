/** Maxima and means over windows that slide over images. */
import { ValueError } from '../base/errors';
import { type Dim, TensorShape } from '../base/shape';
import { paddingOf } from '../base/window';
import type { AttrName } from '../graph/attr-reader';
import { apply, inScope } from '../graph/apply';
import type { NotText } from '../graph/constant';
import { type Tensor, ShapeError } from '../graph/graph';
import type { Grad, Rows, ShapeContext } from '../graph/opdef';
import { mergeShapes, withRank } from '../graph/shape-fn';
import type { NameOption } from './options';
import { attrsOf, ofMaximum, type PerDimension, layout, perDimension, placesOf, sizesInput } from './window';
import { shapeOf } from './words';
import { boundPictures } from './known-calls';

const ATTRS: readonly AttrName[] = ['ksize', 'strides', 'padding', 'data_format'];
export const POOL = {
  MaxPool: {
    shape: (c) => [pooled(c, 'MaxPool', true)],
    grad: (op, [dy]) => apply('MaxPoolGrad', [op.inputs[0], op.outputs[0], dy], attrsOf(op, ATTRS)),
  },
  MaxPoolGrad: {
    shape: (c) => [withRank(c, 0, 4)],
    grad: (op, [d]) => ofMaximum(op, 'MaxPoolGradGrad', d, ATTRS),
  },
  MaxPoolGradGrad: {
    shape(c) {
      const out = new TensorShape(pooled(c, 'MaxPool', true));
      mergeShapes(c.shape(0), c.shape(2));
      mergeShapes(c.shape(1), out);
      return [out];
    },
    grad: (op, [d]) => ofMaximum(op, 'MaxPoolGrad', d, ATTRS),
  },
  AvgPool: {
    shape: (c) => [pooled(c, 'AvgPool', false)],
    grad: (op, [dy]) => apply('AvgPoolGrad', [shapeOf(op.inputs[0]), dy], attrsOf(op, ATTRS)),
  },
  AvgPoolGrad: {
    grows: 'numbers',
    shape: (c) => [sizesInput(c, 0)],
    grad: (op, [d]): Grad[] => [apply('StopGradient', [op.inputs[0]]), apply('AvgPool', [d], attrsOf(op, ATTRS))],
  },
} satisfies Rows;

function pooled(c: ShapeContext, name: string, depth: boolean): Dim[] {
  const input = withRank(c, 0, 4);
  const [ksize, strides] = [c.attr('ksize'), c.attr('strides')];
  if (strides.length !== 4)
    throw new ShapeError(`${name} requires the stride attribute to contain 4 values, but got: ${strides.length}`);
  if (ksize.length !== 4)
    throw new ShapeError(`${name} requires the ksize attribute to contain 4 values, but got: ${ksize.length}`);
  const { rows, columns, channels } = layout(c.attr('data_format'));
  const out: Dim[] = [input.at(0), null, null, null];
  out[channels] = input.at(channels);
  for (const axis of depth ? [rows, columns, channels] : [rows, columns]) {
    out[axis] = placesOf(input.at(axis), ksize[axis], strides[axis], 1, paddingOf(c.attr('padding')));
  }
  return out;
}

/** What `maxPool` and `avgPool` take by name. */
export interface PoolOptions extends NameOption {
  /** 'NHWC' (the default) or 'NCHW'. */
  readonly dataFormat?: string | null;
}
type Pooled = [
  value: NotText,
  ksize: PerDimension,
  strides: PerDimension,
  padding: 'SAME' | 'VALID',
  options?: PoolOptions,
];
function pooling(type: 'MaxPool' | 'AvgPool'): (...given: Pooled) => Tensor {
  return (...[value, ksize, steps, padding, { dataFormat, name } = {}]) =>
    inScope(name, type, [value], (scope) => {
      const format = dataFormat ?? 'NHWC';
      const size = perDimension(ksize, format, 'ksize');
      if (type === 'MaxPool' && size.includes(0)) throw new ValueError('ksize cannot be zero.');
      const strides = perDimension(steps, format, 'strides');
      return apply(type, [value], { ksize: size, strides, padding, data_format: format }, scope);
    });
}
/**
 * The largest element of each window.
 *
 *     tf.nn.maxPool([[[[1], [2]], [[3], [4]]]], 2, 2, 'VALID')   // [[[[4]]]]
 *     tf.nn.maxPool(tf.zeros([1, 28, 28, 32]), [1, 2, 2, 1], [1, 2, 2, 1], 'SAME')   // shape (1, 14, 14, 32)
 *
 * @param value       real numbers, shape [batch, rows, columns, channels]
 * @param ksize       the window's size in the four dimensions; a number or two are for rows and columns
 * @param strides     its steps, likewise
 * @param padding     'SAME' (as many places as input pixels, over the stride) or 'VALID' (within the image)
 * @param dataFormat  'NHWC' or 'NCHW'; 'NHWC' where not given
 * @param input       `value`, by its newer name
 * @returns  value's dtype, shape [batch, rows out, columns out, channels]
 * @throws ValueError  if the window is known not to fit, or for another padding
 */
export const maxPool = boundPictures('nn.max_pool', 4, pooling('MaxPool'));
/**
 * The mean of each window. What padding adds is not counted.
 *
 *     tf.nn.avgPool([[[[1], [2]], [[3], [4]]]], 2, 2, 'VALID')   // [[[[2.5]]]]
 *
 * @param value       floats, shape [batch, rows, columns, channels]
 * @param ksize       the window's size in the four dimensions; a number or two are for rows and columns
 * @param strides     its steps, likewise
 * @param padding     'SAME' (as many places as input pixels, over the stride) or 'VALID' (within the image)
 * @param dataFormat  'NHWC' or 'NCHW'; 'NHWC' where not given
 * @param input       `value`, by its newer name
 * @returns  value's dtype, shape [batch, rows out, columns out, channels]
 * @throws ValueError  if the window is known not to fit, or for another padding
 */
export const avgPool = boundPictures('nn.avg_pool', 4, pooling('AvgPool'));
