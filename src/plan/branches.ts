/**
 * Which nodes run in the same runs: a Switch sends its value one of two ways, and what needs the other way is not run.
 * In a loop the same is asked of iterations: what one of its variables brings is there in other ones than another's.
 */
import { type PlanNode, type Source, moves, roleOf } from './node';

/** The ways that must all be taken, each as `predicate:side`, or as the name of what brings a value at times. */
type Ways = ReadonlySet<string>;
const ALWAYS: Ways = new Set();

/** Numbers the branches of nodes that are in order. What joins two ways is back where they parted. */
export function findBranches(nodes: readonly PlanNode[]): void {
  if (!nodes.some(roleOf)) return;
  new Branches(nodes).find();
}

class Branches {
  private readonly ids: ReadonlyMap<PlanNode, number>;
  private readonly own = new Map<PlanNode, Ways>();
  private readonly behind = new Map<PlanNode, readonly Ways[]>();
  private readonly numbers = new Map<string, number>([['', 0]]);
  constructor(private readonly nodes: readonly PlanNode[]) {
    this.ids = new Map(nodes.map((node, i) => [node, i]));
  }
  find(): void {
    for (const node of this.nodes) {
      const ways = this.waysOfNode(node);
      this.own.set(node, ways);
      node.branch = this.numberOf(ways);
      const behind = this.waysBehind(node, ways);
      if (!behind) continue;
      this.behind.set(node, behind);
      node.ways = behind.map((w) => this.numberOf(w));
    }
  }
  private waysOfNode(node: PlanNode): Ways {
    const inputs = node.inputs.map((s) => this.waysOf(s));
    const controls = node.controls.map((c) => (moves(c) ? this.behind.get(c)?.[0] : this.own.get(c)) ?? ALWAYS);
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
      case 'enter':
      case 'exit':
      case 'nextIteration':
        return node.outputTypes.map(() => new Set([`${roleOf(node)} ${this.ids.get(node)}`]));
      default:
        return null;
    }
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
