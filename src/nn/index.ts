/** The `tf.nn` namespace: re-exports only. */

export { crelu, elu, type LeakyReluOptions, leakyRelu, relu, relu6, selu, softplus, softsign } from '../ops/activation';
export { type BiasAddOptions, biasAdd, reluLayer, xwPlusB } from '../ops/bias';
export { depthToSpace, spaceToDepth } from '../ops/blocks';
export {
  type ConvOptions,
  conv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  conv2dTranspose,
  type PaddingLike,
} from '../ops/conv';
export { l2Loss } from '../ops/loss';
export { avgPool, maxPool, type PoolOptions } from '../ops/pool';
export { logSoftmax, type SoftmaxOptions, softmax } from '../ops/softmax';
export { inTopK, type TopK, type TopKOptions, topK } from '../ops/top-k';
export { sigmoid, tanh } from '../ops/unary';
export type { PerDimension } from '../ops/window';
export {
  type CrossEntropyArgs,
  type SparseCrossEntropyArgs,
  softmaxCrossEntropyWithLogits,
  softmaxCrossEntropyWithLogitsV2,
  sparseSoftmaxCrossEntropyWithLogits,
} from './cross-entropy';
export { type DropoutOptions, dropout } from './dropout';
export { type EmbeddingLookupOptions, embeddingLookup } from './embedding';
export { sigmoidCrossEntropyWithLogits, weightedCrossEntropyWithLogits } from './logistic';
export {
  batchNormalization,
  type L2NormalizeOptions,
  l2Normalize,
  type MomentsOptions,
  moments,
  zeroFraction,
} from './normalize';
