/** Systems of equations whose matrices have three diagonals: [..., 3, n], above, on and below the main one. */
import type { TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { constantNode } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { toNDArray } from '../base/to-ndarray';
import { int32 } from '../base/dtype';
import type { Grad, GradContext, Rows } from '../graph/opdef';
import { checkDim, mergeDim, mergeShapes, withRankAtLeast } from '../graph/shape-fn';
import { zeros as zerosOf } from './fill';
import { getItem } from './subscript';
import { concat, rankOf, sum, zeros } from './words';

const batchOf = (x: TensorShape): TensorShape => (x.rank === null ? x : x.slice(0, x.rank - 2));

export const TRIDIAGONAL = {
  TridiagonalSolve: {
    shape(c) {
      const [diagonals, rhs] = [withRankAtLeast(c, 0, 2), withRankAtLeast(c, 1, 2)];
      mergeShapes(batchOf(diagonals), batchOf(rhs));
      mergeDim(diagonals.at(-1), rhs.at(-2));
      checkDim(diagonals.at(-2), 3);
      return [rhs];
    },
    grad: solveGrad,
  },
} satisfies Rows;

function solveGrad(op: GradContext, [dy]: readonly Tensor[]): Grad[] {
  const [diagonals] = op.inputs;
  const attrs = { partial_pivoting: op.attr('partial_pivoting') };
  const byRhs = apply('TridiagonalSolve', [transposed(diagonals), dy], attrs);
  return [diagonalsOfProduct(byRhs, op.outputs[0]).neg(), byRhs];
}
const packed = (parts: readonly Tensor[]): Tensor => apply('Pack', [parts], { axis: -2 }, 'stack');
/** Zeros before or behind tensors of the rank of `x`, for each of their last dimensions as many as `pads` says. */
function padding(like: Tensor): (x: () => Tensor, pads: readonly (readonly number[])[]) => Tensor {
  const none = zerosOf([rankOf(like).sub(2), 2], int32);
  return (x, pads) => {
    const all = concat([none, constantNode(toNDArray(pads, int32), 'Const')]);
    return apply('Pad', [x(), all]);
  };
}
/** The diagonals of the transposed matrix. */
function transposed(x: Tensor): Tensor {
  const [above, main, below] = [
    (): Tensor => getItem(x, ['...', 0, [null, -1]]),
    getItem(x, ['...', 1, []]),
    (): Tensor => getItem(x, ['...', 2, [1, null]]),
  ];
  const { fullDims } = x.shape;
  if (fullDims) {
    const none = zeros([...fullDims.slice(0, -2), 1], x.dtype);
    return packed([concat([below(), none], -1), main, concat([none, above()], -1)]);
  }
  const padded = padding(x);
  return packed([padded(below, [[0, 1]]), main, padded(above, [[1, 0]])]);
}
/** The three diagonals of x yᵀ. */
function diagonalsOfProduct(x: Tensor, y: Tensor): Tensor {
  const main = sum(x.mul(y), [-1]);
  const [next, last] = [
    (): Tensor => getItem(y, ['...', [1, null], []]),
    (): Tensor => getItem(y, ['...', [null, -1], []]),
  ];
  const along = (moved: Tensor): Tensor => sum(x.mul(moved), [-1]);
  const dims = y.shape.fullDims;
  if (dims) {
    const none = zeros([...dims.slice(0, -2), 1, dims[dims.length - 1]], x.dtype);
    return packed([along(concat([next(), none], -2)), main, along(concat([none, last()], -2))]);
  }
  const padded = padding(y);
  const pads = (first: number, end: number): number[][] => [
    [first, end],
    [0, 0],
  ];
  return packed([along(padded(next, pads(0, 1))), main, along(padded(last, pads(1, 0)))]);
}
