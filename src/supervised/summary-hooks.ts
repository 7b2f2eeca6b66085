/** Hooks that write summaries, and how fast a training is, into event files. */
import { RuntimeError, ValueError } from '../base/errors';
import { tell } from '../base/logging';
import { type Args, constructorOf } from '../calls/bind';
import { SessionLog, Summary } from '../format/summary';
import type { Tensor } from '../graph/graph';
import type { Fetches } from '../session/fetch';
import { type FileWriter, FileWriterCache } from '../summary/file-writer';
import { getGlobalStep } from '../train/global-step';
import { SessionRunArgs, type SessionRunContext, SessionRunHook, type SessionRunValues } from './hook';
import type { Scaffold } from './scaffold';
import { stepNow, stepRead } from './step';
import { SecondOrStepTimer } from './timer';

type Op = Tensor | readonly Tensor[];
type Taken = [
  saveSteps?: number,
  saveSecs?: number,
  outputDir?: string,
  summaryWriter?: FileWriter,
  scaffold?: Scaffold,
  summaryOp?: Op,
];
const SUMMARY_HOOK = constructorOf<Taken>('train.SummarySaverHook');

/**
 * Writes summaries every so many steps or seconds.
 *
 *     const step = tf.train.getOrCreateGlobalStep();
 *     const count = tf.assignAdd(step, 1);
 *     const summaryOp = tf.summary.scalar('loss', tf.constant(0.5));
 *     const hooks = [new tf.train.SummarySaverHook({ saveSteps: 1, outputDir: folder, summaryOp })];
 *     const session = new tf.train.MonitoredSession({ hooks });
 *     session.run(count);
 *     session.close();
 *     require('node:fs').readdirSync(folder).length   // 1
 */
export class SummarySaverHook extends SessionRunHook {
  private readonly timer: SecondOrStepTimer;
  private readonly outputDir: string | undefined;
  private readonly scaffold: Scaffold | null;
  private readonly summaryOp: Op | null;
  private writer: FileWriter | null;
  private step!: Tensor;
  private nextStep: number | null = null;
  private requested = false;
  /**
   * Takes what to write, where, and when.
   *
   * @param saveSteps      steps from one time to the next
   * @param saveSecs       seconds from one time to the next
   * @param outputDir      the folder of the event file
   * @param summaryWriter  writes in the place of a file of its own
   * @param scaffold       has the summaries
   * @param summaryOp      a summary, or several
   * @throws ValueError  for none or both of scaffold and `summaryOp`, of `saveSteps` and `saveSecs`
   */
  constructor(...given: Args<'train.SummarySaverHook', Taken>) {
    super();
    const [everySteps, everySecs, outputDir, writer, scaffold, summaryOp] = SUMMARY_HOOK.take(given);
    if ((scaffold === undefined) === (summaryOp === undefined))
      throw new ValueError('Exactly one of scaffold or summary_op must be provided.');
    this.summaryOp = summaryOp ?? null;
    this.scaffold = scaffold ?? null;
    this.outputDir = outputDir;
    this.writer = writer ?? null;
    this.timer = new SecondOrStepTimer({ everySecs, everySteps });
  }
  /** Finds the counter of steps. @throws RuntimeError  if there is none */
  override begin(): void {
    if (!this.writer && this.outputDir) this.writer = FileWriterCache.get(this.outputDir);
    this.nextStep = null;
    this.step = stepRead('SummarySaverHook');
  }
  private get summaries(): readonly Tensor[] {
    const op = this.summaryOp ?? this.scaffold?.summaryOp ?? null;
    return op === null ? [] : [op].flat();
  }
  /** Asks for the step, and for the summaries where it is time. */
  override beforeRun(): SessionRunArgs {
    this.requested = this.nextStep === null || this.timer.shouldTriggerForStep(this.nextStep);
    return new SessionRunArgs(this.requested ? [this.step, ...this.summaries] : [this.step]);
  }
  /** Writes them. */
  override afterRun(context: SessionRunContext, { results }: SessionRunValues): void {
    if (!this.writer) return;
    const [stale, ...summaries] = results as unknown[];
    const step = this.requested ? stepNow(context.session, this.step) : Number(stale) + 1;
    if (this.nextStep === null) this.writer.addSessionLog(new SessionLog({ status: SessionLog.START }), step);
    if (this.requested) {
      this.timer.updateLastTriggeredStep(step);
      for (const summary of summaries) this.writer.addSummary(summary as string, step);
    }
    this.nextStep = step + 1;
  }
  /** Writes what waits. */
  override end(): void {
    this.writer?.flush();
  }
}

