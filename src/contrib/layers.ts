/**
 * `tf.contrib.layers`: layers with a ReLU, names of weights and collections of their own, penalties, and a training
 * step in one call. Re-exports only.
 *
 * @module
 */
export { l1Regularizer, l2Regularizer } from '../variables/regularizers';
export { xavierInitializer } from '../variables/initializers';
export { batchNorm } from './batch-norm';
export type { VariablesCollections } from './collections';
export { embedSequence } from './embed-sequence';
export { varianceScalingInitializer, xavierInitializerConv2d } from './initializers';
export { biasAdd, layerNorm } from './layer-norm';
export { type MakeOptimizer, optimizeLoss } from './optimize-loss';
export { applyRegularization, l1L2Regularizer, type Penalty, sumRegularizer } from './regularizers';
export { type LayerFn, repeat, stack } from './repeat';
export { avgPool2d, dropout, flatten, maxPool2d, oneHotEncoding, softmax } from './shapes';
export {
  summarizeActivation,
  summarizeActivations,
  summarizeCollection,
  type Summarizer,
  summarizeTensor,
  summarizeTensors,
} from './summaries';
export {
  type ActivationFn,
  // By their shorter names too: one and the same for `argScope`, as in TensorFlow.
  convolution1d as conv1d,
  convolution2d as conv2d,
  convolution2dTranspose as conv2dTranspose,
  convolution1d,
  convolution2d,
  convolution2dTranspose,
  fullyConnected,
  linear,
  type NormalizerFn,
  relu,
  relu6,
} from './weights';
