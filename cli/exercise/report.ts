/** `exercise check --report`: the page about the training that was observed, made where its session and graph are. */
import { numbersIn } from '../../src/base/nested';
import { basename } from 'node:path';
import * as tf from '../../src';
import type { Tensor } from '../../src/graph/graph';
import { APPLY, type GraphView } from './graph';
import { affines, layers } from './layers';
import type { Parts } from './locate';
import { CLASSES, PIXELS } from './sizes';
import { RunsView } from './runs-view';
import { nd, otherFeeds } from './probe';
import type { Edge, ProgramRecord, ReportOutcome, RunRecord } from './record';

export type DataSets = ReturnType<typeof tf.examples.tutorials.mnist.inputData.readDataSets>;
export interface Trained {
  readonly session: tf.Session;
  readonly record: ProgramRecord;
  readonly view: GraphView;
  readonly parts: Parts;
  /** What the program read, where it did. */
  readonly data: DataSets | null;
  /** When to give up, by Date.now(): the verdicts must get out in time. */
  readonly until?: number;
}
interface Point {
  step: number;
  cost: number;
  accuracy?: number;
}

/** Pictures evaluated at once, where the placeholder leaves that open. */
const AT_ONCE = 1000;
/** Points on the curve of the cost, each the mean since the last one. */
const COSTS = 400;

/** Why there is no page, in words for whoever asked for it. */
class NoReport extends Error {}

/** Writes the page, or says why there is none. */
export function writeReport(path: string, trained: Trained): ReportOutcome {
  try {
    const { session, record, parts, data } = trained;
    if (!parts.logits || parts.pictures === null) {
      const missing = parts.logits ? 'a placeholder for the pictures' : 'what gives scores to the classes';
      throw new NoReport(`no model was found in the graph (${missing} is missing)`);
    }
    if (!data?.test.numExamples)
      throw new NoReport(data ? 'the test set is empty' : 'the program read no digits with readDataSets');
    const { images, labels, imageShape, numExamples } = data.test;
    const probabilities = evaluate(trained, images, numExamples);
    const history = historyOf(trained, data);
    tf.examples.report({
      path,
      session,
      history,
      images,
      labels,
      probabilities,
      imageShape: imageShape.length > 1 ? [imageShape[0], imageShape[1]] : undefined,
      title: basename(record.file),
      set: 'test set',
      costOf: 'training batches',
      accuracyOf: 'the test set',
      hyperparameters: {
        ...hyperparametersOf(trained),
        'training pictures': data.train.numExamples,
        'test pictures': numExamples,
      },
    });
    return { path };
  } catch (error) {
    return { why: whyNot(error) };
  }
}
function whyNot(error: unknown): string {
  const [first] = (error instanceof Error ? error.message : String(error)).split('\n');
  if (error instanceof NoReport) return first;
  return error instanceof tf.errors.FailedPreconditionError
    ? 'the variables had no values at the end'
    : `it could not be made: ${first}`;
}

/** The probabilities that the trained model gives the pictures. */
function evaluate(
  { session, record, parts, until = Infinity }: Trained,
  images: Float32Array,
  count: number,
): tf.NDArray {
  const ops = session.graph.getOperations();
  const input = ops[parts.pictures!].outputs[0];
  const { white, fixed, rest } = formOf(input, record, parts);
  const many = fixed ?? AT_ONCE;
  const logits = ops[parts.logits![0]].outputs[parts.logits![1]];
  const others = otherFeeds(session.graph, record, parts);
  const rows = new Float32Array(count * CLASSES);
  for (let at = 0; at < count; at += many) {
    if (Date.now() > until) throw new NoReport('the time was over before the test set was evaluated');
    const size = fixed ?? Math.min(many, count - at);
    // A batch of fixed size is filled up.
    const part = Float32Array.from({ length: size * PIXELS }, (_, i) => (images[at * PIXELS + i] ?? 0) * white);
    const got = session.run(logits, [
      [
        input,
        nd(
          input,
          [size, ...rest],
          part.map((x) => (white === 1 ? x : Math.round(x))),
        ),
      ],
      ...others,
    ] as [Tensor, tf.NDArray | number][]) as tf.NDArray;
    const scores = Float32Array.from(numbersIn(got));
    if (scores.length !== size * CLASSES || got.shape[0] !== size)
      throw new NoReport(
        `the model gives numbers of shape [${got.shape}] for ${size} pictures, and not ${CLASSES} for each`,
      );
    for (let i = 0; i < size && at + i < count; i++)
      rows.set(softmax(scores.subarray(i * CLASSES, (i + 1) * CLASSES)), (at + i) * CLASSES);
  }
  return new tf.NDArray(tf.float32, [count, CLASSES], rows);
}
/** The form in which pictures are fed: what white is, how many at once where that is fixed, and the shape of one. */
function formOf(
  input: Tensor,
  record: ProgramRecord,
  parts: Parts,
): { white: 1 | 255; fixed: number | null; rest: number[] } {
  const fed = record.runs
    .flatMap((run) => run.feeds)
    .filter((f) => f.tensor[0] === parts.pictures)
    .pop();
  if (!fed) throw new NoReport('no pictures were fed');
  // Fractions or bytes: what the program made of the pixels otherwise is not known here.
  if (fed.least < 0 || fed.most > 255)
    throw new NoReport(
      `the pictures were changed before they were fed (values from ${fed.least} to ${fed.most}), and how is not known`,
    );
  const [fixed, ...dims] = input.shape.dims ?? [null, ...fed.shape.slice(1)];
  const rest = dims.map((d) => d ?? PIXELS);
  if (rest.reduce((a, b) => a * b, 1) !== PIXELS)
    throw new NoReport(`the pictures' placeholder takes ${rest.join(' × ')} numbers and not ${PIXELS} for each`);
  return { white: fed.most <= 1 ? 1 : 255, fixed, rest };
}
function softmax(scores: Float32Array): Float32Array {
  const top = scores.reduce((a, b) => Math.max(a, b));
  const powers = scores.map((x) => Math.exp(x - top));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((x) => x / sum);
}

