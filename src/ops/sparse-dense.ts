/** Sparse tensors with dense ones: products of matrices, and element by element. */
import { int64 } from '../base/dtype';
import { NotImplementedError } from '../base/errors';
import { apply } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import type { Grad, GradContext, GradFn, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { ShapeError } from '../graph/shape-error';
import { mergeDim, shapeInput, withRank } from '../graph/shape-fn';
import { reduceSum } from './reduce';
import { unmade } from './sparse-pairs';
import { getItem } from './subscript';
import { transpose } from './transpose';
import { castTo, concat, gather, ones, shapeOf, sizeOf, zerosLike } from './words';

function productShape(c: ShapeContext): (number | null)[][] {
  withRank(c, 0, 2);
  withRank(c, 1, 1);
  const rank = withRank(c, 2, 1).at(0);
  if (rank !== null && rank !== 2) throw new ShapeError(`Shape must be rank 2 but is rank ${rank}`);
  const b = withRank(c, 3, 2);
  // Asked for last: errors before it do not name what it says.
  const a = shapeInput(c, 2);
  const [ofA, ofB] = [c.attr('adjoint_a', 'bool'), c.attr('adjoint_b', 'bool')];
  const dim = (i: number): number | null => a?.dims?.[i] ?? null;
  mergeDim(dim(ofA ? 0 : 1), b.at(ofB ? 1 : 0));
  return [[dim(ofA ? 1 : 0), b.at(ofB ? 0 : 1)]];
}
function productGrad(op: GradContext, [dz]: Tensor[]): Grad[] {
  const [indices, values, shape, b] = op.inputs;
  const [ofA, ofB] = [op.attr('adjoint_a', 'bool'), op.attr('adjoint_b', 'bool')];
  if (values.dtype.isComplex)
    throw new NotImplementedError('SparseTensorDenseMatMul op does not support complex gradients.');
  const byB = apply('SparseTensorDenseMatMul', [indices, values, shape, dz], { adjoint_a: !ofA });
  const db = ofB ? transpose(byB) : byB;
  const [rows, columns] = [0, 1].map((d) => getItem(indices, [[], d]));
  const left = gather(dz, ofA ? columns : rows);
  const right = gather(ofB ? transpose(b) : b, ofA ? rows : columns);
  return [null, reduceSum(left.mul(right), 1), null, db];
}

/** The gradients of a product or a quotient, from what stands beside each entry. */
type Parts = (dz: Tensor, values: Tensor, beside: Tensor) => readonly [dx: Tensor, dy: Tensor];
const elementGrad =
  (parts: Parts): GradFn =>
  (op, [dz]) => {
    const [indices, values, shape, y] = op.inputs;
    const dims = castTo(shapeOf(y), int64);
    const added = apply('ExpandDims', [sizeOf(shape).sub(sizeOf(dims)), 0]);
    const widened = concat([ones(added, int64), dims]);
    const scaling = apply('FloorDiv', [shape, widened], {}, 'floordiv');
    const scaled = apply('FloorDiv', [indices, scaling], {}, 'floordiv');
    const places = apply('Slice', [scaled, concat([[0], added]), [-1, -1]]);
    const beside = apply('GatherNd', [y, places]);
    const [dx, dyValues] = parts(dz, values, beside);
    // Places may come more than once: what is broadcast is beside many entries.
    const dy = apply('SparseTensorDenseAdd', [places, dyValues, dims, zerosLike(y)]);
    return [null, dx, null, dy];
  };
const together = (grad: GradFn): OpRow => ({ shape: (c) => [[withRank(c, 0, 2).at(0)]], grad });

export const SPARSE_DENSE = {
  SparseTensorDenseMatMul: { shape: productShape, grows: 'numbers', grad: productGrad },
  SparseDenseCwiseAdd: together(unmade),
  SparseDenseCwiseMul: together(elementGrad((dz, values, beside) => [dz.mul(beside), dz.mul(values)])),
  SparseDenseCwiseDiv: together(
    elementGrad((dz, values, beside) => [dz.div(beside), dz.mul(values.neg().div(apply('Square', [beside])))]),
  ),
} satisfies Rows;
