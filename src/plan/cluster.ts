/**
 * Finds the part of a pruned graph that is a pure function of what is fed, read and drawn: the part that a device may
 * take as a whole. What has effects, and what comes after effects, stays outside.
 */
import { OpDef } from '../graph/opdef';
import {
  type Cluster,
  type Frame,
  type Output,
  type PlanNode,
  type PrunedGraph,
  ROOT,
  type Source,
  frameBehind,
  hasEffect,
  isOfStep,
  outermost,
  roleOf,
  sameSource,
} from './node';
import { noteOrder } from './order';
import { Reads } from './reads';
import { type Region, isTensor, regionsOf, waitsOf } from './regions';

/** What the node is that stands for the whole of a cluster: no op, and pure. */
const CLUSTER = new OpDef('Cluster', '->', {});

/** What may be inside of a cluster. */
export interface Choice {
  /** Whether a node may be. Of regions (regions.ts) the parts are asked that are no control flow. */
  takes(node: PlanNode): boolean;
  /** Inputs of a node that TensorFlow's rewrites would leave out, and with them the error that they may be. */
  mustRun?(node: PlanNode): readonly Source[];
  /** Whether a loop, or what parts and joins again, may be as a whole. */
  takesRegion?(region: Region): boolean;
}
/**
 * Replaces the pure part by one node, a cluster. Returns null where it would hold fewer than two nodes, or where only
 * tokens can run the graph.
 */
