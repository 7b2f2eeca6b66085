/**
 * Where the values of a run go: tokens through steps, loops and their iterations, after TensorFlow's executor. A step
 * can run when its last token has come; a dead token stands for a value of a way that is not taken.
 */
import { DEAD, type Value } from '../kernels/kernel';
import { release } from '../kernels/value';
import type { Layout } from '../plan/step';
import { Iteration, LoopRun, isDead } from './iteration';
import { slotsFor } from './running';
import { Route, type Tokens, tokensOf } from './tokens';

export class TokenFlow {
  readonly root: Iteration;
  /** The step at which another loop, or an older iteration, has its turn. */
  limit = Infinity;
  private readonly tokens: Tokens;
  /** Loops that are not over; the root first. */
  private loops: LoopRun[];
  /** Iterations that are over, to be used again, by loop. */
  private readonly spare: Iteration[][];
  private current: Iteration | null = null;
  /** @param onFetch  hears of what is fetched from inside a loop */
  constructor(
    private readonly plan: Layout,
    private readonly onFetch: (i: number, value: Value) => void,
  ) {
    this.tokens = tokensOf(plan);
    const [frame] = this.tokens.frames;
    const loop = new LoopRun(frame, null);
    this.root = new Iteration(loop, slotsFor(plan), this.tokens);
    loop.iterations.push(this.root);
    this.loops = [loop];
    this.spare = this.tokens.frames.map(() => []);
    for (const step of this.tokens.starts) this.makeReady(this.root, step);
  }
  /** Which iteration goes on: that whose next step comes first in the plan. */
  pick(): Iteration | null {
    let found: Iteration | null = null;
    this.limit = Infinity;
    let first = Infinity;
    for (const loop of this.loops) {
      const iteration = loop.runnable();
      if (!iteration) continue;
      const at = iteration.next();
      if (at < first) {
        this.limit = first;
        first = at;
        found = iteration;
      } else if (at < this.limit) this.limit = at;
    }
    return (this.current = found);
  }
  /** A feed has come. */
  feed(i: number, value: Value): void {
    this.put(this.root, i, value, false);
  }
  release(): void {
    for (const loop of this.loops) loop.clear();
  }

  /** A step is done: its inputs are read, its outputs go where they belong. `null`: it is on a way not taken. */
  complete(iteration: Iteration, at: number, outputs: readonly Value[] | null): void {
    const { inputs, leads } = this.plan.steps[at];
    const { routes } = this.tokens;
    switch (routes[at]) {
      case Route.Here:
      case Route.Merge:
      case Route.Trigger:
        this.deliver(iteration, at, outputs, false);
        break;
      case Route.Enter:
      case Route.Invariant:
        this.enter(iteration, at, leads!.to, outputs);
        break;
      case Route.Exit:
        this.exit(iteration, at, outputs);
        break;
      default:
        if (outputs) this.goRound(iteration, at, outputs[0]);
    }
    for (let i = 0; i < inputs.length; i++) this.wasRead(iteration, inputs[i]);
  }
  private wasRead(iteration: Iteration, slot: number): void {
    if (--iteration.reads[slot] > 0 || this.isConstant(slot)) return;
    iteration.slots[slot]?.release();
    iteration.slots[slot] = null;
  }
  private isConstant(slot: number): boolean {
    const { feedCount, constants } = this.plan;
    return slot >= feedCount && slot < feedCount + constants.length;
  }
  private deliver(to: Iteration, at: number, outputs: readonly Value[] | null, isEnter: boolean): void {
    const slots = this.plan.steps[at].outputs;
    for (let i = 0; i < slots.length; i++) this.put(to, slots[i], outputs ? outputs[i] : DEAD.retain(), isEnter);
    const waiters = this.tokens.waiters[at];
    for (let i = 0; i < waiters.length; i++) this.waitedEnough(to, waiters[i], outputs === null);
  }
  private put(to: Iteration, slot: number, value: Value, isEnter: boolean): void {
    const dead = isDead(value);
    if (to.loop.frame.fetches.size > 0) this.noteFetch(to, slot, value);
    if (to.reads[slot] > 0) to.slots[slot] = value;
    else value.release();
    const readers = this.tokens.readers[slot];
    const { routes } = this.tokens;
    for (let i = 0; i < readers.length; i++) {
      const step = readers[i];
      if (routes[step] === Route.Merge) this.reachMerge(to, step, dead, isEnter);
      else {
        if (dead) to.dead[step] = 1;
        if (--to.pending[step] === 0) this.makeReady(to, step);
      }
    }
  }
  /** The first value lets a Merge run; that all its inputs are dead makes it dead. */
  private reachMerge(to: Iteration, step: number, dead: boolean, isEnter: boolean): void {
    const count = this.plan.steps[step].inputs.length;
    if (!dead) {
      if (to.live[step]) return;
      to.live[step] = 1;
      if (--to.pending[step] === 0) this.makeReady(to, step);
      return;
    }
    // What never enters a loop does not come round in it.
    to.deadInputs[step] += isEnter ? count : 1;
    this.killMerge(to, step);
  }
  private killMerge(to: Iteration, step: number): void {
    if (to.live[step] || to.pending[step] !== 1 || to.deadInputs[step] < this.plan.steps[step].inputs.length) return;
    to.dead[step] = 1;
    to.pending[step] = 0;
    this.makeReady(to, step);
  }
  private waitedEnough(to: Iteration, step: number, dead: boolean): void {
    const left = --to.pending[step];
    const route = this.tokens.routes[step];
    if (route === Route.Merge) {
      if (left === 1) this.killMerge(to, step);
    } else if (dead && route !== Route.Trigger) to.dead[step] = 1;
    if (left === 0) this.makeReady(to, step);
  }
  private makeReady(iteration: Iteration, step: number): void {
    iteration.ready[step] = 1;
    iteration.readyCount++;
    if (step < iteration.cursor) iteration.cursor = step;
    const { current } = this;
    if (!current || iteration === current) return;
    if (iteration.loop !== current.loop) {
      if (step < this.limit) this.limit = step;
    } else if (iteration.number < current.number) this.limit = -1;
  }

