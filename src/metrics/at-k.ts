/** Precision and recall of the best k predictions of each row. */
import { int64 } from '../base/dtype';
import { boundOptions } from '../calls/bind';
import { inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { add } from '../ops/elementwise';
import { div } from '../ops/division';
import { topK } from '../ops/top-k';
import { type Labels, type RowCount, atKName, expandLabels, streamed, valuesOf } from './rows';
import { type Metric, type MetricOptions, as, collected } from './shared';

/** What metrics of the best k take by name. */
export interface AtOptions extends MetricOptions {
  /** The one class that counts. */
  readonly classId?: number | null;
}
/** The same, where k is known from the predictions. */
export interface TopOptions extends AtOptions {
  /** How many the best are, for names. */
  readonly k?: number | null;
}
function atTop(
  what: 'precision' | 'recall',
  other: RowCount,
  givenLabels: Labels,
  given: TensorLike,
  { k = null, classId = null, weights, metricsCollections, updatesCollections, name }: TopOptions,
): Metric {
  return inScope(name, atKName(what, k, classId), [given, valuesOf(givenLabels), weights ?? null], (scope): Metric => {
    const predictions = convertToTensor(given);
    const labels = expandLabels(givenLabels, predictions);
    const of = { labels, predictions: as(predictions, int64), weights };
    const [hits, updateHits] = streamed('true_positive', of, k, classId);
    const [others, updateOthers] = streamed(other, of, k, classId);
    const value = collected(div(hits, add(hits, others), { name: scope }), metricsCollections);
    const update = div(updateHits, add(updateHits, updateOthers), { name: 'update' });
    return [value, collected(update, updatesCollections)];
  });
}
function atK(
  what: 'precision' | 'recall',
  other: RowCount,
  labels: Labels,
  predictions: TensorLike,
  k: number,
  options: AtOptions,
): Metric {
  const values = [predictions, valuesOf(labels), options.weights ?? null];
  return inScope(options.name, atKName(what, k, options.classId ?? null), values, (scope) => {
    const { indices } = topK(predictions, k);
    return atTop(what, other, labels, indices, { ...options, k, name: scope });
  });
}
const ofBest =
  (what: 'precision' | 'recall', other: RowCount) =>
  (labels: Labels, predictions: TensorLike, k: number, options: AtOptions = {}): Metric =>
    atK(what, other, labels, predictions, k, options);
const precisionOfBest = ofBest('precision', 'false_positive');
const recallOfBest = ofBest('recall', 'false_negative');
/**
 * How many of the best k predictions of all rows so far are among the labels of their row.
 *
 *     const [value, update] = tf.metrics.precisionAtK([[1], [2]], [[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]], 2);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 0.25
 *
 * @param labels              classes of each row as int64: shape [..., n], or [...] of one each; or a SparseTensor
 * @param predictions         scores, shape [..., classes]
 * @param k                   how many of the best count
 * @param classId             the one class that counts; all where not given
 * @param weights             what each row counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float64 scalars
 * @throws ValueError  for shapes that do not fit
 */
export const precisionAtK = boundOptions('metrics.precision_at_k', 3, precisionOfBest);
/**
 * How many of the predictions of all rows so far are among the labels of their row.
 *
 *     const [value, update] = tf.metrics.precisionAtTopK([[1], [2]], [[1, 2], [0, 1]]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 0.25
 *
 * @param labels              classes of each row as int64: shape [..., n], or [...] of one each; or a SparseTensor
 * @param predictionsIdx      the classes that are predicted, as integers: shape [..., k]
 * @param k                   how many these are, for names
 * @param classId             the one class that counts; all where not given
 * @param weights             what each row counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float64 scalars
 * @throws ValueError  for shapes that do not fit
 */
export const precisionAtTopK = boundOptions(
  'metrics.precision_at_top_k',
  2,
  (labels: Labels, predictionsIdx: TensorLike, options: TopOptions = {}): Metric =>
    atTop('precision', 'false_positive', labels, predictionsIdx, options),
);
/**
 * `precisionAtK` by its older name.
 *
 *     const [value, update] = tf.metrics.sparsePrecisionAtK([[1], [2]], [[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]], 2);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 0.25
 *
 * @param labels              classes of each row as int64: shape [..., n], or [...] of one each; or a SparseTensor
 * @param predictions         scores, shape [..., classes]
 * @param k                   how many of the best count
 * @param classId             the one class that counts; all where not given
 * @param weights             what each row counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float64 scalars
 * @throws ValueError  for shapes that do not fit
 *
 * @deprecated  use tf.metrics.precisionAtK
 */
export const sparsePrecisionAtK = boundOptions('metrics.sparse_precision_at_k', 3, precisionOfBest);
/**
 * How many of the labels of all rows so far are among the best k predictions of their row.
 *
 *     const [value, update] = tf.metrics.recallAtK([[1], [2]], [[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]], 2);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 0.5
 *
 * @param labels              classes of each row as int64: shape [..., n], or [...] of one each; or a SparseTensor
 * @param predictions         scores, shape [..., classes]
 * @param k                   how many of the best count
 * @param classId             the one class that counts; all where not given
 * @param weights             what each row counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float64 scalars
 * @throws ValueError  for shapes that do not fit
 */
export const recallAtK = boundOptions('metrics.recall_at_k', 3, recallOfBest);
/**
 * How many of the labels of all rows so far are among the predictions of their row.
 *
 *     const [value, update] = tf.metrics.recallAtTopK([[1], [2]], [[1, 2], [0, 1]]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 0.5
 *
 * @param labels              classes of each row as int64: shape [..., n], or [...] of one each; or a SparseTensor
 * @param predictionsIdx      the classes that are predicted, as integers: shape [..., k]
 * @param k                   how many these are, for names
 * @param classId             the one class that counts; all where not given
 * @param weights             what each row counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float64 scalars
 * @throws ValueError  for shapes that do not fit
 */
export const recallAtTopK = boundOptions(
  'metrics.recall_at_top_k',
  2,
  (labels: Labels, predictionsIdx: TensorLike, options: TopOptions = {}): Metric =>
    atTop('recall', 'false_negative', labels, predictionsIdx, options),
);
