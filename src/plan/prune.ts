/** From a graph to the part of it that a run needs: a copy that passes may rewrite. */
import type { Operation, Tensor } from '../graph/graph';
import { findBranches } from './branches';
import { copyNeeded } from './copy';
import { expandCalls } from './calls';
import { findFrames } from './frames';
import { type PlanNode, type PrunedGraph, roleOf } from './node';
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
  waitBeforeSwitches(pruned.nodes);
  findBranches(pruned);
  markViews(pruned.nodes);
  return pruned;
}
/**
 * A Switch runs whichever way it sends its value: who waits for one waits for what that reads, as the gradients of a
 * loop's variables do.
 */
function waitBeforeSwitches(nodes: readonly PlanNode[]): void {
  for (const node of nodes)
    if (node.controls.some(isPlain))
      node.controls = [
        ...new Set(
          node.controls.flatMap((control) =>
            isPlain(control) ? control.inputs.flatMap((s) => ('node' in s ? [s.node] : [])) : [control],
          ),
        ),
      ];
}
/** Whether it is a Switch that is there where all that it reads is; of another Switch only one output is. */
function isPlain(node: PlanNode): boolean {
  return (
    roleOf(node) === 'switch' &&
    !node.controls.length &&
    !node.inputs.some((s) => 'node' in s && roleOf(s.node) === 'switch')
  );
}
