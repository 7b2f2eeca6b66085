/**
 * Which outputs are views of a 1.x variable's memory. A reference variable is a buffer, in TensorFlow as here: an op
 * that hands on its input's memory gives a view of it, which shows what the buffer holds when the reader of the view
 * runs, behind whatever update it stands behind. Every other op gives the value as of its own time.
 *
 * The rule is one of types and static shapes, so that every plan of a graph keeps it. TensorFlow 1.15 also hands on a
 * part of a tensor that happens to be aligned in memory (in Slice, StridedSlice, Unpack), and memory that operands fed
 * in a run leave alone (a transpose to the same order): here these are values.
 */
import { numbersIn } from '../base/nested';
import { constantValue } from '../graph/constant';
import type { Operation } from '../graph/graph';
import { type PlanNode, ROOT, isRef } from './node';

/** They hand their input on whatever it is. */
const ALWAYS: ReadonlySet<string> = new Set([
  'Identity',
  'IdentityN',
  'StopGradient',
  'PreventGradient',
  'PlaceholderWithDefault',
  'Reshape',
  'ExpandDims',
  'Squeeze',
  'EnsureShape',
  'CheckNumerics',
  'Print',
]);
/** They do where there is but one. */
const ALONE: ReadonlySet<string> = new Set(['AddN', 'Pack']);
/** They do where the output has the input's shape, and this holds. */
const IF_SAME_SHAPE: ReadonlyMap<string, (op: Operation) => boolean> = new Map<string, (op: Operation) => boolean>([
  ...[
    'Sum',
    'Mean',
    'Prod',
    'Max',
    'Min',
    'EuclideanNorm',
    'All',
    'Any',
    'Tile',
    'Slice',
    'BroadcastTo',
    'Pad',
    'PadV2',
  ].map((type): [string, (op: Operation) => boolean] => [type, () => true]),
  ['StridedSlice', (op) => integersOf(op, 3)?.every((stride) => stride === 1) ?? false],
  ['Transpose', (op) => integersOf(op, 1)?.every((d, i) => d === i) ?? false],
]);
function integersOf(op: Operation, input: number): number[] | null {
  const value = constantValue(op.inputs[input]);
  return value && numbersIn(value);
}

/** Whether output 0 has the very memory of input 0, unchanged: decided by what is known when the node is made. */
export function isSameAsInput({ op, type }: PlanNode): boolean {
  const [x] = op.inputs;
  const rule = IF_SAME_SHAPE.get(type);
  return !!rule && x.shape.isFullyDefined() && x.shape.equals(op.outputs[0].shape) && rule(op);
}
function isAlone({ type, inputs }: PlanNode): boolean {
  return ALONE.has(type) && inputs.length === 1;
}
/** Whether a node's output is its first input, whatever that is. */
export function handsOn({ type }: PlanNode): boolean {
  return ALWAYS.has(type);
}
/** For each input whether it is handed on. */
export function handedOn(node: PlanNode): readonly boolean[] {
  const { control } = node.def.row;
  const all = control === 'merge' || node.type === 'IdentityN';
  const first = control !== undefined || ALWAYS.has(node.type) || isSameAsInput(node) || isAlone(node);
  return node.inputs.map((_, i) => all || (i === 0 && first));
}
/** Marks the outputs that are views, in nodes that are in order; again where a view goes round in a loop. */
export function markViews(nodes: readonly PlanNode[]): void {
  for (let found = true; found; ) {
    found = false;
    for (const node of nodes) {
      const views = viewsOf(node);
      if (!views) continue;
      found ||= !node.views && node.frame !== ROOT;
      node.views = views;
    }
  }
}
function viewsOf(node: PlanNode): boolean[] | null {
  if (!node.inputs.some(isRef) || node.outputTypes.every((t) => t.isRef)) return null;
  const { control } = node.def.row;
  const handed = handedOn(node);
  const isView = node.inputs.map((s, i) => handed[i] && isRef(s));
  if (!isView.includes(true)) return null;
  if (control === 'switch') return node.outputTypes.map(() => true);
  if (control === 'merge') return [true, false];
  return node.outputTypes.map((_, i) => isView[i] === true);
}
