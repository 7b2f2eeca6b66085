/** A thread beside a student's program: when whoever checks it is gone, it ends the program, whatever that does. */
import { workerData } from 'node:worker_threads';
import { endAll } from './processes';

export interface Watched {
  readonly parent: number;
  readonly mark: string;
}

const { parent, mark } = workerData as Watched;
const EVERY = 500;

function isGone(): boolean {
  try {
    process.kill(parent, 0);
    return process.platform !== 'win32' && process.ppid !== parent;
  } catch {
    return true;
  }
}
setInterval(() => {
  if (isGone()) endAll(process.pid, mark);
}, EVERY);
