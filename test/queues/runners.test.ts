/** What goes on while a run waits: queue runners, other runs, and what is said where nothing can go on. */
import * as tf from '../../src';
import { Worker } from '../../src/session/worker';
import { devices, open } from '../devices';

const [mode] = devices();
beforeEach(() => tf.resetDefaultGraph());
const session = (): tf.Session => open(tf.getDefaultGraph(), mode);
function message(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing';
}
/** A queue that a runner fills with 0, 1, 2, … */
function counting(capacity: number, limit = 1000): tf.FIFOQueue {
  const i = new tf.Variable(0, { dtype: tf.int32, trainable: false });
  const queue = new tf.FIFOQueue(capacity, tf.int32, []);
  tf.train.addQueueRunner(new tf.train.QueueRunner(queue, [queue.enqueue(i.countUpTo(limit))]));
  return queue;
}

test('a constant behind what waits is not there before it', async () => {
  const queue = new tf.FIFOQueue(1, tf.int32, []);
  const count = new tf.Variable(0, { dtype: tf.int32 });
  const counted = tf.controlDependencies([tf.group(queue.dequeue())], () => tf.assignAdd(count, 1));
  using sess = session();
  sess.run(tf.globalVariablesInitializer());
  const later = sess.runAsync(counted);
  expect(sess.run(count)).toBe(0);
  sess.run(queue.enqueue(7));
  expect(await later).toBe(1);
});
test('a constant behind what is fed later is not there before it', () => {
  const x = tf.placeholder(tf.int32, []);
  const y = tf.placeholder(tf.int32, []);
  const count = new tf.Variable(0, { dtype: tf.int32 });
  const counted = tf.controlDependencies([y.add(1)], () => tf.assignAdd(count, 1));
  using sess = session();
  sess.run(tf.globalVariablesInitializer());
  const twice = x.mul(2);
  const handle = sess.partialRunSetup([twice, counted], [x, y]);
  expect(sess.partialRun(handle, twice, [[x, 3]])).toBe(6);
  expect(sess.run(count)).toBe(0);
  expect(sess.partialRun(handle, counted, [[y, 1]])).toBe(1);
});
test('runs in turn and at once are served alike, by the order of the runs alone', async () => {
  const values = async (later: boolean): Promise<unknown[]> => {
    tf.resetDefaultGraph();
    const i = new tf.Variable(0, { dtype: tf.int32, trainable: false });
    const queue = new tf.RandomShuffleQueue(16, 8, tf.int32, [], { seed: 5 });
    const put = queue.enqueue(i.countUpTo(1000));
    tf.train.addQueueRunner(new tf.train.QueueRunner(queue, [put, put]));
    using sess = session();
    sess.run(tf.globalVariablesInitializer());
    const three = queue.dequeueMany(3);
    tf.train.startQueueRunners(sess);
    const got: unknown[] = [];
    for (let k = 0; k < 40; k++) {
      const array = later ? await sess.runAsync(three) : sess.run(three);
      got.push(array.toArray());
      if (later && k % 7 === 0) await new Promise((go) => setTimeout(go, 2));
    }
    return got;
  };
  const atOnce = await values(false);
  expect(await values(true)).toEqual(atOnce);
  expect(new Set(atOnce.flat() as number[]).size).toBe(120);
});
test('where nothing can go on, each that waits is named with what it waits for', () => {
  const [full, empty] = ['full', 'empty'].map((name) => new tf.FIFOQueue(1, tf.int32, [], { name }));
  tf.train.addQueueRunner(new tf.train.QueueRunner(full, [full.enqueue(1)]));
  using sess = session();
  tf.train.startQueueRunners(sess);
  const text = message(() => sess.run(empty.dequeue()));
  expect(text).toContain("'empty_Dequeue' (op type: QueueDequeueV2, which waits for an element of the queue 'empty')");
  expect(text).toContain("for 'full_enqueue' (op type: QueueEnqueueV2, which waits for room in the queue 'full')");
  expect(sess.run(full.size())).toBe(1);
});
test('what ended a runner is said to who waits for its elements', () => {
  const k = new tf.Variable(0, { dtype: tf.int32, trainable: false });
  const queue = new tf.FIFOQueue(3, tf.int32, []);
  tf.train.addQueueRunner(
    new tf.train.QueueRunner(queue, [queue.enqueue(tf.gather(tf.constant([1, 2], tf.int32), tf.assignAdd(k, 1)))]),
  );
  using sess = session();
  sess.run(tf.globalVariablesInitializer());
  const coord = new tf.train.Coordinator();
  tf.train.startQueueRunners(sess, coord);
  const one = queue.dequeue();
  sess.run(one);
  expect(message(() => sess.run(one))).toMatch(
    /current size 0\)\n[^]*fix: mend what ended its queue runner: InvalidArgumentError: indices = 2 is not in \[0, 2\)/,
  );
  expect(message(() => coord.join())).toContain('indices = 2 is not in [0, 2)');
});
test('a monitored session and a supervisor start them', () => {
  const queue = counting(4, 6);
  const one = queue.dequeue();
  const seen: unknown[] = [];
  tf.train.MonitoredTrainingSession().use((sess) => {
    while (!sess.shouldStop()) seen.push(sess.run(one));
  });
  expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  tf.resetDefaultGraph();
  const two = counting(4, 6).dequeueMany(2);
  const sv = new tf.train.Supervisor();
  sv.managedSession((sess) => {
    for (let k = 0; k < 3; k++) expect(sess.run(two).toArray()).toEqual([2 * k, 2 * k + 1]);
    sv.requestStop();
  });
});
test('a session that is closed ends them, and frees what is in its queues', () => {
  const queue = new tf.FIFOQueue(8, tf.float32, [256, 256], { sharedName: 'held' });
  const put = queue.enqueue(tf.ones([256, 256]).mul(2));
  tf.train.addQueueRunner(new tf.train.QueueRunner(queue, [put]));
  const sess = session();
  const { device } = sess;
  const before = device.tensorsAlive();
  const threads = tf.train.startQueueRunners(sess);
  for (let k = 0; k < 50; k++) sess.run(queue.dequeue());
  expect(threads.map((thread) => thread.isAlive())).toEqual([true]);
  sess.close();
  expect(threads.map((thread) => thread.isAlive())).toEqual([false]);
  expect(device.tensorsAlive()).toBeLessThanOrEqual(before);
});
test('a queue without a name to be shared by is its session’s alone', () => {
  const [own, shared] = [undefined, 'shared'].map((sharedName) => new tf.FIFOQueue(2, tf.int32, [], { sharedName }));
  const worker = new Worker();
  const graph = tf.getDefaultGraph();
  using first = new tf.Session('', { graph, worker, config: { device: mode.device } });
  using second = new tf.Session('', { graph, worker, config: { device: mode.device } });
  first.run([own.enqueue(1), shared.enqueue(2)]);
  expect([first.run(own.size()), second.run(own.size())]).toEqual([1, 0]);
  expect(second.run(shared.dequeue())).toBe(2);
});
test('what is no list of error classes is refused', () => {
  const queue = new tf.FIFOQueue(1, tf.int32, []);
  const types = [Error as never];
  expect(
    message(() => new tf.train.QueueRunner(queue, [queue.enqueue(1)], { queueClosedExceptionTypes: types })),
  ).toMatch(/^queue_closed_exception_types, when provided, must be a tuple of tf.error types, but saw: /);
});
