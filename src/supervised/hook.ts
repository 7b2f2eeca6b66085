/** Hooks: what is called around the runs of a monitored session, and what they are given. */
import type { Feeds } from '../graph/runner';
import { type Args, constructorOf } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import type { Fetches } from '../session/fetch';
import type { RunMetadata, RunOptions } from '../session/metadata';
import type { Session } from '../session/session';
import type { Coordinator } from '../train/coordinator';

type TakenArgs = [fetches: Fetches | null, feedDict?: Feeds, options?: Partial<RunOptions>];
const RUN_ARGS = constructorOf<TakenArgs>('train.SessionRunArgs');
type TakenValues = [results: unknown, options: Partial<RunOptions> | null, runMetadata: RunMetadata | null];
const RUN_VALUES = constructorOf<TakenValues>('train.SessionRunValues');
type TakenContext = [originalArgs: SessionRunArgs, session: Session];
const RUN_CONTEXT = constructorOf<TakenContext>('train.SessionRunContext');

/**
 * What a hook adds to a run: fetches and feeds of its own.
 *
 *     const loss = tf.constant(1);
 *     new tf.train.SessionRunArgs(loss).fetches === loss   // true
 */
export class SessionRunArgs {
  /** What is fetched beside what the program fetches; null for nothing. */
  readonly fetches: Fetches | null;
  /** What is fed beside what the program feeds. */
  readonly feedDict: Feeds | null;
  /** How much the run records. */
  readonly options: Partial<RunOptions> | null;
  /**
   * Takes what to add.
   *
   * @param fetches   a tensor, an operation, or arrays and objects of them
   * @param feedDict  values for tensors
   * @param options   `tf.RunOptions`
   */
  constructor(...given: Args<'train.SessionRunArgs', TakenArgs>) {
    const [fetches, feedDict = null, options = null] = RUN_ARGS.take(given);
    this.fetches = fetches ?? null;
    this.feedDict = feedDict;
    this.options = options;
  }
}
/**
 * What a run gave for a hook's fetches.
 *
 *     class Watch extends tf.train.SessionRunHook {
 *       beforeRun() { return new tf.train.SessionRunArgs(tf.train.getGlobalStep()); }
 *       afterRun(context, values) { if (values.results >= 3) context.requestStop(); }
 *     }
 */
export class SessionRunValues {
  /** In the structure of the hook's fetches; null where it asked for nothing. */
  readonly results: unknown;
  /** What the run was told. */
  readonly options: Partial<RunOptions> | null;
  /** What it recorded. */
  readonly runMetadata: RunMetadata | null;
  /** Takes the three. */
  constructor(...given: Args<'train.SessionRunValues', TakenValues>) {
    const [results, options, runMetadata] = RUN_VALUES.take(given);
    this.results = results ?? null;
    this.options = options ?? null;
    this.runMetadata = runMetadata ?? null;
  }
}
/**
 * What a hook knows of the run that it is called around.
 *
 *     const context = new tf.train.SessionRunContext(new tf.train.SessionRunArgs('x:0'), sess);
 *     context.requestStop();
 *     context.stopRequested   // true
 */
export class SessionRunContext {
  /** What the program asked for. */
  readonly originalArgs: SessionRunArgs;
  /** The session that does the run, without hooks. */
  readonly session: Session;
  private stop = false;
  /**
   * Takes both.
   *
   * @param originalArgs  what the program asked for
   * @param session       the session that does the run
   */
  constructor(...given: Args<'train.SessionRunContext', TakenContext>) {
    [this.originalArgs, this.session] = RUN_CONTEXT.take(given);
  }
  /** Whether a hook asked to stop. */
  get stopRequested(): boolean {
    return this.stop;
  }
  /** Lets `shouldStop()` of the monitored session be true from then on. */
  requestStop(): void {
    this.stop = true;
  }
}
bindMethods(SessionRunContext, { requestStop: 'train.SessionRunContext.request_stop' });
/**
 * Is called around the runs of a monitored session. A class of one's own overrides what it wants to see; an object that
 * has some of these methods is a hook too.
 *
 *     const step = tf.train.getOrCreateGlobalStep();
 *     const count = tf.assignAdd(step, 1);
 *     const seen = [];
 *     const hook = {
 *       beforeRun: () => new tf.train.SessionRunArgs(count),
 *       afterRun: (context, values) => seen.push(values.results),
 *     };
 *     const session = new tf.train.MonitoredSession({ hooks: [hook] });
 *     session.run(step);
 *     session.run(step);
 *     session.close();
 *     seen   // [1, 2]
 */
export class SessionRunHook {
  /** Once, before the session is there: may add nodes to the default graph, which is finalized then. */
  begin(): void {}
  /** When a session was made, again after each recovery. The graph is finalized. */
  afterCreateSession(_session: Session, _coord: Coordinator): void {}
  /** Before each run: what to fetch and feed beside. */
  beforeRun(_runContext: SessionRunContext): SessionRunArgs | null | undefined {
    return null;
  }
  /** After each run that did not fail. */
  afterRun(_runContext: SessionRunContext, _runValues: SessionRunValues): void {}
  /** Before the session is closed, unless a run failed. */
  end(_session: Session): void {}
}
/** What works as a hook: an object that has some of the methods of one. */
export type Hook = { readonly [K in keyof SessionRunHook]?: SessionRunHook[K] };
