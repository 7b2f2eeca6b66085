/** Says where the way from an x to a y breaks, when no gradient comes back along it. */
import { type Operation, type Tensor, gradientFunction } from '../graph/graph';
import { rowOf } from '../graph/opdef';
import { isBackpropagatable } from './between';

/** One sentence: that `y` does not depend on `x`, or which operation on the way lets no gradient through. */
export function whyNoGradient(y: Tensor, x: Tensor): string {
  const way = wayFrom(x.op, y.op);
  if (!way)
    return (
      `${y.name} does not depend on ${x.name}` +
      (isBehind(y, x) ? `, which is computed from it: the other way round, tf.gradients(${x.op.name}, …)` : '')
    );
  const names = [x.op.name, ...way.map(({ op }) => op.name)];
  const shown = (names.length <= 6 ? names : [...names.slice(0, 3), '…', ...names.slice(-2)]).join(' -> ');
  for (const { op, input } of way) {
    const t = op.inputs[input];
    const made = (by: Operation): string => (by.trace.line ? `, made at ${by.trace.line},` : '');
    if (!isBackpropagatable(t))
      return (
        `${shown}: ${t.name}${made(t.op)} is ${t.dtype.baseDtype.name}, and gradients flow through floating-point ` +
        'tensors only; make the cost of what comes before it'
      );
    if (gradientFunction(op) === 'none')
      return `${shown}: '${op.name}' (op type: ${op.type})${made(op)} has no derivative`;
  }
  const silent = way.find(({ op, input }) => rowOf(op.def).grad !== undefined && input > 0) ?? way[0];
  return `${shown}: '${silent.op.name}' (op type: ${silent.op.type}) gives its input ${silent.input} no gradient`;
}

/** Whether a tensor is computed from another one: a gradient is then asked the wrong way round. */
export function isBehind(from: Tensor, to: Tensor): boolean {
  // A variable is read by a node of its own for each function.
  const [read] = from.op.inputs;
  return wayFrom(read && !read.op.inputs.length ? read.op : from.op, to.op) !== null;
}

interface Hop {
  readonly op: Operation /** The input by which the way comes in. */;
  readonly input: number;
}

/** A shortest way along data edges, or null. */
function wayFrom(from: Operation, to: Operation): Hop[] | null {
  const next = new Map<Operation, Hop | null>([[to, null]]);
  for (const op of next.keys()) {
    if (op === from) break;
    op.inputs.forEach((t, input) => {
      if (!next.has(t.op)) next.set(t.op, { op, input });
    });
  }
  if (!next.has(from)) return null;
  const way: Hop[] = [];
  for (let hop = next.get(from); hop; hop = next.get(hop.op)) way.push(hop);
  return way;
}
