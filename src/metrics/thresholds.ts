/** Metrics of probabilities cut at thresholds. */
import { claim } from '../base/room';
import { bool, float32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { boundOptions } from '../calls/bind';
import { assertGreaterEqual, assertLessEqual } from '../control/checks';
import { waitingFor } from '../control/framework';
import { reflected } from '../graph/algebra';
import { apply } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type ArrayTensor, Tensor } from '../graph/graph';
import { broadcastWeights } from '../nn/weights-broadcast';
import { greater, logicalAnd, logicalNot } from '../ops/compare';
import { div } from '../ops/division';
import { reduceSum } from '../ops/reduce';
import { stack } from '../ops/stack';
import { tile } from '../ops/tile';
import { transpose } from '../ops/transpose';
import { element, ints, reshape, shapeOf } from '../ops/words';
import { variableScope } from '../variables/scope';
import { assignAdd } from '../variables/update';
import type { Variable } from '../variables/variable';
import { type Metric, type MetricOptions, as, collected, metricVariable, mustFit, squeezed } from './shared';

/** A number for each threshold. */
type Numbers = ArrayTensor<number, 1>;

/** A count, or what it is after an update. */
export type Held = Tensor | Variable;
/** A count as a tensor. */
export const read = (x: Held): Tensor => (x instanceof Tensor ? x : x.value());
export const plus = (a: Held, b: Held): Tensor => read(a).add(b);
/** True positives, false negatives, true negatives, false positives. */
export type Kind = 'tp' | 'fn' | 'tn' | 'fp';
export const EPSILON = 1e-7;
const ALL: readonly Kind[] = ['tp', 'fn', 'tn', 'fp'];
const NAMES = {
  tp: 'true_positives',
  fn: 'false_negatives',
  tn: 'true_negatives',
  fp: 'false_positives',
} as const;
/** Counts for each threshold, one of them for each kind that was asked for. */
export type Counts<V> = Readonly<Record<Kind, V>>;

/**
 * Counts of a confusion matrix at each threshold: what is above one is predicted to be true. Counts that are not asked
 * for have no nodes.
 */
export function countsAtThresholds(
  givenLabels: TensorLike,
  givenPredictions: TensorLike,
  thresholds: readonly number[],
  givenWeights: TensorLike | null | undefined,
  kinds: readonly Kind[] = ALL,
): { readonly values: Counts<Variable>; readonly updates: Counts<Tensor> } {
  const given = convertToTensor(givenPredictions);
  const inRange = [
    assertGreaterEqual(given, as(0, given.dtype), { message: 'predictions must be in [0, 1]' }),
    assertLessEqual(given, as(1, given.dtype), { message: 'predictions must be in [0, 1]' }),
  ];
  const { predictions, labels, weights } = waitingFor(inRange, () =>
    squeezed(as(given), as(givenLabels, bool), givenWeights),
  );
  const masks = masksAt(thresholds, predictions, labels, weights, kinds);
  const values: Partial<Record<Kind, Variable>> = {};
  const updates: Partial<Record<Kind, Tensor>> = {};
  for (const kind of ALL) {
    if (!kinds.includes(kind)) continue;
    const variable = metricVariable([thresholds.length], float32, NAMES[kind]);
    const number = as(logicalAnd(...masks.of(kind)));
    updates[kind] = assignAdd(variable, reduceSum(masks.weights ? number.mul(masks.weights) : number, 1));
    values[kind] = variable;
  }
  return { values: asked(values), updates: asked(updates) };
}
interface Masks {
  /** Two matrices, thresholds × predictions: which are true, or false, and which are predicted to be. */
  of(kind: Kind): [Tensor, Tensor];
  readonly weights: Tensor | null;
}
function masksAt(
  thresholds: readonly number[],
  predictions: Tensor,
  labels: Tensor,
  weights: Tensor | null,
  kinds: readonly Kind[],
): Masks {
  const count = thresholds.length;
  const column = reshape(predictions, [-1, 1]);
  const row = reshape(as(labels, bool), [1, -1]);
  const known = column.shape.at(0);
  const n = known ?? element(shapeOf(column), 0);
  const cut: Tensor = apply('ExpandDims', [convertToTensor(thresholds, null, 'Const'), [1]]);
  const cuts: Tensor = tile(cut, typeof n === 'number' ? ints([1, n], 'stack') : stack([1, n]));
  const isAbove: Tensor = greater(tile(transpose(column), [count, 1]), cuts);
  const isBelow = kinds.some((k) => k === 'fn' || k === 'tn') ? logicalNot(isAbove) : null;
  const isTrue: Tensor = tile(row, [count, 1]);
  const isFalse = kinds.some((k) => k === 'fp' || k === 'tn') ? logicalNot(isTrue) : null;
  let tiled: Tensor | null = null;
  if (weights) {
    const full = broadcastWeights(as(weights), predictions);
    tiled = tile(reshape(full, [1, -1]), [count, 1]);
    mustFit(cuts, tiled);
  }
  const of = (kind: Kind): [Tensor, Tensor] => [
    (kind === 'tp' || kind === 'fn' ? isTrue : isFalse)!,
    (kind === 'tp' || kind === 'fp' ? isAbove : isBelow)!,
  ];
  return { of, weights: tiled };
}
/** Counts by kind, where asking for one that was not made is a mistake of ours. */
function asked<V>(counts: Partial<Record<Kind, V>>): Counts<V> {
  const of = (kind: Kind): V => {
    const found = counts[kind];
    if (found === undefined) throw new ValueError(`Invalid key: ${kind}.`);
    return found;
  };
  return {
    get tp() {
      return of('tp');
    },
    get fn() {
      return of('fn');
    },
    get tn() {
      return of('tn');
    },
    get fp() {
      return of('fp');
    },
  };
}

