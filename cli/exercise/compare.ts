/** `tfjs-session exercise compare`: a student's variant beside the reference, in figures. */
import * as path from 'node:path';
import { packageFolder, refuseOwnFile } from './folder';
import { differences } from './judge/improve';
import { evaluate } from './judge/measured';
import { caseOf } from './judge';
import { figure, trainingRuns } from './judge/verdict';
import { progressLine } from './progress';
import type { Failure, ProgramRecord } from './record';
import { runProgram } from './run';
import { fitted } from '../text';

export interface CompareFlags {
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly timeLimit?: number;
  readonly dataDir?: string;
}
/** Times that differ by less are called the same: so much differs from run to run. */
const TIME_MARGIN = 0.1;
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
  /** The error that ended it, in a line. */
  readonly failure: string | null;
}

export async function compare(file: string, flags: CompareFlags): Promise<void> {
  const { quick = false, json = false } = flags;
  refuseOwnFile(file);
  const seconds = flags.timeLimit ?? (quick ? SECONDS.quick : SECONDS.full);
  // Not async: what is wrong with the flags is thrown at once.
  const measure = (program: string, source: string): Promise<Result> => {
    const line = progressLine(process.stdout, program);
    return runProgram({
      file: source,
      seconds,
      quickSteps: quick ? QUICK_STEPS : undefined,
      dataDir: flags.dataDir,
      onProgress: json ? undefined : line.show,
    })
      .finally(() => json || line.clear())
      .then(({ record }) => resultOf(program, record));
  };
  // One after the other: together they would slow each other down. The student's first: a mistake in it is told at
  // once.
  const running = measure(file, file);
  if (!json) say(`Running ${file} and then the reference, for at most ${seconds} s each …`);
  const variant = await running;
  const problem = problemOf(variant, seconds);
  const reference = problem ? null : await measure('reference', path.join(packageFolder(), 'tensorflow_tutorial.ts'));
  const wrong = problem ?? problemOf(reference!, seconds);
  if (json) process.stdout.write(`${JSON.stringify({ quick, reference, variant, problem: wrong }, null, 1)}\n`);
  else say(wrong ?? tableOf(reference!, variant));
  process.exitCode = wrong === null ? 0 : 1;
}

const say = (text: string): void => void process.stdout.write(`${fitted(text, process.stdout)}\n`);

/** Why there is nothing to compare; null if there is. */
function problemOf({ program, ending, failure, testAccuracy }: Result, seconds: number): string | null {
  const more = program === 'reference' ? '' : `\n\`npx tfjs-session exercise check ${program}\` says more.`;
  if (failure !== null) return `Nothing to compare: ${program} stopped with ${failure}${more}`;
  if (ending === 'time')
    return (
      `Nothing to compare: ${program} was stopped after ${seconds} s. --time-limit <seconds> gives it more; ` +
      `--quick trains for ${QUICK_STEPS.toLocaleString('en')} steps only.`
    );
  if (ending === 'killed') return `Nothing to compare: ${program} was ended before it was done.${more}`;
  if (testAccuracy === null)
    return (
      `Nothing to compare: ${program} computes no accuracy on the whole test set after its last training step, ` +
      `which is question 10.${more}`
    );
  return null;
}

function resultOf(program: string, record: ProgramRecord): Result {
  const c = caseOf(record);
  const { train, test } = evaluate(c);
  const { ending } = record;
  const steps = trainingRuns(c).filter((run) => !run.skipped && run.error === null);
  const size = (shape: readonly (number | null)[] | null): number =>
    (shape ?? []).reduce<number>((n, d) => n * (d ?? 1), 1);
  return {
    program,
    changed: differences(c),
    parameters: record.variables.filter((v) => v.trainable).reduce((sum, v) => sum + size(v.shape), 0),
    steps: steps.length,
    trainAccuracy: train.accuracy,
    trainCost: train.cost,
    testAccuracy: test.accuracy,
    testCost: test.cost,
    seconds: steps.length > 1 ? (steps.at(-1)!.time - steps[0].time) / 1000 : null,
    ending: ending.how,
    failure: 'failure' in ending ? failureLine(ending.failure) : null,
  };
}

function failureLine({ name, message, at }: Failure): string {
  const [first] = message.trim().split('\n');
  return `${name}: ${first.replace(/\.$/, '')}${at ? `, in line ${at.line}` : ''}`;
}

export function tableOf(reference: Result, variant: Result): string {
  const percent = (x: number | null): string => (x === null ? '-' : `${(100 * x).toFixed(2)} %`);
  const number = (x: number | null): string => (x === null ? '-' : figure(x));
  const same =
    !variant.changed.length && variant.steps === reference.steps && variant.parameters === reference.parameters;
  const better = (a: number | null, b: number | null, sign: 1 | -1): string =>
    same || a === null || b === null || a === b ? '' : (b - a) * sign > 0 ? 'better' : 'worse';
  const { seconds: a } = reference;
  const { seconds: b } = variant;
  const faster = a !== null && b !== null && Math.abs(b - a) < TIME_MARGIN * a ? '' : better(a, b, -1);
  const rows: readonly (readonly [string, (r: Result) => string, string])[] = [
    ['test accuracy', (r) => percent(r.testAccuracy), better(reference.testAccuracy, variant.testAccuracy, 1)],
    ['test cost', (r) => number(r.testCost), better(reference.testCost, variant.testCost, -1)],
    ['train accuracy', (r) => percent(r.trainAccuracy), ''],
    ['train cost', (r) => number(r.trainCost), ''],
    ['training time', (r) => (r.seconds === null ? '-' : `${r.seconds.toFixed(1)} s`), faster],
    ['steps', (r) => r.steps.toLocaleString('en'), ''],
    ['parameters', (r) => r.parameters.toLocaleString('en'), ''],
  ];
  const lines = [
    ['', 'reference', 'yours', ''],
    ...rows.map(([name, show, word]) => [name, show(reference), show(variant), word]),
  ];
  const widths = [0, 1, 2].map((i) => Math.max(...lines.map((line) => line[i].length)));
  const table = lines.map(([name, left, right, word]) =>
    `${name.padEnd(widths[0])}  ${left.padStart(widths[1])}  ${right.padStart(widths[2])}  ${word}`.trimEnd(),
  );
  const changed = variant.changed.length
    ? `Changed: ${variant.changed.join(', ')}.`
    : 'Found no change of layers, optimizer, learning rate or batch size.';
  return `${table.join('\n')}\n\n${changed} Each ran once: two runs of one program differ too, by chance.`;
}
