/** The eleven verdicts on a record. Looks at what the graph is and what the session did, never at names or text. */
import { GraphView } from '../graph';
import { RunsView, locate } from '../locate';
import type { Failure, Place, ProgramRecord } from '../record';
import { judgeAccuracy, judgeCost } from './objective';
import { judgeImprovement } from './improve';
import { judgeLoading, judgePlaceholders } from './inputs';
import { evaluate, judgeEvaluation, judgeLoop } from './loop';
import { judgeForward, judgeParameters } from './model';
import { blameNonFinite } from './nonfinite';
import { judgeInitialization, judgeOptimizer } from './training';
import { type Case, type Expectations, type Mark, type Verdict, cross, notYet } from './verdict';

export type { Mark };
export interface Answer extends Verdict {
  readonly question: number;
  readonly title: string;
}

export const TITLES = [
  'the loading code',
  'placeholders X and Y',
  'parameters',
  'forward propagation',
  'cost',
  'accuracy',
  'optimizer and training step',
  'initialization and session',
  'the training loop',
  'accuracy and cost on whole sets',
  'an improvement',
] as const;
export const QUESTIONS = TITLES.length;

/** What the exercise asks for. The accuracy is a choice: above what the reference reached in the runs that we saw, 97.8 to 98.0 %. */
export const EXPECTED: Expectations = { steps: 20000, reference: { accuracy: 0.981 } };

export function caseOf(record: ProgramRecord, expect: Expectations = EXPECTED): Case {
  const graph = new GraphView(record);
  const c = { record, graph, parts: locate(record, graph), runs: new RunsView(record, graph), expect };
  return { ...c, lost: blameNonFinite(c) };
}

export function judge(record: ProgramRecord, expect: Expectations = EXPECTED): readonly Answer[] {
  const c = caseOf(record, expect);
  const evaluation = evaluate(c);
  const initialization = judgeInitialization(c);
  const loop = judgeLoop(c);
  const verdicts = [
    judgeLoading(c),
    judgePlaceholders(c, evaluation.inParts),
    judgeParameters(c),
    judgeForward(c, evaluation.inParts),
    judgeCost(c),
    judgeAccuracy(c),
    judgeOptimizer(c, initialization.mark === 'cross' || loop.mark === 'cross'),
    initialization,
    loop,
    judgeEvaluation(c, evaluation),
    judgeImprovement(c, evaluation),
  ];
  blame(c, verdicts);
  return verdicts.map((verdict, i) => ({ question: i + 1, title: TITLES[i], ...verdict }));
}

/** Lists of everything in a message are cut. */
const LONG = 240;
const SLIP =
  /is not a function|is not a constructor|is not defined|Cannot read properties|Cannot access .* before initialization/;

