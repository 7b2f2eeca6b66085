/**
 * A device may compute in the very memory of a fed array, and hand parts of it on. The user may write to that array once
 * the run is over: what outlives the run must not lie there.
 */
import { type Device, type StatefulKernel, Value } from '../kernels/kernel';
import { release } from '../kernels/value';
import type { Plan, Step } from './plan';

/** For each fetch, whether it may lie in the memory of a feed. */
const LENT_FETCHES = new WeakMap<Plan, readonly boolean[]>();
export function mayBeLent(plan: Plan, fetch: number): boolean {
  return LENT_FETCHES.get(plan)?.[fetch] === true;
}

/** The plan, with copies made of what a variable would take from a feed's memory. */
export function copyingLent(plan: Plan, device: Device): Plan {
  const { handsOn } = device;
  if (!handsOn) return plan;
  const lent = new Uint8Array(plan.slots).fill(1, 0, plan.feedCount);
  const steps = plan.steps.map((step) => follow(step, lent, handsOn));
  const copying = { ...plan, steps };
  LENT_FETCHES.set(
    copying,
    plan.fetchSlots.map((slot) => lent[slot] === 1),
  );
  return copying;
}

/** Marks the outputs of a step that may lie where a marked input does. */
function follow(step: Step, lent: Uint8Array, handsOn: (type: string) => boolean): Step {
  const inputs = step.inputs.map((slot) => lent[slot] === 1);
  if (!inputs.includes(true)) return step;
  if (step.compiled) {
    const { slots, steps, fetchSlots } = step.compiled.steps;
    const inside = new Uint8Array(slots);
    inputs.forEach((yes, i) => {
      inside[i] = yes ? 1 : 0;
    });
    for (const each of steps) follow(each, inside, handsOn);
    fetchSlots.forEach((slot, i) => {
      lent[step.outputs[i]] = inside[slot];
    });
    return step;
  }
  if (handsOn(step.node.type)) for (const slot of step.outputs) lent[slot] = 1;
  else if (step.stateful) return { ...step, stateful: onCopies(step.stateful, inputs) };
  return step;
}

/** A stateful kernel that may keep its inputs. A value with data on the host says itself whether that is shared. */
function onCopies(kernel: StatefulKernel, lent: readonly boolean[]): StatefulKernel {
  return (inputs, node, context) => {
    const copies: Value[] = [];
    const own = inputs.map((value, i) => {
      if (!lent[i] || value.handle === null || value.data !== null) return value;
      const copy = new Value(value.dtype, value.shape, value.read());
      value.data = null;
      copies.push(copy);
      return copy;
    });
    try {
      return kernel(own, node, context);
    } finally {
      copies.forEach(release);
    }
  };
}