function countAt(
  kind: Kind,
  labels: TensorLike,
  predictions: TensorLike,
  thresholds: readonly number[],
  { weights, metricsCollections, updatesCollections, name = null }: MetricOptions,
): Metric<Numbers> {
  return variableScope(name, NAMES[kind], [predictions, labels, weights], (): Metric<Numbers> => {
    const { values, updates } = countsAtThresholds(labels, predictions, thresholds, weights, [kind]);
    const value = collected(apply('Identity', [values[kind]]), metricsCollections);
    return [value, collected(updates[kind], updatesCollections)];
  });
}
/**
 * How often what is true was above each threshold, so far.
 *
 *     const [counts, update] = tf.metrics.truePositivesAtThresholds([1, 1, 0], [0.9, 0.4, 0.6], [0.2, 0.5]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // [2, 1]
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         floats between 0 and 1, of that shape
 * @param thresholds          numbers: what is above is predicted to be true
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32, a number for each threshold
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 * @throws InvalidArgumentError  when run, for a prediction outside [0, 1]
 */
export const truePositivesAtThresholds = boundOptions(
  'metrics.true_positives_at_thresholds',
  3,
  (
    labels: TensorLike,
    predictions: TensorLike,
    thresholds: readonly number[],
    options: MetricOptions = {},
  ): Metric<Numbers> => countAt('tp', labels, predictions, thresholds, options),
);
/**
 * How often what is false was above each threshold, so far.
 *
 *     const [counts, update] = tf.metrics.falsePositivesAtThresholds([1, 1, 0], [0.9, 0.4, 0.6], [0.2, 0.5]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // [1, 1]
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         floats between 0 and 1, of that shape
 * @param thresholds          numbers: what is above is predicted to be true
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32, a number for each threshold
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 * @throws InvalidArgumentError  when run, for a prediction outside [0, 1]
 */
export const falsePositivesAtThresholds = boundOptions(
  'metrics.false_positives_at_thresholds',
  3,
  (
    labels: TensorLike,
    predictions: TensorLike,
    thresholds: readonly number[],
    options: MetricOptions = {},
  ): Metric<Numbers> => countAt('fp', labels, predictions, thresholds, options),
);
/**
 * How often what is false was not above each threshold, so far.
 *
 *     const [counts, update] = tf.metrics.trueNegativesAtThresholds([1, 1, 0], [0.9, 0.4, 0.6], [0.2, 0.5]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // [0, 0]
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         floats between 0 and 1, of that shape
 * @param thresholds          numbers: what is above is predicted to be true
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32, a number for each threshold
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 * @throws InvalidArgumentError  when run, for a prediction outside [0, 1]
 */
