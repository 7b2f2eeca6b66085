/** Runs a plan: an array of values and a loop over steps. No names, no maps. */
import type { OpError } from '../base/errors';
import { ABSENT, KernelError, type RunContext, type Value, hostKernel } from '../kernels/kernel';
import { release, retained } from '../kernels/value';
import { bufferOf } from '../kernels/variable';
import { runOnHost } from '../kernels/dispatch';
import type { Layout, Step } from '../plan/step';

/** Sees every step of a run: timelines, profilers and debuggers. Off, it costs one comparison per step. */
export interface RunObserver {
  /** Before a step, with the inputs that its kernel gets. */
  beforeStep?(step: Step, inputs: readonly Value[]): void;
  /** After it. What it throws is the step's error. */
  onStep?(step: Step, inputs: readonly Value[], outputs: readonly Value[], nanoseconds: number): void;
}
/** Something that can run a plan. Feeds come as values with one reference each, which it takes over. */
export interface Executor {
  run(plan: Layout, feeds: readonly Value[], context: RunContext, observer: RunObserver | null): Value[];
}
/** A kernel's error with the step that raised it; the session turns it into a `tf.errors` one. */
export class StepError extends Error {
  constructor(
    readonly step: Step,
    readonly cause_: KernelError | OpError | Error,
  ) {
    super(cause_.message);
  }
}

/** Nanoseconds per element, measured on float32: what weighs the host against the device. */
const HOST_COST = 2;
const DEVICE_COST = 0.15;
/** Bringing a value to the host: a copy. Handing one to the device: a copy on wasm; seldom one on native. */
const TO_HOST = { fixed: 700, perElement: 0.35 };
const TO_DEVICE = { fixed: 700, perElement: 0.1 };

/** One step after the other, in process. */
export const flatExecutor: Executor = {
  run(plan, feeds, context, observer) {
    const slots = new Array<Value | null>(plan.slots).fill(null);
    let at: Step | null = null;
    try {
      for (let i = 0; i < feeds.length; i++) slots[i] = feeds[i];
      const { steps, constants } = plan;
      for (let i = 0; i < constants.length; i++) slots[feeds.length + i] = constants[i];
      const left = plan.conditional ? new Uint8Array(steps.length) : null;
      for (let i = 0; i < steps.length; i++) {
        at = steps[i];
        if (left && isLeftOut(at, slots, left)) leaveOut(at, slots, left, i);
        else runStep(at, slots, context, observer);
      }
      at = null;
      return fetchValues(plan, slots);
    } catch (error) {
      if (at && !(error instanceof StepError)) throw new StepError(at, error as Error);
      throw error;
    } finally {
      const own = feeds.length + plan.constants.length;
      for (let i = 0; i < slots.length; i++) if (slots[i] && (i < feeds.length || i >= own)) slots[i]!.release();
    }
  },
};

/** The fetched values, with one reference each for the caller. */
function fetchValues(plan: Layout, slots: readonly (Value | null)[]): Value[] {
  const out: Value[] = [];
  for (let i = 0; i < plan.fetchSlots.length; i++) {
    const slot = plan.fetchSlots[i];
    const value = slots[slot]!;
    try {
      if (value === ABSENT) throw new KernelError('InvalidArgument', `Retval[${i}] does not have value`, NOT_TAKEN);
      out.push(plan.fetchDeref[i] && value.payload ? readThrough(value) : value.retain());
    } catch (error) {
      out.forEach(release);
      throw new StepError(plan.steps.find((step) => step.outputs.includes(slot))!, error as KernelError);
    }
  }
  return out;
}
const NOT_TAKEN = 'it is on the way of a Switch that this run does not take: fetch what joins the two ways.';
/** A step without one of its inputs, or without a step that it waits for; a Merge needs one input of all. */
function isLeftOut(step: Step, slots: readonly (Value | null)[], left: Uint8Array): boolean {
  const { inputs, waits } = step;
  for (let i = 0; i < waits.length; i++) if (left[waits[i]]) return true;
  let absent = 0;
  for (let i = 0; i < inputs.length; i++) if (slots[inputs[i]] === ABSENT) absent++;
  return absent > 0 && (!step.merges || absent === inputs.length);
}
function leaveOut(step: Step, slots: (Value | null)[], left: Uint8Array, index: number): void {
  left[index] = 1;
  for (const slot of step.outputs) slots[slot] = ABSENT.retain();
  releaseDead(step, slots);
}

