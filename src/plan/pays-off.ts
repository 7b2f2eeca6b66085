/**
 * Whether a device is likely to be faster with a part of a plan as one: a rule on the plan, so that every process comes
 * to the same answer. The arithmetic is the same either way; what differs is what each op costs beside it.
 *
 * Nanoseconds, fitted to steps of the tutorial's network, an LSTM, convolutions and chains of scalars: see
 * docs/performance.md.
 */
import { float32 } from '../base/dtype';
import type { Operation, Tensor } from '../graph/graph';
import type { Device } from '../kernels/kernel';
import { hostKernel } from '../kernels/registry';
import type { Facts } from './facts';
import { type PlanNode, ROOT, type Source, roleOf } from './node';

/**
 * Step by step: an op on the host, one that is a loop over elements of one type, and each element. On the device it is
 * the device's `overhead`.
 */
const HOST = { op: 250, loop: 150, element: 2 };
/** As one, in TensorFlow: the call, with what goes in and out, and each op inside. */
const WHOLE = { call: 20_000, op: 170 };
/** What is asked of a device. */
type Costs = Pick<Device, 'overhead' | 'whole'>;
/** What brings values into loops, round and on costs TensorFlow more than us, and an op there a little more. */
const LOOP = { control: 230, op: 190 };
/** Iterations that a loop is taken to have. */
const TIMES = 10;

export function paysOff(nodes: readonly PlanNode[], facts: Facts, device: Costs): boolean {
  let saved = -(device.whole ?? WHOLE).call;
  for (const node of nodes) {
    saved += node.frame === ROOT ? savedBy(node, facts, device) : TIMES * savedBy(node, facts, device);
    if (saved > 0) return true;
  }
  return false;
}
/** Whether a loop, or what parts and joins again, is faster inside of a part than step by step. */
export function regionPaysOff(region: Iterable<PlanNode>, facts: Facts, device: Costs): boolean {
  let saved = 0;
  for (const node of region) saved += savedBy(node, facts, device);
  return saved > 0;
}
function savedBy(node: PlanNode, facts: Facts, device: Costs): number {
  if (roleOf(node) !== undefined) return -LOOP.control;
  const edges = [...node.inputs, ...node.outputTypes.map((_, index): Source => ({ node, index }))];
  const largest = Math.max(0, ...edges.map((s) => facts.shape(s).numElements() ?? 1));
  const op = isLoop(node) ? HOST.loop : HOST.op;
  const isApart = node.frame !== ROOT || node.branch !== 0;
  return Math.min(op + HOST.element * largest, device.overhead) - (isApart ? LOOP.op : (device.whole ?? WHOLE).op);
}
/**
 * Whether a plan may come to pay off as one: a guess by the shapes that its nodes were made with, before any rewrite,
 * so that it can be told in the first run already. What is not known counts as the longest first dimension of a feed.
 * Where the device takes no loops and no ways, a plan that has some stays as it is.
 */
export function mayPayOff(
  nodes: readonly { readonly op: Operation; readonly isRepeated: boolean }[],
  feedShapes: readonly (readonly number[])[],
  { overhead, whole }: Costs,
): boolean {
  if (whole && nodes.some(({ op, isRepeated }) => isRepeated || op.def.row.control !== undefined)) return false;
  const costs = whole ?? WHOLE;
  let longest = 1;
  for (const [length = 1] of feedShapes) if (length > longest) longest = length;
  const sizeOf = ({ shape: { dims } }: Tensor): number => {
    if (dims === null) return longest;
    let size = 1;
    for (let i = 0; i < dims.length; i++) size *= dims[i] ?? longest;
    return size;
  };
  let saved = -costs.call;
  for (const { op, isRepeated } of nodes) {
    const { def, type, inputs, outputs } = op;
    const row = hostKernel(type);
    const [first, ...others] = outputs;
    // What settles shapes is not there any more then.
    if (def.effect !== 'pure' || !inputs.length || row?.only || row?.alias || row?.shapesOnly || !first) continue;
    if (first.dtype.isInteger || def.row.control !== undefined) continue;
    if (whole && (first.dtype !== float32 || !whole.has(type))) continue;
    let largest = sizeOf(first);
    let isOfOneType = inputs.length < 3 && !others.length;
    for (const x of inputs) {
      largest = Math.max(largest, sizeOf(x));
      if (x.dtype !== first.dtype) isOfOneType = false;
    }
    const byIt = Math.min((isOfOneType ? HOST.loop : HOST.op) + HOST.element * largest, overhead) - costs.op;
    saved += isRepeated ? TIMES * byIt : byIt;
    if (saved > 0) return true;
  }
  return false;
}
/** Whether it is of one or two operands, of its result's type. */
function isLoop({ inputs, outputTypes: [type, ...others] }: PlanNode): boolean {
  const same = (s: Source): boolean => 'feed' in s || s.node.outputTypes[s.index] === type;
  return inputs.length < 3 && !others.length && inputs.every(same);
}
