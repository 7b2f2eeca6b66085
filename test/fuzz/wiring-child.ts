/** Runs graphs whose loops, branches and functions are wrong, one after the other; says on stdout which it is at. */
import { writeSync } from 'node:fs';
import './elsewhere';
import { faultOfWiring } from './wiring';

const [, , first, count, device] = process.argv;
process.on('unhandledRejection', () => {});
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  writeSync(1, `at ${seed}\n`);
  const fault = faultOfWiring(seed, device);
  if (fault) writeSync(1, `fault ${JSON.stringify({ seed, fault })}\n`);
}
writeSync(1, 'done\n');
