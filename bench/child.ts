/**
 * A runner's process: it sets a workload up, then answers each `{"run": n}` on its stdin with a line of JSON on its
 * stdout.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as path from 'node:path';
import type { Runner } from './runners';

/** The first line: it is ready, or cannot be had. */
export interface Ready {
  /** Versions of what it runs on. */
  readonly versions?: Readonly<Record<string, string>>;
  /** The cost after the first five steps, which everyone must agree on. */
  readonly check?: number | null;
  readonly peakBytes?: number | null;
  readonly unavailable?: string;
}
/** `cpuSeconds` is what all threads of the process used. */
export interface Answer {
  readonly seconds: number;
  readonly cpuSeconds?: number;
  readonly peakBytes: number | null;
}

/** Longer than any answer takes: after that the runner hangs. */
const MOST_MINUTES = 10;

/** What ends the processes that run: none outlives this one. */
const ALIVE = new Set<() => void>();
export function killWhenDone(kill: () => void): () => void {
  ALIVE.add(kill);
  return () => {
    ALIVE.delete(kill);
    kill();
  };
}
process.on('exit', () => ALIVE.forEach((kill) => kill()));

export class Child {
  private readonly lines: string[] = [];
  private waiting: ((line: string | null) => void) | null = null;
  private over = false;
  private lastWords = '';
  readonly stop: () => void;
  private constructor(private readonly process_: ChildProcess) {
    createInterface({ input: process_.stdout! }).on('line', (line) => {
      if (line.startsWith('{')) this.deliver(line);
    });
    process_.stderr!.on('data', (chunk: Buffer) => {
      this.lastWords = (this.lastWords + chunk.toString()).slice(-4000);
    });
    process_.stdin!.on('error', () => undefined);
    process_.on('error', (error) => {
      this.lastWords += error.message;
      this.deliver(null);
    });
    process_.on('close', (_, signal) => {
      if (signal) this.lastWords += `\nit was ended by ${signal}`;
      this.deliver(null);
    });
    this.stop = killWhenDone(() => process_.kill('SIGKILL'));
  }
  static start(runner: Runner, workload: string, params: object): Child {
    const [program, ...args] = runner.command;
    return new Child(
      spawn(program, [...args, workload, JSON.stringify(params)], {
        cwd: path.join(__dirname, '..'),
        env: { ...process.env, ...runner.env, TFJS_SESSION_QUIET: '1' },
        stdio: ['pipe', 'pipe', 'pipe'],
      }),
    );
  }
  private deliver(line: string | null): void {
    if (line === null) this.over = true;
    else this.lines.push(line);
    const resolve = this.waiting;
    this.waiting = null;
    resolve?.(this.lines.shift() ?? null);
  }
  private async next<T>(): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const line =
      this.lines.shift() ??
      (this.over
        ? null
        : await new Promise<string | null>((resolve, reject) => {
            this.waiting = resolve;
            timer = setTimeout(
              () => reject(new Error(`it gave no answer in ${MOST_MINUTES} minutes`)),
              MOST_MINUTES * 60_000,
            );
          }).finally(() => clearTimeout(timer)));
    if (line === null) throw new Error(reasonIn(this.lastWords));
    return JSON.parse(line) as T;
  }
  /** @throws Error  with the reason, where it cannot be had */
  async ready(): Promise<Ready> {
    const ready = await this.next<Ready>();
    if (ready.unavailable !== undefined) throw new Error(ready.unavailable);
    return ready;
  }
  run(n: number): Promise<Answer> {
    return this.ask({ run: n });
  }
  /** What is asked and answered as JSON. */
  ask<T>(question: object): Promise<T> {
    this.process_.stdin!.write(`${JSON.stringify(question)}\n`);
    return this.next<T>();
  }
}

/** The line of a crash that says why. */
export function reasonIn(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .reverse();
  return (lines.find((line) => /^[\w.]*(Error|Exception)\b/.test(line)) ?? lines[0] ?? 'it ended without a word').slice(
    0,
    300,
  );
}
