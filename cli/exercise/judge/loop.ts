/** Question 9, the loop, and question 10, accuracy and cost on whole sets. */
import type { RunRecord } from '../record';
import { type Case, type Verdict, cross, figure, notYet, tick, trainingRuns } from './verdict';

const LOOP =
  'for (let step = 0; step < 20000; step++) { const [images, labels] = mnist.train.nextBatch(100); const [, c] = sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels }); … }';

export function judgeLoop(c: Case): Verdict {
  const { record, graph, parts, runs, expect } = c;
  const failed = record.runs.find(
    (run) => run.error !== null && runs.trains(run) && !/uninitialized/.test(run.error.message),
  );
  const steps = trainingRuns(c).filter((run) => run.error === null);
  if (failed && !steps.length) return runError(c, failed);
  const rows = (run: RunRecord): number | null => runs.fed(run, parts.pictures)?.shape[0] ?? null;
  if (!steps.length) {
    const costs = record.runs.filter((run) => run.error === null && run.fetches.some(([n]) => parts.costs.has(n)));
    if (costs.length > 10)
      return cross(
        `${costs.length} runs compute the cost, and none runs the train step: nothing is learned`,
        costs[0].at,
        'Fetch both: sess.run([trainStep, cost], …).',
      );
    return notYet(LOOP);
  }
  const at = steps[0].at;
  // One call in a loop and another behind it differ by their line: the one with most runs is the loop.
  const grown = steps.findIndex((run, i) => i > 0 && run.nodes > steps[i - 1].nodes);
  const growing = steps.filter((run, i) => i > 0 && run.nodes > steps[i - 1].nodes).length;
  if (growing > 2) {
    const added = steps[grown].nodes - steps[grown - 1].nodes;
    const first = graph.node(steps[grown].nodes - 1);
    return cross(
      `every step adds ${added === 1 ? 'a node' : `${added} nodes`} to the graph ('${first.name}' and so on): it gets slower and slower`,
      first.at,
      'Build the graph once, before the loop; in it only sess.run. An op, a minimize or an initializer inside the loop makes new nodes each time.',
    );
  }
  if (failed) return runError(c, failed);
  if (c.lost?.question === 9) return c.lost.verdict;
  // What was not run was not looked at either.
  const looked = steps.filter((run) => !run.skipped);
  const pictures = looked.map((run) => runs.fed(run, parts.pictures)).filter((f) => f !== undefined);
  if (pictures.length) {
    const whole = record.sets.find((s) => s.name === 'train')?.examples;
    const size = rows(steps[0]);
    if (whole !== undefined && size !== null && size >= whole && steps.length > 1)
      return cross(
        `every step is fed all ${size} pictures`,
        at,
        'A mini-batch of about 100 gives nearly the same direction in a five-hundredth of the time: mnist.train.nextBatch(100).',
      );
    if (steps.length > 5 && new Set(pictures.map((f) => f.hash)).size === 1)
      return cross(
        'every step is fed the same pictures',
        at,
        'Call mnist.train.nextBatch(100) inside the loop: each call gives the next ones.',
      );
    const labels = looked.map((run) => runs.fed(run, parts.labels)).filter((f) => f !== undefined);
    if (steps.length > 5 && labels.length && new Set(labels.map((f) => f.hash)).size === 1)
      return cross(
        'the pictures change and the labels do not',
        at,
        'Take both from one call: const [images, labels] = mnist.train.nextBatch(100).',
      );
    const drawn = new Map(record.batches.map((b) => [b.images, b]));
    const byLabels = new Map(record.batches.map((b) => [b.labels, b]));
    const known = looked.slice(0, 500).flatMap((run) => {
      const [x, y] = [runs.fed(run, parts.pictures), runs.fed(run, parts.labels)];
      const batch = x && drawn.get(x.hash);
      return batch && y ? [{ batch, y, mixed: batch.labels !== y.hash && byLabels.has(y.hash) }] : [];
    });
    if (known.length > 5 && known.every((k) => k.mixed))
      return cross(
        'the labels belong to another batch than the pictures',
        at,
        'Each call of nextBatch goes on: take both from one call, const [images, labels] = mnist.train.nextBatch(100).',
      );
    const foreign = known.find((k) => k.batch.set !== 'train');
    if (foreign)
      return cross(
        `the batches come from the ${foreign.batch.set} set`,
        at,
        'Train on mnist.train; the test set must stay unseen, or its accuracy says nothing.',
      );
  }
  const stopped = record.runs.find((run) => run.error !== null && isSameLine(run, steps[0]));
  if (stopped && steps.length < expect.steps / 2) return runError(c, stopped);
  const { ending } = record;
  if (ending.how === 'time' && steps.length < expect.steps / 2) {
    return cross(
      `the program was stopped after ${ending.seconds} s, in training step ${steps.length.toLocaleString('en')}`,
      ending.at ?? at,
      'Does the loop end? Is the step counted up? If it is only slow: --time-limit <seconds>, or --quick.',
    );
  }
  if (steps.length < expect.steps / 2)
    return cross(
      `the loop ran ${steps.length === 1 ? 'one training step' : `${steps.length.toLocaleString('en')} training steps`}: the exercise asks for ${expect.steps.toLocaleString('en')}`,
      at,
      LOOP,
    );
  const first = record.runs.indexOf(steps[0]);
  const last = record.runs.indexOf(steps.at(-1)!);
  const during = record.runs.slice(first, last + 1);
  if (!during.some((run) => run.fetches.some(([n]) => parts.costs.has(n) || n === parts.accuracy?.[0]))) {
    if (!during.some((run) => run.values.some((v) => v !== null)))
      return cross(
        'the loop runs the train step and never fetches the cost',
        at,
        'Fetch both: const [, c] = sess.run([trainStep, cost], …), and print c now and then.',
      );
  }
  // What was printed behind the last step is noted with the run after it.
  if (!record.runs.slice(first + 1, last + 2).some((run) => run.printed > 0))
    return cross(
      'the loop prints nothing',
      at,
      'if (step % 1000 === 0) console.log(`Cost at step ${step}: ${c}`); a cost that does not fall is the first sign of a mistake.',
    );
  return tick(
    `${steps.length.toLocaleString('en')} steps${rows(steps[0]) === null ? '' : ` on batches of ${rows(steps[0])}`}${record.skippedSteps ? `, ${(steps.length - record.skippedSteps).toLocaleString('en')} of them run (--quick)` : ''}`,
  );
}

