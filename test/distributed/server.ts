/** `tfjs-session serve` in a process of its own, as a program finds it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

export interface Server {
  readonly target: string;
  readonly process: ChildProcess;
  /** All that it said on its error stream. */
  said(): string;
  /** Gives the exit code. */
  stop(): Promise<number | null>;
}
export function startServer(args: readonly string[] = []): Promise<Server> {
  const command = [
    '-r',
    require.resolve('../transpiled.cjs'),
    join(ROOT, 'cli', 'main.ts'),
    'serve',
    '--port',
    '0',
    ...args,
  ];
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const gone = new Promise<number | null>((end) => child.once('exit', end));
  return new Promise((ready, failed) => {
    void gone.then((code) => failed(new Error(`the server ended with ${code}: ${said}`)));
    createInterface(child.stdout).on('line', (line) => {
      const target = /^READY (grpc:.*)$/.exec(line)?.[1];
      if (!target) return;
      const stop = (): Promise<number | null> => {
        child.kill('SIGTERM');
        return gone;
      };
      ready({ target, process: child, said: () => said, stop });
    });
  });
}
