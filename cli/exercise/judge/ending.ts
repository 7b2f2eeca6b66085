/** How the program ended: what stopped it is told at the question that it is about. */
import { pythonWord } from '../../../src/base/python-words';
import { QUESTION_COUNT, type Case, type Verdict, cross, notYet, symptom } from './verdict';
import { cureOf } from './run-error';
import type { Ending, Failure, Place, RunRecord } from '../record';

type Of<How extends Ending['how']> = Extract<Ending, { how: How }>;
/** A cross for one of the questions; null where nothing is to be said. */
type Told = { readonly question: number; readonly verdict: Verdict; readonly always?: boolean } | null;

/** Lists of everything in a message are cut. */
const LONG = 240;
const SLIP = new RegExp(
  'is not a function|is not a constructor|is not defined|Cannot read properties|' +
    'Cannot access .* before initialization|is no name of TensorFlow|is no method|is not in tfjs-session|' +
    'object has no attribute',
);
const SLOW = 'Does the loop end? Is the step counted up? If it is only slow: --time-limit <seconds>, or --quick.';

/** The verdicts, with what ended the program given to the question that it is about. */
export function judgeEnding(c: Case, verdicts: readonly Verdict[]): readonly Verdict[] {
  const { ending } = c.record;
  if (ending.how === 'syntax') return unreadable(ending.failure);
  const told = toldBy(c, verdicts, ending);
  if (!told) return verdicts;
  return verdicts.map((verdict, i) => (i === told.question - 1 ? told.verdict : verdict));
}

function toldBy(c: Case, verdicts: readonly Verdict[], ending: Ending): Told {
  const told =
    ending.how === 'threw'
      ? thrown(c, verdicts, ending)
      : ending.how === 'time'
        ? outOfTime(c, verdicts, ending)
        : ending.how === 'exit' && ending.code === 0
          ? leftAtOnce(verdicts)
          : ending.how === 'exit' || ending.how === 'killed'
            ? broughtDown(c, verdicts, ending)
            : null;
  if (!told) return null;
  // What a judge has crossed stays, but for what may stand behind the line that threw.
  const { mark, lacks } = verdicts[told.question - 1];
  const explained = mark === 'cross' && !(lacks && ending.how === 'threw') && !told.always;
  return explained ? null : told;
}

/** A program that cannot be read is no answer to any question: the cross stands at the one where reading ended. */
function unreadable(failure: Failure): readonly Verdict[] {
  const question = failure.question ?? 1;
  return Array.from({ length: QUESTION_COUNT }, (_, i) =>
    i === question - 1
      ? broken(failure, failure.at)
      : notYet(`First the program must be readable: see question ${question}.`),
  );
}

function thrown(c: Case, verdicts: readonly Verdict[], { failure }: Of<'threw'>): Told {
  const { record, parts, runs } = c;
  const failed = record.runs.at(-1);
  const trained = record.runs.some((run) => runs.trains(run));
  if (failed?.error?.message === failure.message) {
    if (verdicts.some((v) => v.mark === 'cross')) return null;
    return { question: questionOfRun(c, verdicts, failure, failed), verdict: broken(failure, failed.at) };
  }
  // A slip of the language: what stands behind it is not there, and no mistake.
  if (!trained && SLIP.test(failure.message))
    return { question: firstOpen(verdicts), verdict: broken(failure, failure.at), always: true };
  const about = building(failure);
  if (about !== null) return { question: about, verdict: symptom(broken(failure, failure.at)) };
  // Shapes that do not fit behind a way that is wrong already.
  const { mark, lacks } = verdicts[3];
  if (/incompatible|Dimensions must be equal/.test(failure.message) && mark === 'cross')
    return lacks ? { question: 4, verdict: symptom(broken(failure, failure.at)) } : null;
  // A run refused before it began: a feed or a fetch that is none.
  const refused = record.sessions > 0 && /feed|fetch/i.test(failure.message);
  const question = refused ? (trained ? 10 : 9) : firstOpen(verdicts, parts.placeholders.length ? 2 : 1);
  return { question, verdict: broken(failure, failure.at) };
}

function questionOfRun(c: Case, verdicts: readonly Verdict[], failure: Failure, failed: RunRecord): number {
  const { record, runs } = c;
  if (building(failure) === 7) return 7;
  if (runs.trains(failed)) return 9;
  return record.runs.some((run) => runs.trains(run)) ? 10 : firstOpen(verdicts, 8);
}