export function clusterPureNodes(pruned: PrunedGraph, choice: Choice): Cluster | null {
  const { takes, mustRun = () => [], takesRegion = () => false } = choice;
  if (!noteOrder(pruned)) return null;
  const { inside, late } = wholeParts(pruned, takes, takesRegion);
  for (const node of inside) if (node.inputs.some((s) => !('feed' in s) && late.has(s.node))) return null;
  if (inside.size < 2) return null;

  const outside = pruned.nodes.filter((n) => !inside.has(n));
  const isInside = (s: Source): s is Output => !('feed' in s) && inside.has(s.node);
  const { inputs, outputs } = edgesOf(inside, isInside, [
    ...outside.flatMap((n) => n.inputs),
    ...pruned.fetches,
    ...[...inside].flatMap(mustRun),
  ]);
  if (!outputs.length) return null;

  const constants = new Set(
    [...inside].flatMap((n) => n.inputs).flatMap((s) => (!('feed' in s) && isSource(s.node) ? [s.node] : [])),
  );
  const cluster: Cluster = { nodes: [...constants, ...inside], inputs: [...inputs], outputs };
  const node = nodeOf(cluster, inputs);
  const redirect = (s: Source): Source => (isInside(s) ? { node, index: placeOf(outputs, s) } : s);
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
function nodeOf(cluster: Cluster, inputs: Source[]): PlanNode {
  const { nodes, outputs } = cluster;
  return {
    op: nodes[nodes.length - 1].op,
    def: CLUSTER,
    type: CLUSTER.type,
    attrs: {},
    inputs,
    controls: [],
    frame: ROOT,
    branch: 0,
    outputTypes: outputs.map(({ node, index }) => node.outputTypes[index]),
    cluster,
    order: nodes[nodes.length - 1].order,
  };
}
const placeOf = (list: readonly Source[], s: Source): number => list.findIndex((o) => sameSource(o, s));
/** What a part reads of what is outside, and what of it is read there. */
function edgesOf(
  inside: ReadonlySet<PlanNode>,
  isInside: (s: Source) => s is Output,
  readOutside: readonly Source[],
): { inputs: Source[]; outputs: Output[] } {
  const inputs: Source[] = [];
  const outputs: Output[] = [];
  const note = <S extends Source>(list: S[], s: S): void => {
    if (placeOf(list, s) < 0) list.push(s);
  };
  for (const node of inside)
    for (const s of node.inputs) if ('feed' in s || !(inside.has(s.node) || isSource(s.node))) note(inputs, s);
  for (const s of readOutside) if (isInside(s)) note(outputs, s);
  // What nobody reads is there because it may fail: as an output, it is computed inside as well.
  const read = new Set(
    [...inside].flatMap((n) => [...n.inputs.flatMap((s) => (isInside(s) ? [s.node] : [])), ...waitsOf(n)]),
  );
  const isRead = (node: PlanNode): boolean => read.has(node) || outputs.some((s) => s.node === node);
  for (const node of inside) if (!isRead(node)) note(outputs, { node, index: 0 });
  return { inputs, outputs };
}
/** A region goes in as a whole: where a part of it does not, none does. */
function wholeParts(
  pruned: PrunedGraph,
  takes: Choice['takes'],
  takesRegion: NonNullable<Choice['takesRegion']>,
): Parts {
  const all = regionsOf(pruned);
  const regions = new Set([...new Set(all.values())].filter((region) => takesRegion(region)));
  for (;;) {
    const isIn = (region: Region | undefined): boolean => region !== undefined && regions.has(region);
    const parts = partsOf(pruned, takes, (node) => isIn(all.get(node)));
    const broken = [...regions].filter((region) => [...region].some((node) => !parts.inside.has(node)));
    if (!broken.length) return parts;
    for (const region of broken) regions.delete(region);
  }
}
/** Constants: they are wherever they are read. */
function isSource(node: PlanNode): boolean {
  return node.inputs.length === 0 && node.def.effect === 'pure' && node.controls.length === 0;
}

/** What goes inside, and what depends on it, or comes after effects. */
interface Parts {
  readonly inside: ReadonlySet<PlanNode>;
  readonly late: ReadonlySet<PlanNode>;
}
function partsOf(
  pruned: PrunedGraph,
  takes: (node: PlanNode) => boolean,
  isInRegion: (node: PlanNode) => boolean,
): Parts {
  // A loop goes round as a whole: what one of its nodes comes after all of them come after.
  const lateLoops = new Set<Frame>();
  for (;;) {
    const parts = sorted(pruned, takes, isInRegion, lateLoops);
    const before = lateLoops.size;
    for (const node of parts.late)
      for (const frame of [node.frame, frameBehind(node)]) if (frame !== ROOT) lateLoops.add(outermost(frame));
    if (lateLoops.size === before) return parts;
  }
}
function sorted(
  pruned: PrunedGraph,
  takes: (node: PlanNode) => boolean,
  isInRegion: (node: PlanNode) => boolean,
  lateLoops: ReadonlySet<Frame>,
): Parts {
  const inside = new Set<PlanNode>();
  const late = new Set<PlanNode>();
  const reads = new Reads(pruned);
  for (const node of pruned.nodes) {
    const before = [...node.inputs.flatMap((s) => ('feed' in s ? [] : [s.node])), ...node.controls];
    const afterEffects =
      lateLoops.has(outermost(node.frame)) || before.some((n) => late.has(n) || (hasEffect(n) && !inside.has(n)));
    const isFirst = reads.isFirst(node);
    const inRegion = isInRegion(node);
    const isControl = inRegion && roleOf(node) !== undefined;
    const pure =
      (node.def.effect === 'pure' || isControl || (inRegion && isOfStep(node))) &&
      (inRegion || (roleOf(node) === undefined && node.branch === 0 && node.frame === ROOT)) &&
      !node.cluster &&
      isFirst &&
      (inRegion || !node.views) &&
      (inRegion || node.outputTypes.length > 0) &&
      !node.outputTypes.some((t) => t.isRef || !(inRegion || isTensor(t)));
    if (pure && !afterEffects && (isControl || takes(node)) && !isSource(node)) inside.add(node);
    // What draws or reads after something inside was computed would have to run between two halves, and a read stays
    // behind the writes that it stood behind: the part runs before all of them.
    else if (afterEffects || before.some((n) => inside.has(n)) || !isFirst) late.add(node);
  }
  return { inside, late };
}
