/** Rows of the surface test for what supervises a training. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as tf from '../src';
import type { Row } from './surface-rows';

/** A counter of steps, and the node that counts. */
function counting(): { readonly step: tf.Variable; readonly count: tf.Tensor } {
  const step = tf.train.getOrCreateGlobalStep();
  return { step, count: tf.assignAdd(step, 1) };
}
/** What a body gives in a folder that goes again. */
function inFolder<R>(body: (folder: string) => R): R {
  const folder = mkdtempSync(path.join(tmpdir(), 'surface-'));
  try {
    return body(folder);
  } finally {
    tf.summary.FileWriterCache.clear();
    rmSync(folder, { recursive: true, force: true });
  }
}
/** The last step of a session with these hooks that counts to three. */
function counted(...hooks: tf.train.Hook[]): unknown {
  const { count } = counting();
  return new tf.train.MonitoredSession({ hooks: [...hooks, new tf.train.StopAtStepHook(3)] }).use((session) => {
    let last: unknown = null;
    while (!session.shouldStop()) last = session.run(count);
    return last;
  });
}
export function supervisedRows(): Readonly<Record<string, Row>> {
  const T = tf.train;
  return {
    'tf.train.MonitoredSession': [() => counted(), 3],
    'tf.train.StopAtStepHook': [() => counted(new T.StopAtStepHook({ lastStep: 2 })), 2],
    'tf.train.SessionRunHook': [() => counted(new T.SessionRunHook()), 3],
    'tf.train.SessionRunArgs': [() => counted({ beforeRun: () => new T.SessionRunArgs('global_step:0') }), 3],
    'tf.train.SessionRunContext': [() => counted({ afterRun: (context) => context.requestStop() }), 1],
    'tf.train.SessionRunValues': [() => new T.SessionRunValues(3, null, null).results, 3],
    'tf.train.NanTensorHook': [() => counted(new T.NanTensorHook(tf.constant(1))), 3],
    'tf.train.NanLossDuringTrainingError': [
      () => new T.NanLossDuringTrainingError().message,
      'NaN loss during training.',
    ],
    'tf.train.GlobalStepWaiterHook': [() => counted(new T.GlobalStepWaiterHook(0)), 3],
    'tf.train.LoggingTensorHook': [() => counted(new T.LoggingTensorHook(['global_step:0'], 1)), 3],
    'tf.train.FeedFnHook': [() => counted(new T.FeedFnHook(() => ({}))), 3],
    'tf.train.FinalOpsHook': [
      () => {
        const hook = new T.FinalOpsHook(tf.constant(7));
        counted(hook);
        return hook.finalOpsValues;
      },
      7,
    ],
    'tf.train.CheckpointSaverHook': [
      () =>
        inFolder((folder) => {
          counting();
          counted(new T.CheckpointSaverHook(folder, { saveSteps: 2, saver: new T.Saver() }));
          return path.basename(T.latestCheckpoint(folder)!);
        }),
      'model.ckpt-3',
    ],
    'tf.train.CheckpointSaverListener': [() => new T.CheckpointSaverListener().afterSave.length, 2],
    'tf.train.SummarySaverHook': [
      () =>
        inFolder((outputDir) =>
          counted(new T.SummarySaverHook({ saveSteps: 1, outputDir, scaffold: new T.Scaffold() })),
        ),
      3,
    ],
    'tf.train.StepCounterHook': [() => inFolder((outputDir) => counted(new T.StepCounterHook({ outputDir }))), 3],
    'tf.train.ProfilerHook': [
      () => inFolder((outputDir) => counted(new T.ProfilerHook({ saveSteps: 1, outputDir }))),
      3,
    ],
    'tf.train.SecondOrStepTimer': [() => new T.SecondOrStepTimer({ everySteps: 2 }).shouldTriggerForStep(0), true],
    'tf.train.SingularMonitoredSession': [
      () => {
        const { count } = counting();
        return new T.SingularMonitoredSession().rawSession().run(count);
      },
      1,
    ],
    'tf.train.MonitoredTrainingSession': [
      () => {
        const { count } = counting();
        return T.MonitoredTrainingSession((session) => [session.run(count), session.run(count)]);
      },
      [1, 2],
    ],
    'tf.train.Scaffold': [
      () => {
        counting();
        return (new T.Scaffold().finalize().initOp as tf.Operation).name;
      },
      'group_deps',
    ],
    'tf.train.SessionCreator': [() => T.ChiefSessionCreator.prototype instanceof T.SessionCreator, true],
    'tf.train.ChiefSessionCreator': [
      () => {
        const { step } = counting();
        return new T.ChiefSessionCreator().createSession().run(step);
      },
      0,
    ],
    'tf.train.WorkerSessionCreator': [
      () => {
        tf.constant(1, { name: 'one' });
        return new T.WorkerSessionCreator().createSession().run('one:0');
      },
      1,
    ],
    'tf.train.SessionManager': [
      () => {
        const { step } = counting();
        return new T.SessionManager().prepareSession('', { initOp: step.initializer }).run(step);
      },
      0,
    ],
    'tf.train.Supervisor': [
      () => {
        const { count } = counting();
        return inFolder((logdir) => new T.Supervisor({ logdir }).managedSession((session) => session.run(count)));
      },
      1,
    ],
    'tf.train.basicTrainLoop': [
      () => {
        const { count } = counting();
        let last: unknown = null;
        inFolder((logdir) => {
          const sv = new T.Supervisor({ logdir });
          T.basicTrainLoop(sv, (session) => {
            last = session.run(count);
            if (last === 3) sv.requestStop();
          });
        });
        return last;
      },
      3,
    ],
    'tf.train.Coordinator': [
      () => {
        const coord = new T.Coordinator();
        coord.requestStop();
        return coord.shouldStop();
      },
      true,
    ],
    'tf.train.LooperThread': [
      () => {
        const coord = new T.Coordinator();
        let calls = 0;
        T.LooperThread.loop(coord, null, () => void (++calls === 3 && coord.requestStop()));
        while (!coord.shouldStop());
        coord.join();
        return calls;
      },
      3,
    ],
  };
}
