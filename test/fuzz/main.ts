/**
 * Tries random graphs and hostile calls for as long as it is told: `npm run fuzz -- --minutes 30`. Real TensorFlow 1.15
 * judges where TFJS_FUZZ_PYTHON names (or the path has) a Python with it; without, the plain host judges the other
 * ways.
 */
import { Command, Option } from 'commander';
import { openAddon } from '../../src/kernels/native/addon';
import { faultOf, waysOn } from './compare';
import { type Fault, type Share, tryCalls, tryFiles, tryGraphs, tryRequests, trySizes, tryWirings } from './apart';
import { Judge, findPython } from './judge';
import { FLOWS } from './graphs';
import { faultOfFlow, flowWays } from './flow/compare';
import type { FlowProgram } from './flow/steps';
import type { Program } from './program';
import { RULES } from './rules';

interface Options {
  readonly minutes: string;
  readonly seed: string;
  readonly graphs?: string;
  readonly calls?: string;
  readonly wirings?: string;
  readonly rules: string;
  readonly python?: string;
  readonly program?: string;
  readonly sizes?: string;
  readonly files?: string;
  readonly requests?: string;
}
async function main(): Promise<void> {
  const { minutes, seed, graphs, calls, wirings, rules, python, program, sizes, files, requests } = new Command('fuzz')
    .option('--minutes <n>', 'how long to go on: two thirds with graphs, the rest with what is hostile', '5')
    .option('--seed <n>', 'the first seed', '1')
    .option('--graphs <n>', 'how many graphs at most')
    .option('--calls <n>', 'how many hostile calls at most, on each device')
    .option('--wirings <n>', 'how many loops, branches and functions gone wrong at most, on each device')
    .addOption(
      new Option('--rules <set>', 'what graphs are made of')
        .choices(Object.keys({ ...RULES, ...FLOWS }))
        .default('plain'),
    )
    .option('--python <path>', 'a Python with TensorFlow 1.15')
    .option('--program <json>', 'one program, as a failure prints it')
    .option('--sizes <n>', 'every n-th call with a size that no program means, and nothing else; 1: all of them')
    .option('--files <n>', 'how many files with something changed are read, and nothing else')
    .option(
      '--requests <n>',
      'how many requests a server is asked that no client asks, on each device, and nothing else',
    )
    .parse()
    .opts<Options>();
  if (files) {
    process.exitCode = (await changedFiles(Number(seed), Number(files))) ? 1 : 0;
    return;
  }
  const found = findPython(python);
  const devices = ['portable', ...('addon' in openAddon() ? ['native'] : [])];
  console.log(`on ${devices.join(' and ')}; ${found ? 'TensorFlow 1.15 judges' : 'the plain host judges'}`);
  if (program) {
    console.log((await faultOfOne(JSON.parse(program) as Program | FlowProgram, devices, found)) ?? 'nothing is wrong');
    return;
  }
  if (requests) {
    process.exitCode = (await strangeRequests(Number(seed), Number(requests), devices)) ? 1 : 0;
    return;
  }
  if (sizes) {
    process.exitCode = (await allSizes({ step: Number(sizes), first: Number(seed) % Number(sizes) }, devices)) ? 1 : 0;
    return;
  }
  const end = Date.now() + Number(minutes) * 40_000;
  const most = Number(graphs ?? Infinity);
  const size = 250;
  let tried = 0;
  let failed = 0;
  for (let k = Number(seed); Date.now() < end && tried < most; k += size) {
    const count = Math.min(size, most - tried);
    const faults = await tryGraphs(k, count, devices, rules, found);
    for (const { seed: at, fault } of faults) console.log(`seed ${at}: ${fault}`);
    tried += count;
    failed += faults.length;
    if (tried % 1000 === 0) console.error(`${tried} graphs, ${failed} of them failed, so far`);
  }
  console.log(`${tried} graphs, ${failed} of them failed`);
  const [from, sixth] = [Number(seed), Number(minutes) * 10_000];
  const faults =
    (await hostile('hostile calls', tryCalls, from, Number(calls ?? Infinity), devices, end + sixth)) +
    (await hostile('graphs gone wrong', tryWirings, from, Number(wirings ?? Infinity), devices, end + 2 * sixth));
  process.exitCode = failed || faults ? 1 : 0;
}
/** What is wrong with a program, as a failure prints it. */
async function faultOfOne(
  one: Program | FlowProgram,
  devices: readonly string[],
  python: string | null,
): Promise<string | null> {
  const judge = python ? new Judge(python) : null;
  try {
    if ('main' in one) return faultOfFlow(one, flowWays(devices), judge && (await judge.ask(one)));
    const ways = devices.flatMap((d) => [...waysOn(d, false), ...waysOn(d, true)]);
    return faultOf(one, ways, judge && (await judge.ask(one)));
  } finally {
    judge?.close();
  }
}
/** How many changed files did wrong. */
async function changedFiles(seed: number, count: number): Promise<number> {
  const size = 2000;
  let wrong = 0;
  for (let tried = 0; tried < count; tried += size) {
    const faults = await tryFiles(seed + tried, Math.min(size, count - tried));
    for (const { seed: at, fault } of faults) console.log(`seed ${at} of the files: ${fault}`);
    wrong += faults.length;
  }
  console.log(`${count} files, ${wrong} did wrong`);
  return wrong;
}
/** How many requests did wrong. */
async function strangeRequests(seed: number, count: number, devices: readonly string[]): Promise<number> {
  let wrong = 0;
  for (const device of devices) {
    const faults = await tryRequests(seed, count, device);
    for (const { seed: at, fault } of faults) console.log(`seed ${at} of the requests on ${device}: ${fault}`);
    wrong += faults.length;
  }
  console.log(`${count} requests on each device, ${wrong} did wrong`);
  return wrong;
}
/** How many sizes did wrong. */
async function allSizes(share: Share, devices: readonly string[]): Promise<number> {
  let wrong = 0;
  for (const device of devices)
    for (const what of ['ops', 'names'] as const) {
      const faults = await trySizes(what, share, device);
      for (const { seed, fault } of faults) console.log(`${what} ${seed} on ${device}: ${fault}`);
      wrong += faults.length;
    }
  console.log(`${wrong} sizes did wrong`);
  return wrong;
}
type Try = (first: number, count: number, device: string) => Promise<readonly Fault[]>;
/** Seeds in batches, each on every device, until time is up; how many did wrong. */
async function hostile(
  what: string,
  attempt: Try,
  seed: number,
  most: number,
  devices: readonly string[],
  end: number,
): Promise<number> {
  const size = 500;
  let tried = 0;
  let wrong = 0;
  for (; Date.now() < end && tried < most; tried += size)
    for (const device of devices) {
      const faults = await attempt(seed + tried, Math.min(size, most - tried), device);
      for (const { seed: at, fault } of faults) console.log(`seed ${at} of the ${what} on ${device}: ${fault}`);
      wrong += faults.length;
    }
  console.log(`${Math.min(tried, most)} ${what} on each device, ${wrong} did wrong`);
  return wrong;
}
void main();
