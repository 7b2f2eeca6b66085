/**
 * Variables as 1.x has them: a node that holds a value, and ops that change it through a reference. Those on
 * resource handles are in resource.ts; what users call is in src/variables.
 */
import { TensorShape } from '../base/shape';
import { ShapeError } from '../graph/graph';
import type { OpRow, Rows, ShapeContext, ShapeFn } from '../graph/opdef';
import { fromAttr, mergeShapes, scalarShape, unchanged, withRank, withRankAtLeast } from '../graph/shape-fn';

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
const part = ({ dims }: TensorShape, from: number, to?: number): TensorShape =>
  new TensorShape(dims && dims.slice(from, to));
const some = (s: TensorShape): boolean => (s.numElements() ?? 0) > 0;

/**
 * Updates must have the outer dimensions of the indices, and the inner ones of what they are written to.
 *
 * @param target  what is written to, whose shape it gives
 * @param from    the input with the indices; the updates come after it
 * @param word    what TensorFlow calls the target
 */
export function scatterNdShape(
  c: ShapeContext,
  target: TensorShape,
  from: number,
  word: 'input' | 'output',
): TensorShape {
  const [indices, updates] = [withRankAtLeast(c, from, 1), withRankAtLeast(c, from + 1, 1)];
  const depth = indices.at(-1);
  const outer = (indices.rank ?? 1) - 1;
  const comparable = indices.dims !== null && updates.dims !== null && depth !== null;
  if (comparable) {
    agree(
      part(indices, 0, outer),
      part(updates, 0, outer),
      `The outer ${outer} dimensions of indices.shape=${indices.toCString()} must match ` +
        `the outer ${outer} dimensions of updates.shape=${updates.toCString()}`,
    );
  }
  if (target.numElements() === 0 && (some(indices) || some(updates)))
    throw new ShapeError('Indices and updates specified for empty output shape');
  if (comparable && target.dims) {
    agree(
      part(target, depth),
      part(updates, outer),
      `The inner ${target.dims.length - depth} dimensions of ${word}.shape=${target.toCString()} must match ` +
        `the inner ${updates.rank! - outer} dimensions of updates.shape=${updates.toCString()}`,
    );
  }
  return target;
}
function agree(a: TensorShape, b: TensorShape, rule: string): void {
  try {
    mergeShapes(a, b);
  } catch (error) {
    throw error instanceof ShapeError ? new ShapeError(`${rule}: ${error.message}`) : error;
  }
}
const SCATTER_ND: OpRow = { shape: (c) => [scatterNdShape(c, c.shape(0), 1, 'input')] };

export const STATE = {
  VariableV2: HOLDER,
  // A scalar shape says nothing in this old form.
  Variable: {
    ...HOLDER,
    shape: (c) => [c.attr('shape').rank === 0 ? null : c.attr('shape')],
  },
  TemporaryVariable: { shape: fromAttr },
  DestroyTemporaryVariable: { shape: unchanged },
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
  StridedSliceAssign: { shape: unchanged },
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
