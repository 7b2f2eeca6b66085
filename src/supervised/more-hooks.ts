/** Hooks that compute something at the end, feed each run, and record what runs take. */
import { OutOfRangeError, StopIteration } from '../base/errors';
import { tell } from '../base/logging';
import { path } from '../base/platform';
import { type Args, constructorOf } from '../calls/bind';
import { Timeline } from '../debug/timeline';
import type { Tensor } from '../graph/graph';
import type { Feeds } from '../graph/runner';
import type { Fetches } from '../session/fetch';
import { RunOptions } from '../session/metadata';
import type { Session } from '../session/session';
import { type FileWriter, FileWriterCache } from '../summary/file-writer';
import { SessionRunArgs, type SessionRunContext, SessionRunHook, type SessionRunValues } from './hook';
import { stepNow, stepRead } from './step';
import { SecondOrStepTimer } from './timer';

const files = () => require('../format/files') as typeof import('../format/files');

type TakenFinal = [finalOps: Fetches | null, finalOpsFeedDict?: Feeds];
const FINAL_OPS = constructorOf<TakenFinal>('train.FinalOpsHook');
/**
 * Computes something when a training is over.
 *
 *     const hook = new tf.train.FinalOpsHook(tf.constant(3));
 *     const session = new tf.train.MonitoredSession({ hooks: [hook] });
 *     session.close();
 *     hook.finalOpsValues   // 3
 */
export class FinalOpsHook extends SessionRunHook {
  private readonly finalOps: Fetches | null;
  private readonly feeds: Feeds | null;
  private values: unknown = null;
  /**
   * Takes what to compute.
   *
   * @param finalOps          a tensor, an operation, or arrays and objects of them
   * @param finalOpsFeedDict  values for tensors
   */
  constructor(...given: Args<'train.FinalOpsHook', TakenFinal>) {
    super();
    const [finalOps, feeds = null] = FINAL_OPS.take(given);
    this.finalOps = finalOps ?? null;
    this.feeds = feeds;
  }
  /** What came out; null before the end. */
  get finalOpsValues(): unknown {
    return this.values;
  }
  /** Computes it. */
  override end(session: Session): void {
    if (this.finalOps === null) return;
    try {
      this.values = session.run(this.finalOps, this.feeds);
    } catch (error) {
      if (error instanceof OutOfRangeError || error instanceof StopIteration)
        tell(
          'WARN',
          'An OutOfRangeError or StopIteration exception is raised by the code in FinalOpsHook. This typically means ' +
            'the Ops running by the FinalOpsHook have a dependency back to some input source, which should not happen.',
        );
      throw error;
    }
  }
}

/** Makes the feeds of a run. */
export type FeedFn = () => Feeds;
const FEED_FN = constructorOf<[feedFn: FeedFn]>('train.FeedFnHook');
/**
 * Feeds every run with what a function gives.
 *
 *     const x = tf.placeholder(tf.float32, []);
 *     let next = 0;
 *     const hooks = [new tf.train.FeedFnHook(() => [[x, next++]])];
 *     const session = new tf.train.SingularMonitoredSession({ hooks });
 *     [session.run(x), session.run(x)]   // [0, 1]
 */
export class FeedFnHook extends SessionRunHook {
  /** Makes the feeds. */
  readonly feedFn: FeedFn;
  /**
   * Takes the function.
   *
   * @param feedFn  gives the feeds of one run
   */
  constructor(...given: Args<'train.FeedFnHook', [feedFn: FeedFn]>) {
    super();
    [this.feedFn] = FEED_FN.take(given);
  }
  /** Asks it. */
  override beforeRun(): SessionRunArgs {
    return new SessionRunArgs(null, this.feedFn());
  }
}

type TakenProfiler = [
  saveSteps?: number,
  saveSecs?: number,
  outputDir?: string,
  showDataflow?: boolean,
  more?: boolean,
];
const PROFILER = constructorOf<TakenProfiler>('train.ProfilerHook');
/**
 * Records every so many steps or seconds what a run took, into `timeline-STEP.json` for chrome://tracing or Perfetto,
 * and into the event file for TensorBoard.
 *
 *     const step = tf.train.getOrCreateGlobalStep();
 *     const count = tf.assignAdd(step, 1);
 *     const hooks = [new tf.train.ProfilerHook({ saveSteps: 2, outputDir: folder })];
 *     const session = new tf.train.MonitoredSession({ hooks });
 *     for (let i = 0; i < 4; i++) session.run(count);
 *     session.close();
 *     require('node:fs').readdirSync(folder).some((name) => name.startsWith('timeline-'))   // true
 */
export class ProfilerHook extends SessionRunHook {
  private readonly timer: SecondOrStepTimer;
  private readonly outputDir: string;
  private readonly writer: FileWriter;
  private step!: Tensor;
  private nextStep: number | null = null;
  private requested = false;
  /**
   * Takes when, and where to. `showDataflow` and `showMemory` have no effect.
   *
   * @param saveSteps     steps from one record to the next
   * @param saveSecs      seconds from one record to the next
   * @param outputDir     the folder; the working folder where not given
   * @throws ValueError  for none or both of `saveSteps` and `saveSecs`
   */
  constructor(...given: Args<'train.ProfilerHook', TakenProfiler>) {
    super();
    const [everySteps, everySecs, outputDir = ''] = PROFILER.take(given);
    this.outputDir = outputDir;
    this.timer = new SecondOrStepTimer({ everySecs, everySteps });
    this.writer = FileWriterCache.get(outputDir || '.');
  }
  /** Finds the counter of steps. @throws RuntimeError  if there is none */
  override begin(): void {
    this.nextStep = null;
    this.step = stepRead('ProfilerHook');
  }
  /** Asks for the step, and for a record where it is time. */
  override beforeRun(): SessionRunArgs {
    this.requested = this.nextStep !== null && this.timer.shouldTriggerForStep(this.nextStep);
    const options = this.requested ? new RunOptions({ traceLevel: RunOptions.FULL_TRACE }) : null;
    return new SessionRunArgs(this.step, null, options);
  }
  /** Writes it. */
  override afterRun(context: SessionRunContext, { results, runMetadata }: SessionRunValues): void {
    const stale = Number(results);
    if (this.nextStep === null) this.timer.updateLastTriggeredStep(stale);
    let step = stale + 1;
    if (this.requested && runMetadata?.stepStats) {
      step = stepNow(context.session, this.step);
      this.timer.updateLastTriggeredStep(step);
      const file = path.join(this.outputDir, `timeline-${step}.json`);
      tell('INFO', `Saving timeline for ${step} into '${file}'.`);
      files().writeWhole(file, new Timeline(runMetadata.stepStats).generateChromeTraceFormat());
      this.writer.addRunMetadata(runMetadata, `step_${step}`);
    }
    this.nextStep = step + 1;
  }
}
