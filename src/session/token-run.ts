/**
 * A run of a plan that does not go straight on: with loops, with kernels that wait, with feeds that come late. What can
 * run runs in the order of the plan, and the oldest iteration of a loop first, so that all plans of a graph read and
 * write variables in one order.
 */
import { errorOf } from '../base/thrown';
import { now } from '../base/platform';
import { DEAD, KernelError, Later, type Run, type Value } from '../kernels/kernel';
import { release, retained } from '../kernels/value';
import type { Layout, LoopPlace, Step } from '../plan/step';
import type { Clock } from './clock';
import type { Iteration } from './iteration';
import {
  type RunObserver,
  type Running,
  type Slots,
  StepError,
  type WaitingStep,
  computeStep,
  fetchError,
  fetchValue,
  giveBack,
  readFetch,
  takeInputs,
} from './running';
import { TokenFlow } from './token-flow';

export class TokenRun implements Running {
  private readonly flow: TokenFlow;
  /** What was fetched from inside a loop. */
  private readonly fetched = new Map<number, Value>();
  /** The iteration that has its turn. */
  private picked: Iteration | null = null;
  private readonly waiting = new Map<WaitingStep, Later<readonly Value[]> | null>();
  /** Feeds that have not come. */
  private readonly late = new Set<number>();
  private error: Error | null = null;
  private isDone = false;
  private closed = false;
  private awake = false;
  private wake: (() => void) | null = null;
  private woken: Promise<void> | null = null;
  constructor(
    private readonly plan: Layout,
    feeds: readonly (Value | null)[],
    private readonly run: Run,
    private readonly observer: RunObserver | null,
    private readonly clock: Clock,
  ) {
    this.flow = new TokenFlow(plan, (i, value) => this.noteFetch(i, value));
    feeds.forEach((value, i) => {
      if (value) this.flow.feed(i, value);
      else this.late.add(i);
    });
  }
  get wakes(): Promise<void> {
    if (this.awake) return Promise.resolve();
    return (this.woken ??= new Promise((resolve) => {
      this.wake = resolve;
    }));
  }
  get isAwake(): boolean {
    return this.awake;
  }
  get waitsFor(): readonly WaitingStep[] {
    return [...this.waiting.keys()];
  }

  drain(deadline = Infinity): 'done' | 'waiting' | 'paused' {
    this.woken = this.wake = null;
    this.awake = false;
    this.clock.start(deadline);
    while (!this.error) {
      const iteration = (this.picked = this.flow.pick());
      if (!iteration) break;
      if (this.clock.isLate(this.places)) return 'paused';
      this.sweep(iteration);
    }
    if (this.error) throw this.error;
    if (this.waiting.size > 0 || this.late.size > 0) return 'waiting';
    this.isDone = true;
    return 'done';
  }
  private readonly places = (): LoopPlace[] => placeOf(this.picked);
  private sweep(iteration: Iteration): void {
    const { flow } = this;
    while (iteration.readyCount > 0) {
      const at = iteration.next();
      if (at > flow.limit) return;
      iteration.ready[at] = 0;
      iteration.cursor = at + 1;
      this.start(iteration, at);
      if (this.error) return;
      iteration.readyCount--;
    }
    flow.finish(iteration.loop);
  }
  private start(iteration: Iteration, at: number): void {
    const step = this.plan.steps[at];
    if (iteration.dead[at]) return this.flow.complete(iteration, at, null);
    if (step.mayWait) return this.startWaiting(iteration, at);
    if (step.merges) fillMerge(step, iteration.slots);
    let outputs: readonly Value[];
    try {
      const { observer } = this;
      outputs = computeStep(step, iteration.slots, this.run, observer, observer ? placeOf(iteration) : undefined);
    } catch (error) {
      return this.fail(iteration, step, error);
    }
    this.flow.complete(iteration, at, outputs);
  }
  private fail(iteration: Iteration, step: Step, error: unknown): void {
    this.error ??= error instanceof StepError ? error : new StepError(step, errorOf(error), placeOf(iteration));
  }

