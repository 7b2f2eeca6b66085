/** Ops that order and choose: doing nothing, taking one of two ways, joining them again. */
import { TensorShape } from '../base/shape';
import { applyOp } from '../graph/apply';
import type { Operation } from '../graph/graph';
import type { OpRow, Rows } from '../graph/opdef';
import { inputShapes, noOutputs } from '../graph/shape-fn';
import type { NameOption } from './constants';

// The value goes out on one side; what depends on the other side is not run.
const SWITCH: OpRow = {
  effect: 'reads',
  control: 'switch',
  shape: (c) => [c.shape(0), c.shape(0)],
  handle: (c) => c.handle(0),
};
// Runs when one of its inputs is there.
const MERGE: OpRow = {
  effect: 'reads',
  control: 'merge',
  shape: (c) => [commonShape(inputShapes(c)), []],
  handle: (c) => c.handle(0),
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
