/** The runs of a program, in order: of very many the first and the last. */
import type { RunRecord } from '../record';

/** Of more runs than this only the first and the last are kept. */
const RUNS = 100_000;
const LAST_RUNS = 5000;

export class RunLog {
  readonly runs: RunRecord[] = [];
  /** Training steps that were run, left out by `--quick`, and not kept. */
  steps = 0;
  skippedSteps = 0;
  forgottenSteps = 0;

  note(run: RunRecord, training: boolean): void {
    this.runs.push(run);
    if (run.skipped) this.skippedSteps++;
    else if (training && run.error === null) this.steps++;
    if (this.runs.length <= RUNS) return;
    const dropped = this.runs.splice(RUNS - 2 * LAST_RUNS, LAST_RUNS);
    if (training) this.forgottenSteps += dropped.length;
  }
}
