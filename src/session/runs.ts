/** Starts the runs of a session, and ends those that wait when it is closed. */
import { CancelledError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import type { Run } from '../kernels/kernel';
import type { PlanChoice } from '../plan/tuner';
import type { RunObserver } from './running';
import { type Patience, type Results, type RunHost, SessionRun } from './session-run';

/** What a run is asked for: which plan, with what, and who watches. */
export interface RunOrder {
  readonly choice: PlanChoice;
  readonly arrays: readonly NDArray[];
  readonly observer: RunObserver | null;
}
/** A synchronous run does not wait for anything. */
const NEVER = new AbortController().signal;

export class Runs {
  private readonly waiting = new Set<SessionRun>();
  /** What kernels of synchronous runs see. */
  readonly run: Run;
  constructor(
    private readonly host: RunHost,
    private readonly where: Omit<Run, 'signal'>,
  ) {
    this.run = { ...where, signal: NEVER };
  }
  now({ choice, arrays, observer }: RunOrder, timeoutInMs?: number): Results {
    return new SessionRun(this.host, choice, arrays, this.run, observer).now(timeoutInMs);
  }
  /** As soon as what it waits for has come. Kernels hear by the run's signal that it is over. */
  async later({ choice, arrays, observer }: RunOrder, patience: Patience): Promise<Results> {
    const controller = new AbortController();
    const run = new SessionRun(this.host, choice, arrays, { ...this.where, signal: controller.signal }, observer);
    this.waiting.add(run);
    try {
      return await run.later(patience);
    } finally {
      this.waiting.delete(run);
      controller.abort();
    }
  }
  close(): void {
    for (const run of this.waiting) run.cancel(new CancelledError(null, 'Session has been closed.'));
  }
}
