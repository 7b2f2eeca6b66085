/**
 * Which values may lie in the memory of a fed array: a device may compute in it, and hand parts of it on. The user may
 * write to that array once the run is over, so what outlives the run must not lie there.
 */
import { opDef } from '../graph/opdef';
import { type Device, type Kernel, Value } from '../kernels/kernel';
import { release } from '../kernels/value';
import { type Layout, type Step, withKernel } from './step';

/** The layout, with copies made of what a variable would take from a feed's memory. */
export function copyAliases(layout: Layout, device: Device): Layout {
  const { handsOn } = device;
  if (!handsOn) return layout;
  const aliases = new Uint8Array(layout.slots).fill(1, 0, layout.feedCount);
  const steps = layout.steps.map((step) => follow(step, aliases, handsOn));
  return { ...layout, steps, fetchAliases: layout.fetchSlots.map((slot) => aliases[slot] === 1) };
}

/** Marks the outputs of a step that may lie where a marked input does. */
function follow(step: Step, aliases: Uint8Array, handsOn: (type: string) => boolean): Step {
  const inputs = step.inputs.map((slot) => aliases[slot] === 1);
  if (!inputs.includes(true)) return step;
  if (step.compiled) {
    const { slots, steps, fetchSlots } = step.compiled.steps;
    const inside = new Uint8Array(slots);
    inputs.forEach((yes, i) => {
      inside[i] = yes ? 1 : 0;
    });
    for (const each of steps) follow(each, inside, handsOn);
    fetchSlots.forEach((slot, i) => {
      aliases[step.outputs[i]] = inside[slot];
    });
    return step;
  }
  // What keeps its inputs gets copies, and has nothing of a feed to hand on.
  if (step.where === 'state' && keepsInputs(step)) return withKernel(step, onCopies(step.kernel, inputs));
  if (handsOn(step.node.type)) for (const slot of step.outputs) aliases[slot] = 1;
  return step;
}

function keepsInputs({ node }: Step): boolean {
  const { effect } = opDef(node.type);
  return effect === 'writes' || effect === 'waits';
}
/** A stateful kernel that may keep its inputs. A value with data on the host says itself whether that is shared. */
function onCopies(kernel: Kernel, aliases: readonly boolean[]): Kernel {
  return (inputs, run) => {
    const copies: Value[] = [];
    const own = inputs.map((value, i) => {
      if (!aliases[i] || value.handle === null || value.data !== null) return value;
      const copy = new Value(value.dtype, value.shape, value.read());
      value.data = null;
      copies.push(copy);
      return copy;
    });
    try {
      return kernel(own, run);
    } finally {
      copies.forEach(release);
    }
  };
}