const NONE: readonly Value[] = [];
function runStep(step: Step, slots: (Value | null)[], context: RunContext, observer: RunObserver | null): void {
  const inputs = new Array<Value>(step.inputs.length);
  const { deref } = step;
  let outputs: readonly Value[] = NONE;
  let ready = 0;
  try {
    for (; ready < inputs.length; ready++) {
      const value = slots[step.inputs[ready]]!;
      inputs[ready] = deref && deref[ready] && value.payload ? readThrough(value) : value;
    }
    if (observer?.beforeStep) observer.beforeStep(step, inputs);
    const started = observer ? process.hrtime.bigint() : 0n;
    outputs = step.compiled
      ? runCompiled(step.compiled, inputs, context)
      : step.stateful
        ? step.stateful(inputs, step.node, context)
        : step.host && (!step.device || hostIsCheaper(step, inputs, step.device.overhead ?? context.device.overhead))
          ? runOnHost(step.host, step.node, inputs)
          : runOnDevice(step, inputs);
    if (observer?.onStep) observer.onStep(step, inputs, outputs, Number(process.hrtime.bigint() - started));
  } catch (error) {
    outputs.forEach(release);
    throw error;
  } finally {
    if (deref) for (let i = 0; i < ready; i++) if (deref[i] && inputs[i] !== slots[step.inputs[i]]) inputs[i].release();
  }
  for (let i = 0; i < step.outputs.length; i++) slots[step.outputs[i]] = outputs[i];
  releaseDead(step, slots);
}
function releaseDead(step: Step, slots: (Value | null)[]): void {
  for (let i = 0; i < step.dead.length; i++) {
    const slot = step.dead[i];
    slots[slot]!.release();
    slots[slot] = null;
  }
}

/** A part of the graph as one; where it fails, node by node, so that the error names the node. */
function runCompiled(
  { kernel, steps }: NonNullable<Step['compiled']>,
  inputs: readonly Value[],
  context: RunContext,
): readonly Value[] {
  try {
    return kernel.run(inputs);
  } catch {
    return flatExecutor.run(steps, inputs.map(retained), context, null);
  }
}

/** What a reference or a view shows now, with one reference for the caller. */
function readThrough(value: Value): Value {
  const buffer = bufferOf(value);
  return value.payload === buffer ? buffer.readAs(value.shape) : buffer.read();
}

function runOnDevice(step: Step, inputs: readonly Value[]): readonly Value[] {
  try {
    return step.device!(inputs, step.node);
  } catch (error) {
    const row = hostKernel(step.node.type);
    if (!row || !(error instanceof KernelError)) throw error;
    // Devices word some errors their own way: the host's kernel fails in TensorFlow 1.15's words, or does what the device cannot.
    const outputs = runOnHost(row, step.node, inputs);
    if (error.code === 'Unimplemented' || error.code === 'NotFound') return outputs;
    throw error;
  }
}

/** Weighs the arithmetic on the host against a trip to the device, with what must be moved for either. */
function hostIsCheaper(step: Step, inputs: readonly Value[], overhead: number): boolean {
  let largest = 1;
  let toHost = 0;
  let toDevice = 0;
  for (let i = 0; i < inputs.length; i++) {
    const { size } = inputs[i];
    if (size > largest) largest = size;
    if (inputs[i].data === null) toHost += TO_HOST.fixed + size * TO_HOST.perElement;
    else if (inputs[i].handle === null) toDevice += TO_DEVICE.fixed + size * TO_DEVICE.perElement;
  }
  const { cost, alias, shapesOnly } = step.host!;
  // The device's copy is not handed on from here: it would have to be made again.
  if (alias)
    return toHost + (inputs[0].handle === null ? 0 : inputs[0].size * TO_DEVICE.perElement) <= overhead + toDevice;
  if (shapesOnly) toHost = toDevice = 0;
  const work = typeof cost === 'function' ? cost(inputs, step.node) : largest * (cost ?? HOST_COST);
  return work + toHost <= overhead + toDevice + largest * DEVICE_COST;
}
