/** What a view shows: a node, a scope, a line or a type, with what is below it. */
import type { Location } from '../base/stack';
import { type Counts, NONE, plus } from './counts';
import { ALL, type Settled } from './options';
import type { Profiled } from './profiled';

/** The name of the root. */
export const ROOT = '_TFProfRoot';
/** A line of a view. */
export class Shown {
  /** What is below it in the graph. */
  children: Shown[] = [];
  /** What of that is shown. */
  shown: Shown[] = [];
  /** Whether it is counted itself. */
  counted = false;
  /** The nodes that are counted of it. */
  picked: readonly Profiled[] = [];
  own: Counts = NONE;
  total: Counts = NONE;
  /** How many nodes are counted in all. */
  defined = 0;
  /** How far it stands to the right. */
  indent = 0;
  /** @param nodes  the nodes that it stands for: one, those of a type or a line, or none */
  constructor(
    readonly name: string,
    readonly nodes: Profiled[] = [],
    /** The line of the program, if it is one. */
    readonly at: Location | null = null,
    /** What its function's name has behind it. */
    readonly suffix = '',
  ) {}
  /**
   * Counts those of its nodes whose types are asked for; a single node has its amounts whether it counts or not. One
   * without nodes counts where all types do.
   */
  count({ accountTypeRegexes, step }: Settled, ofMany: boolean): boolean {
    const all = isAll(accountTypeRegexes);
    const asked = all ? this.nodes : accountTypeRegexes.flatMap((regex) => this.nodes.filter(ofType(regex)));
    this.picked = ofMany ? asked : this.nodes;
    this.own = this.picked.reduce((sum, node) => plus(sum, node.counts(step)), NONE);
    this.counted = all || asked.length > 0;
    return this.counted;
  }
  /** Its total is its own, so far. */
  startTotal(): void {
    this.total = this.own;
    this.defined = 1;
  }
  clearTotal(): void {
    this.total = NONE;
    this.defined = 0;
  }
  addTotal(other: Shown): void {
    this.total = plus(this.total, other.total);
    this.defined += other.defined;
  }
}
const isAll = (regexes: readonly string[]): boolean => regexes.length === 1 && regexes[0] === ALL[0];
/** Whether a text as a whole is what a pattern says. */
export function matches(text: string, regexes: readonly string[]): boolean {
  return isAll(regexes) || regexes.some((regex) => whole(regex).test(text));
}
const whole = (regex: string): RegExp => new RegExp(`^(?:${regex})$`);
const ofType = (regex: string) => {
  const pattern = whole(regex);
  return (node: Profiled): boolean => [...node.types].some((type) => pattern.test(type));
};

/** By what lines are ordered: the largest first, or the name. */
const ORDERS: Readonly<Record<string, (shown: Shown) => number>> = {
  bytes: ({ total }) => total.requestedBytes,
  peak_bytes: ({ total }) => total.peakBytes,
  residual_bytes: ({ total }) => total.residualBytes,
  output_bytes: ({ total }) => total.outputBytes,
  micros: ({ total }) => total.execMicros,
  accelerator_micros: ({ total }) => total.acceleratorExecMicros,
  cpu_micros: ({ total }) => total.cpuExecMicros,
  params: ({ total }) => total.parameters,
  float_ops: ({ total }) => total.floatOps,
};
/** @param byNodes  whether 'occurrence' is an order: of lines that stand for several nodes */
export function sorted(shown: readonly Shown[], { orderBy }: Settled, byNodes: boolean): Shown[] {
  const amount = byNodes && orderBy === 'occurrence' ? (each: Shown) => each.picked.length : ORDERS[orderBy];
  if (orderBy === '') return [...shown];
  if (!amount) return [...shown].sort(({ name: a }, { name: b }) => (a < b ? -1 : a > b ? 1 : 0));
  return [...shown].sort((a, b) => amount(b) - amount(a));
}
/** Whether a line has as much as is asked for, and a name that is. What stands for several is asked for its total. */
export function isWanted(shown: Shown, options: Settled, depth: number, ofMany: boolean): boolean {
  if (shown.name === ROOT) return true;
  const { own, total } = shown;
  const { parameters, floatOps } = ofMany ? total : own;
  return (
    total.requestedBytes >= options.minBytes &&
    total.peakBytes >= options.minPeakBytes &&
    total.residualBytes >= options.minResidualBytes &&
    total.outputBytes >= options.minOutputBytes &&
    total.execMicros >= options.minMicros &&
    total.acceleratorExecMicros >= options.minAcceleratorMicros &&
    total.cpuExecMicros >= options.minCpuMicros &&
    parameters >= options.minParams &&
    floatOps >= options.minFloatOps &&
    (ofMany || own.runCount >= options.minOccurrence) &&
    depth <= options.maxDepth &&
    matches(shown.name, options.showNameRegexes) &&
    !options.hideNameRegexes.some((regex) => whole(regex).test(shown.name))
  );
}
/** Where nothing below is shown. */
export const isTrimmed = ({ name }: Shown, { trimNameRegexes }: Settled): boolean =>
  trimNameRegexes.some((regex) => whole(regex).test(name));
/** The first lines on each way whose names are asked for. */
export function startingAt(roots: readonly Shown[], regexes: readonly string[], seen = new Set<Shown>()): Shown[] {
  if (isAll(regexes)) return [...roots];
  return roots.flatMap((root) => {
    if (seen.has(root)) return [];
    seen.add(root);
    return matches(root.name, regexes) ? [root] : startingAt(root.shown, regexes, seen);
  });
}
