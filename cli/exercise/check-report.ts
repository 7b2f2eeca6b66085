/** What `exercise check` prints: eleven lines, and under a cross what was found, where, and a hint. */
import { type Answer, QUESTIONS } from './judge';
import type { Ending, Place } from './record';
import { wrap } from '../text';

export interface ReportOptions {
  readonly colours: boolean;
  /** Columns that a line may have. */
  readonly width: number;
  readonly skippedSteps: number;
  readonly ending: Ending;
}

const SIGNS = { tick: '✓', cross: '✗', 'not yet': '·' } as const;
const COLOURS = { tick: 32, cross: 31, 'not yet': 2 } as const;
/** Of what stands below a question's line. */
const INDENT = 6;
const DETAILS = 8;

export const ticksOf = (answers: readonly Answer[]): number => answers.filter((a) => a.mark === 'tick').length;

export function reportOf(answers: readonly Answer[], options: ReportOptions): string {
  const lines = answers.flatMap((answer) => linesOf(answer, options));
  return [...lines, '', ...summary(answers, options)].join('\n');
}

function linesOf(
  { question, title, mark, found, where, hint, note, details = [] }: Answer,
  options: ReportOptions,
): string[] {
  const { colours, width } = options;
  const paint = (text: string): string => (colours ? `\u001b[${COLOURS[mark]}m${text}\u001b[0m` : text);
  const sign = `${SIGNS[mark]} ${String(question).padStart(2)}`;
  const said = mark === 'cross' ? title : `${title}: ${mark === 'tick' ? found : 'not yet'}`;
  const [head, ...rest] = wrap(said, { width, indent: INDENT });
  const first = `${paint(sign)}  ${head.trimStart()}`;
  if (mark === 'not yet') return [first.replace(/not yet$/, () => paint('not yet'))];
  if (mark === 'tick') return [first, ...rest, ...(note ? wrap(`but: ${note}`, { width, indent: INDENT }) : [])];
  return [
    first,
    ...rest,
    ...wrap(found + (where ? `, at ${showPlace(where)}` : ''), { width, indent: INDENT }),
    ...details.flatMap((line) => wrap(line, { width, indent: DETAILS })),
    ...wrap(`hint: ${hint}`, { width, indent: INDENT }),
  ];
}

function summary(answers: readonly Answer[], { width, skippedSteps, ending }: ReportOptions): string[] {
  const next = answers.find((a) => a.mark === 'cross') ?? answers.find((a) => a.mark === 'not yet');
  const ticks = ticksOf(answers);
  const all = ticks === QUESTIONS;
  const lines = [
    all ? 'All eleven. Well done.' : `${ticks} of ${QUESTIONS}.${next ? ` Next: question ${next.question}.` : ''}`,
  ];
  if (next?.mark === 'not yet')
    lines.push(...wrap([next.found, next.hint].filter(Boolean).join('. '), { width, indent: INDENT }));
  if (next)
    lines.push(
      `More help: npx tfjs-session exercise check --hint ${next.question}`,
      `One answer: npx tfjs-session exercise check --solution ${next.question}`,
    );
  const say = (text: string): void => void lines.push(...wrap(`--quick: ${text}`, { width, indent: 0 }));
  const [left, rounds] = [skippedSteps, ending.how === 'early' ? ending.rounds : 0].map((n) => n.toLocaleString('en'));
  if (skippedSteps) say(`${left} training steps were not run; they were answered with what the last one gave.`);
  if (ending.how === 'early') say(`the program was ended after ${rounds} training steps, which show the fault.`);
  return lines;
}

function showPlace({ file, line, column }: Place): string {
  return `${file.split(/[\\/]/).pop()}:${line}:${column}`;
}
