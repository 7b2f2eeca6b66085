/** `tf.train.MonitoredTrainingSession`: a monitored session with the hooks that most trainings want. */
import { isCallable } from '../base/border';
import { type Args, noteBound, signature } from '../calls/bind';
import type { SessionConfig } from '../session/config';
import { ChiefSessionCreator, WorkerSessionCreator } from './creators';
import type { Hook } from './hook';
import { MonitoredSession } from './monitored';
import { CheckpointSaverHook } from './saving-hook';
import { Scaffold } from './scaffold';
import { StepCounterHook, SummarySaverHook } from './summary-hooks';

type Taken = [
  master?: string,
  isChief?: boolean,
  checkpointDir?: string,
  scaffold?: Scaffold,
  hooks?: readonly Hook[],
  chiefOnlyHooks?: readonly Hook[],
  saveCheckpointSecs?: number | null,
  saveSummariesSteps?: number | null,
  saveSummariesSecs?: number | null,
  config?: SessionConfig,
  stopGracePeriodSecs?: number,
  logStepCountSteps?: number | null,
  maxWaitSecs?: number,
  saveCheckpointSteps?: number | null,
  summaryDir?: string,
];
const TRAINING = signature<Taken>('train.MonitoredTrainingSession');
/** Seconds, steps, or neither: what is not given is the default where both are not, and nothing where one is. */
function either<A, B>(
  secs: A | null | undefined,
  steps: B | null | undefined,
  preset: readonly [secs: A | null, steps: B | null],
): readonly [secs: A | undefined, steps: B | undefined] {
  const [s, n] = secs === undefined && steps === undefined ? preset : [secs, steps];
  return [s ?? undefined, n ?? undefined];
}
const isOn = (every: number | undefined): boolean => every !== undefined && every > 0;

/** What `MonitoredTrainingSession` takes by name. */
export interface TrainingSessionOptions {
  /** A remote master, as `grpc://host:port`; '' for this process. */
  readonly master?: string | null;
  /** Whether it prepares the model; false waits until another process did. */
  readonly isChief?: boolean | null;
  /** The folder of the checkpoints: the latest is restored, and new ones are written. */
  readonly checkpointDir?: string | null;
  /** The nodes that the session needs; found or made where not given. */
  readonly scaffold?: Scaffold | null;
  /** Are called around each run. */
  readonly hooks?: readonly Hook[] | null;
  /** The same, for the chief alone. */
  readonly chiefOnlyHooks?: readonly Hook[] | null;
  /** Seconds between checkpoints: 600 where neither they nor steps are given; null for none. */
  readonly saveCheckpointSecs?: number | null;
  /** Steps between summaries: 100 where neither they nor seconds are given; null for none. */
  readonly saveSummariesSteps?: number | null;
  /** Seconds between summaries. */
  readonly saveSummariesSecs?: number | null;
  /** The device, and how to run. */
  readonly config?: SessionConfig | null;
  /** Has no effect: nothing is in the middle of something when the session is closed. */
  readonly stopGracePeriodSecs?: number | null;
  /** Steps between two counts of steps a second: 100 where not given; null for none. */
  readonly logStepCountSteps?: number | null;
  /** How long one that is no chief waits. */
  readonly maxWaitSecs?: number | null;
  /** Steps between checkpoints. */
  readonly saveCheckpointSteps?: number | null;
  /** The folder of the summaries, where it is not that of the checkpoints. */
  readonly summaryDir?: string | null;
}
type Body<R> = (session: MonitoredSession) => R;

