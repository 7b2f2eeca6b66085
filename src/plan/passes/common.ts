/** f(x), f(x) -> one f(x), where f has no effects. */
import { entryOf } from '../../base/keys';
import type { PlanNode, PrunedGraph, Source } from '../node';
import { Reads } from '../reads';
import { rewriteAll } from '../rewrite';
import { hashOf, mixed, sameAttrs } from '../same';

/** Commutative to TensorFlow, but not to the bit: of 0 and -0, or of a NaN and a number, these take the first. */
const ORDERED: ReadonlySet<string> = new Set(['Maximum', 'Minimum']);

/** More than a node has. */
const MOST_OUTPUTS = 2 ** 24;

export function mergeCommonSubexpressions(pruned: PrunedGraph): number {
  /** Nodes that may be the same, by a number that is the same for the same. */
  const seen = new Map<number, PlanNode[]>();
  /** Nodes that are the same have the same. */
  const ids = new Map<PlanNode, number>();
  const reads = new Reads(pruned);
  const types = new Map<string, number>();
  /** NaN for a loop's way back, which is the same as nothing. */
  const idOf = (s: Source): number => ('feed' in s ? -1 - s.feed : (ids.get(s.node) ?? NaN) * MOST_OUTPUTS + s.index);
  const hashed = (s: Source): number => ('feed' in s ? -1 - s.feed : Math.imul(ids.get(s.node) ?? NaN, 31) + s.index);
  return rewriteAll(pruned, (node) => {
    ids.set(node, ids.size);
    const { effect, isCommutative } = node.def;
    if (effect !== 'pure' || node.views || node.outputTypes.some((t) => t.isRef)) return null;
    const attrs = hashOf(node.attrs);
    if (attrs === null) return null;
    let type = types.get(node.type);
    if (type === undefined) types.set(node.type, (type = types.size));
    const isOrdered = !isCommutative || ORDERED.has(node.type);
    let hash = Math.imul(type, 0x9e3779b1) ^ attrs;
    // Of what may be exchanged, and of what is waited for, the order says nothing.
    for (const s of node.inputs)
      hash = isOrdered ? mixed(hash, hashed(s)) : (hash + Math.imul(hashed(s), 0x85ebca6b)) | 0;
    for (const c of node.controls) hash = (hash + Math.imul(entryOf(ids, c), 0xc2b2ae35)) | 0;
    const alike = seen.get(hash);
    if (!alike) {
      seen.set(hash, [node]);
      return null;
    }
    const isSame = (other: PlanNode): boolean =>
      other.type === node.type &&
      sameInputs(other.inputs.map(idOf), node.inputs.map(idOf), isOrdered) &&
      // What waits for the same is there in the same runs, and on the same way: constants of one branch, or one loop.
      sameInputs(
        other.controls.map((c) => entryOf(ids, c)),
        node.controls.map((c) => entryOf(ids, c)),
        false,
      ) &&
      reads.keyOf(other) === reads.keyOf(node) &&
      sameAttrs(other.attrs, node.attrs);
    const first = alike.find(isSame) ?? null;
    if (first) ids.set(node, entryOf(ids, first));
    else alike.push(node);
    return first;
  });
}
function sameInputs(a: readonly number[], b: readonly number[], isOrdered: boolean): boolean {
  if (a.length !== b.length) return false;
  const [x, y] = isOrdered ? [a, b] : [[...a].sort(byNumber), [...b].sort(byNumber)];
  return x.every((id, i) => id === y[i]);
}
function byNumber(a: number, b: number): number {
  return a - b;
}
