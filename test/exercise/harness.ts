/** Runs programs of students in this process, observed, on a data set that is small enough for many of them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import * as ts from 'typescript';
import { type Answer, judge } from '../../cli/exercise/judge';
import { failureOf } from '../../cli/exercise/notes';
import { Observer } from '../../cli/exercise/observe/observer';
import type { Ending, ProgramRecord } from '../../cli/exercise/record';
import * as tf from '../../src';
import { writeDigits } from '../cli/digits';
import { devices } from '../devices';

// Programs of students name no device: the first that tests are asked to run on.
process.env['TFJS_SESSION_DEVICE'] = devices()[0].device;

const EXERCISE = join(__dirname, '..', '..', 'exercise');
/** As many steps as a judgement needs. */
export const STEPS = 40;
const ASKED = { steps: STEPS, reference: { accuracy: 0.5 } };
const PLACE = /\/\/ >>> your answer to question (\d+)/g;

const data = mkdtempSync(join(tmpdir(), 'exercise-test-'));
writeDigits(data, { train: 1000, test: 300 });
afterAll(() => rmSync(data, { recursive: true }));

/** The starter with the packaged solutions of these questions in their places. */
export function program(upTo = 10, steps: number = STEPS): string {
  const starter = readFileSync(join(EXERCISE, 'tensorflow_tutorial.ts'), 'utf8');
  return starter
    .replace(PLACE, (place, number: string) =>
      Number(number) <= upTo
        ? readFileSync(join(EXERCISE, 'solutions', `${number.padStart(2, '0')}.ts`), 'utf8').trim()
        : place,
    )
    .replace('step < 20000', `step < ${steps}`)
    .replace('step % 1000', 'step % 20');
}

export function record(source: string): ProgramRecord {
  tf.resetDefaultGraph();
  tf.setRandomSeed(7);
  const file = join(data, 'student.ts');
  const watching = new Observer({ file, dataDir: data });
  let ending: Ending = { how: 'done' };
  try {
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
    });
    // Made in this realm: arrays and objects of another are none to the library's checks.
    const body = new Function('require', 'exports', 'console', `${outputText}\n//# sourceURL=${file}`);
    body(
      (name: string) => {
        if (name === 'tfjs-session') return tf;
        throw new Error(`Cannot find module '${name}'`);
      },
      {},
      { log: (...parts: unknown[]) => watching.noteOutput(`${format(...parts)}\n`) },
    );
  } catch (error) {
    ending = { how: 'threw', failure: failureOf(error, file) };
  }
  return watching.finish(ending);
}
export function answers(source: string): readonly Answer[] {
  return judge(record(source), ASKED);
}

/** Replaces text that must be there, so that a list of edits does not go stale. */
export function edit(source: string, from: string, to: string): string {
  if (!source.includes(from)) throw new Error(`The solution has no ${JSON.stringify(from)}`);
  return source.replace(from, () => to);
}
