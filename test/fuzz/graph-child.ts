/** Makes random graphs, one after the other, and says on stdout which it is at: the process may die of any of them. */
import { writeSync } from 'node:fs';
import { tryGraph } from './graphs';
import { Judge } from './judge';

const [, , first, count, devices, rules, python] = process.argv;
async function main(): Promise<void> {
  const judge = python ? new Judge(python) : null;
  for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
    writeSync(1, `at ${seed}\n`);
    const failure = await tryGraph(seed, devices.split(','), judge, rules);
    if (!failure) continue;
    const fault = `${failure.fault}\n${failure.text.replace(/^/gm, '  ')}`;
    writeSync(1, `fault ${JSON.stringify({ seed, fault })}\n`);
  }
  judge?.close();
  writeSync(1, 'done\n');
}
void main();
