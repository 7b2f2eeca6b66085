/**
 * Gives sizes that no program means to ops and public functions; says on stdout which call it is at, for it may die of
 * it, and what did wrong: errors of JavaScript's own, more memory than a small machine has, and seconds.
 * Arguments: `first count ops|names step offset device`, as many as count of every step-th.
 */
import { writeSync } from 'node:fs';
import os from 'node:os';
import './elsewhere';
import { THROWN } from './anything';
import { isForeign } from './foreign';
import { publicSizes } from './public-sizes';
import { stateSizes } from './state-sizes';
import { type SizeCall, sizeCalls } from './sizes';

// So that a tensor has 256 MB at most, and what takes more has not asked.
os.totalmem = () => 2 ** 30;
const MOST_KILOBYTES = 2 ** 20;
const MOST_SECONDS = 5;

function faultOf({ run }: SizeCall, device: string): string | null {
  const [before, from] = [process.resourceUsage(), process.memoryUsage.rss() / 1024];
  let fault: string | null = null;
  try {
    run(device);
  } catch (error) {
    if (isForeign(error) && (error as Error).message !== THROWN)
      fault = ((error as Error).stack ?? String(error)).split('\n').slice(0, 6).join('\n  ');
  }
  const after = process.resourceUsage();
  const seconds = (after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime) / 1e6;
  if (seconds > MOST_SECONDS) return `takes ${seconds.toFixed(1)} s`;
  const more = after.maxRSS - before.maxRSS > 0 ? after.maxRSS - from : 0;
  return fault ?? (more > MOST_KILOBYTES ? `takes ${Math.round(more / 1024)} MB` : null);
}

const [first, count, what, step, offset, device] = process.argv.slice(2);
process.on('unhandledRejection', () => {});
console.log = console.info = console.warn = console.error = () => {};
const calls = what === 'ops' ? [...sizeCalls(), ...stateSizes()] : publicSizes();
let made = 0;
for (let seed = Number(first); made < Number(count); seed++) {
  const call = calls[seed * Number(step) + Number(offset)] as SizeCall | undefined;
  if (!call) break;
  writeSync(1, `at ${seed} ${call.title.slice(0, 400)}\n`);
  const fault = faultOf(call, device);
  if (fault) writeSync(1, `fault ${JSON.stringify({ seed, fault: `${call.title}\n  ${fault}` })}\n`);
  made++;
}
writeSync(1, `done ${made}\n`);
