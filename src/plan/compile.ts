/** Hands the pure part of a pruned graph to the device as a whole. */
import type { DType } from '../base/dtype';
import { TensorShape } from '../base/shape';
import type { AttrBytes, NodeBytes } from '../format/graphdef';
import type { CompiledKernel, Device } from '../kernels/kernel';
import { clusterPureNodes } from './cluster';
import { dependsOnNumbers, isChecked, mayBeLeftOut, mayFail, passesCheck } from './failures';
import type { Facts } from './facts';
import { expressUpdates } from './passes/updates';
import { type PlanNode, type PrunedGraph, type Source, sameSource } from './node';
import { paysOff } from './pays-off';
import { mapNodes } from './rewrite';

/**
 * Makes a cluster of the pure nodes, and compiles it. Returns null, and leaves the graph as it was, where the device
 * takes no graphs, where too little would be inside, where it would hardly be faster and need not be done, or where it
 * refuses.
 */
export function compileCluster(
  pruned: PrunedGraph,
  facts: Facts,
  device: Device,
  when: 'always' | 'ifFaster' = 'always',
): CompiledKernel | null {
  if (!device.compile) return null;
  const { copy, original } = copyOf(pruned);
  expressUpdates(copy);
  const typeOf = (s: Source): DType =>
    ('feed' in s ? pruned.feeds[s.feed].dtype : s.node.outputTypes[s.index]).baseDtype;
  // TensorFlow's own rewrites believe that an op succeeds which fails for some fed shape.
  const takes = (node: PlanNode): boolean =>
    encodable(node) &&
    (!dependsOnNumbers(node) || isChecked(node, facts)) &&
    // No check of ours runs inside.
    passesCheck(node, facts) &&
    (device.takes?.(node, node.inputs.map(typeOf), {
      shape: (i) => facts.shape(node.inputs[i]).fullDims,
      data: (i) => facts.value(node.inputs[i])?.data ?? null,
    }) ??
      true);
  const doubtful = new Set<PlanNode>();
  for (const node of copy.nodes)
    if (mayFail(node, facts) || node.inputs.some((s) => !('feed' in s) && doubtful.has(s.node))) doubtful.add(node);
  const mustRun = (node: PlanNode): readonly Source[] =>
    mayBeLeftOut(node, facts).filter((s) => !('feed' in s) && doubtful.has(s.node));
  if (!clusterPureNodes(copy, takes, mustRun)) return null;
  const { cluster } = copy.nodes.find((n) => n.cluster)!;
  if (when === 'ifFaster' && !paysOff(cluster!.nodes, facts, device)) return null;
  const names = new Map<PlanNode, string>(cluster!.nodes.map((n, i) => [n, `n${i}`]));
  const edge = (s: Source): string => {
    const input = cluster!.inputs.findIndex((e) => sameSource(e, s));
    return input >= 0
      ? `i${input}`
      : 'feed' in s
        ? ''
        : s.index
          ? `${names.get(s.node)}:${s.index}`
          : names.get(s.node)!;
  };
  const shapeOf = (s: Source): TensorShape => ('feed' in s || s.node ? facts.shape(s) : TensorShape.unknown());
  const types = cluster!.inputs.map(typeOf);
  const nodes: NodeBytes[] = [
    ...types.map(
      (dtype, i): NodeBytes => ({
        name: `i${i}`,
        op: 'Placeholder',
        input: [],
        attr: {
          dtype: { kind: 'type', value: dtype },
          shape: { kind: 'shape', value: shapeOf(original(cluster!.inputs[i])) },
        },
      }),
    ),
    ...cluster!.nodes.map(
      (n): NodeBytes => ({ name: names.get(n)!, op: n.type, input: n.inputs.map(edge), attr: attrsOf(n) }),
    ),
  ];
  try {
    const kernel = device.compile(
      nodes,
      types.map((_, i) => `i${i}:0`),
      cluster!.outputs.map((s) => `${edge(s).replace(/:.*/, '')}:${s.index}`),
    );
    pruned.nodes = copy.nodes;
    pruned.fetches = copy.fetches;
    pruned.targets = copy.targets;
    return kernel;
  } catch {
    return null;
  }
}

function encodable(node: PlanNode): boolean {
  return !node.def.attrs.some((a) => a.kind === 'func' || a.kind === 'list(func)');
}
function attrsOf(node: PlanNode): Record<string, AttrBytes> {
  const out: Record<string, AttrBytes> = {};
  for (const { name, kind } of node.def.attrs)
    if (node.attrs[name] !== undefined) out[name] = { kind, value: node.attrs[name] };
  return out;
}
/** A copy to be regrouped, and the way back to what is known of the nodes. */
function copyOf(pruned: PrunedGraph): { copy: PrunedGraph; original: (s: Source) => Source } {
  const copies = new Map<PlanNode, PlanNode>(pruned.nodes.map((n) => [n, { ...n }]));
  const back = new Map<PlanNode, PlanNode>([...copies].map(([n, c]) => [c, n]));
  const copy: PrunedGraph = { ...pruned, nodes: [...copies.values()] };
  // The copies read the graph's nodes until here.
  mapNodes(copy, (node) => copies.get(node) ?? node);
  return { copy, original: (s) => ('feed' in s ? s : { node: back.get(s.node)!, index: s.index }) };
}
