/**
 * Asks a server for what no client asks; says on stdout which seed it is at, and what did wrong. Arguments:
 * `first count device`.
 */
import { writeSync } from 'node:fs';
import { errorOf } from '../../src/base/thrown';
import { tryRequest } from './requests/judge';
import { Served } from './requests/served';

const [first, count, device] = process.argv.slice(2);
/** After so many seeds the memory is looked at, first when all has been used that a session uses. */
const [MEMORY_EVERY, WARM] = [2000, 50];
const say = (line: string): void => void writeSync(1, `${line}\n`);
async function main(): Promise<void> {
  let served = await Served.start(device);
  const fault = (seed: number, what: string): void => say(`fault ${JSON.stringify({ seed, fault: what })}`);
  for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
    let told = '';
    const tell = (what: string): void => say(`at ${seed} ${(told = what)}`);
    try {
      const wrong = await tryRequest(served, seed, tell);
      if (wrong) fault(seed, `${told}: ${wrong}`);
      const at = seed - Number(first);
      const grown = at % MEMORY_EVERY === WARM || at === Number(count) - 1 ? await served.memory(tell) : null;
      if (grown) fault(seed, grown);
    } catch (error) {
      fault(seed, `${told}: ${errorOf(error).message}`);
      served.close();
      served = await Served.start(device);
    }
  }
  served.close();
  say(`done ${count}`);
}
void main();
