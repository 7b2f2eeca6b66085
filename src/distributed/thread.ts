/** Threads of this package: from compiled files, or from the source, which needs what reads TypeScript. */
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { type TransferListItem, Worker } from 'node:worker_threads';

const quoted = JSON.stringify;
const SOURCE = existsSync(path.join(__dirname, 'thread.ts')) && !existsSync(path.join(__dirname, 'thread.js'));
const AS_IT_LIES = quoted({ transpileOnly: true, cwd: __dirname });

/** The modules that this process was told to load first (`node -r`): one of them may be what reads TypeScript. */
function preloads(): string[] {
  const all = process.execArgv;
  return all.flatMap((flag, i) => (flag === '-r' || flag === '--require' ? [flag, all[i + 1]] : []));
}
/**
 * Starts a thread, which does not keep the process alive.
 *
 * @param files  what it loads, one after the other, without endings, as seen from here
 */
export function startThread(files: readonly string[], workerData: unknown, transferList: TransferListItem[]): Worker {
  const loads = files.map((file) => `require(${quoted(path.join(__dirname, `${file}.${SOURCE ? 'ts' : 'js'}`))});`);
  const execArgv = SOURCE ? preloads() : [];
  const reads = SOURCE && !execArgv.length;
  const register = reads ? `require(${quoted(require.resolve('ts-node'))}).register(${AS_IT_LIES});` : '';
  const thread = new Worker(register + loads.join(''), { workerData, transferList, execArgv, eval: true });
  thread.unref();
  return thread;
}
