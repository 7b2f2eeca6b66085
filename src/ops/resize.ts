/** Pictures in another size: [batch, rows, columns, channels], with rows and columns as a vector of two says. */
import { type Dim, TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import type { AttrName } from '../graph/attr-reader';
import type { Tensor } from '../graph/graph';
import type { GradContext, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { checkDim, numbers, withRank } from '../graph/shape-fn';
import { attrsOf } from './window';
import { shapeOf, sliced } from './words';

function sizedShape(c: ShapeContext): TensorShape[] {
  const x = withRank(c, 0, 4);
  checkDim(withRank(c, 1, 1).at(0), 2);
  const size: readonly Dim[] = numbers(c, 1) ?? [null, null];
  return [new TensorShape([x.at(0), ...size.map((dim) => (dim === -1 ? null : dim)), x.at(3)])];
}
const RESIZE: Pick<OpRow, 'grows' | 'shape'> = { grows: 'numbers', shape: sizedShape };
/** The rows and columns of what was resized. */
function originalSize({ inputs: [images] }: GradContext): number[] | Tensor {
  const size = images.shape.rank === null ? null : images.shape.slice(1, 3).fullDims;
  return size ? [...size] : sliced(shapeOf(images), 1, 3);
}
const AS_ORIGINAL: OpRow = { shape: (c) => [c.shape(1)] };
const CORNERS: readonly AttrName[] = ['align_corners', 'half_pixel_centers'];

export const RESIZE_OPS = {
  ResizeBilinear: {
    ...RESIZE,
    grad: (op, [dy]) => [apply('ResizeBilinearGrad', [dy, op.inputs[0]], attrsOf(op, CORNERS)), null],
  },
  ResizeBilinearGrad: AS_ORIGINAL,
  ResizeBicubic: {
    ...RESIZE,
    grad: (op, [dy]) => [
      ['float32', 'float64'].includes(op.inputs[0].dtype.name)
        ? apply('ResizeBicubicGrad', [dy, op.inputs[0]], attrsOf(op, CORNERS))
        : null,
      null,
    ],
  },
  ResizeBicubicGrad: AS_ORIGINAL,
  ResizeNearestNeighbor: {
    ...RESIZE,
    grad: (op, [dy]) => [apply('ResizeNearestNeighborGrad', [dy, originalSize(op)], attrsOf(op, CORNERS)), null],
  },
  ResizeNearestNeighborGrad: RESIZE,
} satisfies Rows;
