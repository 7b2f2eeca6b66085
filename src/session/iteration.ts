/** What is there in one iteration of a loop, and a loop that runs: both are used again when they are over. */
import { DEAD, type Value } from '../kernels/kernel';
import type { Slots } from './running';
import type { FrameTokens, Tokens } from './tokens';

/** One iteration of a loop, or all that is in no loop. Arrays are by the numbers of slots and steps. */
export class Iteration {
  number = 0;
  /** Which steps can run, how many those are, and none of them below this number. */
  readonly ready: Uint8Array;
  readyCount = 0;
  cursor = 0;
  /** Steps that were started and wait for something. */
  running = 0;
  /** Loops that were entered from here and are not over, by number. */
  children: readonly (LoopRun | undefined)[] = NONE;
  childCount = 0;
  /** How often each slot will still be read. */
  readonly reads: Int32Array;
  /** Tokens that each step still waits for. */
  readonly pending: Int32Array;
  /** Steps that are on a way not taken. */
  readonly dead: Uint8Array;
  /** Of a Merge: whether a value came, and how many inputs are known not to come. */
  readonly live: Uint8Array;
  readonly deadInputs: Int32Array;
  constructor(
    public loop: LoopRun,
    readonly slots: Slots,
    tokens: Tokens,
  ) {
    const count = tokens.pending.length;
    this.ready = new Uint8Array(count);
    this.dead = new Uint8Array(count);
    this.live = new Uint8Array(count);
    this.deadInputs = new Int32Array(count);
    this.pending = tokens.pending.slice();
    this.reads = tokens.reads.slice();
  }
  /** As new, for another iteration of the same loop. */
  reset({ pending, reads }: Tokens): void {
    const { steps, slots } = this.loop.frame;
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i];
      this.pending[step] = pending[step];
      this.dead[step] = this.live[step] = this.deadInputs[step] = 0;
    }
    for (let i = 0; i < slots.length; i++) this.reads[slots[i]] = reads[slots[i]];
  }
  isOver(): boolean {
    return this.readyCount === 0 && this.running === 0 && this.childCount === 0;
  }
  /** The lowest step that can run, where there is one. */
  next(): number {
    const { ready } = this;
    let at = this.cursor;
    while (!ready[at]) at++;
    this.cursor = at;
    return at;
  }
  /** Releases whatever is left in it. */
  clear(): void {
    const { slots } = this;
    for (const slot of this.loop.frame.slots) {
      slots[slot]?.release();
      slots[slot] = null;
    }
  }
}
const NONE: readonly undefined[] = [];

/** A value that goes to iterations to come: of a constant Enter, or of a NextIteration that is before its time. */
export interface Kept {
  readonly step: number;
  readonly value: Value;
}
/** A loop that runs: in one iteration of the loop around it. */
export class LoopRun {
  /** Those that are not over, the oldest first. */
  readonly iterations: Iteration[] = [];
  /** The number of the last one that was begun. */
  last = 0;
  /** Enters that have not come yet. */
  entersLeft: number;
  readonly invariants: Kept[] = [];
  /** What begins the next iteration, where as many run as may. */
  deferred: Kept[] = [];
  /** Exits of the last iteration that nothing will come out of. */
  deadExits: number[] = [];
  /** Exits that something came out of. */
  readonly left = new Set<number>();
  constructor(
    readonly frame: FrameTokens,
    readonly parent: Iteration | null,
  ) {
    this.entersLeft = frame.enters;
  }
  /** Its oldest iteration in which something can run. */
  runnable(): Iteration | null {
    const { iterations } = this;
    for (let i = 0; i < iterations.length; i++) if (iterations[i].readyCount > 0) return iterations[i];
    return null;
  }
  iteration(number: number): Iteration | undefined {
    return this.iterations.find((it) => it.number === number);
  }
  isOver(): boolean {
    return this.iterations.length === 0 && this.entersLeft === 0;
  }
  /** Releases whatever is left in it. */
  clear(): void {
    for (const iteration of this.iterations) iteration.clear();
    for (const { value } of [...this.invariants, ...this.deferred]) value.release();
    this.iterations.length = this.invariants.length = this.deferred.length = 0;
  }
}
/** Whether it says that a value will not come. */
export function isDead(value: Value): boolean {
  return value === DEAD;
}
