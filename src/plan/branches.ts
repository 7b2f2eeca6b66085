/**
 * Which nodes run in the same runs: a Switch sends its value one of two ways, and what needs the other way is not run.
 * In a loop the same is asked of iterations: what one of its variables brings is there in other ones than another's.
 */
import { entryOf } from '../base/keys';
import { hostKernel, statefulKernel } from '../kernels/registry';
import { type Loop, findLoops } from './loops';
import { type Frame, type PlanNode, type PrunedGraph, ROOT, type Source, isInvariant, moves, roleOf } from './node';

/** The ways that must all be taken, each as `predicate:side`, or as the name of what brings a value at times. */
type Ways = ReadonlySet<string>;
const ALWAYS: Ways = new Set();

/**
 * Numbers the branches of nodes that are in order, anew where they had numbers. What joins two ways is back where they
 * parted; what leaves a loop that is as while_loop makes them is back where it was entered.
 *
 * @returns the loops that are so, and go on or end as a whole
 */
export function findBranches(pruned: PrunedGraph): ReadonlyMap<Frame, Loop> {
  if (!pruned.nodes.some(roleOf)) return new Map();
  const loops = new Map(findLoops(pruned));
  // A variable that does not come round in each iteration makes its loop another kind of loop, and those around it.
  for (;;) {
    const branches = new Branches(pruned.nodes, loops);
    branches.find();
    const irregular = [...loops.values()].filter((loop) => !branches.isRegular(loop));
    if (!irregular.length) return loops;
    for (const { frame } of irregular) loops.delete(frame);
    for (let dropped = true; dropped; ) {
      dropped = false;
      for (const { frame } of loops.values())
        if (frame.parent !== ROOT && !loops.has(frame.parent!)) dropped = loops.delete(frame);
    }
  }
}

/**
 * Says which nodes have one value everywhere, in every run: a constant of one branch is there only where that is, and
 * one behind what waits only when that has come.
 */
export function constantsAmong({ nodes, comesLate }: PrunedGraph): (node: PlanNode) => boolean {
  const isPlaced = comesLate || isConditional(nodes) || nodes.some(({ type }) => statefulKernel(type)?.mayWait);
  return (node) => hostKernel(node.type)?.once === true && !(isPlaced && node.controls.length > 0);
}
/** Whether some nodes may be left out: those on the way that a Switch does not take. */
export function isConditional(nodes: readonly PlanNode[]): boolean {
  return nodes.some((node) => roleOf(node) === 'switch' || moves(node));
}

