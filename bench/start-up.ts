/** From the start of a process to the result of its first training step. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as path from 'node:path';
import { Child, type Ready, killWhenDone, reasonIn } from './child';
import { peakOfGroup } from './memory';
import type { Params } from './plan';
import type { Runner } from './runners';

export interface Started {
  readonly ready: Ready;
  readonly micros: number;
  readonly peakBytes: number | null;
}

/**
 * Ours is the tutorial itself, as its users start it; a rival's is the same network on numbers that it need not read
 * from files.
 */
export function startUp(runner: Runner, params: Params): Promise<Started> {
  const started = process.hrtime.bigint();
  const micros = (): number => Number(process.hrtime.bigint() - started) / 1e3;
  return runner.role === 'ours' ? tutorial(runner, micros) : firstStep(runner, params, micros);
}
async function firstStep(runner: Runner, params: Params, micros: () => number): Promise<Started> {
  const child = Child.start(
    { ...runner, command: runner.asStarted ?? runner.command, env: { ...runner.env, BENCH_FIRST_STEPS: '1' } },
    'dense',
    params,
  );
  try {
    const { versions, peakBytes = null } = await child.ready();
    return { ready: { versions }, micros: micros(), peakBytes };
  } finally {
    child.stop();
  }
}
async function tutorial(runner: Runner, micros: () => number): Promise<Started> {
  const npx = spawn('npx', ['ts-node', 'tensorflow_tutorial.ts'], {
    cwd: path.join(__dirname, '..'),
    env: { ...process.env, ...runner.env, TFJS_SESSION_QUIET: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  // The group: npx, and the ts-node that it starts.
  const stop = killWhenDone(() => {
    try {
      process.kill(-npx.pid!, 'SIGKILL');
    } catch {
      npx.kill();
    }
  });
  let stderr = '';
  npx.on('error', (error) => {
    stderr += error.message;
  });
  npx.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  try {
    for await (const line of createInterface({ input: npx.stdout })) {
      if (line.startsWith('Cost at step 0')) return { ready: {}, micros: micros(), peakBytes: peakOfGroup(npx.pid!) };
    }
    throw new Error(reasonIn(stderr));
  } finally {
    stop();
  }
}
