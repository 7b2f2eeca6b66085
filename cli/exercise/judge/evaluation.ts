/** Question 10, accuracy and cost on whole sets. */
import type { RunRecord, SetRecord } from '../record';
import { countsOn } from './counting';
import { dropsIn } from './dropout';
import { mismeasured } from './labels';
import { type Evaluation, type SetName, isWholeSet, lastIndex, sourceOf } from './measured';
import { madeUp, oneSetTwice, unprinted } from './printing';
import { isSameLine, runError } from './run-error';
import {
  type Case,
  type Check,
  type Verdict,
  cross,
  figure,
  firstVerdict,
  notYet,
  symptom,
  tick,
  trainingRuns,
} from './verdict';

const WHOLE =
  'Behind the loop the same fetches, accuracy and cost and not the train step, with all pictures and labels ' +
  'of a set: once for mnist.test, once for mnist.train.';

/** The figures that a program computed, and the runs in which it did. */
interface Measurement {
  readonly c: Case;
  readonly found: Evaluation;
  /** The figures that are not there, in words. */
  readonly missing: readonly string[];
  /** The first run that trained. */
  readonly first: number;
  /** The runs behind the last step that do not set variables. */
  readonly after: readonly RunRecord[];
}

export function judgeEvaluation(c: Case, found: Evaluation): Verdict {
  const { record, runs } = c;
  const trained = (run: RunRecord): boolean => runs.trains(run) && run.error === null;
  const first = record.runs.findIndex(trained);
  if (first < 0 || record.ending.how === 'early') return notYet(`When the network is trained. ${WHOLE}`);
  const missing = (['train', 'test'] as const).flatMap((set) => [
    ...(found[set].accuracy === null ? [`accuracy on the ${set} set`] : []),
    ...(found[set].cost === null ? [`cost on the ${set} set`] : []),
  ]);
  const after = record.runs.slice(lastIndex(record.runs, trained) + 1).filter((run) => !runs.sets(run));
  const measurement = { c, found, missing, first, after };
  const checks: readonly Check<Measurement>[] = [
    trainsToo,
    failedRun,
    unprinted,
    oneSetTwice,
    madeUp,
    ({ c }) => mismeasured(c),
    nothingAfter,
    batchOnly,
    incomplete,
    drops,
    accumulated,
  ];
  return firstVerdict(measurement, checks) ?? ticked(found);
}

function ticked(found: Evaluation): Verdict {
  const show = (set: SetName): string =>
    `${set}: accuracy ${figure(found[set].accuracy!)}, cost ${figure(found[set].cost!)}`;
  return tick(`${show('train')}; ${show('test')}`);
}

function trainsToo({ c }: Measurement): Verdict | null {
  const steps = trainingRuns(c);
  const training = steps.find((run) => run.error === null && isWholeSet(c, run));
  if (!training || steps.every((run) => isWholeSet(c, run))) return null;
  return cross(
    'the evaluation runs the train step too: it learns from the set that it measures',
    training.at,
    'Fetch accuracy and cost only.',
  );
}
function failedRun({ c, first }: Measurement): Verdict | null {
  const steps = trainingRuns(c);
  const failed = c.record.runs
    .slice(first)
    .find((run) => run.error !== null && !c.runs.trains(run) && !steps.some((step) => isSameLine(step, run)));
  return failed ? runError(c, failed) : null;
}
function drops({ c, after }: Measurement): Verdict | null {
  const run = after.find((each) => each.fetches.some(([n]) => n === c.parts.accuracy?.[0]));
  const at = run ? dropsIn(c, run) : null;
  if (!run || at === null) return null;
  return cross(
    'dropout is on while the sets are measured: units are left out at random, as in training',
    c.graph.at(at) ?? run.at,
    'What is kept is a placeholder with a default of 1, and fed in training only.',
  );
}
const accumulated = ({ c, first }: Measurement): Verdict | null => countsOn(c, first, (hash) => sourceOf(c, hash));
function nothingAfter({ c, missing, after }: Measurement): Verdict | null {
  if (!missing.length || after.length) return null;
  const before = c.record.runs.find((run) => !c.runs.trains(run) && isWholeSet(c, run));
  if (!before) return notYet(WHOLE);
  return cross(
    'the whole sets are evaluated before the last training step only',
    before.at,
    'What they give there is of a network that is not trained: evaluate behind the loop.',
  );
}
function batchOnly(measurement: Measurement): Verdict | null {
  const { c, found, missing } = measurement;
  if (!missing.length || found.train.seen || found.test.seen) return null;
  const partial = partOf(measurement);
  if (!partial) return null;
  const sizes = c.record.sets.filter((s) => s.name !== 'validation').map((s) => s.examples.toLocaleString('en'));
  const text = `the evaluation is on ${shownRows(partial)} pictures: the whole sets have ${sizes.join(' and ')}`;
  return symptom(cross(text, partial.run.at, WHOLE));
}
/** Figures of a part of a set: the run, the pictures in it, and in all runs of its line. */
interface Part {
  readonly run: RunRecord;
  readonly rows: number;
  readonly all: number;
}
const shownRows = ({ rows, all }: Part): string =>
  all > rows ? `${all.toLocaleString('en')} (in parts of ${rows})` : rows.toLocaleString('en');
/** The first run whose figures are of no whole set. */
function partOf({ c, found, after }: Measurement): Part | null {
  const { record, parts, runs } = c;
  const wanted = (node: number): boolean => parts.costs.has(node) || node === parts.accuracy?.[0];
  const measured = after.flatMap((run) => {
    const fed = runs.fed(run, parts.pictures);
    const isWhole = (s: SetRecord): boolean =>
      s.examples === fed?.shape[0] && (sourceOf(c, fed.hash) ?? s.name) === s.name;
    const isPart = fed && !found.parts.has(run) && !record.sets.some(isWhole);
    return isPart && run.fetches.some(([n]) => wanted(n)) ? [{ run, rows: fed.shape[0], hash: fed.hash }] : [];
  });
  if (!measured.length) return null;
  const [{ run, rows, hash }] = measured;
  const from = sourceOf(c, hash);
  const same = measured.filter((other) => isSameLine(run, other.run) && sourceOf(c, other.hash) === from);
  const all = [...new Map(same.map((other) => [other.hash, other.rows])).values()].reduce((sum, n) => sum + n, 0);
  return { run, rows, all: from === null ? rows : all };
}
function incomplete(measurement: Measurement): Verdict | null {
  const { c, found, missing, after } = measurement;
  const { record, parts, runs } = c;
  if (!missing.length) return null;
  const partial = partOf(measurement);
  const set = found.train.seen ? 'test' : 'train';
  if (partial && found[set].accuracy === null && found[set].cost === null) {
    const size = record.sets.find(({ name }) => name === set)?.examples.toLocaleString('en') ?? '';
    return symptom(
      cross(
        `what is measured beside the ${set === 'train' ? 'test' : 'train'} set is of ${shownRows(partial)} pictures: ` +
          `the ${set} set has ${size}`,
        partial.run.at,
        'Feed all pictures and labels of the set, or batches that make up all of it, each once.',
      ),
    );
  }
  const validation = record.sets.find((s) => s.name === 'validation')?.examples || undefined;
  const other = validation && after.some((run) => runs.fed(run, parts.pictures)?.shape[0] === validation);
  const text = `missing: ${missing.join(', ')}${other ? ' (the validation set is neither)' : ''}`;
  return symptom(cross(text, after[0].at, WHOLE));
}
