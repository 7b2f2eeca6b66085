/**
 * Readers, queues of what there is to read, and batches of it. Re-exports only.
 *
 * @module
 */
export {
  batch,
  batchJoin,
  type BatchJoinOptions,
  type BatchOptions,
  maybeBatch,
  maybeBatchJoin,
  maybeShuffleBatch,
  maybeShuffleBatchJoin,
  shuffleBatch,
  shuffleBatchJoin,
  type ShuffleBatchJoinOptions,
  type ShuffleBatchOptions,
} from './batching';
export type { Batched, Component, Components } from './batches';
export {
  inputProducer,
  limitEpochs,
  matchFilenamesOnce,
  type Produced,
  rangeInputProducer,
  sliceInputProducer,
  type SliceOptions,
  stringInputProducer,
} from './producers';
