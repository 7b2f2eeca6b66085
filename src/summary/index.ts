/**
 * `tf.summary`: what a program shows of itself in TensorBoard.
 *
 * @module
 */
export {
  Event,
  type EventGiven,
  SessionLog,
  type SessionLogGiven,
  Summary,
  type SummaryValueGiven,
} from '../format/summary';
export { SummaryDescription, TaggedRunMetadata } from '../format/event-classes';
export { getSummaryDescription } from './description';
export { FileWriter, FileWriterCache, type StepNumber, type SummaryLike } from './file-writer';
export {
  audio,
  histogram,
  image,
  merge,
  mergeAll,
  scalar,
  type SummaryTensor,
  tensorSummary,
  text,
} from './nodes';
export { initialize } from './initialize';
