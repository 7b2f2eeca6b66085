/** Runs the command as users do, in a process of its own, and makes a data set that is small enough for it. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

const build = mkdtempSync(join(tmpdir(), 'cli-test-'));
/** The compiled command: it starts five times faster than through ts-node. */
export const COMMAND = join(build, 'cli', 'main.js');

beforeAll(() => {
  const options = ['-p', 'tsconfig.build.json', '--noCheck', '--declaration', 'false', '--sourceMap', 'false', '--outDir', build];
  // The record of what dist/ holds is not this build's to read or write.
  options.push('--incremental', 'false', '--tsBuildInfoFile', 'null');
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), ...options], { cwd: ROOT });
  copyFileSync(join(ROOT, 'package.json'), join(build, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(build, 'node_modules'), 'junction');
}, 60_000);

afterAll(() => rmSync(build, { recursive: true }));

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
    const child = spawn(process.execPath, [COMMAND, ...args], { cwd: ROOT, env: { ...process.env, TFJS_SESSION_DEVICE: undefined, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += text;
      watch?.(child, stdout);
    });
    child.stderr.on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

export const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** Writes the four IDX files of a data set of 28x28 pictures, in which each digit has a bright row of its own. */
export function writeDigits(dir: string, { train, test }: { train: number; test: number }): string {
  mkdirSync(dir, { recursive: true });
  for (const [stem, count] of [['train', train], ['t10k', test]] as const) {
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
    const images = new Uint8Array(count * 784);
    labels.forEach((label, i) => images.fill(200 + (i % 50), i * 784 + label * 56, i * 784 + label * 56 + 28));
    writeFileSync(join(dir, `${stem}-images-idx3-ubyte`), Buffer.concat([header(0x803, count, 28, 28), images]));
    writeFileSync(join(dir, `${stem}-labels-idx1-ubyte`), Buffer.concat([header(0x801, count), labels]));
  }
  return dir;
}

function header(...words: number[]): Buffer {
  const bytes = Buffer.alloc(4 * words.length);
  words.forEach((word, i) => bytes.writeUInt32BE(word, 4 * i));
  return bytes;
}
