/** Two sparse tensors together, entry by entry. */
import { NotImplementedError } from '../base/errors';
import { applyOp } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import type { Grad, GradContext, OpRow, Rows } from '../graph/opdef';
import { withRank } from '../graph/shape-fn';

/** The gradient of something that TensorFlow names, and has not. */
export const unmade = ({ type }: GradContext): never => {
  throw new NotImplementedError(`Gradient for ${type} is currently not implemented yet.`);
};
const EXTREME: OpRow = {
  shape(c) {
    [2, 1, 1, 2, 1, 1].forEach((rank, i) => withRank(c, i, rank));
    return [[null, null], [null]];
  },
  grad: unmade,
};

export const SPARSE_PAIRS = {
  SparseAdd: {
    shape(c) {
      const shape = withRank(c, 2, 1);
      return [[null, shape.at(0)], [null], shape];
    },
    grad(op: GradContext, [, dz]: Tensor[]): Grad[] {
      const [a, values, , b, others] = op.inputs;
      const [da, db] = applyOp('SparseAddGrad', [dz, a, b, op.outputs[0]]).outputs;
      da.setShape(values.shape);
      db.setShape(others.shape);
      return [null, da, null, null, db, null, null];
    },
  },
  SparseAddGrad: { shape: (c) => [[withRank(c, 1, 2).at(0)], [withRank(c, 2, 2).at(0)]] },
  SparseSparseMaximum: EXTREME,
  SparseSparseMinimum: EXTREME,
} satisfies Rows;