function outOfTime({ record, graph, runs }: Case, verdicts: readonly Verdict[], ending: Of<'time'>): Told {
  const steps = record.runs.filter((run) => runs.trains(run)).length;
  const question =
    steps && verdicts[8].mark === 'tick'
      ? firstOpen(verdicts, 10)
      : steps || graph.nodes.length
        ? Math.max(firstOpen(verdicts), steps ? 9 : 1)
        : 1;
  const where = steps ? `, in training step ${steps.toLocaleString('en')}` : '';
  return { question, verdict: cross(`the program was stopped after ${ending.seconds} s${where}`, ending.at, SLOW) };
}

function leftAtOnce(verdicts: readonly Verdict[]): Told {
  const open = verdicts.findIndex((v) => v.mark === 'not yet');
  if (open < 0 || open >= QUESTION_COUNT - 1) return null;
  return {
    question: open + 1,
    verdict: { ...verdicts[open], found: 'The program ended itself with process.exit(0)' },
  };
}

function broughtDown({ record, graph }: Case, verdicts: readonly Verdict[], ending: Of<'exit' | 'killed'>): Told {
  const unknown = graph.nodes.length ? '' : ', and what it did until then is not known';
  const how =
    ending.how === 'exit'
      ? `ended itself with process.exit(${ending.code})`
      : `was ended by ${ending.signal}${unknown}`;
  const at = record.runs.at(-1)?.at ?? null;
  return {
    question: firstOpen(verdicts),
    verdict: cross(`the program ${how}`, at, 'What comes after that is never run.'),
  };
}

/** The first question, from one on, that has no tick. */
function firstOpen(verdicts: readonly Verdict[], from = 1): number {
  const i = verdicts.findIndex((v, at) => at >= from - 1 && v.mark !== 'tick');
  return i < 0 ? from : i + 1;
}

/** The question that an error while building is about: by the op that could not be made. */
function building({ op, message }: Failure): number | null {
  if (/No gradients? provided|no variables to optimize|convert a \w*Optimizer|<function minimize>/i.test(message))
    return 7;
  if ((op && /CrossEntropy/.test(op)) || /cross_entropy|sentinel|labels and logits|logits and labels/i.test(message))
    return 5;
  if (op === 'ArgMax' || op === 'Equal' || op === 'NotEqual') return 6;
  if (op === 'Mean' && /bool/.test(message)) return 6;
  if (/input_tensor/.test(message) && /bool/.test(message)) return 6;
  if (op && /^(MatMul|Reshape|BiasAdd|Relu|Softmax)$/.test(op)) return 4;
  return null;
}

function broken({ name, message }: Failure, at: Place | null): Verdict {
  const [line] = message.split('\n').filter((text) => text.trim());
  const first = line.length > LONG ? `${line.slice(0, LONG)} …` : line;
  // A message that says what to use instead says enough.
  const absent = /^tf\S* is (not a (function|constructor)|no (name|method)|not in tfjs-session)/.test(first)
    ? 'There is no such name here: type tf. in an editor to see what there is.'
    : undefined;
  const minimize = /convert a \w*Optimizer/.test(first)
    ? 'An optimizer is no node: its minimize(cost) makes the one to run.'
    : undefined;
  const promised = /object is not iterable/.test(first)
    ? 'What stands right of `const [a, b] =` is no list. runAsync gives a promise: await it, or use sess.run.'
    : undefined;
  const python =
    pythonWord(first) ??
    (/Class constructor (\w+) cannot be invoked without 'new'/.test(first)
      ? `A class is made with new: ${first.replace(/.*constructor (\w+) .*/, 'new tf.$1(…)')}.`
      : undefined);
  const module_ = /Must use import to load ES Module|in ES module scope/.test(first)
    ? 'The package.json beside the file, or above it, says "type": "module": without that line the program can be read.'
    : undefined;
  const digits = /'y' of '(Not)?Equal'.*\bfloat\d+ that does not match type int64/.test(first)
    ? 'The argmax gives digits, and the labels are still ten numbers each: compare the likeliest places of both.'
    : undefined;
  const pixels = /'[^']*MatMul\w*' \(op: 'MatMul'\) with input shapes: \[[^\]]*\], \[784,/.test(first)
    ? 'What stands before the weight is a row of 784 pixels for each picture: tf.reshape makes them.'
    : undefined;
  const otherwise =
    'The program stops here. Read the message and the line; the questions behind it are judged when it gets there.';
  return cross(
    `${name}: ${first}`,
    at,
    digits ?? python ?? pixels ?? cureOf(message) ?? minimize ?? absent ?? module_ ?? promised ?? otherwise,
  );
}
