/** Programs of students for tests, and their judgement, by a process that stays (judging.ts). */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../../cli/exercise/judge';
import { devices } from '../devices';
import type { Asked } from './judging';

const EXERCISE = join(__dirname, '..', '..', 'exercise');
/** As many steps as a judgement needs. */
export const STEPS = 40;
const PLACE = /\/\/ >>> your answer to question (\d+)/g;

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

let judging: ChildProcess | null = null;
function started(): ChildProcess {
  judging ??= fork(join(__dirname, 'judging.ts'), {
    execArgv: ['-r', join(__dirname, '..', 'transpiled.cjs')],
    // Programs of students name no device: the first that tests are asked to run on.
    env: { ...process.env, TFJS_SESSION_DEVICE: devices()[0].device, TFJS_SESSION_QUIET: '1' },
  });
  return judging;
}
afterAll(() => void judging?.disconnect());

export function answers(source: string): Promise<readonly Answer[]> {
  const child = started();
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`The process that judges ended, with ${code}`));
    child.once('exit', ended);
    child.once('message', (judged) => {
      child.off('exit', ended);
      resolve(judged as readonly Answer[]);
    });
    child.send({ source, steps: STEPS } satisfies Asked);
  });
}

/** What the solution says of its hundred hidden units, and what it says with fewer. */
const WIDE = [
  ['[784, 100]', '[784, 24]'],
  ['zeros([100])', 'zeros([24])'],
  ['[100, 10]', '[24, 10]'],
] as const;
/**
 * The program with fewer hidden units, of which a step takes a fourth of the time and says the same: where it has the
 * solution's layers, and nothing else in it counts to a hundred.
 */
export function narrow(source: string): string {
  const rest = WIDE.reduce((text, [from]) => text.replace(from, ''), source.replaceAll('nextBatch(100)', ''));
  const isAsTheSolution = WIDE.every(([from]) => source.split(from).length === 2) && !/\b100\b/.test(rest);
  return isAsTheSolution ? WIDE.reduce((text, [from, to]) => text.replace(from, to), source) : source;
}

/** Replaces text that must be there, so that a list of edits does not go stale. */
export function edit(source: string, from: string, to: string): string {
  if (!source.includes(from)) throw new Error(`The solution has no ${JSON.stringify(from)}`);
  return source.replace(from, () => to);
}
