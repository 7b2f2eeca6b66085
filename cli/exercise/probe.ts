/**
 * Runs small batches through the finished graph in a session of its own. What the cost and the accuracy come to,
 * beside what the logits say they should, judges a formula however it is spelled.
 */
import { numbersIn } from '../../src/base/nested';
import * as tf from '../../src';
import type { Graph, Tensor } from '../../src/graph/graph';
import { GraphKeys } from '../../src/graph/keys';
import { GraphView } from './graph';
import type { Parts } from './locate';
import { CLASSES, PIXELS } from './sizes';
import { RunsView } from './runs-view';
import type { Edge, Probe, ProgramRecord, Sample } from './record';

const PICTURES = 16;
/** In each sample, how many of the made-up labels are what the untrained network answers. */
const RIGHT = [10, 3, 14];
const BRIGHT = 1e4;

type Feed = readonly [Tensor, tf.NDArray | number | boolean];
/** How pictures and labels go into the graph. */
interface Inlets {
  readonly session: tf.Session;
  readonly logits: Tensor;
  /** What the accuracy is of: the logits, or what the same parameters give without dropout. */
  readonly evaluated: Tensor;
  readonly pictures: Tensor;
  readonly pictureShape: readonly number[];
  readonly labels: Tensor;
  readonly labelShape: readonly number[];
  /** For other placeholders. */
  readonly others: readonly Feed[];
}

export function probe(graph: Graph, record: ProgramRecord, parts: Parts): Probe | null {
  const { pictures, labels, logits, cost, accuracy } = parts;
  if (pictures === null || labels === null || !logits || record.ending.how === 'syntax') return null;
  const ops = graph.getOperations();
  const pictureShape = shapeFor(graph, record, pictures, PIXELS);
  const labelShape = shapeFor(graph, record, labels, CLASSES);
  if (!pictureShape || !labelShape || pictureShape.reduce((a, b) => a * b) !== PICTURES * PIXELS) return null;
  const session = new tf.Session('', { graph });
  try {
    const variables = graph.getCollection<tf.Variable>(GraphKeys.GLOBAL_VARIABLES);
    if (variables.length) session.run(variables.map((v) => v.initializer));
    const at = (edge: Edge | null): Tensor | null => (edge ? ops[edge[0]].outputs[edge[1]] : null);
    const ofLogits = at(logits)!;
    const inlets: Inlets = {
      session,
      logits: ofLogits,
      evaluated: at(parts.evaluated) ?? ofLogits,
      pictures: ops[pictures].outputs[0],
      pictureShape,
      labels: ops[labels].outputs[0],
      labelShape,
      others: otherFeeds(graph, record, parts),
    };
    const bytes = /int/.test(inlets.pictures.dtype.name);
    const samples = RIGHT.map((right, i) =>
      sampleOf(inlets, randomPictures(i, bytes ? 255 : 1), right, at(cost), at(accuracy)),
    );
    if (!samples.every((sample) => sample !== null)) return null;
    return {
      pictures: PICTURES,
      samples,
      mixed: mixes(inlets),
      brightCost: bytes ? null : brightCost(inlets, at(cost)),
    };
  } catch {
    // A graph that cannot run is judged by its structure, and by what the program's own runs said.
    return null;
  } finally {
    session.close();
  }
}

/** The shape of a sample at a placeholder; null where it takes none of that size. */
function shapeFor(graph: Graph, record: ProgramRecord, id: number, each: number): number[] | null {
  const own = graph.getOperations()[id].outputs[0].shape.dims;
  const dims = own ?? record.runs.flatMap((r) => r.feeds).find((f) => f.tensor[0] === id)?.shape;
  if (!dims) return null;
  const fixed = own !== null && own !== undefined && own[0] !== null && own[0] !== PICTURES;
  return fixed ? null : [PICTURES, ...dims.slice(1).map((d) => d ?? each)];
}

function sampleOf(
  inlets: Inlets,
  images: ArrayLike<number>,
  right: number,
  cost: Tensor | null,
  accuracy: Tensor | null,
): Sample | null {
  const scores = scoresOf(inlets, images);
  if (scores.size !== PICTURES * CLASSES) return null;
  const truth = rowsOf(scores).map((row, i) => (largest(row) + (i < right ? 0 : 1 + (i % (CLASSES - 1)))) % CLASSES);
  const costs = evaluate(inlets, inlets.logits, cost, images, truth);
  const shares = evaluate(inlets, inlets.evaluated, accuracy, images, truth);
  const rows = costs?.rows ?? rowsOf(scores);
  return {
    meanCrossEntropy: rows.reduce((sum, row, i) => sum + logSumExp(row) - row[truth[i]], 0) / PICTURES,
    share: (shares?.rows ?? rows).filter((row, i) => largest(row) === truth[i]).length / PICTURES,
    cost: costs?.value ?? null,
    accuracy: shares?.value ?? null,
  };
}
function scoresOf(inlets: Inlets, images: ArrayLike<number>): tf.NDArray {
  return inlets.session.run(inlets.evaluated, [pictureFeed(inlets, images), ...inlets.others]) as tf.NDArray;
}
function brightCost(inlets: Inlets, cost: Tensor | null): number | null {
  const images = randomPictures(0, BRIGHT);
  const truth = Array.from({ length: PICTURES }, (_, i) => i % CLASSES);
  return evaluate(inlets, inlets.logits, cost, images, truth)?.value ?? null;
}
/** Whether a picture gets other logits where the pictures before it are others: all moved on by one place. */
function mixes(inlets: Inlets): boolean {
  const images = randomPictures(0, 1);
  const moved = Float64Array.from(images, (_, i) => images[(i + PIXELS) % images.length]);
  const differ = (a: readonly number[][], b: readonly number[][], by: number): boolean =>
    a.some((_, i) => a[(i + by) % PICTURES].some((x, k) => Math.abs(x - b[i][k]) > 1e-3 * (1 + Math.abs(x))));
  const rows = rowsOf(scoresOf(inlets, images));
  // What is random, as dropout, tells nothing of this.
  return !differ(rows, rowsOf(scoresOf(inlets, images)), 0) && differ(rows, rowsOf(scoresOf(inlets, moved)), 1);
}

