/** A run that may wait, for a kernel that gives a promise or for a late feed. What can run meanwhile runs. */
import { now } from '../base/platform';
import { ABSENT, type Run, type Value } from '../kernels/kernel';
import { release, retained } from '../kernels/value';
import type { Layout, Step } from '../plan/step';
import {
  type RunObserver,
  type Running,
  type Slots,
  StepError,
  closeSlots,
  fetchValue,
  giveBack,
  isLeftOut,
  leaveOut,
  openSlots,
  runStep,
  takeInputs,
} from './running';

enum State {
  Waits,
  Runs,
  Done,
}

export class WaitingRun implements Running {
  private readonly slots: Slots;
  private readonly states: Uint8Array;
  private readonly left: Uint8Array;
  private error: Error | null = null;
  private closed = false;
  /** True where there is something to drain. */
  private awake = false;
  private wake: (() => void) | null = null;
  private woken: Promise<void> | null = null;
  private remaining: number;
  constructor(
    private readonly plan: Layout,
    feeds: readonly (Value | null)[],
    private readonly run: Run,
    private readonly observer: RunObserver | null,
  ) {
    this.slots = openSlots(plan, feeds);
    this.remaining = plan.steps.length;
    this.states = new Uint8Array(this.remaining);
    this.left = new Uint8Array(this.remaining);
  }
  get wakes(): Promise<void> {
    if (this.awake) return Promise.resolve();
    return (this.woken ??= new Promise((resolve) => {
      this.wake = resolve;
    }));
  }
  get waitsFor(): readonly Step[] {
    return this.plan.steps.filter((_, i) => this.states[i] === State.Runs);
  }

  drain(): 'done' | 'waiting' {
    this.woken = this.wake = null;
    this.awake = false;
    const { steps } = this.plan;
    // In order, again and again: what a step makes may let an earlier one run, where edges were added later.
    for (let ran = true; ran && !this.error; ) {
      ran = false;
      for (let i = 0; i < steps.length && !this.error; i++) {
        if (this.states[i] !== State.Waits || !this.isReady(steps[i])) continue;
        this.start(steps[i], i);
        ran = true;
      }
    }
    if (this.error) throw this.error;
    return this.remaining > 0 ? 'waiting' : 'done';
  }
  /** Everything that it reads is there, and what it waits for is done. A Merge takes what comes first. */
  private isReady({ inputs, waits, merges }: Step): boolean {
    if (!waits.every((i) => this.states[i] === State.Done)) return false;
    const { slots } = this;
    if (merges && inputs.some((slot) => slots[slot] && slots[slot] !== ABSENT)) return true;
    return inputs.every((slot) => slots[slot] !== null);
  }
  private start(step: Step, index: number): void {
    const { slots, left } = this;
    try {
      if (isLeftOut(step, slots, left)) leaveOut(step, slots, left, index);
      else if (step.mayWait) return this.startWaiting(step, index);
      else runStep(step, slots, this.run, this.observer);
      this.finish(index);
    } catch (error) {
      this.fail(step, error);
    }
  }
  private startWaiting(step: Step, index: number): void {
    const { slots, observer } = this;
    // The inputs are the kernel's while it waits, whatever becomes of the run.
    const taken = takeInputs(step, slots);
    const inputs = taken.map(retained);
    giveBack(step, slots, taken);
    const done = (): void => inputs.forEach(release);
    const started = now();
    const settle = (outputs: readonly Value[]): void => {
      if (this.closed) return outputs.forEach(release);
      try {
        observer?.onStep?.(step, inputs, outputs, (now() - started) * 1e6);
        step.outputs.forEach((slot, i) => {
          slots[slot] = outputs[i];
        });
        this.finish(index);
      } catch (error) {
        outputs.forEach(release);
        this.fail(step, error);
      }
      this.wakeUp();
    };
    const failed = (error: unknown): void => {
      this.fail(step, error);
      this.wakeUp();
    };
    this.states[index] = State.Runs;
    let outputs: ReturnType<Step['kernel']>;
    try {
      observer?.beforeStep?.(step, inputs);
      outputs = step.kernel(inputs, this.run);
    } catch (error) {
      done();
      throw error;
    }
    if (outputs instanceof Promise) {
      void outputs.then(settle, failed).finally(done);
    } else {
      settle(outputs);
      done();
    }
  }
  private finish(index: number): void {
    this.states[index] = State.Done;
    this.remaining--;
  }
  private fail(step: Step, error: unknown): void {
    this.error ??= error instanceof StepError ? error : new StepError(step, error as Error);
  }
  private wakeUp(): void {
    this.awake = true;
    this.wake?.();
  }

  feed(i: number, value: Value): void {
    if (this.closed || this.slots[i]) return value.release();
    this.slots[i] = value;
    this.wakeUp();
  }
  fetch(i: number): Value | null {
    return this.slots[this.plan.fetchSlots[i]] ? fetchValue(this.plan, this.slots, i) : null;
  }
  cancel(error: Error): void {
    this.error ??= error;
    this.wakeUp();
  }
  release(): void {
    this.closed = true;
    closeSlots(this.plan, this.slots);
  }
}
