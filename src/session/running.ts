/** A run as an object, and what executors have in common: how a step gets its inputs, and where its outputs go. */
import { known } from '../base/keys';
import { string, variant } from '../base/dtype';
import type { OpError } from '../base/errors';
import { errorOf } from '../base/thrown';
import { now } from '../base/platform';
import type { Operation } from '../graph/graph';
import { DEAD, type Kernel, KernelError, type Run, Value } from '../kernels/kernel';
import { release } from '../kernels/value';
import { type Resource, isResource } from '../kernels/resources';
import { VariableState, bufferOf } from '../kernels/variable';
import type { Layout, LoopPlace, Step } from '../plan/step';

/** Sees every step of a run: timelines, profilers and debuggers. Off, it costs one comparison per step. */
export interface RunObserver {
  /** Whether it is to see every node as the graph has it: the run is planned without rewrites then. */
  readonly seesAllNodes?: boolean;
  /** Before a step, with the inputs that its kernel gets. */
  beforeStep?(step: Step, inputs: readonly Value[]): void;
  /** After it. What it throws is the step's error. */
  onStep?(
    step: Step,
    inputs: readonly Value[],
    outputs: readonly Value[],
    nanoseconds: number,
    loops: readonly LoopPlace[],
  ): void;
}
/** In no loop. */
const NOWHERE: readonly LoopPlace[] = [];
/** A step that waits, and for what, where its kernel says so. */
export interface WaitingStep {
  readonly op: Operation;
  readonly what: string | null;
  /** The loops that it is in, the outermost first. */
  readonly loops: readonly LoopPlace[];
}
/** One run of a plan. Whoever began it releases it. */
export interface Running {
  /**
   * Runs what can run. 'waiting': call it again when `wakes` says so; 'paused': in another turn of the event loop.
   *
   * @param deadline  when to give up a loop that goes on and on, on the platform's clock
   * @throws StepError  for a step that fails
   */
  drain(deadline?: number): 'done' | 'waiting' | 'paused';
  /** Resolved when there is something to drain. Never rejected. */
  readonly wakes: Promise<void>;
  /** Whether there is something to drain that came after the last time. */
  readonly isAwake: boolean;
  /** The steps that wait for something outside of the run. */
  readonly waitsFor: readonly WaitingStep[];
  /** A value for feed `i`, where the run began without one. Takes over one reference. */
  feed(i: number, value: Value): void;
  /** Fetch `i` with one reference for the caller, or null while it is not there. */
  fetch(i: number): Value | null;
  /** Gives up: the next `drain` throws this. */
  cancel(error: Error): void;
  release(): void;
}
/** A kernel's error with the step that raised it; the session turns it into a `tf.errors` one. */
export class StepError extends Error {
  /** @param loops  those that the step is in, the outermost first */
  constructor(
    readonly step: Step,
    readonly cause_: KernelError | OpError | Error,
    readonly loops = NOWHERE,
  ) {
    super(cause_.message);
  }
}

export type Slots = (Value | null)[];

/** Slots with what is fed, and the constants. */
export function openSlots(plan: Layout, feeds: readonly (Value | null)[]): Slots {
  const slots = slotsFor(plan);
  for (let i = 0; i < feeds.length; i++) slots[i] = feeds[i];
  return slots;
}
/** Slots with the constants alone. */
export function slotsFor(plan: Layout): Slots {
  const slots = new Array<Value | null>(plan.slots).fill(null);
  const { constants } = plan;
  for (let i = 0; i < constants.length; i++) slots[plan.feedCount + i] = constants[i];
  return slots;
}
/** Releases everything but the constants, which are the plan's. */
export function closeSlots(plan: Layout, slots: Slots): void {
  const own = plan.feedCount + plan.constants.length;
  for (let i = 0; i < slots.length; i++)
    if (slots[i] && (i < plan.feedCount || i >= own)) {
      slots[i]!.release();
      slots[i] = null;
    }
}

/** A fetched value, with one reference for the caller. @throws StepError  where the run did not make it */
export function fetchValue(plan: Layout, slots: Slots, i: number): Value {
  const value = slots[plan.fetchSlots[i]];
  if (value && value !== DEAD) return readFetch(plan, value, i);
  throw fetchError(plan, i, new KernelError('InvalidArgument', `Retval[${i}] does not have value`, NOT_TAKEN));
}
const NOT_TAKEN =
  'it is on the way of a Switch that this run does not take: fetch what joins the two ways, or what leaves the loop.';
