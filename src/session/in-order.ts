/**
 * Runs that fail, in plans of which a part runs as one. Such a part runs in front of steps that were made between its
 * nodes: another error may come first than step by step, and what has effects before it would be left undone. So from
 * the failure on such a run goes on node by node, in the graph's order, and fails as in every other plan.
 */
import { errorOf } from '../base/thrown';
import type { Run, Value } from '../kernels/kernel';
import { hostKernel } from '../kernels/registry';
import type { Layout, Step } from '../plan/step';
import {
  type RunObserver,
  type Slots,
  StepError,
  closeSlots,
  isDeadStep,
  passDead,
  readThrough,
  runStep,
  slotsFor,
} from './running';

/** A run where it failed. */
export interface FailedRun {
  readonly plan: Layout;
  readonly slots: Slots;
  readonly deadSteps: Uint8Array | null;
  readonly run: Run;
  readonly observer: RunObserver | null;
}
/** What is left to do: a step of the plan, by its number, or one inside of a part. */
interface Left {
  readonly step: Step;
  readonly index: number;
  readonly part: Part | null;
}
/** A part that runs as one, opened: its steps read what comes into it, and give what goes out. */
class Part {
  readonly slots: Slots;
  private readonly layout: Layout;
  private readonly whole: Step;
  private readonly outer: Slots;
  constructor(layout: Layout, whole: Step, outer: Slots) {
    this.layout = layout;
    this.whole = whole;
    this.outer = outer;
    this.slots = slotsFor(layout);
  }
  /** Fetches what a step reads of what comes in. */
  bringIn(step: Step): void {
    for (const slot of step.inputs) {
      if (slot >= this.layout.feedCount || this.slots[slot]) continue;
      const value = this.outer[this.whole.inputs[slot]];
      if (value) this.slots[slot] = this.whole.deref?.[slot] && value.payload ? readThrough(value) : value.retain();
    }
  }
  /** Hands on what is there of what goes out. */
  giveOut(): void {
    this.layout.fetchSlots.forEach((slot, i) => {
      const value: Value | null = this.slots[slot];
      if (value && !this.outer[this.whole.outputs[i]]) this.outer[this.whole.outputs[i]] = value.retain();
    });
  }
  close(): void {
    closeSlots(this.layout, this.slots);
  }
}

/**
 * Goes on with a run behind a step that failed: what was made before it and has not run yet runs first.
 *
 * @param at      the number of the step that failed
 * @param failed  its error, which is the run's where nothing fails before it
 * @throws StepError  the first failure in the graph's order
 */
export function goOnInOrder(failedRun: FailedRun, at: number, failed: StepError): void {
  const { plan, slots, deadSteps, run, observer } = failedRun;
  const left: Left[] = [];
  for (let index = at; index < plan.steps.length; index++) {
    const step = plan.steps[index];
    const layout = step.compiled?.steps;
    if (layout && opens(layout)) {
      const part = new Part(layout, step, slots);
      for (const inner of layout.steps) left.push({ step: inner, index, part });
    } else left.push({ step, index, part: null });
  }
  left.sort((a, b) => a.step.order - b.step.order);
  const done: Step[] = [];
  try {
    for (const each of left) {
      const { step, index, part } = each;
      if (!part && index === at) throw failed;
      if (!part && deadSteps && isDeadStep(step, slots, deadSteps)) {
        passDead(step, slots, deadSteps, index);
        continue;
      }
      if (part) runInside(part, step, run, observer);
      else runOne(step, slots, run, observer);
      done.push(step);
    }
  } catch (error) {
    done.forEach(putBack);
    throw error;
  } finally {
    for (const { part } of left) part?.close();
  }
}
/** One that always runs straight on. */
const opens = ({ frames, conditional, mayWait }: Layout): boolean => frames.length < 2 && !conditional && !mayWait;
function runInside(part: Part, step: Step, run: Run, observer: RunObserver | null): void {
  part.bringIn(step);
  runOne(step, part.slots, run, observer);
  part.giveOut();
}
function runOne(step: Step, slots: Slots, run: Run, observer: RunObserver | null): void {
  try {
    runStep(step, slots, run, observer);
  } catch (error) {
    throw error instanceof StepError ? error : new StepError(step, errorOf(error));
  }
}
/** Undoes what a step's kernel keeps of a run that failed. */
export function putBack({ node }: Step): void {
  hostKernel(node.type)?.putBack?.(node);
}
