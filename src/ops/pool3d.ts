/** Maxima and means over windows that slide over volumes. */
import { type Dim, TensorShape } from '../base/shape';
import { paddingOf } from '../base/window';
import type { AttrName } from '../graph/attr-reader';
import { apply, inScope } from '../graph/apply';
import type { NotText } from '../graph/constant';
import { type Tensor, ShapeError } from '../graph/graph';
import type { Grad, Rows, ShapeContext } from '../graph/opdef';
import { mergeShapes, withRank } from '../graph/shape-fn';
import { boundOfRank } from './known-calls';
import type { NameOption } from './options';
import { attrsOf, ofMaximum, type PerDimension, perDimension, placesOf, sizesInput, volumeLayout } from './window';
import { shapeOf } from './words';

const ATTRS: readonly AttrName[] = ['ksize', 'strides', 'padding', 'data_format'];
export const POOL3D = {
  MaxPool3D: {
    shape: (c) => [pooled(c)],
    grad: (op, [dy]) => apply('MaxPool3DGrad', [op.inputs[0], op.outputs[0], dy], attrsOf(op, ATTRS)),
  },
  MaxPool3DGrad: {
    shape: (c) => [withRank(c, 0, 5)],
    grad: (op, [d]) => ofMaximum(op, 'MaxPool3DGradGrad', d, ATTRS),
  },
  MaxPool3DGradGrad: {
    shape(c) {
      const out = new TensorShape(pooled(c));
      mergeShapes(c.shape(0), c.shape(2));
      mergeShapes(c.shape(1), out);
      return [out];
    },
    grad: (op, [d]) => ofMaximum(op, 'MaxPool3DGrad', d, ATTRS),
  },
  AvgPool3D: {
    shape: (c) => [pooled(c)],
    grad: (op, [dy]) => apply('AvgPool3DGrad', [shapeOf(op.inputs[0]), dy], attrsOf(op, ATTRS)),
  },
  AvgPool3DGrad: {
    grows: 'numbers',
    shape: (c) => [sizesInput(c, 0, 5)],
    grad: (op, [d]): Grad[] => [apply('StopGradient', [op.inputs[0]]), apply('AvgPool3D', [d], attrsOf(op, ATTRS))],
  },
} satisfies Rows;

function pooled(c: ShapeContext): Dim[] {
  const input = withRank(c, 0, 5);
  const [ksize, strides] = [c.attr('ksize'), c.attr('strides')];
  if (strides.length !== 5)
    throw new ShapeError(`Pool3D ops require the stride attribute to contain 5 values, but got: ${strides.length}`);
  if (ksize.length !== 5)
    throw new ShapeError(`Pool3D requires the ksize attribute to contain 5 values, but got: ${ksize.length}`);
  const { space, channels } = volumeLayout(c.attr('data_format'));
  const out: Dim[] = [input.at(0), null, null, null, null];
  out[channels] = input.at(channels);
  const padding = paddingOf(c.attr('padding'));
  for (const axis of space) out[axis] = placesOf(input.at(axis), ksize[axis], strides[axis], 1, padding);
  return out;
}

/** What pools of volumes take by name. */
export interface VolumePoolOptions extends NameOption {
  /** 'NDHWC' (the default), or 'NCDHW', of which the CPU has no kernel. */
  readonly dataFormat?: string | null;
}
type Pooled = [
  input: NotText,
  ksize: PerDimension,
  strides: PerDimension,
  padding: 'SAME' | 'VALID',
  options?: VolumePoolOptions,
];
function pooling(type: 'MaxPool3D' | 'AvgPool3D'): (...given: Pooled) => Tensor {
  return (...[input, size, steps, padding, { dataFormat, name } = {}]) =>
    inScope(name, type, [input], (scope) => {
      const format = dataFormat ?? 'NDHWC';
      const [ksize, strides] = [perDimension(size, format, 'ksize', 3), perDimension(steps, format, 'strides', 3)];
      return apply(type, [input], { ksize, strides, padding, data_format: format }, scope);
    });
}
/**
 * The largest element of each window of volumes.
 *
 *     tf.nn.maxPool3d(tf.zeros([1, 8, 8, 8, 2]), 2, 2, 'VALID')   // shape (1, 4, 4, 4, 2)
 *
 * @param input       float32, shape [batch, planes, rows, columns, channels]
 * @param ksize       the window's size in the five dimensions; a number or three are for planes, rows and columns
 * @param strides     its steps, likewise
 * @param padding     'SAME' (as many places as the volume has, over the stride) or 'VALID' (within it)
 * @param dataFormat  'NDHWC', or 'NCDHW', of which the CPU has no kernel; 'NDHWC' where not given
 * @returns  input's dtype, shape [batch, planes out, rows out, columns out, channels]
 * @throws ValueError  if the window is known not to fit, or for another padding
 */
export const maxPool3d = boundOfRank<5>()('nn.max_pool3d', 4, pooling('MaxPool3D'));
/**
 * The mean of each window of volumes. What padding adds is not counted.
 *
 *     tf.nn.avgPool3d(tf.ones([1, 8, 8, 8, 2]), 2, 2, 'VALID')   // shape (1, 4, 4, 4, 2)
 *
 * @param input       float32, shape [batch, planes, rows, columns, channels]
 * @param ksize       the window's size in the five dimensions; a number or three are for planes, rows and columns
 * @param strides     its steps, likewise
 * @param padding     'SAME' (as many places as the volume has, over the stride) or 'VALID' (within it)
 * @param dataFormat  'NDHWC', or 'NCDHW', of which the CPU has no kernel; 'NDHWC' where not given
 * @returns  input's dtype, shape [batch, planes out, rows out, columns out, channels]
 * @throws ValueError  if the window is known not to fit, or for another padding
 */
export const avgPool3d = boundOfRank<5>()('nn.avg_pool3d', 4, pooling('AvgPool3D'));
