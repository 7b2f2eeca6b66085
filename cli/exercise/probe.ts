/**
 * Runs one small batch through the finished graph in a session of its own. What the cost and the accuracy come to,
 * beside what the logits say they should, judges a formula however it is spelled.
 */
import * as tf from '../../src';
import type { Graph, Tensor } from '../../src/graph/graph';
import { GraphKeys } from '../../src/graph/keys';
import { GraphView } from './graph';
import { CLASSES, PIXELS, type Parts, RunsView } from './locate';
import type { Edge, Probe, ProgramRecord } from './record';

const PICTURES = 16;
/** How many of the made-up labels are what the untrained network answers. */
const RIGHT = 10;
const BRIGHT = 1e4;

export function probe(
  graph: Graph,
  record: ProgramRecord,
  { pictures, labels, logits, cost, accuracy, placeholders }: Parts,
): Probe | null {
  if (pictures === null || labels === null || !logits || record.ending.how === 'syntax') return null;
  const ops = graph.getOperations();
  const shaped = (id: number, each: number): number[] | null => {
    const dims =
      ops[id].outputs[0].shape.dims ?? record.runs.flatMap((r) => r.feeds).find((f) => f.tensor[0] === id)?.shape;
    if (!dims) return null;
    const shape = [PICTURES, ...dims.slice(1).map((d) => d ?? each)];
    return dims[0] === null || dims[0] === PICTURES || dims !== ops[id].outputs[0].shape.dims ? shape : null;
  };
  const pictureShape = shaped(pictures, PIXELS);
  const labelShape = shaped(labels, CLASSES);
  if (!pictureShape || !labelShape || pictureShape.reduce((a, b) => a * b) !== PICTURES * PIXELS) return null;
  const sess = new tf.Session('', { graph });
  try {
    const variables = graph.getCollection<tf.Variable>(GraphKeys.GLOBAL_VARIABLES);
    if (variables.length) sess.run(variables.map((v) => v.initializer));
    const others = otherFeeds(graph, record, { pictures, labels, placeholders });
    const bytes = /int/.test(ops[pictures].outputs[0].dtype.name);
    const images = randomPictures(bytes ? 255 : 1);
    const picture = [ops[pictures].outputs[0], nd(ops[pictures].outputs[0], pictureShape, images)] as const;
    const at = (edge: Edge): Tensor => ops[edge[0]].outputs[edge[1]];
    const classes = sess.run(at(logits), [picture, ...others]) as tf.NDArray;
    if (classes.size !== PICTURES * CLASSES) return null;
    const truth = rowsOf(classes).map(
      (row, i) => (row.indexOf(Math.max(...row)) + (i < RIGHT ? 0 : 1 + (i % (CLASSES - 1)))) % CLASSES,
    );
    const oneHot = labelShape.slice(1).reduce((a, b) => a * b, 1) === CLASSES;
    const answers = nd(
      ops[labels].outputs[0],
      labelShape,
      oneHot ? truth.flatMap((t) => Array.from({ length: CLASSES }, (_, k) => (k === t ? 1 : 0))) : truth,
    );
    const label = [ops[labels].outputs[0], answers] as const;
    // In one run with the logits: what is random in the graph (dropout) is then the same for all.
    const evaluate = (
      edge: Edge | null,
      x: readonly [Tensor, tf.NDArray],
    ): { value: number | null; rows: readonly number[][] } | null => {
      try {
        const [scores, value] = sess.run([at(logits), at(edge ?? logits)], [x, label, ...others]) as [
          tf.NDArray,
          unknown,
        ];
        return { value: typeof value === 'number' ? value : null, rows: rowsOf(scores) };
      } catch {
        return null;
      }
    };
    const costs = evaluate(cost, picture);
    const shares = evaluate(accuracy, picture);
    const rows = costs?.rows ?? rowsOf(classes);
    const bright = [
      picture[0],
      nd(
        picture[0],
        pictureShape,
        images.map((p) => p * BRIGHT),
      ),
    ] as const;
    return {
      meanCrossEntropy: rows.reduce((sum, row, i) => sum + logSumExp(row) - row[truth[i]], 0) / PICTURES,
      pictures: PICTURES,
      share: (shares?.rows ?? rows).filter((row, i) => row.indexOf(Math.max(...row)) === truth[i]).length / PICTURES,
      cost: costs?.value ?? null,
      accuracy: shares?.value ?? null,
      brightCost: bytes ? null : (evaluate(cost, bright)?.value ?? null),
    };
  } catch {
    // A graph that cannot run is judged by its structure, and by what the program's own runs said.
    return null;
  } finally {
    sess.close();
  }
}

/** Other placeholders (a keep probability, a flag) get what the last evaluation gave them, else what the last run did; a default stays. */
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
  const made = new tf.NDArray(dtype, shape, data);
  return made;
}
function rowsOf(scores: tf.NDArray): number[][] {
  const all = Array.from(scores.data as Float32Array, Number);
  return Array.from({ length: PICTURES }, (_, i) => all.slice(i * CLASSES, (i + 1) * CLASSES));
}
function logSumExp(row: readonly number[]): number {
  const top = Math.max(...row);
  return top + Math.log(row.reduce((sum, x) => sum + Math.exp(x - top), 0));
}
/** The same pictures every time: a fifth of the pixels lit. */
function randomPictures(white: number): number[] {
  let state = 12345;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return Array.from({ length: PICTURES * PIXELS }, () => (next() < 0.2 ? Math.floor(next() * white * 255) / 255 : 0));
}
