/**
 * Which nodes run in the same runs: a Switch sends its value one of two ways, and what needs the other way is not run.
 */
import type { PlanNode, Source } from './node';

/** The ways that must all be taken, each as `predicate:side`. */
type Ways = ReadonlySet<string>;
const ALWAYS: Ways = new Set();

/** Numbers the branches of nodes that are in order. What joins two ways is back where they parted. */
export function findBranches(nodes: readonly PlanNode[]): void {
  if (!nodes.some((node) => node.def.row.control === 'switch')) return;
  const ids = new Map(nodes.map((node, i) => [node, i]));
  const nameOf = (s: Source): string => ('feed' in s ? `f${s.feed}` : `${ids.get(s.node)}.${s.index}`);
  const own = new Map<PlanNode, Ways>();
  const sides = new Map<PlanNode, readonly Ways[]>();
  const waysOf = (s: Source): Ways => ('feed' in s ? ALWAYS : (sides.get(s.node)?.[s.index] ?? own.get(s.node)!));
  const numbers = new Map<string, number>([['', 0]]);
  const numberOf = (ways: Ways): number => {
    const key = [...ways].sort().join();
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key)!;
  };
  for (const node of nodes) {
    const { control } = node.def.row;
    const inputs = node.inputs.map(waysOf);
    const ways = union([
      control === 'merge' ? joined(inputs, `merge ${ids.get(node)}`) : union(inputs),
      ...node.controls.map((c) => own.get(c)!),
    ]);
    own.set(node, ways);
    node.branch = numberOf(ways);
    if (control !== 'switch') continue;
    const both = [0, 1].map((side) => union([ways, new Set([`${nameOf(node.inputs[1])}:${side}`])]));
    sides.set(node, both);
    node.ways = both.map(numberOf);
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
    predicate(a) === predicate(b);
  return whole ? common : union([common, new Set([unknown])]);
}
