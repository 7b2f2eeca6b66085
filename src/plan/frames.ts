/**
 * Which frame each node runs in, after TensorFlow's BuildControlFlowInfo. A loop is a frame: values come in by Enter,
 * go round by NextIteration, and leave by Exit. Everything that a node reads or waits for must be in its own frame.
 */
import { InternalError, InvalidArgumentError } from '../base/errors';
import { addUnder } from '../base/room';
import type { Operation, Tensor } from '../graph/graph';
import { nodeFrame } from '../graph/trace';
import { type Frame, type PlanNode, ROOT, frameBehind, moves, roleOf } from './node';

/** Whether an input is a loop's way back, which no order of nodes can put before its reader. */
export function isBackEdge(reader: Operation, from: Operation): boolean {
  return reader.def.row.control === 'merge' && from.def.row.control === 'nextIteration';
}

/**
 * Says of each node which frame it runs in; of an Enter and an Exit, which frame it leads to.
 *
 * @param nodes  in an order that leaves ways back out of account
 * @throws InvalidArgumentError  where the frames of what a node needs differ
 */
export function findFrames(nodes: readonly PlanNode[], feeds: readonly Tensor[]): void {
  if (!nodes.some(moves)) return;
  const frames = new Map<string, Frame>();
  const conds = new Map<Frame, PlanNode>();
  const placed = new Set<PlanNode>();
  for (const node of nodes) {
    const needs = needsOf(node, placed, feeds);
    node.frame = needs[0]?.frame ?? ROOT;
    if (needs.some(({ frame }) => frame !== node.frame)) throw differ(node, needs, nodes);
    placed.add(node);
    const role = roleOf(node);
    if (role === 'enter') node.leadsTo = entered(node, frames);
    else if (role === 'exit' || role === 'nextIteration') node.leadsTo = left(node, role);
    else if (role === 'loopCond') checkOnlyCond(node, conds);
  }
  for (const node of nodes)
    if (roleOf(node) === 'merge') {
      const needs = needsOf(node, placed, feeds);
      if (needs.some(({ frame }) => frame !== node.frame)) throw differ(node, needs, nodes);
    }
}
/** What a node reads or waits for, as far as it is known where that is. */
interface Need {
  readonly from: PlanNode | number;
  readonly frame: Frame;
  readonly name: string;
}
function needsOf(node: PlanNode, placed: ReadonlySet<PlanNode>, feeds: readonly Tensor[]): Need[] {
  const needs: Need[] = [];
  const add = (from: PlanNode): void => {
    if (placed.has(from)) needs.push({ from, frame: frameBehind(from), name: from.op.name });
  };
  node.inputs.forEach((s) => {
    if ('node' in s) return add(s.node);
    const { op, valueIndex } = feeds[s.feed];
    needs.push({ from: s.feed, frame: ROOT, name: `_arg_${op.name}_${valueIndex}_${s.feed}` });
  });
  node.controls.forEach(add);
  return needs;
}
function entered(node: PlanNode, frames: Map<string, Frame>): Frame {
  const name = String(node.attrs['frame_name'] ?? '');
  if (!name) throw refused(node, `The Enter {{node ${node.op.name}}} must have a frame name.`);
  const known = frames.get(name);
  if (!known) {
    const parallelIterations = Math.max(1, Number(node.attrs['parallel_iterations'] ?? 10));
    const made: Frame = { name, parent: node.frame, parallelIterations };
    frames.set(name, made);
    return made;
  }
  if (known.parent !== node.frame)
    throw new InternalError(
      node.op,
      `Invalid loop structure: Mismatched parent frames for "${name}": "${node.frame.name}" vs ` +
        `"${known.parent?.name}". The node giving this error: {{node ${node.op.name}}}. ${REPORT}` +
        `${madeAt(node)}\n  fix: give each loop a frame name of its own.`,
    );
  return known;
}
function left(node: PlanNode, role: 'exit' | 'nextIteration'): Frame {
  const { parent } = node.frame;
  if (!parent)
    throw refused(
      node,
      `{{node ${node.op.name}}} (op: '${node.type}') is in no loop.`,
      `${role === 'exit' ? 'leave' : 'repeat'} only what came into a frame by an Enter.`,
    );
  return role === 'exit' ? parent : node.frame;
}
/** Two loops may share a frame where one of them counts for the other's gradient. */
function checkOnlyCond(node: PlanNode, conds: Map<Frame, PlanNode>): void {
  const other = conds.get(node.frame);
  conds.set(node.frame, node);
  if (!other || [node, other].some(({ op }) => op.name.includes('LoopCounter'))) return;
  throw refused(
    node,
    `Invalid loop structure: Loop "${node.frame.name}" has more than one LoopCond node: {{node ${node.op.name}}} and ` +
      `{{node ${other.op.name}}}. ${REPORT}`,
    'give each loop a frame name of its own, and one LoopCond.',
  );
}
/** What TensorFlow says of loops that its own functions would not make. */
const REPORT = 'This is an internal bug, please file a bug report with instructions on how to reproduce the error.';

/** Names the two that TensorFlow comes to first, as it goes through the graph in breadth. */
function differ(node: PlanNode, needs: readonly Need[], nodes: readonly PlanNode[]): InvalidArgumentError {
  const at = ranks(nodes);
  const [first, ...later] = [...needs].sort((a, b) => (at.get(a.from) ?? NaN) - (at.get(b.from) ?? NaN));
  const other = later.find(({ frame }) => frame !== first.frame)!;
  return refused(
    node,
    `{{node ${node.op.name}}} has inputs from different frames. The input {{node ${other.name}}} is in frame ` +
      `'${other.frame.name}'. The input {{node ${first.name}}} is in frame '${first.frame.name}'.`,
    'bring a value into a loop with an Enter of its frame; a constant in a loop waits for something in it.',
  );
}
/** The order of a walk in breadth, from what needs nothing; feeds by number. */
function ranks(nodes: readonly PlanNode[]): ReadonlyMap<PlanNode | number, number> {
  const readers = new Map<PlanNode | number, PlanNode[]>();
  const isRead = (from: PlanNode | number, by: PlanNode): void => addUnder(readers, from, by);
  for (const node of nodes) {
    for (const s of node.inputs) isRead('node' in s ? s.node : s.feed, node);
    for (const control of node.controls) isRead(control, node);
  }
  const order = new Set<PlanNode | number>(nodes.filter((node) => !node.inputs.length && !node.controls.length));
  for (const from of readers.keys()) if (typeof from === 'number') order.add(from);
  // A Set is walked in order of insertion, and what is added meanwhile is visited too.
  for (const from of order) for (const reader of readers.get(from) ?? []) order.add(reader);
  return new Map([...order].map((from, i) => [from, i]));
}
function refused(node: PlanNode, sentence: string, fix?: string): InvalidArgumentError {
  return new InvalidArgumentError(node.op, `${sentence}${madeAt(node)}${fix ? `\n  fix: ${fix}` : ''}`);
}
function madeAt({ op }: PlanNode): string {
  return op.trace.line ? `\n${nodeFrame(op)}` : '';
}
