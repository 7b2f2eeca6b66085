/** Metrics at the one of many thresholds that is nearest to what is asked for. */
import { int32, int64 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { boundOptions } from '../calls/bind';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { argmax, argmin } from '../ops/arg';
import { equal } from '../ops/compare';
import { div } from '../ops/division';
import { reduceMin } from '../ops/reduce';
import { cumsum } from '../ops/running';
import { getItem } from '../ops/subscript';
import { abs } from '../ops/unary';
import { variableScope } from '../variables/scope';
import { type Metric, type MetricOptions, as, collected } from './shared';
import { type Counts, EPSILON, type Held, countsAtThresholds, evenly, plus } from './thresholds';

/** What metrics at the best of many thresholds take by name. */
export interface ThresholdOptions extends MetricOptions {
  /** How many thresholds there are, from 0 to 1: 200 where not given. */
  readonly numThresholds?: number;
}
/**
 * How much of what is true is predicted to be true (sensitivity) at the threshold where `specificity` of what is false
 * is predicted to be false.
 *
 *     const [sensitivity, update] = tf.metrics.sensitivityAtSpecificity([0, 0, 1, 1], [0.1, 0.6, 0.5, 0.9], 0.5);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 1
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         floats between 0 and 1, of that shape
 * @param specificity         between 0 and 1
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @param numThresholds       how many thresholds are tried, from 0 to 1; 200 where not given
 * @returns  `[value, update]`: float32 scalars
 * @throws ValueError  for a specificity outside [0, 1], and if the shapes are known and differ
 * @throws InvalidArgumentError  when run, for a prediction outside [0, 1]
 */
export const sensitivityAtSpecificity = boundOptions(
  'metrics.sensitivity_at_specificity',
  3,
  function sensitivityAtSpecificity(
    labels: TensorLike,
    predictions: TensorLike,
    specificity: number,
    options: ThresholdOptions = {},
  ): Metric {
    if (specificity < 0 || specificity > 1) throw new ValueError('`specificity` must be in the range [0, 1].');
    return atBest('sensitivity_at_specificity', labels, predictions, 1 + EPSILON, options, (c, name) => {
      const each = div(c.tn, plus(c.tn, c.fp).add(EPSILON));
      const index = as(argmin(abs(each.sub(specificity)), 0), int32);
      const at = (x: Held): Tensor => getItem(x, [index]);
      const hits = at(c.tp);
      return div(hits, at(c.tp).add(at(c.fn)).add(EPSILON), { name });
    });
  },
);
/**
 * How much of what is false is predicted to be false (specificity) at the threshold where `sensitivity` of what is true
 * is predicted to be true.
 *
 *     const [specificity, update] = tf.metrics.specificityAtSensitivity([0, 0, 1, 1], [0.1, 0.6, 0.5, 0.9], 0.5);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 1
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         floats between 0 and 1, of that shape
 * @param sensitivity         between 0 and 1
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @param numThresholds       how many thresholds are tried, from 0 to 1; 200 where not given
 * @returns  `[value, update]`: float32 scalars
 * @throws ValueError  for a sensitivity outside [0, 1], and if the shapes are known and differ
 * @throws InvalidArgumentError  when run, for a prediction outside [0, 1]
 */
export const specificityAtSensitivity = boundOptions(
  'metrics.specificity_at_sensitivity',
  3,
  function specificityAtSensitivity(
    labels: TensorLike,
    predictions: TensorLike,
    sensitivity: number,
    options: ThresholdOptions = {},
  ): Metric {
    if (sensitivity < 0 || sensitivity > 1) throw new ValueError('`sensitivity` must be in the range [0, 1].');
    // The last threshold is below 1 here, as TensorFlow has it.
    return atBest('specificity_at_sensitivity', labels, predictions, 1 - EPSILON, options, (c, name) => {
      const each = div(c.tp, plus(c.tp, c.fn).add(EPSILON));
      const least = reduceMin(abs(each.sub(sensitivity)));
      const isLeast = as(equal(abs(each.sub(sensitivity)), least), int64);
      const index = as(argmax(cumsum(isLeast), 0), int32);
      const at = (x: Held): Tensor => getItem(x, [index]);
      const hits = at(c.tn);
      return div(hits, at(c.tn).add(at(c.fp)).add(EPSILON), { name });
    });
  },
);
function atBest(
  scope: string,
  labels: TensorLike,
  predictions: TensorLike,
  end: number,
  { weights, numThresholds = 200, metricsCollections, updatesCollections, name = null }: ThresholdOptions,
  best: (counts: Counts<Held>, name: string) => Tensor,
): Metric {
  return variableScope(name, scope, [predictions, labels, weights], (): Metric => {
    const { values, updates } = countsAtThresholds(labels, predictions, evenly(numThresholds, end), weights);
    const value = collected(best(values, 'value'), metricsCollections);
    return [value, collected(best(updates, 'update_op'), updatesCollections)];
  });
}
