/** A run that fails: the session goes on, variables are as they were before the failing node, and nothing is leaked. */
import * as tf from '../../src';
import { devices } from '../sweep';

const caught = (body: () => unknown): Error => {
  try { body(); } catch (error) { return error as Error; }
  throw new Error('nothing was thrown');
};
const zeros = (...shape: number[]): tf.NDArray => new tf.NDArray(tf.float32, shape, new Float32Array(shape.reduce((x, y) => x * y, 1)));

describe.each(devices().map((d) => d.device))('on the %s device', (device) => {
  let sess: tf.Session;
  beforeEach(() => { tf.resetDefaultGraph(); sess = new tf.Session('', { config: { device, advice: false } }); });
  afterEach(() => sess.close());
  /** Fails often, and compares what is alive. */
  function failsWithoutLeak(body: () => unknown): void {
    caught(body);
    const alive = sess.device.tensorsAlive();
    for (let i = 0; i < 30; i++) caught(body);
    expect(sess.device.tensorsAlive()).toBe(alive);
  }

  test('what ran before the failing node stays done, what would have come after is not', () => {
    const x = tf.placeholder(tf.float32, [null, null], { name: 'x' });
    const [before, after] = ['before', 'after'].map((name) => new tf.Variable(0, { name }));
    sess.run(tf.globalVariablesInitializer());
    const first = before.assignAdd(1, { readValue: false });
    const fails = tf.controlDependencies([first], () => tf.matmul(x, tf.ones([7, 2])));
    const last = tf.controlDependencies([fails.op], () => after.assignAdd(1));
    expect(caught(() => sess.run(last, { 'x:0': zeros(3, 5) })).message).toContain('Matrix size-incompatible: In[0]: [3,5], In[1]: [7,2]');
    expect(sess.run([before, after])).toEqual([1, 0]);
    expect(sess.run(last, { 'x:0': zeros(3, 7) })).toBe(1);
    expect(sess.run([before, after])).toEqual([2, 1]);
  });
  test.each([false, true])('an update that refuses its input changes nothing (resource: %s)', (useResource) => {
    const rows = new tf.Variable(tf.ones([200, 50]), { name: 'rows', useResource });
    const at = tf.placeholder(tf.int32, [null], { name: 'at' });
    const by = tf.placeholder(tf.float32, null, { name: 'by' });
    const add = rows.scatterAdd(new tf.IndexedSlices(by, at));
    const assign = rows.assign(by, { readValue: false });
    sess.run(rows.initializer);
    failsWithoutLeak(() => sess.run(add, { 'at:0': [0, 1, 999], 'by:0': zeros(3, 50) }));
    // Behind a handle TensorFlow 1.15 takes a value of any shape.
    if (!useResource) failsWithoutLeak(() => sess.run(assign, { 'by:0': zeros(7) }));
    const now = sess.run(rows) as tf.NDArray;
    expect(now.shape).toEqual([200, 50]);
    expect(now.data.every((v) => v === 1)).toBe(true);
  });
  test('one of two variables without a value: the other is let go, and still written in place', () => {
    const [w, b] = [new tf.Variable(tf.ones([300, 300]), { name: 'w' }), new tf.Variable(tf.ones([300, 300]), { name: 'b' })];
    const sum = w.add(b);
    sess.run(w.initializer);
    failsWithoutLeak(() => sess.run(sum));
    sess.run(b.initializer);
    expect((sess.run(sum) as tf.NDArray).data[0]).toBe(2);
  });
  test('an unfed placeholder, after much was computed', () => {
    const x = tf.placeholder(tf.float32, [300, 300], { name: 'x' });
    const late = tf.placeholder(tf.float32, [], { name: 'late' });
    const y = tf.matmul(tf.exp(x), tf.exp(x)).add(late);
    failsWithoutLeak(() => sess.run(y, { 'x:0': zeros(300, 300) }));
    expect((sess.run(y, { 'x:0': zeros(300, 300), 'late:0': 1 }) as tf.NDArray).data[0]).toBe(301);
  });
  test('an observer that throws', () => {
    const x = tf.placeholder(tf.float32, [300, 300], { name: 'x' });
    const y = tf.exp(tf.exp(x));
    const observer = { onStep(): void { throw new Error('mine'); } };
    failsWithoutLeak(() => sess.run(y, { 'x:0': zeros(300, 300) }, { options: { observer } }));
    expect((sess.run(y, { 'x:0': zeros(300, 300) }) as tf.NDArray).data[0]).toBeCloseTo(Math.E, 5);
  });
  test('a signature that has run often, so that its plan is rewritten and may be compiled', () => {
    const x = tf.placeholder(tf.int32, [null], { name: 'x' });
    const w = new tf.Variable(tf.ones([50, 100]), { name: 'w' });
    const picked = tf.gather(w, x);
    const step = new tf.train.GradientDescentOptimizer(0).minimize(tf.reduceMean(tf.square(tf.matmul(picked, tf.ones([100, 100])))));
    sess.run(tf.globalVariablesInitializer());
    for (let i = 0; i < 60; i++) sess.run([step, picked], { 'x:0': [1, 2, 3] });
    const error = caught(() => sess.run([step, picked], { 'x:0': [1, 2, 99] }));
    expect(error.message).toMatch(/^indices\[2\] = 99 is not in \[0, 50\)\n\t \[\[node GatherV2 \(defined at .*failures\.test\.ts:\d+:\d+\) \]\]/);
    failsWithoutLeak(() => sess.run([step, picked], { 'x:0': [1, 2, 99] }));
    expect((sess.run(w) as tf.NDArray).data.every((v) => v === 1)).toBe(true);
    sess.run([step, picked], { 'x:0': [1, 2, 3] });
  });
});
