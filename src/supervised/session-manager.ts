/** `tf.train.SessionManager`: opens sessions in which a model is ready, from a checkpoint where there is one. */
import { DeadlineExceededError, FailedPreconditionError, RuntimeError, ValueError } from '../base/errors';
import { int32 } from '../base/dtype';
import { tell } from '../base/logging';
import { NDArray } from '../base/ndarray';
import { seconds, sleep } from '../base/platform';
import { textOf } from '../base/preview';
import { type Args, constructorOf, signature } from '../calls/bind';
import { type Graph, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import type { Feeds } from '../graph/runner';
import type { SessionConfig } from '../session/config';
import type { RunOptions } from '../session/metadata';
import { Session } from '../session/session';
import type { Saver } from '../train/saver/saver';
import { getCheckpointState } from '../train/saver/state';
import type { InitOp } from './scaffold';

type Ready = Operation | Tensor;
type Taken = [
  localInitOp?: InitOp,
  readyOp?: Ready,
  readyForLocalInitOp?: Ready,
  graph?: Graph,
  recoveryWaitSecs?: number,
  localInitRunOptions?: Partial<RunOptions>,
];
const MANAGER = constructorOf<Taken>('train.SessionManager');
type Restore = [
  saver?: Saver,
  checkpointDir?: string,
  checkpointFilenameWithPath?: string,
  waitForCheckpoint?: boolean,
  maxWaitSecs?: number,
  config?: SessionConfig,
];
type Prepare = [
  master: string,
  initOp?: InitOp,
  ...restore: Restore,
  initFeedDict?: Feeds,
  initFn?: (session: Session) => void,
];
const PREPARE = signature<Prepare>('train.SessionManager.prepare_session');
type Recover = [master: string, ...restore: Restore];
const RECOVER = signature<Recover>('train.SessionManager.recover_session');
type Wait = [master: string, config?: SessionConfig, maxWaitSecs?: number];
const WAIT = signature<Wait>('train.SessionManager.wait_for_session');
/** Whether something is so, and why it is not. */
type Answer = { readonly ok: true } | { readonly ok: false; readonly why: string };
const YES: Answer = { ok: true };

const nameOf = (x: unknown): string => {
  if (x === null || x === undefined) return 'None';
  if (typeof x === 'object' && 'name' in x && typeof x.name === 'string') return x.name;
  return typeof x === 'function' ? `<function ${x.name}>` : `<no name for ${typeof x}>`;
};

/**
 * Opens sessions in which a model is ready: its variables restored from the latest checkpoint of a folder, or
 * initialized where there is none.
 *
 *     const w = new tf.Variable(3);
 *     const manager = new tf.train.SessionManager({ readyOp: tf.reportUninitializedVariables() });
 *     const session = manager.prepareSession('', { initOp: w.initializer });
 *     session.run(w)   // 3
 */
export class SessionManager {
  private readonly localInitOp: InitOp | null;
  private readonly readyOp: Ready | null;
  private readonly readyForLocalInitOp: Ready | null;
  private readonly graph: Graph;
  private readonly recoveryWaitSecs: number;
  private readonly localInitRunOptions: Partial<RunOptions> | null;
  /**
   * Takes what prepares a session.
   *
   * @param localInitOp          is run in every new session
   * @param readyOp              gives the names of the variables without a value: an empty vector once all is ready
   * @param readyForLocalInitOp  gives those that `localInitOp` needs
   * @param graph                the graph; the default one where not given
   * @param recoveryWaitSecs     how long to wait before looking for a checkpoint again
   * @param localInitRunOptions  `tf.RunOptions` for `localInitOp`
   * @throws ValueError  for `readyForLocalInitOp` without `localInitOp`
   */
  constructor(...given: Args<'train.SessionManager', Taken>) {
    const [localInitOp = null, readyOp = null, readyForLocal = null, graph, wait = 30, options = null] =
      MANAGER.take(given);
    if (readyForLocal !== null && localInitOp === null)
      throw new ValueError(
        'If you pass a ready_for_local_init_op you must also pass a local_init_op , ready_for_local_init_op ' +
          `[${textOf(readyForLocal)}]`,
      );
    this.localInitOp = localInitOp;
    this.readyOp = readyOp;
    this.readyForLocalInitOp = readyForLocal;
    this.graph = graph ?? getDefaultGraph();
    this.recoveryWaitSecs = wait;
    this.localInitRunOptions = options;
  }
  /**
   * A session in which the model is ready: restored where there is a checkpoint, and initialized where not.
   *
   * @param master                      a remote master, as `grpc://host:port`; '' for this process
   * @param initOp                      initializes the variables
   * @param saver                       restores them
   * @param checkpointDir               the folder whose latest checkpoint is restored
   * @param checkpointFilenameWithPath  a checkpoint in its place
   * @param waitForCheckpoint           waits for one where there is none yet
   * @param maxWaitSecs                 how long
   * @param config                      the device, and how to run
   * @param initFeedDict                what `initOp` is fed
   * @param initFn                      is called behind `initOp`, with the session
   * @returns  a session
   * @throws RuntimeError  if the model is not ready then
   * @throws ValueError    for a folder and a checkpoint
   */
  prepareSession(...given: Args<'train.SessionManager.prepare_session', Prepare>): Session {
    const [master, initOp, ...more] = PREPARE.take(given);
    const [saver, folder, file, waits, most, config, feeds, initFn] = more;
    const { session, restored } = this.open(master, saver, folder, file, waits, most, config);
    if (!restored) {
      if (!initOp && !initFn && !this.localInitOp)
        throw new RuntimeError('Model is not initialized and no init_op or init_fn or local_init_op was given');
      if (initOp) session.run(initOp, feeds ?? null);
      initFn?.(session);
    }
    const said = `Init op: ${nameOf(initOp)}, init fn: ${nameOf(initFn)}`;
    const local = this.runLocalInit(session);
    if (!local.ok)
      throw new RuntimeError(`Init operations did not make model ready for local_init.  ${said}, error: ${local.why}`);
    const ready = isReady(this.readyOp, session, 'Model not ready');
    if (!ready.ok)
      throw new RuntimeError(
        `Init operations did not make model ready.  ${said}, local_init_op: ${nameOf(this.localInitOp)}, error: ` +
          ready.why,
      );
    return session;
  }
  /**
   * A session, and whether the model was restored in it and is ready.
   *
   * @param master                      a remote master, as `grpc://host:port`; '' for this process
   * @param saver                       restores the variables
   * @param checkpointDir               the folder whose latest checkpoint is restored
   * @param checkpointFilenameWithPath  a checkpoint in its place
   * @param waitForCheckpoint           waits for one where there is none yet
   * @param maxWaitSecs                 how long
   * @param config                      the device, and how to run
   * @returns  the session, and true or false
   * @throws ValueError  for a folder and a checkpoint
   */
  recoverSession(...given: Args<'train.SessionManager.recover_session', Recover>): [Session, boolean] {
    const [master, ...restore] = RECOVER.take(given);
    const { session, restored } = this.open(master, ...restore);
    const local = this.runLocalInit(session);
    if (!restored) return [session, false];
    const from = `Restoring model from ${restore[1] ?? restore[2]}`;
    if (!local.ok) tell('INFO', `${from} did not make model ready for local init: ${local.why}`);
    const ready = local.ok ? isReady(this.readyOp, session, 'Model not ready') : local;
    if (local.ok && !ready.ok) tell('INFO', `${from} did not make model ready: ${ready.why}`);
    return [session, ready.ok];
  }
  /**
   * A session as soon as somebody else made the model ready, on the same remote master.
   *
   * @param master       a remote master, as `grpc://host:port`
   * @param config       the device, and how to run
   * @param maxWaitSecs  how long to wait; as long as it takes where not given
   * @returns  a session
   * @throws DeadlineExceededError  if it takes longer
   */
  waitForSession(...given: Args<'train.SessionManager.wait_for_session', Wait>): Session {
    const [master, config, most = Infinity] = WAIT.take(given);
    const until = seconds() + most;
    for (;;) {
      const session = this.session(master, config);
      const local = this.runLocalInit(session);
      const ready = local.ok ? isReady(this.readyOp, session, 'Model not ready') : local;
      if (ready.ok) return session;
      session.close();
      if (until - seconds() < this.recoveryWaitSecs)
        throw new DeadlineExceededError(null, `Session was not ready after waiting ${Math.trunc(most)} secs.`);
      tell('INFO', `Waiting for model to be ready.  ${ready.why}`);
      sleep(this.recoveryWaitSecs);
    }
  }
  private session(master: string, config: SessionConfig | undefined): Session {
    return new Session(master, { graph: this.graph, config });
  }
  private open(
    master: string,
    ...[saver, folder, file, waits = false, most = 7200, config]: Restore
  ): { readonly session: Session; readonly restored: boolean } {
    if (folder && file) throw new ValueError('Can not provide both checkpoint_dir and checkpoint_filename_with_path.');
    const session = this.session(master, config);
    if (!saver) return { session, restored: false };
    if (file) {
      saver.restore(session, file);
      return { session, restored: true };
    }
    if (!folder) return { session, restored: false };
    for (let waited = 0; ; waited += this.recoveryWaitSecs) {
      const state = getCheckpointState(folder);
      if (state) {
        saver.restore(session, state.modelCheckpointPath);
        saver.recoverLastCheckpoints(state.allModelCheckpointPaths);
        return { session, restored: true };
      }
      if (!waits || waited >= most) return { session, restored: false };
      tell('INFO', 'Waiting for checkpoint to be available.');
      sleep(this.recoveryWaitSecs);
    }
  }
  private runLocalInit(session: Session): Answer {
    if (this.localInitOp === null) return YES;
    const ready = isReady(this.readyForLocalInitOp, session, 'Model not ready for local init');
    if (!ready.ok) return ready;
    tell('INFO', 'Running local_init_op.');
    session.run(this.localInitOp, null, this.localInitRunOptions);
    tell('INFO', 'Done running local_init_op.');
    return YES;
  }
}
/** What a node says that names the variables without a value. */
export function isReady(op: Ready | null, session: Session, what: string): Answer {
  if (op === null) return YES;
  try {
    const value: unknown = session.run(op);
    if (!(value instanceof NDArray) || value.dtype === int32 || value.size === 0) return YES;
    return { ok: false, why: `Variables not initialized: ${[...value.data].join(', ')}` };
  } catch (error) {
    if (!(error instanceof FailedPreconditionError)) throw error;
    if (error.message.includes('uninitialized')) return { ok: false, why: error.message };
    tell('WARN', `${what} : error [${error.message}]`);
    throw error;
  }
}