/** In one run with the logits: what is random in the graph (dropout) is then the same for all. */
function evaluate(
  inlets: Inlets,
  logits: Tensor,
  tensor: Tensor | null,
  images: ArrayLike<number>,
  truth: readonly number[],
): { value: number | null; rows: readonly number[][] } | null {
  const { session, labels, labelShape, others } = inlets;
  const oneHot = labelShape.slice(1).reduce((a, b) => a * b, 1) === CLASSES;
  const rows = truth.flatMap((t) => Array.from({ length: CLASSES }, (_, k) => (k === t ? 1 : 0)));
  const label: Feed = [labels, nd(labels, labelShape, oneHot ? rows : truth)];
  try {
    const feeds = [pictureFeed(inlets, images), label, ...others];
    const [scores, value] = session.run([logits, tensor ?? logits], feeds) as [tf.NDArray, unknown];
    return { value: typeof value === 'number' ? value : null, rows: rowsOf(scores) };
  } catch {
    return null;
  }
}
const pictureFeed = ({ pictures, pictureShape }: Inlets, images: ArrayLike<number>): Feed => [
  pictures,
  nd(pictures, pictureShape, images),
];

/**
 * Other placeholders (a keep probability, a flag) get what the last evaluation gave them, else what the last run did;
 * a default stays.
 */
export function otherFeeds(
  graph: Graph,
  record: ProgramRecord,
  { pictures, labels, placeholders }: Pick<Parts, 'pictures' | 'labels' | 'placeholders'>,
): [Tensor, number | boolean][] {
  const ops = graph.getOperations();
  const runs = new RunsView(record, new GraphView(record));
  const evaluation = record.runs.filter((run) => !run.error && !runs.trains(run) && runs.fed(run, pictures)).pop();
  return placeholders
    .filter((id) => id !== pictures && id !== labels)
    .flatMap((id): [Tensor, number | boolean][] => {
      const evaluated = evaluation && runs.fed(evaluation, id);
      if (!evaluated && ops[id].type === 'PlaceholderWithDefault') return [];
      const value =
        (
          evaluated ??
          record.runs
            .flatMap((run) => run.feeds)
            .filter((f) => f.tensor[0] === id)
            .pop()
        )?.most ?? 1;
      return [[ops[id].outputs[0], ops[id].outputs[0].dtype.name === 'bool' ? value !== 0 : value]];
    });
}

export function nd(tensor: Tensor, shape: readonly number[], values: ArrayLike<number>): tf.NDArray {
  const { dtype } = tensor;
  const data = /int64/.test(dtype.name)
    ? BigInt64Array.from(values, (v) => BigInt(Math.trunc(v)))
    : dtype.name === 'uint8'
      ? Uint8Array.from(values)
      : dtype.name === 'float64'
        ? Float64Array.from(values)
        : /int/.test(dtype.name)
          ? Int32Array.from(values)
          : Float32Array.from(values);
  return new tf.NDArray(dtype, shape, data);
}
function rowsOf(scores: tf.NDArray): number[][] {
  const all = numbersIn(scores);
  // Classes by pictures.
  if (scores.shape[0] === CLASSES)
    return Array.from({ length: PICTURES }, (_, i) =>
      Array.from({ length: CLASSES }, (__, k) => all[k * PICTURES + i]),
    );
  return Array.from({ length: PICTURES }, (_, i) => all.slice(i * CLASSES, (i + 1) * CLASSES));
}
const largest = (row: readonly number[]): number => row.indexOf(Math.max(...row));
function logSumExp(row: readonly number[]): number {
  const top = Math.max(...row);
  return top + Math.log(row.reduce((sum, x) => sum + Math.exp(x - top), 0));
}
/** For each number the same pictures every time: a fifth of the pixels lit. */
function randomPictures(number: number, white: number): Float64Array {
  let state = 12345 + number;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const pictures = new Float64Array(PICTURES * PIXELS);
  for (let i = 0; i < pictures.length; i++) pictures[i] = next() < 0.2 ? Math.floor(next() * white * 255) / 255 : 0;
  return pictures;
}
