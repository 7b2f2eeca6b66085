/**
 * Which plan a signature runs with, step by step or with its pure part as one on the device. As a rule the plan itself
 * says which is likely to be faster; a session that need not give the same bits every time may time the two instead.
 */
import { now } from '../base/platform';
import type { Making } from './in-parts';
import { type Plan, disposePlan, givesWay, refusalOf } from './plan';

/** Says which plan the next run takes, and hears when it is over. */
export interface PlanChoice {
  /**
   * @param observed  true where someone watches the steps: then they must all be there
   * @param timed     true where the run is to end, or pause, after some time: not each call looks at the clock
   */
  choose(observed: boolean, timed?: boolean): Plan;
  finished(): void;
  /** Why the device did not take a part of the plan as one, where it was asked to. */
  readonly refusal: string | null;
}
/** A choice that is not made yet. */
export interface Tuner extends PlanChoice {
  dispose(): void;
}
export function settled(plan: Plan): PlanChoice {
  return {
    choose: () => plan,
    finished: () => undefined,
    get refusal() {
      return refusalOf(plan);
    },
  };
}

/**
 * Runs before a part of the graph is handed to the device as one, which takes some milliseconds. Tests that look at
 * that part alone, in thousands of graphs, make it fewer (test/long.ts).
 */
export const SOON = { runs: 20 };
/** Takes the plan with a compiled part from its twentieth run on, where there is one: the same in every process. */
export class RuledChoice implements Tuner {
  private runs = 0;
  private making: Making<Plan> | null = null;
  private whole: Plan | null = null;
  private refusal_: string | null = null;
  /** @param compile  makes the plan with a compiled part, or one without where none would be faster; null for none */
  constructor(
    private readonly steps: Plan,
    private compile: ((timed: boolean) => Making<Plan>) | null,
  ) {}
  choose(observed: boolean, timed = false): Plan {
    if (this.compile && ++this.runs >= SOON.runs) this.goOn((this.making ??= this.compile(timed)));
    const { steps, whole } = this;
    return !whole || observed || (timed && hasLoops(steps) && !givesWay(whole)) ? steps : whole;
  }
  /** Makes a part of the whole. */
  private goOn(making: Making<Plan>): void {
    const whole = making.next();
    if (!whole) return;
    this.compile = null;
    this.refusal_ = whole.refusal;
    if (whole.compiled) this.whole = whole;
    else disposePlan(whole);
  }
  finished(): void {}
  get refusal(): string | null {
    return this.whole ? refusalOf(this.whole) : this.refusal_;
  }
  dispose(): void {
    if (this.compile) this.making?.drop();
    disposePlan(this.steps);
    if (this.whole) disposePlan(this.whole);
  }
}

/**
 * Runs before a contest is held again: the machine may have been busy with something else. Before the first, kernels
 * warm up, and one-off runs end.
 */
const WAITS = [1000, 10_000];
/** Each side runs in blocks, in turn; the first runs of a block pay for moving the variables and do not count. */
const BLOCK = 12;
const WARM = 2;
const BLOCKS = 6;

/** Times the two ways block by block: the faster one stays, and is asked again later. */
export class Contest implements Tuner {
  private rival: Plan | null = null;
  private refusal_: string | null = null;
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
    this.wait = compile ? SOON.runs : Infinity;
  }

  choose(observed: boolean, timed = false): Plan {
    if (observed || (timed && hasLoops(this.plan.compiled ? this.rival! : this.plan)))
      return this.plan.compiled ? this.rival! : this.plan;
    if (this.round < 0) {
      if (--this.wait > 0) return this.plan;
      this.rival ??= this.compile!();
      this.refusal_ = this.rival.refusal;
      this.round = 0;
      this.times = { plan: [], rival: [] };
    }
    if (this.isAlone()) return this.plan;
    this.running = Math.floor(this.round / BLOCK) % 2 === 0 ? this.plan : this.rival!;
    this.started = now();
    return this.running;
  }
  finished(): void {
    if (this.round < 0) return;
    if (this.running) {
      if (this.round % BLOCK >= WARM)
        this.times[this.running === this.plan ? 'plan' : 'rival'].push(now() - this.started);
      this.running = null;
      if (++this.round < BLOCKS * BLOCK) return;
      if (quartile(this.times.rival) < quartile(this.times.plan)) [this.plan, this.rival] = [this.rival!, this.plan];
    } else if (!this.isAlone()) return;
    this.round = -1;
    this.wait = this.isAlone() ? Infinity : (WAITS[this.held++] ?? Infinity);
    if (this.wait < Infinity || this.plan.compiled) return;
    disposePlan(this.rival!);
    this.rival = null;
  }
  get refusal(): string | null {
    return refusalOf(this.plan) ?? (this.rival && refusalOf(this.rival)) ?? this.refusal_;
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
function hasLoops({ frames }: Plan): boolean {
  return frames.length > 1;
}
/** The lower quartile: what else the machine does only ever adds. */
function quartile(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 2];
}
