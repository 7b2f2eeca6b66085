/**
 * Calls every public name with anything; says on stdout which call it is at, for it may die of it, and what did wrong.
 * Arguments: `places step first`, one argument at a time; or `random count first device`, several at once.
 */
import { writeSync } from 'node:fs';
import './elsewhere';
import { ANYTHING } from './anything';
import { Sweep } from './public';
import { faultOfPublicCall } from './public-calls';

const [how, ...rest] = process.argv.slice(2);
const [number, first] = rest.map(Number);
process.on('unhandledRejection', () => {});
console.log = console.info = console.warn = console.error = () => {};
let made = 0;
function tell(at: string, fault: string | null): void {
  made++;
  if (fault) writeSync(1, `fault ${JSON.stringify({ at, fault })}\n`);
}
if (how === 'random')
  for (let seed = first; seed < first + number; seed++) {
    writeSync(1, `at ${seed}\n`);
    tell(String(seed), faultOfPublicCall(seed, rest[2]));
  }
else {
  const sweep = new Sweep();
  writeSync(1, `skipped ${sweep.skipped.join(' ')}\n`);
  for (let k = first; k < sweep.places.length * ANYTHING.length; k += number) {
    writeSync(1, `at ${k}\n`);
    tell(String(k), sweep.faultOf(sweep.places[Math.floor(k / ANYTHING.length)], k % ANYTHING.length));
  }
}
writeSync(1, `done ${made}\n`);
