/** The mean over ranks of the precision there: of the best k predictions of each row. */
import { float64, int64 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { boundOptions } from '../calls/bind';
import { reflected } from '../graph/algebra';
import { apply, inScope } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { SparseTensor } from '../graph/sparse-tensor';
import { broadcastWeights } from '../nn/weights-broadcast';
import { greaterEqual } from '../ops/compare';
import { div, divNoNan } from '../ops/division';
import { minimum, multiply } from '../ops/elementwise';
import { onesLike, zerosLike } from '../ops/identity';
import { reduceMax, reduceSum } from '../ops/reduce';
import { cumsum } from '../ops/running';
import { whereV2 } from '../ops/select';
import { setSize } from '../ops/sets';
import { sparseConcat, sparseReshape } from '../ops/sparse';
import { tile } from '../ops/tile';
import { topK } from '../ops/top-k';
import { concat, element, reshape, shapeOf, sizeOf, sliced } from '../ops/words';
import { assignAdd } from '../variables/update';
import {
  type AsLabels,
  type Labels,
  atKName,
  countOfRows,
  expandLabels,
  labelsByCond,
  labelsOf,
  valuesOf,
} from './rows';
import { type Metric, type MetricOptions, as, collected, metricVariable } from './shared';

/** A dimension before the last, that many times. */
function expandAndTile(given: AsLabels, multiple: number, name: string): AsLabels {
  return inScope(name, 'expand_and_tile', [valuesOf(given), multiple], (scope): AsLabels => {
    if (given instanceof SparseTensor) {
      const place = reshape(sizeOf(given.denseShape).add(-1), [1]);
      const cut = (begin: TensorLike, size: TensorLike): Tensor => apply('Slice', [given.denseShape, begin, size]);
      const shape = concat([cut([0], place), [1], cut(place, [-1])], 0, 'expanded_shape');
      const expanded = sparseReshape(given, shape, 'expand');
      return multiple === 1 ? expanded : sparseConcat(-2, Array(multiple).fill(expanded), scope);
    }
    const expanded = apply('ExpandDims', [given, -2], {}, 'expand');
    if (multiple === 1) return expanded;
    const ones = onesLike(shapeOf(given));
    const multiples = concat([sliced(ones, null, -1), [multiple], sliced(ones, -1, null)], 0, 'multiples');
    return tile(expanded, multiples, { name: scope });
  });
}
/** How many labels a row has, up to k. */
function relevantCount(labels: AsLabels, k: number): Tensor {
  return inScope(null, 'num_relevant', [valuesOf(labels)], (scope) => {
    if (labels instanceof SparseTensor) return minimum(setSize(labels), k, { name: scope });
    const isLabel = greaterEqual(labels, 0);
    const count = reduceSum(whereV2(isLabel, onesLike(labels), zerosLike(labels)), -1);
    return minimum(count, k, { name: scope });
  });
}
/** Of each row, the mean over the relevant ones among the best k of the precision at their rank. */
function averagePrecision(givenLabels: Labels, given: Tensor): Tensor {
  return inScope(null, 'average_precision', [given, valuesOf(givenLabels)], (scope) => {
    const predictions = as(given, int64, 'predictions_idx');
    if (predictions.shape.rank === 0) throw new ValueError('The rank of predictions_idx must be at least 1.');
    const k = predictions.shape.at(-1);
    if (k === null) throw new ValueError('The last dimension of predictions_idx must be set.');
    const labels = expandLabels(givenLabels, predictions);
    const each = apply('ExpandDims', [predictions, -1], {}, 'predictions_idx_per_k');
    const tiled = expandAndTile(labels, k, 'labels_per_k');
    const relevant = countOfRows('true_positive', { labels: tiled, predictions: each }, 'relevant_per_k');
    const right = cumsum(relevant, -1, { name: 'tp_per_k' });
    const retrieved = cumsum(onesLike(relevant), -1, { name: 'retrieved_per_k' });
    const precision = div(as(right, float64), as(retrieved, float64), { name: 'precision_per_k' });
    const ofRelevant = multiply(precision, as(relevant, float64), { name: 'relevant_precision_per_k' });
    const sum = reduceSum(ofRelevant, [-1], { name: 'precision_sum' });
    return div(sum, as(relevantCount(labels, k), float64), { name: scope });
  });
}
/** Labels that are no class become -1, which nothing is predicted as. */
function inRange(labels: AsLabels, classes: Tensor): AsLabels {
  const ids = labels instanceof SparseTensor ? labels.values : labels;
  const clean = (): Tensor => whereV2(greaterEqual(ids, classes), reflected(-1, 'mul', onesLike(ids)), ids);
  const largest = reduceMax(ids);
  return labelsByCond(
    greaterEqual(largest, classes),
    () => (labels instanceof SparseTensor ? new SparseTensor(labels.indices, clean(), labels.denseShape) : clean()),
    () => labels,
  );
}
function averageAtK(
  given: Labels,
  predictions: TensorLike,
  k: number,
  { weights, metricsCollections, updatesCollections, name }: MetricOptions,
): Metric {
  if (k < 1) throw new ValueError(`Invalid k=${k}.`);
  const values = [predictions, valuesOf(given), weights ?? null];
  return inScope(name, atKName('average_precision', k, null), values, (outer) => {
    const { indices } = topK(predictions, k);
    const classes = as(element(shapeOf(predictions), -1), int64);
    const labels = inRange(labelsOf(given), classes);
    return inScope(outer, 'average_precision_at_top_k', [indices], (scope): Metric => {
      let precision = averagePrecision(labels, indices);
      let factors: Tensor | null = null;
      if (weights !== null && weights !== undefined) {
        factors = broadcastWeights(as(weights, float64), precision);
        precision = multiply(precision, factors);
      }
      const [most, updateMost] = inScope(null, 'max', [precision], (at) => {
        const variable = metricVariable([], float64, at);
        const batch = factors
          ? reduceSum(factors, { name: 'batch_max' })
          : as(sizeOf(precision, undefined, 'batch_max'), float64);
        return [variable, assignAdd(variable, batch, { name: 'update' })];
      });
      const [total, updateTotal] = inScope(null, 'total', [precision], (at) => {
        const variable = metricVariable([], float64, at);
        return [variable, assignAdd(variable, reduceSum(precision, { name: 'batch_total' }), { name: 'update' })];
      });
      const value = collected(divNoNan(total, most, { name: 'mean' }), metricsCollections);
      const update = divNoNan(updateTotal, updateMost, { name: scope });
      return [value, collected(update, updatesCollections)];
    });
  });
}
/**
 * The mean over all rows so far of their average precision at k: of the precision at the rank of each of the best k
 * predictions that is right, over the labels of the row (k at most).
 *
 *     const [value, update] = tf.metrics.averagePrecisionAtK([[1], [2]], [[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]], 3);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 0.666667
 *
 * @param labels              classes of each row as int64: shape [..., n], or [...] of one each; or a SparseTensor
 * @param predictions         scores, shape [..., classes]
 * @param k                   how many of the best count
 * @param weights             what each row counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float64 scalars
 * @throws ValueError  for a k below 1, or shapes that do not fit
 */
export const averagePrecisionAtK = boundOptions(
  'metrics.average_precision_at_k',
  3,
  (labels: Labels, predictions: TensorLike, k: number, options: MetricOptions = {}): Metric =>
    averageAtK(labels, predictions, k, options),
);
/**
 * `averagePrecisionAtK` by its older name.
 *
 *     const [value, update] = tf.metrics.sparseAveragePrecisionAtK([[1]], [[0.1, 0.7, 0.2]], 1);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 1
 *
 * @param labels              classes of each row as int64: shape [..., n], or [...] of one each; or a SparseTensor
 * @param predictions         scores, shape [..., classes]
 * @param k                   how many of the best count
 * @param weights             what each row counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float64 scalars
 * @throws ValueError  for a k below 1, or shapes that do not fit
 *
 * @deprecated  use tf.metrics.averagePrecisionAtK
 */
export const sparseAveragePrecisionAtK = boundOptions(
  'metrics.sparse_average_precision_at_k',
  3,
  (labels: Labels, predictions: TensorLike, k: number, options: MetricOptions = {}): Metric =>
    averageAtK(labels, predictions, k, options),
);
