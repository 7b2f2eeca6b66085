/**
 * Runs that fail, in plans of which a part runs as one. Such a part runs in front of steps that were made between its
 * nodes: another error may come first than step by step, and what has effects before it would be left undone. So from
 * the failure on such a run goes on node by node, in the order of a plan of steps alone (plan/order.ts), and fails as
 * in every other plan.
 */
import type { Value } from '../kernels/kernel';
import { hostKernel } from '../kernels/registry';
import type { Layout, Step } from '../plan/step';
import { Blocks, type Pauses } from './blocks';
import { type StepError, closeSlots, readThrough, slotsFor } from './running';

/** What is left to do: a step of the plan, a loop of it, or one inside of a part. */
interface Left {
  readonly order: number;
  /** Runs it, and gives the step of the plan that ran. */
  run(): Generator<void, Step | null>;
}
/** A part that runs as one, opened: its steps read what comes into it, and give what goes out. */
class Part {
  private readonly blocks: Blocks;
  constructor(
    private readonly layout: Layout,
    private readonly whole: Step,
    private readonly outer: Blocks,
  ) {
    const { run, observer, clock } = outer;
    this.blocks = new Blocks(layout, slotsFor(layout), run, observer, undefined, clock);
  }
  items(): Left[] {
    return leftOf(this.blocks, 0).map(({ item, order }) => ({ order, run: () => this.run(item) }));
  }
  private *run(item: number): Generator<void, null> {
    this.bringIn();
    yield* runOne(this.blocks, item);
    this.giveOut();
    return null;
  }
  /** Fetches what is there of what comes in: it is read before what writes to it, in every plan. */
  private bringIn(): void {
    const { slots } = this.blocks;
    for (let slot = 0; slot < this.layout.feedCount; slot++) {
      const value = slots[slot] ? null : this.outer.slots[this.whole.inputs[slot]];
      if (value) slots[slot] = this.whole.deref?.[slot] && value.payload ? readThrough(value) : value.retain();
    }
  }
  /** Hands on what is there of what goes out. */
  private giveOut(): void {
    const { slots } = this.outer;
    this.layout.fetchSlots.forEach((slot, i) => {
      const value: Value | null = this.blocks.slots[slot];
      if (value && !slots[this.whole.outputs[i]]) slots[this.whole.outputs[i]] = value.retain();
    });
  }
  close(): void {
    closeSlots(this.layout, this.blocks.slots);
  }
}

/**
 * Goes on with a run behind an item that failed: what was made before it and has not run yet runs first.
 *
 * @param at      the place of the step or loop that failed, among the items of the root
 * @param failed  its error, which is the run's where nothing fails before it
 * @param undo    is told the steps that ran from then on, where the run fails
 * @throws StepError  the first failure in the order of steps
 */
export function* goOnInOrder(blocks: Blocks, at: number, failed: StepError, undo?: (step: Step) => void): Pauses {
  const { plan } = blocks;
  const parts: Part[] = [];
  const left = leftOf(blocks, at).flatMap(({ item, order }, i): Left[] => {
    const step = item < 0 ? null : plan.steps[item];
    const layout = step?.compiled?.steps;
    if (step && layout && opens(layout)) {
      const part = new Part(layout, step, blocks);
      parts.push(part);
      return part.items();
    }
    const run = function* (): Generator<void, Step | null> {
      if (i === 0) throw failed;
      yield* runOne(blocks, item);
      // What was left out has kept nothing.
      return blocks.deadSteps[item] ? null : step;
    };
    return [{ order, run }];
  });
  left.sort((a, b) => a.order - b.order);
  const done: Step[] = [];
  try {
    for (const { run } of left) {
      const step = yield* run();
      if (step) done.push(step);
    }
  } catch (error) {
    if (undo) done.forEach(undo);
    throw error;
  } finally {
    for (const part of parts) part.close();
  }
}
/** Items of the root from a place on, each with its place in the order of steps. */
function leftOf({ plan, root }: Blocks, from: number): { readonly item: number; readonly order: number }[] {
  /** A loop runs behind the last step that enters it. */
  const enters = (frame: number): number[] =>
    plan.steps.flatMap(({ leads, order }) => (leads?.by === 'enter' && leads.to === frame ? [order] : []));
  return Array.from(root.items.subarray(from), (item) => ({
    item,
    order: item < 0 ? Math.max(...enters(root.loops[-1 - item].frame)) : plan.steps[item].order,
  }));
}
/** Whether its steps and loops run one after the other. */
const opens = ({ frames, schedule, mayWait }: Layout): boolean => (frames.length < 2 || schedule !== null) && !mayWait;
function* runOne(blocks: Blocks, item: number): Pauses {
  try {
    yield* blocks.runItem(item);
  } catch (error) {
    throw blocks.failure(error) ?? error;
  }
}
/** Undoes what a step's kernel keeps of a run that failed. */
export function putBack({ node }: Step): void {
  hostKernel(node.type)?.putBack?.(node);
}
