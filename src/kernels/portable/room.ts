/** Where in one piece of memory what is needed for a while lies. */

/** Memory begins at lines of the cache. */
const LINE = 64;
export function inLines(bytes: number): number {
  return LINE * Math.max(1, Math.ceil(bytes / LINE));
}
/** What is free, in order, and how far it ever went. */
export class Room {
  top = 0;
  private readonly free: { at: number; bytes: number }[] = [];
  take(wanted: number): number {
    const bytes = inLines(wanted);
    const { free } = this;
    const found = free.findIndex((gap) => gap.bytes >= bytes);
    if (found >= 0) {
      const gap = free[found];
      const { at } = gap;
      gap.at += bytes;
      gap.bytes -= bytes;
      if (!gap.bytes) free.splice(found, 1);
      return at;
    }
    const last = free.at(-1);
    const at = last && last.at + last.bytes === this.top ? last.at : this.top;
    if (at < this.top) free.pop();
    this.top = at + bytes;
    return at;
  }
  give(at: number, wanted: number): void {
    const bytes = inLines(wanted);
    const { free } = this;
    let i = free.findIndex((gap) => gap.at > at);
    if (i < 0) i = free.length;
    const [before, after] = [free[i - 1], free[i]];
    const joinsBefore = before && before.at + before.bytes === at;
    const joinsAfter = after && at + bytes === after.at;
    if (joinsBefore && joinsAfter) {
      before.bytes += bytes + after.bytes;
      free.splice(i, 1);
    } else if (joinsBefore) before.bytes += bytes;
    else if (joinsAfter) {
      after.at = at;
      after.bytes += bytes;
    } else free.splice(i, 0, { at, bytes });
  }
}
