/** Real TensorFlow 1.x in a process of its own: programs go in, what it says of them comes out. It may die of one. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import type { SaidOfFlow } from './flow/compare';
import type { FlowProgram } from './flow/steps';
import type { JsonDims, JsonValue, Program } from './program';

export interface Said {
  /** It died, or took too long, or could not be asked. */
  readonly unable?: string;
  readonly static: readonly JsonDims[][];
  readonly refused: { readonly at: number; readonly error: SaidError } | null;
  readonly gradients: readonly (string | null)[];
  /** Those of the gradients: name, type, inputs, shapes. */
  readonly nodes?: readonly [string, string, string[], JsonDims[]][];
  readonly runs: { readonly what: string; readonly error: SaidError } | null;
  readonly values?: readonly JsonValue[];
  readonly grads?: readonly JsonValue[];
}
export interface SaidError {
  readonly type: string;
  readonly message: string;
}

/** A Python with TensorFlow 1.15: the one named, or the first on the path; null where there is none. */
export function findPython(named = process.env['TFJS_FUZZ_PYTHON']): string | null {
  const script = 'import tensorflow as tf; print(tf.__version__)';
  for (const python of named ? [named] : ['python3', 'python']) {
    const { stdout } = spawnSync(python, ['-c', script], { encoding: 'utf8', timeout: 300_000 });
    if (/^1\.15\./m.test(stdout ?? '')) return python;
  }
  return null;
}

const LIMIT = 60_000;
export class Judge {
  private child: ChildProcess | null = null;
  private answer: ((line: string | null) => void) | null = null;
  constructor(private readonly python: string) {}

  ask(program: Program): Promise<Said>;
  ask(program: FlowProgram): Promise<SaidOfFlow>;
  async ask(program: Program | FlowProgram): Promise<unknown> {
    const child = this.child ?? (await this.start());
    const line = await this.next(() => child.stdin!.write(`${JSON.stringify(program)}\n`));
    if (line === null) return { unable: 'it died or took too long' };
    return JSON.parse(line) as unknown;
  }
  close(): void {
    this.child?.kill('SIGKILL');
    this.child = null;
  }
  private async start(): Promise<ChildProcess> {
    const child = spawn(this.python, [path.join(__dirname, 'judge.py')], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.child = child;
    child.stdin!.on('error', () => {});
    createInterface({ input: child.stdout! }).on('line', (line) => this.answer?.(line));
    child.on('exit', () => {
      if (this.child === child) this.child = null;
      this.answer?.(null);
    });
    if ((await this.next(() => {})) === null) throw new Error(`${this.python} could not start TensorFlow.`);
    return child;
  }
  private next(ask: () => void): Promise<string | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.child?.kill('SIGKILL'), LIMIT);
      this.answer = (line) => {
        this.answer = null;
        clearTimeout(timer);
        resolve(line);
      };
      ask();
    });
  }
}
