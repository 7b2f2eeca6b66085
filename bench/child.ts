/** A runner's process: it sets a workload up, then answers each `{"run": n}` on its stdin with a line of JSON on its stdout. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as path from 'node:path';
import type { Params, Runner } from './plan';

/** The first line: it is ready, or cannot be had. */
export interface Ready {
  /** Versions of what it runs on. */
  readonly versions?: Readonly<Record<string, string>>;
  /** The cost after the first five steps, which everyone must agree on. */
  readonly check?: number | null;
  readonly unavailable?: string;
}
export interface Answer { readonly seconds: number; readonly peakBytes: number }

export class Child {
  private readonly lines: string[] = [];
  private waiting: ((line: string | null) => void) | null = null;
  private over = false;
  private lastWords = '';
  private constructor(private readonly process_: ChildProcess) {
    createInterface({ input: process_.stdout! }).on('line', (line) => { if (line.startsWith('{')) this.deliver(line); });
    process_.stderr!.on('data', (chunk: Buffer) => { this.lastWords = (this.lastWords + chunk.toString()).slice(-4000); });
    process_.stdin!.on('error', () => undefined);
    process_.on('error', (error) => { this.lastWords += error.message; this.deliver(null); });
    process_.on('close', () => this.deliver(null));
  }
  static start(runner: Runner, workload: string, params: Params): Child {
    const [program, ...args] = runner.command;
    return new Child(spawn(program, [...args, workload, JSON.stringify(params)], {
      cwd: path.join(__dirname, '..'), env: { ...process.env, ...runner.env, TFJS_SESSION_QUIET: '1' }, stdio: ['pipe', 'pipe', 'pipe'],
    }));
  }
  private deliver(line: string | null): void {
    if (line === null) this.over = true;
    else this.lines.push(line);
    if (!this.waiting) return;
    const resolve = this.waiting;
    this.waiting = null;
    resolve(this.lines.shift() ?? null);
  }
  private async next(): Promise<object> {
    const line = this.lines.shift() ?? (this.over ? null : await new Promise<string | null>((resolve) => { this.waiting = resolve; }));
    if (line === null) throw new Error(lastLine(this.lastWords));
    return JSON.parse(line) as object;
  }
  ready(): Promise<Ready> { return this.next() as Promise<Ready>; }
  run(n: number): Promise<Answer> {
    this.process_.stdin!.write(`{"run": ${n}}\n`);
    return this.next() as Promise<Answer>;
  }
  stop(): void {
    this.process_.stdin!.end();
    this.process_.kill('SIGKILL');
  }
}

/** The line of a crash that says why. */
function lastLine(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim()).filter(Boolean);
  return (lines.reverse().find((line) => /^\w*(Error|Exception)\b/.test(line)) ?? lines[0] ?? 'it ended without a word').slice(0, 300);
}
