/** Ops that order and choose: doing nothing, taking one of two ways, joining them again. */
import { applyOp } from '../graph/apply';
import type { Operation } from '../graph/graph';
import type { OpRow, Rows } from '../graph/opdef';
import { inShape, noOutputs } from '../graph/shape-fn';
import { TensorShape } from '../base/shape';
import type { NameOption } from './constants';

// The value goes out on one side; what depends on the other side is not run.
const SWITCH: OpRow = {
  effect: 'reads',
  control: 'switch',
  shape: (op) => [inShape(op, 0), inShape(op, 0)],
};
// Runs when one of its inputs is there.
const MERGE: OpRow = {
  effect: 'reads',
  control: 'merge',
  shape: (op) => [commonShape(op.inputs.map((t) => t.shape)), []],
};
/** What all the shapes have in common. */
function commonShape(shapes: readonly TensorShape[]): TensorShape {
  const [{ dims }, ...rest] = shapes;
  if (!dims || rest.some((s) => s.rank !== dims.length)) return TensorShape.unknown();
  return new TensorShape(dims.map((d, i) => (rest.every((s) => s.dims![i] === d) ? d : null)));
}

export const CONTROL = {
  NoOp: { shape: noOutputs },
  Switch: SWITCH,
  RefSwitch: SWITCH,
  Merge: MERGE,
} satisfies Rows;

/** An operation that does nothing: something to depend on. */
export function noOp({ name }: NameOption = {}): Operation {
  return applyOp('NoOp', [], {}, name);
}
