/** A session of a recorded program with queue runners: as the class of that name in test/fixtures/record/readers.py. */
import * as tf from '../../src';
import { Run as Queues, plain } from '../queues/run';

export class Run extends Queues {
  readonly coord = new tf.train.Coordinator();
  threads: readonly tf.train.QueueThread[] = [];
  /** Gives variables their values, and starts the queue runners. */
  start(): void {
    this.session.run([tf.globalVariablesInitializer(), tf.localVariablesInitializer()]);
    this.threads = tf.train.startQueueRunners(this.session, this.coord);
  }
  /** Runs it until there is no more: says what each run gave, and the error. */
  all(fetch: tf.Fetches, most = 40): void {
    for (let i = 0; i < most; i++) {
      this.now(fetch);
      const last = this.said[this.said.length - 1];
      if (typeof last === 'string' && last.includes('Error: ')) return;
    }
  }
  stop(): void {
    this.coord.requestStop();
    this.build(() => this.coord.join(this.threads));
  }
  /** What several runs gave, in order: they come from several threads. */
  sorted(fetch: tf.Tensor, times: number): void {
    const came: unknown[] = [];
    for (let i = 0; i < times; i++) came.push(...(plain(this.session.run(fetch)) as unknown[]));
    this.say(came.sort((a, b) => (typeof a === 'number' ? a - Number(b) : String(a) < String(b) ? -1 : 1)));
  }
  every(...fetches: tf.Fetches[]): void {
    for (const each of fetches) this.now(each);
  }
}
/**
 * What was said without how many elements were missing, which depends on when a queue was closed, and without the name
 * of a damaged file, which is ours.
 */
export function settled(said: unknown): unknown {
  if (Array.isArray(said)) return said.map(settled);
  if (typeof said !== 'string') return said;
  return said.replace(/requested \d+, current size \d+/, '...').replace(/^(DataLossError: .*); \S+$/, '$1');
}
export type Programs = Readonly<Record<string, (run: Run) => Promise<void> | void>>;

export const DIR = 'test/fixtures/readers/';
export const at = (...names: string[]): string[] => names.map((name) => DIR + name);
/** A queue with these files in it, and what puts them in and closes it. */
export function names(...files: string[]): [queue: tf.FIFOQueue, fill: tf.Operation[]] {
  const queue = new tf.FIFOQueue(20, [tf.string], [[]], { name: 'names' });
  return [queue as unknown as tf.FIFOQueue, [queue.enqueueMany([at(...files)]), queue.close()]];
}
