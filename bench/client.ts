/**
 * Runs steps of this package on a server of TensorFlow's, which the command line's Python starts (rivals/server.py) and
 * which ends with this process.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { reasonIn } from './child';
import { type Setup, serve } from './serve';

interface Server {
  readonly target: string;
  readonly pid: number;
}
async function started(python: string, file: string): Promise<Server> {
  const child = spawn(python, [file], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4000)));
  child.on('error', (error) => (said += error.message));
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, target, pid] = line.split(' ');
    if (word !== 'READY') continue;
    child.unref();
    return { target, pid: Number(pid) };
  }
  throw new Error(reasonIn(said));
}
/** Ticks of a process in a second, which Linux has everywhere. */
const TICKS = 100;
/** Seconds of the processor that a process has taken; 0 where the system does not say. */
function cpuOf(pid: number): number {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').pop()!.trim().split(' ').slice(11, 13);
    return (Number(user) + Number(system)) / TICKS;
  } catch {
    return 0;
  }
}

const [python, file] = process.argv.slice(2);
started(python, file).then(
  ({ target, pid }) => {
    process.env['BENCH_TARGET'] = target;
    return serve(
      () => (require('./workloads/dense') as { setup: Setup }).setup,
      () => ({ node: process.versions.node }),
      () => cpuOf(pid),
    );
  },
  (error: Error) => process.stdout.write(`${JSON.stringify({ unavailable: error.message })}\n`),
);
