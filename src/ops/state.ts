/**
 * Variables as 1.x has them: a node that holds a value, and ops that change it through a reference. Those on
 * resource handles are in resource.ts; what users call is in src/variables.
 */
import { TensorShape } from '../base/shape';
import type { Operation } from '../graph/graph';
import type { OpRow, Rows, ShapeFn } from '../graph/opdef';
import { fromAttr, inShape, mergeShapes, scalarShape, unchanged, withRank } from '../graph/shape-fn';

const HOLDER: OpRow = {
  shape: fromAttr,
  effect: 'reads',
};
/** Variable and value agree, and so does the variable after it. */
const merged: ShapeFn = (op) => [mergeShapes(inShape(op, 0), inShape(op, 1))];

const UPDATE: OpRow = { shape: merged };

/** Rows of a variable of shape `variable`, one per index; or one number for all of them. */
export function checkScatter(op: Operation, variable: TensorShape): void {
  const [indices, updates] = [inShape(op, 1), inShape(op, 2)];
  if (updates.rank === 0 || !variable.dims || !indices.dims) return;
  mergeShapes(updates, new TensorShape([...indices.dims, ...variable.dims.slice(1)]));
}
const SCATTER: OpRow = {
  shape: (op) => {
    checkScatter(op, inShape(op, 0));
    return [inShape(op, 0)];
  },
};
const SCATTER_ND: OpRow = { shape: (op) => [inShape(op, 0)] };

export const STATE = {
  VariableV2: HOLDER,
  // A scalar shape says nothing in this old form.
  Variable: {
    ...HOLDER,
    shape: (op) => [op.getAttr<TensorShape>('shape').rank === 0 ? null : op.getAttr<TensorShape>('shape')],
  },
  IsVariableInitialized: {
    shape: scalarShape,
    effect: 'reads',
  },
  Assign: {
    shape: (op) => (op.getAttr('validate_shape') ? merged(op) : [inShape(op, 1)]),
  },
  AssignAdd: UPDATE,
  AssignSub: UPDATE,
  RefIdentity: {
    shape: unchanged,
    effect: 'reads',
    grad: (_, [dy]) => dy,
  },
  CountUpTo: {
    shape: (op) => [withRank(op, 0, 0)],
  },
  ScatterUpdate: SCATTER,
  ScatterAdd: SCATTER,
  ScatterSub: SCATTER,
  ScatterMul: SCATTER,
  ScatterDiv: SCATTER,
  ScatterMin: SCATTER,
  ScatterMax: SCATTER,
  ScatterNdUpdate: SCATTER_ND,
  ScatterNdAdd: SCATTER_ND,
  ScatterNdSub: SCATTER_ND,
} satisfies Rows;
