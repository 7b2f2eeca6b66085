/** Threads of this package: from compiled files, or from the source, which needs what reads TypeScript. */
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { type MessagePort, type TransferListItem, Worker, type WorkerOptions } from 'node:worker_threads';
import { ResourceExhaustedError } from '../base/errors';
import { errorOf } from '../base/thrown';
import { BELL } from './bell';

const quoted = JSON.stringify;
const SOURCE = existsSync(path.join(__dirname, 'thread.ts')) && !existsSync(path.join(__dirname, 'thread.js'));
const AS_IT_LIES = quoted({ transpileOnly: true, cwd: __dirname });

/** What every thread is started with. */
export interface Reached {
  /** Where it says what it has to say. */
  readonly to: MessagePort;
  /** What it counts, and where its end is seen. */
  readonly bell: Int32Array;
}
/** What a thread says that cannot be loaded. */
export interface Broken {
  readonly broken: string;
}
/** Who waits for a thread takes no messages: that it runs, and how it ends, is told before anything else is loaded. */
const END = `const { to, bell } = require('node:worker_threads').workerData;
Atomics.store(bell, ${BELL.begun}, 1);
process.on('exit', () => {
  Atomics.store(bell, ${BELL.ended}, 1);
  Atomics.add(bell, ${BELL.rung}, 1);
  Atomics.notify(bell, ${BELL.rung});
});`;
const SAYS_WHY = 'to.postMessage({ broken: String(error?.message ?? error) });';
/** The modules that this process was told to load first (`node -r`): one of them may be what reads TypeScript. */
function preloads(): string[] {
  const all = process.execArgv;
  return all.flatMap((flag, i) => (flag === '-r' || flag === '--require' ? [flag, all[i + 1]] : []));
}
/**
 * Starts a thread, which does not keep the process alive. Where it cannot be loaded it says so, and ends.
 *
 * @param files  what it loads, one after the other, without endings, as seen from here
 * @throws ResourceExhaustedError  where the system gives none
 */
export function startThread(files: readonly string[], workerData: Reached, transferList: TransferListItem[]): Worker {
  const loads = files.map((file) => `require(${quoted(path.join(__dirname, `${file}.${SOURCE ? 'ts' : 'js'}`))});`);
  const execArgv = SOURCE ? preloads() : [];
  const reads = SOURCE && !execArgv.length;
  const register = reads ? `require(${quoted(require.resolve('ts-node'))}).register(${AS_IT_LIES});` : '';
  const code = `${END} try { ${register}${loads.join('')} } catch (error) { ${SAYS_WHY} }`;
  const thread = started(code, { workerData, transferList, execArgv, eval: true });
  thread.unref();
  return thread;
}
function started(code: string, options: WorkerOptions): Worker {
  try {
    return new Worker(code, options);
  } catch (error) {
    throw new ResourceExhaustedError(
      null,
      `The thread that talks to others does not start: ${errorOf(error).message}\n  fix: the system may limit how ` +
        'many threads a process has, or its memory (ulimit -a; limits of a container).',
    );
  }
}