  // --- loops ----------------------------------------------------------------------------------------------------

  private enter(from: Iteration, at: number, number: number, outputs: readonly Value[] | null): void {
    const loop = from.children[number] ?? this.openLoop(from, number);
    loop.entersLeft--;
    if (this.tokens.routes[at] === Route.Enter) this.deliver(loop.iteration(0)!, at, outputs, true);
    else {
      const value = outputs ? outputs[0] : DEAD;
      loop.invariants.push({ step: at, value });
      for (const iteration of loop.iterations) this.deliver(iteration, at, outputs && [value.retain()], true);
    }
    if (loop.entersLeft === 0) this.finish(loop);
  }
  private openLoop(from: Iteration, number: number): LoopRun {
    const loop = new LoopRun(this.tokens.frames[number], from);
    from.children = this.tokens.frames.map((_, i) => (i === number ? loop : from.children[i]));
    from.childCount++;
    this.loops = [...this.loops, loop];
    this.openIteration(loop, 0);
    return loop;
  }
  private openIteration(loop: LoopRun, number: number): Iteration {
    let iteration = this.spare[loop.frame.number].pop();
    if (iteration) {
      iteration.loop = loop;
      iteration.reset(this.tokens);
    } else iteration = new Iteration(loop, slotsFor(this.plan), this.tokens);
    iteration.number = loop.last = number;
    iteration.cursor = 0;
    loop.iterations.push(iteration);
    return iteration;
  }
  private exit(from: Iteration, at: number, outputs: readonly Value[] | null): void {
    const { loop } = from;
    if (!outputs) {
      if (from.number === loop.last) loop.deadExits.push(at);
    } else if (loop.left.has(at)) outputs.forEach(release);
    else {
      loop.left.add(at);
      this.deliver(loop.parent!, at, outputs, false);
    }
  }
  private goRound(from: Iteration, at: number, value: Value): void {
    const { loop } = from;
    if (from.number < loop.last) return this.deliver(loop.iteration(from.number + 1)!, at, [value], false);
    if (loop.iterations.length >= loop.frame.parallelIterations) loop.deferred.push({ step: at, value });
    else this.deliver(this.startNext(loop), at, [value], false);
  }
  private startNext(loop: LoopRun): Iteration {
    const iteration = this.openIteration(loop, loop.last + 1);
    loop.deadExits.length = 0;
    const { deferred, invariants } = loop;
    if (deferred.length > 0) {
      loop.deferred = [];
      for (const { step, value } of deferred) this.deliver(iteration, step, [value], false);
    }
    for (let i = 0; i < invariants.length; i++) {
      const { step, value } = invariants[i];
      this.deliver(iteration, step, isDead(value) ? null : [value.retain()], true);
    }
    return iteration;
  }
  /** Closes iterations that are over, and loops, from the inside outward. */
  finish(first: LoopRun): void {
    for (let loop: LoopRun | null = first; loop?.parent; loop = loop.parent.loop) {
      const { iterations } = loop;
      while (iterations.length > 0 && iterations[0].isOver() && (iterations[0].number > 0 || loop.entersLeft === 0)) {
        const iteration = iterations.shift()!;
        iteration.clear();
        this.spare[loop.frame.number].push(iteration);
        if (loop.deferred.length > 0) this.startNext(loop);
      }
      if (!loop.isOver()) return;
      this.closeLoop(loop, loop.parent);
    }
  }
  private closeLoop(loop: LoopRun, parent: Iteration): void {
    this.loops = this.loops.filter((each) => each !== loop);
    parent.children = parent.children.map((each) => (each === loop ? undefined : each));
    parent.childCount--;
    loop.clear();
    for (const at of loop.deadExits) if (!loop.left.has(at)) this.deliver(parent, at, null, false);
  }
  private noteFetch({ loop }: Iteration, slot: number, value: Value): void {
    const i = loop.frame.fetches.get(slot);
    if (i !== undefined && !isDead(value)) this.onFetch(i, value);
  }
}
