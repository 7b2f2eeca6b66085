/**
 * The process that runs a student's program: compiles it, watches it, and writes the record to its fourth channel.
 * Started by run.ts. It stops the program when its time is over, wherever it is.
 */
import { writeSync } from 'node:fs';
import Module from 'node:module';
import * as path from 'node:path';
import * as vm from 'node:vm';
import { failureOf } from './notes';
import { Observer } from './observe';
import type { Ending, ProgramRecord } from './record';

export interface ChildOrders { readonly file: string; readonly seconds: number; readonly quickSteps?: number; readonly dataDir?: string; readonly report?: string; readonly tsNode: string; readonly typescript: string }

/** Modules as Node keeps them: what its types leave out. */
interface Loader { _resolveFilename(request: string, ...rest: unknown[]): string; _load(request: string, parent: unknown, isMain: boolean): unknown }
interface TsNode { register(options: Record<string, unknown>): void }

const CHANNEL = 3;
/** Milliseconds after the program's time in which its page may still be made: less than the parent waits for the record. */
const REPORT_GRACE = 3000;
const orders = JSON.parse(process.argv[2]) as ChildOrders;
const { file, seconds } = orders;
const deadline = Date.now() + seconds * 1000;
const loader = Module as unknown as Loader;
let ending: Ending | null = null;

class TimeOver extends Error {}
const timeOver = (): Ending => ({ how: 'time', seconds, at: watching.lastRun() });
const watching = new Observer({
  file, dataDir: orders.dataDir, quickSteps: orders.quickSteps, report: orders.report, reportUntil: deadline + REPORT_GRACE,
  onRun: () => {
    if (Date.now() < deadline) return;
    ending ??= timeOver();
    process.exit();
  },
});

// The program gets this very library, wherever its folder would find one.
const resolve = loader._resolveFilename;
loader._resolveFilename = (request, ...rest) => (request === 'tfjs-session' ? require.resolve('../../src') : resolve.call(Module, request, ...rest));
(require(orders.tsNode) as TsNode).register({
  cwd: path.dirname(file), skipProject: true, transpileOnly: true, compiler: orders.typescript,
  compilerOptions: { module: 'commonjs', moduleResolution: 'node10', target: 'ES2022', esModuleInterop: true, ignoreDeprecations: '5.0' },
});
const write = process.stdout.write.bind(process.stdout) as (...args: unknown[]) => boolean;
process.stdout.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
  watching.noteOutput(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
  return write(chunk, ...rest);
};

let sent = false;
process.on('exit', (code) => {
  if (sent) return;
  sent = true;
  ending ??= { how: 'exit', code };
  send(watching.finish(ending));
});
process.on('uncaughtException', (error) => {
  ending ??= error instanceof TimeOver ? timeOver() : { how: 'threw', failure: failureOf(error, file) };
  process.exit(1);
});
process.on('beforeExit', () => { ending ??= { how: 'done' }; });
setTimeout(() => { ending ??= timeOver(); process.exit(1); }, seconds * 1000).unref();

process.argv = [process.argv[0], file];
try {
  // A script's time limit interrupts loops that never come back.
  const load = new vm.Script('(load) => load()').runInThisContext() as (load: () => void) => void;
  Object.defineProperty(globalThis, '__load', { configurable: true, value: () => load(() => loader._load(file, null, true)) });
  new vm.Script('__load()').runInThisContext({ timeout: seconds * 1000 });
} catch (error) {
  const failure = failureOf(error, file);
  if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') ending = timeOver();
  else ending = failure.name === 'TSError' || failure.name === 'SyntaxError' ? { how: 'syntax', failure: readable(error, failure) } : { how: 'threw', failure };
  process.exit(1);
}

/** What the compiler says, without its frame: `';' expected.` and the line. */
function readable(error: unknown, failure: Extract<Ending, { how: 'syntax' }>['failure']): typeof failure {
  const text = (error as { diagnosticText?: string }).diagnosticText ?? failure.message;
  // eslint-disable-next-line no-control-regex
  const plain = text.replace(/\u001b\[[\d;]*m/g, '');
  const first = /:(\d+):(\d+) - error TS\d+: ([^\n]*)/.exec(plain) ?? /\((\d+),(\d+)\): error TS\d+: ([^\n]*)/.exec(plain);
  return first ? { name: 'SyntaxError', message: first[3], at: { file, line: Number(first[1]), column: Number(first[2]) }, op: null } : failure;
}

function send(record: ProgramRecord): void {
  // Numbers that are not finite have no JSON of their own.
  const text = JSON.stringify(record, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(CHANNEL, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}
