/**
 * A run of a plan whose loops go round as a whole: blocks of steps, one after the other and again (plan/schedule.ts).
 * It gives what a run by tokens gives (token-run.ts), without asking of each value where it goes.
 */
import type { Run, Value } from '../kernels/kernel';
import type { Layout } from '../plan/step';
import { Blocks, releaseAll } from './blocks';
import { goOnInOrder } from './in-order';
import { type Running, type WaitingStep, closeSlots, fetchValue, openSlots } from './running';

const NOW = Promise.resolve();

export class BlockRun implements Running {
  private readonly blocks: Blocks;
  private error: Error | null = null;
  readonly wakes = NOW;
  readonly isAwake = false;
  readonly waitsFor: readonly WaitingStep[] = [];
  constructor(plan: Layout, feeds: readonly (Value | null)[], run: Run) {
    this.blocks = new Blocks(plan, openSlots(plan, feeds), run);
  }
  drain(deadline = Infinity): 'done' {
    if (this.error) throw this.error;
    const { blocks } = this;
    const { items, dead } = blocks.root;
    blocks.deadline = deadline;
    let at = 0;
    try {
      for (; at < items.length; at++) {
        blocks.runItem(items[at]);
        releaseAll(dead[at], blocks.slots);
      }
    } catch (error) {
      const failed = blocks.failure(error);
      if (!failed) throw error;
      if (!blocks.plan.compiled) throw failed;
      goOnInOrder(blocks, at, failed);
    }
    return 'done';
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
    closeSlots(this.blocks.plan, this.blocks.slots);
  }
}
