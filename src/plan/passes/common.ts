/** f(x), f(x) -> one f(x), where f has no effects. */
import type { PlanNode, PrunedGraph } from '../node';
import { Reads } from '../reads';
import { rewriteAll } from '../rewrite';
import { hashOf, sameAttrs } from '../same';

/** Commutative to TensorFlow, but not to the bit: of 0 and -0, or of a NaN and a number, these take the first. */
const ORDERED: ReadonlySet<string> = new Set(['Maximum', 'Minimum']);

export function mergeCommonSubexpressions(pruned: PrunedGraph): number {
  /** Nodes that may be the same: of one type, with the same inputs, and attributes with the same hash. */
  const seen = new Map<string, PlanNode[]>();
  /** Nodes that are the same have the same. */
  const ids = new Map<PlanNode, number>();
  const reads = new Reads(pruned);
  return rewriteAll(pruned, (node) => {
    ids.set(node, ids.size);
    const { effect, isCommutative } = node.def;
    if (effect !== 'pure' || node.views || node.outputTypes.some((t) => t.isRef)) return null;
    let inputs = node.inputs.map((s) => ('feed' in s ? `f${s.feed}` : `${ids.get(s.node)}:${s.index}`));
    if (isCommutative && !ORDERED.has(node.type)) inputs = inputs.sort();
    const hash = hashOf(node.attrs);
    if (hash === null) return null;
    // What waits for the same is there in the same runs, and on the same way: constants of one branch, or one loop.
    const waits = node.controls.map((c) => ids.get(c)).sort();
    const key = `${node.type}(${inputs.join()})^${waits.join()}|${hash}${reads.keyOf(node)}`;
    const alike = seen.get(key) ?? [];
    const first = alike.find((other) => sameAttrs(other.attrs, node.attrs)) ?? null;
    if (first) ids.set(node, ids.get(first)!);
    else seen.set(key, [...alike, node]);
    return first;
  });
}
