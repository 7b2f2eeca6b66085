/** Graphs and hostile calls in processes of their own, that may die of them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { textOf } from './graphs';
import { callOf } from './hostile';
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
  return inPieces('graph-child', first, count, args, (seed) => `\n${textOf(seed, rules)}`);
}

/** Reads files with something changed, of the seeds from `first` on; what did wrong. */
export async function tryFiles(first: number, count: number): Promise<Fault[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'changed-files-'));
  try {
    return await inPieces('files-child', first, count, [folder], (_, told) => told);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Asks a server for what no client asks, of the seeds from `first` on; what did wrong. */
export function tryRequests(first: number, count: number, device: string): Promise<Fault[]> {
  return inPieces('requests-child', first, count, [device], (_, told) => told);
}

/** How much of what there is to try: every n-th. */
export interface Share {
  readonly step: number;
  readonly first: number;
}
/** Gives sizes that no program means to ops (`ops`), or to public functions (`names`); what each did wrong. */
export function trySizes(what: 'ops' | 'names', { step, first }: Share, device: string): Promise<Fault[]> {
  return inPieces('sizes-child', 0, Infinity, [what, String(step), String(first), device], (_, told) => told);
}

/** Of memory, so that what allocates too much fails as on a small machine and takes nobody with it. */
const KILOBYTES = 14 * 1024 * 1024;
/** A process for the seeds; where it dies of one, another for those behind it. */
async function inPieces(
  script: string,
  first: number,
  count: number,
  args: readonly string[],
  titleOf: (seed: number, told: string) => string,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (let next = first; next < first + count; ) {
    const { last, told, how } = await piece(script, [String(next), String(first + count - next), ...args], faults);
    if (how === 'done') break;
    const at = last ?? next;
    faults.push({ seed: at, fault: `the process ${how}: ${titleOf(at, told)}` });
    next = at + 1;
  }
  return faults;
}
function piece(
  script: string,
  args: readonly string[],
  faults: Fault[],
): Promise<{ last: number | null; told: string; how: string }> {
  const node = [process.execPath, '--max-old-space-size=2048', '-r', LOADER, path.join(__dirname, `${script}.ts`)];
  const limited = process.platform === 'linux' ? ['bash', '-c', `ulimit -v ${KILOBYTES} -c 0; exec "$@"`, 'bash'] : [];
  const [command, ...rest] = [...limited, ...node, ...args];
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, TFJS_SESSION_QUIET: '1' },
  });
  let last: number | null = null;
  let told = '';
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
    if (word === 'at') [last, told] = [Number(rest[0]), rest.slice(1).join(' ')];
    else if (word === 'fault') faults.push(JSON.parse(rest.join(' ')) as Fault);
    else if (word === 'done') done = true;
  });
  return new Promise((resolve) =>
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ last, told, how: done ? 'done' : hung ? 'hangs' : `dies of ${signal ?? `code ${code}`}` });
    }),
  );
}
