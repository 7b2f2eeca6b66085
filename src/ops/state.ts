/**
 * Variables as 1.x has them: a node that holds a value, and ops that change it through a reference. Those on
 * resource handles are in resource.ts; what users call is in src/variables.
 */
import { TensorShape } from '../base/shape';
import type { Operation } from '../graph/graph';
import { type OpRow, type OpTable, type ShapeFn, registerOps } from '../graph/opdef';
import { fromAttr, inShape, mergeShapes, scalarShape, unchanged, withRank } from '../graph/shape-fn';

/** Numbers that can be added up. */
export const SUMMABLE =
  '{float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, uint16, complex128, half, uint32, uint64}';
const ORDERED = '{half, bfloat16, float, double, int32, int64}';
const INDICES = 'Tindices: {int32, int64}';

const HOLDER: OpRow = {
  sig: '-> ref: Ref(dtype)',
  attrs: ['shape: shape', 'dtype: type', 'container: string = ""', 'shared_name: string = ""'],
  shape: fromAttr,
  stateful: true,
  effect: 'none',
  grad: 'none',
};
/** Variable and value agree, and so does the variable after it. */
const merged: ShapeFn = (op) => [mergeShapes(inShape(op, 0), inShape(op, 1))];

function update(types: string, locks: boolean): OpRow {
  return {
    sig: 'ref: Ref(T), value: T -> output_ref: Ref(T)',
    attrs: [`T: ${types}`, `use_locking: bool = ${locks}`],
    shape: merged,
    stateful: true,
    grad: 'none',
  };
}

/** Rows of a variable of shape `variable`, one per index; or one number for all of them. */
export function checkScatter(op: Operation, variable: TensorShape): void {
  const [indices, updates] = [inShape(op, 1), inShape(op, 2)];
  if (updates.rank === 0 || !variable.dims || !indices.dims) return;
  mergeShapes(updates, new TensorShape([...indices.dims, ...variable.dims.slice(1)]));
}
function scatter(types: string, locks = false): OpRow {
  return {
    sig: 'ref: Ref(T), indices: Tindices, updates: T -> output_ref: Ref(T)',
    attrs: [`T: ${types}`, INDICES, `use_locking: bool = ${locks}`],
    shape: (op) => {
      checkScatter(op, inShape(op, 0));
      return [inShape(op, 0)];
    },
    stateful: true,
    grad: 'none',
  };
}
function scatterNd(types: string, locks = false): OpRow {
  return { ...scatter(types, locks), shape: (op) => [inShape(op, 0)] };
}

export const STATE: OpTable = {
  VariableV2: HOLDER,
  // A scalar shape says nothing in this old form.
  Variable: {
    ...HOLDER,
    shape: (op) => [op.getAttr<TensorShape>('shape').rank === 0 ? null : op.getAttr<TensorShape>('shape')],
  },
  IsVariableInitialized: {
    sig: 'ref: Ref(dtype) -> is_initialized: bool',
    attrs: ['dtype: type'],
    shape: scalarShape,
    stateful: true,
    effect: 'none',
    allowsUninitialized: true,
    grad: 'none',
  },
  Assign: {
    sig: 'ref: Ref(T), value: T -> output_ref: Ref(T)',
    attrs: ['T: type', 'validate_shape: bool = true', 'use_locking: bool = true'],
    shape: (op) => (op.getAttr('validate_shape') ? merged(op) : [inShape(op, 1)]),
    stateful: true,
    allowsUninitialized: true,
    grad: 'none',
  },
  AssignAdd: update(SUMMABLE, false),
  AssignSub: update(SUMMABLE, false),
  RefIdentity: {
    sig: 'input: Ref(T) -> output: Ref(T)',
    attrs: ['T: type'],
    shape: unchanged,
    stateful: true,
    effect: 'none',
    allowsUninitialized: true,
    grad: (_, [dy]) => dy,
  },
  CountUpTo: {
    sig: 'ref: Ref(T) -> output: T',
    attrs: ['limit: int', 'T: {int32, int64}'],
    shape: (op) => [withRank(op, 0, 0)],
    stateful: true,
    grad: 'none',
  },
  ScatterUpdate: scatter('type', true),
  ScatterAdd: scatter(SUMMABLE),
  ScatterSub: scatter(SUMMABLE),
  ScatterMul: scatter(SUMMABLE),
  ScatterDiv: scatter(SUMMABLE),
  ScatterMin: scatter(ORDERED),
  ScatterMax: scatter(ORDERED),
  ScatterNdUpdate: scatterNd('type', true),
  ScatterNdAdd: scatterNd(SUMMABLE),
  ScatterNdSub: scatterNd(SUMMABLE),
};
registerOps(STATE);
