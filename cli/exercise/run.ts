/** Runs a program in a process of its own, observed, and never for longer than said. */
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { UsageError } from '../usage';
import type { ChildOrders } from './child';
import { type ProgramRecord, emptyRecord } from './record';

export interface RunProgramOptions {
  readonly file: string;
  readonly seconds: number;
  readonly quickSteps?: number;
  readonly dataDir?: string;
  /** Where the page about the training goes. */
  readonly report?: string;
}
export interface Observed {
  readonly record: ProgramRecord;
  /** The last lines that it printed, of both kinds. */
  readonly output: string;
}

/** After its time is over: how long the process may take to hand in its record. */
const GRACE = 8;
const KEPT = 4000;

/** @throws UsageError  if there is no such file, or no compiler for it */
export function runProgram({ file, seconds, quickSteps, dataDir, report }: RunProgramOptions): Promise<Observed> {
  const full = path.resolve(file);
  if (!statSync(full, { throwIfNoEntry: false })?.isFile()) throw new UsageError(`${file}: there is no such file. \`npx tfjs-session exercise start\` puts the starter here.`);
  const orders: ChildOrders = { file: full, seconds, quickSteps, dataDir, report: report === undefined ? undefined : path.resolve(report), ...compiler(full) };
  return new Promise((resolve, reject) => {
    // A group of its own: what the program starts ends with it.
    const child = spawn(process.execPath, [...loaders(), CHILD, JSON.stringify(orders)], {
      cwd: path.dirname(full), stdio: ['ignore', 'pipe', 'pipe', 'pipe'], detached: process.platform !== 'win32',
      env: { ...process.env, TFJS_SESSION_QUIET: '1', NODE_OPTIONS: '' },
    });
    let output = '';
    const record: Buffer[] = [];
    const keep = (text: Buffer): void => { output = (output + text.toString()).slice(-KEPT); };
    child.stdout!.on('data', keep);
    child.stderr!.on('data', keep);
    (child.stdio[3] as NodeJS.ReadableStream).on('data', (part: Buffer) => record.push(part));
    let late = false;
    const end = (): void => {
      try {
        if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL'); else process.kill(-child.pid, 'SIGKILL');
      } catch { /* It is gone. */ }
    };
    const timer = setTimeout(() => { late = true; end(); }, (seconds + GRACE) * 1000);
    const stop = (): void => { end(); process.exit(130); };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    child.on('error', reject);
    child.on('exit', end);
    child.on('close', (_, signal) => {
      clearTimeout(timer);
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      const text = Buffer.concat(record).toString();
      resolve({ output, record: parse(text) ?? emptyRecord(full, late ? { how: 'time', seconds, at: null } : { how: 'killed', signal: signal ?? 'itself' }) });
    });
  });
}

const CHILD = require.resolve('./child');
/** Where this runs from TypeScript, so does the child. */
function loaders(): string[] { return CHILD.endsWith('.ts') ? ['-r', require.resolve('ts-node/register/transpile-only')] : []; }

function parse(text: string): ProgramRecord | null {
  try {
    return JSON.parse(text, (_, value: unknown) => (typeof value === 'object' && value !== null && 'number' in value && typeof value.number === 'string' ? Number(value.number) : value)) as ProgramRecord;
  } catch { return null; }
}

/** ts-node and typescript: the student's, else those beside this package. */
function compiler(file: string): { tsNode: string; typescript: string } {
  for (const from of [file, __filename]) {
    const { resolve } = createRequire(from);
    try {
      return { tsNode: resolve('ts-node'), typescript: resolve('typescript') };
    } catch { /* The next place. */ }
  }
  throw new UsageError('ts-node is not installed beside the file: npm install --save-dev ts-node@10.9.2 typescript@5.9.3');
}
