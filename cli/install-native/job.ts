/** One installation: its folder on the side, how it is stopped, what it runs, and what it says. */
import { spawn } from 'node:child_process';
import type { Reporter } from '../steps';

export interface Job extends Reporter {
  /** The folder on the side, on the same file system as the cache. */
  readonly stage: string;
  readonly signal: AbortSignal;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly shell?: boolean;
  /** Let the user see the program's own output as it comes. */
  readonly inherit?: boolean;
}

/** Runs a program to its end and gives what it printed; with an error, the lines that tell why. */
export function run(
  command: string,
  args: string[],
  { signal, stage }: Job,
  options: RunOptions = {},
): Promise<string> {
  const { inherit = false, env = process.env, ...rest } = options;
  return new Promise((done, fail) => {
    if (signal.aborted) return fail(signal.reason);
    const child = spawn(command, args, {
      ...rest,
      // What the program forgets to delete goes with the folder on the side.
      env: { ...env, TMPDIR: stage },
      // A process group of its own, so that stopping it also stops the programs that it started.
      detached: GROUPS,
      stdio: inherit ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    const kill = (name: NodeJS.Signals) => (GROUPS && child.pid ? process.kill(-child.pid, name) : child.kill(name));
    let patience: NodeJS.Timeout;
    const stop = () => {
      // Compilers, pip and npm tidy up on SIGINT. A program that was started in the background may ignore it.
      kill('SIGINT');
      patience = setTimeout(() => kill('SIGKILL'), 3000);
    };
    const finish = (problem: string | null) => {
      signal.removeEventListener('abort', stop);
      clearTimeout(patience);
      if (signal.aborted) fail(signal.reason);
      else if (problem === null) done(stdout);
      else fail(new Error(problem));
    };

    let stdout = '';
    let stderr = '';
    signal.addEventListener('abort', stop);
    child.stdout?.on('data', (text) => (stdout += text));
    child.stderr?.on('data', (text) => (stderr += text));
    child.on('error', (error) => finish(`${command} does not run: ${error.message}`));
    child.on('close', (code, killer) => {
      if (code === 0) return finish(null);
      const ending = killer || inherit ? [`${command} ended with ${killer ?? code}`] : [];
      finish([...gist(stderr || stdout), ...ending].join('\n') || `${command} ended with ${code}`);
    });
  });
}

const GROUPS = process.platform !== 'win32';

/** The lines of a program's output that name an error, or else its last one. */
function gist(output: string): string[] {
  const noise = /^npm (?:warn|notice)|A complete log of this run/i;
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !noise.test(line));
  const errors = lines.filter((line) => /(?:error|fatal): |\bld: |failed, reason: /i.test(line));
  return [...new Set(errors.length > 0 ? errors : lines.slice(-1))].slice(0, 5);
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