  // --- waiting --------------------------------------------------------------------------------------------------

  private startWaiting(iteration: Iteration, at: number): void {
    const step = this.plan.steps[at];
    const { observer } = this;
    const started = now();
    let inputs: readonly Value[] = [];
    let outputs: ReturnType<Step['kernel']>;
    try {
      const taken = takeInputs(step, iteration.slots);
      // The inputs are the kernel's while it waits, whatever becomes of the run.
      inputs = taken.map(retained);
      giveBack(step, iteration.slots, taken);
      observer?.beforeStep?.(step, inputs);
      outputs = step.kernel(inputs, this.run);
    } catch (error) {
      inputs.forEach(release);
      return this.fail(iteration, step, error);
    }
    const settle = (made: readonly Value[]): void => {
      if (this.closed) return made.forEach(release);
      try {
        observer?.onStep?.(step, inputs, made, (now() - started) * 1e6, placeOf(iteration));
        this.run.budget?.charge(made);
      } catch (error) {
        made.forEach(release);
        return this.fail(iteration, step, error);
      }
      this.flow.complete(iteration, at, made);
    };
    if (!(outputs instanceof Promise || outputs instanceof Later)) {
      settle(outputs);
      return inputs.forEach(release);
    }
    const waits: WaitingStep = {
      op: step.op,
      what: outputs instanceof Later ? outputs.what : null,
      loops: placeOf(iteration),
    };
    iteration.running++;
    this.waiting.set(waits, outputs instanceof Later ? outputs : null);
    const over = (): void => {
      inputs.forEach(release);
      iteration.running--;
      this.waiting.delete(waits);
      if (!this.closed && iteration.isOver()) this.flow.finish(iteration.loop);
      this.wakeUp();
    };
    const came = (made: readonly Value[]): void => {
      settle(made);
      over();
    };
    const failed = (error: unknown): void => {
      this.fail(iteration, step, error);
      over();
    };
    if (outputs instanceof Later) outputs.when(came, failed);
    else void outputs.then(came, failed);
  }
  private wakeUp(): void {
    this.awake = true;
    this.wake?.();
  }

  // --- what comes in and goes out -------------------------------------------------------------------------------

  feed(i: number, value: Value): void {
    if (this.closed || !this.late.delete(i)) return value.release();
    this.flow.feed(i, value);
    this.wakeUp();
  }
  private noteFetch(i: number, value: Value): void {
    const again = 'fetch what leaves the loop by its Exit.';
    if (this.fetched.has(i))
      this.error ??= fetchError(this.plan, i, new KernelError('Internal', `Retval[${i}] has already been set.`, again));
    else this.fetched.set(i, value.retain());
  }
  fetch(i: number): Value | null {
    const inside = this.fetched.get(i);
    if (inside) return readFetch(this.plan, inside, i);
    const { slots } = this.flow.root;
    return this.isDone || slots[this.plan.fetchSlots[i]] ? fetchValue(this.plan, slots, i) : null;
  }
  cancel(error: Error): void {
    this.error ??= error;
    this.wakeUp();
  }
  release(): void {
    this.closed = true;
    this.flow.release();
    for (const value of this.fetched.values()) value.release();
    this.fetched.clear();
    const over = this.error instanceof StepError ? this.error.cause_ : this.error;
    for (const later of [...this.waiting.values()])
      later?.cancel(over ?? new KernelError('Cancelled', 'Run call was cancelled'));
  }
}
/** A Merge sees what has not come as what will not come. */
function fillMerge({ inputs }: Step, slots: Slots): void {
  for (const slot of inputs) slots[slot] ??= DEAD.retain();
}
/** The loops that an iteration is in, the outermost first. */
function placeOf(iteration: Iteration | null): LoopPlace[] {
  const places: LoopPlace[] = [];
  for (let at = iteration; at?.loop.parent; at = at.loop.parent)
    places.unshift({ frame: at.loop.frame.name, iteration: at.number });
  return places;
}
