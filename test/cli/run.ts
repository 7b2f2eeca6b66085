/** Runs the command as users do, in a process of its own. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export { writeDigits } from './digits';

const ROOT = join(__dirname, '..', '..');

const build = mkdtempSync(join(tmpdir(), 'cli-test-'));
/** The compiled command: it starts five times faster than through ts-node. */
export const COMMAND = join(build, 'cli', 'main.js');

beforeAll(() => {
  const options = [
    '-p',
    'tsconfig.build.json',
    '--noCheck',
    '--declaration',
    'false',
    '--sourceMap',
    'false',
    '--outDir',
    build,
  ];
  // The record of what dist/ holds is not this build's to read or write.
  options.push('--incremental', 'false', '--tsBuildInfoFile', 'null');
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), ...options], { cwd: ROOT });
  for (const name of ['package.json', 'tensorflow_tutorial.ts']) copyFileSync(join(ROOT, name), join(build, name));
  symlinkSync(join(ROOT, 'exercise'), join(build, 'exercise'), 'junction');
  symlinkSync(join(ROOT, 'node_modules'), join(build, 'node_modules'), 'junction');
  execFileSync(process.execPath, [join(ROOT, 'build', 'postbuild.js'), build]);
});

const running = new Set<ChildProcess>();
afterEach(() => running.forEach((child) => child.kill('SIGKILL')));
afterAll(() => rmSync(build, { recursive: true }));

// Node 20 itself may hang when it exits, once in some thousand starts: its compiler thread waits for the main thread to
// collect garbage, and that waits for the thread to end.
jest.retryTimes(1);

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Called with the process and what it has said so far, whenever it says more. */
  readonly watch?: (child: ChildProcess, stdout: string) => void;
}

/** The command with these arguments, to its end. Variables set to undefined are unset. */
export function run(args: readonly string[], { env = {}, watch }: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND, ...args], {
      cwd: ROOT,
      env: { ...process.env, TFJS_SESSION_DEVICE: undefined, ...env },
    });
    running.add(child);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += text;
      watch?.(child, stdout);
    });
    child.stderr.on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code, stdout, stderr });
    });
  });
}

export const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');
