/** The clock of a run that goes round: when it is over, and when others have their turn. */
import { now } from '../base/platform';
import type { LoopPlace } from '../plan/step';
import { timedOut } from './refusals';

export class Clock {
  private deadline = Infinity;
  private turnEnds = Infinity;
  /** The first of the two. */
  private first = Infinity;
  /** @param turnInMs  how long the run may go on at a time */
  constructor(private readonly turnInMs = Infinity) {}
  /** A turn begins. @param deadline  when the run is over, on the platform's clock */
  start(deadline: number): void {
    this.deadline = deadline;
    this.turnEnds = this.turnInMs < Infinity ? now() + this.turnInMs : Infinity;
    this.first = Math.min(deadline, this.turnEnds);
  }
  /** Whether others have their turn. @param loops  where the run is @throws DeadlineExceededError  where time is up */
  isLate(loops: () => readonly LoopPlace[]): boolean {
    if (this.first === Infinity) return false;
    const time = now();
    if (time > this.deadline) throw timedOut(loops());
    return time > this.turnEnds;
  }
}
