/** Constant folding: what does not depend on a feed, a variable or chance is computed when the plan is made. */
import { NDArray } from '../../base/ndarray';
import { opDef } from '../../graph/opdef';
import { type HostTensor, type KernelNode, hostKernel } from '../../kernels/kernel';
import type { Facts } from '../facts';
import { type PlanNode, type PrunedGraph, type Source, nodesWithEffects } from '../prune';

/** Larger results are left to the run: they would only take memory. */
const LARGEST = 1 << 20;

/** f(constants) -> constant, and shapes of known size -> constant. */
export function foldConstants(pruned: PrunedGraph, facts: Facts): number {
  const known = new Map<PlanNode, readonly (NDArray | null)[]>();
  const constants = new Map<PlanNode, PlanNode[]>();
  const valueOf = (s: Source): NDArray | null => ('feed' in s ? null : (known.get(s.node)?.[s.index] ?? null));
  const kept = nodesWithEffects(pruned);
  let folded = 0;
  for (const node of pruned.nodes) {
    const values = kept.has(node) ? null : valuesOf(node, facts, valueOf);
    if (values) known.set(node, values);
    if (values && !isConstant(node)) folded++;
  }
  const replace = (s: Source): Source => {
    const value = valueOf(s);
    if ('feed' in s || !value || isConstant(s.node)) return s;
    const made = constants.get(s.node) ?? [];
    constants.set(s.node, made);
    made[s.index] ??= {
      op: s.node.op,
      type: 'Const',
      attrs: { value, dtype: value.dtype },
      inputs: [],
      controls: [],
      outputTypes: [value.dtype],
    };
    return { node: made[s.index], index: 0 };
  };
  for (const node of pruned.nodes) node.inputs = node.inputs.map(replace);
  pruned.fetches = pruned.fetches.map(replace);
  const made = [...constants.values()].flat().filter(Boolean);
  pruned.nodes = [...made, ...pruned.nodes];
  return folded;
}

function isConstant(node: PlanNode): boolean {
  return hostKernel(node.type)?.once === true;
}

/** The values of a node's outputs, or null where they are not known. */
function valuesOf(
  node: PlanNode,
  facts: Facts,
  valueOf: (s: Source) => NDArray | null,
): readonly (NDArray | null)[] | null {
  const def = opDef(node.type);
  if (def.stateful || node.outputTypes.some((t) => t.isRef) || !node.outputTypes.length) return null;
  const values = node.outputTypes.map((_, index) => facts.value({ node, index }));
  if (values.every((value) => value && value.size <= LARGEST)) return values;
  const inputs = node.inputs.map(valueOf);
  if (!inputs.length || inputs.includes(null)) return null;
  const row = hostKernel(node.type);
  const sizes = node.outputTypes.map((_, index) => facts.shape({ node, index }).numElements());
  if (!row || sizes.some((n) => n !== null && n > LARGEST)) return null;
  try {
    const kernelNode: KernelNode = {
      type: node.type,
      name: node.op.name,
      attrs: node.attrs,
      outputTypes: node.outputTypes,
      state: undefined,
    };
    const result = row.run(inputs as NDArray[], kernelNode);
    const list = (Array.isArray(result) ? result : [result]) as readonly HostTensor[];
    return list.map((t) => new NDArray(t.dtype, t.shape, t.data));
  } catch {
    return null; // The run will say what is wrong, with the node.
  }
}
