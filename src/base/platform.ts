/**
 * What the library asks of the machine under it: environment, clock, lines on a terminal, files, modules. Graphs,
 * plans, sessions and kernels ask here and nowhere else (test/structure/platform.test.ts), so that another machine, as
 * a browser's page is one, needs this file written anew, the one with threads (platform-threads.ts), and no other.
 */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, totalmem } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeOf } from './thrown';

// --- the process ----------------------------------------------------------------------------------------------

/** A variable of the environment; undefined where it is not set, or empty. */
export function env(name: string): string | undefined {
  return process.env[name] || undefined;
}
/** What stands behind the program's name on the command line. */
export function commandLine(): readonly string[] {
  return process.argv.slice(2);
}
/** Whether there is such a process. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process is one, too.
    return codeOf(error) === 'EPERM';
  }
}
/** Ends the program. */
export function leave(code: number): never {
  process.exit(code);
}
/** All of it. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
/** Sets a variable of the environment, for a library that reads it, where the user has not. */
export function envDefault(name: string, value: string): void {
  process.env[name] ??= value;
}
/** Whether the engine itself looks frames of a stack up in source maps (`--enable-source-maps`). */
export function makesSourceMaps(): boolean {
  return process.sourceMapsEnabled;
}
/** Bytes of memory that this process may come to use: the machine's, its container's, or its address space. */
export function memory(): number {
  const allowed = process.constrainedMemory?.() ?? 0;
  addressSpace ??= addresses();
  return Math.min(allowed > 0 ? allowed : Infinity, totalmem(), addressSpace);
}
let addressSpace: number | null = null;
/** Bytes that the process may number, where the system says (`ulimit -v`). */
export function addresses(): number {
  const limits = '/proc/self/limits';
  const said = exists(limits) ? readFileSync(limits, 'utf8') : '';
  return Number(/^Max address space +(\d+)/m.exec(said)?.[1] ?? Infinity);
}
/** Milliseconds on a clock that only goes forward, with fractions. */
export function now(): number {
  return performance.now();
}
/** Seconds since 1970, with fractions. */
export function seconds(): number {
  return Date.now() / 1000;
}
/** Lets the process stand still. */
export function sleep(secs: number): void {
  if (secs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, secs * 1000);
}
/** Calls something again and again while the process has other things to do. @returns  ends it */
export function every(secs: number, body: () => void): () => void {
  const timer = setInterval(body, Math.min(secs * 1000, MOST_MILLISECONDS));
  timer.unref();
  return () => clearInterval(timer);
}
/** What a timer of Node takes. */
const MOST_MILLISECONDS = 2 ** 31 - 1;
/** What is handed over to nobody is gone. */
let nobody: InstanceType<typeof MessagePort> | null = null;
/**
 * Gives the memory of an array back that nobody else has seen: the collector would let several of them wait. The array
 * is empty afterwards. Small ones, and parts of others, are left to the collector.
 */
export function giveBack(array: ArrayBufferView): void {
  // Whoever asks a small array for its buffer makes it move there first, which costs more than an op on scalars.
  if (array.byteLength < LARGE) return;
  const { buffer } = array;
  if (buffer.byteLength !== array.byteLength || !(buffer instanceof ArrayBuffer)) return;
  if (!nobody) {
    const { port1, port2 } = new MessageChannel();
    port1.close();
    port2.close();
    nobody = port1;
  }
  nobody.postMessage(null, [buffer]);
}
/** Bytes for which it is worth a call. */
const LARGE = 1 << 20;
/** Writes text as it is. */
export function write(stream: 'stdout' | 'stderr', text: string): void {
  process[stream].write(text);
}
/** Writes a line to stderr. */
export function warn(line: string): void {
  write('stderr', `${line}\n`);
}
/** The operating system and the processor, in Node's words. */
export const system = process.platform;
export const processor = process.arch;
export function workingFolder(): string {
  return process.cwd();
}
export function homeFolder(): string {
  return homedir();
}
/** Calls a function that hangs listeners on the process for errors that nobody catches, and takes them off again. */
export function withoutErrorListeners(start: () => void): void {
  const [uncaught, unhandled] = ['uncaughtException', 'unhandledRejection'] as const;
  const before = new Set<unknown>([...process.listeners(uncaught), ...process.listeners(unhandled)]);
  start();
  for (const each of process.listeners(uncaught)) if (!before.has(each)) process.removeListener(uncaught, each);
  for (const each of process.listeners(unhandled)) if (!before.has(each)) process.removeListener(unhandled, each);
}
/** Lets a function see an error that nobody caught before Node prints it and ends the process. */
export function onUncaught(see: (error: unknown) => void): void {
  process.on('uncaughtExceptionMonitor', see);
}

