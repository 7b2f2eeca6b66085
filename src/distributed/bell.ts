/** What the thread that talks to a server counts, where a program reads it that waits and takes no messages. */

/** Places: its answers and its end, both of which wake who waits; its seconds while calls are open; that it runs. */
export const BELL = { rung: 0, beats: 1, ended: 2, begun: 3 } as const;
export const BEAT_MS = 1000;
/** A thread that has not come to its first line after so many will not, as where memory is short. */
export const BEGIN_BEATS = 10;

export function madeBell(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Object.keys(BELL).length * Int32Array.BYTES_PER_ELEMENT));
}
export function ring(bell: Int32Array): void {
  Atomics.add(bell, BELL.rung, 1);
  Atomics.notify(bell, BELL.rung);
}
