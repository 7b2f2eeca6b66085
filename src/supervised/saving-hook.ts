/** The hook that writes checkpoints. */
import { RuntimeError, ValueError } from '../base/errors';
import { tell } from '../base/logging';
import { path } from '../base/platform';
import { type Args, constructorOf } from '../calls/bind';
import { SessionLog } from '../format/summary';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import type { Session } from '../session/session';
import { type FileWriter, FileWriterCache } from '../summary/file-writer';
import { metaGraphOf } from '../train/graphs/export-meta-graph';
import { writeGraph } from '../train/graphs/files';
import type { Saver } from '../train/saver/saver';
import { SessionRunArgs, type SessionRunContext, SessionRunHook, type SessionRunValues } from './hook';
import type { Scaffold } from './scaffold';
import { stepNow, stepRead } from './step';
import { SecondOrStepTimer } from './timer';

/**
 * Is called around each checkpoint that a `tf.train.CheckpointSaverHook` writes. A class of one's own overrides what it
 * wants to see.
 *
 *     class Announce extends tf.train.CheckpointSaverListener {
 *       afterSave(session, step) { console.log(`saved at ${step}`); }
 *     }
 *     new Announce() instanceof tf.train.CheckpointSaverListener   // true
 */
export class CheckpointSaverListener {
  /** Once, before the session is there. */
  begin(): void {}
  /** Before a checkpoint is written. */
  beforeSave(_session: Session, _globalStepValue: number): void {}
  /** After it. True ends the training. */
  afterSave(_session: Session, _globalStepValue: number): unknown {
    return false;
  }
  /** At the end of the training, after its last checkpoint. */
  end(_session: Session, _globalStepValue: number): void {}
}
/** What works as a listener: an object that has some of the methods of one. */
export type Listener = { readonly [K in keyof CheckpointSaverListener]?: CheckpointSaverListener[K] };

type Taken = [
  checkpointDir: string,
  saveSecs?: number,
  saveSteps?: number,
  saver?: Saver,
  checkpointBasename?: string,
  scaffold?: Scaffold,
  listeners?: readonly Listener[],
];
const SAVER_HOOK = constructorOf<Taken>('train.CheckpointSaverHook');

/**
 * Writes a checkpoint at the start, every so many steps or seconds, and at the end; and the graph beside it, as
 * `graph.pbtxt` and into an event file.
 *
 *     const step = tf.train.getOrCreateGlobalStep();
 *     const count = tf.assignAdd(step, 1);
 *     const hooks = [new tf.train.CheckpointSaverHook(folder, { saveSteps: 2, saver: new tf.train.Saver() })];
 *     const session = new tf.train.MonitoredSession({ hooks });
 *     for (let i = 0; i < 3; i++) session.run(count);
 *     session.close();
 *     tf.train.latestCheckpoint(folder) === `${folder}/model.ckpt-3`   // true
 */
export class CheckpointSaverHook extends SessionRunHook {
  private readonly folder: string;
  private readonly savePath: string;
  private readonly timer: SecondOrStepTimer;
  private readonly scaffold: Scaffold | null;
  private readonly listeners: readonly Listener[];
  private saver: Saver | null;
  private writer!: FileWriter;
  private step!: Tensor;
  /**
   * Takes the folder, and when to save.
   *
   * @param checkpointDir       the folder of the checkpoints
   * @param saveSecs            seconds from one to the next
   * @param saveSteps           steps from one to the next
   * @param saver               writes them; that of the scaffold, or the one in the collection SAVERS, where not given
   * @param checkpointBasename  the start of their names, `model.ckpt` where not given
   * @param scaffold            has the saver
   * @param listeners           are called around each
   * @throws ValueError  for saver and scaffold, and for none or both of `saveSecs` and `saveSteps`
   */
  constructor(...given: Args<'train.CheckpointSaverHook', Taken>) {
    super();
    const [folder, everySecs, everySteps, saver, basename = 'model.ckpt', scaffold, listeners = []] =
      SAVER_HOOK.take(given);
    tell('INFO', 'Create CheckpointSaverHook.');
    if (saver && scaffold) throw new ValueError('You cannot provide both saver and scaffold.');
    this.folder = folder;
    this.savePath = path.join(folder, basename);
    this.timer = new SecondOrStepTimer({ everySecs, everySteps });
    this.saver = saver ?? null;
    this.scaffold = scaffold ?? null;
    this.listeners = listeners;
  }
  /** Finds the counter of steps. @throws RuntimeError  if there is none */
  override begin(): void {
    this.writer = FileWriterCache.get(this.folder);
    this.step = stepRead('CheckpointSaverHook');
    for (const listener of this.listeners) listener.begin?.();
  }
  /** Writes the graph, and the first checkpoint. */
  override afterCreateSession(session: Session): void {
    const step = stepNow(session, this.step);
    const graph = getDefaultGraph();
    const graphDef = graph.asGraphDef({ addShapes: true });
    writeGraph(graphDef, this.folder, 'graph.pbtxt');
    this.writer.addGraph(graph);
    this.writer.addMetaGraph(metaGraphOf({ graphDef, saverDef: this.getSaver().asSaverDef() }));
    this.save(session, step);
    this.timer.updateLastTriggeredStep(step);
  }
  /** Asks for the step. */
  override beforeRun(): SessionRunArgs {
    return new SessionRunArgs(this.step);
  }
  /** Writes a checkpoint where it is time. */
  override afterRun(context: SessionRunContext, { results }: SessionRunValues): void {
    if (!this.timer.shouldTriggerForStep(Number(results) + 1)) return;
    const step = stepNow(context.session, this.step);
    if (!this.timer.shouldTriggerForStep(step)) return;
    this.timer.updateLastTriggeredStep(step);
    if (this.save(context.session, step)) context.requestStop();
  }
  /** Writes the last checkpoint. */
  override end(session: Session): void {
    const step = stepNow(session, this.step);
    if (step !== this.timer.lastTriggeredStep()) this.save(session, step);
    for (const listener of this.listeners) listener.end?.(session, step);
  }
  /** @returns  whether a listener wants the training to end */
  private save(session: Session, step: number): boolean {
    tell('INFO', `Saving checkpoints for ${step} into ${this.savePath}.`);
    for (const listener of this.listeners) listener.beforeSave?.(session, step);
    this.getSaver().save(session, this.savePath, step);
    this.writer.addSessionLog(new SessionLog({ status: SessionLog.CHECKPOINT, checkpointPath: this.savePath }), step);
    let stop = false;
    for (const listener of this.listeners)
      if (listener.afterSave?.(session, step)) {
        tell('INFO', 'A CheckpointSaverListener requested that training be stopped.');
        stop = true;
      }
    return stop;
  }
  private getSaver(): Saver {
    if (this.saver) return this.saver;
    if (this.scaffold?.saver) return this.scaffold.saver;
    const savers = getDefaultGraph().getCollection<Saver>(GraphKeys.SAVERS);
    if (savers.length === 1) return (this.saver = savers[0]);
    throw new RuntimeError(
      savers.length
        ? `More than one item in collection ${GraphKeys.SAVERS}. Please indicate which one to use by passing it to ` +
            'the constructor.'
        : `No items in collection ${GraphKeys.SAVERS}. Please add a saver to the collection or provide a saver or ` +
            'scaffold.',
    );
  }
}