function isSameLine(a: RunRecord, b: RunRecord): boolean {
  return a.at !== null && a.at.file === b.at?.file && a.at.line === b.at.line;
}

/** A run that failed, in the words of its question. */
export function runError({ parts }: Case, run: RunRecord): Verdict {
  const error = run.error!;
  const [line] = error.message.split('\n');
  const fix =
    /fix: ([^\n]*)/.exec(error.message)?.[1] ??
    /likely cause: ([^\n]*)/.exec(error.message)?.[1] ??
    /did you mean[^\n]*/.exec(error.message)?.[0];
  const feed =
    run.feeds.length < 2 && /placeholder|feed/i.test(line) && parts.labels !== null
      ? 'The run needs both: { [X.name]: images, [Y.name]: labels }.'
      : null;
  const swapped =
    /Cannot feed value of shape/.test(line) && run.feeds.length === 2
      ? 'Pictures go to X, labels to Y: { [X.name]: images, [Y.name]: labels }.'
      : null;
  return cross(
    `${error.name}: ${line}`,
    run.at ?? error.at,
    feed ?? swapped ?? fix ?? 'Read the first line of the message: it names the node, its line and what did not fit.',
  );
}

const EVALUATE =
  'sess.run([accuracy, cost], { [X.name]: mnist.test.images, [Y.name]: mnist.test.labels }), and the same with mnist.train.';

const PER_CENT = 100;
/** What a program computed on whole sets after its last training step. */
export interface Evaluation {
  readonly train: Figures;
  readonly test: Figures;
  readonly inParts: boolean;
}
export interface Figures {
  readonly accuracy: number | null;
  readonly cost: number | null;
  readonly seen: boolean;
}

