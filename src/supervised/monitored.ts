/** Monitored sessions: sessions with hooks, which begin at a checkpoint, and go on from one after a failure. */
import {
  AbortedError,
  OutOfRangeError,
  RuntimeError,
  StopIteration,
  UnavailableError,
  ValueError,
  TypeError_,
} from '../base/errors';
import { isCallable, worded } from '../base/border';
import { tell } from '../base/logging';
import { preview } from '../base/preview';
import { type Args, constructorOf, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { type Graph, getDefaultGraph } from '../graph/graph';
import type { Feeds } from '../graph/runner';
import type { RunNames, SessionConfig } from '../session/config';
import type { FetchResult, Fetches } from '../session/fetch';
import type { RunMetadata, RunOptions } from '../session/metadata';
import type { Session } from '../session/session';
import { ChiefSessionCreator, type SessionCreator } from './creators';
import type { Hook } from './hook';
import { HookedSession, type Run } from './hooked';
import type { Scaffold } from './scaffold';

const RUN = signature<[...Run]>('train.MonitoredSession.run');
const RUN_STEP_FN = signature<[stepFn: StepFn]>('train.MonitoredSession.run_step_fn');
type Taken = [sessionCreator?: SessionCreator, hooks?: readonly Hook[], stopGracePeriodSecs?: number];
const MONITORED = constructorOf<Taken>('train.MonitoredSession');

/** What ends a training without being an error. */
const isEnd = (error: unknown): boolean => error instanceof OutOfRangeError || error instanceof StopIteration;
/** What a session is made anew for: a machine that it worked with went away. */
const isPreemption = (error: unknown): boolean => error instanceof AbortedError || error instanceof UnavailableError;
const LOST =
  'This may be due to a preemption in a connected worker or parameter server. The current session will be closed and ' +
  'a new session will be created.';
const because = (error: unknown): string => `Error: ${error instanceof Error ? error.message : String(error)}`;

/** A step of a program's own, of runs with hooks and without. */
export type StepFn<R = unknown> = (stepContext: StepContext) => R;
/** What a step may do. */
export interface StepContext {
  /** The session, without hooks. */
  readonly session: Session;
  /** A run with hooks. */
  runWithHooks<const F extends Fetches>(
    fetches: F,
    feedDict?: Feeds | null,
    options?: Partial<RunOptions> | null,
    runMetadata?: RunMetadata | null,
  ): FetchResult<F>;
  /** Ends the training. */
  requestStop(): never;
}

/** What both kinds of monitored sessions do. */
abstract class Monitored {
  private readonly home: Graph;
  private readonly wasFinalized: boolean;
  private readonly hooks: readonly Hook[];
  private readonly creator: SessionCreator;
  private open: HookedSession | null = null;
  private closed = false;
  private failed = false;

  protected constructor(
    creator: SessionCreator | undefined,
    hooks: readonly Hook[] | undefined,
    private readonly recovers: boolean,
  ) {
    this.home = getDefaultGraph();
    this.wasFinalized = this.home.finalized;
    this.hooks = [...(hooks ?? [])];
    for (const hook of this.hooks) hook.begin?.();
    this.creator = creator ?? new ChiefSessionCreator();
    this.open = this.create();
  }
  /** The graph; null once it is closed. */
  get graph(): Graph | null {
    return this.closed ? null : (this.open?.session.graph ?? this.home);
  }
  private create(): HookedSession {
    for (;;)
      try {
        return this.home.asDefault(() => new HookedSession(this.creator.createSession(), this.hooks));
      } catch (error) {
        if (!this.recovers || !isPreemption(error)) throw error;
        tell('INFO', `An error was raised while a session was being created. ${LOST} ${because(error)}`);
      }
  }
  private checkOpen(): void {
    if (this.closed)
      throw new RuntimeError(
        'Session is already closed.\n  fix: run before close(); while (!sess.shouldStop()) ends in time.',
      );
  }
  private get current(): HookedSession {
    this.checkOpen();
    return (this.open ??= this.create());
  }
  /** Does something in the session; again in a new one where that one was lost. */
  private attempt<R>(body: (open: HookedSession) => R): R {
    for (;;) {
      const open = this.current;
      try {
        const result = this.home.asDefault(() => body(open));
        this.failed = false;
        return result;
      } catch (error) {
        if (isPreemption(error) && this.recovers) this.lose(error);
        else {
          this.failed = !isEnd(error);
          // What somebody else found wrong goes before what it led to here.
          if (!isPreemption(error)) open.coord.raiseRequestedException();
          throw error;
        }
      }
    }
  }
  private lose(error: unknown): void {
    tell('INFO', `An error was raised. ${LOST} ${because(error)}`);
    const lost = this.open;
    this.open = null;
    try {
      lost?.close();
    } catch (other) {
      if (!isPreemption(other)) throw other;
      tell('WARN', `An error occurred when attempting to close the session. ${because(other)}`);
    }
  }
  /** Computes the fetches, with the rest by name. */
  run<const F extends Fetches>(fetches: F, named?: RunNames): FetchResult<F>;
  /**
   * Computes the fetches, and what the hooks ask for beside. Where the session is lost, it is made anew, from the
   * latest checkpoint, and the run is done there.
   *
   * @param fetches      a tensor, operation, variable or name, or arrays and objects of them, nested
   * @param feedDict     values for tensors: by name, as pairs, or a Map
   * @param options      `tf.RunOptions`
   * @param runMetadata  what it recorded
   * @returns the structure of the fetches
   * @throws RuntimeError  once `shouldStop()` is true
   */
  run<const F extends Fetches>(
    fetches: F,
    feedDict?: Feeds | null,
    options?: Partial<RunOptions> | null,
    runMetadata?: RunMetadata | null,
  ): FetchResult<F>;
  run(...given: readonly unknown[]): never {
    const run = RUN.take(given);
    return this.attempt((open) => open.run(...run)) as never;
  }
  /**
   * Lets a function do a step: runs without hooks on `stepContext.session`, and with them by `runWithHooks`.
   *
   * @param stepFn  is called with the context of the step
   * @returns  what it returns
   * @throws StopIteration  where it called `requestStop()`; `use` takes that for the end of the training
   */
  runStepFn<R>(stepFn: StepFn<R>): R;
  runStepFn(...given: readonly unknown[]): unknown {
    const [stepFn] = RUN_STEP_FN.take(given);
    if (!isCallable(stepFn) || stepFn.length > 1)
      throw new ValueError(
        "`step_fn` may either have one `step_context` argument, or `self` and `step_context` arguments if it's an " +
          `instance method. Got ${preview(stepFn)} instead.`,
      );
    return this.attempt((open) =>
      stepFn({
        session: open.session,
        runWithHooks: (...run: Run) => open.run(...run) as never,
        requestStop: () => {
          throw new StopIteration('step_fn has requested the iterations to stop.');
        },
      }),
    );
  }
  /** Whether the training is over: a hook said so, or the session is closed. */
  shouldStop(): boolean {
    if (this.closed || !this.open) return true;
    try {
      return this.open.shouldStop();
    } catch (error) {
      if (!this.recovers) throw error;
      if (!isPreemption(error)) return true;
      this.lose(error);
      this.open = this.create();
      return false;
    }
  }
  /**
   * Calls the hooks' `end`, and closes the session.
   *
   * @throws RuntimeError  if it is closed already
   */
  close(): void {
    this.finish(true);
  }
  private finish(whole: boolean): void {
    this.checkOpen();
    try {
      if (whole) {
        const { session } = this.current;
        this.home.asDefault(() => this.hooks.forEach((hook) => hook.end?.(session)));
      }
    } finally {
      try {
        this.open?.close();
      } finally {
        this.open = null;
        this.closed = true;
        if (!this.wasFinalized) this.home.unsafeUnfinalize();
      }
    }
  }
  /**
   * Python's `with` block: runs a body, then closes the session. The end of the inputs (`OutOfRangeError`,
   * `StopIteration`) ends the training; after another error the hooks' `end` is not called, and it is thrown again.
   *
   *     const step = tf.train.getOrCreateGlobalStep();
   *     const count = tf.assignAdd(step, 1);
   *     const hooks = [new tf.train.StopAtStepHook(3)];
   *     new tf.train.MonitoredSession({ hooks }).use((session) => {
   *       let steps = 0;
   *       while (!session.shouldStop()) steps = session.run(count);
   *       return steps;
   *     })   // 3
   *
   * @param body  is called with this session
   * @returns  what it returns; undefined where the inputs came to their end
   * @throws TypeError  for what is no function
   */
  use<R>(body: (session: this) => R): R | undefined {
    if (!isCallable(body)) throw new TypeError_(`body must be a function, not ${worded(body)}.`);
    let result: R | undefined;
    try {
      result = body(this);
    } catch (error) {
      if (!this.closed) this.finish(isEnd(error));
      if (!isEnd(error)) throw error;
      return undefined;
    }
    if (!this.closed) this.finish(true);
    return result;
  }
  /** For `using`: closes it; without the hooks' `end` where the last run failed. */
  [Symbol.dispose](): void {
    if (!this.closed) this.finish(!this.failed);
  }
  /** The session without hooks. */
  protected get plain(): Session {
    return this.current.session;
  }
}

/**
 * A session for training: finalizes the graph, initializes or restores the variables, and calls hooks around each run.
 * Where the session is lost (`AbortedError`, `UnavailableError`), it is made anew from the latest checkpoint.
 *
 *     const step = tf.train.getOrCreateGlobalStep();
 *     const count = tf.assignAdd(step, 1);
 *     const session = new tf.train.MonitoredSession({ hooks: [new tf.train.StopAtStepHook({ lastStep: 3 })] });
 *     let steps = 0;
 *     while (!session.shouldStop()) steps = session.run(count);
 *     session.close();
 *     steps   // 3
 */
export class MonitoredSession extends Monitored {
  /**
   * Opens the session.
   *
   * @param sessionCreator       makes the session; a `tf.train.ChiefSessionCreator` where not given
   * @param hooks                are called around each run
   * @param stopGracePeriodSecs  has no effect: nothing is in the middle of something when it is closed
   * @throws RuntimeError  if the model is not ready then
   */
  constructor(...given: Args<'train.MonitoredSession', Taken>) {
    const [creator, hooks] = MONITORED.take(given);
    super(creator, hooks, true);
  }
}
type TakenSingular = [
  hooks?: readonly Hook[],
  scaffold?: Scaffold,
  master?: string,
  config?: SessionConfig,
  checkpointDir?: string,
  stopGracePeriodSecs?: number,
  checkpointFilenameWithPath?: string,
];
const SINGULAR = constructorOf<TakenSingular>('train.SingularMonitoredSession');
/**
 * A session with hooks that is not made anew where it is lost, and whose plain session is at hand, as for a saver.
 *
 *     const w = new tf.Variable(3);
 *     const session = new tf.train.SingularMonitoredSession();
 *     session.rawSession().run(w)   // 3
 */
export class SingularMonitoredSession extends Monitored {
  /**
   * Opens the session.
   *
   * @param hooks                       are called around each run
   * @param scaffold                    the nodes that it needs; found or made where not given
   * @param master                      a remote master, as `grpc://host:port`; '' for this process
   * @param config                      the device, and how to run
   * @param checkpointDir               the folder whose latest checkpoint is restored
   * @param stopGracePeriodSecs         has no effect
   * @param checkpointFilenameWithPath  a checkpoint in its place
   * @throws RuntimeError  if the model is not ready then
   */
  constructor(...given: Args<'train.SingularMonitoredSession', TakenSingular>) {
    const [hooks, scaffold, master, config, checkpointDir, , file] = SINGULAR.take(given);
    const settings = { scaffold, master, config, checkpointDir, checkpointFilenameWithPath: file };
    super(new ChiefSessionCreator(settings), hooks, false);
  }
  /** The session without hooks. */
  rawSession(): Session {
    return this.plain;
  }
}
bindMethods(Monitored, {
  shouldStop: 'train.MonitoredSession.should_stop',
  close: 'train.MonitoredSession.close',
});
bindMethods(SingularMonitoredSession, { rawSession: 'train.SingularMonitoredSession.raw_session' });