/** The costs that the program fetched: in a step of training, or in a run of its own with the same batch. */
function historyOf({ record, view, parts }: Trained, data: DataSets): Point[] {
  const runs = new RunsView(record, view);
  const every = Math.ceil(stepsOf(record, runs).length / COSTS);
  const history: Point[] = [];
  let [step, sum, since, measures] = [-1, 0, 0, 0];
  let batch: number | undefined;
  const flush = (): void => {
    if (since) history.push({ step, cost: sum / since });
    sum = since = 0;
  };
  for (const run of record.runs) {
    if (run.skipped || run.error) continue;
    const fed = runs.fed(run, parts.pictures);
    const trains = runs.trains(run);
    if (trains) {
      step++;
      batch = fed?.hash;
    }
    const cost = valueOf(run, parts.cost);
    if (cost !== null && (trains || (batch !== undefined && fed?.hash === batch))) {
      sum += cost;
      if (++since >= every) flush();
    }
    const accuracy =
      trains || fed?.shape[0] !== data.test.numExamples || data.test.numExamples === data.train.numExamples
        ? null
        : valueOf(run, parts.accuracy);
    if (accuracy === null || !(accuracy >= 0 && accuracy <= 1)) continue;
    flush();
    if (!history.length) continue;
    history[history.length - 1].accuracy = accuracy;
    measures++;
  }
  flush();
  // One point is no curve.
  return measures > 1 ? history : history.map(({ step: at, cost }) => ({ step: at, cost }));
}
const valueOf = (run: RunRecord, edge: Edge | null): number | null =>
  run.values[run.fetches.findIndex(([node, output]) => node === edge?.[0] && output === edge[1])] ?? null;
const stepsOf = (record: ProgramRecord, runs: RunsView): RunRecord[] =>
  record.runs.filter((run) => !run.skipped && !run.error && runs.trains(run));

function hyperparametersOf({ record, view, parts }: Trained): Record<string, number | string> {
  const runs = new RunsView(record, view);
  const steps = stepsOf(record, runs);
  const batch = steps.length ? runs.fed(steps[steps.length - 1], parts.pictures)?.shape[0] : undefined;
  const weights = affines(layers(view, parts) ?? []).flatMap(({ weight }) =>
    weight === null ? [] : record.variables.filter((v) => v.node === weight && v.shape),
  );
  const [apply] = steps.length ? view.all((n, id) => view.written(id) !== null && APPLY.test(n.op)) : [];
  const optimizer = apply === undefined ? null : view.op(apply).replace(APPLY, '');
  const source = apply === undefined ? null : view.rateOf(apply);
  const rate = source === null ? null : view.constant(source);
  return {
    steps: steps.length,
    ...(record.skippedSteps ? { 'steps left out (--quick)': record.skippedSteps } : {}),
    ...(batch ? { 'batch size': batch } : {}),
    ...(weights.length ? { 'weights of the layers': weights.map((v) => v.shape!.join(' × ')).join(', ') } : {}),
    ...(optimizer ? { optimizer } : {}),
    ...(rate?.length === 1 ? { 'learning rate': Number(rate[0].toPrecision(6)) } : {}),
  };
}
