/** Hostile calls in processes of their own, that may die of them. */
import { spawn } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { callOf } from './hostile';

export interface CallFault {
  readonly seed: number;
  readonly fault: string;
}
/** Longer than any call may take; on a machine that is busy with other work, more. */
const limit = (): number => 60_000 * Math.max(1, loadavg()[0] / availableParallelism());

/** Makes the calls of the seeds from `first` on; what each did wrong. */
export async function tryCalls(first: number, count: number, device: string): Promise<CallFault[]> {
  const faults: CallFault[] = [];
  for (let next = first; next < first + count; ) {
    const { last, how } = await batch(next, first + count - next, device, faults);
    if (how === 'done') break;
    const { title, changes } = callOf(last);
    faults.push({ seed: last, fault: `the process ${how}: ${title} ${changes.join('; ')}` });
    next = last + 1;
  }
  return faults;
}
function batch(
  first: number,
  count: number,
  device: string,
  faults: CallFault[],
): Promise<{ last: number; how: string }> {
  const kind = path.extname(__filename);
  const tsNode = kind === '.ts' ? ['-r', 'ts-node/register/transpile-only'] : [];
  const child = spawn(
    process.execPath,
    [...tsNode, path.join(__dirname, `hostile-child${kind}`), String(first), String(count), device],
    { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, TFJS_SESSION_QUIET: '1' } },
  );
  let last = first;
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
    else if (word === 'fault') faults.push(JSON.parse(rest.join(' ')) as CallFault);
    else if (word === 'done') done = true;
  });
  return new Promise((resolve) =>
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ last, how: done ? 'done' : hung ? 'hangs' : `dies of ${signal ?? `code ${code}`}` });
    }),
  );
}
