/**
 * What passes are made of: ways to point readers somewhere else. A pass is a rule; these apply it to a pruned graph.
 */
import { append } from '../base/room';
import { mayFail } from './failures';
import type { Facts } from './facts';
import { type PlanNode, type PrunedGraph, type Source, branchOf, hasEffect, roleOf } from './node';

/** Changes where inputs and fetches come from. Who waits for what, and the targets, stay. */
export function mapSources(pruned: PrunedGraph, fn: (source: Source) => Source): void {
  for (const node of pruned.nodes) node.inputs = changed(node.inputs, fn);
  pruned.fetches = pruned.fetches.map(fn);
}
/** A list with `fn` of its elements: itself where none changes, as in most nodes of large graphs. */
function changed(list: Source[], fn: (source: Source) => Source): Source[] {
  for (let i = 0; i < list.length; i++) if (fn(list[i]) !== list[i]) return list.map(fn);
  return list;
}
/** Puts nodes in the place of others, output for output: for whoever reads them, waits for them or wants them run. */
export function mapNodes(pruned: PrunedGraph, fn: (node: PlanNode) => PlanNode): void {
  pruned.nodes = [...new Set(pruned.nodes.map(fn))];
  mapSources(pruned, (s) => ('feed' in s ? s : { node: fn(s.node), index: s.index }));
  for (const node of pruned.nodes) node.controls = [...new Set(node.controls.map(fn))].filter((c) => c !== node);
  pruned.targets = pruned.targets.map(fn);
}

/** What takes the place of a node: of its output 0 another edge, or of the whole of it another node. */
export type StandIn = Source | PlanNode;
/**
 * Asks a rule about every node, in order: what may stand in its place? The rule sees inputs that are replaced already.
 * A node that is replaced is gone, so the rule must be sure that it would not have failed.
 */
export function rewriteAll(pruned: PrunedGraph, rule: (node: PlanNode) => StandIn | null): number {
  const to = new Map<PlanNode, StandIn>();
  const follow = (s: Source): Source => {
    const standIn = 'feed' in s ? undefined : to.get(s.node);
    if (!standIn || 'feed' in s) return s;
    return isNode(standIn) ? { node: standIn, index: s.index } : standIn;
  };
  const waitedFor = new Set(pruned.targets);
  for (const { controls } of pruned.nodes) for (const control of controls) waitedFor.add(control);
  for (const node of pruned.nodes) {
    if (to.size) node.inputs = changed(node.inputs, follow);
    const standIn = rule(node);
    // One can wait for a node, but not for one of the two ways that a Switch opens.
    if (standIn && !(waitedFor.has(node) && 'node' in standIn && roleOf(standIn.node) === 'switch'))
      to.set(node, standIn);
  }
  if (!to.size) return 0;
  pruned.nodes = pruned.nodes.filter((node) => !to.has(node));
  // A loop's way back reads what comes later.
  for (const node of pruned.nodes) if (roleOf(node) === 'merge') node.inputs = node.inputs.map(follow);
  pruned.fetches = pruned.fetches.map(follow);
  // Who waited for it waits for what stands in its place.
  const waitFor = (node: PlanNode): PlanNode[] => {
    const standIn = to.get(node);
    if (!standIn) return [node];
    return isNode(standIn) ? [standIn] : 'feed' in standIn ? [] : [standIn.node];
  };
  for (const node of pruned.nodes)
    if (node.controls.length) node.controls = [...new Set(node.controls.flatMap(waitFor))];
  pruned.targets = pruned.targets.flatMap(waitFor);
  return to.size;
}
function isNode(standIn: StandIn): standIn is PlanNode {
  return 'type' in standIn;
}

/** Whether a node may give way to one of its inputs: it waits for nothing, and is there exactly where the input is. */
export function givesWayTo(node: PlanNode, source: Source): boolean {
  return !node.controls.length && node.branch === branchOf(source);
}

/**
 * Drops what no fetch or target needs any more. What draws random numbers stays, as does what has effects, and what may
 * fail: a run that would fail without passes fails with them.
 */
export function removeDead(pruned: PrunedGraph, facts: Facts): number {
  const live = new Set<PlanNode>();
  const stack: PlanNode[] = [
    ...pruned.targets,
    ...pruned.fetches.flatMap((s) => ('feed' in s ? [] : [s.node])),
    ...pruned.nodes.filter((n) => n.def.effect === 'draws' || hasEffect(n) || mayFail(n, facts)),
  ];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (live.has(node)) continue;
    live.add(node);
    for (const s of node.inputs) if (!('feed' in s)) stack.push(s.node);
    append(stack, node.controls);
  }
  const before = pruned.nodes.length;
  pruned.nodes = pruned.nodes.filter((node) => live.has(node));
  return before - pruned.nodes.length;
}
