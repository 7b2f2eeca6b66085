/** Updates of variables as arithmetic and an assignment, so that a device may compute the arithmetic with the rest. */
import { float32 } from '../../base/dtype';
import type { OpType } from '../../graph/opdef';
import { type PlanNode, type PrunedGraph, type Source, isRef, newNode, turnInto } from '../node';
import { Reads } from '../reads';

/**
 * ApplyGradientDescent(var, alpha, delta) -> Assign(var, read(var) - alpha * delta), where nothing wrote to var before.
 */
export function expressUpdates(pruned: PrunedGraph): void {
  const seen = new Reads(pruned);
  const reads = new Map<PlanNode, PlanNode>();
  const added = new Map<PlanNode, PlanNode[]>();
  const refs = (node: PlanNode): PlanNode[] => node.inputs.flatMap((s) => (!('feed' in s) && isRef(s) ? [s.node] : []));
  for (const node of pruned.nodes) {
    const { row } = node.def;
    const [variable] = refs(node);
    if (row.passesThrough && variable && seen.isFirst(node) && !node.controls.length && !reads.has(variable))
      reads.set(variable, node);
    if (
      node.type === 'ApplyGradientDescent' &&
      node.branch === 0 &&
      seen.isFirst(node) &&
      node.attrs['T'] === float32
    ) {
      const [ref, alpha, delta] = node.inputs;
      const make = (type: OpType, inputs: Source[], op = node.op): PlanNode =>
        newNode(op, type, { attrs: { T: float32 }, inputs, outputTypes: [float32] });
      let read = reads.get(variable);
      if (!read) {
        read = { ...make('Identity', [ref], variable.op), views: [true] };
        reads.set(variable, read);
        added.set(variable, [read]);
      }
      const step = make('Mul', [alpha, delta]);
      const difference = make('Sub', [
        { node: read, index: 0 },
        { node: step, index: 0 },
      ]);
      added.set(node, [step, difference]);
      const attrs = { T: float32, validate_shape: true, use_locking: false };
      turnInto(node, 'Assign', attrs, [ref, { node: difference, index: 0 }]);
    }
  }
  // A read goes behind its variable, the arithmetic before its assignment.
  pruned.nodes = pruned.nodes.flatMap((node) => {
    const more = added.get(node) ?? [];
    return node.outputTypes[0]?.isRef && node.type !== 'Assign' ? [node, ...more] : [...more, node];
  });
}
