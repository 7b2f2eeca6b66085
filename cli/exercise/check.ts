/** `tfjs-session exercise check`: runs a student's program under observation and judges its eleven answers. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HINTS } from './hints';
import { type Answer, QUESTIONS, TITLES, judge } from './judge';
import { reportOf, ticksOf } from './check-report';
import { exerciseFolder, refuseOwnFile } from './folder';
import { progressLine } from './progress';
import type { ProgramRecord, ReportOutcome } from './record';
import { runProgram } from './run';
import { fittedCode, widthOf, wrap } from '../text';
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
  const width = widthOf(process.stdout);
  if (hint !== undefined)
    return say(
      [`Question ${hint}, ${TITLES[hint - 1]}:`, '', ...wrap(HINTS[hint - 1], { width, indent: 0 })].join('\n'),
    );
  if (solution !== undefined)
    return say(
      fittedCode(
        `// Question ${solution}, ${TITLES[solution - 1]}: one answer\n\n${solutionOf(solution)}`,
        process.stdout,
      ),
    );
  refuseOwnFile(file);
  if (flags.report !== undefined) checkReportPlace(flags.report, file);
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
  const quickly = quick ? `, with ${QUICK_STEPS} training steps` : '';
  if (!json) say(wrap(`Running ${file}, for at most ${seconds} s${quickly} …`, { width, indent: 0 }).join('\n'));
  const { record, output } = await running.finally(() => json || line.clear());
  const answers = judge(record);
  const page = flags.report === undefined ? null : (record.report ?? NO_REPORT);
  if (json) say(JSON.stringify({ ...factsOf(file, quick, seconds, record, answers, page), output }, null, 1));
  else {
    const colours = process.stdout.isTTY && !process.env.NO_COLOR;
    say(reportOf(answers, { colours, width, skippedSteps: record.skippedSteps, ending: record.ending }));
    if (page) say('path' in page ? `report: ${flags.report}` : `No report: ${page.why}.`);
  }
  process.exitCode = ticksOf(answers) === QUESTIONS ? 0 : 1;
}

const NO_REPORT: ReportOutcome = { why: 'the program was ended before one could be made' };

/** What `--json` prints, but for the program's output. */
function factsOf(
  file: string,
  quick: boolean,
  seconds: number,
  { ending, skippedSteps }: ProgramRecord,
  answers: readonly Answer[],
  page: ReportOutcome | null,
): object {
  const report = page && 'path' in page ? page.path : null;
  const noReport = page && 'why' in page ? { noReport: page.why } : {};
  return {
    file,
    quick,
    seconds,
    ending: ending.how,
    skippedSteps,
    ticks: ticksOf(answers),
    answers,
    report,
    ...noReport,
  };
}

/** @throws UsageError  if the page cannot be written there */
function checkReportPlace(report: string, file: string): void {
  if (resolve(report) === resolve(file))
    throw new UsageError(`--report ${report}: it is the program. Name another file, such as report.html.`);
  // It brings the library, which the check itself does without.
  (require('../page') as typeof import('../page')).checkPlace(report);
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

export function solutionOf(question: number): string {
  return readFileSync(join(exerciseFolder(), 'solutions', `${String(question).padStart(2, '0')}.ts`), 'utf8').trim();
}
