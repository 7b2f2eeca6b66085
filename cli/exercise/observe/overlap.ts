/** Watches steps of training that `runAsync` began and that nobody waits for. */
import type { Place } from '../record';

export class Overlap {
  /** Where a step began while the one before it was not done. */
  at: Place | null = null;
  private pending = 0;

  before(at: Place | null): void {
    if (this.pending) this.at ??= at;
  }
  /** @param result  what the run gave: a promise where it goes on */
  during(result: unknown): void {
    if (!(result instanceof Promise)) return;
    this.pending++;
    const done = (): void => void this.pending--;
    result.then(done, done);
  }
}
