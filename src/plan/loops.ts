/**
 * Loops as TensorFlow's while_loop makes them: every variable comes in by an Enter and a Merge, is sent on or out by a
 * Switch, and comes round by a NextIteration. Of such a loop is known before it runs what a general one shows only as
 * its values come: that a part of it runs in every iteration, and another part in all but the last.
 */
import {
  type Frame,
  type Output,
  type PlanNode,
  type PrunedGraph,
  ROOT,
  type Source,
  isInvariant,
  isRef,
  moves,
  roleOf,
} from './node';

/** A variable of a loop. */
export interface LoopVariable {
  readonly enter: PlanNode;
  readonly merge: PlanNode;
  readonly next: PlanNode;
}
export interface Loop {
  readonly frame: Frame;
  /** Everything that comes in, the variables among it. */
  readonly enters: readonly PlanNode[];
  readonly variables: readonly LoopVariable[];
  readonly cond: PlanNode;
  /** They send a variable, or what is the same in every iteration, into the body, or out. */
  readonly switches: readonly PlanNode[];
  readonly exits: readonly PlanNode[];
  /** What runs only where the loop goes on; the rest of the frame runs to find out. */
  readonly body: ReadonlySet<PlanNode>;
}

/** The loops that are so, by frame. */
export function findLoops({ nodes, fetches, targets }: PrunedGraph): ReadonlyMap<Frame, Loop> {
  const loops = new Map<Frame, Loop>();
  if (!nodes.some(moves)) return loops;
  const readers = readersOf(nodes);
  const asked = new Set([...fetches.flatMap((s) => ('node' in s ? [s.node] : [])), ...targets]);
  const members = new Map<Frame, PlanNode[]>();
  const enters = new Map<Frame, PlanNode[]>();
  const note = (map: Map<Frame, PlanNode[]>, frame: Frame, node: PlanNode): void => {
    const list = map.get(frame);
    if (list) list.push(node);
    else map.set(frame, [node]);
  };
  for (const node of nodes) {
    note(members, node.frame, node);
    if (roleOf(node) === 'enter') note(enters, node.leadsTo!, node);
  }
  for (const [frame, entering] of enters) {
    const loop = loopOf({ frame, entering, inside: members.get(frame) ?? [], readers, asked });
    if (loop) loops.set(frame, loop);
  }
  // A loop in one that is not so is not looked at alone: what it is entered by comes as it may.
  for (let dropped = true; dropped; ) {
    dropped = false;
    for (const { frame } of loops.values())
      if (frame.parent !== ROOT && !loops.has(frame.parent!)) dropped = loops.delete(frame);
  }
  return loops;
}
/** Who reads each node, or waits for it. */
type Readers = ReadonlyMap<PlanNode, readonly PlanNode[]>;
function readersOf(nodes: readonly PlanNode[]): Readers {
  const readers = new Map<PlanNode, PlanNode[]>();
  for (const node of nodes)
    for (const from of [...node.inputs.flatMap((s) => ('node' in s ? [s.node] : [])), ...node.controls]) {
      const list = readers.get(from);
      if (list) list.push(node);
      else readers.set(from, [node]);
    }
  return readers;
}
interface Found {
  readonly frame: Frame;
  readonly entering: readonly PlanNode[];
  readonly inside: readonly PlanNode[];
  readonly readers: Readers;
  readonly asked: ReadonlySet<PlanNode>;
}
function loopOf({ frame, entering, inside, readers, asked }: Found): Loop | null {
  const only = (node: PlanNode): PlanNode | null => {
    const list = readers.get(node) ?? [];
    return list.length === 1 && !asked.has(node) ? list[0] : null;
  };
  const conds = inside.filter((node) => roleOf(node) === 'loopCond');
  if (conds.length !== 1 || inside.some((node) => asked.has(node) && roleOf(node) !== 'exit')) return null;
  const [cond] = conds;
  const variables: LoopVariable[] = [];
  for (const enter of entering) {
    if (isInvariant(enter)) continue;
    const merge = only(enter);
    const variable = merge && variableOf(enter, merge);
    if (!variable || only(variable.next) !== merge) return null;
    variables.push(variable);
  }
  if (!variables.length) return null;
  const rounds = new Set(variables.flatMap(({ merge, next }) => [merge, next]));
  const isRound = (node: PlanNode): boolean =>
    roleOf(node) === 'nextIteration' ||
    (roleOf(node) === 'merge' && node.inputs.some((s) => 'node' in s && roleOf(s.node) === 'nextIteration'));
  if (inside.some((node) => isRound(node) && !rounds.has(node))) return null;
  const isPred = (s: Source): boolean => 'node' in s && s.node === cond;
  const switches = inside.filter((node) => roleOf(node) === 'switch' && isPred(node.inputs[1]));
  const exits = inside.filter((node) => roleOf(node) === 'exit');
  const parts = { frame, cond, enters: entering, variables, switches, exits };
  const body = bodyOf(parts, inside);
  // What comes round whether the loop goes on or not keeps it going for ever.
  return body && variables.every(({ next }) => body.has(next)) ? { ...parts, body } : null;
}
/** A variable that comes in by an Enter: null where it is none, or hands on a reference. */
function variableOf(enter: PlanNode, merge: PlanNode): LoopVariable | null {
  if (roleOf(merge) !== 'merge' || merge.inputs.length !== 2 || merge.controls.length) return null;
  const next = merge.inputs.flatMap((s) => ('node' in s && s.node !== enter ? [s.node] : []))[0];
  if (next === undefined || roleOf(next) !== 'nextIteration' || next.inputs.some(isRef)) return null;
  return [enter, merge, next].some((node) => node.outputTypes[0].isRef) ? null : { enter, merge, next };
}
/** What is reached from the switches, if by the ways on and out alone, and if the condition is not. */
function bodyOf(
  { frame, cond, switches, exits }: Pick<Loop, 'frame' | 'cond' | 'switches' | 'exits'>,
  inside: readonly PlanNode[],
): ReadonlySet<PlanNode> | null {
  const ways = new Set(switches);
  const body = new Set<PlanNode>();
  /** Loops in here that are entered from the body, and those that something has left. */
  const entered = new Set<Frame>();
  const isOut = (s: Source): s is Output => 'node' in s && ways.has(s.node) && s.index === 0;
  const isOn = (s: Source): boolean => 'node' in s && (isBehind(s.node) || (ways.has(s.node) && s.index === 1));
  const isBehind = (node: PlanNode): boolean =>
    body.has(node) || (roleOf(node) === 'exit' && node.leadsTo === frame && entered.has(node.frame));
  for (const node of inside) {
    const role = roleOf(node);
    if (role === 'exit') {
      if (!isOut(node.inputs[0]) || node.controls.length) return null;
      continue;
    }
    if (node.controls.some((c) => exits.includes(c)) || node.inputs.some(isOut)) return null;
    // The way back is no way forward.
    const reads = role === 'merge' ? node.inputs.filter((s) => !('node' in s && isBack(s.node))) : node.inputs;
    if (!reads.some(isOn) && !node.controls.some(isBehind)) {
      // What waits for a Switch alone runs whichever way it sends its value.
      if (node.controls.some((c) => ways.has(c))) return null;
      continue;
    }
    if (node === cond || ways.has(node)) return null;
    body.add(node);
    if (role === 'enter') entered.add(node.leadsTo!);
  }
  return body;
}
function isBack(node: PlanNode): boolean {
  return roleOf(node) === 'nextIteration';
}