class Branches {
  private readonly ids: ReadonlyMap<PlanNode, number>;
  private readonly own = new Map<PlanNode, Ways>();
  private readonly behind = new Map<PlanNode, readonly Ways[]>();
  private readonly numbers = new Map<string, number>([['', 0]]);
  /** The Merges of loops' variables, and the Switches behind them. */
  private readonly loopOf = new Map<PlanNode, Loop>();
  /** What is there in every iteration of a loop, or in all but the last. */
  private readonly regular = new Set<string>();
  constructor(
    private readonly nodes: readonly PlanNode[],
    private readonly loops: ReadonlyMap<Frame, Loop>,
  ) {
    this.ids = new Map(nodes.map((node, i) => [node, i]));
    for (const loop of loops.values()) {
      this.regular.add(this.inLoop(loop)).add(this.goesOn(loop));
      for (const { merge } of loop.variables) this.loopOf.set(merge, loop);
      for (const node of loop.switches) this.loopOf.set(node, loop);
    }
  }
  find(): void {
    for (const node of this.nodes) {
      node.branch = 0;
      delete node.ways;
      const ways = this.waysOfNode(node);
      this.own.set(node, ways);
      node.branch = this.numberOf(ways);
      const behind = this.waysBehind(node, ways);
      if (!behind) continue;
      this.behind.set(node, behind);
      node.ways = behind.map((w) => this.numberOf(w));
    }
    for (const node of this.nodes) if (this.loops.has(node.frame)) node.atTimes = !this.isAlways(node);
  }
  /**
   * Whether its condition is there in every iteration, and its variables in all but the last; and all comes in, or
   * nothing does, but for constants, and for what is the same in every iteration of a loop around it.
   */
  isRegular({ cond, variables, enters }: Loop): boolean {
    const [{ enter: first }] = variables;
    const { branch } = first;
    const isThere = (enter: PlanNode): boolean =>
      isInvariant(enter) && isWithin(entryOf(this.own, enter), entryOf(this.own, first));
    return (
      this.isAlways(cond) &&
      variables.every(({ next }) => this.isAlways(next)) &&
      enters.every((enter) => enter.branch === branch || isConstant(enter.inputs[0]) || isThere(enter))
    );
  }
  private isAlways(node: PlanNode): boolean {
    return [...entryOf(this.own, node)].every((way) => this.regular.has(way));
  }
  private inLoop({ frame }: Loop): string {
    return `loop ${[...this.loops.keys()].indexOf(frame)}`;
  }
  private goesOn(loop: Loop): string {
    return `${this.ids.get(loop.cond)}.0:1`;
  }
  private waysOfNode(node: PlanNode): Ways {
    const inputs = node.inputs.map((s) => this.waysOf(s));
    const controls = node.controls.map((c) => (moves(c) ? this.behind.get(c)?.[0] : this.own.get(c)) ?? ALWAYS);
    const loop = this.loopOf.get(node);
    if (loop && roleOf(node) === 'merge') return new Set([this.inLoop(loop)]);
    // It runs in each iteration in which all that it waits for may run.
    if (roleOf(node) === 'trigger')
      return new Set(controls.flatMap((ways) => [...ways]).filter((way) => this.regular.has(way)));
    if (roleOf(node) !== 'merge') return union([...inputs.map((ways) => ways ?? ALWAYS), ...controls]);
    const name = `merge ${this.ids.get(node)}`;
    const known = inputs.filter((ways): ways is Ways => ways !== null);
    // Where it joins a way back, it alone says in which iterations it is there.
    return union([known.length < inputs.length ? new Set([name]) : joined(known, name), ...controls]);
  }
  /** The ways of each output, where they are not the node's own. */
  private waysBehind(node: PlanNode, ways: Ways): readonly Ways[] | null {
    switch (roleOf(node)) {
      case 'switch':
        return [0, 1].map((side) => union([ways, new Set([`${this.nameOf(node.inputs[1])}:${side}`])]));
      case 'enter': {
        const loop = this.loops.get(node.leadsTo!);
        return loop ? [new Set([this.inLoop(loop)])] : this.ownWay(node);
      }
      case 'exit': {
        const loop = this.loops.get(node.frame);
        if (loop) return [entryOf(this.own, loop.variables[0].enter)];
        return this.ownWay(node);
      }
      case 'nextIteration':
        return this.ownWay(node);
      default:
        return null;
    }
  }
  private ownWay(node: PlanNode): readonly Ways[] {
    return node.outputTypes.map(() => new Set([`${roleOf(node)} ${this.ids.get(node)}`]));
  }
  /** null for a way back, which comes later. */
  private waysOf(s: Source): Ways | null {
    return 'feed' in s ? ALWAYS : (this.behind.get(s.node)?.[s.index] ?? this.own.get(s.node) ?? null);
  }
  private nameOf(s: Source): string {
    return 'feed' in s ? `f${s.feed}` : `${this.ids.get(s.node)}.${s.index}`;
  }
  private numberOf(ways: Ways): number {
    const key = [...ways].sort().join();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.numbers.size);
    return this.numbers.size - 1;
  }
}
function isConstant(s: Source): boolean {
  return 'node' in s && s.node.branch === 0 && hostKernel(s.node.type)?.once === true;
}
function isWithin(some: Ways, all: Ways): boolean {
  return [...some].every((way) => all.has(way));
}
function union(all: readonly Ways[]): Ways {
  const some = all.filter((ways) => ways.size > 0);
  return some.length > 1 ? new Set(some.flatMap((ways) => [...ways])) : (some[0] ?? ALWAYS);
}
/** Two sides of one predicate together are always taken; of other ways nobody knows which one is. */
function joined(inputs: readonly Ways[], unknown: string): Ways {
  const common = new Set([...inputs[0]].filter((way) => inputs.every((ways) => ways.has(way))));
  const rest = inputs.map((ways) => [...ways].filter((way) => !common.has(way)));
  const [[a, ...moreA], [b, ...moreB]] = [rest[0], rest[1] ?? []];
  const predicate = (way = ''): string => way.replace(/:\d$/, '');
  const whole =
    inputs.length === 2 &&
    a !== undefined &&
    b !== undefined &&
    !moreA.length &&
    !moreB.length &&
    a !== b &&
    a.includes(':') &&
    predicate(a) === predicate(b);
  return whole ? common : union([common, new Set([unknown])]);
}
