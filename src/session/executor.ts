/** Runs a plan: an array of values and a loop over steps. No names, no maps. */
import { errorOf } from '../base/thrown';
import type { Kernel, Run, Value } from '../kernels/kernel';
import { release, retained } from '../kernels/value';
import type { Layout, Step } from '../plan/step';
import {
  type RunObserver,
  type Running,
  type Slots,
  StepError,
  type WaitingStep,
  closeSlots,
  fetchValue,
  isDeadStep,
  passDead,
  openSlots,
  runStep,
} from './running';
import { BlockRun } from './block-run';
import { Blocks, type Pauses } from './blocks';
import { Clock } from './clock';
import { goOnInOrder, putBack } from './in-order';
import { TokenRun } from './token-run';

/**
 * Begins a run. Feeds come as values with one reference each, which it takes over; null is one that comes later. A plan
 * that goes straight on is run one step after the other; another one as its values come.
 *
 * @param turnInMs  after how long one that goes round pauses
 */
export function begin(
  plan: Layout,
  feeds: readonly (Value | null)[],
  run: Run,
  observer: RunObserver | null = null,
  turnInMs = Infinity,
): Running {
  const isFlat = plan.frames.length < 2;
  if (isFlat && !plan.mayWait && !feeds.includes(null)) return new FlatRun(plan, feeds, run, observer, turnInMs);
  const clock = new Clock(turnInMs);
  // Who watches sees the steps of loops, too.
  return plan.schedule && !plan.mayWait && !feeds.includes(null) && !observer
    ? new BlockRun(plan, feeds, run, clock)
    : new TokenRun(plan, feeds, run, observer, clock);
}

/** One step after the other: done at its first drain, but where what ran as one goes on in steps. */
class FlatRun implements Running {
  private readonly slots: Slots;
  private error: Error | null = null;
  /** What it goes on with where a step failed, and its clock. */
  private rest: Pauses | null = null;
  private readonly clock: Clock;
  readonly wakes = NOW;
  readonly isAwake = false;
  readonly waitsFor: readonly WaitingStep[] = [];
  constructor(
    private readonly plan: Layout,
    feeds: readonly (Value | null)[],
    private readonly run: Run,
    private readonly observer: RunObserver | null,
    turnInMs: number,
  ) {
    this.slots = openSlots(plan, feeds);
    this.clock = new Clock(turnInMs);
  }
  drain(deadline = Infinity): 'done' | 'paused' {
    if (this.error) throw this.error;
    this.clock.start(deadline);
    if (!this.rest) this.goThrough();
    return !this.rest || this.rest.next().done ? 'done' : 'paused';
  }
  private goThrough(): void {
    const { slots, plan, run, observer } = this;
    const { steps } = plan;
    const deadSteps = plan.conditional ? new Uint8Array(steps.length) : null;
    let at = 0;
    try {
      for (; at < steps.length; at++) {
        const step = steps[at];
        if (deadSteps && isDeadStep(step, slots, deadSteps)) passDead(step, slots, deadSteps, at);
        else runStep(step, slots, run, observer);
        releaseDead(step, slots);
      }
    } catch (error) {
      this.rest = this.goOn(at, error, deadSteps);
    }
  }
  private *goOn(at: number, error: unknown, deadSteps: Blocks['deadSteps'] | null): Pauses {
    const { slots, plan, run, observer, clock } = this;
    const { steps } = plan;
    try {
      const failed = error instanceof StepError ? error : new StepError(steps[at], errorOf(error));
      if (!plan.compiled) throw failed;
      yield* goOnInOrder(new Blocks(plan, slots, run, observer, deadSteps ?? undefined, clock), at, failed, putBack);
    } catch (first) {
      for (let i = 0; i < at; i++) if (!deadSteps?.[i]) putBack(steps[i]);
      throw first;
    }
  }
  feed(): never {
    throw new Error('Every feed is there.');
  }
  fetch(i: number): Value {
    return fetchValue(this.plan, this.slots, i);
  }
  cancel(error: Error): void {
    this.error = error;
  }
  release(): void {
    this.rest?.return();
    closeSlots(this.plan, this.slots);
  }
}
const NOW = Promise.resolve();

function releaseDead(step: Step, slots: Slots): void {
  for (let i = 0; i < step.dead.length; i++) {
    const slot = step.dead[i];
    slots[slot]!.release();
    slots[slot] = null;
  }
}

/** All fetches of a run that is done, with one reference each for the caller. */
export function fetchAll(running: Running, count: number): Value[] {
  const out: Value[] = [];
  try {
    for (let i = 0; i < count; i++) out.push(running.fetch(i)!);
  } catch (error) {
    out.forEach(release);
    throw error;
  }
  return out;
}

/** Steps one after the other, as a kernel of what is fed to them. */
export function interpret(layout: Layout): Kernel {
  return (inputs, run) => {
    const running = begin(layout, inputs.map(retained), run);
    try {
      running.drain();
      return fetchAll(running, layout.fetchSlots.length);
    } finally {
      running.release();
    }
  };
}
