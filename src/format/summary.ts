/** `tf.Summary`, `tf.Event` and what is in them: messages as objects, from and to bytes. */
import { isList } from '../base/border';
import { TypeError_ } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { isA, preview } from '../base/preview';
import {
  EVENT,
  type HISTOGRAM,
  type PLUGIN_DATA,
  SESSION_LOG,
  SESSION_STATUS,
  SUMMARY,
  type SUMMARY_AUDIO,
  type SUMMARY_IMAGE,
  type SUMMARY_METADATA,
  SUMMARY_VALUE,
} from './event-messages';
import type { Described } from './field';
import { LogMessage, TaggedRunMetadata } from './event-classes';
import { bytesGiven, checkGiven, checkObject } from './given';
import type { Given, MessageOf } from './message';
import { readTensor, writeContent } from './tensor-proto';
import { MessageWriter, NOTHING } from './wire';

const textFormat = () => require('./text-format') as typeof import('./text-format');
const tables = () => require('./event-text') as typeof import('./event-text');

/** A histogram: how many values lie in each bucket. */
export type HistogramMessage = MessageOf<typeof HISTOGRAM.fields>;
/** A picture in a summary. */
export type ImageMessage = MessageOf<typeof SUMMARY_IMAGE.fields>;
/** A sound in a summary. */
export type AudioMessage = MessageOf<typeof SUMMARY_AUDIO.fields>;
/** Who shows a value, and how. */
export type SummaryMetadataMessage = MessageOf<typeof SUMMARY_METADATA.fields>;

type RawValue = Omit<Given<typeof SUMMARY_VALUE.fields>, 'tensor' | 'image' | 'histo' | 'audio' | 'metadata'>;
/** What a value of a summary is made of: a tag, and one of the others. */
export interface SummaryValueGiven extends RawValue {
  /** A picture. */
  readonly image?: Given<typeof SUMMARY_IMAGE.fields> | null;
  /** A histogram. */
  readonly histo?: Given<typeof HISTOGRAM.fields> | null;
  /** A sound. */
  readonly audio?: Given<typeof SUMMARY_AUDIO.fields> | null;
  /** Any tensor. */
  readonly tensor?: NDArray | null;
  /** Who shows it. */
  readonly metadata?: MetadataGiven | null;
}
/** Who shows a value, and how. */
export interface MetadataGiven extends Omit<Given<typeof SUMMARY_METADATA.fields>, 'pluginData'> {
  /** The plugin of TensorBoard, and what it is told. */
  readonly pluginData?: Given<typeof PLUGIN_DATA.fields> | null;
}
/** Checks what is given, but for a tensor, which is an array here and a message in the file. */
function checkValue(given: SummaryValueGiven): void {
  checkObject(SUMMARY_VALUE, given);
  const { tensor, ...rest } = given;
  checkGiven(SUMMARY_VALUE, rest);
  if (tensor !== undefined && tensor !== null && !isA(tensor, NDArray))
    throw new TypeError_(`${preview(tensor)} was given for tensor of Summary.Value, which is a tf.NDArray.`);
}
function asMessage({ tensor, ...rest }: SummaryValueGiven): Given<typeof SUMMARY_VALUE.fields> {
  if (!tensor) return rest as Given<typeof SUMMARY_VALUE.fields>;
  const m = new MessageWriter();
  writeContent(m, tensor);
  return { ...(rest as Given<typeof SUMMARY_VALUE.fields>), tensor: m.w.finish() };
}
const textOf = (table: Described, bytes: Uint8Array): string => textFormat().textOf(table, bytes);

/** One value of a summary, under its tag. */
export class SummaryValue {
  /** Its name in TensorBoard. */
  tag = '';
  /** The node that made it, in old files. */
  nodeName = '';
  /** A number. */
  simpleValue: number | null = null;
  /** A picture. */
  image: ImageMessage | null = null;
  /** A histogram. */
  histo: HistogramMessage | null = null;
  /** A sound. */
  audio: AudioMessage | null = null;
  /** Any tensor. */
  tensor: NDArray | null = null;
  /** Who shows it, and how. */
  metadata: SummaryMetadataMessage | null = null;
  /** A histogram of files before 2015, as bytes. */
  obsoleteOldStyleHistogram: Uint8Array | null = null;
  /** Fields that are not known here, as bytes. */
  unknown: Uint8Array = NOTHING;
  /** @param given  its tag, and one value */
  constructor(given: SummaryValueGiven = {}) {
    checkValue(given);
    const { tensor = null } = given;
    const { tensor: _, ...rest } = SUMMARY_VALUE.read(SUMMARY_VALUE.write(asMessage({ ...given, tensor: null })));
    Object.assign(this, rest, { tensor });
  }
}
/**
 * Values by their tags, as summary nodes give them and event files keep them.
 *
 *     const summary = new tf.Summary({ value: [{ tag: 'loss', simpleValue: 0.5 }] });
 *     tf.Summary.fromString(summary.serializeToString()).value[0].simpleValue   // 0.5
 *     tf.Summary.fromString(sess.run(tf.summary.scalar('a', 2))).value[0].tag   // 'a'
 */
