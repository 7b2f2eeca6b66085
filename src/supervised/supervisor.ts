/** `tf.train.Supervisor`: what trainings were supervised by before monitored sessions. */
import { RuntimeError } from '../base/errors';
import { tell } from '../base/logging';
import { path } from '../base/platform';
import type { Args } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { SessionLog } from '../format/summary';
import type { MetaGraphDef } from '../format/meta-graph';
import { type Graph, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import type { Feeds } from '../graph/runner';
import type { SessionConfig } from '../session/config';
import type { Session } from '../session/session';
import { FileWriter } from '../summary/file-writer';
import { globalStep } from '../train/global-step';
import { metaGraphOf } from '../train/graphs/export-meta-graph';
import { writeGraph } from '../train/graphs/files';
import type { Saver } from '../train/saver/saver';
import { Coordinator } from '../train/coordinator';
import type { QueueRunner } from '../train/queue-runner';
import type { QueueThread } from '../train/queue-thread';
import { LooperThread } from './looper';
import type { InitOp } from './scaffold';
import { type Service, startServices } from './services';
import { SessionManager } from './session-manager';
import * as takes from './supervisor-parts';
import type { Ready, Step } from './supervisor-parts';

/**
 * Supervises a training: restores or initializes the model, and writes checkpoints and summaries every so many seconds,
 * while the program asks `shouldStop()`. `tf.train.MonitoredTrainingSession` came after it.
 *
 *     const step = tf.train.getOrCreateGlobalStep();
 *     const count = tf.assignAdd(step, 1);
 *     const sv = new tf.train.Supervisor({ logdir: folder });
 *     sv.managedSession((session) => {
 *       while (!sv.shouldStop()) if (session.run(count) === 5) sv.requestStop();
 *     });
 *     tf.train.latestCheckpoint(folder) === `${folder}/model.ckpt-0`   // true
 */
export class Supervisor implements Service {
  /** Stands for what is found in the graph's collections, or made. */
  static readonly USE_DEFAULT = 0;
  /** Whether it prepares the model. */
  readonly isChief: boolean;
  /** Says when to stop. */
  readonly coord = new Coordinator();
  /** Opens the sessions. */
  readonly sessionManager: SessionManager;
  /** Gives the names of the variables without a value. */
  readonly readyOp: Ready | null;
  /** Gives those that the local initialization needs. */
  readonly readyForLocalInitOp: Ready | null;
  /** Initializes the variables. */
  readonly initOp: InitOp | null;
  /** What that is fed. */
  readonly initFeedDict: Feeds | null;
  /** Writes summaries; null without a folder. */
  readonly summaryWriter: FileWriter | null = null;
  /** All summaries as one; null where there are none. */
  readonly summaryOp: Tensor | null;
  /** Seconds between summaries. */
  readonly saveSummariesSecs: number | null = null;
  /** The counter of steps; null where there is none. */
  readonly globalStep: Step | null;
  /** Saves and restores the variables. */
  readonly saver: Saver | null;
  /** Seconds between checkpoints. */
  readonly saveModelSecs: number | null = null;
  /** The start of the checkpoints' names. */
  readonly savePath: string | null = null;
  private readonly graph: Graph;
  private readonly metaGraph: MetaGraphDef;
  private readonly logdir: string | null = null;
  private readonly initFn: ((session: Session) => void) | undefined;
  private graphAdded = false;
  /**
   * Finds or makes what it needs in the graph, and finalizes it. Where null is given, there is none.
   *
   * @param graph                the graph; the default one where not given
   * @param readyOp              gives the names of the variables without a value
   * @param readyForLocalInitOp  gives those that `localInitOp` needs
   * @param isChief              whether it prepares the model, and writes; false waits until another process did
   * @param initOp               initializes the variables
   * @param initFeedDict         what it is fed
   * @param localInitOp          initializes local variables and tables
   * @param logdir               the folder of checkpoints and summaries
   * @param summaryOp            all summaries as one
   * @param saver                saves and restores the variables
   * @param globalStep           the counter of steps
   * @param saveSummariesSecs    seconds between summaries: 120 where not given
   * @param saveModelSecs        seconds between checkpoints: 600 where not given
   * @param recoveryWaitSecs     how long to wait before looking for a ready model again
   * @param stopGraceSecs        has no effect: nothing is in the middle of something
   * @param checkpointBasename   the start of the checkpoints' names: `model.ckpt` where not given
   * @param sessionManager       opens the sessions
   * @param summaryWriter        writes summaries
   * @param initFn               is called behind `initOp`, with the session
   * @param localInitRunOptions  `tf.RunOptions` for `localInitOp`
   * @throws ValueError  for variables without a device where it is no chief
   */
  constructor(...given: Args<'train.Supervisor', takes.Taken>) {
    const [graph, readyOp, readyForLocalInitOp, isChief = true, initOp, initFeedDict, localInitOp, logdir, ...more] =
      takes.SUPERVISOR.take(given);
    const [summaryOp, saver, step, summarySecs = 120, modelSecs = 600, recoveryWaitSecs = 30, , basename, ...rest] =
      more;
    const [sessionManager, writer, initFn, localInitRunOptions] = rest;
    this.graph = graph ?? getDefaultGraph();
    this.isChief = isChief;
    this.initFeedDict = initFeedDict ?? null;
    this.initFn = initFn;
    const found = this.graph.asDefault(() =>
      takes.piecesOf(readyOp, readyForLocalInitOp, initOp, localInitOp, saver, summaryOp, step),
    );
    this.readyOp = found.ready;
    this.readyForLocalInitOp = found.readyForLocal;
    this.initOp = found.init;
    this.saver = found.saver;
    this.summaryOp = found.summaries;
    this.globalStep = found.step;
    this.metaGraph = metaGraphOf({ graph: this.graph, saverDef: this.saver?.asSaverDef() ?? null });
    if (isChief) {
      this.logdir = logdir ?? null;
      this.saveSummariesSecs = summarySecs ?? null;
      this.saveModelSecs = modelSecs;
      if (logdir) this.savePath = path.join(logdir, basename ?? 'model.ckpt');
      this.summaryWriter = writer === undefined ? (logdir ? new FileWriter(logdir) : null) : writer;
    } else takes.checkDevices(this.graph);
    this.sessionManager =
      sessionManager ??
      new SessionManager({
        localInitOp: found.local,
        readyOp: this.readyOp,
        readyForLocalInitOp: this.readyForLocalInitOp,
        graph: this.graph,
        recoveryWaitSecs,
        localInitRunOptions,
      });
    this.graph.finalize();
  }
  /**
   * A session in which the model is ready, whose checkpoints and summaries are written from now on.
   *
   * @param master                 a remote master, as `grpc://host:port`; '' for this process
   * @param config                 the device, and how to run
   * @param waitForCheckpoint      waits for a checkpoint where there is none yet
   * @param maxWaitSecs            how long
   * @param startStandardServices  whether checkpoints and summaries are written
   * @returns  a session
   * @throws RuntimeError  if the model is not ready then
   */
  prepareOrWaitForSession(...given: Args<'train.Supervisor.prepare_or_wait_for_session', takes.Prepare>): Session {
    const [master = '', config, waitForCheckpoint = false, maxWaitSecs = 7200, services = true] =
      takes.PREPARE.take(given);
    this.coord.clearStop();
    this.summaryWriter?.reopen();
    const session = this.isChief
      ? this.preparedSession(master, { config, waitForCheckpoint, maxWaitSecs }, services)
      : this.sessionManager.waitForSession(master, { config, maxWaitSecs });
    tell('INFO', 'Starting queue runners.');
    this.startQueueRunners(session);
    return session;
  }
  private preparedSession(
    master: string,
    how: { readonly config?: SessionConfig; readonly waitForCheckpoint: boolean; readonly maxWaitSecs: number },
    services: boolean,
  ): Session {
    const { initOp, saver, initFeedDict, initFn } = this;
    const session = this.sessionManager.prepareSession(master, {
      initOp,
      saver,
      checkpointDir: this.logdir,
      ...how,
      initFeedDict,
      initFn,
    });
    this.writeGraph();
    if (services) {
      tell('INFO', 'Starting standard services.');
      this.startStandardServices(session);
    }
    return session;
  }
  private writeGraph(): void {
    if (this.logdir) writeGraph(this.graph.asGraphDef({ addShapes: true }), this.logdir, 'graph.pbtxt');
    if (!this.summaryWriter || this.graphAdded) return;
    this.summaryWriter.addGraph(this.graph);
    this.summaryWriter.addMetaGraph(this.metaGraph);
    this.graphAdded = true;
  }
  /**
   * Starts what writes summaries, the count of steps a second, and checkpoints.
   *
   * @param sess  the session
   * @returns  what was started
   * @throws RuntimeError  if it is no chief
   */
  startStandardServices(sess: Session | { readonly sess: Session }): LooperThread[];
  startStandardServices(sess: Session): LooperThread[] {
    if (!this.isChief)
      throw new RuntimeError(
        'Only chief supervisor can start standard services. Because only chief supervisors can write events.',
      );
    if (!this.logdir) {
      tell('WARN', "Standard services need a 'logdir' passed to the SessionManager");
      return [];
    }
    if (this.globalStep !== null && this.summaryWriter)
      this.summaryWriter.addSessionLog(new SessionLog({ status: SessionLog.START }), globalStep(sess, this.globalStep));
    return startServices(this, sess);
  }
  /**
   * Starts the queue runners of the graph.
   *
   * @param sess          the session
   * @param queueRunners  others in their place, a list
   * @returns  their threads
   */
  startQueueRunners(
    ...given: Args<'train.Supervisor.start_queue_runners', [sess: Session, queueRunners?: readonly QueueRunner[]]>
  ): QueueThread[] {
    const [sess, queueRunners] = takes.START_QUEUE_RUNNERS.take(given);
    const runners = queueRunners ?? this.graph.getCollection<QueueRunner>(GraphKeys.QUEUE_RUNNERS);
    return this.graph.asDefault(() =>
      runners.flatMap((runner) => runner.createThreads(sess, { coord: this.coord, daemon: true, start: true })),
    );
  }
  /** Calls a function every so many seconds until it stops. See `tf.train.LooperThread`. */
  loop(...given: Args<'train.Supervisor.loop', takes.Loop>): LooperThread {
    const [timerIntervalSecs, target, args, kwargs] = takes.LOOP.take(given);
    const looper = new LooperThread(this.coord, timerIntervalSecs, { target, args, kwargs });
    looper.start();
    return looper;
  }
  /**
   * Asks to stop, ends what was started, and closes the writer.
   *
   * @param threads             others to end
   * @param closeSummaryWriter  whether the writer is closed
   * @param ignoreLiveThreads   whether one that does not end is no error
   * @throws the error that was the reason of the stop
   */
  stop(...given: Args<'train.Supervisor.stop', takes.Stop>): void {
    const [threads = [], closes = true, ignoreLiveThreads = false] = takes.STOP.take(given);
    this.coord.requestStop();
    try {
      this.coord.join({ threads, ignoreLiveThreads });
    } finally {
      if (closes && this.summaryWriter) {
        this.summaryWriter.addSessionLog(new SessionLog({ status: SessionLog.STOP }));
        this.summaryWriter.close();
        this.graphAdded = false;
      }
    }
  }
  /** Asks to stop, with the error that is the reason. */
  requestStop(ex?: unknown): void {
    this.coord.requestStop(ex);
  }
  /** Whether a stop was asked for. */
  shouldStop(): boolean {
    return this.coord.shouldStop();
  }
  /** Runs a body, and asks to stop with the error that it throws. */
  stopOnException(body: () => void): void {
    this.coord.stopOnException(body);
  }
  /** Whether a stop was asked for. See `tf.train.Coordinator`. */
  waitForStop(): boolean {
    return this.coord.waitForStop();
  }
  /**
   * Writes a summary that the program computed.
   *
   * @param sess        the session
   * @param summary     what a summary node fetched as
   * @param globalStep  the step; that of the counter where not given
   * @throws RuntimeError  without a writer
   */
  summaryComputed(...given: Args<'train.Supervisor.summary_computed', takes.Computed>): void {
    const [sess, summary, step] = takes.COMPUTED.take(given);
    if (!this.summaryWriter) throw new RuntimeError('Writing a summary requires a summary writer.');
    const at = step ?? (this.globalStep === null ? undefined : globalStep(sess, this.globalStep));
    this.summaryWriter.addSummary(summary, at);
  }
  /** The same, with what a session needs by place: the master, how to run, what is started and what is closed. */
  managedSession<R>(...given: takes.ManagedBlock<(session: Session) => R>): R | undefined;
  /** The same, with what a session needs. */
  managedSession<R>(options: ManagedOptions, body: (session: Session) => R): R | undefined;
  /**
   * Python's `with` block: opens a session, runs a body, then stops and closes the session. An error of the body is
   * thrown again, unless it is the end of the inputs (`OutOfRangeError`).
   *
   * @param body  is called with the session
   * @returns  what it returns; undefined where the inputs came to their end
   */
  managedSession<R>(body: (session: Session) => R): R | undefined;
  managedSession<R>(...given: readonly unknown[]): R | undefined {
    const [body, [master, config, startStandardServices, closeSummaryWriter]] =
      takes.MANAGED.takeWithBody<(session: Session) => R>(given);
    let session: Session | null = null;
    let result: R | undefined;
    try {
      session = this.prepareOrWaitForSession({ master, config, startStandardServices });
      result = body(session);
    } catch (error) {
      this.requestStop(error);
    }
    try {
      this.stop({ closeSummaryWriter });
    } finally {
      session?.close();
    }
    return result;
  }
}
bindMethods(Supervisor, {
  startStandardServices: 'train.Supervisor.start_standard_services',
  requestStop: 'train.Supervisor.request_stop',
  shouldStop: 'train.Supervisor.should_stop',
  waitForStop: 'train.Supervisor.wait_for_stop',
});
/** What `managedSession` takes by name. */
export interface ManagedOptions {
  /** A remote master, as `grpc://host:port`; '' for this process. */
  readonly master?: string | null;
  /** The device, and how to run. */
  readonly config?: SessionConfig | null;
  /** Whether checkpoints and summaries are written. */
  readonly startStandardServices?: boolean | null;
  /** Whether the writer is closed at the end. */
  readonly closeSummaryWriter?: boolean | null;
}
