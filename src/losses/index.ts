/**
 * `tf.losses`: losses with weights, and their collection. Re-exports only.
 *
 * @module
 */
export {
  addLoss,
  type CollectionOption,
  getLosses,
  getRegularizationLoss,
  getRegularizationLosses,
  getTotalLoss,
  type ScopeOption,
  type TotalOptions,
} from './collection';
export {
  absoluteDifference,
  type CosineOptions,
  cosineDistance,
  type HuberOptions,
  hingeLoss,
  huberLoss,
  type LogOptions,
  logLoss,
  meanPairwiseSquaredError,
  meanSquaredError,
} from './losses';
export {
  type SmoothedOptions,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
  sparseSoftmaxCrossEntropy,
} from './entropy';
export { computeWeightedLoss, type LossOptions, Reduction, type ReductionKey } from './weighted';
