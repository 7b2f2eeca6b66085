/** What is the same in every iteration of a loop -> computed once, where the loop is entered. */
import { entryOf } from '../../base/keys';
import { hostKernel } from '../../kernels/registry';
import { findBranches } from '../branches';
import type { Facts } from '../facts';
import { mayFail } from '../failures';
import {
  type PlanNode,
  type PrunedGraph,
  ROOT,
  type Source,
  branchOf,
  isInvariant,
  isRef,
  newNode,
  nodesWithEffects,
  roleOf,
} from '../node';

/**
 * f(Enter(x)) -> Enter(f(x)), where both Enters bring their value into every iteration. Only what has no effects, does
 * not draw and cannot fail: a loop may go round no time at all.
 */
export function hoistInvariants(pruned: PrunedGraph, facts: Facts): number {
  let found = 0;
  // What has left an inner loop may leave the one around it, too.
  for (let more = hoistOnce(pruned, facts); more > 0; more = hoistOnce(pruned, facts)) found += more;
  if (found > 0) findBranches(pruned);
  return found;
}
function hoistOnce(pruned: PrunedGraph, facts: Facts): number {
  const chosen = chosenIn(pruned, facts);
  if (![...chosen].some((node) => node.inputs.length > 0)) return 0;
  const places = new Map(pruned.nodes.map((node, i) => [node, i]));
  /** Behind which node each of them goes, and what the Enters that it reads wait for. */
  const behind = new Map<PlanNode, { readonly at: number; readonly waits: ReadonlySet<PlanNode> }>();
  const added = new Map<number, PlanNode[]>();
  const enters = new Map<PlanNode, Map<number, PlanNode>>();
  const free: PlanNode[] = [];
  for (const node of chosen) {
    const { frame } = node;
    node.controls = [];
    if (!node.inputs.length) {
      node.frame = ROOT;
      node.branch = 0;
      free.push(node);
      continue;
    }
    const from = node.inputs.flatMap((s) => ('node' in s ? [s.node] : []));
    const at = Math.max(...from.map((n) => behind.get(n)?.at ?? (chosen.has(n) ? -1 : entryOf(places, n))));
    const waits = new Set(from.flatMap((n) => (isInvariant(n) ? n.controls : [...(behind.get(n)?.waits ?? [])])));
    node.inputs = node.inputs.map((s) => ('node' in s && isInvariant(s.node) ? s.node.inputs[0] : s));
    node.frame = frame.parent!;
    behind.set(node, { at, waits });
    const made = node.outputTypes.map((type, index): PlanNode => {
      const attrs = {
        T: type,
        frame_name: frame.name,
        is_constant: true,
        parallel_iterations: frame.parallelIterations,
      };
      const enter = newNode(node.op, 'Enter', {
        attrs,
        inputs: [{ node, index }],
        outputTypes: [type],
        controls: [...waits],
        frame: node.frame,
      });
      enter.leadsTo = frame;
      return enter;
    });
    enters.set(node, new Map(made.map((enter, index) => [index, enter])));
    added.set(at, [...(added.get(at) ?? []), node, ...made]);
  }
  // What left the inner loop may read what left the outer one at the same time.
  for (const node of pruned.nodes)
    node.inputs = node.inputs.map((s): Source => {
      const enter = 'node' in s ? enters.get(s.node)?.get(s.index) : undefined;
      return enter && (!chosen.has(node) || enter.leadsTo === node.frame) ? { node: enter, index: 0 } : s;
    });
  pruned.nodes = [
    ...free,
    // What reads constants alone, and is no constant itself: the device computes it.
    ...(added.get(-1) ?? []),
    ...pruned.nodes.flatMap((node, i) => [...(chosen.has(node) ? [] : [node]), ...(added.get(i) ?? [])]),
  ];
  return enters.size;
}

/** What may leave its loop, in order; constants, which are everywhere then, among it. */
function chosenIn(pruned: PrunedGraph, facts: Facts): ReadonlySet<PlanNode> {
  const chosen = new Set<PlanNode>();
  const effects = nodesWithEffects(pruned);
  for (const node of pruned.nodes)
    if (node.frame !== ROOT && isPlain(node) && !node.controls.some((c) => effects.has(c)) && !mayFail(node, facts)) {
      const reads = node.inputs.map(
        (s) => 'node' in s && (chosen.has(s.node) || isEverywhere(s.node) || enters(s.node, node)),
      );
      const isConstant = hostKernel(node.type)?.once === true;
      if (isConstant || (node.inputs.length > 0 && reads.every(Boolean))) chosen.add(node);
    }
  if (!chosen.size) return chosen;
  /** They wait for something: who reads them must read something else that is there where they were. */
  const held = new Set<PlanNode>();
  for (const node of chosen)
    if (node.controls.length || node.inputs.some((s) => 'node' in s && held.has(s.node))) held.add(node);
  const drop = (s: Source | PlanNode): boolean => {
    const node = 'type' in s ? s : 'node' in s ? s.node : null;
    return node !== null && chosen.delete(node);
  };
  for (const s of pruned.fetches) drop(s);
  for (const node of pruned.targets) drop(node);
  for (let dropped = true; dropped; ) {
    dropped = false;
    for (const node of pruned.nodes) {
      for (const control of node.controls) dropped = drop(control) || dropped;
      if (chosen.has(node)) {
        // It goes where what it reads goes.
        const stays = node.inputs.some(
          (s) => 'node' in s && !(chosen.has(s.node) || isEverywhere(s.node) || enters(s.node, node)),
        );
        if (stays) dropped = drop(node) || dropped;
        continue;
      }
      const isHeld = (s: Source): boolean => 'node' in s && chosen.has(s.node) && held.has(s.node);
      if (!node.inputs.some(isHeld)) continue;
      const isThere = roleOf(node) !== 'merge' && node.inputs.some((s) => !isHeld(s) && branchOf(s) === node.branch);
      if (!isThere) for (const s of node.inputs) if (isHeld(s)) dropped = drop(s) || dropped;
    }
  }
  return chosen;
}
function isPlain(node: PlanNode): boolean {
  return (
    node.def.effect === 'pure' &&
    roleOf(node) === undefined &&
    !node.views &&
    node.outputTypes.length > 0 &&
    !node.outputTypes.some((t) => t.isRef) &&
    !node.inputs.some(isRef)
  );
}
/** A constant that waits for nothing. */
function isEverywhere(node: PlanNode): boolean {
  return node.frame === ROOT && !node.inputs.length && !node.controls.length && hostKernel(node.type)?.once === true;
}
/** Whether it brings a value, and no reference, into every iteration of a node's loop. */
function enters(enter: PlanNode, node: PlanNode): boolean {
  return isInvariant(enter) && enter.leadsTo === node.frame && !enter.views && !isRef(enter.inputs[0]);
}
