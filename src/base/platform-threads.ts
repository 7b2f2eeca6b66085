/** What the library asks of the machine for threads, and of the engine for what these compute with. */
import { availableParallelism } from 'node:os';
import { addresses } from './platform';

/** Processors that this process may use. */
export function processors(): number {
  return availableParallelism();
}
/** A thread that was started. */
export interface Thread<M> {
  /** Puts a message into its queue, also while it runs. */
  post(message: M): void;
}
/**
 * Starts a thread that does not keep the process alive. It is up some 35 ms later, whatever this thread does meanwhile,
 * and over when its function is.
 *
 * @param body   what it does: text of its own to the thread, so that it knows nothing but what it is given
 * @param given  what `body` is given, beside what takes a message out of its queue, where there is one
 * @param ended  called where it fails
 * @throws Error  where none may be started
 */
export function startThread<T, M>(
  body: (given: T, next: () => M | undefined) => void,
  given: T,
  ended: (error: Error) => void,
): Thread<M> {
  // An engine of its own needs gigabytes of addresses, and ends the process where it does not get them.
  if (addresses() < Infinity) throw new Error('The address space is limited (ulimit -v).');
  const threads = require('node:worker_threads') as typeof import('node:worker_threads');
  const code =
    "const { workerData, parentPort, receiveMessageOnPort } = require('node:worker_threads');" +
    `(${String(body)})(workerData, () => receiveMessageOnPort(parentPort)?.message);`;
  // Nothing of what this process loads first, or was told.
  const thread = new threads.Worker(code, { eval: true, workerData: given, execArgv: [], env: {} });
  thread.on('error', ended);
  thread.unref();
  return { post: (message) => thread.postMessage(message) };
}
/**
 * Does something while the engine has a feature that it would leave off, where it knows that. What was compiled then
 * stays as it is.
 */
export function withFeature<T>(name: string, body: () => T): T {
  const { setFlagsFromString } = require('node:v8') as typeof import('node:v8');
  setFlagsFromString(`--${name}`);
  try {
    return body();
  } finally {
    setFlagsFromString(`--no-${name}`);
  }
}
