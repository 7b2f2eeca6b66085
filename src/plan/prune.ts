/** From a graph to the part of it that a run needs: a copy that passes may rewrite. */
import type { DType } from '../base/dtype';
import type { Operation, Tensor } from '../graph/graph';
import { type AttrValue, opDef } from '../graph/opdef';

/** Where an input comes from: an output of a node, or a fed value. */
export type Source = { readonly node: PlanNode; readonly index: number } | { readonly feed: number };

export function sameSource(a: Source, b: Source): boolean {
  return 'feed' in a ? 'feed' in b && a.feed === b.feed : !('feed' in b) && a.node === b.node && a.index === b.index;
}

/** Whether it hands on a variable rather than a value. */
export function isRef(s: Source): boolean {
  return !('feed' in s) && s.node.outputTypes[s.index].isRef;
}

/** A node of the pruned copy. */
export interface PlanNode {
  readonly op: Operation;
  type: string;
  attrs: Readonly<Record<string, AttrValue>>;
  /** True where a pass has changed its attributes: it shares no state with the graph's node. */
  changed?: boolean;
  inputs: Source[];
  controls: PlanNode[];
  readonly outputTypes: readonly DType[];
  /** Nodes that a device runs as one, in the place of this node. */
  readonly group?: {
    readonly nodes: readonly PlanNode[];
    readonly inputs: readonly Source[];
    readonly outputs: readonly Source[];
  };
}

/** The pruned copy of a graph, for one set of fetches, targets and feeds. */
export interface PrunedGraph {
  /** In an order in which every node comes after what it reads. */
  nodes: PlanNode[];
  readonly feeds: readonly Tensor[];
  fetches: Source[];
  targets: PlanNode[];
}
/** Whether running a node changes something beside its outputs. */
export function hasEffect(node: PlanNode): boolean {
  const { row, stateful } = opDef(node.type);
  return stateful && row.effect !== 'none';
}
/** Nodes at or above which something has effects: a rewrite that drops the edge to one of them would drop the effects. */
export function nodesWithEffects(pruned: PrunedGraph): ReadonlySet<PlanNode> {
  const found = new Set<PlanNode>();
  for (const node of pruned.nodes) {
    const own = hasEffect(node) || node.controls.length > 0;
    if (own || node.inputs.some((s) => !('feed' in s) && found.has(s.node))) found.add(node);
  }
  return found;
}
/** Keeps what `fetches` and `targets` need when `feeds` are given. Linear in the size of what is kept. */
export function prune(
  fetches: readonly Tensor[],
  targets: readonly Operation[],
  feeds: readonly Tensor[],
): PrunedGraph {
  const feedOf = new Map(feeds.map((t, i) => [t, i]));
  const needed = new Set<Operation>();
  // Who waits for a placeholder that is fed waits for the feed; any other node runs, fed or not.
  const waitedFor = (op: Operation): Operation[] =>
    op.controlInputs.filter((c) => c.type !== 'Placeholder' || !feedOf.has(c.outputs[0]));
  const stack: Operation[] = [];
  const visit = (op: Operation): void => {
    if (!needed.has(op)) {
      needed.add(op);
      stack.push(op);
    }
  };
  for (const t of fetches) if (!feedOf.has(t)) visit(t.op);
  targets.forEach(visit);
  for (let op = stack.pop(); op; op = stack.pop()) {
    for (const t of op.inputs) if (!feedOf.has(t)) visit(t.op);
    waitedFor(op).forEach(visit);
  }
  const nodeOf = new Map<Operation, PlanNode>();
  const source = (t: Tensor): Source => {
    const feed = feedOf.get(t);
    return feed !== undefined ? { feed } : { node: nodeOf.get(t.op)!, index: t.valueIndex };
  };
  const order = inOrder(needed);
  for (const op of order)
    nodeOf.set(op, {
      op,
      type: op.type,
      attrs: op.nodeDef.attr,
      inputs: [],
      controls: [],
      outputTypes: op.outputs.map((t) => t.dtype),
    });
  for (const op of order) {
    const node = nodeOf.get(op)!;
    node.inputs = op.inputs.map(source);
    node.controls = waitedFor(op).map((c) => nodeOf.get(c)!);
  }
  return {
    nodes: order.map((op) => nodeOf.get(op)!),
    feeds,
    fetches: fetches.map(source),
    targets: targets.map((op) => nodeOf.get(op)!),
  };
}

/** Creation order, which is topological unless edges were added later; then a depth-first order. */
function inOrder(needed: ReadonlySet<Operation>): Operation[] {
  const byId = [...needed].sort((a, b) => a.id - b.id);
  const sorted = byId.every(
    (op) => op.inputs.every((t) => t.op.id < op.id) && op.controlInputs.every((c) => c.id < op.id),
  );
  if (sorted) return byId;
  const done = new Set<Operation>();
  const order: Operation[] = [];
  for (const root of byId) {
    const stack: [Operation, number][] = [[root, 0]];
    while (stack.length) {
      const top = stack[stack.length - 1];
      const [op, next] = top;
      if (done.has(op)) {
        stack.pop();
        continue;
      }
      const before = next < op.inputs.length ? op.inputs[next].op : op.controlInputs[next - op.inputs.length];
      if (before) {
        top[1]++;
        if (needed.has(before) && !done.has(before)) stack.push([before, 0]);
      } else {
        done.add(op);
        order.push(op);
        stack.pop();
      }
    }
  }
  return order;
}
