/** The part of a graph that lies between ys and xs, and how many gradients each of its operations waits for. */
import {
  bfloat16,
  complex128,
  complex64,
  type DType,
  float16,
  float32,
  float64,
  resource,
  variant,
} from '../base/dtype';
import { LoopStates, isExit } from '../flow/loop-states';
import type { Operation, Tensor } from '../graph/graph';
import type { Closures } from './closures';

const TRAINABLE: ReadonlySet<DType> = new Set([float16, float32, float64, complex64, complex128, resource, variant]);
/** True where a tensor has a derivative: real and complex numbers, and handles of what holds them. */
export function isTrainable({ dtype }: Pick<Tensor, 'dtype'>): boolean {
  return TRAINABLE.has(dtype.baseDtype);
}
/** True where gradients may flow through a tensor. */
export function isBackpropagatable(tensor: Tensor): boolean {
  return isTrainable(tensor) || tensor.dtype.baseDtype === bfloat16;
}

/** What lies on the ways from xs to ys. */
export interface Between {
  /** Operations of ys that some x reaches. */
  readonly reachable: ReadonlySet<Operation>;
  /** Operations on a way from an x to a y, in the order in which a walk back from the ys meets them. */
  readonly ops: readonly Operation[];
  /** Per operation, the inputs of operations in between that it feeds. */
  readonly pending: Map<Operation, number>;
  /** The loops among them; null where there are none. */
  readonly loops: LoopStates | null;
}

/**
 * Walks forward from the xs, then back from the ys. Linear in the size of the graph; nothing recurses.
 *
 * @param closures  edges into functions and out of them
 * @param within  runs what is made for an operation, where gradients are placed with their operations
 */
export function between(
  toOps: readonly Operation[],
  fromOps: readonly Operation[],
  within: (op: Operation, body: () => void) => void,
  closures: Closures,
): Between {
  const reached = new Set(fromOps);
  // A Set is walked in order of insertion, and what is added meanwhile is visited too.
  for (const op of reached) {
    for (const output of op.outputs)
      if (isBackpropagatable(output)) for (const consumer of closures.consumersOf(output)) reached.add(consumer);
  }
  const reachable = new Set(toOps.filter((op) => reached.has(op)));
  const inBetween = new Set(reachable);
  for (const op of inBetween)
    for (const { op: before } of closures.inputsOf(op)) if (reached.has(before)) inBetween.add(before);
  let loops: LoopStates | null = null;
  for (const op of inBetween) {
    if (!isExit(op) || !op.context) continue;
    const known = (loops ??= new LoopStates());
    within(op, () => known.add(op, inBetween));
  }
  const pending = new Map<Operation, number>();
  for (const op of inBetween) {
    for (const { op: before } of closures.inputsOf(op))
      if (inBetween.has(before)) pending.set(before, (pending.get(before) ?? 0) + 1);
  }
  return { reachable, ops: [...inBetween], pending, loops };
}

/** Where the walk back ends: xs that no other x lies behind, and what the caller names. */
export function stopOps(
  fromOps: readonly Operation[],
  stopGradients: readonly Operation[],
  pending: ReadonlyMap<Operation, number>,
  closures: Closures,
): ReadonlySet<Operation> {
  const stops = new Set(stopGradients);
  for (const op of fromOps) if (!closures.inputsOf(op).some((t) => (pending.get(t.op) ?? 0) > 0)) stops.add(op);
  return stops;
}
