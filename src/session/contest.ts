/**
 * Which way of running a signature is faster is measured, not guessed: once it has run often, a plan whose pure part the
 * device takes as a whole is timed against the one that goes step by step, block by block, and the faster one stays.
 */
import type { Value } from '../kernels/kernel';
import { type Plan, disposePlan } from './plan';

/** Says which plan the next run takes, and hears when it is over. */
export interface PlanChoice {
  /** @param observed  true where someone watches the steps: then they must all be there */
  choose(observed: boolean): Plan;
  finished(release: (value: Value) => void): void;
}
export function settled(plan: Plan): PlanChoice { return { choose: () => plan, finished: () => undefined }; }

/** Runs before the contest opens: kernels warm up, one-off runs end. */
const OPENS_AFTER = 20;
/** Each side runs in blocks, in turn; the first runs of a block pay for moving the variables and do not count. */
const BLOCK = 12;
const WARM = 2;
const BLOCKS = 6;

export class Contest implements PlanChoice {
  private rival: Plan | null = null;
  private state: 'waiting' | 'open' | 'decided' = 'waiting';
  private runs = 0;
  private round = 0;
  private started = 0;
  private running: Plan | null = null;
  private readonly times: { plan: number[]; rival: number[] } = { plan: [], rival: [] };
  /** @param compile  makes the plan whose pure part is one step; null where there is to be none */
  constructor(private plan: Plan, private readonly compile: (() => Plan) | null) {
    if (!compile) this.state = 'decided';
  }

  choose(observed: boolean): Plan {
    if (this.state === 'decided') return observed && this.plan.compiled ? this.rival! : this.plan;
    if (observed) return this.plan;
    if (this.state === 'waiting') {
      if (++this.runs < OPENS_AFTER) return this.plan;
      this.rival = this.compile!();
      this.state = 'open';
    }
    if (!this.rival!.compiled) return this.plan;
    this.running = Math.floor(this.round / BLOCK) % 2 === 0 ? this.plan : this.rival!;
    this.started = performance.now();
    return this.running;
  }
  finished(release: (value: Value) => void): void {
    if (this.state !== 'open') return;
    if (!this.rival!.compiled) { this.decide(false, release); return; }
    if (!this.running) return;
    if (this.round % BLOCK >= WARM) this.times[this.running === this.plan ? 'plan' : 'rival'].push(performance.now() - this.started);
    this.running = null;
    if (++this.round === BLOCKS * BLOCK) this.decide(quartile(this.times.rival) < quartile(this.times.plan), release);
  }
  private decide(rivalWins: boolean, release: (value: Value) => void): void {
    this.state = 'decided';
    if (rivalWins) [this.plan, this.rival] = [this.rival!, this.plan];
    else { disposePlan(this.rival!, release); this.rival = null; }
  }
  dispose(release: (value: Value) => void): void {
    disposePlan(this.plan, release);
    if (this.rival) disposePlan(this.rival, release);
  }
}
/** The lower quartile: what else the machine does only ever adds. */
function quartile(times: readonly number[]): number { return [...times].sort((a, b) => a - b)[times.length >> 2]; }
