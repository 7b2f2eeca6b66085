/** Graphs and hostile calls in processes of their own, that may die of them. */
import { spawn } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { programOf } from './graphs';
import { callOf } from './hostile';
import { print } from './program';
import { wired } from './wiring';

const LOADER = path.join(__dirname, '..', 'transpiled.cjs');
export interface Fault {
  readonly seed: number;
  readonly fault: string;
}
/** Longer than any seed may take; on a machine that is busy with other work, more. */
const limit = (): number => 60_000 * Math.max(1, loadavg()[0] / availableParallelism());

/** Makes the calls of the seeds from `first` on; what each did wrong. */
export function tryCalls(first: number, count: number, device: string): Promise<Fault[]> {
  return inPieces('hostile-child', first, count, [device], (seed) => {
    const { title, changes } = callOf(seed);
    return `${title} ${changes.join('; ')}`;
  });
}
/** Runs the loops, branches and functions of the seeds from `first` on, in which something is wrong. */
export function tryWirings(first: number, count: number, device: string): Promise<Fault[]> {
  return inPieces('wiring-child', first, count, [device], (seed) => {
    const { title, changes } = wired(seed);
    return `${title}, ${changes.join('; ')}`;
  });
}
/** Makes the graphs of the seeds from `first` on; `python` judges where it is given. */
export function tryGraphs(
  first: number,
  count: number,
  devices: readonly string[],
  rules: string,
  python: string | null,
): Promise<Fault[]> {
  const args = [devices.join(), rules, python ?? ''];
  return inPieces('graph-child', first, count, args, (seed) => `\n${print(programOf(seed, rules))}`);
}

/** A process for the seeds; where it dies of one, another for those behind it. */
async function inPieces(
  script: string,
  first: number,
  count: number,
  args: readonly string[],
  titleOf: (seed: number) => string,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (let next = first; next < first + count; ) {
    const { last, how } = await piece(script, [String(next), String(first + count - next), ...args], faults);
    if (how === 'done') break;
    const at = last ?? next;
    faults.push({ seed: at, fault: `the process ${how}: ${titleOf(at)}` });
    next = at + 1;
  }
  return faults;
}
function piece(
  script: string,
  args: readonly string[],
  faults: Fault[],
): Promise<{ last: number | null; how: string }> {
  const child = spawn(process.execPath, ['-r', LOADER, path.join(__dirname, `${script}.ts`), ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, TFJS_SESSION_QUIET: '1' },
  });
  let last: number | null = null;
  let done = false;
  let hung = false;
  const expire = (): void => {
    hung = true;
    child.kill('SIGKILL');
  };
  let timer = setTimeout(expire, limit());
  createInterface({ input: child.stdout }).on('line', (line) => {
    clearTimeout(timer);
    timer = setTimeout(expire, limit());
    const [word, ...rest] = line.split(' ');
    if (word === 'at') last = Number(rest[0]);
    else if (word === 'fault') faults.push(JSON.parse(rest.join(' ')) as Fault);
    else if (word === 'done') done = true;
  });
  return new Promise((resolve) =>
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ last, how: done ? 'done' : hung ? 'hangs' : `dies of ${signal ?? `code ${code}`}` });
    }),
  );
}
