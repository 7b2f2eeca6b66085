/**
 * `tf.metrics`: metrics over all that was fed, in local variables. Re-exports only.
 *
 * @module
 */
export {
  type AtOptions,
  precisionAtK,
  precisionAtTopK,
  recallAtK,
  recallAtTopK,
  sparsePrecisionAtK,
  type TopOptions,
} from './at-k';
export { auc, type AucOptions } from './auc';
export { averagePrecisionAtK, sparseAveragePrecisionAtK } from './average-precision';
export { sensitivityAtSpecificity, specificityAtSensitivity, type ThresholdOptions } from './best';
export { meanIou, meanPerClassAccuracy } from './classes';
export { falseNegatives, falsePositives, precision, recall, trueNegatives, truePositives } from './counts';
export {
  accuracy,
  mean,
  meanAbsoluteError,
  meanCosineDistance,
  meanRelativeError,
  meanSquaredError,
  meanTensor,
  percentageBelow,
  rootMeanSquaredError,
} from './mean';
export type { Labels } from './rows';
export type { Collections, Metric, MetricOptions } from './shared';
export {
  falseNegativesAtThresholds,
  falsePositivesAtThresholds,
  precisionAtThresholds,
  recallAtThresholds,
  trueNegativesAtThresholds,
  truePositivesAtThresholds,
} from './thresholds';
