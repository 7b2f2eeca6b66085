/**
 * The process that runs a student's program: compiles it, watches it, and writes how far it is, and at the end the
 * record, to its fourth channel. Started by run.ts. It stops the program when its time is over, wherever it is.
 */
import { pythonLine } from '../../src/base/python-words';
import { codeOf, memberOf } from '../../src/base/thrown';
import { readFileSync, writeSync } from 'node:fs';
import Module from 'node:module';
import * as path from 'node:path';
import * as vm from 'node:vm';
import { Worker } from 'node:worker_threads';
import { QUESTION_COUNT } from './judge/verdict';
import { failureOf } from './notes';
import { Observer } from './observe/observer';
import { endAll } from './processes';
import type { Ending, ProgramRecord } from './record';
import type { Watched } from './watchdog';

export interface ChildOrders extends Watched {
  readonly file: string;
  readonly seconds: number;
  readonly quickSteps?: number;
  readonly dataDir?: string;
  readonly report?: string;
  readonly tsNode: string;
  readonly typescript: string;
}
export interface Progress {
  readonly steps: number;
  readonly seconds: number;
}
export type ChildMessage = { readonly progress: Progress } | { readonly record: ProgramRecord };

/** Modules as Node keeps them: what its types leave out. */
interface Loader {
  _resolveFilename(request: string, ...rest: unknown[]): string;
  _load(request: string, parent: unknown, isMain: boolean): unknown;
}
interface TsNode {
  register(options: Record<string, unknown>): void;
}

const CHANNEL = 3;
/**
 * Milliseconds after the program's time in which its page may still be made: less than the parent waits for the record.
 */
const REPORT_GRACE = 3000;
/** Milliseconds in which the record is made. */
const RECORD_TIME = 10_000;
/** Milliseconds between two messages of how far it is. */
const TELLS = 200;
/** What Node makes of it otherwise is no help: it tries the file as an ES module. */
const OUTSIDE =
  'await stands outside of a function, which only ES modules allow. ' +
  'Put it into one: async function main() { … } main();';
const { stringify } = JSON;
const orders = JSON.parse(process.argv[2]) as ChildOrders;
const { file, seconds } = orders;
const started = Date.now();
const deadline = started + seconds * 1000;
const loader = Module as unknown as Loader;
let ending: Ending | null = null;
let told = started;
let loading = true;
new Worker(require.resolve('./watchdog'), {
  workerData: { parent: orders.parent, mark: orders.mark } satisfies Watched,
  stdin: false,
}).unref();

const timeOver = (): Ending => ({ how: 'time', seconds, at: watching.lastRun() });
const watching = new Observer({
  file,
  dataDir: orders.dataDir,
  quickSteps: orders.quickSteps,
  report: orders.report,
  reportUntil: deadline + REPORT_GRACE,
  onRun: (steps) => {
    const now = Date.now();
    if (now - told >= TELLS) {
      told = now;
      write({ progress: { steps, seconds: (now - started) / 1000 } });
    }
    if (now < deadline) return;
    // While the file is being loaded its own time limit ends it; leaving from within would be cut short by that.
    if (loading) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    leave(timeOver());
  },
  // The record takes its time: near the limit the program runs on until that.
  onFault: (rounds) => {
    if (deadline - Date.now() > RECORD_TIME) leave({ how: 'early', rounds, at: watching.lastRun() });
  },
});

// The program gets this very library, wherever its folder would find one.
const resolve = loader._resolveFilename;
loader._resolveFilename = (request, ...rest) =>
  request === 'tfjs-session' ? require.resolve('../../src') : resolve.call(Module, request, ...rest);
(require(orders.tsNode) as TsNode).register({
  cwd: path.dirname(file),
  skipProject: true,
  transpileOnly: true,
  compiler: orders.typescript,
  compilerOptions: {
    module: 'commonjs',
    moduleResolution: 'node10',
    target: 'ES2022',
    esModuleInterop: true,
    ignoreDeprecations: '5.0',
  },
});
for (const stream of [process.stdout, process.stderr]) {
  const print = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    watching.noteOutput(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return print(chunk, ...rest);
  };
}

let sent = false;
function tell(how: Ending): void {
  if (sent) return;
  sent = true;
  write({ record: watching.finish(ending ?? how) });
  // What it started and did not wait for.
  endAll(process.pid, orders.mark);
}
function leave(how: Ending): never {
  tell(how);
  process.exit(1);
}
process.on('exit', (code) => tell({ how: 'exit', code }));
process.on('uncaughtException', (error) => leave(endingOf(error)));
process.on('beforeExit', () => {
  ending ??= { how: 'done' };
});
setTimeout(() => leave(timeOver()), deadline - Date.now()).unref();

process.argv = [process.argv[0], file];
try {
  // A script's time limit interrupts loops that never come back.
  const load = new vm.Script('(load) => load()').runInThisContext() as (load: () => void) => void;
  Object.defineProperty(globalThis, '__load', {
    configurable: true,
    value: () => load(() => loader._load(file, null, true)),
  });
  new vm.Script('__load()').runInThisContext({ timeout: Math.max(1, deadline - Date.now()) });
  loading = false;
} catch (error) {
  loading = false;
  leave(endingOf(error));
}

function endingOf(error: unknown): Ending {
  const code = codeOf(error);
  const failure = failureOf(error, file);
  if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return timeOver();
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION')
    return { how: 'syntax', failure: { ...failure, name: 'SyntaxError', message: OUTSIDE } };
  return failure.name === 'TSError' || failure.name === 'SyntaxError'
    ? { how: 'syntax', failure: readable(error, failure) }
    : { how: 'threw', failure };
}
/** What the compiler says, without its frame: `';' expected.` and the line. */
function readable(error: unknown, failure: Extract<Ending, { how: 'syntax' }>['failure']): typeof failure {
  const said = memberOf(error, 'diagnosticText');
  const text = typeof said === 'string' ? said : failure.message;
  // eslint-disable-next-line no-control-regex
  const plain = text.replace(/\u001b\[[\d;]*m/g, '');
  const first =
    /:(\d+):(\d+) - error TS\d+: ([^\n]*)/.exec(plain) ?? /\((\d+),(\d+)\): error TS\d+: ([^\n]*)/.exec(plain);
  if (!first) return failure;
  const at = { file, line: Number(first[1]), column: Number(first[2]) };
  const python = pythonLine(readFileSync(file, 'utf8').split('\n')[at.line - 1] ?? '');
  const message = python === null ? first[3] : `${first[3]}\n  fix: ${python}.`;
  return { name: 'SyntaxError', message, at, op: null, question: questionAt(at.line) };
}
/** The question below whose heading a line stands: `// --- Question 5 ---`. */
function questionAt(line: number): number | undefined {
  const above = readFileSync(file, 'utf8').split('\n').slice(0, line);
  const headings = above.flatMap((text) => /^\s*\/\/ -+ Question (\d+)\b/.exec(text)?.[1] ?? []).map(Number);
  return headings.filter((n) => n >= 1 && n <= QUESTION_COUNT).pop();
}

function write(message: ChildMessage): void {
  // Numbers that are not finite have no JSON of their own.
  const text = stringify(message, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value,
  );
  const bytes = Buffer.from(`${text}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(CHANNEL, bytes, at);
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
    }
  }
}
