/** The view of op types: a line each, the most first, each with its share of all and of those from it on. */
import type { Settled } from './options';
import type { Profiled } from './profiled';
import { ROOT, Shown, isTrimmed, isWanted, matches, sorted } from './shown';

/** The types that are shown; the total of the first, and of the root, is that of all. */
export function byType(
  nodes: readonly Profiled[],
  options: Settled,
): { readonly root: Shown; readonly lines: Shown[] } {
  const all = new Map<string, Shown>();
  for (const node of nodes) {
    const { type } = node.op;
    const line = all.get(type) ?? new Shown(type);
    all.set(type, line);
    line.nodes.push(node);
  }
  const named = sorted([...all.values()], { ...options, orderBy: 'name' }, true);
  for (const line of named) {
    line.count(options, true);
    line.startTotal();
  }
  const counted = sorted(named, options, true).filter((line) => line.counted);
  const root = new Shown(ROOT);
  addUp(counted, root);
  const first = counted.findIndex(({ name }) => matches(name, options.startNameRegexes));
  const lines: Shown[] = [];
  for (const [depth, line] of counted.slice(first < 0 ? counted.length : first).entries()) {
    if (isTrimmed(line, options) || depth > options.maxDepth) break;
    if (isWanted(line, options, depth, true)) lines.push(line);
  }
  if (options.accountDisplayedOpOnly) addUp(lines, root);
  return { root, lines };
}
/** The total of each is its own and that of those behind it. */
function addUp(lines: readonly Shown[], root: Shown): void {
  let behind: Shown | null = null;
  for (const line of [...lines].reverse()) {
    line.startTotal();
    if (behind) line.addTotal(behind);
    behind = line;
  }
  root.clearTotal();
  if (behind) root.addTotal(behind);
}
