/** Starts the runs of a session, and ends those that wait when it is closed. */
import { CancelledError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { Budget } from '../kernels/budget';
import type { Run } from '../kernels/kernel';
import { type SessionTensors, StepTensors } from '../kernels/session-tensors';
import type { PlanChoice } from '../plan/tuner';
import type { RunObserver } from './running';
import { type Patience, type Results, type RunHost, SessionRun } from './session-run';

/** What a run is asked for: which plan, with what, and who watches. */
export interface RunOrder {
  readonly choice: PlanChoice;
  readonly arrays: readonly NDArray[];
  readonly observer: RunObserver | null;
}
/** What the runs of a session have in common, for kernels. */
export interface Where extends Omit<Run, 'signal' | 'tensors' | 'budget'> {
  readonly tensors: SessionTensors;
}
/** What kernels see of one run. They hear by its signal, where they ask for it, that the run is over. */
export class OneRun implements Run {
  readonly device: Run['device'];
  readonly placement: Run['placement'];
  readonly resources: Run['resources'];
  readonly budget: Budget | null;
  private controller: AbortController | null = null;
  private added: StepTensors | null = null;
  private isOver = false;
  constructor(private readonly where: Where) {
    this.device = where.device;
    this.placement = where.placement;
    this.resources = where.resources;
    const { stepBytes } = where.resources;
    this.budget = stepBytes < Infinity ? new Budget(stepBytes) : null;
  }
  get tensors(): StepTensors {
    return (this.added ??= new StepTensors(this.where.tensors));
  }
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.isOver) this.controller.abort();
    return this.controller.signal;
  }
  /** @param fetched  what it gave; nothing where it failed */
  end(fetched: Results = []): void {
    this.isOver = true;
    this.controller?.abort();
    this.added?.end(fetched);
  }
}

export class Runs {
  private readonly waiting = new Set<SessionRun>();
  constructor(
    private readonly host: RunHost,
    private readonly where: Where,
  ) {}
  begin(): OneRun {
    return new OneRun(this.where);
  }
  now({ choice, arrays, observer }: RunOrder, timeoutInMs = 0): Results {
    const one = this.begin();
    let results: Results | undefined;
    try {
      return (results = new SessionRun(this.host, choice, arrays, one, observer, timeoutInMs > 0).now(timeoutInMs));
    } finally {
      one.end(results);
    }
  }
  /** As soon as what it waits for has come. */
  async later({ choice, arrays, observer }: RunOrder, patience: Patience): Promise<Results> {
    const one = this.begin();
    const run = new SessionRun(this.host, choice, arrays, one, observer, (patience.timeoutInMs ?? 0) > 0);
    let results: Results | undefined;
    this.waiting.add(run);
    try {
      return (results = await run.later(patience));
    } finally {
      this.waiting.delete(run);
      one.end(results);
    }
  }
  close(): void {
    for (const run of this.waiting) run.cancel(new CancelledError(null, 'Session has been closed.'));
  }
}
