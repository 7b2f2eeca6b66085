/** What a sweep has done, in a file of one line for each run: a sweep that was ended goes on from there. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { type Params, keyOf } from './points';

export type Metrics = Readonly<Record<string, number>>;
export interface Run {
  readonly params: Params;
  readonly metrics: Metrics;
  readonly seconds: number;
}
interface Line extends Run {
  /** Of which text of the program. */
  readonly program: string;
}

/** A text's own mark: results of another text are no results of this one. */
export const markOf = (program: string): string =>
  createHash('sha256').update(readFileSync(program)).digest('hex').slice(0, 16);

export class SweepRecord {
  private readonly done = new Map<string, Run>();
  /** How many lines are of another text of the program. */
  readonly stale: number;
  constructor(
    private readonly path: string,
    private readonly program: string,
    fresh: boolean,
  ) {
    if (fresh) rmSync(path, { force: true });
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const lines = text.split('\n').flatMap(read);
    for (const line of lines) {
      const { params, metrics, seconds } = line;
      if (line.program === program) this.done.set(keyOf(params), { params, metrics, seconds });
    }
    this.stale = lines.filter((line) => line.program !== program).length;
    // What a kill cut off stays a line of its own, which is passed over.
    if (text && !text.endsWith('\n')) appendFileSync(path, '\n');
  }
  find(params: Params): Run | null {
    return this.done.get(keyOf(params)) ?? null;
  }
  add({ params, metrics, seconds }: Run): void {
    this.done.set(keyOf(params), { params, metrics, seconds });
    const line: Line = { program: this.program, params, metrics, seconds };
    appendFileSync(this.path, `${JSON.stringify(line, rounded)}\n`);
  }
}
function read(text: string): Line[] {
  try {
    const line = JSON.parse(text, revived) as Partial<Line> | null;
    return line && typeof line.program === 'string' && line.params && line.metrics
      ? [{ program: line.program, params: line.params, metrics: line.metrics, seconds: Number(line.seconds) }]
      : [];
  } catch {
    return [];
  }
}

/** Numbers for people and programs: six digits, and NaN by its name, which JSON lacks. */
export function rounded(_: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : String(value);
}
export const revived = (_: string, value: unknown): unknown =>
  value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value;