export const trueNegativesAtThresholds = boundOptions(
  'metrics.true_negatives_at_thresholds',
  3,
  (
    labels: TensorLike,
    predictions: TensorLike,
    thresholds: readonly number[],
    options: MetricOptions = {},
  ): Metric<Numbers> => countAt('tn', labels, predictions, thresholds, options),
);
/**
 * How often what is true was not above each threshold, so far.
 *
 *     const [counts, update] = tf.metrics.falseNegativesAtThresholds([1, 1, 0], [0.9, 0.4, 0.6], [0.2, 0.5]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // [0, 1]
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         floats between 0 and 1, of that shape
 * @param thresholds          numbers: what is above is predicted to be true
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32, a number for each threshold
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 * @throws InvalidArgumentError  when run, for a prediction outside [0, 1]
 */
export const falseNegativesAtThresholds = boundOptions(
  'metrics.false_negatives_at_thresholds',
  3,
  (
    labels: TensorLike,
    predictions: TensorLike,
    thresholds: readonly number[],
    options: MetricOptions = {},
  ): Metric<Numbers> => countAt('fn', labels, predictions, thresholds, options),
);

function quotientAt(
  words: { readonly scope: string; readonly prefix: string; readonly other: 'fp' | 'fn' },
  labels: TensorLike,
  predictions: TensorLike,
  thresholds: readonly number[],
  { weights, metricsCollections, updatesCollections, name = null }: MetricOptions,
): Metric<Numbers> {
  const { scope, prefix, other } = words;
  return variableScope(name, scope, [predictions, labels, weights], (): Metric<Numbers> => {
    const { values, updates } = countsAtThresholds(labels, predictions, thresholds, weights, ['tp', other]);
    const quotient = (tp: Held, more: Held, end: string): Tensor =>
      div(tp, reflected(EPSILON, 'add', read(tp)).add(more), { name: `${prefix}_${end}` });
    const value = collected(quotient(values.tp, values[other], 'value'), metricsCollections);
    return [value, collected(quotient(updates.tp, updates[other], 'update_op'), updatesCollections)];
  });
}
/**
 * How much of what was above each threshold was true, so far.
 *
 *     const [quotients, update] = tf.metrics.precisionAtThresholds([1, 1, 0], [0.9, 0.4, 0.6], [0.2, 0.5]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // [0.666667, 0.5]
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         floats between 0 and 1, of that shape
 * @param thresholds          numbers: what is above is predicted to be true
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32, a number for each threshold
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 * @throws InvalidArgumentError  when run, for a prediction outside [0, 1]
 */
export const precisionAtThresholds = boundOptions(
  'metrics.precision_at_thresholds',
  3,
  (
    labels: TensorLike,
    predictions: TensorLike,
    thresholds: readonly number[],
    options: MetricOptions = {},
  ): Metric<Numbers> =>
    quotientAt(
      { scope: 'precision_at_thresholds', prefix: 'precision', other: 'fp' },
      labels,
      predictions,
      thresholds,
      options,
    ),
);
/**
 * How much of what was true was above each threshold, so far.
 *
 *     const [quotients, update] = tf.metrics.recallAtThresholds([1, 1, 0], [0.9, 0.4, 0.6], [0.2, 0.5]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // [1, 0.5]
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         floats between 0 and 1, of that shape
 * @param thresholds          numbers: what is above is predicted to be true
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32, a number for each threshold
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 * @throws InvalidArgumentError  when run, for a prediction outside [0, 1]
 */
export const recallAtThresholds = boundOptions(
  'metrics.recall_at_thresholds',
  3,
  (
    labels: TensorLike,
    predictions: TensorLike,
    thresholds: readonly number[],
    options: MetricOptions = {},
  ): Metric<Numbers> =>
    quotientAt(
      { scope: 'recall_at_thresholds', prefix: 'recall', other: 'fn' },
      labels,
      predictions,
      thresholds,
      options,
    ),
);
/** As many thresholds as are asked for, the first below 0 and the last at `end`. */
export function evenly(count: number, end: number): number[] {
  claim(count, 8, 'thresholds');
  const between = Array.from({ length: Math.max(count - 2, 0) }, (_, i) => ((i + 1) * 1) / (count - 1));
  return [0 - EPSILON, ...between, end];
}
