/** `tfjs-session exercise compare`: a student's variant beside the reference, in figures. */
import * as path from 'node:path';
import { packageFolder } from './folder';
import { GraphView } from './graph';
import { differences } from './judge/improve';
import { evaluate } from './judge/loop';
import { EXPECTED } from './judge';
import { type Case, figure, trainingRuns } from './judge/verdict';
import { RunsView, locate } from './locate';
import type { ProgramRecord } from './record';
import { runProgram } from './run';

export interface CompareFlags { readonly quick?: boolean; readonly json?: boolean; readonly timeLimit?: number; readonly dataDir?: string }
/** Enough steps to tell variants apart, where all of them take too long. */
const QUICK_STEPS = 2000;
const SECONDS = { full: 300, quick: 120 } as const;

export interface Result {
  readonly program: string;
  readonly changed: readonly string[];
  readonly parameters: number;
  readonly steps: number;
  readonly trainAccuracy: number | null;
  readonly trainCost: number | null;
  readonly testAccuracy: number | null;
  readonly testCost: number | null;
  /** Of the loop. */
  readonly seconds: number | null;
  readonly ending: ProgramRecord['ending']['how'];
}

export async function compare(file: string, flags: CompareFlags): Promise<void> {
  const { quick = false, json = false } = flags;
  const seconds = flags.timeLimit ?? (quick ? SECONDS.quick : SECONDS.full);
  const options = { seconds, quickSteps: quick ? QUICK_STEPS : undefined, dataDir: flags.dataDir };
  if (!json) process.stdout.write(`Running the reference and ${file}, for at most ${seconds} s each …\n`);
  // One after the other: together they would slow each other down.
  const results: Result[] = [];
  for (const [program, which] of [['reference', path.join(packageFolder(), 'tensorflow_tutorial.ts')], [file, file]] as const) {
    results.push(resultOf(program, (await runProgram({ file: which, ...options })).record));
  }
  const [reference, variant] = results;
  process.stdout.write(`${json ? JSON.stringify({ quick, reference, variant }, null, 1) : tableOf(reference, variant)}\n`);
  if (variant.ending !== 'done') process.exitCode = 1;
}

function resultOf(program: string, record: ProgramRecord): Result {
  const graph = new GraphView(record);
  const c: Case = { record, graph, parts: locate(record, graph), runs: new RunsView(record, graph), expect: EXPECTED };
  const { train, test } = evaluate(c);
  const steps = trainingRuns(c).filter((run) => !run.skipped && run.error === null);
  const size = (shape: readonly (number | null)[] | null): number => (shape ?? []).reduce<number>((n, d) => n * (d ?? 1), 1);
  return {
    program, changed: differences(c), parameters: record.variables.filter((v) => v.trainable).reduce((sum, v) => sum + size(v.shape), 0), steps: steps.length,
    trainAccuracy: train.accuracy, trainCost: train.cost, testAccuracy: test.accuracy, testCost: test.cost,
    seconds: steps.length > 1 ? (steps.at(-1)!.time - steps[0].time) / 1000 : null, ending: record.ending.how,
  };
}

export function tableOf(reference: Result, variant: Result): string {
  const percent = (x: number | null): string => (x === null ? '-' : `${(100 * x).toFixed(2)} %`);
  const number = (x: number | null): string => (x === null ? '-' : figure(x));
  const rows: readonly (readonly [string, (r: Result) => string, ((r: Result) => number | null) | null, 1 | -1])[] = [
    ['test accuracy', (r) => percent(r.testAccuracy), (r) => r.testAccuracy, 1],
    ['test cost', (r) => number(r.testCost), (r) => r.testCost, -1],
    ['train accuracy', (r) => percent(r.trainAccuracy), null, 1],
    ['train cost', (r) => number(r.trainCost), null, 1],
    ['training time', (r) => (r.seconds === null ? '-' : `${r.seconds.toFixed(1)} s`), (r) => r.seconds, -1],
    ['steps', (r) => r.steps.toLocaleString('en'), null, 1],
    ['parameters', (r) => r.parameters.toLocaleString('en'), null, 1],
  ];
  const better = (value: (r: Result) => number | null, sign: 1 | -1): string => {
    const [a, b] = [value(reference), value(variant)];
    return a === null || b === null || a === b ? '' : (b - a) * sign > 0 ? 'better' : 'worse';
  };
  const lines = [['', 'reference', 'yours', ''], ...rows.map(([name, show, value, sign]) => [name, show(reference), show(variant), value ? better(value, sign) : ''])];
  const widths = [0, 1, 2].map((i) => Math.max(...lines.map((line) => line[i].length)));
  const table = lines.map(([name, a, b, word]) => `${name.padEnd(widths[0])}  ${a.padStart(widths[1])}  ${b.padStart(widths[2])}  ${word}`.trimEnd());
  const changed = variant.changed.length ? `Changed: ${variant.changed.join(', ')}.` : 'Nothing is changed: the difference is chance.';
  const ended = variant.ending === 'done' ? '' : `\nYours did not reach its end: \`npx tfjs-session exercise check\` says why.`;
  return `${table.join('\n')}\n\n${changed}${ended}`;
}
