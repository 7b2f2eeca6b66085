/** `tfjs-session exercise check`: runs a student's program under observation and judges its eleven answers. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HINTS } from './hints';
import { type Answer, QUESTIONS, TITLES, judge } from './judge';
import { exerciseFolder } from './folder';
import { progressLine } from './progress';
import type { Place, ReportOutcome } from './record';
import { runProgram } from './run';
import { UsageError } from '../usage';

export interface CheckFlags {
  readonly hint?: number;
  readonly solution?: number;
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly timeLimit?: number;
  readonly dataDir?: string;
  readonly report?: string;
}
/** With --quick: so many training steps are run. */
const QUICK_STEPS = 300;
const SECONDS = { full: 300, quick: 90 } as const;

export async function check(file: string, flags: CheckFlags): Promise<void> {
  const { hint, solution, quick = false, json = false } = flags;
  if (hint !== undefined) return say(`Question ${hint}, ${TITLES[hint - 1]}:\n\n${HINTS[hint - 1]}`);
  if (solution !== undefined)
    return say(`// Question ${solution}, ${TITLES[solution - 1]}: one answer\n\n${solutionOf(solution)}`);
  if (flags.report !== undefined) {
    if (resolve(flags.report) === resolve(file))
      throw new UsageError(`--report ${flags.report}: it is the program. Name another file, such as report.html.`);
    // It brings the library, which the check itself does without.
    (require('../page') as typeof import('../page')).checkPlace(flags.report);
  }
  const seconds = flags.timeLimit ?? (quick ? SECONDS.quick : SECONDS.full);
  const line = progressLine(process.stdout);
  const running = runProgram({
    file,
    seconds,
    quickSteps: quick ? QUICK_STEPS : undefined,
    dataDir: flags.dataDir,
    report: flags.report,
    onProgress: json ? undefined : line.show,
  });
  if (!json) say(`Running ${file}, for at most ${seconds} s${quick ? `, with ${QUICK_STEPS} training steps` : ''} …`);
  const { record, output } = await running.finally(() => json || line.clear());
  const answers = judge(record);
  const page: ReportOutcome | null =
    flags.report === undefined ? null : (record.report ?? { why: 'the program was ended before one could be made' });
  const report = page && 'path' in page ? page.path : null;
  if (json)
    say(
      JSON.stringify(
        {
          file,
          quick,
          seconds,
          ending: record.ending.how,
          skippedSteps: record.skippedSteps,
          ticks: ticksOf(answers),
          answers,
          report,
          ...(page && 'why' in page ? { noReport: page.why } : {}),
          output,
        },
        null,
        1,
      ),
    );
  else
    say(
      reportOf(answers, { colours: process.stdout.isTTY && !process.env.NO_COLOR, skippedSteps: record.skippedSteps }),
    );
  if (page && !json) say(report !== null ? `report: ${flags.report}` : `No report: ${(page as { why: string }).why}.`);
  process.exitCode = ticksOf(answers) === QUESTIONS ? 0 : 1;
}
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const ticksOf = (answers: readonly Answer[]): number => answers.filter((a) => a.mark === 'tick').length;

export function solutionOf(question: number): string {
  return readFileSync(join(exerciseFolder(), 'solutions', `${String(question).padStart(2, '0')}.ts`), 'utf8').trim();
}

const SIGNS = { tick: '✓', cross: '✗', 'not yet': '·' } as const;
const COLOURS = { tick: 32, cross: 31, 'not yet': 2 } as const;
const WIDTH = 100;

/** Eleven lines, and under a cross what was found, where, and a hint. */
export function reportOf(
  answers: readonly Answer[],
  { colours, skippedSteps }: { colours: boolean; skippedSteps: number },
): string {
  const paint = (text: string, code: number): string => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  const lines = answers.flatMap(({ question, title, mark, found, where, hint, note, details = [] }) => {
    const head = `${paint(`${SIGNS[mark]} ${String(question).padStart(2)}`, COLOURS[mark])}  ${title}${mark === 'tick' ? `: ${found}` : mark === 'not yet' ? `: ${paint('not yet', 2)}` : ''}`;
    const below =
      mark === 'cross'
        ? [
            ...wrap(found + (where ? `, at ${showPlace(where)}` : '')),
            ...details.flatMap((line) => wrap(line, 8)),
            ...wrap(`hint: ${hint}`),
          ]
        : note
          ? wrap(`but: ${note}`)
          : [];
    return [head, ...below];
  });
  const next = answers.find((a) => a.mark === 'cross') ?? answers.find((a) => a.mark === 'not yet');
  const ticks = ticksOf(answers);
  lines.push(
    '',
    ticks === QUESTIONS
      ? 'All eleven. Well done.'
      : `${ticks} of ${QUESTIONS}.${next ? ` Next: question ${next.question}.` : ''}`,
  );
  if (next?.mark === 'not yet') lines.push(...wrap([next.found, next.hint].filter(Boolean).join('. ')));
  if (next)
    lines.push(
      `More help: npx tfjs-session exercise check --hint ${next.question}   (one answer: --solution ${next.question})`,
    );
  if (skippedSteps)
    lines.push(
      `--quick: ${skippedSteps.toLocaleString('en')} training steps were not run; they were answered with what the last one gave.`,
    );
  return lines.join('\n');
}
function showPlace({ file, line, column }: Place): string {
  return `${file.split(/[\\/]/).pop()}:${line}:${column}`;
}
function wrap(text: string, indent = 6): string[] {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    if (lines.at(-1)! && lines.at(-1)!.length + 1 + word.length > WIDTH - indent) lines.push('');
    lines[lines.length - 1] += `${lines.at(-1) ? ' ' : ''}${word}`;
  }
  return lines.map((line) => `${' '.repeat(indent)}${line}`);
}
