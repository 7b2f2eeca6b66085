/** Garbage collection when a test wants it: what is left is in use. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
/** Takes away what nobody can reach any more. */
export const collectGarbage = runInNewContext('gc') as () => void;

/** Resident memory in bytes, without what nobody can reach any more. */
export function residentMemory(): number {
  collectGarbage();
  return process.memoryUsage().rss;
}