const NO_VARIANT = 'fetch what is made of the list: an element, its length, or all elements as one tensor.';
const NO_HANDLE = 'fetch what it leads to: the variable, the size of the queue, what reads of them.';
export function readFetch(plan: Layout, value: Value, i: number): Value {
  try {
    if (plan.givesHandles) return plan.fetchDeref[i] && value.payload ? readThrough(value) : value.retain();
    if (value.dtype === variant)
      throw new KernelError(
        'Internal',
        `Tensorflow type ${variant.number} not convertible to numpy dtype.`,
        NO_VARIANT,
      );
    if (plan.fetchDeref[i] && value.payload) return readThrough(value);
    if (value.data === null && value.home === null)
      throw new KernelError('Unimplemented', 'A handle has no elements that could be fetched.', NO_HANDLE);
    return value.retain();
  } catch (error) {
    throw fetchError(plan, i, errorOf(error));
  }
}
export function fetchError(plan: Layout, i: number, error: Error): StepError {
  const slot = plan.fetchSlots[i];
  const made = plan.steps.find((step) => step.outputs.includes(slot));
  return new StepError(known(made, 'a step that gave it'), error);
}

/** A step without one of its inputs, or without a step that it waits for; a Merge needs one input of all. */
export function isDeadStep(step: Step, slots: Slots, deadSteps: Uint8Array): boolean {
  const { inputs, controls } = step;
  // A Merge runs whatever became of what it waits for.
  if (!step.merges) for (let i = 0; i < controls.length; i++) if (deadSteps[controls[i]]) return true;
  let dead = 0;
  for (let i = 0; i < inputs.length; i++) if (slots[inputs[i]] === DEAD) dead++;
  return dead > 0 && (!step.merges || dead === inputs.length);
}
export function passDead(step: Step, slots: Slots, deadSteps: Uint8Array, index: number): void {
  deadSteps[index] = 1;
  for (const slot of step.outputs) slots[slot] = DEAD.retain();
}

/** What stands behind a reference to a name. */
function named({ place }: Resource): Value {
  return new Value(string, [2], [place.container, place.name]);
}
/** What a reference or a view shows now, with one reference for the caller. */
export function readThrough(value: Value): Value {
  const { payload } = value;
  if (isResource(payload) && !(payload instanceof VariableState)) return named(payload);
  const buffer = bufferOf(value);
  return value.payload === buffer ? buffer.readAs(value.shape) : buffer.read();
}
/** The inputs of a step's kernel: what is behind references is read now, and given back with `giveBack`. */
export function takeInputs(step: Step, slots: Slots): Value[] {
  const { deref } = step;
  const inputs = new Array<Value>(step.inputs.length);
  let ready = 0;
  try {
    for (; ready < inputs.length; ready++) {
      const value = slots[step.inputs[ready]]!;
      inputs[ready] = deref && deref[ready] && value.payload ? readThrough(value) : value;
    }
    return inputs;
  } catch (error) {
    giveBack(step, slots, inputs, ready);
    throw error;
  }
}
export function giveBack(step: Step, slots: Slots, inputs: readonly Value[], count = inputs.length): void {
  const { deref } = step;
  if (deref) for (let i = 0; i < count; i++) if (deref[i] && inputs[i] !== slots[step.inputs[i]]) inputs[i].release();
}
const areValues = (given: ReturnType<Kernel>): given is readonly Value[] => Array.isArray(given);
/** What a kernel gave that does not wait: a plan knows which do, and runs them by tokens. */
function atOnce(given: ReturnType<Kernel>): readonly Value[] {
  if (areValues(given)) return given;
  throw new KernelError('Internal', 'a kernel waits, and its step does not say so');
}
/** What a step gives whose kernel does not wait. */
export function computeStep(
  step: Step,
  slots: Slots,
  run: Run,
  observer: RunObserver | null,
  loops = NOWHERE,
): readonly Value[] {
  const outputs =
    step.deref || observer
      ? runObserved(step, slots, run, observer, loops)
      : atOnce(step.kernel(inputsOf(step.inputs, slots), run));
  run.budget?.charge(outputs);
  return outputs;
}
/** Runs a step whose kernel does not wait. */
export function runStep(step: Step, slots: Slots, run: Run, observer: RunObserver | null, loops = NOWHERE): void {
  putOutputs(step, slots, computeStep(step, slots, run, observer, loops));
}
/** What a step reads. */
function inputsOf(from: readonly number[], slots: Slots): readonly Value[] {
  const inputs = new Array<Value>(from.length);
  for (let i = 0; i < from.length; i++) inputs[i] = slots[from[i]]!;
  return inputs;
}
function putOutputs(step: Step, slots: Slots, outputs: readonly Value[]): void {
  const to = step.outputs;
  for (let i = 0; i < to.length; i++) slots[to[i]] = outputs[i];
}
function runObserved(
  step: Step,
  slots: Slots,
  run: Run,
  observer: RunObserver | null,
  loops: readonly LoopPlace[],
): readonly Value[] {
  const inputs = takeInputs(step, slots);
  let outputs: readonly Value[] = NONE;
  try {
    if (observer?.beforeStep) observer.beforeStep(step, inputs);
    const started = observer ? now() : 0;
    outputs = atOnce(step.kernel(inputs, run));
    if (observer?.onStep) observer.onStep(step, inputs, outputs, (now() - started) * 1e6, loops);
  } catch (error) {
    outputs.forEach(release);
    throw error;
  } finally {
    giveBack(step, slots, inputs);
  }
  return outputs;
}
const NONE: readonly Value[] = [];
