/** Transposes that need not be done, or that the op behind them does on the way. */
import { int32 } from '../../base/dtype';
import { NDArray } from '../../base/ndarray';
import type { Facts } from '../facts';
import { integers, isChecked } from '../failures';
import { type PlanNode, type PrunedGraph, type Source, branchOf, isRef, newNode, nodesWithEffects } from '../node';
import { Reads } from '../reads';
import { givesWayTo, rewriteAll } from '../rewrite';

/** Attributes that say of inputs 0 and 1 that their last two dimensions are exchanged. */
const TRANSPOSES: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['MatMul', ['transpose_a', 'transpose_b']],
  ['BatchMatMul', ['adj_x', 'adj_y']],
  ['BatchMatMulV2', ['adj_x', 'adj_y']],
]);

/**
 * Transpose(x, [0, 1, …]) -> x; Transpose(Transpose(x, p), q) -> Transpose(x, p of q), or x;
 * MatMul(Transpose(a, [1, 0]), b) -> MatMul(a, b) with `transpose_a` turned over, and so on for b and for batches.
 */
export function simplifyTransposes(pruned: PrunedGraph, facts: Facts): number {
  const effects = nodesWithEffects(pruned);
  const reads = new Reads(pruned);
  const through = new Map<PlanNode, Transposed>();
  const made: PlanNode[] = [];
  let changed = 0;
  const replaced = rewriteAll(pruned, (node) => {
    changed += readPlain(node, through, reads);
    const order = node.type === 'Transpose' && isChecked(node, facts) ? integers(node, 1, facts) : null;
    if (!order || node.views) return null;
    const [x, perm] = node.inputs;
    if (!givesWayTo(node, x) || (!('feed' in perm) && effects.has(perm.node))) return null;
    const before = 'feed' in x ? undefined : through.get(x.node);
    const whole = before
      ? { source: before.source, order: order.map((d) => before.order[d]), at: before.at }
      : { source: x, order, at: node };
    through.set(node, whole);
    const isSame = whole.order.every((d, i) => d === i);
    if (isRef(whole.source) && (before || isSame)) return null;
    if (isSame) return whole.source;
    if (!before) return null;
    const constant = permutation(node, whole.order);
    made.push(constant);
    node.inputs = [whole.source, { node: constant, index: 0 }];
    changed++;
    return null;
  });
  pruned.nodes = [...made, ...pruned.nodes];
  return replaced + changed;
}
/** What a node reads through a transpose, and in which order. Read through earlier ones as well. */
interface Transposed {
  readonly source: Source;
  readonly order: readonly number[];
  readonly at: PlanNode;
}
/** Lets a product read what its operands were before they were transposed. How many of them. */
function readPlain(node: PlanNode, through: ReadonlyMap<PlanNode, Transposed>, reads: Reads): number {
  const flags = TRANSPOSES.get(node.type);
  if (!flags || node.outputTypes[0].isComplex) return 0;
  let found = 0;
  flags.forEach((flag, i) => {
    const x = node.inputs[i];
    const seen = 'feed' in x ? undefined : through.get(x.node);
    if (!seen || !swapsLast(seen.order) || branchOf(x) !== branchOf(seen.source)) return;
    if (!reads.unchanged(seen.at, node)) return;
    node.inputs = node.inputs.map((s, k) => (k === i ? seen.source : s));
    node.attrs = { ...node.attrs, [flag]: node.attrs[flag] !== true };
    node.changed = true;
    found++;
  });
  return found;
}

function swapsLast(order: readonly number[]): boolean {
  const n = order.length;
  return n >= 2 && order.every((d, i) => d === (i === n - 1 ? n - 2 : i === n - 2 ? n - 1 : i));
}
function permutation({ op }: PlanNode, order: readonly number[]): PlanNode {
  const value = new NDArray(int32, [order.length], Int32Array.from(order));
  return newNode(op, 'Const', { attrs: { value, dtype: int32 }, inputs: [], outputTypes: [int32] });
}
