/**
 * `tf.contrib.seq2seq`: decoders, which write a sequence step by step, attention, and the loss of sequences.
 * Re-exports only.
 *
 * @module
 */
export { BahdanauAttention, hardmax, type KeyValueFn, LuongAttention, type ProbabilityFn } from './attention';
export { type AttentionParts, AttentionWrapperState } from './attention-state';
export { type AttentionFn, type AttentionLayer, AttentionWrapper } from './attention-wrapper';
export { BasicDecoder, BasicDecoderOutput, type OutputLayer } from './basic-decoder';
export { BeamSearchDecoder } from './beam-decoder';
export {
  type BeamOutputParts,
  BeamSearchDecoderOutput,
  BeamSearchDecoderState,
  type BeamStateParts,
  type FinalBeamParts,
  FinalBeamSearchDecoderOutput,
} from './beam-tuples';
export { gatherTree } from '../../ops/beams';
export {
  Decoder,
  type DecodeOptions,
  type DecoderStart,
  type DecoderStep,
  dynamicDecode,
  type FinalizeNames,
  type StepNames,
} from './decoder';
export {
  type Embedding,
  GreedyEmbeddingHelper,
  InferenceHelper,
  SampleEmbeddingHelper,
} from './embedding-helpers';
export {
  CustomHelper,
  type CustomNext,
  type CustomSample,
  Helper,
  type HelperNext,
  type HelperStart,
  type NextNames,
  type SampleNames,
} from './helper';
export { sequenceLoss } from './loss';
export { type Attended, AttentionMechanism, type QueryNames } from './mechanism';
export {
  BahdanauMonotonicAttention,
  LuongMonotonicAttention,
  monotonicAttention,
  type MonotonicMode,
  safeCumprod,
} from './monotonic';
export { ScheduledEmbeddingTrainingHelper, ScheduledOutputTrainingHelper } from './scheduled-helpers';
export { tileBatch } from './tile-batch';
export { TrainingHelper } from './training-helper';
