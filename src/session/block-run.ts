/**
 * A run of a plan whose loops go round as a whole: blocks of steps, one after the other and again (plan/schedule.ts).
 * It gives what a run by tokens gives (token-run.ts), without asking of each value where it goes.
 */
import type { Run, Value } from '../kernels/kernel';
import type { Layout } from '../plan/step';
import { Blocks, type Pauses, releaseAll } from './blocks';
import type { Clock } from './clock';
import { goOnInOrder } from './in-order';
import { type Running, type WaitingStep, closeSlots, fetchValue, openSlots } from './running';

const NOW = Promise.resolve();

export class BlockRun implements Running {
  private readonly blocks: Blocks;
  private readonly course: Pauses;
  private error: Error | null = null;
  readonly wakes = NOW;
  readonly isAwake = false;
  readonly waitsFor: readonly WaitingStep[] = [];
  constructor(
    plan: Layout,
    feeds: readonly (Value | null)[],
    run: Run,
    private readonly clock: Clock,
  ) {
    this.blocks = new Blocks(plan, openSlots(plan, feeds), run, null, undefined, clock);
    this.course = this.goThrough();
  }
  drain(deadline = Infinity): 'done' | 'paused' {
    if (this.error) throw this.error;
    this.clock.start(deadline);
    return this.course.next().done ? 'done' : 'paused';
  }
  private *goThrough(): Pauses {
    const { blocks } = this;
    const { items, dead } = blocks.root;
    let at = 0;
    try {
      for (; at < items.length; at++) {
        yield* blocks.runItem(items[at]);
        releaseAll(dead[at], blocks.slots);
      }
    } catch (error) {
      const failed = blocks.failure(error);
      if (!failed) throw error;
      if (!blocks.plan.compiled) throw failed;
      yield* goOnInOrder(blocks, at, failed);
    }
  }
  feed(): never {
    throw new Error('Every feed is there.');
  }
  fetch(i: number): Value {
    return fetchValue(this.blocks.plan, this.blocks.slots, i);
  }
  cancel(error: Error): void {
    this.error = error;
  }
  release(): void {
    this.course.return();
    closeSlots(this.blocks.plan, this.blocks.slots);
  }
}
