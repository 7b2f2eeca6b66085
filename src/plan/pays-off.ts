/**
 * Whether a device is likely to be faster with a part of a plan as one: a rule on the plan, so that every process comes
 * to the same answer. The arithmetic is the same either way; what differs is what each op costs beside it.
 *
 * Nanoseconds, fitted to steps of the tutorial's network, an LSTM, convolutions and chains of scalars: see
 * docs/performance.md.
 */
import type { Operation, Tensor } from '../graph/graph';
import { type Device, hostKernel } from '../kernels/kernel';
import type { Facts } from './facts';
import type { PlanNode, Source } from './node';

/**
 * Step by step: an op on the host, one that is a loop over elements of one type, and each element. On the device it is
 * the device's `overhead`.
 */
const HOST = { op: 250, loop: 150, element: 2 };
/** As one: the call, with what goes in and out, and each op inside. */
const WHOLE = { call: 20_000, op: 170 };

export function paysOff(nodes: readonly PlanNode[], facts: Facts, device: Pick<Device, 'overhead'>): boolean {
  let saved = -WHOLE.call;
  for (const node of nodes) {
    const edges = [...node.inputs, ...node.outputTypes.map((_, index): Source => ({ node, index }))];
    const largest = Math.max(0, ...edges.map((s) => facts.shape(s).numElements() ?? 1));
    const op = isLoop(node) ? HOST.loop : HOST.op;
    saved += Math.min(op + HOST.element * largest, device.overhead) - WHOLE.op;
    if (saved > 0) return true;
  }
  return false;
}
/**
 * Whether a plan may come to pay off as one: a guess by the shapes that its nodes were made with, before any rewrite,
 * so that it can be told in the first run already. What is not known counts as the longest first dimension of a feed.
 */
export function mayPayOff(
  ops: Iterable<Operation>,
  feedShapes: readonly (readonly number[])[],
  { overhead }: Pick<Device, 'overhead'>,
): boolean {
  let longest = 1;
  for (const [length = 1] of feedShapes) if (length > longest) longest = length;
  const sizeOf = ({ shape }: Tensor): number => {
    if (shape.rank === null) return longest;
    let size = 1;
    for (let i = 0; i < shape.rank; i++) size *= shape.at(i) ?? longest;
    return size;
  };
  let saved = -WHOLE.call;
  for (const { def, type, inputs, outputs } of ops) {
    const row = hostKernel(type);
    const [first, ...others] = outputs;
    // What settles shapes is not there any more then.
    if (def.effect !== 'pure' || !inputs.length || row?.only || row?.alias || row?.shapesOnly || !first) continue;
    if (first.dtype.isInteger) continue;
    let largest = sizeOf(first);
    let isOfOneType = inputs.length < 3 && !others.length;
    for (const x of inputs) {
      largest = Math.max(largest, sizeOf(x));
      if (x.dtype !== first.dtype) isOfOneType = false;
    }
    saved += Math.min((isOfOneType ? HOST.loop : HOST.op) + HOST.element * largest, overhead) - WHOLE.op;
    if (saved > 0) return true;
  }
  return false;
}
/** Whether it is of one or two operands, of its result's type. */
function isLoop({ inputs, outputTypes: [type, ...others] }: PlanNode): boolean {
  const same = (s: Source): boolean => 'feed' in s || s.node.outputTypes[s.index] === type;
  return inputs.length < 3 && !others.length && inputs.every(same);
}
