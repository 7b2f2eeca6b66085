/** Runs a program in a process of its own, observed, and never for longer than said. */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { inPlace } from '../../src/format/output';
import { checkDataDir } from '../data-dir';
import { UsageError } from '../usage';
import { compiler } from './compiler';
import type { ChildMessage, ChildOrders, Progress } from './child';
import { endAll, newMark } from './processes';
import { type ProgramRecord, emptyRecord } from './record';

export interface RunProgramOptions {
  readonly file: string;
  readonly seconds: number;
  readonly quickSteps?: number;
  readonly dataDir?: string;
  /** Where the page about the training goes. */
  readonly report?: string;
  /** Told some times a second how far it is. */
  readonly onProgress?: (progress: Progress) => void;
}
export interface Observed {
  readonly record: ProgramRecord;
  /** The last lines that it printed, of both kinds. */
  readonly output: string;
}

/** Seconds after the program's time is over in which the process hands in its record. */
const GRACE = 8;
/** Milliseconds in which what it has printed arrives, after it has ended: others may hold its pipes open. */
const LAST_WORDS = 500;
const KEPT = 4000;
const NEWLINE = 0x0a;

/** @throws UsageError  if there is no such file or directory, or no compiler for it */
export function runProgram({
  file,
  seconds,
  quickSteps,
  dataDir,
  report,
  onProgress,
}: RunProgramOptions): Promise<Observed> {
  const full = path.resolve(file);
  if (!inPlace(full, statSync)?.isFile())
    throw new UsageError(`${file}: there is no such file. \`npx tfjs-session exercise start\` puts the starter here.`);
  if (dataDir !== undefined) checkDataDir(dataDir);
  const mark = newMark();
  // The program runs in its own folder: paths must not depend on where one is.
  const absolute = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : path.resolve(name);
  const orders: ChildOrders = {
    file: full,
    seconds,
    quickSteps,
    dataDir: absolute(dataDir),
    report: absolute(report),
    parent: process.pid,
    mark,
    ...compiler(full),
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...loaders(), CHILD, JSON.stringify(orders)], {
      // A group of its own, to be ended as one.
      cwd: path.dirname(full),
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      env: { ...process.env, TFJS_SESSION_QUIET: '1', NODE_OPTIONS: '', [mark]: '1' },
    });
    let output = '';
    let record: ProgramRecord | null = null;
    let late = false;
    const end = (): void => {
      if (child.pid !== undefined) endAll(child.pid, mark);
    };
    const keep = (text: Buffer): void => {
      output = (output + text.toString()).slice(-KEPT);
    };
    child.stdout!.on('data', keep);
    child.stderr!.on('data', keep);
    listen(child, (message) => {
      if ('progress' in message) return onProgress?.(message.progress);
      record = message.record;
      // What it may still do when all is told is of no use to anyone.
      setTimeout(end, LAST_WORDS);
    });
    const timer = setTimeout(
      () => {
        late = true;
        end();
      },
      (seconds + GRACE) * 1000,
    );
    const stop = (): void => {
      end();
      process.exit(130);
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    const done = (signal: NodeJS.Signals | null): void => {
      clearTimeout(timer);
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      for (const pipe of child.stdio) pipe?.destroy();
      // A page that it was writing when it was ended.
      if (orders.report !== undefined) rmSync(`${orders.report}.${child.pid}.part`, { force: true });
      resolve({
        output,
        record:
          record ??
          emptyRecord(full, late ? { how: 'time', seconds, at: null } : { how: 'killed', signal: signal ?? 'itself' }),
      });
    };
    child.on('error', reject);
    child.on('exit', (_, signal) => {
      end();
      const last = setTimeout(done, LAST_WORDS, signal);
      child.on('close', () => {
        clearTimeout(last);
        done(signal);
      });
    });
  });
}

/** Reads the child's fourth channel: a message in each line. */
function listen(child: ChildProcess, tell: (message: ChildMessage) => void): void {
  let parts: Buffer[] = [];
  (child.stdio[3] as NodeJS.ReadableStream).on('data', (data: Buffer) => {
    let rest = data;
    for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE)) {
      const line = Buffer.concat([...parts, rest.subarray(0, at)]).toString();
      [parts, rest] = [[], rest.subarray(at + 1)];
      const message = parse(line);
      if (message) tell(message);
    }
    parts.push(rest);
  });
}
function parse(text: string): ChildMessage | null {
  try {
    return JSON.parse(text, (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'number' in value && typeof value.number === 'string'
        ? Number(value.number)
        : value,
    ) as ChildMessage;
  } catch {
    return null;
  }
}

const CHILD = require.resolve('./child');
/** Where this runs from TypeScript, so does the child. */
function loaders(): string[] {
  return CHILD.endsWith('.ts') ? ['-r', require.resolve('ts-node/register/transpile-only')] : [];
}
