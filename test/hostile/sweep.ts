/** Starts the process that makes hostile calls, and a new one behind each call that killed or held up the last. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Task } from './program';

export interface Found {
  /** The calls that ended the process, or did not end, with how. */
  readonly deaths: readonly string[];
  /** Errors that are JavaScript's own, with their calls. */
  readonly foreign: readonly string[];
  readonly outcomes: Readonly<Record<string, number>>;
}
/** A call that takes longer than this does not end; on a machine that is busy with other work, more. */
const patience = (): number => 120_000 * Math.max(1, loadavg()[0] / availableParallelism());
/** Of memory, so that what allocates too much fails as on a small machine and takes nobody with it. */
const KILOBYTES = 12 * 1024 * 1024;
const PROGRAM = path.join(__dirname, 'program.ts');
const LOADER = path.join(__dirname, '../transpiled.cjs');

export async function sweep(task: Omit<Task, 'from'>, mostDeaths = 40): Promise<Found> {
  const [deaths, foreign]: [string[], string[]] = [[], []];
  const outcomes: Record<string, number> = {};
  for (let from = 0; from >= 0 && deaths.length < mostDeaths; ) {
    const { at, last, how } = await once({ ...task, from }, foreign, outcomes);
    if (how === null) break;
    deaths.push(`${how}: ${last}`);
    // Something is wrong with the program itself.
    if (at < from) break;
    from = at + 1;
  }
  return { deaths, foreign, outcomes };
}
function once(
  task: Task,
  foreign: string[],
  outcomes: Record<string, number>,
): Promise<{ at: number; last: string; how: string | null }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
  const node = [process.execPath, '-r', LOADER, PROGRAM, JSON.stringify(task)];
  const limited =
    process.platform === 'linux' ? ['bash', '-c', `ulimit -v ${KILOBYTES} -c 0; exec "$@"`, 'bash', ...node] : node;
  const child = spawn(limited[0], limited.slice(1), {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TFJS_SESSION_QUIET: '1' },
  });
  let [at, last, rest, said] = [task.from - 1, 'before the first call', '', ''];
  let isDone = false;
  let isHeldUp = false;
  const giveUp = (): void => {
    isHeldUp = true;
    child.kill('SIGKILL');
  };
  let timer = setTimeout(giveUp, patience());
  child.stderr.on('data', (chunk) => (said = `${said}${chunk}`.slice(-2000)));
  child.stdout.on('data', (chunk) => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, patience());
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const [word, ...words] = line.split(' ');
      if (word === 'done') {
        isDone = true;
        for (const [name, n] of Object.entries(JSON.parse(words.join(' ')) as Record<string, number>))
          outcomes[name] = (outcomes[name] ?? 0) + n;
      } else if (word === 'foreign') foreign.push(`${last}: ${words.join(' ')}`);
      else [at, last] = [Number(word), words.join(' ')];
    }
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      rmSync(folder, { recursive: true, force: true });
      const how =
        isDone && code === 0
          ? null
          : isHeldUp
            ? 'does not end'
            : `${signal ?? code} ${said.trim().split('\n').pop()?.slice(0, 100)}`;
      resolve({ at, last, how });
    });
  });
}
