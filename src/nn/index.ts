/**
 * `tf.nn`: activations, convolutions, pooling, normalization and losses. Re-exports only.
 *
 * @module
 */
export { depthToSpace, spaceToDepth } from '../ops/blocks';
export { type LeakyReluOptions, crelu, elu, leakyRelu, relu, relu6, selu, softplus, softsign } from '../ops/activation';
export { type FusedBatchNormOptions, fusedBatchNorm } from '../ops/batch-norm';
export { type BiasAddOptions, biasAdd, reluLayer, xwPlusB } from '../ops/bias';
export {
  type AccidentalHits,
  type Candidates,
  type UnigramOptions,
  allCandidateSampler,
  computeAccidentalHits,
  fixedUnigramCandidateSampler,
  learnedUnigramCandidateSampler,
  logUniformCandidateSampler,
  uniformCandidateSampler,
} from '../ops/candidates';
export {
  type ConvOptions,
  type PaddingLike,
  conv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  conv2dTranspose,
} from '../ops/conv';
export {
  type VolumeOptions,
  type VolumeTransposeOptions,
  conv3d,
  conv3dBackpropFilter,
  conv3dBackpropFilterV2,
  conv3dTranspose,
} from '../ops/conv3d';
export {
  type DepthwiseOptions,
  depthwiseConv2dNative,
  depthwiseConv2dNativeBackpropFilter,
  depthwiseConv2dNativeBackpropFilter as depthwiseConv2dBackpropFilter,
  depthwiseConv2dNativeBackpropInput,
  depthwiseConv2dNativeBackpropInput as depthwiseConv2dBackpropInput,
} from '../ops/depthwise';
export { type SeparableOptions, depthwiseConv2d, separableConv2d } from './depthwise';
export { atrousConv2dTranspose } from './atrous-transpose';
export {
  type ConvolutionOptions,
  type LineOptions,
  atrousConv2d,
  conv1d,
  conv1dTranspose,
  convolution,
} from './convolution';
export type { PerDimension } from '../ops/window';
export { type DropoutOptions, dropout } from './dropout';
export { type EmbeddingLookupOptions, embeddingLookup } from './embedding';
export { l2Loss } from '../ops/loss';
export {
  ctcBeamSearchDecoder,
  ctcBeamSearchDecoderV2,
  ctcGreedyDecoder,
  ctcLoss,
  type Decoded,
} from '../ops/ctc';
export { type LrnOptions, lrn, lrn as localResponseNormalization } from '../ops/lrn';
export { sigmoidCrossEntropyWithLogits, weightedCrossEntropyWithLogits } from './logistic';
export {
  type L2NormalizeOptions,
  type MomentsOptions,
  batchNormalization,
  l2Normalize,
  moments,
  zeroFraction,
} from './normalize';
export { type PoolOptions, avgPool, avgPool as avgPool2d, maxPool } from '../ops/pool';
export { type VolumePoolOptions, avgPool3d, maxPool3d } from '../ops/pool3d';
export {
  type GapPoolOptions,
  type LinePoolOptions,
  avgPool1d,
  avgPoolV2,
  maxPool1d,
  maxPool2d,
  maxPoolV2,
  pool,
} from './pooling';
export { type SampledOptions, type SampledSoftmaxOptions, nceLoss, sampledSoftmaxLoss } from './sampled';
export {
  type SufficientStatistics,
  type SufficientStatisticsOptions,
  batchNormWithGlobalNormalization,
  logPoissonLoss,
  normalizeMoments,
  sufficientStatistics,
  weightedMoments,
} from './sums';
export { swish } from './swish';
export { type SoftmaxOptions, logSoftmax, softmax } from '../ops/softmax';
export {
  type CrossEntropyArgs,
  type SparseCrossEntropyArgs,
  softmaxCrossEntropyWithLogits,
  softmaxCrossEntropyWithLogitsV2,
  sparseSoftmaxCrossEntropyWithLogits,
} from './cross-entropy';
export { type TopK, type TopKOptions, inTopK, topK } from '../ops/top-k';
export { sigmoid, tanh } from '../ops/unary';
