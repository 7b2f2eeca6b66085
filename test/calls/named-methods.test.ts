/** Methods whose arguments come by their names, in types and in a run. */
import { tmpdir } from 'node:os';
import * as tf from '../../src';

test('tf.DeviceSpec', () => {
  const spec = tf.DeviceSpec.fromString({ spec: '/job:ps/task:1' });
  expect(spec.makeMergedSpec({ dev: tf.DeviceSpec.fromString('/gpu:0') }).toString()).toBe(
    '/job:ps/task:1/device:GPU:0',
  );
  spec.mergeFrom({ dev: new tf.DeviceSpec({ task: 2 }) });
  expect(spec.toString()).toBe('/job:ps/task:2');
  expect(spec.parseFromString({ spec: '/cpu:0' }).toString()).toBe('/device:CPU:0');
});
test('tf.train.ClusterSpec', () => {
  const cluster = new tf.train.ClusterSpec({ ps: ['a:1'], worker: ['b:1', 'b:2'] });
  expect(cluster.numTasks({ jobName: 'worker' })).toBe(2);
  expect(cluster.taskIndices({ jobName: 'worker' })).toEqual([0, 1]);
  expect(cluster.jobTasks({ jobName: 'worker' })).toEqual(['b:1', 'b:2']);
  expect(cluster.taskAddress({ jobName: 'worker', taskIndex: 1 })).toBe('b:2');
  expect(cluster.taskAddress('worker', { taskIndex: 0 })).toBe('b:1');
  expect(cluster.taskAddress('worker', 0)).toBe('b:1');
});
test('tf.train.Coordinator and SecondOrStepTimer', () => {
  const coord = new tf.train.Coordinator();
  const end = jest.fn();
  coord.registerThread({ thread: { name: 'one', isAlive: () => false, end } });
  expect(coord.waitForStop({ timeout: 1 })).toBe(false);
  coord.requestStop();
  coord.join();
  expect(end).toHaveBeenCalledTimes(1);
  const timer = new tf.train.SecondOrStepTimer({ everySteps: 2 });
  expect(timer.updateLastTriggeredStep({ step: 3 })).toEqual([null, null]);
  expect([timer.shouldTriggerForStep({ step: 4 }), timer.shouldTriggerForStep({ step: 5 })]).toEqual([false, true]);
});
test('tf.train.Supervisor', () => {
  tf.resetDefaultGraph();
  tf.train.getOrCreateGlobalStep();
  const supervisor = new tf.train.Supervisor();
  using sess = supervisor.prepareOrWaitForSession({ startStandardServices: false });
  expect(supervisor.startStandardServices({ sess })).toEqual([]);
  expect(supervisor.managedSession('', { device: 'portable' }, false, true, () => 'four')).toBe('four');
  expect(supervisor.managedSession('', null, (session) => session instanceof tf.Session)).toBe(true);
  expect(supervisor.managedSession('', () => 'one')).toBe('one');
  supervisor.requestStop({ ex: null });
  expect(supervisor.shouldStop()).toBe(true);
  supervisor.stop();
});
test('VocabularyProcessor', () => {
  const { VocabularyProcessor } = tf.contrib.learn.preprocessing;
  const processor = new VocabularyProcessor(3).fit(['a b', 'b c']);
  expect([...processor.transform({ rawDocuments: ['b x c'] })]).toEqual([[2, 0, 3]]);
  expect([...processor.reverse({ documents: [[2, 3]] })]).toEqual(['b c']);
  const filename = `${tmpdir()}/vocabulary-${process.pid}`;
  processor.save({ filename });
  expect([...VocabularyProcessor.restore({ filename }).transform(['c'])]).toEqual([[3, 0, 0]]);
  tf.gfile.Remove(filename);
});
