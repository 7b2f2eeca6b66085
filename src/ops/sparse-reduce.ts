/** Sums and maxima of the entries of sparse tensors, and their softmax. */
import { int64 } from '../base/dtype';
import type { TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import type { Grad, GradContext, Rows, ShapeContext } from '../graph/opdef';
import { numbers, perOutput, withRank } from '../graph/shape-fn';
import { keptShape } from './kept-shape';
import { castTo, reshape } from './words';

/** What is left, where the shape and the axes are known. */
function reducedShape(c: ShapeContext): (readonly number[] | null)[] {
  const [dims, axes] = [numbers(c, 2), numbers(c, 3)];
  if (!dims || !axes) return [null];
  const gone = new Set(axes.map((axis) => (axis + dims.length) % dims.length));
  const keep = c.attr('keep_dims');
  return [dims.flatMap((d, i) => (gone.has(i) ? (keep ? [1] : []) : [d]))];
}
function summedGrad(op: GradContext, [dz]: Tensor[]): Grad[] {
  const [indices, , shape, axes] = op.inputs;
  const kept = keptShape(shape, axes);
  const spread = reshape(dz, kept);
  const scale = apply('FloorDiv', [shape, castTo(kept, int64)], {}, 'floordiv');
  const places = apply('FloorDiv', [indices, scale], {}, 'floordiv');
  return [null, apply('GatherNd', [spread, places]), null, null];
}
/** The gradient of softmax, of the entries alone. */
function softmaxGrad(op: GradContext, [dz]: Tensor[]): Grad[] {
  const [indices, , shape] = op.inputs;
  const [out] = op.outputs;
  const sums = apply('SparseReduceSum', [indices, out.mul(dz), shape, [-1]], { keep_dims: true }).neg();
  const shared = apply('SparseDenseCwiseAdd', [indices, dz, shape, sums]);
  return [null, shared.mul(out), null];
}
const unknown = (c: ShapeContext): (TensorShape | null)[] => perOutput(c, null);

export const SPARSE_REDUCE = {
  SparseReduceSum: { shape: reducedShape, grows: 'numbers', grad: summedGrad },
  SparseReduceSumSparse: { shape: unknown },
  SparseReduceMax: { shape: reducedShape, grows: 'numbers' },
  SparseReduceMaxSparse: { shape: unknown },
  SparseSoftmax: {
    shape(c) {
      withRank(c, 0, 2);
      const values = withRank(c, 1, 1);
      withRank(c, 2, 1);
      return [values];
    },
    grad: softmaxGrad,
  },
} satisfies Rows;
