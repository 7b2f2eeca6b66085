/** The `tf.nn` namespace: re-exports only. */
export { type LeakyReluOptions, crelu, elu, leakyRelu, relu, relu6, selu, softplus, softsign } from '../ops/activation';
export { type BiasAddOptions, biasAdd, reluLayer, xwPlusB } from '../ops/bias';
export {
  type ConvOptions,
  type PaddingLike,
  type PerDimension,
  conv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  conv2dTranspose,
} from '../ops/conv';
export { type DropoutOptions, dropout } from '../ops/dropout';
export { embeddingLookup } from '../ops/embedding';
export { l2Loss, sigmoidCrossEntropyWithLogits, weightedCrossEntropyWithLogits } from '../ops/loss';
export {
  type L2NormalizeOptions,
  type MomentsOptions,
  batchNormalization,
  l2Normalize,
  moments,
  zeroFraction,
} from '../ops/normalize';
export { type PoolOptions, avgPool, maxPool } from '../ops/pool';
export {
  type CrossEntropyArgs,
  type SoftmaxOptions,
  type SparseCrossEntropyArgs,
  logSoftmax,
  softmax,
  softmaxCrossEntropyWithLogits,
  softmaxCrossEntropyWithLogitsV2,
  sparseSoftmaxCrossEntropyWithLogits,
} from '../ops/softmax';
export { type TopK, type TopKOptions, inTopK, topK } from '../ops/top-k';
export { sigmoid, tanh } from '../ops/unary';
