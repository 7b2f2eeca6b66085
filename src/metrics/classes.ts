/** Metrics of classes: accuracy of each, and intersection over union. */
import { float32, float64, int64 } from '../base/dtype';
import { boundOptions } from '../calls/bind';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { ArrayTensor, ScalarTensor, Tensor } from '../graph/graph';
import { confusionOf } from '../math/confusion-matrix';
import { equal, greater, notEqual } from '../ops/compare';
import { div, divNoNan } from '../ops/division';
import { maximum } from '../ops/elementwise';
import { ones } from '../ops/fill';
import { onesLike } from '../ops/identity';
import { tensorDiagPart } from '../ops/matrix';
import { reduceMean, reduceSum } from '../ops/reduce';
import { where } from '../ops/where';
import { reshape, sizeOf } from '../ops/words';
import { variableScope } from '../variables/scope';
import { assignAdd, scatterAdd } from '../variables/update';
import { type Metric, type MetricOptions, as, castNumber, collected, metricVariable, mustFit } from './shared';

const flat = (x: Tensor): Tensor => ((x.shape.rank ?? 0) > 1 ? reshape(x, [-1]) : x);
const tensorOf = (x: TensorLike | null | undefined): Tensor | null =>
  x === null || x === undefined ? null : convertToTensor(x);

/**
 * The mean over classes of the accuracy of each so far.
 *
 *     const [accuracy, update] = tf.metrics.meanPerClassAccuracy([0, 0, 0, 1], [0, 0, 1, 1], 2);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)     // [0.666667, 1]
 *     sess.run(accuracy)   // 0.833333
 *
 * @param labels              classes as integers, any shape
 * @param predictions         of that shape
 * @param numClasses          how many classes there are
 * @param weights             what each element counts: as many; 1 where not given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: a float32 scalar, and the accuracy of each class
 * @throws ValueError  if the shapes are known and differ
 */
export const meanPerClassAccuracy = boundOptions(
  'metrics.mean_per_class_accuracy',
  3,
  function meanPerClassAccuracy(
    givenLabels: TensorLike,
    givenPredictions: TensorLike,
    numClasses: number,
    { weights: given, metricsCollections, updatesCollections, name = null }: MetricOptions = {},
  ): Metric<ScalarTensor, ArrayTensor> {
    let predictions = convertToTensor(givenPredictions);
    let weights = tensorOf(given);
    return variableScope(
      name,
      'mean_accuracy',
      [predictions, givenLabels, weights],
      (): Metric<ScalarTensor, ArrayTensor> => {
        const labels = flat(as(givenLabels, int64));
        predictions = flat(predictions);
        mustFit(predictions, labels);
        const total = metricVariable([numClasses], float32, 'total');
        const count = metricVariable([numClasses], float32, 'count');
        let all: Tensor = ones([sizeOf(labels)], { dtype: float32 });
        if (predictions.dtype !== labels.dtype) predictions = as(predictions, labels.dtype);
        let right = as(equal(predictions, labels));
        if (weights) {
          weights = as(flat(weights));
          right = right.mul(weights);
          all = all.mul(weights);
        }
        const updateTotal = scatterAdd(total, labels, all);
        const updateCount = scatterAdd(count, labels, right);
        const value = reduceMean(divNoNan(count, maximum(total, 0)), { name: 'mean_accuracy' });
        collected(value, metricsCollections);
        const update = divNoNan(updateCount, maximum(updateTotal, 0), { name: 'update_op' });
        return [value, collected(update, updatesCollections)];
      },
    );
  },
);
/**
 * The mean over classes of intersection over union so far: of right predictions over all predictions and labels of the
 * class.
 *
 *     const [iou, update] = tf.metrics.meanIou([0, 0, 1, 1], [0, 1, 1, 1], 2);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // [[1, 1], [0, 2]]
 *     sess.run(iou)      // 0.583333
 *
 * @param labels              classes as integers, any shape
 * @param predictions         of that shape
 * @param numClasses          how many classes there are
 * @param weights             what each element counts: as many; 1 where not given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @returns  `[value, update]`: a float32 scalar, and the confusion matrix, float64
 * @throws ValueError  if the shapes are known and differ
 */
export const meanIou = boundOptions(
  'metrics.mean_iou',
  3,
  function meanIou(
    givenLabels: TensorLike,
    givenPredictions: TensorLike,
    numClasses: number,
    { weights: given, metricsCollections, updatesCollections, name = null }: MetricOptions = {},
  ): Metric<ScalarTensor, ArrayTensor> {
    const [predictions, labels] = [convertToTensor(givenPredictions), convertToTensor(givenLabels)];
    const weights = tensorOf(given);
    return variableScope(name, 'mean_iou', [predictions, labels, weights], (): Metric<ScalarTensor, ArrayTensor> => {
      mustFit(predictions, labels);
      const total = metricVariable([numClasses, numClasses], float64, 'total_confusion_matrix');
      const [guesses, right] = [as(predictions, int64), as(labels, int64)];
      const classes = castNumber(numClasses, int64);
      const flatGuesses = flat(guesses);
      const counts = confusionOf(flat(right), flatGuesses, {
        numClasses: classes,
        dtype: float64,
        weights: weights && flat(weights),
      });
      const update = assignAdd(total, counts);
      const [overRows, overColumns] = [as(reduceSum(total, 0)), as(reduceSum(total, 1))];
      const diagonal = as(tensorDiagPart(total));
      let denominator = overRows.add(overColumns).sub(diagonal);
      const valid = reduceSum(as(notEqual(denominator, 0)));
      denominator = where(greater(denominator, 0), denominator, onesLike(denominator));
      const iou = div(diagonal, denominator);
      const isAny = greater(valid, 0);
      const value = where(isAny, reduceSum(iou, { name: 'mean_iou' }).div(valid), 0);
      return [collected(value, metricsCollections), collected(update, updatesCollections)];
    });
  },
);
