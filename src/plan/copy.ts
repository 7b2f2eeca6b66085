/** Nodes of a graph as nodes of a plan: copies, which passes may rewrite. */
import type { DType } from '../base/dtype';
import { entryOf } from '../base/keys';
import type { Operation, Tensor } from '../graph/graph';
import { InvalidArgumentError } from '../base/errors';
import { isBackEdge } from './frames';
import { type PlanNode, ROOT, type Source } from './node';

/** Where an edge of the graph comes from in the plan. */
export interface Copied {
  /** In an order in which every node comes after what it reads, but for the ways back of loops. */
  readonly nodes: PlanNode[];
  source(tensor: Tensor): Source;
  node(op: Operation): PlanNode;
}
/** Copies what `roots` need when `feeds` are given. Linear in the size of what is copied. */
export function copyNeeded(roots: Iterable<Operation>, feeds: readonly Tensor[]): Copied {
  const feedOf = new Map(feeds.map((t, i) => [t, i]));
  const needed = new Set<Operation>();
  // Who waits for a placeholder that is fed waits for the feed; any other node runs, fed or not.
  const waitedFor = (op: Operation): readonly Operation[] =>
    op.controlInputs.length ? op.controlInputs.filter((c) => !c.def.row.isFed || !feedOf.has(c.outputs[0])) : NONE;
  const stack: Operation[] = [];
  const visit = (op: Operation): void => {
    if (!needed.has(op)) {
      needed.add(op);
      stack.push(op);
    }
  };
  for (const op of roots) visit(op);
  for (let op = stack.pop(); op; op = stack.pop()) {
    for (const t of op.inputs) if (!feedOf.has(t)) visit(t.op);
    waitedFor(op).forEach(visit);
  }
  const nodeOf = new Map<Operation, PlanNode>();
  const source = (t: Tensor): Source => {
    const feed = feedOf.get(t);
    return feed !== undefined ? { feed } : { node: entryOf(nodeOf, t.op), index: t.valueIndex };
  };
  const order = inOrder(needed);
  const nodes = order.map(copyOf);
  nodes.forEach((node, i) => nodeOf.set(order[i], node));
  nodes.forEach((node, i) => {
    for (const t of order[i].inputs) node.inputs.push(source(t));
    for (const c of waitedFor(order[i])) node.controls.push(entryOf(nodeOf, c));
  });
  return { nodes, source, node: (op) => entryOf(nodeOf, op) };
}

const NONE: readonly Operation[] = [];
function copyOf(op: Operation): PlanNode {
  const { def, type, sharedAttrs: attrs, outputs } = op;
  const outputTypes = outputs.length === 1 ? oneType(outputs[0].dtype) : outputs.map((t) => t.dtype);
  return { op, def, type, attrs, inputs: [], controls: [], frame: ROOT, branch: 0, outputTypes };
}
/** Nodes of one output, which are most, share the list of its type. */
const ONE_TYPE = new Map<DType, readonly DType[]>();
function oneType(dtype: DType): readonly DType[] {
  let list = ONE_TYPE.get(dtype);
  if (!list) ONE_TYPE.set(dtype, (list = [dtype]));
  return list;
}

/**
 * Creation order, which is topological unless edges were added later; then a depth-first order. The ways back of loops
 * do not count.
 * @throws InvalidArgumentError  where a node needs itself
 */
function inOrder(needed: ReadonlySet<Operation>): Operation[] {
  const byId = [...needed].sort((a, b) => a.id - b.id);
  const sorted = byId.every(
    (op) =>
      op.inputs.every((t) => t.op.id < op.id || isBackEdge(op, t.op)) && op.controlInputs.every((c) => c.id < op.id),
  );
  if (sorted) return byId;
  /** Whether what it needs is all before it: false while that is looked for. */
  const done = new Map<Operation, boolean>();
  const order: Operation[] = [];
  for (const root of byId) {
    const stack: [Operation, number][] = [[root, 0]];
    while (stack.length) {
      const top = stack[stack.length - 1];
      const [op, next] = top;
      if (done.get(op)) {
        stack.pop();
        continue;
      }
      done.set(op, false);
      const before = next < op.inputs.length ? op.inputs[next].op : op.controlInputs[next - op.inputs.length];
      if (!before) {
        done.set(op, true);
        order.push(op);
        stack.pop();
        continue;
      }
      top[1]++;
      if (!needed.has(before) || done.get(before) || (next < op.inputs.length && isBackEdge(op, before))) continue;
      if (done.has(before)) throw cycle(stack.map(([at]) => at).slice(stack.findIndex(([at]) => at === before)));
      stack.push([before, 0]);
    }
  }
  return order;
}
function cycle(ops: readonly Operation[]): InvalidArgumentError {
  const names = ops.slice(0, MOST_NAMES).map((op) => op.name);
  const lines = ops.flatMap((op) => (op.trace.line ? [op.trace.line] : []));
  return new InvalidArgumentError(
    ops[0],
    `Graph is invalid, contains a cycle with ${ops.length} nodes, including: ${names.join(', ')}` +
      `${lines.length ? `\n  made at ${[...new Set(lines)].slice(0, MOST_NAMES).join(', ')}` : ''}` +
      '\n  fix: an edge that was added later leads back: take out the control input, or the input, that closes ' +
      'the ring.',
  );
}
const MOST_NAMES = 3;
