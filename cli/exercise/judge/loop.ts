/** Question 9, the loop. */
import type { Place, RunRecord } from '../record';
import { IN_ORDER, nothingPrinted, onlyAccuracy, sameNumber } from './printing';
import { isSameLine, runError } from './run-error';
import {
  type Case,
  type Check,
  type Verdict,
  cross,
  firstVerdict,
  lacking,
  notYet,
  symptom,
  tick,
  trainingRuns,
} from './verdict';

const LOOP =
  'In each round: the next mini-batch, one run of the train step and the cost, and now and then a line with the step ' +
  'and the cost.';
const SLOW = 'Does the loop end? Is the step counted up? If it is only slow: --time-limit <seconds>, or --quick.';
/** So many steps tell whether what is fed changes. */
const FEW = 5;
/** The batches of so many steps are looked up. */
const LOOKED_UP = 500;

interface Loop {
  readonly c: Case;
  /** The steps of training, in order, and the place of the first. */
  readonly steps: readonly RunRecord[];
  readonly at: Place | null;
  /** Those that were run: what `--quick` answered was not looked at. */
  readonly looked: readonly RunRecord[];
  /** How many pictures a step is fed. */
  readonly rows: number | null;
  readonly failed: RunRecord | undefined;
}

export function judgeLoop(c: Case): Verdict {
  const { record, parts, runs } = c;
  const failed = record.runs.find(
    (run) => run.error !== null && runs.trains(run) && !/uninitialized/.test(run.error.message),
  );
  const steps = trainingRuns(c).filter((run) => run.error === null);
  if (record.overlapping)
    return cross(
      'a step begins while the one before it is not done: runAsync gives a promise, and nobody waits for it',
      record.overlapping,
      'Write await in front of it, in a function that is async; or use sess.run, which waits.',
    );
  if (!steps.length) return failed ? runError(c, failed) : withoutSteps(c);
  const loop: Loop = {
    c,
    steps,
    at: steps[0].at,
    looked: steps.filter((run) => !run.skipped),
    rows: runs.fed(steps[0], parts.pictures)?.shape[0] ?? null,
    failed,
  };
  return firstVerdict(loop, CHECKS) ?? ticked(loop);
}

const CHECKS: readonly Check<Loop>[] = [
  growingGraph,
  endless,
  failedStep,
  lostBatch,
  allPictures,
  onePicture,
  samePictures,
  sameLabels,
  mixedBatches,
  otherLabels,
  fewBatches,
  foreignSet,
  tooFewSteps,
  costNotFetched,
  ({ c, steps }) => nothingPrinted(c, steps),
  ({ c, steps }) => onlyAccuracy(c, steps),
  ({ c, steps }) => sameNumber(c, steps),
];

function ticked({ c: { record }, steps, rows }: Loop): Verdict {
  const batches = rows === null ? '' : ` on batches of ${rows}`;
  const run = (steps.length - record.skippedSteps).toLocaleString('en');
  const quick = record.skippedSteps ? `, ${run} of them run (--quick)` : '';
  return tick(`${steps.length.toLocaleString('en')} steps${batches}${quick}`);
}

function withoutSteps({ record, parts }: Case): Verdict {
  const costs = record.runs.filter((run) => run.error === null && run.fetches.some(([n]) => parts.costs.has(n)));
  if (costs.length <= 10) return notYet(LOOP);
  const text = `${costs.length} runs compute the cost, and none runs the train step: nothing is learned`;
  return symptom(lacking(text, costs[0].at, 'One run can fetch both, the train step and the cost.'));
}

function growingGraph({ c: { graph }, steps }: Loop): Verdict | null {
  const grows = (run: RunRecord, i: number): boolean => i > 0 && run.nodes > steps[i - 1].nodes;
  if (steps.filter(grows).length <= 2) return null;
  const i = steps.findIndex(grows);
  const added = steps[i].nodes - steps[i - 1].nodes;
  const first = graph.node(steps[i].nodes - 1);
  const what = `every step adds ${added === 1 ? 'a node' : `${added} nodes`} to the graph ('${first.name}' and so on)`;
  return cross(
    `${what}: it gets slower and slower`,
    first.at,
    'Build the graph once, before the loop; in it only sess.run. An op, a minimize or an initializer inside the loop ' +
      'makes new nodes each time.',
  );
}
/** With `--quick`, where many rounds take no time. */
function endless({ c: { record, expect } }: Loop): Verdict | null {
  const { ending, skippedSteps } = record;
  if (ending.how !== 'early' || !skippedSteps) return null;
  const [done, asked] = [ending.rounds, expect.steps].map((n) => n.toLocaleString('en'));
  const text = `the loop had not ended after ${done} rounds, where ${asked} are asked for`;
  return cross(text, ending.at, 'Is the step counted up, and does the loop end when there are enough?');
}
function failedStep({ c, failed }: Loop): Verdict | null {
  return failed ? runError(c, failed) : null;
}
function lostBatch({ c: { lost } }: Loop): Verdict | null {
  return lost?.question === 9 ? lost.verdict : null;
}

