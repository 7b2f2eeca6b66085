/** Supervised trainings, as fixtures/record/supervised.py has them in Python. */
import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { fails, files, Heard, model, Seen, told } from './set-up';

const { train: T } = tf;
type Program = (log: unknown[], folder: string) => void;

export const PROGRAMS: Readonly<Record<string, Program>> = {
  'nodes of a scaffold'() {
    model();
    new T.StopAtStepHook(3).begin();
    new T.Scaffold().finalize();
  },
  'nodes without variables'() {
    tf.constant(1, { name: 'c' });
    new T.Scaffold().finalize();
  },
  'nodes of a supervisor'() {
    model();
    new T.Supervisor();
  },
  'pieces that are there'(log) {
    const { step, w } = model();
    const init = tf.group(w.initializer, step.initializer, { name: 'mine' });
    tf.addToCollection(tf.GraphKeys.INIT_OP, init);
    const scaffold = new T.Scaffold({
      readyOp: tf.constant([], tf.string),
      saver: new T.Saver([w]),
      summaryOp: tf.summary.mergeAll(),
    });
    scaffold.finalize();
    const { initOp, localInitOp, summaryOp, readyOp } = scaffold;
    log.push([initOp, localInitOp, summaryOp, readyOp].map((op) => (op as tf.Tensor).name));
    const copy = new T.Scaffold({
      initOp: tf.getDefaultGraph().getOperationByName('init'),
      copyFromScaffold: scaffold,
    });
    log.push([(copy.initOp as tf.Operation).name, copy.readyOp!.name, copy.saver === scaffold.saver]);
  },
  'hooks in order'(log) {
    const { train, step } = model();
    const hooks = [new Seen(log, step), new T.StopAtStepHook({ lastStep: 3 })];
    new T.MonitoredSession({ hooks }).use((session) => {
      while (!session.shouldStop()) {
        session.run(train);
        log.push('ran');
      }
    });
  },
  'a number of steps'(log) {
    const { train, step } = model();
    const session = new T.MonitoredSession(null, [new T.StopAtStepHook(2)]);
    session.use(() => {
      while (!session.shouldStop()) log.push(session.run([train, step])[1]);
    });
    log.push(session.shouldStop());
  },
  'a run after the end'(log) {
    const { train } = model();
    const session = new T.MonitoredSession({ hooks: [new T.StopAtStepHook({ lastStep: 1 })] });
    session.run(train);
    log.push(session.shouldStop());
    fails(log, () => session.run(train));
    session.close();
    fails(log, () => session.close());
  },
  'a folder of checkpoints'(log, folder) {
    const { train } = model();
    const options = { checkpointDir: folder, saveCheckpointSteps: 2, saveSummariesSteps: 2, logStepCountSteps: 2 };
    T.MonitoredTrainingSession(options, (session) => {
      for (let i = 0; i < 5; i++) session.run(train);
    });
    files(log, folder);
  },
  'goes on in another session'(log, folder) {
    for (const lastStep of [3, 5]) {
      new tf.Graph().asDefault(() => {
        const { train, step } = model();
        const hooks = [new T.StopAtStepHook({ lastStep })];
        const none = { saveSummariesSteps: null, saveSummariesSecs: null, logStepCountSteps: null };
        T.MonitoredTrainingSession({ checkpointDir: folder, saveCheckpointSecs: 1000, ...none, hooks }, (session) => {
          log.push(`begins at ${session.run(step)}`);
          while (!session.shouldStop()) session.run(train);
        });
      });
      files(log, folder);
    }
  },
  listeners(log, folder) {
    const { train } = model();
    const hook = new T.CheckpointSaverHook(folder, {
      saveSteps: 2,
      scaffold: null,
      listeners: [new Heard(log, 4)],
      checkpointBasename: 'm',
    });
    const session = new T.MonitoredSession({ hooks: [hook, new Seen(log)] });
    while (!session.shouldStop()) session.run(train);
    session.close();
    files(log, folder);
  },
  'a session that is lost'(log, folder) {
    const { train, step, w } = model();
    let lost = false;
    const fail = (at: number): void => {
      if (at !== 3 || lost) return;
      lost = true;
      throw new tf.errors.AbortedError(null, 'gone');
    };
    const hooks = [
      new T.CheckpointSaverHook(folder, { saveSteps: 2 }),
      new Seen(log, step, fail),
      new T.StopAtStepHook({ lastStep: 5 }),
    ];
    new T.MonitoredSession(new T.ChiefSessionCreator({ checkpointDir: folder }), hooks).use((session) => {
      while (!session.shouldStop()) log.push(`ran ${Number(session.run([train, w])[1]).toFixed(5)}`);
    });
  },
  'a session that is lost for good'(log) {
    const { train, step } = model();
    const fail = (): never => {
      throw new tf.errors.UnavailableError(null, 'gone');
    };
    const session = new T.SingularMonitoredSession({ hooks: [new Seen(log, step, fail)] });
    fails(log, () => session.run(train));
    log.push(session.shouldStop());
    session.close();
  },
  'the end of the inputs'(log) {
    const { train, step } = model();
    const fail = (at: number): void => {
      if (at >= 1) throw new tf.errors.OutOfRangeError(null, 'no more');
    };
    const session = new T.MonitoredSession({ hooks: [new Seen(log, step, fail)] });
    session.use(() => {
      while (!session.shouldStop()) session.run(train);
    });
    log.push(session.shouldStop());
  },
  'another error'(log) {
    const { train, step } = model();
    const fail = (): never => {
      throw new tf.errors.InvalidArgumentError(null, 'bad');
    };
    fails(log, () =>
      new T.MonitoredSession({ hooks: [new Seen(log, step, fail)] }).use((session) => {
        while (!session.shouldStop()) session.run(train);
      }),
    );
  },
  'a step function'(log) {
    const { train, step } = model();
    const session = new T.MonitoredSession({ hooks: [new Seen(log, step)] });
    const one = (context: tf.train.StepContext): unknown => {
      if (Number(context.session.run(step)) === 2) context.requestStop();
      return context.runWithHooks([train, step])[1];
    };
    session.use(() => {
      while (!session.shouldStop()) log.push(`gave ${session.runStepFn(one)}`);
    });
    log.push(session.shouldStop());
  },
  'a loss that is nan'(log) {
    const loss = tf.constant(NaN);
    const session = new T.SingularMonitoredSession({ hooks: [new T.NanTensorHook(loss)] });
    told(() => fails(log, () => session.run(loss)));
    const second = new T.SingularMonitoredSession({ hooks: [new T.NanTensorHook(loss, false)] });
    told(() => second.run(loss));
    log.push(second.shouldStop());
  },
  'feeds of hooks'(log) {
    const { loss, x } = model();
    let next = 0;
    const hook = new T.FeedFnHook(() => [[x, [next++]]]);
    const session = new T.SingularMonitoredSession({ hooks: [hook] });
    log.push(session.run(loss), session.run(loss));
    fails(log, () => session.run(loss, { 'x:0': [7] }));
  },
  'one tensor fed by two hooks'(log) {
    const { loss, x } = model();
    const hooks = [new T.FeedFnHook(() => ({ 'x:0': [1] })), new T.FeedFnHook(() => [[x, [2]]])];
    const session = new T.SingularMonitoredSession({ hooks });
    fails(log, () => session.run(loss));
  },
  'values at the end'(log) {
    const { train, loss, step, x } = model();
    const hook = new T.FinalOpsHook({ loss, step }, [[x, [2]]]);
    new T.MonitoredSession({ hooks: [hook] }).use((session) => session.run(train));
    const values = hook.finalOpsValues as { loss: number; step: number };
    log.push([values.loss.toFixed(5), values.step]);
  },
  lines(log) {
    const { train, loss, w } = model();
    const hooks = [
      new T.LoggingTensorHook({ w, 'a loss': 'loss:0' }, { everyNIter: 2, atEnd: true }),
      new T.LoggingTensorHook(['w', 'global_step'], { everyNIter: 3 }),
      new T.LoggingTensorHook([loss], {
        everyNSecs: 1000,
        formatter: (values) => `loss ${Number(values.get(loss)).toFixed(2)}`,
      }),
    ];
    const lines = told(() =>
      new T.MonitoredSession({ hooks }).use((session) => {
        for (let i = 0; i < 4; i++) session.run(train);
      }),
    );
    log.push(...lines.map((line) => line.replace(/\(\d+\.\d+ sec\)/, '(sec)')));
  },
  'what runs take'(log, folder) {
    const { train } = model();
    new T.MonitoredSession({ hooks: [new T.ProfilerHook({ saveSteps: 2, outputDir: folder })] }).use((session) => {
      for (let i = 0; i < 6; i++) session.run(train);
    });
    log.push(
      ...readdirSync(folder)
        .filter((name) => name.startsWith('timeline'))
        .sort(),
    );
  },
  'a supervised session'(log, folder) {
    const { train, step } = model();
    const sv = new T.Supervisor({ logdir: folder, saveSummariesSecs: 0, saveModelSecs: 0 });
    sv.managedSession((session) => {
      while (!sv.shouldStop()) if (Number(session.run([train, step])[1]) >= 3) sv.requestStop();
      sv.saver!.save(session, sv.savePath!, step);
      sv.summaryComputed(session, session.run(sv.summaryOp!) as string);
    });
    log.push(sv.shouldStop());
    files(log, folder);
  },
  'a supervised session that fails'(log) {
    model();
    const sv = new T.Supervisor();
    const end = (error: Error): unknown =>
      told(() =>
        sv.managedSession(() => {
          throw error;
        }),
      );
    fails(log, () => end(new tf.errors.ValueError('mine')));
    end(new tf.errors.OutOfRangeError(null, 'over'));
    log.push(sv.shouldStop());
  },
  'a timer'(log) {
    const timer = new T.SecondOrStepTimer({ everySteps: 3 });
    for (const at of [0, 0, 1, 2, 3, 3, 4, 7, 9]) {
      const due = timer.shouldTriggerForStep(at);
      log.push([at, due, due ? timer.updateLastTriggeredStep(at)[1] : null, timer.lastTriggeredStep()]);
    }
    timer.reset();
    log.push(timer.shouldTriggerForStep(9));
  },
  'a coordinator'(log) {
    const coord = new T.Coordinator();
    const raising = (text: string) => () => {
      throw new tf.errors.ValueError(text);
    };
    log.push([coord.shouldStop(), coord.joined]);
    coord.requestStop(new tf.errors.OutOfRangeError(null, 'over'));
    coord.join();
    log.push([coord.shouldStop(), coord.joined]);
    coord.clearStop();
    log.push([coord.shouldStop(), coord.joined]);
    coord.stopOnException(raising('first'));
    coord.stopOnException(raising('second'));
    log.push(coord.shouldStop());
    fails(log, () => coord.raiseRequestedException());
    fails(log, () => coord.join());
    fails(log, () => coord.stopOnException(raising('late')));
    const only = new T.Coordinator([tf.errors.ValueError]);
    only.stopOnException(raising('meant'));
    only.join();
    log.push(only.shouldStop());
  },
  'a manager'(log, folder) {
    const { w } = model();
    const saver = new T.Saver();
    const at = path.join(folder, 'm');
    const readyOp = tf.reportUninitializedVariables();
    const manager = new T.SessionManager({ readyOp });
    fails(log, () => manager.prepareSession(''));
    fails(log, () => manager.prepareSession('', { initOp: w.initializer }));
    fails(log, () => manager.prepareSession('', w.initializer, saver, folder, at));
    log.push(manager.recoverSession('', saver, folder)[1]);
    const init = tf.group(tf.globalVariablesInitializer(), tf.localVariablesInitializer());
    const session = manager.prepareSession('', init, { initFn: (sess) => sess.run(w.assign(7)) });
    log.push(session.run(w));
    saver.save(session, at, 4);
    const [half, ready] = manager.recoverSession('', saver, folder);
    log.push([ready, half.run(w)]);
    const local = new T.SessionManager({
      readyOp,
      localInitOp: tf.localVariablesInitializer(),
      readyForLocalInitOp: tf.reportUninitializedVariables([w]),
    });
    const [whole, yes] = local.recoverSession('', saver, folder);
    log.push([yes, whole.run(w)]);
    log.push(local.prepareSession('', { saver, checkpointFilenameWithPath: `${at}-4` }).run(w));
    const waits = new T.SessionManager({ readyOp, recoveryWaitSecs: 1 });
    fails(log, () => waits.waitForSession('', { maxWaitSecs: 0 }));
  },
  'wrong arguments'(log, folder) {
    const x = tf.constant(1, { name: 'one' });
    tf.split(tf.constant([1, 2]), 2, { name: 'many' });
    const calls: readonly (() => unknown)[] = [
      () => new T.SecondOrStepTimer(),
      () => new T.SecondOrStepTimer(1, 1),
      () => new T.StopAtStepHook(),
      () => new T.StopAtStepHook(1, 1),
      () => new T.LoggingTensorHook([x]),
      () => new T.LoggingTensorHook([x], 1, 1),
      () => new T.LoggingTensorHook([x], 0),
      () => new T.LoggingTensorHook(['many'], 1).begin(),
      () => new T.LoggingTensorHook(['none'], 1).begin(),
      () => new T.CheckpointSaverHook(folder),
      () => new T.CheckpointSaverHook(folder, 1, 1),
      () =>
        new T.CheckpointSaverHook(folder, 1, {
          saver: new T.Saver({ allowEmpty: true }),
          scaffold: new T.Scaffold(),
        }),
      () => new T.StepCounterHook({ everyNSteps: null }),
      () => new T.StepCounterHook(1, 1),
      () => new T.SummarySaverHook(1),
      () => new T.SummarySaverHook(1, { scaffold: new T.Scaffold(), summaryOp: x }),
      () => new T.SummarySaverHook({ scaffold: new T.Scaffold() }),
      () => new T.StopAtStepHook(1).begin(),
      () => new T.CheckpointSaverHook(folder, 1).begin(),
      () => new T.StepCounterHook().begin(),
      () => new T.SummarySaverHook(1, { summaryOp: x }).begin(),
      () => new T.GlobalStepWaiterHook(1).begin(),
      () => new T.ProfilerHook(1, { outputDir: folder }).begin(),
      () => new T.Scaffold({ copyFromScaffold: 1 as never }),
      () => new T.SessionManager({ readyForLocalInitOp: 'x' as never }),
    ];
    for (const call of calls) fails(log, call);
    tf.addToCollection(tf.GraphKeys.INIT_OP, x);
    tf.addToCollection(tf.GraphKeys.INIT_OP, x);
    fails(log, () => new T.Scaffold().finalize());
  },
};
