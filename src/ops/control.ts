/** Ops that order and choose: doing nothing, taking one of two ways, joining them again. */
import { applyOp } from '../graph/apply';
import type { Operation } from '../graph/graph';
import { type OpRow, type OpTable, registerOps } from '../graph/opdef';
import { inShape, noOutputs } from '../graph/shape-fn';
import { TensorShape } from '../base/shape';
import type { NameOption } from './constants';

function switchRow(edge: string): OpRow {
  return {
    sig: `data: ${edge}, pred: bool -> output_false: ${edge}, output_true: ${edge}`,
    attrs: ['T: type'],
    stateful: true,
    effect: 'none',
    control: 'switch',
    shape: (op) => [inShape(op, 0), inShape(op, 0)],
  };
}
function mergeRow(edge: (type: string) => string): OpRow {
  return {
    sig: `inputs: ${edge('N * T')} -> output: ${edge('T')}, value_index: int32`,
    attrs: ['T: type', 'N: int >= 1'],
    stateful: true,
    effect: 'none',
    control: 'merge',
    shape: (op) => [commonShape(op.inputs.map((t) => t.shape)), []],
  };
}
/** What all the shapes have in common. */
function commonShape(shapes: readonly TensorShape[]): TensorShape {
  const [{ dims }, ...rest] = shapes;
  if (!dims || rest.some((s) => s.rank !== dims.length)) return TensorShape.unknown();
  return new TensorShape(dims.map((d, i) => (rest.every((s) => s.dims![i] === d) ? d : null)));
}

export const CONTROL: OpTable = {
  NoOp: { sig: '->', shape: noOutputs, grad: 'none' },
  // The value goes out on one side; what depends on the other side is not run.
  Switch: switchRow('T'),
  RefSwitch: switchRow('Ref(T)'),
  // Runs when one of its inputs is there.
  Merge: mergeRow((type) => type),
};
registerOps(CONTROL);

/** An operation that does nothing: something to depend on. */
export function noOp({ name }: NameOption = {}): Operation {
  return applyOp('NoOp', [], {}, name);
}
