/** Sparse tensors in order, cut, and with their empty rows filled. */
import type { Dim, TensorShape } from '../base/shape';
import { apply, applyOp } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import type { Grad, GradContext, Rows, ShapeContext } from '../graph/opdef';
import { mergeDim, shapeInput, withRank } from '../graph/shape-fn';
import { SparseTensor } from '../graph/sparse-tensor';
import { element, gather, range, shapeOf } from './words';

/** How many numbers an input has: the rank of what it is the shape of. */
function rankIn(c: ShapeContext, input: number): Dim {
  return c.shape(input).numElements();
}
function sparseRanks(c: ShapeContext, indices: number): TensorShape[] {
  return [withRank(c, indices, 2), withRank(c, indices + 1, 1), withRank(c, indices + 2, 1)];
}
/** The gradient of the values by where each of them went. */
function reorderGrad(op: GradContext, [, dz]: Tensor[]): Grad[] {
  const [indices, , shape] = op.inputs;
  const entries = range(0, element(shapeOf(indices), 0));
  const unordered = new SparseTensor(indices, entries, shape);
  return [null, gather(dz, apply('InvertPermutation', [sparseReorder(unordered).values])), null];
}
/** The same entries in the order of their places. */
export function sparseReorder(x: SparseTensor, name?: string): SparseTensor {
  const [indices, values] = applyOp('SparseReorder', [x.indices, x.values, x.denseShape], {}, name).outputs;
  return new SparseTensor(
    indices,
    values,
    x.shape.fullDims ? [...x.shape.fullDims] : apply('Identity', [x.denseShape]),
  );
}

export const SPARSE_PARTS = {
  SparseReorder: {
    shape(c) {
      const [indices, values] = sparseRanks(c, 0);
      return [indices, values];
    },
    grad: reorderGrad,
  },
  SparseSlice: {
    shape: (c) => [[null, rankIn(c, 2)], [null], c.shape(2)],
    grad(op: GradContext, [, dz]: Tensor[]): Grad[] {
      const [indices, values, , start] = op.inputs;
      const grad = apply('SparseSliceGrad', [dz, indices, start, op.outputs[0]]);
      grad.setShape(values.shape);
      return [null, grad, null, null, null];
    },
  },
  SparseSliceGrad: { shape: (c) => [[withRank(c, 1, 2).at(0)]] },
  SparseSplit: {
    shape(c) {
      const parts = [[null, rankIn(c, 3)], [null], c.shape(3)];
      return Array.from({ length: c.outputs }, (_, i) => parts[Math.floor((i * 3) / c.outputs)]);
    },
  },
  SparseFillEmptyRows: {
    grows: 'numbers',
    shape(c) {
      const [indices, values, shape] = sparseRanks(c, 0);
      withRank(c, 3, 0);
      const rows = mergeDim(indices.at(0), values.at(0));
      mergeDim(indices.at(1), shape.at(0));
      return [[null, rankIn(c, 2)], [null], [shapeInput(c, 2)?.dims?.[0] ?? null], [rows]];
    },
    /** As many rows as there are, each with an entry, and all entries that there were. */
    room(c) {
      const rows = shapeInput(c, 2)?.dims?.[0] ?? null;
      return [null, rows === null ? null : [rows], null, null];
    },
    grad(op: GradContext, [, dz]: Tensor[]): Grad[] {
      const [values, otherwise] = applyOp('SparseFillEmptyRowsGrad', [op.outputs[3], dz]).outputs;
      return [null, values, null, otherwise];
    },
  },
  SparseFillEmptyRowsGrad: {
    grows: 'shapes',
    shape(c) {
      const map = withRank(c, 0, 1);
      withRank(c, 1, 1);
      return [map, []];
    },
  },
} satisfies Rows;
