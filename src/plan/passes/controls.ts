/** Waiting for nodes without effects -> not waiting: what they compute is the same whenever it is computed. */
import { type PlanNode, type PrunedGraph, ROOT, branchBehind, branchOf, hasEffect, moves, roleOf } from '../node';

/**
 * Replaces each node that is waited for by the effects at or above it. On one way of a Switch waiting says more: who
 * waits for a node there is itself not run where the way is not taken. What brings values into a loop, round in it or
 * out of it is waited for itself: the effects above it are those of other frames and iterations.
 */
export function removeIdleControls(pruned: PrunedGraph): number {
  // What a node's completion implies beside its value: the effects at or above it that only control edges reach.
  const effects = new Map<PlanNode, ReadonlySet<PlanNode>>();
  const none: ReadonlySet<PlanNode> = new Set();
  let removed = 0;
  for (const node of pruned.nodes) {
    const own = new Set<PlanNode>();
    for (const control of node.controls) {
      const branch = branchBehind(control);
      if (branch !== 0 && !node.inputs.some((s) => branchOf(s) === branch)) own.add(control);
      else for (const effect of effects.get(control) ?? [control]) own.add(effect);
    }
    removed += Math.max(0, node.controls.length - own.size);
    node.controls = [...own];
    if (hasEffect(node) || node.def.effect === 'draws' || isGate(node)) {
      effects.set(node, new Set([node]));
      continue;
    }
    const above = new Set(own);
    for (const s of node.inputs)
      if (!('feed' in s)) for (const effect of effects.get(s.node) ?? [s.node]) above.add(effect);
    // Of the effects above a Merge those run that are on the way taken: it is waited for itself.
    if (above.size > 0) effects.set(node, roleOf(node) === 'merge' ? new Set([node]) : above);
    else effects.set(node, none);
  }
  return removed;
}
function isGate(node: PlanNode): boolean {
  return moves(node) || roleOf(node) === 'trigger' || (node.frame !== ROOT && roleOf(node) === 'merge');
}
