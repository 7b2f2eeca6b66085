/**
 * A run of a plan whose loops go round as a whole: blocks of steps, one after the other and again (plan/schedule.ts).
 * It gives what a run by tokens gives (token-run.ts), without asking of each value where it goes.
 */
import { now } from '../base/platform';
import { errorOf } from '../base/thrown';
import { int32 } from '../base/dtype';
import { DEAD, type Run, Value } from '../kernels/kernel';
import type { Block, LoopBlock } from '../plan/blocks';
import type { Layout, Step } from '../plan/step';
import { timedOut } from './refusals';
import {
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

const NOW = Promise.resolve();

export class BlockRun implements Running {
  private readonly slots: Slots;
  private readonly deadSteps: Uint8Array;
  private error: Error | null = null;
  private deadline = Infinity;
  /** The step that runs, and the loops that it is in with their iterations. */
  private step: Step | null = null;
  private readonly loops: { readonly frame: number; iteration: number }[] = [];
  readonly wakes = NOW;
  readonly isAwake = false;
  readonly waitsFor: readonly WaitingStep[] = [];
  constructor(
    private readonly plan: Layout,
    private readonly schedule: Block,
    feeds: readonly (Value | null)[],
    private readonly run: Run,
  ) {
    this.slots = openSlots(plan, feeds);
    this.deadSteps = new Uint8Array(plan.steps.length);
  }
  drain(deadline = Infinity): 'done' {
    if (this.error) throw this.error;
    this.deadline = deadline;
    try {
      this.runBlock(this.schedule);
    } catch (error) {
      if (!this.step || error instanceof StepError) throw error;
      const places = this.loops.map((at) => `frame '${this.plan.frames[at.frame].name}', iteration ${at.iteration}`);
      throw new StepError(this.step, errorOf(error), places.join(', '));
    }
    return 'done';
  }
  private runBlock(block: Block): void {
    const { slots, run, plan } = this;
    const { items, dead } = block;
    const deadSteps = block.conditional ? this.deadSteps : null;
    if (deadSteps) for (let i = 0; i < block.steps.length; i++) deadSteps[block.steps[i]] = 0;
    for (let i = 0; i < items.length; i++) {
      const at = items[i];
      if (at < 0) this.runLoop(block.loops[-1 - at]);
      else {
        const step = (this.step = plan.steps[at]);
        if (deadSteps && isDeadStep(step, slots, deadSteps)) passDead(step, slots, deadSteps, at);
        else runStep(step, slots, run, null);
      }
      releaseAll(dead[i], slots);
    }
  }
  private runLoop(loop: LoopBlock): void {
    const { slots } = this;
    const { enters, merges, nexts, on, pred } = loop;
    if (loop.needs.some((slot) => slots[slot] === DEAD)) return this.passBy(loop);
    const at = { frame: loop.frame, iteration: 0 };
    this.loops.push(at);
    for (let i = 0; i < merges.length; i++) move(slots, enters[i], merges[i]);
    const coming = new Array<Value>(nexts.length);
    for (;;) {
      const way = at.iteration > 0 ? 1 : 0;
      for (const slot of loop.indices) slots[slot] = new Value(int32, [], Int32Array.of(way));
      this.runBlock(loop.cond);
      if (!slots[pred]!.read()[0]) break;
      for (let i = 0; i < on.length; i++) {
        const { from, to, last } = on[i];
        if (last) move(slots, from, to);
        else slots[to] = slots[from]!.retain();
      }
      this.runBlock(loop.body);
      for (let i = 0; i < nexts.length; i++) coming[i] = slots[nexts[i]]!.retain();
      releaseAll(loop.slots, slots);
      for (let i = 0; i < merges.length; i++) slots[merges[i]] = coming[i];
      at.iteration++;
      if (this.deadline < Infinity) this.lookAtTheClock();
    }
    for (const { from, to } of loop.out) slots[to] = slots[from]!.retain();
    for (const step of loop.exits) this.deadSteps[step] = 0;
    releaseAll(loop.slots, slots);
    this.loops.pop();
  }
  /** A loop on a way that is not taken. */
  private passBy(loop: LoopBlock): void {
    for (const { to } of loop.out) this.slots[to] = DEAD.retain();
    for (const step of loop.exits) this.deadSteps[step] = 1;
  }
  private lookAtTheClock(): void {
    if (now() <= this.deadline) return;
    this.step = null;
    throw timedOut();
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
    closeSlots(this.plan, this.slots);
  }
}
function move(slots: Slots, from: number, to: number): void {
  slots[to] = slots[from];
  slots[from] = null;
}
function releaseAll(list: readonly number[], slots: Slots): void {
  for (let i = 0; i < list.length; i++) {
    const slot = list[i];
    const value = slots[slot];
    if (!value) continue;
    value.release();
    slots[slot] = null;
  }
}
