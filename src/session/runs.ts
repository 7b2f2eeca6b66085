/** Starts the runs of a session, and ends those that wait when it is closed. */
import { CancelledError, OutOfRangeError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import type { PlanChoice } from '../plan/tuner';
import { type Driven, mayBeDriven } from './live-runs';
import { OneRun, type Where } from './one-run';
import type { RunObserver, WaitingStep } from './running';
import { type Pace, type Patience, type Results, type RunHost, SessionRun } from './session-run';

/** What a run is asked for: which plan, with what, and who watches. */
export interface RunOrder {
  readonly choice: PlanChoice;
  readonly arrays: readonly NDArray[];
  readonly observer: RunObserver | null;
}
/** What a loop of runs asks, and says. */
export interface LoopOwner {
  /** Whether to begin another run. */
  goesOn(): boolean;
  /** It is over: `goesOn` said so (null), or a run failed. */
  ended(error: unknown): void;
}
/** The same run again and again, when somebody drives it: one that waits for what these runs bring. */
class Loop implements Driven {
  /** The run that waits. */
  private run: SessionRun | null = null;
  private isOver = false;
  private readonly notDriven: () => void;
  constructor(
    private readonly begin: () => SessionRun,
    private readonly owner: LoopOwner,
  ) {
    this.notDriven = mayBeDriven(this);
  }
  get isAwake(): boolean {
    return !this.isOver && (this.run?.isAwake ?? true);
  }
  get waitsFor(): readonly WaitingStep[] {
    return this.run?.waitsFor ?? [];
  }
  /** Ends a run, and begins the next: one that waits is there for what comes. */
  drain(): void {
    try {
      for (let runs = 0; runs < 2; runs++) {
        if (!this.run && !this.owner.goesOn()) return this.end(null);
        this.run ??= this.begin();
        if (typeof this.run.step() === 'string') return;
        this.run = null;
      }
    } catch (error) {
      this.run = null;
      this.end(error);
    }
  }
  /** Ends it, with the run that waits. */
  cancel(error: Error): void {
    this.run?.cancel(error);
    if (this.run) this.drain();
    else this.end(error);
  }
  private end(error: unknown): void {
    if (this.isOver) return;
    this.isOver = true;
    this.notDriven();
    this.owner.ended(error);
  }
}

/** Whether it says that there is no more, or that somebody ended it. */
const isEnd = (error: Error): boolean => error instanceof OutOfRangeError || error instanceof CancelledError;
const firstLine = ({ message }: Error): string => message.split('\n', 1)[0];

export class Runs {
  private readonly waiting = new Set<SessionRun>();
  private readonly loops = new Set<Loop>();
  constructor(
    private readonly host: RunHost,
    private readonly where: Where,
  ) {}
  begin(turnInMs = Infinity): OneRun {
    return new OneRun(this.where, turnInMs);
  }
  private run({ choice, arrays, observer }: RunOrder, pace?: Pace): SessionRun {
    return new SessionRun(this.host, choice, arrays, this.begin(pace?.turnInMs), observer, pace);
  }
  now(order: RunOrder, timeoutInMs = 0): Results {
    return this.run(order, { timed: timeoutInMs > 0, turnInMs: Infinity }).now(timeoutInMs);
  }
  /** As soon as what it waits for has come. */
  async later(order: RunOrder, patience: Patience): Promise<Results> {
    const run = this.run(order, { timed: (patience.timeoutInMs ?? 0) > 0, turnInMs: this.host.turnInMs });
    this.waiting.add(run);
    try {
      return await run.later(patience);
    } finally {
      this.waiting.delete(run);
    }
  }
  /** Runs it again and again, when somebody drives it. @returns  what ends it */
  again(order: () => RunOrder, { goesOn, ended }: LoopOwner): (error: Error) => void {
    const over = (error: unknown): void => {
      this.loops.delete(loop);
      if (error instanceof Error && !isEnd(error)) this.where.own.failure = `${error.name}: ${firstLine(error)}`;
      ended(error);
    };
    const loop = new Loop(() => this.run(order()), { goesOn, ended: over });
    this.loops.add(loop);
    loop.drain();
    return (error) => loop.cancel(error);
  }
  close(): void {
    const error = new CancelledError(null, 'Session has been closed.');
    for (const run of this.waiting) run.cancel(error);
    for (const loop of this.loops) loop.cancel(error);
  }
}
