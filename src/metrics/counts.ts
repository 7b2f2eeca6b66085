/** Counts of what was predicted and of what was right, and their quotients. */
import { bool, float32 } from '../base/dtype';
import { boundOptions } from '../calls/bind';
import { waitingFor } from '../control/framework';
import { assertRankIn } from '../control/rank-checks';
import { assertType } from '../control/type-checks';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { equal, greater, logicalAnd } from '../ops/compare';
import { div } from '../ops/division';
import { multiply } from '../ops/elementwise';
import { reduceSum } from '../ops/reduce';
import { where } from '../ops/where';
import { rankOf } from '../ops/words';
import { variableScope } from '../variables/scope';
import { assignAdd } from '../variables/update';
import { type Metric, type MetricOptions, as, collected, metricVariable, squeezed } from './shared';

type Counting = Pick<MetricOptions, 'weights' | 'metricsCollections' | 'updatesCollections'>;
/** How often a condition held, in a variable. */
function counted(condition: Tensor, { weights, metricsCollections, updatesCollections }: Counting): Metric {
  assertType(condition, bool);
  const count = metricVariable([], float32, 'count');
  let values = as(condition);
  if (weights !== null && weights !== undefined) {
    const ranks = [0, rankOf(values)];
    values = waitingFor([assertRankIn(weights, ranks)], () => multiply(values, as(weights)));
  }
  const value = collected(apply('Identity', [count]), metricsCollections);
  return [value, collected(assignAdd(count, reduceSum(values)), updatesCollections)];
}
/** How often a class was right and a class was predicted. */
function countOf(
  right: boolean,
  predicted: boolean,
  fallback: string,
  givenLabels: TensorLike,
  givenPredictions: TensorLike,
  { name = null, ...options }: MetricOptions,
): Metric {
  return variableScope(name, fallback, [givenPredictions, givenLabels, options.weights], () => {
    const guesses = as(givenPredictions, bool);
    const { predictions, labels, weights } = squeezed(guesses, as(givenLabels, bool), options.weights);
    const isRight = equal(labels, right);
    return counted(logicalAnd(isRight, equal(predictions, predicted)), { ...options, weights });
  });
}

/**
 * How often what was predicted as true was true, so far.
 *
 *     const [count, update] = tf.metrics.truePositives([1, 1, 0, 0, 0], [1, 0, 1, 0, 0]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 1
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         the same, of that shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const truePositives = boundOptions(
  'metrics.true_positives',
  2,
  (labels: TensorLike, predictions: TensorLike, options: MetricOptions = {}): Metric =>
    countOf(true, true, 'true_positives', labels, predictions, options),
);
/**
 * How often what was predicted as true was false, so far.
 *
 *     const [count, update] = tf.metrics.falsePositives([1, 1, 0, 0, 0], [1, 0, 1, 0, 0]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 1
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         the same, of that shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const falsePositives = boundOptions(
  'metrics.false_positives',
  2,
  (labels: TensorLike, predictions: TensorLike, options: MetricOptions = {}): Metric =>
    countOf(false, true, 'false_positives', labels, predictions, options),
);
/**
 * How often what was predicted as false was false, so far.
 *
 *     const [count, update] = tf.metrics.trueNegatives([1, 1, 0, 0, 0], [1, 0, 1, 0, 0]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 2
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         the same, of that shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const trueNegatives = boundOptions(
  'metrics.true_negatives',
  2,
  (labels: TensorLike, predictions: TensorLike, options: MetricOptions = {}): Metric =>
    countOf(false, false, 'true_negatives', labels, predictions, options),
);
/**
 * How often what was predicted as false was true, so far.
 *
 *     const [count, update] = tf.metrics.falseNegatives([1, 1, 0, 0, 0], [1, 0, 1, 0, 0]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 1
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         the same, of that shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const falseNegatives = boundOptions(
  'metrics.false_negatives',
  2,
  (labels: TensorLike, predictions: TensorLike, options: MetricOptions = {}): Metric =>
    countOf(true, false, 'false_negatives', labels, predictions, options),
);

/** a / (a + b), and 0 where both are. */
function quotient(a: Tensor, b: Tensor, name: string): Tensor {
  const some = greater(sumOf(a, b), 0);
  return where(some, div(a, sumOf(a, b)), 0, { name });
}
const sumOf = (a: Tensor, b: Tensor): Tensor => a.add(b);
/** True positives over these and another count. */
function quotientWith(
  right: boolean,
  predicted: boolean,
  words: { readonly scope: string; readonly other: string },
  givenLabels: TensorLike,
  givenPredictions: TensorLike,
  { name = null, metricsCollections, updatesCollections, ...options }: MetricOptions,
): Metric {
  return variableScope(name, words.scope, [givenPredictions, givenLabels, options.weights], (): Metric => {
    const guesses = as(givenPredictions, bool);
    const { predictions, labels, weights } = squeezed(guesses, as(givenLabels, bool), options.weights);
    const [hits, updateHits] = countOf(true, true, 'true_positives', labels, predictions, { weights });
    const [others, updateOthers] = countOf(right, predicted, words.other, labels, predictions, { weights });
    const value = collected(quotient(hits, others, 'value'), metricsCollections);
    return [value, collected(quotient(updateHits, updateOthers, 'update_op'), updatesCollections)];
  });
}
/**
 * How much of what was predicted as true was true, so far.
 *
 *     const [precision, update] = tf.metrics.precision([1, 1, 0, 0, 0], [1, 0, 1, 0, 0]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 0.5
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         the same, of that shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars; 0 where there is nothing to divide by
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const precision = boundOptions(
  'metrics.precision',
  2,
  (labels: TensorLike, predictions: TensorLike, options: MetricOptions = {}): Metric =>
    quotientWith(false, true, { scope: 'precision', other: 'false_positives' }, labels, predictions, options),
);
/**
 * How much of what was true was predicted as true, so far.
 *
 *     const [recall, update] = tf.metrics.recall([1, 1, 0, 0, 0], [1, 0, 1, 0, 0]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 0.5
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         the same, of that shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars; 0 where there is nothing to divide by
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const recall = boundOptions(
  'metrics.recall',
  2,
  (labels: TensorLike, predictions: TensorLike, options: MetricOptions = {}): Metric =>
    quotientWith(true, false, { scope: 'recall', other: 'false_negatives' }, labels, predictions, options),
);
