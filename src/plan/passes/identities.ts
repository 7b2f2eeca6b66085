/** Nodes whose output is one of their inputs, and nothing else: `before -> after`. */
import { type DType, isBig } from '../../base/dtype';
import type { NDArray } from '../../base/ndarray';
import { holdsSubnormal } from '../../kernels/host/operands';
import { countsAsZero, isFlushed } from '../../kernels/values';
import type { Facts } from '../facts';
import type { Folder } from './fold';
import { integers, isChecked } from '../failures';
import { type PlanNode, type PrunedGraph, type Source, isRef, isView, nodesWithEffects } from '../node';
import { givesWayTo, rewriteAll } from '../rewrite';

/**
 * Identity(x), StopGradient(x), … -> x, where nothing waits for the node and x is no variable. A view of one will do:
 * it is as good as a view of that view.
 */
export function removeIdentities(pruned: PrunedGraph): number {
  return rewriteAll(pruned, (node) => {
    const [x] = node.inputs;
    return node.def.row.passesThrough && givesWayTo(node, x) && (!isRef(x) || isView(x)) ? x : null;
  });
}

type Rule = (numbers: readonly number[], dtype: DType) => boolean;
/** Ops that give input 0 back where the output has its shape and the other input says so. */
const SAME_IF_SAME_SHAPE: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...['Reshape', 'BroadcastTo', 'Sum', 'Mean', 'All', 'Any', 'Slice'].map((type): [string, Rule] => [type, () => true]),
  // Products count numbers below the least normal one as 0.
  ['Prod', (_, dtype) => dtype.isInteger],
  // Of what has no order it is an error.
  ['Max', (_, dtype) => !dtype.isComplex && dtype.kind !== 'quantized'],
  ['Min', (_, dtype) => !dtype.isComplex && dtype.kind !== 'quantized'],
  ['Tile', (times) => times.every((n) => n === 1)],
]);
/**
 * Reshape, Tile, Sum, BroadcastTo, … to the shape that x has already -> x. Only where the other inputs are constants:
 * that the op succeeds must be known, and not concluded from a shape that it would have if it did.
 */
export function removeShapeNoops(pruned: PrunedGraph, facts: Facts): number {
  const kept = nodesWithEffects(pruned);
  return rewriteAll(pruned, (node) => {
    const rule = SAME_IF_SAME_SHAPE.get(node.type);
    const [x, ...others] = node.inputs;
    if (!rule || !givesWayTo(node, x) || isRef(x) || others.some((s) => isAmong(kept, s))) return null;
    const same = isChecked(node, facts) && facts.shape(x).equals(facts.shape({ node, index: 0 }));
    return same && rule(integers(node, 1, facts)!, node.outputTypes[0]) ? x : null;
  });
}
function isAmong(nodes: ReadonlySet<PlanNode>, s: Source): boolean {
  return !('feed' in s) && nodes.has(s.node);
}

type Neutral = 'zero' | 'negativeZero' | 'one';
/**
 * With which operand the other one is the result, on the left and on the right. For fractions -0 is: -0 + 0 is 0, and
 * that is another number to whoever divides by it.
 */
const NEUTRAL: ReadonlyMap<string, { readonly left?: Neutral; readonly right?: Neutral }> = new Map([
  ['Add', { left: 'negativeZero', right: 'negativeZero' }],
  ['AddV2', { left: 'negativeZero', right: 'negativeZero' }],
  ['Sub', { right: 'zero' }],
  ['Mul', { left: 'one', right: 'one' }],
  ['RealDiv', { right: 'one' }],
]);
/** n + 0, x - 0, x * 1, x / 1 -> x, where the shape stays, and x is what the op makes of it. */
export function removeNeutralOperands(
  pruned: PrunedGraph,
  facts: Facts,
  target: Folder | null = null,
  asOne = false,
): number {
  const effects = nodesWithEffects(pruned);
  return rewriteAll(pruned, (node) => {
    const neutral = NEUTRAL.get(node.type);
    if (!neutral || node.inputs.some(isRef)) return null;
    const out = facts.shape({ node, index: 0 });
    const [x, y] = node.inputs;
    const kept = isAll(facts.value(y), neutral.right) ? x : isAll(facts.value(x), neutral.left) ? y : null;
    if (!kept || !givesWayTo(node, kept) || isAmong(effects, kept === x ? y : x)) return null;
    if (!out.isFullyDefined() || !facts.shape(kept).equals(out)) return null;
    return keepsSubnormals(node, target) || !mayBeSubnormal(kept, facts, asOne && target?.flushes === true)
      ? kept
      : null;
  });
}
/** Whether numbers below the least normal one go through an op as they are. */
function keepsSubnormals({ type, outputTypes: [dtype] }: PlanNode, target: Folder | null): boolean {
  return dtype.isInteger || (target?.flushes !== true && !countsAsZero(type));
}
/** Whether such a number may be among the elements: not of a constant without one, and of what a device flushes. */
function mayBeSubnormal(s: Source, facts: Facts, flushes: boolean): boolean {
  const value = facts.value(s);
  if (value) return holdsSubnormal(value.data);
  return 'feed' in s || !flushes || !isFlushed(s.node.type);
}
const LARGEST = 4096;
const NUMBERS: Readonly<Record<Neutral, number>> = { zero: 0, negativeZero: -0, one: 1 };
/** Whether every element is the number, as the elements are stored: text, bits and pairs of numbers are none. */
function isAll(value: NDArray | null, neutral: Neutral | undefined): boolean {
  if (!value || !neutral || value.size === 0 || value.size > LARGEST) return false;
  const { data, dtype } = value;
  if (isBig(data)) return data.every((n) => n === (neutral === 'one' ? 1n : 0n));
  if (!(dtype.isInteger || (dtype.isFloating && dtype.size > 2)) || !ArrayBuffer.isView(data)) return false;
  const number = dtype.isInteger && neutral !== 'one' ? 0 : NUMBERS[neutral];
  for (const x of data) if (!Object.is(x, number)) return false;
  return true;
}
