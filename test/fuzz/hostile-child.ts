/** Makes hostile calls, one after the other, and says on stdout which it is at: it may die, or hang, in any of them. */
import { writeSync } from 'node:fs';
import os from 'node:os';
import './elsewhere';
import { callOf, faultOfCall } from './hostile';

// So that what asks for some GB is refused at once, as on a small machine.
os.totalmem = () => 2 ** 32;

const [, , first, count, device] = process.argv;
process.on('unhandledRejection', () => {});
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  writeSync(1, `at ${seed}\n`);
  const fault = faultOfCall(callOf(seed), device);
  if (fault) writeSync(1, `fault ${JSON.stringify({ seed, fault })}\n`);
}
writeSync(1, 'done\n');
