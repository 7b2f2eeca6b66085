/**
 * Loops, and what parts at a Switch and joins again, as wholes: a device takes all of such a region, or nothing.
 * Inside, TensorFlow's executor leaves out what is not taken and goes round, as ours does.
 */
import { hostKernel } from '../kernels/registry';
import type { DType } from '../base/dtype';
import { findLoops } from './loops';
import {
  type Output,
  type PlanNode,
  type PrunedGraph,
  ROOT,
  type Source,
  branchBehind,
  branchOf,
  frameBehind,
  isOfStep,
  isView,
  roleOf,
} from './node';

/** Nodes that are in a loop, on a way of a Switch, or bring values there or away; and stacks and arrays of a step. */
export type Region = ReadonlySet<PlanNode>;

/** The regions of a graph from which nothing but what is always there goes out, by node. */
export function regionsOf(pruned: PrunedGraph): ReadonlyMap<PlanNode, Region> {
  const { nodes, fetches, targets } = pruned;
  const found = new Map<PlanNode, Region>();
  const members = nodes.filter(isMember);
  if (!members.length) return found;
  const groups = new Groups(members);
  for (const node of members) {
    for (const s of node.inputs) if ('node' in s) groups.join(node, s.node);
    for (const control of node.controls) groups.join(node, control);
  }
  // What brings values into a loop, and what is in it, is one region, be there an edge between them or not.
  const firstIn = new Map([[ROOT, null as PlanNode | null]]);
  for (const node of members)
    for (const frame of [node.frame, frameBehind(node)]) {
      const first = firstIn.get(frame);
      if (first === undefined) firstIn.set(frame, node);
      else if (first) groups.join(first, node);
    }
  const asked = new Set([...targets, ...fetches.flatMap((s) => ('node' in s && isInside(s) ? [s.node] : []))]);
  const loops = findLoops(pruned);
  // What nobody reads is there because it may fail: it would have to be read from where it is not always there.
  const isRead = new Set(
    nodes.flatMap((n) => [...n.inputs.flatMap((s) => ('node' in s ? [s.node] : [])), ...waitsOf(n)]),
  );
  for (const s of fetches) if ('node' in s) isRead.add(s.node);
  for (const region of groups.all()) {
    const isWhole = [...region].every(
      (node) =>
        !asked.has(node) &&
        // A variable that is read in it is read when it begins.
        !node.outputTypes.some((t) => t.isRef) &&
        (node.frame === ROOT || (loops.has(node.frame) && readsWithin(node, region))) &&
        // Whatever reads or fills what lives for a step is in it, too.
        node.inputs.every((s) => !isNoTensor(s) || ('node' in s && region.has(s.node))) &&
        isRead.has(node),
    );
    if (isWhole && !leaks(region, nodes)) for (const node of region) found.set(node, region);
  }
  return found;
}
function isMember(node: PlanNode): boolean {
  return isApart(node) || roleOf(node) !== undefined || isOfStep(node);
}
/** Whether it is in a loop, or on a way: then it matters what it waits for. */
function isApart(node: PlanNode): boolean {
  return node.branch !== 0 || node.frame !== ROOT;
}
/** What a node must wait for to be there exactly where, and when, it should. */
export function waitsOf(node: PlanNode): readonly PlanNode[] {
  return isApart(node) || isOfStep(node) ? node.controls : node.controls.filter(isOfStep);
}
/** Whether it leads to something that is no tensor. */
function isNoTensor(s: Source): boolean {
  return 'node' in s && !isTensor(s.node.outputTypes[s.index]);
}
export function isTensor({ name }: DType): boolean {
  return name !== 'resource' && name !== 'variant';
}
/** Whether it means something inside alone: it is there at times only, leads to what is no tensor, or is a view. */
function isInside(s: Output): boolean {
  return branchOf(s) !== 0 || isNoTensor(s) || isView(s);
}
/** Whether a node in a loop reads nothing else than what is in its region, and constants. */
function readsWithin(node: PlanNode, region: Region): boolean {
  return node.inputs.every((s) => 'node' in s && (region.has(s.node) || hostKernel(s.node.type)?.once === true));
}
/** Whether somebody outside reads, or waits for, what is there at times only. */
function leaks(region: Region, nodes: readonly PlanNode[]): boolean {
  return nodes.some(
    (node) =>
      !region.has(node) &&
      (node.inputs.some((s) => 'node' in s && region.has(s.node) && isInside(s)) ||
        node.controls.some((c) => region.has(c) && (branchBehind(c) !== 0 || frameBehind(c) !== ROOT))),
  );
}

/** Sets of nodes that grow together. */
class Groups {
  private readonly of = new Map<PlanNode, Set<PlanNode>>();
  constructor(nodes: readonly PlanNode[]) {
    for (const node of nodes) this.of.set(node, new Set([node]));
  }
  join(a: PlanNode, b: PlanNode): void {
    const [x, y] = [this.of.get(a), this.of.get(b)];
    if (!x || !y || x === y) return;
    const [small, large] = x.size < y.size ? [x, y] : [y, x];
    for (const node of small) {
      large.add(node);
      this.of.set(node, large);
    }
  }
  all(): ReadonlySet<Region> {
    return new Set(this.of.values());
  }
}
