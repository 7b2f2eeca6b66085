/** One run of a session: from fed arrays to fetched ones, now or when what it waits for has come. */
import { CancelledError } from '../base/errors';
import type { Scalar } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import { nextTurn, now, seconds } from '../base/platform';
import { explain } from '../advice/explain';
import type { NanWatch } from '../advice/nan';
import type { Value } from '../kernels/kernel';
import { release } from '../kernels/value';
import { type Plan, holdPlan } from '../plan/plan';
import type { PlanChoice } from '../plan/tuner';
import { begin, fetchAll } from './executor';
import { fetched } from './feed';
import type { FeedCache } from './feed-cache';
import { driveOthers, mayBeDriven, mustWait } from './live-runs';
import { NumericsCheck } from './numerics';
import type { OneRun } from './one-run';
import { timedOut } from './refusals';
import { type RunObserver, type Running, StepError, type WaitingStep } from './running';

/** What runs of a session share. */
export interface RunHost {
  readonly cache: FeedCache;
  readonly checkNumerics: boolean;
  readonly nan: NanWatch;
  /** After how long an asynchronous run that goes round lets others go on. */
  readonly turnInMs: number;
}
/** When a run gives way: after some time for good, or to others for a while. */
export interface Pace {
  readonly timed: boolean;
  readonly turnInMs: number;
}
/** What goes round in one call may take so many turns: it is several times as fast as step by step. */
const CALL_IN_TURNS = 250;
/** A time of the platform's clock, in seconds since 1970. */
const endOf = (time: number): number => (time < Infinity ? seconds() + (time - now()) / 1000 : Infinity);
const AT_ONCE: Pace = { timed: false, turnInMs: Infinity };
/** How long a run may wait, and who may end it. */
export interface Patience {
  readonly timeoutInMs?: number;
  readonly signal?: AbortSignal;
}
export type Results = (Scalar | NDArray)[];

export class SessionRun {
  private readonly plan: Plan;
  private readonly check: NumericsCheck | null;
  private readonly running: Running;
  /** Lets go of the plan, where the run goes on later. */
  private letGo: (() => void) | null = null;
  /** How long one call may take, in milliseconds. */
  private readonly mostAtOnce: number;
  constructor(
    private readonly host: RunHost,
    private readonly choice: PlanChoice,
    private readonly feeds: readonly NDArray[],
    private readonly run: OneRun,
    observer: RunObserver | null,
    { timed, turnInMs }: Pace = AT_ONCE,
  ) {
    this.plan = choice.choose(observer !== null || host.checkNumerics, timed || turnInMs < Infinity);
    this.check = host.checkNumerics ? new NumericsCheck(this.plan, feeds, run, observer) : null;
    const values = feeds.map((array) => host.cache.valueOf(array));
    this.mostAtOnce = turnInMs * CALL_IN_TURNS;
    this.running = begin(this.plan, values, run, this.check ?? observer, turnInMs);
  }

  get isAwake(): boolean {
    return this.running.isAwake;
  }
  get waitsFor(): readonly WaitingStep[] {
    return this.running.waitsFor;
  }
  /**
   * Goes on as far as it can. A run that is done, or has failed, is over.
   *
   * @returns  what it gives, or what keeps it from going on
   */
  step(deadline = Infinity): Results | 'waiting' | 'paused' {
    let results: Results | null = null;
    let values: readonly Value[];
    try {
      this.run.until = endOf(Math.min(deadline, now() + this.mostAtOnce));
      this.run.deadline = deadline;
      const state = this.running.drain(deadline);
      if (state !== 'done') {
        this.letGo ??= holdPlan(this.plan);
        return state;
      }
      values = fetchAll(this.running, this.plan.fetchSlots.length);
    } catch (error) {
      this.end();
      throw error instanceof StepError ? explain(error, this.plan, this.run.resources, this.feeds) : error;
    }
    try {
      this.release();
      return (results = this.results(values));
    } finally {
      this.run.end(results ?? []);
    }
  }
  /** @throws FailedPreconditionError  where it would have to wait */
  now(timeoutInMs = 0): Results {
    const deadline = timeoutInMs > 0 ? now() + timeoutInMs : Infinity;
    for (;;) {
      const results = this.step(deadline);
      if (typeof results === 'object') return results;
      if (driveOthers(this.running)) continue;
      const error = mustWait(this.running);
      this.end();
      throw error;
    }
  }
  /** @throws DeadlineExceededError, CancelledError  where it is given up */
  async later({ timeoutInMs = 0, signal }: Patience): Promise<Results> {
    const { running } = this;
    const cancel = (): void => this.cancel(new CancelledError(null, 'Run call was cancelled'));
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    const late = (): void => this.cancel(timedOut());
    const timer = timeoutInMs > 0 ? setTimeout(late, timeoutInMs) : null;
    const deadline = timeoutInMs > 0 ? now() + timeoutInMs : Infinity;
    const notDriven = mayBeDriven(running);
    try {
      for (;;) {
        const results = this.step(deadline);
        if (typeof results === 'object') return results;
        if (results === 'paused') await nextTurn();
        else if (!driveOthers(running)) await running.wakes;
      }
    } finally {
      notDriven();
      if (timer) clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    }
  }
  cancel(error: Error): void {
    this.running.cancel(error);
  }

  /** It is over, and gave nothing. */
  private end(): void {
    this.release();
    this.run.end();
  }
  private release(): void {
    this.running.release();
    this.check?.finish();
    this.letGo?.();
    this.letGo = null;
  }
  private results(values: readonly Value[]): Results {
    try {
      const results = values.map(fetched);
      this.host.nan.look(results, this.plan);
      this.host.cache.keepFetched(results, values, this.plan, this.feeds);
      return results;
    } finally {
      values.forEach(release);
      this.choice.finished();
    }
  }
}
