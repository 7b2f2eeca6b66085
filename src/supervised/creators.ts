/** What makes the sessions of monitored sessions, and makes them anew after a failure. */
import { type Args, constructorOf } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { UnimplementedError } from '../base/errors';
import { getDefaultGraph } from '../graph/graph';
import type { SessionConfig } from '../session/config';
import type { Session } from '../session/session';
import { Scaffold } from './scaffold';
import { SessionManager } from './session-manager';

/**
 * Makes the session of a monitored session. A class of one's own overrides `createSession`.
 *
 *     const one = tf.constant(1);
 *     class Plain extends tf.train.SessionCreator {
 *       createSession() { return new tf.Session(); }
 *     }
 *     const session = new tf.train.MonitoredSession(new Plain());
 *     session.run(one)   // 1
 */
export abstract class SessionCreator {
  /** A session in which the model is ready. */
  createSession(): Session {
    throw new UnimplementedError(null, `create_session is not implemented for ${this.constructor.name}.`);
  }
}

type Chief = [
  scaffold?: Scaffold,
  master?: string,
  config?: SessionConfig,
  checkpointDir?: string,
  checkpointFilenameWithPath?: string,
];
const CHIEF = constructorOf<Chief>('train.ChiefSessionCreator');
/** The manager of a scaffold's sessions. */
function managerOf(scaffold: Scaffold): SessionManager {
  const { localInitOp, readyOp, readyForLocalInitOp } = scaffold;
  return new SessionManager({ localInitOp, readyOp, readyForLocalInitOp, graph: getDefaultGraph() });
}
/**
 * Makes sessions with a model that is restored from the latest checkpoint of a folder, or initialized.
 *
 *     const w = new tf.Variable(3);
 *     const session = new tf.train.MonitoredSession(new tf.train.ChiefSessionCreator());
 *     session.run(w)   // 3
 */
export class ChiefSessionCreator extends SessionCreator {
  private readonly taken: Chief;
  private readonly scaffold: Scaffold;
  private manager: SessionManager | null = null;
  /**
   * Takes what prepares the session.
   *
   * @param scaffold                    the nodes that it needs; found or made where not given
   * @param master                      a remote master, as `grpc://host:port`; '' for this process
   * @param config                      the device, and how to run
   * @param checkpointDir               the folder whose latest checkpoint is restored
   * @param checkpointFilenameWithPath  a checkpoint in its place
   */
  constructor(...given: Args<'train.ChiefSessionCreator', Chief>) {
    super();
    this.taken = CHIEF.take(given);
    this.scaffold = this.taken[0] ?? new Scaffold();
  }
  /** Finalizes the graph, and makes a session. @throws RuntimeError  if the model is not ready then */
  override createSession(): Session {
    const scaffold = this.scaffold.finalize();
    this.manager ??= managerOf(scaffold);
    const [, master = '', config, checkpointDir, checkpointFilenameWithPath] = this.taken;
    const { initOp, saver, initFeedDict, initFn } = scaffold;
    return this.manager.prepareSession(master, {
      initOp,
      saver,
      checkpointDir,
      checkpointFilenameWithPath,
      config,
      initFeedDict,
      initFn,
    });
  }
}

type Follower = [scaffold?: Scaffold, master?: string, config?: SessionConfig, maxWaitSecs?: number];
const WORKER = constructorOf<Follower>('train.WorkerSessionCreator');
/**
 * Makes sessions that wait until the chief made the model ready, on the same remote master.
 *
 *     new tf.train.WorkerSessionCreator({ maxWaitSecs: 1 }) instanceof tf.train.SessionCreator   // true
 */
export class WorkerSessionCreator extends SessionCreator {
  private readonly taken: Follower;
  private readonly scaffold: Scaffold;
  private manager: SessionManager | null = null;
  /**
   * Takes what the session needs.
   *
   * @param scaffold     the nodes that it needs; found or made where not given
   * @param master       a remote master, as `grpc://host:port`
   * @param config       the device, and how to run
   * @param maxWaitSecs  how long to wait: half an hour where not given
   */
  constructor(...given: Args<'train.WorkerSessionCreator', Follower>) {
    super();
    this.taken = WORKER.take(given);
    this.scaffold = this.taken[0] ?? new Scaffold();
  }
  /** Finalizes the graph, and waits. @throws DeadlineExceededError  if it takes too long */
  override createSession(): Session {
    const scaffold = this.scaffold.finalize();
    this.manager ??= managerOf(scaffold);
    const [, master = '', config, maxWaitSecs = 30 * 60] = this.taken;
    return this.manager.waitForSession(master, { config, maxWaitSecs });
  }
}
bindMethods(ChiefSessionCreator, { createSession: 'train.ChiefSessionCreator.create_session' });
bindMethods(WorkerSessionCreator, { createSession: 'train.WorkerSessionCreator.create_session' });
