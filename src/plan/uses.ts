/** What a run asks of nodes that call functions, and what of a body TensorFlow runs beside that. */
import { addUnder } from '../base/room';
import type { FunctionBody } from '../graph/function-body';
import type { Operation } from '../graph/graph';
import { type PlanNode, type Source, isCall } from './node';

/** What a node is in. */
export interface Within {
  /** The functions that call one another. */
  readonly chain: readonly string[];
  /** Whether TensorFlow makes Switches and frames of If, Case and While that ask for it: it calls them otherwise. */
  readonly lowers: boolean;
  /** Whether it puts bodies in the place of calls by name. */
  readonly inlines: boolean;
}
/** What of a body runs. */
export interface How extends Pick<Within, 'lowers' | 'inlines'> {
  /** All that it changes; else what is needed for results that are read, and what the function says. */
  readonly runsAll: boolean;
  /** The results that are read; null for all. */
  readonly reads: ReadonlySet<number> | null;
  /** Whether somebody waits for what gives its results. */
  readonly resultsWaitedFor?: boolean;
}
/** A function that is called, as TensorFlow's kernels call them: all that it changes happens. */
export const CALLED: How = { runsAll: true, reads: null, lowers: false, inlines: false };
/** Who wants what of a node that calls a function. */
export interface Use {
  /** The results that nodes read, or that are those of the body that the node is in. */
  readonly reads: ReadonlySet<number>;
  /** Whether a run fetches a result of it, or names it: all of it is computed then. */
  readonly isAsked: boolean;
  /** Whether some node waits for it. */
  readonly isWaitedFor: boolean;
  /** Whether it is the last of all, or waited for: TensorFlow may put a body in its place then. */
  readonly mayGiveWay: boolean;
}
/** What there is beside nodes: what is fetched, what else a run names, and results of a body. */
interface Wanted {
  readonly fetches?: readonly Source[];
  readonly targets?: readonly PlanNode[];
  readonly results?: readonly Source[];
  /** Nodes of a body that whoever calls it waits for. */
  readonly waits?: readonly PlanNode[];
}
/** The uses of those nodes of a list that call functions. */
export function usesOf(
  nodes: readonly PlanNode[],
  { fetches = [], targets = [], results = [], waits = [] }: Wanted,
): ReadonlyMap<PlanNode, Use> {
  const calls = nodes.filter(isCall);
  if (!calls.length) return new Map();
  const reads = new Map<PlanNode, number[]>(calls.map((node) => [node, []]));
  const note = (s: Source): void => {
    if ('node' in s && reads.has(s.node)) addUnder(reads, s.node, s.index);
  };
  for (const node of nodes) node.inputs.forEach(note);
  results.forEach(note);
  const waited = new Set([...waits, ...nodes.flatMap(({ controls }) => controls)]);
  const asked = new Set([...targets, ...fetches.flatMap((s) => ('node' in s ? [s.node] : []))]);
  const useOf = (node: PlanNode, list: readonly number[]): Use => {
    const isWaitedFor = waited.has(node);
    return { reads: new Set(list), isAsked: asked.has(node), isWaitedFor, mayGiveWay: isWaitedFor || !list.length };
  };
  return new Map([...reads].map(([node, list]) => [node, useOf(node, list)]));
}

/** What nodes of a body need, themselves among it. */
export function neededFor(roots: readonly Operation[]): ReadonlySet<Operation> {
  const needed = new Set(roots);
  // A Set is walked in order of insertion, and what is added meanwhile is visited too.
  for (const op of needed) {
    for (const t of op.inputs) needed.add(t.op);
    for (const control of op.controlInputs) needed.add(control);
  }
  return needed;
}
/**
 * Whether all in a body that TensorFlow calls stateful is needed for some nodes of it. Only such a function gives way
 * to its body there, while others are called, and their bodies run for all that they change.
 */
export function isAllNeeded({ operations, args }: FunctionBody, roots: readonly Operation[]): boolean {
  const needed = neededFor(roots);
  return operations.every((op) => !op.def.isStateful || needed.has(op) || args.includes(op));
}
/** The variables of a loop that are needed for those that somebody reads: to go on, or from round to round. */
export function variablesNeeded(
  reads: ReadonlySet<number>,
  cond: FunctionBody,
  body: FunctionBody,
): ReadonlySet<number> {
  const needed = new Set(reads);
  const addArgs = ({ args }: FunctionBody, roots: readonly Operation[]): void => {
    const above = neededFor(roots);
    args.forEach((arg, i) => above.has(arg) && needed.add(i));
  };
  addArgs(cond, [...cond.results.map(({ op }) => op), ...cond.controls]);
  addArgs(body, body.controls);
  for (const i of needed) addArgs(body, [body.results[i].op]);
  return needed;
}
/** What of a body that is called runs whether a result needs it or not. */
export function changesIn({ operations, args }: FunctionBody): readonly Operation[] {
  const isArgument = new Set(args);
  const changes = ({ def }: Operation): boolean =>
    def.isStateful && (def.effect === 'writes' || def.effect === 'waits');
  return operations.filter((op) => changes(op) && !isArgument.has(op));
}