export class Summary {
  /** One value of a summary. */
  static readonly Value = SummaryValue;
  /** The values. */
  value: readonly SummaryValue[];
  /** Fields that are not known here, as bytes. */
  unknown: Uint8Array = NOTHING;
  /**
   * @param given  its values
   * @throws ValueError  for a field that it does not have
   */
  constructor(given: { readonly value?: readonly SummaryValueGiven[] | null; readonly unknown?: Uint8Array } = {}) {
    checkObject(SUMMARY, given);
    const { value, ...rest } = given;
    checkGiven(SUMMARY, rest);
    if (value !== undefined && value !== null && !isList(value)) checkGiven(SUMMARY, { value });
    this.value = (value ?? []).map((each) => (isA(each, SummaryValue) ? each : new SummaryValue(each)));
    if (rest.unknown) this.unknown = rest.unknown;
  }
  /** Bytes, as an event file has them. */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return SUMMARY.write(messageOfSummary(this) as Given<typeof SUMMARY.fields>);
  }
  /** Text, as Python prints it. */
  toString(): string {
    return textOf(tables().SUMMARY_TEXT, this.serializeToString());
  }
  /**
   * From bytes, or from what a summary node fetches as.
   *
   * @throws ValueError  if they are no Summary
   */
  static fromString(bytes: Uint8Array | string): Summary {
    return summaryOf(SUMMARY.read(bytesGiven(bytes, 'Summary')));
  }
}
function messageOfSummary({ value, unknown }: Summary): object {
  return { value: value.map(asMessage), unknown };
}
function summaryOf({ value, unknown }: MessageOf<typeof SUMMARY.fields>): Summary {
  const summary = new Summary({ unknown });
  summary.value = value.map(({ tensor, ...rest }) =>
    Object.assign(new SummaryValue(), rest, { tensor: tensor && readTensor(tensor) }),
  );
  return summary;
}

/** What a session log says. */
export type SessionLogGiven = Given<typeof SESSION_LOG.fields>;
/**
 * What a session did: it started, stopped, or wrote a checkpoint.
 *
 *     new tf.SessionLog({ status: tf.SessionLog.START }).status   // 1
 */
export class SessionLog {
  /** Nothing is said. */
  static readonly STATUS_UNSPECIFIED = SESSION_STATUS.STATUS_UNSPECIFIED;
  /** It started; what comes after its step in other files is void. */
  static readonly START = SESSION_STATUS.START;
  /** It ended. */
  static readonly STOP = SESSION_STATUS.STOP;
  /** It wrote a checkpoint. */
  static readonly CHECKPOINT = SESSION_STATUS.CHECKPOINT;
  /** One of the above. */
  status: number = SESSION_STATUS.STATUS_UNSPECIFIED;
  /** The checkpoint that was written. */
  checkpointPath = '';
  /** What else there is to say. */
  msg = '';
  /** Fields that are not known here, as bytes. */
  unknown: Uint8Array = NOTHING;
  /** @param given  its fields */
  constructor(given: SessionLogGiven = {}) {
    checkGiven(SESSION_LOG, given);
    Object.assign(this, SESSION_LOG.make(given));
  }
}

type RawEvent = MessageOf<typeof EVENT.fields>;
/** What an event is made of: when and at which step, and one of the others. */
export interface EventGiven extends Partial<Omit<RawEvent, 'summary' | 'sessionLog'>> {
  /** Values. */
  readonly summary?: Summary | null;
  /** What a session did. */
  readonly sessionLog?: SessionLogGiven | null;
}
/**
 * One entry of an event file.
 *
 *     const event = new tf.Event({ wallTime: 1.5, step: 3, summary: new tf.Summary() });
 *     tf.Event.fromString(event.serializeToString()).step   // 3
 */
export class Event {
  /** Seconds since 1970. */
  wallTime = 0;
  /** The step of the training. */
  step = 0;
  /** `brain.Event:2` in the first event of a file. */
  fileVersion: string | null = null;
  /** A graph, as bytes: `tf.GraphDef.fromString` reads them. */
  graphDef: Uint8Array | null = null;
  /** Values. */
  summary: Summary | null = null;
  /** What a program logged. */
  logMessage: LogMessage | null = null;
  /** What a session did. */
  sessionLog: SessionLog | null = null;
  /** What one run took. */
  taggedRunMetadata: TaggedRunMetadata | null = null;
  /** A meta graph, as bytes: `tf.MetaGraphDef.fromString` reads them. */
  metaGraphDef: Uint8Array | null = null;
  /** Fields that are not known here, as bytes. */
  unknown: Uint8Array = NOTHING;
  /**
   * @param given  its fields
   * @throws ValueError  for a field that it does not have
   */
  constructor(given: EventGiven = {}) {
    checkObject(EVENT, given);
    const { summary, ...rest } = given;
    checkGiven(EVENT, rest);
    if (summary !== undefined && summary !== null && !isA(summary, Summary))
      throw new TypeError_(`${preview(summary)} was given for summary of Event, which is a tf.Summary.`);
    const { summary: _, ...made } = EVENT.read(EVENT.write(rest as Given<typeof EVENT.fields>));
    const sessionLog = made.sessionLog && new SessionLog(made.sessionLog);
    const logMessage = made.logMessage && new LogMessage(made.logMessage);
    const taggedRunMetadata = made.taggedRunMetadata && new TaggedRunMetadata(made.taggedRunMetadata);
    Object.assign(this, made, { summary: summary ?? null, sessionLog, logMessage, taggedRunMetadata });
  }
  /** Bytes, as an event file has them. */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return EVENT.write(messageOfEvent(this));
  }
  /** Text, as Python prints it. */
  toString(): string {
    return textOf(tables().EVENT_TEXT, this.serializeToString());
  }
  /** From bytes. @throws ValueError  if they are no Event */
  static fromString(bytes: Uint8Array | string): Event {
    const { summary, ...rest } = EVENT.read(bytesGiven(bytes, 'Event'));
    return new Event({ ...rest, summary: summary && summaryOf(summary) });
  }
}
/** An event as its table has it. */
export function messageOfEvent({ summary, ...rest }: Event): Given<typeof EVENT.fields> {
  return { ...rest, summary: summary && messageOfSummary(summary) } as Given<typeof EVENT.fields>;
}
