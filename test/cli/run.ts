/** Runs the command as users do, in a process of its own. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export { writeDigits } from './digits';

const ROOT = join(__dirname, '..', '..');
const TUTORIAL = 'tensorflow_tutorial.ts';
const FLAGS = '--noCheck --declaration false --sourceMap false --incremental false --tsBuildInfoFile null'.split(' ');
const BUILDS = join(tmpdir(), `tfjs-session-built-${userInfo().uid}`);
const DAY = 24 * 60 * 60 * 1000;

/** Of all that a build is made from. */
function keyOf(): string {
  const hash = createHash('sha256').update(ROOT);
  for (const place of ['src', 'cli', 'build', 'package.json', 'tsconfig.json', 'tsconfig.build.json', TUTORIAL]) {
    const full = join(ROOT, place);
    const inside = statSync(full).isDirectory()
      ? readdirSync(full, { recursive: true, encoding: 'utf8' }).sort()
      : [''];
    for (const name of inside) {
      const file = join(full, name);
      if (statSync(file).isFile()) hash.update(`${place}/${name}\n`).update(readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 20);
}
/** Where the first suite that wants it has put the build; it stays there for the next ones, and for runs to come. */
const build = join(BUILDS, keyOf());
/** The compiled command: it starts five times faster than through ts-node. */
export const COMMAND = join(build, 'cli', 'main.js');

beforeAll(() => {
  if (existsSync(build)) return;
  mkdirSync(BUILDS, { recursive: true, mode: 0o700 });
  for (const old of readdirSync(BUILDS)) {
    const place = join(BUILDS, old);
    const made = statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - made > DAY) rmSync(place, { recursive: true, force: true });
  }
  const beside = mkdtempSync(`${build}-`);
  const options = ['-p', 'tsconfig.build.json', ...FLAGS, '--outDir', beside];
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), ...options], { cwd: ROOT });
  for (const name of ['package.json', TUTORIAL]) copyFileSync(join(ROOT, name), join(beside, name));
  for (const name of ['exercise', 'node_modules']) symlinkSync(join(ROOT, name), join(beside, name), 'junction');
  execFileSync(process.execPath, [join(ROOT, 'build', 'postbuild.js'), beside]);
  try {
    renameSync(beside, build);
  } catch (error) {
    // Another suite was faster.
    if (!existsSync(build)) throw error;
    rmSync(beside, { recursive: true });
  }
});

const running = new Set<ChildProcess>();
afterEach(() => running.forEach((child) => child.kill('SIGKILL')));

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
