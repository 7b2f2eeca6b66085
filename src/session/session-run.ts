/** One run of a session: from fed arrays to fetched ones, now or when what it waits for has come. */
import { CancelledError } from '../base/errors';
import type { Scalar } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import { now } from '../base/platform';
import { explain } from '../advice/explain';
import type { NanWatch } from '../advice/nan';
import type { Run, Value } from '../kernels/kernel';
import { release } from '../kernels/value';
import type { Plan } from '../plan/plan';
import type { PlanChoice } from '../plan/tuner';
import { begin, fetchAll } from './executor';
import { fetched } from './feed';
import type { FeedCache } from './feed-cache';
import { driveOthers, mayBeDriven, mustWait } from './live-runs';
import { NumericsCheck } from './numerics';
import { timedOut } from './refusals';
import { type RunObserver, type Running, StepError } from './running';

/** What runs of a session share. */
export interface RunHost {
  readonly cache: FeedCache;
  readonly checkNumerics: boolean;
  readonly nan: NanWatch;
}
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
  constructor(
    private readonly host: RunHost,
    private readonly choice: PlanChoice,
    private readonly feeds: readonly NDArray[],
    private readonly run: Run,
    observer: RunObserver | null,
    timed = false,
  ) {
    this.plan = choice.choose(observer !== null, timed);
    this.check = host.checkNumerics ? new NumericsCheck(this.plan, feeds, run, observer) : null;
    const values = feeds.map((array) => host.cache.valueOf(array));
    this.running = begin(this.plan, values, run, this.check ?? observer);
  }

  /** @throws FailedPreconditionError  where it would have to wait */
  now(timeoutInMs = 0): Results {
    const deadline = timeoutInMs > 0 ? now() + timeoutInMs : Infinity;
    let values: readonly Value[];
    try {
      while (this.running.drain(deadline) === 'waiting') if (!driveOthers(this.running)) throw mustWait(this.running);
      values = this.fetch();
    } catch (error) {
      throw this.explained(error);
    } finally {
      this.end();
    }
    return this.results(values);
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
    let values: readonly Value[];
    try {
      while (running.drain(deadline) === 'waiting') await running.wakes;
      values = this.fetch();
    } catch (error) {
      throw this.explained(error);
    } finally {
      notDriven();
      if (timer) clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      this.end();
    }
    return this.results(values);
  }
  cancel(error: Error): void {
    this.running.cancel(error);
  }

  private fetch(): Value[] {
    return fetchAll(this.running, this.plan.fetchSlots.length);
  }
  private end(): void {
    this.running.release();
    this.check?.finish();
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
  private explained(error: unknown): unknown {
    return error instanceof StepError ? explain(error, this.plan, this.run.resources, this.feeds) : error;
  }
}