/** The same with the session's steps in a function: Python's `with` block. See `session.use`. */
export function MonitoredTrainingSession<R>(options: TrainingSessionOptions, body: Body<R>): R | undefined;
/** The same on the default model. */
export function MonitoredTrainingSession<R>(body: Body<R>): R | undefined;
/**
 * A session for training: it begins at the latest checkpoint of a folder, writes checkpoints and summaries there, and
 * goes on from the last checkpoint where it is lost or the program is started again.
 *
 *     const w = tf.getVariable('w', [], { initializer: tf.zerosInitializer() });
 *     const step = tf.train.getOrCreateGlobalStep();
 *     const train = new tf.train.GradientDescentOptimizer(0.25).minimize(tf.square(w.sub(4)), step);
 *     const hooks = [new tf.train.StopAtStepHook({ lastStep: 20 })];
 *     tf.train.MonitoredTrainingSession({ checkpointDir: folder, hooks }, (session) => {
 *       while (!session.shouldStop()) session.run(train);
 *     });
 *     tf.train.latestCheckpoint(folder) === `${folder}/model.ckpt-20`   // true
 *
 * @param master               a remote master, as `grpc://host:port`; '' for this process
 * @param isChief              whether it prepares the model; false waits until another process did
 * @param checkpointDir        the folder of the checkpoints: the latest is restored, and new ones are written
 * @param scaffold             the nodes that the session needs; found or made where not given
 * @param hooks                are called around each run
 * @param chiefOnlyHooks       the same, for the chief alone
 * @param saveCheckpointSecs   seconds between checkpoints: 600 where neither they nor steps are given; null for none
 * @param saveSummariesSteps   steps between summaries: 100 where neither they nor seconds are given; null for none
 * @param saveSummariesSecs    seconds between summaries
 * @param config               the device, and how to run
 * @param stopGracePeriodSecs  has no effect: nothing is in the middle of something when the session is closed
 * @param logStepCountSteps    steps between two counts of steps a second: 100 where not given; null for none
 * @param maxWaitSecs          how long one that is no chief waits
 * @param saveCheckpointSteps  steps between checkpoints
 * @param summaryDir           the folder of the summaries, where it is not that of the checkpoints
 * @returns  a `tf.train.MonitoredSession`; with a function behind, what the function returns
 * @throws RuntimeError  if the model is not ready then, or summaries or checkpoints are wanted without a step counter
 */
export function MonitoredTrainingSession(options?: TrainingSessionOptions): MonitoredSession;
export function MonitoredTrainingSession(...given: Args<'train.MonitoredTrainingSession', Taken>): MonitoredSession;
export function MonitoredTrainingSession(...given: readonly unknown[]): unknown {
  const body = given[given.length - 1];
  if (!isCallable(body)) return trainingSession(TRAINING.take(given));
  return trainingSession(TRAINING.take(given.slice(0, -1))).use(body as Body<unknown>);
}
noteBound(MonitoredTrainingSession, 'train.MonitoredTrainingSession');

function trainingSession(taken: Taken): MonitoredSession {
  const [master = '', isChief = true, checkpointDir, given, hooks = [], chiefOnlyHooks = [], ...more] = taken;
  const [checkpointSecs, summarySteps, summarySecs, config, , logSteps, maxWaitSecs = 7200, checkpointSteps] = more;
  const scaffold = given ?? new Scaffold();
  if (!isChief) return new MonitoredSession(new WorkerSessionCreator({ scaffold, master, config, maxWaitSecs }), hooks);
  const outputDir = more[8] ?? checkpointDir;
  const all: Hook[] = [...chiefOnlyHooks];
  const everyNSteps = logSteps === undefined ? 100 : (logSteps ?? undefined);
  if (outputDir && isOn(everyNSteps)) all.push(new StepCounterHook({ outputDir, everyNSteps }));
  const [saveSecs, saveSteps] = either(summarySecs, summarySteps, [null, 100]);
  if (outputDir && (isOn(saveSecs) || isOn(saveSteps)))
    all.push(new SummarySaverHook({ scaffold, saveSteps, saveSecs, outputDir }));
  const [secs, steps] = either(checkpointSecs, checkpointSteps, [600, null]);
  if (checkpointDir && (isOn(secs) || isOn(steps)))
    all.push(new CheckpointSaverHook(checkpointDir, { saveSteps: steps, saveSecs: secs, scaffold }));
  const creator = new ChiefSessionCreator({ scaffold, checkpointDir, master, config });
  return new MonitoredSession(creator, [...all, ...hooks]);
}