function allPictures({ c: { record }, steps, rows, at }: Loop): Verdict | null {
  const whole = record.sets.find((s) => s.name === 'train')?.examples;
  if (whole === undefined || rows === null || rows < whole || steps.length < 2) return null;
  const faster =
    'A mini-batch of about 100 gives nearly the same direction in a five-hundredth of the time: see nextBatch.';
  return symptom(cross(`every step is fed all ${rows} pictures`, at, faster));
}
function onePicture({ steps, rows, at }: Loop): Verdict | null {
  if (rows !== 1 || steps.length <= FEW) return null;
  return cross(
    'every step is fed one picture',
    at,
    'One picture says little of the others, and the steps go to and fro: take a mini-batch of about 100.',
  );
}

/** Whether all steps are fed the same at a placeholder. */
function isFixed({ c: { runs }, steps, looked }: Loop, placeholder: number | null): boolean {
  const fed = looked.map((run) => runs.fed(run, placeholder)).filter((f) => f !== undefined);
  return steps.length > FEW && fed.length > 0 && new Set(fed.map((f) => f.hash)).size === 1;
}
function samePictures(loop: Loop): Verdict | null {
  if (!isFixed(loop, loop.c.parts.pictures)) return null;
  return cross(
    'every step is fed the same pictures',
    loop.at,
    'Call nextBatch inside the loop: each call gives the next pictures and labels.',
  );
}
const ONE_CALL = 'Each call of nextBatch goes on: take pictures and labels from one.';
function sameLabels(loop: Loop): Verdict | null {
  const { pictures, labels } = loop.c.parts;
  const fed = loop.looked.some((run) => loop.c.runs.fed(run, pictures));
  if (!fed || !isFixed(loop, labels)) return null;
  return cross('the pictures change and the labels do not', loop.at, ONE_CALL);
}

/** The batches of the first steps that came from a data set. */
function knownBatches({ c: { record, parts, runs }, looked }: Loop) {
  const drawn = new Map(record.batches.map((b) => [b.images, b]));
  const byLabels = new Map(record.batches.map((b) => [b.labels, b]));
  return looked.slice(0, LOOKED_UP).flatMap((run) => {
    const [x, y] = [runs.fed(run, parts.pictures), runs.fed(run, parts.labels)];
    const batch = x && drawn.get(x.hash);
    return batch && y ? [{ batch, mixed: batch.labels !== y.hash && byLabels.has(y.hash) }] : [];
  });
}
function mixedBatches(loop: Loop): Verdict | null {
  const known = knownBatches(loop);
  if (known.length <= FEW || !known.every((k) => k.mixed)) return null;
  return cross('the labels belong to another batch than the pictures', loop.at, ONE_CALL);
}
function otherLabels({ c: { record }, at }: Loop): Verdict | null {
  if (record.mislabelled <= FEW) return null;
  return cross(
    'the labels that are fed are not those of the pictures: most pictures are given the digit of another',
    at,
    'Pictures and labels stay in one order: what shuffles, cuts or turns the ones does the same with the others.',
  );
}
/** A few batches again and again, where a set of pictures is there. */
function fewBatches({ c: { record, parts, runs }, looked, rows, at }: Loop): Verdict | null {
  const whole = record.sets.find((s) => s.name === 'train')?.examples;
  const fed = looked.flatMap((run) => runs.fed(run, parts.pictures)?.hash ?? []);
  const different = new Set(fed).size;
  if (whole === undefined || rows === null || different * 3 > fed.length || different * rows * 2 > whole) return null;
  const [seen, all] = [different * rows, whole].map((n) => n.toLocaleString('en'));
  return cross(
    `${fed.length} steps were fed the same ${different} batches in turn: ${seen} of the ${all} training pictures`,
    at,
    'Call nextBatch inside the loop: it goes through the whole training set, and then through it again.',
  );
}
function foreignSet(loop: Loop): Verdict | null {
  const foreign = knownBatches(loop).find((k) => k.batch.set !== 'train');
  if (!foreign) return null;
  return cross(
    `the batches come from the ${foreign.batch.set} set`,
    loop.at,
    'Train on mnist.train; the test set must stay unseen, or its accuracy says nothing.',
  );
}

function tooFewSteps({ c, steps, at }: Loop): Verdict | null {
  const { record, expect } = c;
  if (steps.length >= expect.steps / 2) return null;
  const stopped = record.runs.find((run) => run.error !== null && isSameLine(run, steps[0]));
  if (stopped) return runError(c, stopped);
  const { ending } = record;
  const count = steps.length.toLocaleString('en');
  if (ending.how === 'early') return notYet(LOOP);
  if (ending.how === 'time')
    return cross(`the program was stopped after ${ending.seconds} s, in training step ${count}`, ending.at ?? at, SLOW);
  const ran = steps.length === 1 ? 'one training step' : `${count} training steps`;
  return cross(`the loop ran ${ran}: the exercise asks for ${expect.steps.toLocaleString('en')}`, at, LOOP);
}

function costNotFetched({ c: { record, parts }, steps, at }: Loop): Verdict | null {
  const during = record.runs.slice(record.runs.indexOf(steps[0]), record.runs.indexOf(steps.at(-1)!) + 1);
  const tells = (node: number): boolean => parts.costs.has(node) || node === parts.accuracy?.[0];
  if (during.some((run) => run.fetches.some(([n]) => tells(n)) || run.values.some((v) => v !== null))) return null;
  return cross(
    'the loop runs the train step and never fetches the cost',
    at,
    `One run can fetch both. ${IN_ORDER} Print it now and then.`,
  );
}
