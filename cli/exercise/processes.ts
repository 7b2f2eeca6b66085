/** Ends what a program has started, wherever it went. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly marked: boolean;
}
/** Programs may start more while they are being ended. */
const ROUNDS = 5;

/**
 * The name of an environment variable by which a program's processes are known, on Linux, when they have left its
 * group.
 */
export function newMark(): string {
  return `TFJS_SESSION_CHECK_${randomUUID().replaceAll('-', '')}`;
}

/** Ends what came of a process that leads its group, and then the group. At once: SIGTERM can be ignored. */
export function endAll(leader: number, mark: string): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/T', '/F', '/PID', String(leader)], { stdio: 'ignore' });
    return;
  }
  // The leader last: with it goes who descends from whom.
  for (let round = 0; round < ROUNDS; round++) {
    const found = descendants(leader, mark);
    if (!found.length) break;
    for (const pid of found) kill(pid);
  }
  kill(-leader);
}
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    /* It is gone. */
  }
}
function descendants(leader: number, mark: string): number[] {
  const all = process.platform === 'linux' ? fromProc(mark) : fromPs();
  const found = new Set([leader]);
  // Parents do not always come before their children.
  for (let known = 0; known < found.size; ) {
    known = found.size;
    for (const { pid, parent, marked } of all) if (marked || found.has(parent)) found.add(pid);
  }
  found.delete(leader);
  return [...found];
}
function fromProc(mark: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The name in parentheses may hold anything; the state and the parent follow. Z: it has ended.
        const [state, parent] = readFileSync(`/proc/${name}/stat`, 'latin1')
          .replace(/^.*\) /s, '')
          .split(' ');
        return state === 'Z'
          ? []
          : [
              {
                pid: Number(name),
                parent: Number(parent),
                marked: readFileSync(`/proc/${name}/environ`, 'latin1').includes(mark),
              },
            ];
      } catch {
        return [];
      }
    });
}
function fromPs(): Process[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return (stdout ?? '')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid, parent]) => ({ pid, parent, marked: false }));
}