export function evaluate(c: Case): Evaluation {
  const { record, parts, runs } = c;
  const lastStep = lastIndex(record.runs, (run) => runs.trains(run) && run.error === null && !isWholeSet(c, run));
  const after = record.runs.slice(lastStep + 1).filter((run) => run.error === null && !runs.trains(run));
  const sized = after.flatMap((run) => {
    const fed = runs.fed(run, parts.pictures);
    return fed ? [{ run, rows: fed.shape[0], hash: fed.hash }] : [];
  });
  const accuracies: ReadonlySet<number> = new Set(parts.accuracy ? [parts.accuracy[0]] : []);
  const value = (run: RunRecord, nodes: ReadonlySet<number>): number | null => {
    const i = run.fetches.findIndex(([n]) => nodes.has(n));
    return i < 0 ? null : run.values[i];
  };
  let inParts = false;
  // Parts of the one set are not parts of the other.
  const taken = new Set<RunRecord>();
  const figures = (name: 'train' | 'test'): Figures => {
    const examples = record.sets.filter((s) => s.name === name).map((s) => s.examples);
    const counted: RunRecord[] = [];
    const stretch = (nodes: ReadonlySet<number>): number | null => {
      const with_ = sized.filter(({ run }) => value(run, nodes) !== null && !taken.has(run));
      const whole = with_.find(({ rows }) => examples.includes(rows));
      if (whole) return value(whole.run, nodes);
      for (let from = 0; from < with_.length; from++) {
        let rows = 0;
        let sum = 0;
        const seen = new Set<number>();
        for (let i = from; i < with_.length && !seen.has(with_[i].hash); i++) {
          seen.add(with_[i].hash);
          rows += with_[i].rows;
          sum += value(with_[i].run, nodes)! * with_[i].rows;
          if (examples.includes(rows)) {
            inParts = true;
            counted.push(...with_.slice(from, i + 1).map(({ run }) => run));
            return sum / rows;
          }
          if (rows > Math.max(...examples)) break;
        }
      }
      return null;
    };
    const share = stretch(accuracies);
    const accuracy = share !== null && share > 1 ? share / PER_CENT : share;
    const cost = stretch(parts.costs);
    for (const run of counted) taken.add(run);
    return { accuracy, cost, seen: accuracy !== null || cost !== null };
  };
  // The larger set first: a part of it could be as large as the whole other.
  const train = figures('train');
  const test = figures('test');
  return { train, test, inParts };
}
function lastIndex<T>(list: readonly T[], test: (item: T) => boolean): number {
  let at = list.length - 1;
  while (at >= 0 && !test(list[at])) at--;
  return at;
}
function isWholeSet({ record, parts, runs }: Case, run: RunRecord): boolean {
  const rows = runs.fed(run, parts.pictures)?.shape[0];
  return rows !== undefined && record.sets.some((s) => s.examples === rows && rows > 200);
}

export function judgeEvaluation(c: Case, found: Evaluation): Verdict {
  const { record, parts, runs } = c;
  const steps = trainingRuns(c);
  const first = record.runs.findIndex((run) => runs.trains(run) && run.error === null);
  if (first < 0) return notYet(`When the network is trained: ${EVALUATE}`);
  const training = steps.find((run) => run.error === null && isWholeSet(c, run));
  if (training && steps.filter((run) => isWholeSet(c, run)).length < steps.length)
    return cross(
      'the evaluation runs the train step too: it learns from the set that it measures',
      training.at,
      `Fetch accuracy and cost only: ${EVALUATE}`,
    );
  const failed = record.runs
    .slice(first)
    .find((run) => run.error !== null && !runs.trains(run) && !steps.some((step) => isSameLine(step, run)));
  if (failed) return runError(c, failed);
  const lastStep = lastIndex(record.runs, (run) => runs.trains(run) && run.error === null);
  const after = record.runs.slice(lastStep + 1).filter((run) => !runs.sets(run));
  const missing = (['train', 'test'] as const).flatMap((set) => [
    ...(found[set].accuracy === null ? [`accuracy on the ${set} set`] : []),
    ...(found[set].cost === null ? [`cost on the ${set} set`] : []),
  ]);
  if (!missing.length) {
    const show = (set: 'train' | 'test'): string =>
      `${set}: accuracy ${figure(found[set].accuracy!)}, cost ${figure(found[set].cost!)}`;
    return tick(`${show('train')}; ${show('test')}`);
  }
  if (!after.length) {
    const before = record.runs.find((run) => !runs.trains(run) && isWholeSet(c, run));
    return before
      ? cross(
          'the whole sets are evaluated before the last training step only',
          before.at,
          `Evaluate behind the loop: ${EVALUATE}`,
        )
      : notYet(`Behind the loop: ${EVALUATE}`);
  }
  const partial = after.find((run) => {
    const rows = runs.fed(run, parts.pictures)?.shape[0];
    return rows !== undefined && !record.sets.some((s) => s.examples === rows);
  });
  if (partial && !found.train.seen && !found.test.seen) {
    const rows = runs.fed(partial, parts.pictures)!.shape[0];
    const sizes = record.sets
      .filter((s) => s.name !== 'validation')
      .map((s) => s.examples.toLocaleString('en'))
      .join(' and ');
    return cross(`the evaluation is on ${rows} pictures: the whole sets have ${sizes}`, partial.at, EVALUATE);
  }
  const fromOther = after.find((run) => {
    const rows = runs.fed(run, parts.pictures)?.shape[0];
    return record.sets.some((s) => s.name === 'validation' && s.examples > 0 && s.examples === rows);
  });
  return cross(
    `missing: ${missing.join(', ')}${fromOther ? ' (the validation set is neither)' : ''}`,
    after[0].at,
    EVALUATE,
  );
}
