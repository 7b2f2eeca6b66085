/**
 * Which way of running a signature is faster is measured, not guessed: once it has run often, a plan whose pure part the
 * device takes as a whole is timed against the one that goes step by step, block by block, and the faster one stays.
 */
import { type Plan, disposePlan } from './plan';

/** Says which plan the next run takes, and hears when it is over. */
export interface PlanChoice {
  /** @param observed  true where someone watches the steps: then they must all be there */
  choose(observed: boolean): Plan;
  finished(): void;
}
export function settled(plan: Plan): PlanChoice {
  return { choose: () => plan, finished: () => undefined };
}

/**
 * Runs before the first contest: kernels warm up, one-off runs end. And before it is held again: the machine may have been
 * busy with something else.
 */
const WAITS = [20, 1000, 10_000];
/** Each side runs in blocks, in turn; the first runs of a block pay for moving the variables and do not count. */
const BLOCK = 12;
const WARM = 2;
const BLOCKS = 6;

export class Contest implements PlanChoice {
  private rival: Plan | null = null;
  private wait: number;
  private held = 0;
  /** Runs since the contest opened; -1 while none is held. */
  private round = -1;
  private started = 0;
  private running: Plan | null = null;
  private times: { plan: number[]; rival: number[] } = { plan: [], rival: [] };
  /** @param compile  makes the plan whose pure part is one step; null where there is to be none */
  constructor(
    private plan: Plan,
    private readonly compile: (() => Plan) | null,
  ) {
    this.wait = compile ? WAITS[0] : Infinity;
  }

  choose(observed: boolean): Plan {
    if (observed) return this.plan.compiled ? this.rival! : this.plan;
    if (this.round < 0) {
      if (--this.wait > 0) return this.plan;
      this.rival ??= this.compile!();
      this.round = 0;
      this.times = { plan: [], rival: [] };
    }
    if (this.isAlone()) return this.plan;
    this.running = Math.floor(this.round / BLOCK) % 2 === 0 ? this.plan : this.rival!;
    this.started = performance.now();
    return this.running;
  }
  finished(): void {
    if (this.round < 0) return;
    if (this.running) {
      if (this.round % BLOCK >= WARM)
        this.times[this.running === this.plan ? 'plan' : 'rival'].push(performance.now() - this.started);
      this.running = null;
      if (++this.round < BLOCKS * BLOCK) return;
      if (quartile(this.times.rival) < quartile(this.times.plan)) [this.plan, this.rival] = [this.rival!, this.plan];
    } else if (!this.isAlone()) return;
    this.round = -1;
    this.wait = this.isAlone() ? Infinity : (WAITS[++this.held] ?? Infinity);
    if (this.wait < Infinity || this.plan.compiled) return;
    disposePlan(this.rival!);
    this.rival = null;
  }
  /** True where the device did not take the pure part. */
  private isAlone(): boolean {
    return !this.plan.compiled && !this.rival!.compiled;
  }
  dispose(): void {
    disposePlan(this.plan);
    if (this.rival) disposePlan(this.rival);
  }
}
/** The lower quartile: what else the machine does only ever adds. */
function quartile(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 2];
}
