/** Work on a large graph that need not be done in one run: each of several does a part. */

/** It yields wherever it may be left for the next run. */
export type InParts<T> = Generator<undefined, T, undefined>;

/** All parts, one after the other. */
export function atOnce<T>(work: InParts<T>): T {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}
/** Work of one part. */
// biome-ignore lint/correctness/useYield: a part that is the whole is left nowhere.
export function* inOne<T>(work: InParts<T>): InParts<T> {
  return atOnce(work);
}
/** Something that is made, a part at a time. */
export class Making<T> {
  private made: T | null = null;
  constructor(private readonly work: InParts<T>) {}
  /** Does the next part. @returns  what is made, or null where parts are left */
  next(): T | null {
    if (this.made !== null) return this.made;
    const { done, value } = this.work.next();
    return done ? (this.made = value) : null;
  }
  /** Leaves the rest. */
  drop(): void {
    const work: Iterator<undefined, unknown> = this.work;
    work.return?.();
  }
}
