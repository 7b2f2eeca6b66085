/**
 * `tf.contrib.legacySeq2seq`: sequence to sequence with steps that are nodes of their own, and losses of lists of
 * steps. Re-exports only.
 *
 * @module
 */
export { attentionDecoder, type AttentionDecoderOptions } from './legacy/attention';
export { embeddingAttentionDecoder, embeddingAttentionSeq2seq } from './legacy/embedding-attention';
export {
  embeddingRnnDecoder,
  embeddingRnnSeq2seq,
  embeddingTiedRnnSeq2seq,
  type Projection,
} from './legacy/embedding';
export { one2manyRnnSeq2seq } from './legacy/one-to-many';
export { basicRnnSeq2seq, type LoopFunction, rnnDecoder, tiedRnnSeq2seq } from './legacy/decoders';
export {
  type BucketModel,
  modelWithBuckets,
  sequenceLoss,
  sequenceLossByExample,
  type SoftmaxLossFunction,
} from './legacy/losses';
