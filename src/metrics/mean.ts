/** Means over all that was fed, and metrics that are means. */
import { float32 } from '../base/dtype';
import { boundOptions } from '../calls/bind';
import { waitingFor } from '../control/framework';
import { type NotText, type TensorLike, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { removeSqueezableDimensions } from '../math/confusion-matrix';
import { broadcastWeights } from '../nn/weights-broadcast';
import { div, divNoNan } from '../ops/division';
import { maximum, multiply, squaredDifference, subtract } from '../ops/elementwise';
import { reduceSum } from '../ops/reduce';
import { abs, sqrt } from '../ops/unary';
import { onesLike, sizeOf, zerosLike } from '../ops/words';
import { equal, less } from '../ops/compare';
import { where } from '../ops/where';
import { assignAdd } from '../variables/update';
import { variableScope } from '../variables/scope';
import {
  type Metric,
  type MetricOptions,
  as,
  collected,
  metricVariable,
  mustFit,
  squeezed,
  squeezedWeights,
} from './shared';

/** A mean of elements, for metrics that are one. */
function meanOf(given: TensorLike, options: MetricOptions): Metric {
  const { name = null, metricsCollections, updatesCollections } = options;
  return variableScope(name, 'mean', [given, options.weights], (): Metric => {
    let values = as(given);
    const total = metricVariable([], float32, 'total');
    const count = metricVariable([], float32, 'count');
    let number: Tensor;
    if (options.weights === null || options.weights === undefined) number = as(sizeOf(values));
    else {
      values = convertToTensor(values);
      const weights = broadcastWeights(as(squeezedWeights(values, options.weights)!), values);
      values = multiply(values, weights);
      number = reduceSum(weights);
    }
    const updateTotal = assignAdd(total, reduceSum(values));
    const updateCount = waitingFor([values], () => assignAdd(count, number));
    const value = collected(divNoNan(total, maximum(count, 0), { name: 'value' }), metricsCollections);
    const update = divNoNan(updateTotal, maximum(updateCount, 0), { name: 'update_op' });
    return [value, collected(update, updatesCollections)];
  });
}
const named = (options: MetricOptions, name: string): MetricOptions => ({ ...options, name: options.name || name });

/**
 * The mean of all elements so far.
 *
 *     const [mean, update] = tf.metrics.mean([1, 2, 6]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 3
 *     sess.run(mean)     // 3
 *
 * @param values              numbers, any shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars, the second counting what is fed
 * @throws ValueError  for weights that do not fit
 */
export const mean = boundOptions(
  'metrics.mean',
  1,
  (values: TensorLike, options: MetricOptions = {}): Metric => meanOf(values, options),
);
/**
 * The mean of each element so far.
 *
 *     const x = tf.placeholder(tf.float32, [2]);
 *     const [mean, update] = tf.metrics.meanTensor(x);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update, { [x.name]: [1, 2] });
 *     sess.run(update, { [x.name]: [3, 2] })   // [2, 2]
 *
 * @param values              numbers, of a known shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32, the shape of `values`
 * @throws ValueError  for weights that do not fit
 */
export const meanTensor = boundOptions(
  'metrics.mean_tensor',
  1,
  function meanTensor(given: TensorLike, options: MetricOptions = {}): Metric<Tensor> {
    const { name = null, metricsCollections, updatesCollections } = options;
    return variableScope(name, 'mean', [given, options.weights], (): Metric<Tensor> => {
      let values = as(given);
      const shape = values.shape.fullDims!;
      const total = metricVariable(shape, float32, 'total_tensor');
      const count = metricVariable(shape, float32, 'count_tensor');
      let number = onesLike(values);
      if (options.weights !== null && options.weights !== undefined) {
        const weights = broadcastWeights(as(squeezedWeights(values, options.weights)!), values);
        values = multiply(values, weights);
        number = multiply(number, weights);
      }
      const updateTotal = assignAdd(total, values);
      const updateCount = waitingFor([values], () => assignAdd(count, number));
      const value = collected(divNoNan(total, maximum(count, 0), { name: 'value' }), metricsCollections);
      const update = divNoNan(updateTotal, maximum(updateCount, 0), { name: 'update_op' });
      return [value, collected(update, updatesCollections)];
    });
  },
);
/**
 * How many of all predictions so far are right.
 *
 *     const [accuracy, update] = tf.metrics.accuracy([1, 2, 3, 4], [1, 2, 0, 4]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 0.75
 *
 * @param labels              what is right: any shape and dtype
 * @param predictions         of that shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const accuracy = boundOptions(
  'metrics.accuracy',
  2,
  function accuracy(givenLabels: TensorLike, givenPredictions: TensorLike, options: MetricOptions = {}): Metric {
    const { predictions, labels, weights } = squeezed(givenPredictions, givenLabels, options.weights);
    const right = labels.dtype === predictions.dtype ? predictions : as(predictions, labels.dtype);
    return meanOf(as(equal(right, labels)), named({ ...options, weights }, 'accuracy'));
  },
);
/**
 * The mean of |predictions − labels| so far.
 *
 *     const [error, update] = tf.metrics.meanAbsoluteError([1, 2], [2, 5]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 2
 *
 * @param labels              what is right: numbers, any shape
 * @param predictions         numbers of that shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const meanAbsoluteError = boundOptions(
  'metrics.mean_absolute_error',
  2,
  function meanAbsoluteError(
    givenLabels: TensorLike,
    givenPredictions: TensorLike,
    options: MetricOptions = {},
  ): Metric {
    const { predictions, labels, weights } = squeezed(givenPredictions, givenLabels, options.weights);
    return meanOf(abs(predictions.sub(labels)), named({ ...options, weights }, 'mean_absolute_error'));
  },
);
/**
 * The mean of (predictions − labels)² so far.
 *
 *     const [error, update] = tf.metrics.meanSquaredError([1, 2], [2, 5]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 5
 *
 * @param labels              what is right: numbers, any shape
 * @param predictions         numbers of that shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const meanSquaredError = boundOptions(
  'metrics.mean_squared_error',
  2,
  (labels: TensorLike, predictions: TensorLike, options: MetricOptions = {}): Metric =>
    squaredError(labels, predictions, options),
);
function squaredError(givenLabels: TensorLike, givenPredictions: TensorLike, options: MetricOptions): Metric {
  const { predictions, labels, weights } = squeezed(givenPredictions, givenLabels, options.weights);
  return meanOf(squaredDifference(labels, predictions), named({ ...options, weights }, 'mean_squared_error'));
}
/**
 * The square root of the mean of (predictions − labels)² so far.
 *
 *     const [error, update] = tf.metrics.rootMeanSquaredError([0, 0], [3, 5]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 4.123106
 *
 * @param labels              what is right: numbers, any shape
 * @param predictions         numbers of that shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const rootMeanSquaredError = boundOptions(
  'metrics.root_mean_squared_error',
  2,
  function rootMeanSquaredError(
    givenLabels: TensorLike,
    givenPredictions: TensorLike,
    { metricsCollections, updatesCollections, ...options }: MetricOptions = {},
  ): Metric {
    const { predictions, labels, weights } = squeezed(givenPredictions, givenLabels, options.weights);
    const [square, update] = squaredError(
      labels,
      predictions,
      named({ ...options, weights }, 'root_mean_squared_error'),
    );
    const value = collected(sqrt(square), metricsCollections);
    return [value, collected(sqrt(update), updatesCollections)];
  },
);
/**
 * The mean of 1 − labels · predictions along a dimension so far, of vectors of length 1.
 *
 *     const [distance, update] = tf.metrics.meanCosineDistance([[1, 0]], [[0.6, 0.8]], 1);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 0.4
 *
 * @param labels              what is right: floats, any shape
 * @param predictions         floats of that shape
 * @param dim                 the dimension that one vector takes
 * @param weights             what each vector counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const meanCosineDistance = boundOptions(
  'metrics.mean_cosine_distance',
  3,
  function meanCosineDistance(
    givenLabels: TensorLike,
    givenPredictions: TensorLike,
    dim: number,
    { metricsCollections, updatesCollections, ...options }: MetricOptions = {},
  ): Metric {
    const { predictions, labels, weights } = squeezed(givenPredictions, givenLabels, options.weights);
    const products = reduceSum(multiply(predictions, labels), [dim], { keepdims: true });
    const [value, update] = meanOf(products, named({ ...options, weights }, 'mean_cosine_distance'));
    const [distance, updated] = [subtract(1, value), subtract(1, update)];
    return [collected(distance, metricsCollections), collected(updated, updatesCollections)];
  },
);
/**
 * The mean of |labels − predictions| over `normalizer` so far; 0 counts where the normalizer is 0.
 *
 *     const [error, update] = tf.metrics.meanRelativeError([1, 4], [2, 2], [1, 4]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 0.75
 *
 * @param labels              what is right: floats, any shape
 * @param predictions         floats of that shape
 * @param normalizer          what errors are divided by: of that shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const meanRelativeError = boundOptions(
  'metrics.mean_relative_error',
  3,
  function meanRelativeError(
    givenLabels: TensorLike,
    givenPredictions: TensorLike,
    normalizer: TensorLike,
    options: MetricOptions = {},
  ): Metric {
    const { predictions, labels, weights } = squeezed(givenPredictions, givenLabels, options.weights);
    const [guesses, norm] = removeSqueezableDimensions(predictions, normalizer);
    mustFit(guesses, norm);
    const isNone = equal(norm, 0);
    const errors = where(isNone, zerosLike(labels), div(abs(labels.sub(guesses)), norm));
    return meanOf(errors, named({ ...options, weights }, 'mean_relative_error'));
  },
);
/**
 * How many of all elements so far are below a threshold.
 *
 *     const [part, update] = tf.metrics.percentageBelow([1, 2, 3, 4], 2.5);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 0.5
 *
 * @param values              numbers, any shape
 * @param threshold           a scalar of their dtype
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: float32 scalars, between 0 and 1
 * @throws ValueError  for weights that do not fit
 */
export const percentageBelow = boundOptions(
  'metrics.percentage_below',
  2,
  (values: NotText, threshold: NotText, options: MetricOptions = {}): Metric =>
    meanOf(as(less(values, threshold)), named(options, 'percentage_below_threshold')),
);
