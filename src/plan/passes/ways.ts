/** Ways that are known never to be taken, and constants that need not be made anew on each way or in each iteration. */
import { int32 } from '../../base/dtype';
import { NDArray } from '../../base/ndarray';
import { hostKernel } from '../../kernels/registry';
import { findBranches } from '../branches';
import type { Facts } from '../facts';
import {
  type Output,
  type PlanNode,
  type PrunedGraph,
  ROOT,
  type Source,
  branchOf,
  frameBehind,
  isRef,
  moves,
  newNode,
  nodesWithEffects,
  roleOf,
} from '../node';
import { mapSources } from '../rewrite';

/**
 * Switch(x, true) -> x on one side, and nothing of what needs the other; Merge(x, what never comes) -> x. Where a
 * fetch, a target or a part of a loop would go, everything stays.
 */
export function removeDeadBranches(pruned: PrunedGraph, facts: Facts): number {
  const taken = new Map<PlanNode, number>();
  for (const node of pruned.nodes) {
    if (roleOf(node) !== 'switch' || isRef(node.inputs[0])) continue;
    const value = facts.value(node.inputs[1]);
    if (value?.size === 1) taken.set(node, value.data[0] ? 1 : 0);
  }
  if (!taken.size) return 0;
  const dead = deadNodes(pruned.nodes, taken);
  const isDead = (s: Source): boolean => 'node' in s && (dead.has(s.node) || isOtherWay(s, taken));
  if (pruned.fetches.some(isDead) || pruned.targets.some((node) => dead.has(node)) || breaksLoops(pruned.nodes, dead))
    return 0;
  const to = new Map<PlanNode, readonly Source[]>();
  const follow = (s: Source): Source => ('node' in s ? (to.get(s.node)?.[s.index] ?? s) : s);
  const made: PlanNode[] = [];
  for (const node of pruned.nodes) {
    if (dead.has(node)) continue;
    const side = taken.get(node);
    if (side !== undefined) to.set(node, [follow(node.inputs[0]), follow(node.inputs[0])]);
    else if (roleOf(node) === 'merge' && node.inputs.some(isDead)) {
      const alive = node.inputs.findIndex((s) => !isDead(s));
      if (node.inputs.filter((s) => !isDead(s)).length > 1 || isRef(node.inputs[alive])) continue;
      const index = indexNode(node, alive);
      made.push(index);
      to.set(node, [follow(node.inputs[alive]), { node: index, index: 0 }]);
    }
  }
  pruned.nodes = [...made, ...pruned.nodes].filter((node) => !dead.has(node) && !to.has(node));
  mapSources(pruned, follow);
  // Who waited for one of them waits for what it gave.
  const standIn = (node: PlanNode): PlanNode[] => {
    const sources = to.has(node) ? [...new Set(node.inputs)].filter((s) => !isDead(s)).map(follow) : [];
    return to.has(node) ? sources.flatMap((s) => ('node' in s ? [s.node] : [])) : [node];
  };
  for (const node of pruned.nodes)
    if (node.controls.length) node.controls = [...new Set(node.controls.filter((c) => !dead.has(c)).flatMap(standIn))];
  pruned.targets = pruned.targets.flatMap(standIn);
  findBranches(pruned);
  return taken.size;
}
function isOtherWay({ node, index }: Output, taken: ReadonlyMap<PlanNode, number>): boolean {
  const side = taken.get(node);
  return side !== undefined && side !== index;
}
/** What is never run. */
function deadNodes(nodes: readonly PlanNode[], taken: ReadonlyMap<PlanNode, number>): ReadonlySet<PlanNode> {
  const dead = new Set<PlanNode>();
  const isDead = (s: Source): boolean => 'node' in s && (dead.has(s.node) || isOtherWay(s, taken));
  for (const node of nodes) {
    const role = roleOf(node);
    if (role === 'trigger') continue;
    const needsAll = role !== 'merge';
    if (needsAll ? node.inputs.some(isDead) || node.controls.some((c) => dead.has(c)) : node.inputs.every(isDead))
      dead.add(node);
  }
  return dead;
}
/** Whether a loop would lose a part of itself: it goes as a whole, or stays. */
function breaksLoops(nodes: readonly PlanNode[], dead: ReadonlySet<PlanNode>): boolean {
  const broken = new Set(
    [...dead].filter(moves).map((node) => (roleOf(node) === 'exit' ? node.frame : frameBehind(node))),
  );
  return broken.size > 0 && nodes.some((node) => broken.has(node.frame) && !dead.has(node));
}
function indexNode({ op, branch, frame, controls }: PlanNode, index: number): PlanNode {
  const attrs = { value: new NDArray(int32, [], Int32Array.of(index)), dtype: int32 };
  return newNode(op, 'Const', { attrs, inputs: [], outputTypes: [int32], controls, branch, frame });
}

/**
 * Constants that wait for a way of a Switch, or an iteration of a loop -> constants that are there always, where who
 * reads them reads something else of that way as well.
 */
export function freeConstants(pruned: PrunedGraph): number {
  const effects = nodesWithEffects(pruned);
  const held = new Set(
    pruned.nodes.filter(
      (node) => node.controls.length > 0 && hostKernel(node.type)?.once === true && !effects.has(node),
    ),
  );
  const isHeld = (s: Source): boolean => 'node' in s && held.has(s.node);
  for (const s of pruned.fetches) if ('node' in s) held.delete(s.node);
  for (const node of pruned.targets) held.delete(node);
  for (const node of pruned.nodes) {
    for (const control of node.controls) held.delete(control);
    const isThere = roleOf(node) !== 'merge' && node.inputs.some((s) => !isHeld(s) && branchOf(s) === node.branch);
    if (!isThere) for (const s of node.inputs) if ('node' in s) held.delete(s.node);
  }
  for (const node of held) {
    node.controls = [];
    node.branch = 0;
    node.frame = ROOT;
  }
  // Constants without a place come first.
  pruned.nodes = [...held, ...pruned.nodes.filter((node) => !held.has(node))];
  return held.size;
}
