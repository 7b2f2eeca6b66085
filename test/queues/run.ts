/** A session of a recorded program, and what it said: as the class of that name in test/fixtures/record/queues.py. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';

export function plain(value: unknown): unknown {
  if (value instanceof tf.NDArray) return plain(value.toArray());
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toFixed(6));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  return value;
}
/** An error as its class and first line, without the numbers of queues and steps: TensorFlow counts a process's. */
export function textOf(error: unknown): string {
  const { name, message } = error as Error;
  const [line] = message.split('\n');
  return `${name}: ${line.replace(/(^|['\s])_\d+_/g, '$1_N_').replace(/__per_step_\d+/, '__per_step_N')}`;
}

export class Run {
  constructor(readonly session: tf.Session) {}
  readonly said: unknown[] = [];
  say(value: unknown): void {
    this.said.push(plain(value));
  }
  /** Runs at once: says what it gave, or its error. */
  now(fetch: tf.Fetches, feeds: [tf.Tensor, tf.FeedValue][] = []): void {
    try {
      this.say(this.session.run(fetch, feeds));
    } catch (error) {
      this.say(textOf(error));
    }
  }
  /** Says the error of what builds nodes. */
  build(body: () => unknown): void {
    try {
      body();
      this.say('built');
    } catch (error) {
      this.say(textOf(error));
    }
  }
  /** Begins a run that waits: what this returns says what became of it. */
  wait(fetch: tf.Fetches, options: object = {}): () => Promise<void> {
    const run = this.session.runAsync(fetch, null, options).then(plain, textOf);
    return async () => this.say(await run);
  }
  op(...args: Parameters<typeof applyOp>): tf.Operation {
    return applyOp(...args);
  }
}
/** What each program does. */
export type Programs = Readonly<Record<string, (run: Run) => Promise<void> | void>>;
