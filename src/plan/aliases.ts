/**
 * Which values may lie in the memory of a fed array: a device may compute in it, and hand parts of it on. The user may
 * write to that array once the run is over, so what outlives the run must not lie there.
 */
import { type Device, type Kernel, Value } from '../kernels/kernel';
import { release } from '../kernels/value';
import { type Layout, type Step, withKernel } from './step';

/** The layout, with copies made of what a variable would take from a feed's memory. */
export function copyAliases(layout: Layout, device: Device): Layout {
  const { forwardsInput } = device;
  if (!forwardsInput) return layout;
  const aliases = new Uint8Array(layout.slots).fill(1, 0, layout.feedCount);
  findAliases(layout, aliases, forwardsInput);
  const steps = layout.steps.map((step) => copying(step, aliases));
  return { ...layout, steps, fetchAliases: layout.fetchSlots.map((slot) => aliases[slot] === 1) };
}
/** Marks what may lie where a marked slot does: again while there is more, since values go round in loops. */
function findAliases(layout: Layout, aliases: Uint8Array, forwardsInput: (type: string) => boolean): void {
  for (let found = true; found; ) {
    found = false;
    for (const step of layout.steps) if (follow(step, aliases, forwardsInput) && layout.frames.length > 1) found = true;
  }
}
/** Marks the outputs of a step that may lie where a marked input does. True where it marked some. */
function follow(step: Step, aliases: Uint8Array, forwardsInput: (type: string) => boolean): boolean {
  if (!step.compiled && (step.keepsInputs || !forwardsInput(step.node.type))) return false;
  if (!step.inputs.some((slot) => aliases[slot] === 1)) return false;
  const before = step.outputs.filter((slot) => aliases[slot] === 1).length;
  if (before === step.outputs.length) return false;
  if (step.compiled) {
    const { steps } = step.compiled;
    const inside = new Uint8Array(steps.slots);
    step.inputs.forEach((slot, i) => {
      inside[i] = aliases[slot];
    });
    findAliases(steps, inside, forwardsInput);
    steps.fetchSlots.forEach((slot, i) => {
      aliases[step.outputs[i]] = inside[slot];
    });
  } else for (const slot of step.outputs) aliases[slot] = 1;
  return step.outputs.filter((slot) => aliases[slot] === 1).length > before;
}
/** What keeps its inputs gets copies, and has nothing of a feed to hand on. */
function copying(step: Step, aliases: Uint8Array): Step {
  if (!step.keepsInputs) return step;
  const inputs = step.inputs.map((slot) => aliases[slot] === 1);
  if (!inputs.includes(true)) return step;
  return withKernel(step, onCopies(step.kernel, inputs));
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
