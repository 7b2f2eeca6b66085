/** A heap that only grows, so that what is written outside of a result is seen. */
import { wasm } from '../../src/base/assembler';
import { Team } from '../../src/kernels/portable/team';
import type { Heap } from '../../src/kernels/portable/wasm';

/** @param isShared  whether threads may work on it: they start with the first work that is worth it */
export function heapOf(
  bytes: number,
  isShared = false,
): { heap: Heap; floats: Float32Array; put(values: Float32Array): number } {
  const pages = Math.ceil(bytes / 65536);
  const memory = new wasm.Memory(isShared ? { initial: pages, maximum: pages, shared: true } : { initial: pages });
  const floats = new Float32Array(memory.buffer);
  let top = 64;
  const malloc = (size: number): number => {
    const at = top;
    top += Math.ceil(size / 4) * 4 + 16;
    return at;
  };
  const heap: Heap = {
    memory,
    malloc,
    free: () => undefined,
    zero: (at, size) => void floats.fill(0, at / 4, (at + size) / 4),
    team: new Team(memory, malloc, 0),
  };
  return {
    heap,
    floats,
    put(values) {
      const at = malloc(values.byteLength);
      floats.set(values, at / 4);
      return at;
    },
  };
}

/** Does it until others have helped, which a busy machine lets them do late. */
export function untilHelped(team: Team, work: () => void): void {
  const before = team.helped;
  for (const until = Date.now() + 120_000; team.helped === before && Date.now() < until; ) work();
  expect(team.helped).toBeGreaterThan(before);
}
/** Holds the bytes of some work done by 2 and by 3 threads against those of one alone. */
export function sameWithThreads(team: Team, work: () => Uint8Array): void {
  team.use(1);
  const alone = work();
  for (const threads of [2, 3]) {
    team.use(threads);
    untilHelped(team, () => expect(Buffer.compare(work(), alone)).toBe(0));
  }
}
export const values = (n: number): Float32Array => Float32Array.from({ length: n }, (_, i) => Math.sin(i * 1.7));
