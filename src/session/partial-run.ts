/** Runs in parts: feeds come one after the other, and what can be computed from those that have come can be fetched. */
import { CancelledError, InvalidArgumentError } from '../base/errors';
import type { Scalar } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import { nextTurn, now } from '../base/platform';
import { explain } from '../advice/explain';
import type { Operation, Tensor } from '../graph/graph';
import type { Value } from '../kernels/kernel';
import { release } from '../kernels/value';
import { type Plan, type PlanHost, disposePlan, makePlan } from '../plan/plan';
import { begin } from './executor';
import { feedToRunValue, fetched } from './feed';
import { driveOthers, mustWait } from './live-runs';
import { NumericsCheck } from './numerics';
import { type Running, StepError } from './running';
import type { OneRun } from './one-run';
import { timedOut } from './refusals';
import type { Patience } from './session-run';

/** What a partial run may be fed and asked for. */
export interface Setup {
  readonly fetches: readonly Tensor[];
  readonly targets: readonly Operation[];
  readonly feeds: readonly Tensor[];
}
/** @throws InvalidArgumentError  where nothing is asked for */
export function checkAsked({ fetches, targets }: Setup): void {
  if (!fetches.length && !targets.length)
    throw new InvalidArgumentError(null, 'Must specify at least one target to fetch or execute.');
}
/** @throws InvalidArgumentError  where a tensor is fed twice, or fed and fetched */
export function checkFeeds({ fetches, feeds }: Setup): void {
  const twice = feeds.find((t, i) => feeds.indexOf(t) < i);
  if (twice) throw new InvalidArgumentError(null, `Endpoint "${twice.name}" fed more than once.`);
  const both = fetches.find((t) => feeds.includes(t));
  if (both) throw new InvalidArgumentError(both.op, `${both.name} is both fed and fetched.`);
}
const NO_SETUP = "Must run 'setup' before performing partial runs!";

/** What is fed and asked for at a time. */
export interface Part {
  readonly fetches: readonly Tensor[];
  readonly feeds: readonly Tensor[];
  readonly arrays: readonly NDArray[];
}
/** What partial runs of a session share. */
export interface PartialHost {
  readonly host: PlanHost;
  readonly checkNumerics: boolean;
  /** After how long one that goes round lets others go on, where somebody waits for it. */
  readonly turnInMs: number;
}

/** The partial runs of a session that are not over, by handle. */
export class PartialRuns {
  private readonly runs = new Map<string, PartialRun>();
  private count = 0;
  constructor(
    private readonly shared: PartialHost,
    private readonly begin: () => OneRun,
  ) {}
  get handles(): ReadonlyMap<string, unknown> {
    return this.runs;
  }
  /** @throws InvalidArgumentError  where nothing is asked for, or a tensor is fed and fetched */
  setUp(setup: Setup): string {
    checkAsked(setup);
    checkFeeds(setup);
    const { fetches, targets, feeds } = setup;
    const names = (list: readonly Tensor[]): string => list.map((t) => t.name).join();
    const handle = `${names(feeds)}->${names(fetches)}/${targets.map((op) => op.name).join()}/1/;${this.count++}`;
    this.runs.set(handle, new PartialRun(setup, this.shared, this.begin()));
    return handle;
  }
  /**
   * Feeds some, and gives the fetches, in time. A run that has given all its fetches for all its feeds is over.
   *
   * @throws FailedPreconditionError  where it would have to wait
   */
  goOn(handle: string, part: Part, timeoutInMs = 0): Results {
    const run = this.find(handle, part);
    return this.over(handle, run, () => {
      const steps = run.goOn(part, deadlineOf(timeoutInMs));
      for (;;) {
        const { value, done } = steps.next();
        if (done) return value;
        if (value === 'waiting' && !run.driveOthers()) throw run.mustWait();
      }
    });
  }
  /** The same, as soon as what it waits for has come. @throws DeadlineExceededError, CancelledError  given up */
  async later(handle: string, part: Part, { timeoutInMs = 0, signal }: Patience): Promise<Results> {
    const run = this.find(handle, part);
    const cancelled = (): void => run.cancel(new CancelledError(null, 'Run call was cancelled'));
    if (signal?.aborted) cancelled();
    signal?.addEventListener('abort', cancelled);
    const timer = timeoutInMs > 0 ? setTimeout(() => run.cancel(timedOut()), timeoutInMs) : null;
    const steps = run.goOn(part, deadlineOf(timeoutInMs));
    try {
      for (;;) {
        const { value, done } = this.over(handle, run, () => steps.next());
        if (done) return value;
        if (value === 'paused') await nextTurn();
        else if (!run.driveOthers()) await run.wakes;
      }
    } finally {
      if (timer) clearTimeout(timer);
      signal?.removeEventListener('abort', cancelled);
    }
  }
  private find(handle: string, { fetches, feeds }: Part): PartialRun {
    const run = this.runs.get(handle);
    if (!run) throw new InvalidArgumentError(null, NO_SETUP);
    run.check(fetches, feeds);
    return run;
  }
  /** Goes on, and ends it where it failed, or has given all. */
  private over<T>(handle: string, run: PartialRun, goOn: () => T): T {
    try {
      const made = goOn();
      if (run.isOver) this.end(handle, run);
      return made;
    } catch (error) {
      this.end(handle, run);
      throw error;
    }
  }
  private end(handle: string, run: PartialRun): void {
    this.runs.delete(handle);
    run.release();
  }
  close(): void {
    for (const [handle, run] of this.runs) this.end(handle, run);
  }
}
type Results = readonly (Scalar | NDArray)[];
const deadlineOf = (timeoutInMs: number): number => (timeoutInMs > 0 ? now() + timeoutInMs : Infinity);

