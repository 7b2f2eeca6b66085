/** `tf.summary.FileWriter`: events of a program into a file that TensorBoard shows while it grows. */
import { TypeError_, ValueError } from '../base/errors';
import { warn } from '../base/platform';
import { preview } from '../base/preview';
import { type Args, bound, constructorOf, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import type { EventFile } from '../format/event-file';
import { EVENT, SUMMARY } from '../format/event-messages';
import { bytesGiven, checkGiven } from '../format/given';
import { GraphDef } from '../format/graph-def';
import type { GraphMessage } from '../format/graphdef';
import type { Given } from '../format/message';
import { MetaGraphDef } from '../format/meta-graph';
import { Event, SessionLog, type SessionLogGiven, Summary, messageOfEvent } from '../format/summary';
import { type Graph, getDefaultGraph } from '../graph/graph';
import { RunMetadata } from '../session/metadata';
import { metaGraphOf } from '../train/graphs/export-meta-graph';

const files = () => require('../format/event-file') as typeof import('../format/event-file');

/** The number of a step: what a counter of steps fetches as. */
export type StepNumber = number | bigint;
/** A summary as a run gives it, or one that was made by hand. */
export type SummaryLike = string | Uint8Array | Summary;
type Taken = [
  logdir: string,
  graph?: Graph | GraphMessage,
  maxQueue?: number,
  flushSecs?: number,
  graphDef?: GraphMessage,
  filenameSuffix?: string,
  session?: null,
];
const FILE_WRITER = constructorOf<Taken>('summary.FileWriter');
type AddSummary = [summary: SummaryLike, globalStep?: StepNumber];
const ADD_SUMMARY = signature<AddSummary>('summary.FileWriter.add_summary');
type AddSessionLog = [sessionLog: SessionLogGiven, globalStep?: StepNumber];
const ADD_SESSION_LOG = signature<AddSessionLog>('summary.FileWriter.add_session_log');
type AddGraph = [graph: Graph | GraphMessage, globalStep?: StepNumber, graphDef?: GraphMessage];
const ADD_GRAPH = signature<AddGraph>('summary.FileWriter.add_graph');
type AddMetaGraph = [metaGraphDef: MetaGraphDef, globalStep?: StepNumber];
const ADD_META_GRAPH = signature<AddMetaGraph>('summary.FileWriter.add_meta_graph');
type AddRunMetadata = [runMetadata: RunMetadata, tag: string, globalStep?: StepNumber];
const ADD_RUN_METADATA = signature<AddRunMetadata>('summary.FileWriter.add_run_metadata');
const ADD_EVENT = signature<[event: Event]>('summary.FileWriter.add_event');

/** A tf.Graph, as far as it is written. */
function isGraph(x: unknown): x is Graph {
  return typeof x === 'object' && x !== null && 'asGraphDef' in x && typeof x.asGraphDef === 'function';
}
function isMessage(x: unknown): x is GraphMessage {
  return typeof x === 'object' && x !== null && 'nodes' in x && Array.isArray(x.nodes);
}
function stepOf(step: StepNumber | undefined): number {
  const number = Number(step ?? 0);
  if (!Number.isFinite(number)) throw new TypeError_(`global_step is a number, not ${preview(step)}.`);
  return Math.trunc(number);
}

/**
 * Writes summaries, graphs and what else a program shows of itself into an event file, which TensorBoard reads
 * (`tensorboard --logdir FOLDER`). What is added waits in memory, and is written after `flushSecs`, when much has come,
 * when the writer is flushed or closed, and when the process ends.
 *
 *     const loss = tf.placeholder(tf.float32, [], { name: 'loss' });
 *     const summary = tf.summary.scalar('loss', loss);
 *     const writer = new tf.summary.FileWriter(`${folder}/logs`, sess.graph);
 *     for (let step = 0; step < 3; step++) writer.addSummary(sess.run(summary, { loss: 1 / (step + 1) }), step);
 *     writer.close();
 */
export class FileWriter {
  private readonly file: EventFile;
  private closed = false;
  private warned = false;
  private readonly runTags = new Set<string>();
  private readonly seen = new Set<string>();
  /**
   * Makes the folder where it is missing; the file is made with the first event.
   *
   * @param logdir          the folder; its name is the run's name in TensorBoard
   * @param graph           a graph that is written at once
   * @param maxQueue        has no effect: any number of events may wait
   * @param flushSecs       how long an event may wait, in seconds
   * @param graphDef        an older word for `graph`
   * @param filenameSuffix  ends the name of the file
   * @throws TypeError  for a folder or suffix that is no text
   * @throws what the file system says: NotFoundError, PermissionDeniedError, …
   */
  constructor(...given: Args<'summary.FileWriter', Taken>) {
    const [logdir, graph, , flushSecs = 120, graphDef, suffix = ''] = FILE_WRITER.take(given);
    if (typeof logdir !== 'string' || !logdir || logdir.includes('\0'))
      throw new TypeError_(`logdir is the name of a folder, not ${preview(logdir)}.`);
    if (typeof suffix !== 'string')
      throw new TypeError_(`Expected binary or unicode string, got ${preview(suffix)}\n  it is filenameSuffix.`);
    if (/[/\\\0]/.test(suffix)) throw new ValueError(`filename_suffix ends a name, and has no /: ${preview(suffix)}`);
    this.file = new (files().EventFile)(logdir, suffix, flushSecs);
    if (graph === undefined && graphDef === undefined) return;
    this.writeGraph(graph, graphDef);
    const message = graphDef ?? (isGraph(graph) ? graph.asGraphDef({ addShapes: true }) : graph);
    this.addMetaGraph(metaGraphOf({ graphDef: message }));
  }
  /** The folder. */
  getLogdir(): string {
    return this.file.folder;
  }
  /** The file that is being written; null before the first event and after `close()`. */
  get path(): string | null {
    return this.file.path;
  }

  /**
   * Adds the values of a summary.
   *
   * @param summary     what a summary node fetched as, or a `tf.Summary`
   * @param globalStep  where the values stand on the axis
   * @throws ValueError  for what is no summary
   */
  addSummary(...given: Args<'summary.FileWriter.add_summary', AddSummary>): void {
    const [summary, globalStep] = ADD_SUMMARY.take(given);
    const bytes = summary instanceof Summary ? summary.serializeToString() : bytesGiven(summary, 'Summary');
    const { value, unknown } = SUMMARY.read(bytes);
    // Who shows a value is said once for each tag.
    const kept = value.map((each) => {
      if (!each.metadata) return each;
      if (this.seen.has(each.tag)) return { ...each, metadata: null };
      this.seen.add(each.tag);
      return each;
    });
    this.add({ summary: { value: kept, unknown } }, globalStep);
  }
  /** Says that the session started, stopped or wrote a checkpoint: a `tf.SessionLog`. */
  addSessionLog(...given: Args<'summary.FileWriter.add_session_log', AddSessionLog>): void {
    const [sessionLog, globalStep] = ADD_SESSION_LOG.take(given);
    this.add({ sessionLog: new SessionLog(sessionLog) }, globalStep);
  }
  /**
   * Adds a graph, for TensorBoard's page of graphs.
   *
   * @param graph       a graph, such as `sess.graph`
   * @param globalStep  the step
   * @param graphDef    an older word for `graph`
   * @throws TypeError  for what is no graph
   */
  addGraph(...given: Args<'summary.FileWriter.add_graph', AddGraph>): void {
    const [graph, globalStep, graphDef] = ADD_GRAPH.take(given);
    this.writeGraph(graph, graphDef, globalStep);
  }
  private writeGraph(graph?: Graph | GraphMessage, graphDef?: GraphMessage, globalStep?: StepNumber): void {
    if (graph !== undefined && graphDef !== undefined)
      throw new ValueError('Please pass only graph, or graph_def (deprecated), but not both.');
    const one = graph ?? graphDef;
    if (!isGraph(one) && !isMessage(one))
      throw new TypeError_('The passed graph must be an instance of `Graph` or the deprecated `GraphDef`');
    const message = isGraph(one) ? one.asGraphDef({ addShapes: true }) : new GraphDef(one);
    this.add({ graphDef: message.serializeToString() }, globalStep);
  }
  /**
   * Adds a meta graph.
   *
   * @param metaGraphDef  as `tf.train.exportMetaGraph` gives it
   * @param globalStep    the step
   * @throws TypeError  for what is no `tf.MetaGraphDef`
   */
  addMetaGraph(...given: Args<'summary.FileWriter.add_meta_graph', AddMetaGraph>): void {
    const [meta, globalStep] = ADD_META_GRAPH.take(given);
    if (!(meta instanceof MetaGraphDef))
      throw new TypeError_(`meta_graph_def must be type MetaGraphDef, saw type: ${preview(meta)}`);
    this.add({ metaGraphDef: meta.serializeToString() }, globalStep);
  }
  /**
   * Adds what one run took, which TensorBoard draws into the graph.
   *
   * @param runMetadata  a `tf.RunMetadata` that a run with `tf.RunOptions.FULL_TRACE` filled
   * @param tag          its name, such as `step 10`
   * @param globalStep   the step
   * @throws ValueError  for a tag that was there before
   */
  addRunMetadata(...given: Args<'summary.FileWriter.add_run_metadata', AddRunMetadata>): void {
    const [runMetadata, tag, globalStep] = ADD_RUN_METADATA.take(given);
    if (!(runMetadata instanceof RunMetadata))
      throw new TypeError_(`run_metadata is a tf.RunMetadata, not ${preview(runMetadata)}.`);
    if (this.runTags.has(tag)) throw new ValueError('The provided tag was already used for this event type');
    this.runTags.add(tag);
    const message = { tag, runMetadata: runMetadata.serializeToString(), unknown: new Uint8Array(0) };
    this.add({ taggedRunMetadata: message }, globalStep);
  }
  /** Adds a `tf.Event` as it is. */
  addEvent(...given: Args<'summary.FileWriter.add_event', [event: Event]>): void {
    const [event] = ADD_EVENT.take(given);
    if (!(event instanceof Event)) checkGiven(EVENT, event);
    this.put(messageOfEvent(event instanceof Event ? event : new Event(event)));
  }
  private add(event: Given<typeof EVENT.fields>, globalStep: StepNumber | undefined): void {
    this.put({ ...event, wallTime: Date.now() / 1000, step: stepOf(globalStep) });
  }
  private put(event: Given<typeof EVENT.fields>): void {
    if (this.isOpen()) this.file.add(event);
  }
  /** As in Python, what is added to a closed writer is lost, which is said once. */
  private isOpen(): boolean {
    if (this.closed && !this.warned) {
      this.warned = true;
      warn(
        'Attempting to use a closed FileWriter. The operation will be a noop unless the FileWriter is explicitly ' +
          'reopened.',
      );
    }
    return !this.closed;
  }
  /** Writes what waits. */
  flush(): void {
    if (this.isOpen()) this.file.flush();
  }
  /** Writes what waits and closes the file. */
  close(): void {
    this.closed = true;
    this.file.close();
  }
  /** Opens a closed writer again: what comes goes into another file of the folder. */
  reopen(): void {
    this.closed = false;
    this.warned = false;
  }
  /** For `using`: closes it. */
  [Symbol.dispose](): void {
    this.close();
  }
}
bindMethods(FileWriter, {
  getLogdir: 'summary.FileWriter.get_logdir',
  flush: 'summary.FileWriter.flush',
  close: 'summary.FileWriter.close',
  reopen: 'summary.FileWriter.reopen',
});

const cached = new Map<string, FileWriter>();
/**
 * Writers by their folders: one for each.
 *
 *     const writer = tf.summary.FileWriterCache.get(`${folder}/logs`);
 *     tf.summary.FileWriterCache.get(`${folder}/logs`) === writer   // true
 *     tf.summary.FileWriterCache.clear();
 */
// biome-ignore lint/complexity/noStaticOnlyClass: Python has a class of this name
export class FileWriterCache {
  /** The writer of a folder; a new one begins with the default graph. */
  static readonly get = bound('summary.FileWriterCache.get', (logdir: string): FileWriter => {
    let writer = cached.get(logdir);
    if (!writer) cached.set(logdir, (writer = new FileWriter(logdir, getDefaultGraph())));
    return writer;
  });
  /** Closes all writers, and forgets them. */
  static readonly clear = bound('summary.FileWriterCache.clear', (): void => {
    for (const writer of cached.values()) writer.close();
    cached.clear();
  });
}
