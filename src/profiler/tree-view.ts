/** Views with lines below lines: by scopes, by inputs, and by lines of the program. */
import type { Location } from '../base/stack';
import { path, warn } from '../base/platform';
import type { Settled } from './options';
import type { Profiled } from './profiled';
import { ROOT, Shown, isTrimmed, isWanted, sorted, startingAt } from './shown';

/** How a view goes through its lines. */
export interface Tree {
  readonly root: Shown;
  /** Whether a line may be below several others, and is shown once. */
  readonly isGraph: boolean;
  /** Whether a line stands for several nodes. */
  readonly ofMany: boolean;
}
/** Nodes below their scopes. */
export function byScope(nodes: readonly Profiled[]): Tree {
  const all = new Map(nodes.map((node) => [node.name, new Shown(node.name, [node])]));
  for (const { name } of nodes)
    for (let end = name.lastIndexOf('/'); end >= 0; end = name.lastIndexOf('/', end - 1)) {
      const scope = name.slice(0, end);
      if (!all.has(scope)) all.set(scope, new Shown(scope));
      if (end === 0) break;
    }
  const root = new Shown(ROOT);
  for (const [name, shown] of inOrder(all)) {
    const end = name.lastIndexOf('/');
    (end < 0 ? root : all.get(name.slice(0, end)))?.children.push(shown);
  }
  return { root, isGraph: false, ofMany: false };
}
const inOrder = (all: ReadonlyMap<string, Shown>): [string, Shown][] =>
  [...all].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
/** Nodes above what they read; those that nobody reads come first. */
export function byInputs(nodes: readonly Profiled[]): Tree {
  const all = new Map(nodes.map((node) => [node.name, new Shown(node.name, [node])]));
  const read = new Set<Shown>();
  const ordered = inOrder(all);
  for (const [, shown] of ordered)
    for (const { name } of shown.nodes[0].inputs) {
      const input = all.get(name);
      if (!input) continue;
      read.add(input);
      shown.children.push(input);
    }
  const root = new Shown(ROOT);
  root.children = ordered.flatMap(([, shown]) => (read.has(shown) ? [] : [shown]));
  return { root, isGraph: true, ofMany: false };
}
const GRADIENT = ' (gradient)';
/** The longest name of a function; of a longer one these letters less three. */
const LONGEST = 20;
function textOf({ file, line, function: name }: Location): string {
  const short = name.length < LONGEST ? name : `${name.slice(0, LONGEST - 3)}...`;
  return `${path.basename(file)}:${line}:${short}`;
}
/** Lines of the program, each with the nodes that it made; gradients are with the nodes that they are of. */
export function byLines(nodes: readonly Profiled[]): Tree {
  const root = new Shown(ROOT);
  const forward = new Map<string, Profiled>();
  const gradients: [string, Profiled][] = [];
  for (const node of nodes) {
    const of = /gradients\/(.+?)_grad\//.exec(node.name)?.[1];
    if (of !== undefined) gradients.push([of, node]);
    else {
      forward.set(node.name, node);
      leafOf(root, node.lines, '').nodes.push(node);
    }
  }
  const without = new Set<string>();
  for (const [name, node] of gradients) {
    const of = forward.get(name);
    if (of) leafOf(root, of.lines, GRADIENT).nodes.push(node);
    else without.add(name);
  }
  if (without.size) warn(`${without.size} gradient nodes not accounted`);
  return { root, isGraph: false, ofMany: true };
}
/** The line that made a node, below those that called it. */
function leafOf(root: Shown, lines: readonly Location[], suffix: string): Shown {
  let at = root;
  for (const line of lines) {
    const name = textOf(line) + suffix;
    let below = at.children.find((child) => child.name === name);
    if (!below) at.children.push((below = new Shown(name, [], line, suffix)));
    at = below;
  }
  return at;
}

/** Counts and shows: afterwards each line has what is shown below it. */
export function show({ root, isGraph, ofMany }: Tree, options: Settled): void {
  root.clearTotal();
  const counted = isGraph ? countInputs(root.children, options, new Set()) : countBelow(root.children, options, ofMany);
  for (const each of counted) root.addTotal(each);
  root.shown = startingAt(counted, options.startNameRegexes);
  if (ofMany && options.accountDisplayedOpOnly) warn('Note: code view ignores account_displayed_op_only');
  new Choice(options, isGraph, ofMany).of([root], 1, 0);
}
function countBelow(lines: readonly Shown[], options: Settled, ofMany: boolean): Shown[] {
  return lines.filter((line) => {
    const below = countBelow(line.children, options, ofMany);
    line.clearTotal();
    if (!line.count(options, ofMany) && !below.length) return false;
    total(line, below);
    return true;
  });
}
/** Those that are not counted give way to what they read. */
function countInputs(lines: readonly Shown[], options: Settled, seen: Set<Shown>): Shown[] {
  return lines.flatMap((line) => {
    if (seen.has(line)) return [];
    seen.add(line);
    const below = countInputs(line.children, options, seen);
    line.clearTotal();
    if (!line.count(options, false)) return below;
    total(line, below);
    return [line];
  });
}
function total(line: Shown, below: readonly Shown[]): void {
  line.startTotal();
  for (const each of below) line.addTotal(each);
  line.shown = [...below];
}
/** What is shown of lines and what is below them: one that is not gives way to what is below it. */
class Choice {
  private readonly seen = new Set<Shown>();
  constructor(
    private readonly options: Settled,
    private readonly isGraph: boolean,
    private readonly ofMany: boolean,
  ) {}
  of(lines: readonly Shown[], depth: number, indent: number): Shown[] {
    return lines.flatMap((line) => {
      if (this.isGraph && this.seen.has(line)) return [];
      this.seen.add(line);
      const ends = isTrimmed(line, this.options) || depth > this.options.maxDepth;
      if (ends && this.ofMany) return [];
      const isShown = isWanted(line, this.options, depth, this.ofMany);
      const below = ends ? [] : this.of(line.shown, depth + 1, isShown ? indent + 2 : indent);
      if (!isShown) return below;
      this.keep(line, below);
      line.indent = indent;
      return [line];
    });
  }
  private keep(line: Shown, below: readonly Shown[]): void {
    const { options, ofMany } = this;
    line.shown = sorted(below, options, ofMany);
    if (!options.accountDisplayedOpOnly || ofMany) return;
    line.startTotal();
    for (const each of line.shown) line.addTotal(each);
  }
}
