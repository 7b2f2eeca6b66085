/** TensorFlow's messages about what a run shows: the numbers of their fields, from the .proto files of 1.15. */
import { inner, inners, many, maybe, one, word } from './field';
import { Message, type MessageOf } from './message';

// --- tensorflow/core/framework/summary.proto --------------------------------------------------------------------

export const SUMMARY_DESCRIPTION = new Message('SummaryDescription', {
  /** A word for what it is. */
  typeHint: one('string', 1),
});
export const HISTOGRAM = new Message('HistogramProto', {
  /** The least value. */
  min: one('double', 1),
  /** The largest value. */
  max: one('double', 2),
  /** How many values there are. */
  num: one('double', 3),
  /** Their sum. */
  sum: one('double', 4),
  /** The sum of their squares. */
  sumSquares: one('double', 5),
  /** The upper end of each bucket. */
  bucketLimit: many('double', 6),
  /** How many values are in it. */
  bucket: many('double', 7),
});
export const PLUGIN_DATA = new Message('SummaryMetadata.PluginData', {
  /** The plugin's name. */
  pluginName: one('string', 1),
  /** What it is told: a message of its own. */
  content: one('bytes', 2),
});
export const SUMMARY_METADATA = new Message('SummaryMetadata', {
  /** The plugin of TensorBoard, and what it is told. */
  pluginData: inner(() => PLUGIN_DATA, 1),
  /** What is shown in the place of the tag. */
  displayName: one('string', 2),
  /** A text about it, in Markdown. */
  summaryDescription: one('string', 3),
});
export const SUMMARY_IMAGE = new Message('Summary.Image', {
  /** Rows. */
  height: one('int32', 1),
  /** Columns. */
  width: one('int32', 2),
  /** The number of channels: 1 for grey, 3 for colours, 4 for colours that let others through. */
  colorspace: one('int32', 3),
  /** The picture, as PNG. */
  encodedImageString: one('bytes', 4),
});
export const SUMMARY_AUDIO = new Message('Summary.Audio', {
  /** Samples in a second. */
  sampleRate: one('float', 1),
  /** 1 for mono, 2 for stereo. */
  numChannels: one('int64', 2),
  /** How many samples a channel has. */
  lengthFrames: one('int64', 3),
  /** The sound, as WAV. */
  encodedAudioString: one('bytes', 4),
  /** Its kind: `audio/wav`. */
  contentType: one('string', 5),
});
/** Of the values one is there. `tensor` is a TensorProto, which tensor-proto.ts reads. */
export const SUMMARY_VALUE = new Message('Summary.Value', {
  /** Its name in TensorBoard. */
  tag: one('string', 1),
  /** A number. */
  simpleValue: maybe('float', 2),
  /** A histogram of files before 2015, as bytes. */
  obsoleteOldStyleHistogram: maybe('bytes', 3),
  image: inner(() => SUMMARY_IMAGE, 4),
  histo: inner(() => HISTOGRAM, 5),
  audio: inner(() => SUMMARY_AUDIO, 6),
  /** The node that made it, in old files. */
  nodeName: one('string', 7),
  tensor: maybe('bytes', 8),
  metadata: inner(() => SUMMARY_METADATA, 9),
});
export const SUMMARY = new Message('Summary', { value: inners(() => SUMMARY_VALUE, 1) });

// --- tensorflow/core/util/event.proto ---------------------------------------------------------------------------

export const LOG_LEVEL = { UNKNOWN: 0, DEBUGGING: 10, INFO: 20, WARN: 30, ERROR: 40, FATAL: 50 } as const;
export const LOG_MESSAGE = new Message('LogMessage', {
  /** How grave it is: DEBUGGING, INFO, WARN, ERROR or FATAL. */
  level: word(LOG_LEVEL, 1),
  /** The line. */
  message: one('string', 2),
});
export const SESSION_STATUS = { STATUS_UNSPECIFIED: 0, START: 1, STOP: 2, CHECKPOINT: 3 } as const;
export const SESSION_LOG = new Message('SessionLog', {
  /** What happened: START, STOP or CHECKPOINT. */
  status: word(SESSION_STATUS, 1),
  /** The checkpoint that was written. */
  checkpointPath: one('string', 2),
  /** What is said of it. */
  msg: one('string', 3),
});
export const TAGGED_RUN_METADATA = new Message('TaggedRunMetadata', {
  /** Its name in TensorBoard. */
  tag: one('string', 1),
  /** A RunMetadata. */
  runMetadata: one('bytes', 2),
});
/** Of what follows the step, one is there. */
export const EVENT = new Message('Event', {
  /** Seconds since 1970. */
  wallTime: one('double', 1),
  /** The number of the step. */
  step: one('int64', 2),
  /** The format of the file, in its first event. */
  fileVersion: maybe('string', 3),
  /** A GraphDef. */
  graphDef: maybe('bytes', 4),
  summary: inner(() => SUMMARY, 5),
  /** A line of a log. */
  logMessage: inner(() => LOG_MESSAGE, 6),
  sessionLog: inner(() => SESSION_LOG, 7),
  /** What one run took. */
  taggedRunMetadata: inner(() => TAGGED_RUN_METADATA, 8),
  /** A MetaGraphDef. */
  metaGraphDef: maybe('bytes', 9),
});
/** What one event says. */
export type EventMessage = MessageOf<typeof EVENT.fields>;

// --- tensorflow/contrib/tensorboard/plugins/projector/projector_config.proto ------------------------------------

export const SPRITE_METADATA = new Message('SpriteMetadata', {
  imagePath: one('string', 1),
  singleImageDim: many('uint32', 2),
});
export const EMBEDDING_INFO = new Message('EmbeddingInfo', {
  tensorName: one('string', 1),
  metadataPath: one('string', 2),
  bookmarksPath: one('string', 3),
  tensorShape: many('uint32', 4),
  sprite: inner(() => SPRITE_METADATA, 5),
  tensorPath: one('string', 6),
});
export const PROJECTOR_CONFIG = new Message('ProjectorConfig', {
  modelCheckpointPath: one('string', 1),
  embeddings: inners(() => EMBEDDING_INFO, 2),
  modelCheckpointDir: one('string', 3),
});
