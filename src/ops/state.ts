/**
 * Variables as 1.x has them: a node that holds a value, and ops that change it through a reference. Those on
 * resource handles are in resource.ts; what users call is in src/variables.
 */
import { TensorShape } from '../base/shape';
import type { OpRow, Rows, ShapeContext, ShapeFn } from '../graph/opdef';
import { fromAttr, mergeShapes, scalarShape, unchanged, withRank } from '../graph/shape-fn';

const HOLDER: OpRow = {
  shape: fromAttr,
  effect: 'reads',
};
/** Variable and value agree, and so does the variable after it. */
const merged: ShapeFn = (c) => [mergeShapes(c.shape(0), c.shape(1))];

const UPDATE: OpRow = { shape: merged };

/** Rows of a variable of shape `variable`, one per index; or one number for all of them. */
export function checkScatter(c: ShapeContext, variable: TensorShape): void {
  const [indices, updates] = [c.shape(1), c.shape(2)];
  if (updates.rank === 0 || !variable.dims || !indices.dims) return;
  mergeShapes(updates, new TensorShape([...indices.dims, ...variable.dims.slice(1)]));
}
const SCATTER: OpRow = {
  shape: (c) => {
    checkScatter(c, c.shape(0));
    return [c.shape(0)];
  },
};
const SCATTER_ND: OpRow = { shape: (c) => [c.shape(0)] };

export const STATE = {
  VariableV2: HOLDER,
  // A scalar shape says nothing in this old form.
  Variable: {
    ...HOLDER,
    shape: (c) => [c.attr('shape').rank === 0 ? null : c.attr('shape')],
  },
  IsVariableInitialized: {
    shape: scalarShape,
    effect: 'reads',
  },
  Assign: {
    shape: (c) => (c.attr('validate_shape') ? merged(c) : [c.shape(1)]),
  },
  AssignAdd: UPDATE,
  AssignSub: UPDATE,
  RefIdentity: {
    shape: unchanged,
    effect: 'reads',
    grad: (_, [dy]) => dy,
  },
  CountUpTo: {
    shape: (c) => [withRank(c, 0, 0)],
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