/** @returns  the lines that follow a message, or null where it is about something else */
export type Explain = (message: string) => string | null;

/** What adds to an error what is to be said of its message. */
export function explaining(explain: Explain): (error: unknown) => void {
  return (error) => {
    const isOfLanguage = error instanceof TypeError || error instanceof ReferenceError;
    if (!isOfLanguage || typeof error.stack !== 'string') return;
    const added = explain(error.message);
    if (added === null) return;
    const said = `${error.message}\n${added}`;
    error.stack = error.stack.replace(error.message, () => said);
    error.message = said;
  };
}
/** Explains what nobody catches, from now on. */
export function explainUncaught(explain: Explain): void {
  onUncaught(explaining(explain));
}

/** Lets the process do what else there is, and goes on then. */
export function nextTurn(): Promise<void> {
  return new Promise((turn) => setImmediate(turn));
}
/** Calls a function when what the program does now is over; not where the program ends then. */
export function afterTurn(f: () => void): void {
  setImmediate(f).unref();
}

// --- files and modules ----------------------------------------------------------------------------------------

export { path };
/** The folder of the library's sources, or of what was compiled from them. */
export const SOURCES = path.dirname(__dirname);

/** The file that a `file://` address names. */
export function fileOfUrl(url: string): string {
  return fileURLToPath(url);
}
export function exists(file: string): boolean {
  return existsSync(file);
}
/** The names in a folder; none where there is no such folder. */
export function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
/** When a file was last written, in milliseconds. */
export function writtenAt(file: string): number {
  return statSync(file).mtimeMs;
}
export function readFile(file: string): Uint8Array {
  return readFileSync(file);
}
/** The folder where a package is installed. */
export function packageFolder(name: string): string {
  return path.dirname(require.resolve(`${name}/package.json`));
}
/** Loads a file as a module: JavaScript, or a native addon. What it is, the caller must know. */
export function load(file: string): unknown {
  return require(file);
}

let isRefused = false;
/**
 * What an expression in JavaScript is, compiled now; null where code from strings is refused, as by a page's content
 * policy or `node --disallow-code-generation-from-strings`. What it is, the caller must know.
 */
export function compiled(expression: string): unknown {
  if (isRefused) return null;
  try {
    return new Function(`return ${expression}`)();
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    isRefused = true;
    return null;
  }
}

/** A folder is there for as long as someone needs to read it; what is older was left by a process that was killed. */
const LEFT_AFTER = 60 * 60 * 1000;
const swept = new Set<string>();
/** Writes a file into a folder of its own, calls `use` with the folder, and takes it away again. */
export function inTemporaryFolder<T>(prefix: string, name: string, bytes: Uint8Array, use: (folder: string) => T): T {
  if (!swept.has(prefix)) removeLeft(prefix);
  swept.add(prefix);
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  try {
    writeFileSync(path.join(folder, name), bytes);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
function removeLeft(prefix: string): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = path.join(tmpdir(), name);
    try {
      if (Date.now() - statSync(folder).mtimeMs > LEFT_AFTER) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Somebody else's, or gone already.
    }
  }
}
