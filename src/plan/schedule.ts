/**
 * A plan with loops as blocks of steps, each in an order: where all loops are as while_loop makes them (loops.ts), no
 * step has to ask whether its values have come. The order is that in which a run by tokens would come to the steps, as
 * far as steps can tell: those that read or write what others write keep theirs.
 */
import { entryOf } from '../base/keys';
import type { Block, LoopBlock } from './blocks';
import type { Frame, PlanNode, Source } from './node';
import { ROOT, frameBehind, isInvariant, roleOf } from './node';
import { isOrdered, placesOf } from './places';
import type { Loop } from './loops';

interface Numbers {
  readonly stepOf: ReadonlyMap<PlanNode, number>;
  readonly slotOf: (s: Source) => number;
  /** Slots that are there in every run, or are kept for a fetch. */
  readonly isKept: (slot: number) => boolean;
  readonly frameOf: (frame: Frame) => number;
}

/** The blocks of a plan, or null where one of its loops is of another kind, or steps would change places. */
export function scheduleOf(
  nodes: readonly PlanNode[],
  loops: ReadonlyMap<Frame, Loop>,
  numbers: Numbers,
): Block | null {
  const frames = new Set(nodes.map((node) => node.frame));
  frames.delete(ROOT);
  if (!frames.size || [...frames].some((frame) => !loops.has(frame))) return null;
  for (const { variables, switches } of loops.values())
    if ([...switches, ...variables.flatMap(({ enter, merge, next }) => [enter, merge, next])].some(isAlias))
      return null;
  return new Scheduler(nodes, loops, numbers).root();
}
function isAlias(node: PlanNode): boolean {
  return !!node.views || node.outputTypes.some((t) => t.isRef);
}
/** A step of a block or a loop in it, and which slots it reads. */
interface Item {
  readonly number: number;
  readonly reads: readonly number[];
  readonly fills: readonly number[];
}
class Scheduler {
  private readonly places: ReadonlyMap<PlanNode, number>;
  private readonly inFrame = new Map<Frame, PlanNode[]>();
  constructor(
    nodes: readonly PlanNode[],
    private readonly loops: ReadonlyMap<Frame, Loop>,
    private readonly numbers: Numbers,
  ) {
    this.places = placesOf(nodes);
    for (const node of nodes) {
      const list = this.inFrame.get(node.frame);
      if (list) list.push(node);
      else this.inFrame.set(node.frame, [node]);
    }
  }
  root(): Block | null {
    return this.block(this.inFrame.get(ROOT) ?? [], new Set());
  }
  /** @param after  what is there already */
  private block(
    nodes: readonly PlanNode[],
    after: ReadonlySet<PlanNode>,
    readLater: readonly number[] = [],
  ): Block | null {
    const { slotOf, stepOf, isKept } = this.numbers;
    const done = new Set(after);
    const items: Item[] = [];
    const blocks: LoopBlock[] = [];
    /** Loops that are entered from here, and how many of their Enters have not run. */
    const pending = new Map<Loop, number>();
    for (const node of nodes)
      if (roleOf(node) === 'enter') {
        const loop = entryOf(this.loops, node.leadsTo!);
        pending.set(loop, pending.get(loop) ?? loop.enters.filter((enter) => !after.has(enter)).length);
      }
    const ranges = this.rangesOf([...pending.keys()]);
    if (this.mixesOrders(nodes, ranges)) return null;
    const isThere = (from: PlanNode): boolean => done.has(from) || !this.places.has(from);
    const isReady = (node: PlanNode): boolean =>
      node.inputs.every((s) => !('node' in s) || isThere(s.node)) && node.controls.every(isThere);
    /** Takes a node whose operands are there; false where a loop that it enters cannot be one block. */
    const take = (node: PlanNode, firstHeld: number): boolean => {
      done.add(node);
      const number = stepOf.get(node);
      if (number !== undefined)
        items.push({
          number,
          reads: node.inputs.map(slotOf),
          fills: node.outputTypes.map((_, index) => slotOf({ node, index })),
        });
      if (roleOf(node) !== 'enter') return true;
      const loop = entryOf(this.loops, node.leadsTo!);
      const left = entryOf(pending, loop) - 1;
      pending.set(loop, left);
      if (left > 0) return true;
      const { from, to } = entryOf(ranges, loop);
      if (!loop.enters.every((enter) => done.has(enter)) || (to >= 0 && firstHeld < from)) return false;
      const made = this.loopBlock(loop);
      if (!made) return false;
      for (const exit of loop.exits) done.add(exit);
      blocks.push(made);
      items.push({ number: -blocks.length, reads: made.needs, fills: made.out.map(({ to }) => to) });
      return true;
    };
    // What reads of a loop waits until all that enters it has come, nodes of gradients among it, which were made later.
    for (let waiting = nodes; waiting.length; ) {
      const held: PlanNode[] = [];
      let firstHeld = Infinity;
      for (const node of waiting) {
        const at = isOrdered(node) ? entryOf(this.places, node) : Infinity;
        const isBehind =
          at < Infinity && [...ranges].some(([loop, { to }]) => to >= 0 && to < at && entryOf(pending, loop) > 0);
        if (!isReady(node) || (at < Infinity && (firstHeld < at || isBehind))) {
          held.push(node);
          firstHeld = Math.min(firstHeld, at);
        } else if (!take(node, firstHeld)) return null;
      }
      if (held.length === waiting.length) return null;
      waiting = held;
    }
    if ([...pending.values()].some((left) => left > 0)) return null;
    const dead = deadAfter(items, (slot) => isKept(slot) || readLater.includes(slot));
    return {
      items: Int32Array.from(items, ({ number }) => number),
      loops: blocks,
      dead,
      conditional: nodes.some((node) => (node.frame === ROOT ? node.branch !== 0 : node.atTimes === true)),
      steps: nodes.flatMap((node) => stepOf.get(node) ?? []),
    };
  }
  private loopBlock(loop: Loop): LoopBlock | null {
    const { slotOf, frameOf, stepOf, isKept } = this.numbers;
    const { frame, variables, cond, body, exits } = loop;
    const inside = entryOf(this.inFrame, frame);
    const merges = new Set(variables.map(({ merge }) => merge));
    const nexts = new Set(variables.map(({ next }) => next));
    const ways = new Set(loop.switches);
    const apart = new Set<PlanNode>([...merges, ...nexts, ...ways, ...exits]);
    // The executor looks at the condition itself.
    if (!inside.some((node) => !ways.has(node) && needs(node, cond))) apart.add(cond);
    // What is the same in every iteration comes into a loop in here when its variables do.
    const isBehind = (node: PlanNode): boolean =>
      body.has(node) || (isInvariant(node) && body.has(entryOf(this.loops, frameBehind(node)).variables[0].enter));
    const before = inside.filter((node) => !apart.has(node) && !isBehind(node));
    const behind = inside.filter((node) => !apart.has(node) && isBehind(node));
    if (this.changesOrder(before, behind)) return null;
    // What the condition finds out the body may read.
    const slot = (node: PlanNode, index = 0): number => slotOf({ node, index });
    const readBy = (nodes: readonly PlanNode[]): Set<number> => new Set(nodes.flatMap((n) => n.inputs.map(slotOf)));
    const inBody = new Set([...readBy(behind), ...this.readByLoops(behind), ...readBy([...nexts])]);
    const switched = readBy([...ways]);
    const readInside = readBy(inside);
    const there = new Set([...loop.enters, ...merges]);
    const first = this.block(before, there, [...inBody, ...switched, slotOf(cond.inputs[0]), slot(cond)]);
    const second = this.block(behind, new Set([...there, ...before, ...ways]), [...readBy([...nexts])]);
    if (!first || !second) return null;
    const fills = inside.filter((node) => roleOf(node) !== 'exit');
    const own = new Set(fills.flatMap((node) => node.outputTypes.map((_, index) => slot(node, index))));
    const inner = inside.flatMap((node) =>
      roleOf(node) === 'enter' ? (this.loops.get(node.leadsTo!)?.exits ?? []) : [],
    );
    for (const exit of inner) own.add(slot(exit));
    const isInvariantSlot = new Set(loop.enters.map((enter) => slot(enter)));
    const outBy = new Map(loop.switches.map((node) => [node, slotOf(node.inputs[0])]));
    // A value that two Switches send on is held twice.
    const sent = loop.switches.filter((node) => inBody.has(slot(node, 1)));
    const lastOf = new Map(sent.map((node) => [entryOf(outBy, node), node]));
    return {
      frame: frameOf(frame),
      enters: variables.map(({ enter }) => slot(enter)),
      merges: variables.map(({ merge }) => slot(merge)),
      nexts: variables.map(({ next }) => slotOf(next.inputs[0])),
      indices: variables.map(({ merge }) => slot(merge, 1)).filter((s) => readInside.has(s)),
      cond: first,
      pred: slotOf(cond.inputs[0]),
      on: sent.map((node) => {
        const from = entryOf(outBy, node);
        const last = !isInvariantSlot.has(from) && !isKept(from) && !inBody.has(from) && lastOf.get(from) === node;
        return { from, to: slot(node, 1), last };
      }),
      body: second,
      out: exits.flatMap((node) => {
        const [s] = node.inputs;
        return 'node' in s ? [{ from: entryOf(outBy, s.node), to: slot(node), last: false }] : [];
      }),
      exits: exits.flatMap((node) => stepOf.get(node) ?? []),
      slots: [...own].filter((s) => !isKept(s)),
      needs: loop.enters.map((enter) => slot(enter)),
    };
  }
  /** What the loops that are entered from some nodes read of what comes in from elsewhere. */
  private readByLoops(nodes: readonly PlanNode[]): number[] {
    const { slotOf } = this.numbers;
    const loops = new Set(nodes.flatMap((n) => (roleOf(n) === 'enter' ? [entryOf(this.loops, n.leadsTo!)] : [])));
    return [...loops].flatMap(({ enters }) => enters.map((node) => slotOf({ node, index: 0 })));
  }
  /** The places of what is ordered in each loop: none from Infinity to -1. */
  private rangesOf(loops: readonly Loop[]): ReadonlyMap<Loop, { readonly from: number; readonly to: number }> {
    return new Map(
      loops.map((loop) => {
        const at = this.allOf(loop.frame).flatMap((node) => (isOrdered(node) ? [entryOf(this.places, node)] : []));
        return [loop, { from: Math.min(Infinity, ...at), to: Math.max(-1, ...at) }];
      }),
    );
  }
  /** Whether a loop and what stands between its nodes, or two loops, would change places that matter. */
  private mixesOrders(nodes: readonly PlanNode[], loops: ReturnType<Scheduler['rangesOf']>): boolean {
    const ranges = [...loops.values()].filter(({ to }) => to >= 0);
    const within = (at: number): boolean => ranges.some(({ from, to }) => at > from && at < to);
    const ordered = nodes.filter(isOrdered).map((node) => entryOf(this.places, node));
    return [...ordered, ...ranges.map(({ from }) => from)].some(within);
  }
  private changesOrder(before: readonly PlanNode[], behind: readonly PlanNode[]): boolean {
    const placesIn = (nodes: readonly PlanNode[]): number[] => {
      const ordered = nodes.filter(isOrdered);
      const frames = new Set(nodes.flatMap((n) => (roleOf(n) === 'enter' ? [n.leadsTo!] : [])));
      const inLoops = [...frames].flatMap((frame) => this.allOf(frame).filter(isOrdered));
      return [...ordered, ...inLoops].map((node) => entryOf(this.places, node));
    };
    return Math.max(-1, ...placesIn(before)) > Math.min(Infinity, ...placesIn(behind));
  }
  /** The nodes of a frame and of those in it. */
  private allOf(frame: Frame): PlanNode[] {
    const frames = new Set([frame]);
    const all: PlanNode[] = [];
    // What is added to a set meanwhile is visited, too.
    for (const each of frames)
      for (const node of this.inFrame.get(each) ?? []) {
        all.push(node);
        if (roleOf(node) === 'enter') frames.add(node.leadsTo!);
      }
    return all;
  }
}
function needs(node: PlanNode, other: PlanNode): boolean {
  return node.controls.includes(other) || node.inputs.some((s) => 'node' in s && s.node === other);
}
/** For each item the slots that no later one reads, those that it fills for nobody among them. */
function deadAfter(items: readonly Item[], isRead: (slot: number) => boolean): number[][] {
  const last = new Map<number, number>();
  const own = new Set(items.flatMap(({ fills }) => fills));
  items.forEach(({ reads, fills }, i) => {
    for (const slot of fills) last.set(slot, i);
    for (const slot of reads) if (own.has(slot)) last.set(slot, i);
  });
  const dead: number[][] = items.map(() => []);
  for (const [slot, i] of last) if (!isRead(slot)) dead[i].push(slot);
  return dead;
}
