/** The nodes that stand around the bodies of functions: conditions, Switches, Merges, constants. */
import { bool, int32 } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import type { Call, Expander } from './expander';
import { type PlanNode, type Source, newNode } from './node';
import { CALLED, type How } from './uses';

/** What runs of the functions of an If, Case or While: all that they change, but where TensorFlow takes it apart. */
export function howOf({ node, within, use }: Call): How {
  if (!within.lowers || node.attrs['_lower_using_switch_merge'] !== true) return CALLED;
  const { lowers, inlines } = within;
  return { runsAll: false, reads: use.isAsked ? null : use.reads, lowers, inlines };
}
/** A condition: true where it is neither 0, nor empty text, nor a tensor without elements. */
export function truth(to: Expander, { op }: PlanNode, from: Source): Source {
  const type = to.typeOf(from);
  if (type === bool && 'node' in from && from.node.op.outputs[from.index]?.shape.rank === 0) return from;
  return {
    node: to.push(newNode(op, 'ToBool', { attrs: { T: type }, inputs: [from], outputTypes: [bool] })),
    index: 0,
  };
}
export function switchOf(to: Expander, { op }: PlanNode, from: Source, pred: Source): PlanNode {
  const type = to.typeOf(from);
  return to.push(newNode(op, 'Switch', { attrs: { T: type }, inputs: [from, pred], outputTypes: [type, type] }));
}
export function mergeOf(to: Expander, { op }: PlanNode, inputs: readonly Source[]): PlanNode {
  const type = to.typeOf(inputs[0]);
  const attrs = { T: type, N: inputs.length };
  return to.push(newNode(op, 'Merge', { attrs, inputs: [...inputs], outputTypes: [type, int32] }));
}
export function constant(to: Expander, { node, gate }: Pick<Call, 'node' | 'gate'>, value: NDArray): Source {
  const { dtype } = value;
  const given = { attrs: { value, dtype }, inputs: [], outputTypes: [dtype], controls: [...gate] };
  return { node: to.push(newNode(node.op, 'Const', given)), index: 0 };
}