type TakenCounter = [everyNSteps?: number | null, everyNSecs?: number, outputDir?: string, summaryWriter?: FileWriter];
const COUNTER_HOOK = constructorOf<TakenCounter>('train.StepCounterHook');
const MOST_WARNINGS = 5;
/**
 * Says how many steps a second a training does, as the summary `global_step/sec`.
 *
 *     const step = tf.train.getOrCreateGlobalStep();
 *     const count = tf.assignAdd(step, 1);
 *     const hooks = [new tf.train.StepCounterHook({ everyNSteps: 1, outputDir: folder })];
 *     const session = new tf.train.MonitoredSession({ hooks });
 *     for (let i = 0; i < 3; i++) session.run(count);
 *     session.close();
 *     require('node:fs').readdirSync(folder).length   // 1
 */
export class StepCounterHook extends SessionRunHook {
  private readonly timer: SecondOrStepTimer;
  private readonly outputDir: string | undefined;
  private writer: FileWriter | null;
  private step!: Tensor;
  private tag = '';
  private last: number | null = null;
  private warned = 0;
  /**
   * Takes when to count, and where to write it.
   *
   * @param everyNSteps    steps from one time to the next: 100 where neither is given
   * @param everyNSecs     seconds from one time to the next; `everyNSteps: null` beside it
   * @param outputDir      the folder of the event file
   * @param summaryWriter  writes in the place of a file of its own
   * @throws ValueError  for none or both of `everyNSteps` and `everyNSecs`
   */
  constructor(...given: Args<'train.StepCounterHook', TakenCounter>) {
    super();
    const [everySteps, everySecs, outputDir, writer] = COUNTER_HOOK.take(given);
    const steps = everySteps === undefined ? 100 : (everySteps ?? undefined);
    if ((steps === undefined) === (everySecs === undefined))
      throw new ValueError('exactly one of every_n_steps and every_n_secs should be provided.');
    this.timer = new SecondOrStepTimer({ everySecs, everySteps: steps });
    this.outputDir = outputDir;
    this.writer = writer ?? null;
  }
  /** Finds the counter of steps. @throws RuntimeError  if there is none */
  override begin(): void {
    if (!this.writer && this.outputDir) this.writer = FileWriterCache.get(this.outputDir);
    this.step = stepRead('StepCounterHook');
    const counter = getGlobalStep();
    if (!counter) throw new RuntimeError('Global step should be created to use StepCounterHook.');
    this.tag = `${counter.op.name}/sec`;
  }
  /** Asks for the step. */
  override beforeRun(): SessionRunArgs {
    return new SessionRunArgs(this.step as Fetches);
  }
  /** Counts. */
  override afterRun(context: SessionRunContext, { results }: SessionRunValues): void {
    const stale = Number(results);
    if (this.timer.shouldTriggerForStep(stale + 1)) {
      const step = stepNow(context.session, this.step);
      if (this.timer.shouldTriggerForStep(step)) this.count(step);
    }
    if (stale === this.last && this.warned++ < MOST_WARNINGS)
      tell(
        'WARN',
        'It seems that global step (tf.train.get_global_step) has not been increased. Current value (could be ' +
          `stable): ${stale} vs previous value: ${this.last}. You could increase the global step by passing ` +
          'tf.train.get_global_step() to Optimizer.apply_gradients or Optimizer.minimize.',
      );
    this.last = stale;
  }
  private count(step: number): void {
    const [secs, steps] = this.timer.updateLastTriggeredStep(step);
    if (secs === null || steps === null) return;
    const simpleValue = steps / secs;
    this.writer?.addSummary(new Summary({ value: [{ tag: this.tag, simpleValue }] }), step);
    tell('INFO', `${this.tag}: ${Number(simpleValue.toPrecision(6))}`);
  }
}
