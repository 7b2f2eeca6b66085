/**
 * Tries random graphs and hostile calls for as long as it is told: `npm run fuzz -- --minutes 30`. Real TensorFlow 1.15
 * judges where TFJS_FUZZ_PYTHON names (or the path has) a Python with it; without, the plain host judges the other
 * ways.
 */
import { Command } from 'commander';
import { openAddon } from '../../src/kernels/native/addon';
import { faultOf, waysOn } from './compare';
import { tell, tryGraph } from './graphs';
import { tryCalls } from './calls';
import { Judge, findPython } from './judge';
import type { Program } from './program';

interface Options {
  readonly minutes: string;
  readonly seed: string;
  readonly graphs?: string;
  readonly calls?: string;
  readonly python?: string;
  readonly program?: string;
}
async function main(): Promise<void> {
  const { minutes, seed, graphs, calls, python, program } = new Command('fuzz')
    .option('--minutes <n>', 'how long to go on: two thirds with graphs, a third with hostile calls', '5')
    .option('--seed <n>', 'the first seed', '1')
    .option('--graphs <n>', 'how many graphs at most')
    .option('--calls <n>', 'how many hostile calls at most, on each device')
    .option('--python <path>', 'a Python with TensorFlow 1.15')
    .option('--program <json>', 'one program, as a failure prints it')
    .parse()
    .opts<Options>();
  const found = findPython(python);
  const judge = found ? new Judge(found) : null;
  const devices = ['portable', ...('addon' in openAddon() ? ['native'] : [])];
  console.log(`on ${devices.join(' and ')}; ${found ? 'TensorFlow 1.15 judges' : 'the plain host judges'}`);
  if (program) {
    const one = JSON.parse(program) as Program;
    console.log(
      faultOf(
        one,
        devices.flatMap((d) => [...waysOn(d, false), ...waysOn(d, true)]),
        judge && (await judge.ask(one)),
      ) ?? 'nothing is wrong',
    );
    judge?.close();
    return;
  }
  const end = Date.now() + Number(minutes) * 40_000;
  const most = Number(graphs ?? Infinity);
  let tried = 0;
  let failed = 0;
  for (let k = Number(seed); Date.now() < end && tried < most; k++, tried++) {
    if (tried && tried % 1000 === 0) console.error(`${tried} graphs, ${failed} of them failed, so far`);
    const failure = await tryGraph(k, devices, judge);
    if (!failure) continue;
    failed++;
    console.log(tell(failure));
  }
  judge?.close();
  console.log(`${tried} graphs, ${failed} of them failed`);
  const faults = await hostile(Number(seed), Number(calls ?? Infinity), devices, end + Number(minutes) * 20_000);
  process.exitCode = failed || faults ? 1 : 0;
}
/** Calls in batches, each on every device, until time is up; how many did wrong. */
async function hostile(seed: number, most: number, devices: readonly string[], end: number): Promise<number> {
  const size = 500;
  let tried = 0;
  let wrong = 0;
  for (let first = seed; Date.now() < end && tried < most; first += size, tried += size)
    for (const device of devices) {
      const faults = await tryCalls(first, Math.min(size, most - tried), device);
      for (const { seed: at, fault } of faults) console.log(`call ${at} on ${device}: ${fault}`);
      wrong += faults.length;
    }
  console.log(`${Math.min(tried, most)} hostile calls on each device, ${wrong} did wrong`);
  return wrong;
}
void main();
