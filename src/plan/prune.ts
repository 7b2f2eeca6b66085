/** From a graph to the part of it that a run needs: a copy that passes may rewrite. */
import type { Operation, Tensor } from '../graph/graph';
import { findBranches } from './branches';
import { copyNeeded } from './copy';
import { expandCalls } from './calls';
import { findFrames } from './frames';
import type { PrunedGraph } from './node';
import { markViews } from './views';

/**
 * Keeps what `fetches` and `targets` need when `feeds` are given, with the bodies of functions in the place of the
 * nodes that call them.
 */
export function prune(
  fetches: readonly Tensor[],
  targets: readonly Operation[],
  feeds: readonly Tensor[],
  comesLate = false,
): PrunedGraph {
  const fed = new Set(feeds);
  const roots = [...fetches.filter((t) => !fed.has(t)).map((t) => t.op), ...targets];
  const { nodes, source, node } = copyNeeded(roots, feeds);
  const pruned: PrunedGraph = { nodes, feeds, fetches: fetches.map(source), targets: targets.map(node), comesLate };
  expandCalls(pruned);
  findFrames(pruned.nodes, feeds);
  findBranches(pruned);
  markViews(pruned.nodes);
  return pruned;
}
