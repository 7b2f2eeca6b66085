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
  const gone = withTriggers(pruned.nodes, dead);
  if (pruned.fetches.some(isDead) || pruned.targets.some((node) => gone.has(node)) || breaks(pruned.nodes, dead, gone))
    return 0;
  const { to, put, follow } = standIns(pruned, gone, taken, isDead);
  pruned.nodes = pruned.nodes.flatMap((node) => (to.has(node) || gone.has(node) ? (put.get(node) ?? []) : [node]));
  mapSources(pruned, follow);
  // Who waited for one of them waits for what it gave.
  const standIn = (node: PlanNode): PlanNode[] => {
    const [value] = to.get(node) ?? [{ node, index: 0 }];
    return 'node' in value ? [value.node] : [];
  };
  for (const node of pruned.nodes)
    if (node.controls.length) node.controls = [...new Set(node.controls.filter((c) => !gone.has(c)).flatMap(standIn))];
  pruned.targets = pruned.targets.flatMap(standIn);
  findBranches(pruned);
  return taken.size;
}
interface StandIns {
  /** What the outputs of Switch and Merge come to. */
  readonly to: ReadonlyMap<PlanNode, readonly Source[]>;
  /** A node in the place of one of them. */
  readonly put: ReadonlyMap<PlanNode, PlanNode>;
  follow(s: Source): Source;
}
function standIns(
  pruned: PrunedGraph,
  gone: ReadonlySet<PlanNode>,
  taken: ReadonlyMap<PlanNode, number>,
  isDead: (s: Source) => boolean,
): StandIns {
  const to = new Map<PlanNode, readonly Source[]>();
  const put = new Map<PlanNode, PlanNode>();
  const follow = (s: Source): Source => ('node' in s ? (to.get(s.node)?.[s.index] ?? s) : s);
  const effects = nodesWithEffects(pruned);
  for (const node of pruned.nodes) {
    if (gone.has(node)) continue;
    if (taken.has(node)) {
      const [value, gate] = passedOn(node, effects);
      if (gate) put.set(node, gate);
      to.set(node, [follow(value), follow(value)]);
    } else if (roleOf(node) === 'merge' && node.inputs.some(isDead)) {
      const alive = node.inputs.findIndex((s) => !isDead(s));
      if (node.inputs.filter((s) => !isDead(s)).length > 1 || isRef(node.inputs[alive])) continue;
      const index = indexNode(node, alive);
      put.set(node, index);
      to.set(node, [follow(node.inputs[alive]), { node: index, index: 0 }]);
    }
  }
  return { to, put, follow };
}
/**
 * What stands for a Switch whose way is known: what it passes on, or, where it says more of when that is there (in
 * fewer runs or iterations, or behind what has effects), that value behind all that the Switch waited for.
 */
function passedOn(node: PlanNode, effects: ReadonlySet<PlanNode>): [value: Source, gate?: PlanNode] {
  const [value, predicate] = node.inputs;
  const waits = [...node.controls, ...('node' in predicate ? [predicate.node] : [])];
  if (branchOf(value) === node.branch && !waits.some((each) => effects.has(each))) return [value];
  const { op, branch, frame } = node;
  const [type] = node.outputTypes;
  const gate = newNode(op, 'Identity', {
    attrs: { T: type },
    inputs: [value],
    outputTypes: [type],
    controls: waits,
    branch,
    frame,
  });
  return [{ node: gate, index: 0 }, gate];
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
/** With what only waits until others have run or are known not to, where all those never do: nobody waits for it. */
function withTriggers(nodes: readonly PlanNode[], dead: ReadonlySet<PlanNode>): ReadonlySet<PlanNode> {
  const idle = nodes.filter((node) => roleOf(node) === 'trigger' && node.controls.every((c) => dead.has(c)));
  return new Set([...dead, ...idle]);
}
/**
 * Whether a loop would lose a part of itself: it goes as a whole, or stays. And what reads nothing has to wait for
 * something, to be where it is.
 */
function breaks(nodes: readonly PlanNode[], dead: ReadonlySet<PlanNode>, gone: ReadonlySet<PlanNode>): boolean {
  const isLoose = ({ inputs, controls }: PlanNode): boolean =>
    !inputs.length && controls.length > 0 && controls.every((c) => gone.has(c));
  if (nodes.some((node) => !gone.has(node) && isLoose(node))) return true;
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
