/** What kernels see of one run, and what all runs of a session have in common. */
import { Budget } from '../kernels/budget';
import type { Run } from '../kernels/kernel';
import { type SessionTensors, StepTensors } from '../kernels/session-tensors';

/** What the runs of a session have in common, for kernels. */
export interface Where extends Omit<Run, 'signal' | 'tensors' | 'budget' | 'until' | 'deadline' | 'turnInMs'> {
  readonly tensors: SessionTensors;
}
/** What kernels see of one run. They hear by its signal, where they ask for it, that the run is over. */
export class OneRun implements Run {
  readonly device: Run['device'];
  readonly placement: Run['placement'];
  readonly resources: Run['resources'];
  readonly own: Run['own'];
  readonly budget: Budget | null;
  until = Infinity;
  deadline = Infinity;
  private controller: AbortController | null = null;
  private added: StepTensors | null = null;
  private isOver = false;
  constructor(
    private readonly where: Where,
    readonly turnInMs = Infinity,
  ) {
    this.device = where.device;
    this.placement = where.placement;
    this.resources = where.resources;
    this.own = where.own;
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
  end(fetched: readonly unknown[] = []): void {
    this.isOver = true;
    this.controller?.abort();
    this.added?.end(fetched);
  }
}
