/** Messages of events as classes: `tf.HistogramProto`, `tf.SummaryMetadata`, `tf.LogMessage`. */
import {
  HISTOGRAM,
  LOG_LEVEL,
  LOG_MESSAGE,
  SUMMARY_DESCRIPTION,
  SUMMARY_METADATA,
  TAGGED_RUN_METADATA,
} from './event-messages';
import { messageClass } from './message-class';

/**
 * A histogram: how many values lie in each bucket.
 *
 *     const histo = new tf.HistogramProto({ min: 0, max: 2, num: 3, bucketLimit: [1, 2], bucket: [2, 1] });
 *     new tf.Summary({ value: [{ tag: 'w', histo }] }).value[0].histo.num   // 3
 */
export class HistogramProto extends messageClass(HISTOGRAM) {}
/**
 * Who shows a value in TensorBoard, and how.
 *
 *     const metadata = new tf.SummaryMetadata({ displayName: 'loss', summaryDescription: 'of one batch' });
 *     new tf.Summary({ value: [{ tag: 'a', simpleValue: 1, metadata }] }).value[0].metadata.displayName   // 'loss'
 */
export class SummaryMetadata extends messageClass(SUMMARY_METADATA) {}
/**
 * What a program logged.
 *
 *     const logMessage = new tf.LogMessage({ level: tf.LogMessage.INFO, message: 'done' });
 *     new tf.Event({ logMessage }).logMessage.message   // 'done'
 */
export class LogMessage extends messageClass(LOG_MESSAGE) {
  /** Nothing is said of it. */
  static readonly UNKNOWN = LOG_LEVEL.UNKNOWN;
  /** For who looks for a mistake. */
  static readonly DEBUGGING = LOG_LEVEL.DEBUGGING;
  /** What goes on. */
  static readonly INFO = LOG_LEVEL.INFO;
  /** What may be wrong. */
  static readonly WARN = LOG_LEVEL.WARN;
  /** What is wrong. */
  static readonly ERROR = LOG_LEVEL.ERROR;
  /** What ends the program. */
  static readonly FATAL = LOG_LEVEL.FATAL;
}
/**
 * What one run took, under a name.
 *
 *     new tf.summary.TaggedRunMetadata({ tag: 'step 10' }).tag   // 'step 10'
 */
export class TaggedRunMetadata extends messageClass(TAGGED_RUN_METADATA) {}
/**
 * What the value of a `TensorSummary` node is.
 *
 *     new tf.summary.SummaryDescription({ typeHint: 'scalar' }).typeHint   // 'scalar'
 */
export class SummaryDescription extends messageClass(SUMMARY_DESCRIPTION) {}
