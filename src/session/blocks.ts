/**
 * Runs blocks of steps and loops (plan/blocks.ts): what a run whose loops go round as a whole has in common with one
 * that goes on behind a failure.
 */
import { int32 } from '../base/dtype';
import { errorOf } from '../base/thrown';
import { DEAD, type Run, Value } from '../kernels/kernel';
import type { Block, LoopBlock } from '../plan/blocks';
import type { Layout, LoopPlace, Step } from '../plan/step';
import { Clock } from './clock';
import { type RunObserver, type Slots, StepError, isDeadStep, passDead, runStep } from './running';

/** Goes on when it is asked to, until it is over. */
export type Pauses = Generator<void, void, void>;

export class Blocks {
  /** What runs one after the other: steps, and loops as wholes. */
  readonly root: Block;
  /** The step that runs, and the loops that it is in with their iterations. */
  private step: Step | null = null;
  private loops: { readonly frame: number; iteration: number }[] = [];
  constructor(
    readonly plan: Layout,
    readonly slots: Slots,
    readonly run: Run,
    readonly observer: RunObserver | null = null,
    readonly deadSteps = new Uint8Array(plan.steps.length),
    readonly clock = new Clock(),
  ) {
    this.root = plan.schedule ?? straight(plan);
  }
  /** Runs an item of the root; what it read last stays. A loop pauses where others have their turn. */
  *runItem(item: number): Pauses {
    if (item < 0) yield* this.runLoop(this.root.loops[-1 - item]);
    else this.runStep(item, this.root.conditional);
  }
  private runStep(item: number, conditional: boolean): void {
    const { plan, slots, run, observer, deadSteps } = this;
    const step = (this.step = plan.steps[item]);
    if (conditional && isDeadStep(step, slots, deadSteps)) passDead(step, slots, deadSteps, item);
    else runStep(step, slots, run, observer, observer ? this.places() : undefined);
  }
  /** What a kernel threw, with its step and where in the loops that was; null for what no step threw. */
  failure(error: unknown): StepError | null {
    const { step } = this;
    const places = this.places();
    this.loops = [];
    if (error instanceof StepError) return error;
    return step && new StepError(step, errorOf(error), places);
  }
  private readonly places = (): LoopPlace[] =>
    this.loops.map(({ frame, iteration }) => ({ frame: this.plan.frames[frame].name, iteration }));
  /** A block without loops in it. */
  private runSteps({ items, dead, conditional, steps }: Block): void {
    const { slots, deadSteps } = this;
    if (conditional) for (let i = 0; i < steps.length; i++) deadSteps[steps[i]] = 0;
    for (let i = 0; i < items.length; i++) {
      this.runStep(items[i], conditional);
      releaseAll(dead[i], slots);
    }
  }
  private *runLoops({ items, loops, dead, conditional, steps }: Block): Pauses {
    const { slots, deadSteps } = this;
    if (conditional) for (let i = 0; i < steps.length; i++) deadSteps[steps[i]] = 0;
    for (let i = 0; i < items.length; i++) {
      const item = items[i];
      if (item < 0) yield* this.runLoop(loops[-1 - item]);
      else this.runStep(item, conditional);
      releaseAll(dead[i], slots);
    }
  }
  private *runLoop(loop: LoopBlock): Pauses {
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
      if (loop.cond.loops.length) yield* this.runLoops(loop.cond);
      else this.runSteps(loop.cond);
      if (!slots[pred]!.read()[0]) break;
      for (let i = 0; i < on.length; i++) {
        const { from, to, last } = on[i];
        if (last) move(slots, from, to);
        else slots[to] = slots[from]!.retain();
      }
      if (loop.body.loops.length) yield* this.runLoops(loop.body);
      else this.runSteps(loop.body);
      for (let i = 0; i < nexts.length; i++) coming[i] = slots[nexts[i]]!.retain();
      releaseAll(loop.slots, slots);
      for (let i = 0; i < merges.length; i++) slots[merges[i]] = coming[i];
      at.iteration++;
      this.step = null;
      if (this.clock.isLate(this.places)) yield;
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
}
/** A plan without loops as a block. */
function straight({ steps, conditional }: Layout): Block {
  const all = steps.map((_, i) => i);
  return { items: Int32Array.from(all), loops: [], dead: steps.map(({ dead }) => dead), conditional, steps: all };
}
function move(slots: Slots, from: number, to: number): void {
  slots[to] = slots[from];
  slots[from] = null;
}
export function releaseAll(list: readonly number[], slots: Slots): void {
  for (let i = 0; i < list.length; i++) {
    const slot = list[i];
    const value = slots[slot];
    if (!value) continue;
    value.release();
    slots[slot] = null;
  }
}