class PartialRun {
  private readonly plan: Plan;
  private readonly running: Running;
  private readonly check_: NumericsCheck | null;
  /** What has not come, and not been asked for, yet. */
  private readonly pending: Set<Tensor>;
  private readonly wanted: Set<Tensor>;
  /** The texts that it gave: a handle that the caller has stays good. */
  private readonly texts: string[] = [];
  /** Parts that are asked for and not given yet. */
  private underWay = 0;
  private isReleased = false;
  constructor(
    private readonly setup: Setup,
    { host, checkNumerics, turnInMs }: PartialHost,
    private readonly run: OneRun,
  ) {
    this.plan = makePlan({ ...setup, comesLate: true }, host);
    this.pending = new Set(setup.feeds);
    this.wanted = new Set(setup.fetches);
    const none = setup.feeds.map(() => null);
    this.check_ = checkNumerics ? new NumericsCheck(this.plan, none, run, null) : null;
    this.running = begin(this.plan, none, run, this.check_, turnInMs);
  }
  get wakes(): Promise<void> {
    return this.running.wakes;
  }
  driveOthers(): boolean {
    return driveOthers(this.running);
  }
  mustWait(): Error {
    return mustWait(this.running);
  }
  cancel(error: Error): void {
    this.running.cancel(error);
  }
  get isOver(): boolean {
    return this.pending.size === 0 && this.wanted.size === 0 && this.underWay === 0;
  }
  /** @throws InvalidArgumentError  where it was set up for others, or they came before, or something is missing */
  check(fetches: readonly Tensor[], feeds: readonly Tensor[]): void {
    for (const t of feeds) {
      if (!this.setup.feeds.includes(t)) throw refused(t, `The feed ${t.name} was not specified in partial_run_setup.`);
      if (!this.pending.has(t)) throw refused(t, `The feed ${t.name} has already been fed.`);
    }
    for (const t of fetches) {
      if (!this.setup.fetches.includes(t))
        throw refused(t, `The fetch ${t.name} was not specified in partial_run_setup.`);
      if (!this.wanted.has(t)) throw refused(t, `The fetch ${t.name} has already been fetched.`);
    }
    const missing = this.missingFor(fetches, feeds);
    if (missing)
      throw refused(missing, `Fetch ${missing.name} can't be computed from the feeds that have been fed so far.`);
  }
  /** A feed that the fetches need and that has not come. */
  private missingFor(fetches: readonly Tensor[], feeds: readonly Tensor[]): Tensor | null {
    const seen = new Set(fetches.map((t) => t.op));
    for (const op of seen) {
      for (const t of op.inputs) {
        if (this.pending.has(t) && !feeds.includes(t)) return t;
        if (!this.setup.feeds.includes(t)) seen.add(t.op);
      }
      for (const control of op.controlInputs) seen.add(control);
    }
    return null;
  }
  /** Says what keeps it from going on, and goes on when it is asked to. */
  *goOn({ fetches, feeds, arrays }: Part, deadline: number): Generator<'waiting' | 'paused', Results> {
    const { running, setup } = this;
    feeds.forEach((t, i) => {
      this.pending.delete(t);
      const feed = setup.feeds.indexOf(t);
      this.check_?.feed(feed, arrays[i]);
      running.feed(feed, feedToRunValue(arrays[i]));
    });
    for (const t of fetches) this.wanted.delete(t);
    this.run.deadline = deadline;
    this.underWay++;
    const values: Value[] = [];
    try {
      for (const t of fetches) values.push(yield* this.fetch(setup.fetches.indexOf(t), deadline));
      const results = values.map(fetched);
      for (const result of results) if (typeof result === 'string') this.texts.push(result);
      return results;
    } catch (error) {
      throw error instanceof StepError ? explain(error, this.plan, this.run.resources) : error;
    } finally {
      this.underWay--;
      values.forEach(release);
    }
  }
  /** A fetch, once what it waits for has come. */
  private *fetch(i: number, deadline: number): Generator<'waiting' | 'paused', Value> {
    const { running } = this;
    for (;;) {
      const state = running.drain(deadline);
      const value = running.fetch(i);
      if (value) return value;
      if (state === 'done') throw mustWait(running);
      yield state;
    }
  }
  /** Parts of it that wait hear that it is over. */
  release(): void {
    if (this.isReleased) return;
    this.isReleased = true;
    this.running.cancel(new CancelledError(null, 'Run call was cancelled'));
    this.running.release();
    this.check_?.finish();
    this.run.end(this.texts);
    disposePlan(this.plan);
  }
}
function refused({ op }: Tensor, sentence: string): InvalidArgumentError {
  const { line } = op.trace;
  return new InvalidArgumentError(op, `${sentence}${line ? `\n  '${op.name}' was made at ${line}` : ''}`);
}