/** Gives what ended the program to the question that it is about, unless a judge has crossed one for it. */
function blame({ record, graph, parts, runs }: Case, verdicts: Verdict[]): void {
  const { ending } = record;
  const set = (question: number, verdict: Verdict): void => {
    const { mark, lacks } = verdicts[question - 1];
    if (mark !== 'cross' || (lacks && ending.how === 'threw')) verdicts[question - 1] = verdict;
  };
  const firstOpen = (from = 1): number => {
    const i = verdicts.findIndex((v, at) => at >= from - 1 && v.mark !== 'tick');
    return i < 0 ? from : i + 1;
  };
  if (ending.how === 'threw' || ending.how === 'syntax') {
    const failed = record.runs.at(-1);
    const inRun = failed?.error?.message === ending.failure.message;
    if (inRun && verdicts.some((v) => v.mark === 'cross')) return;
    if (inRun)
      return set(
        building(ending.failure) === 7
          ? 7
          : runs.trains(failed!)
            ? 9
            : record.runs.some((run) => runs.trains(run))
              ? 10
              : firstOpen(8),
        broken(ending.failure, failed!.at),
      );
    // A program that cannot be read is no answer to any question, beginning with the first.
    if (ending.how === 'syntax') {
      verdicts.forEach((_, i) => {
        verdicts[i] =
          i === 0
            ? broken(ending.failure, ending.failure.at)
            : notYet('First the program must be readable: see question 1.');
      });
      return;
    }
    // A slip of the language: what stands behind it is not there, and no mistake.
    if (!record.runs.some((run) => runs.trains(run)) && SLIP.test(ending.failure.message)) {
      verdicts[firstOpen() - 1] = broken(ending.failure, ending.failure.at);
      return;
    }
    // A run refused before it began: a feed or a fetch that is none.
    const begun = record.runs.some((run) => runs.trains(run));
    const question =
      building(ending.failure) ??
      (record.sessions && /feed|fetch/i.test(ending.failure.message) ? (begun ? 10 : 9) : null) ??
      firstOpen(parts.placeholders.length ? 2 : 1);
    return set(question, broken(ending.failure, ending.failure.at));
  }
  if (ending.how === 'time') {
    const steps = record.runs.filter((run) => runs.trains(run)).length;
    return set(
      steps && verdicts[8].mark === 'tick'
        ? firstOpen(10)
        : steps || graph.nodes.length
          ? Math.max(firstOpen(), steps ? 9 : 1)
          : 1,
      cross(
        `the program was stopped after ${ending.seconds} s${steps ? `, in training step ${steps.toLocaleString('en')}` : ''}`,
        ending.at,
        'Does the loop end? Is the step counted up? If it is only slow: --time-limit <seconds>, or --quick.',
      ),
    );
  }
  if (ending.how === 'exit' && ending.code === 0) {
    const open = verdicts.findIndex((v) => v.mark === 'not yet');
    if (open >= 0 && open < QUESTIONS - 1)
      verdicts[open] = { ...verdicts[open], found: 'The program ended itself with process.exit(0)' };
    return;
  }
  if (ending.how === 'exit' || ending.how === 'killed') {
    const how =
      ending.how === 'exit'
        ? `ended itself with process.exit(${ending.code})`
        : `was ended by ${ending.signal}${graph.nodes.length ? '' : ', and what it did until then is not known'}`;
    return set(
      firstOpen(),
      cross(`the program ${how}`, record.runs.at(-1)?.at ?? null, 'What comes after that is never run.'),
    );
  }
}

/** The question that an error while building is about: by the op that could not be made. */
function building({ op, message }: Failure): number | null {
  if (/No gradients? provided|no variables to optimize|convert a \w*Optimizer/i.test(message)) return 7;
  if ((op && /CrossEntropy/.test(op)) || /cross_entropy|sentinel|labels and logits|logits and labels/i.test(message))
    return 5;
  if (op === 'ArgMax' || op === 'Equal') return 6;
  if (op === 'Mean' && /bool/.test(message)) return 6;
  if (/'input_tensor'|input_tensor/.test(message) && /bool/.test(message)) return 6;
  if (op && /^(MatMul|Reshape|BiasAdd|Relu|Softmax)$/.test(op)) return 4;
  return null;
}
function broken({ name, message }: Failure, at: Place | null): Verdict {
  const [line] = message.split('\n').filter((text) => text.trim());
  const first = line.length > LONG ? `${line.slice(0, LONG)} …` : line;
  const fix =
    /fix: ([^\n]*)/.exec(message)?.[1] ??
    /likely cause: ([^\n]*)/.exec(message)?.[1] ??
    /did you mean[^\n]*/.exec(message)?.[0];
  const absent = /^tf\S* is not a (function|constructor)/.test(first)
    ? 'There is no such name here: type tf. in an editor to see what there is.'
    : undefined;
  const minimize = /convert a \w*Optimizer/.test(first)
    ? 'An optimizer is no node: its minimize(cost) makes the one to run.'
    : undefined;
  return cross(
    `${name}: ${first}`,
    at,
    fix ??
      minimize ??
      absent ??
      'The program stops here. Read the message and the line; the questions behind it are judged when it gets there.',
  );
}
