/**
 * A compiled module as one whose memory threads may share: the same instructions, and one bit of its memory's limits.
 * tfjs has a build for threads too; it is another program, with another allocator's locks, that starts threads of its
 * own only when the event loop turns.
 */

const MEMORY = 5;
/** Bits of limits: there is a maximum, which shared memory wants, and it is shared. */
const [HAS_MAXIMUM, IS_SHARED] = [1, 2];
const HEADER = 8;

/** The module's bytes with its one memory shared; null where it has none of its own, or one without a maximum. */
export function shareable(bytes: Uint8Array): Uint8Array | null {
  for (let at = HEADER; at < bytes.length; ) {
    const id = bytes[at];
    const { value, next } = unsigned(bytes, at + 1);
    if (id === MEMORY) {
      const [count, limits] = [bytes[next], bytes[next + 1]];
      if (count !== 1 || limits !== HAS_MAXIMUM) return null;
      const changed = bytes.slice();
      changed[next + 1] |= IS_SHARED;
      return changed;
    }
    at = next + value;
  }
  return null;
}
/** LEB128. */
function unsigned(bytes: Uint8Array, from: number): { value: number; next: number } {
  let [value, shift, next] = [0, 0, from];
  for (; ; shift += 7) {
    const byte = bytes[next++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next };
  }
}
