/**
 * Finds the part of a pruned graph that is a pure function of what is fed, read and drawn: the part that a device may
 * take as a whole. What has effects, and what comes after effects, stays outside.
 */
import { OpDef } from '../graph/opdef';
import {
  type Cluster,
  type Output,
  type PlanNode,
  type PrunedGraph,
  ROOT,
  type Source,
  hasEffect,
  sameSource,
} from './node';
import { Reads } from './reads';

/** What the node is that stands for the whole of a cluster: no op, and pure. */
const CLUSTER = new OpDef('Cluster', '->', {});

/**
 * Replaces the pure part by one node, a cluster. Returns null where it would hold fewer than two nodes.
 *
 * @param mustRun  inputs of a node that TensorFlow's rewrites would leave out, and with them the error that they may be
 */
export function clusterPureNodes(
  pruned: PrunedGraph,
  takes: (node: PlanNode) => boolean,
  mustRun: (node: PlanNode) => readonly Source[] = () => [],
): Cluster | null {
  const inside = new Set<PlanNode>();
  const late = new Set<PlanNode>();
  const reads = new Reads(pruned);
  for (const node of pruned.nodes) {
    const { row, effect } = node.def;
    const before = [...node.inputs.flatMap((s) => ('feed' in s ? [] : [s.node])), ...node.controls];
    const afterEffects = before.some((n) => late.has(n) || hasEffect(n));
    const isFirst = reads.isFirst(node);
    const pure =
      effect === 'pure' &&
      row.control === undefined &&
      !node.cluster &&
      // Inside nothing is left out: what is on one way of a Switch, or in a loop, stays outside.
      node.branch === 0 &&
      isFirst &&
      !node.views &&
      node.outputTypes.length > 0 &&
      // Lists and handles are no tensors.
      !node.outputTypes.some((t) => t.isRef || t.name === 'variant' || t.name === 'resource');
    if (pure && !afterEffects && takes(node) && !isSource(node)) inside.add(node);
    // What draws or reads after something inside was computed would have to run between two halves, and a read stays
    // behind the writes that it stood behind: the part runs before all of them.
    else if (afterEffects || before.some((n) => inside.has(n)) || !isFirst) late.add(node);
  }
  for (const node of inside) if (node.inputs.some((s) => !('feed' in s) && late.has(s.node))) return null;
  if (inside.size < 2) return null;

  const inputs: Source[] = [];
  const outputs: Output[] = [];
  const has = (list: readonly Source[], s: Source): number => list.findIndex((o) => sameSource(o, s));
  const note = <S extends Source>(list: S[], s: S): number => {
    const i = has(list, s);
    return i >= 0 ? i : list.push(s) - 1;
  };
  const isInside = (s: Source): s is Output => !('feed' in s) && inside.has(s.node);
  for (const node of inside)
    for (const s of node.inputs) if ('feed' in s || !(inside.has(s.node) || isSource(s.node))) note(inputs, s);
  const outside = pruned.nodes.filter((n) => !inside.has(n));
  for (const s of [...outside.flatMap((n) => n.inputs), ...pruned.fetches]) if (isInside(s)) note(outputs, s);
  for (const s of [...inside].flatMap(mustRun)) if (isInside(s)) note(outputs, s);
  // What nobody reads is there because it may fail: as an output, it is computed inside as well.
  const read = new Set([...inside].flatMap((n) => n.inputs.flatMap((s) => (isInside(s) ? [s.node] : []))));
  const isRead = (node: PlanNode): boolean => read.has(node) || outputs.some((s) => s.node === node);
  for (const node of inside) if (!isRead(node)) note(outputs, { node, index: 0 });
  if (!outputs.length) return null;

  const constants = new Set(
    [...inside].flatMap((n) => n.inputs).flatMap((s) => (!('feed' in s) && isSource(s.node) ? [s.node] : [])),
  );
  const nodes = [...constants, ...inside];
  const cluster: Cluster = { nodes, inputs: [...inputs], outputs };
  const node: PlanNode = {
    op: [...inside][inside.size - 1].op,
    def: CLUSTER,
    type: CLUSTER.type,
    attrs: {},
    inputs,
    controls: [],
    frame: ROOT,
    branch: 0,
    outputTypes: outputs.map(({ node, index }) => node.outputTypes[index]),
    cluster,
  };
  const redirect = (s: Source): Source => (isInside(s) ? { node, index: has(outputs, s) } : s);
  for (const each of outside) {
    each.inputs = each.inputs.map(redirect);
    if (each.controls.some((c) => inside.has(c)))
      each.controls = [...each.controls.filter((c) => !inside.has(c)), node];
  }
  pruned.fetches = pruned.fetches.map(redirect);
  pruned.targets = pruned.targets.map((n) => (inside.has(n) ? node : n));
  const needed = new Set(outside.filter((n) => !late.has(n) && !hasEffect(n)));
  pruned.nodes = [...outside.filter((n) => needed.has(n)), node, ...outside.filter((n) => !needed.has(n))];
  return cluster;
}
/** Constants: they are wherever they are read. */
function isSource(node: PlanNode): boolean {
  return node.inputs.length === 0 && node.def.effect === 'pure' && node.controls.length === 0;
}
