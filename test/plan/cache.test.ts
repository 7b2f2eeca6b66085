/** What a session keeps of its plans: while the graph grows, when edges change, and when there are too many. */
import * as tf from '../../src';
import { devices } from '../sweep';

beforeEach(() => tf.resetDefaultGraph());

/** A traced run: what it gave, and what it says of its plan and of the session's plans. */
function traced(sess: tf.Session, fetch: tf.Tensor, feeds?: Parameters<tf.Session['run']>[1]) {
  const runMetadata = new tf.RunMetadata();
  const options = new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE });
  const value = sess.run(fetch, feeds, { options, runMetadata });
  return { value, cache: runMetadata.planCache!, rewritten: runMetadata.optimizations !== null };
}

describe.each(devices())('on $title', ({ device }) => {
  const open = (config: object = {}): tf.Session =>
    new tf.Session('', { config: { device, advice: false, ...config } });

  test('nodes that are added make no plan old', () => {
    const x = tf.placeholder(tf.float32, [2], { name: 'x' });
    const y = tf.exp(x).mul(2);
    const sess = open();
    for (let i = 0; i < 5; i++) sess.run(y, { 'x:0': [0, 0] });
    const before = traced(sess, y, { 'x:0': [0, 0] });
    expect(before).toMatchObject({ rewritten: true, cache: { signatures: 1, plans: 2, dropped: 0 } });
    for (let i = 0; i < 5; i++) {
      tf.constant(i).add(1);
      expect(traced(sess, y, { 'x:0': [0, 0] })).toEqual(before);
    }
    // Names that were not there before are found all the same.
    tf.add(x, tf.placeholder(tf.float32, [], { name: 'later' }), { name: 'sum' });
    expect(String(sess.run('sum:0', { 'x:0': [1, 2], later: 3 }))).toBe('[4. 5.]');
    expect(traced(sess, y, { 'x:0': [0, 0] }).cache).toEqual({ signatures: 2, plans: 3, dropped: 0 });
    sess.close();
  });
  test('an edge that changes makes plans old', () => {
    const v = new tf.Variable(1);
    const more = v.assignAdd(1);
    const [x, other] = [tf.constant(10), tf.constant(20)];
    const y = tf.identity(x);
    const sess = open();
    sess.run(v.initializer);
    for (let i = 0; i < 5; i++) expect(sess.run(y)).toBe(10);
    y.op.addControlInput(more.op);
    for (let i = 0; i < 5; i++) expect(sess.run(y)).toBe(10);
    expect(sess.run(v)).toBe(6);
    y.graph.updateInput(y.op, 0, other);
    for (let i = 0; i < 5; i++) expect(sess.run(y)).toBe(20);
    sess.close();
  });
  test('the plans that were not used for longest go where there are too many', () => {
    const x = tf.placeholder(tf.float32, [null], { name: 'x' });
    const all = Array.from({ length: 300 }, (_, i) => x.add(i));
    const sess = open();
    for (const y of all) {
      sess.run(y, { 'x:0': [1] });
      sess.run(all[0], { 'x:0': [1] });
    }
    expect(traced(sess, all[0], { 'x:0': [1] }).cache).toMatchObject({ signatures: 256, dropped: 44 });
    const alive = sess.device.tensorsAlive();
    expect(String(sess.run(all[1], { 'x:0': [1] }))).toBe('[2.]');
    expect(traced(sess, all[0], { 'x:0': [1] }).cache).toMatchObject({ signatures: 256, dropped: 45 });
    expect(sess.device.tensorsAlive()).toBeLessThanOrEqual(alive + 1);
    sess.close();
  });
  test('of plans for shapes too, once they were idle', () => {
    const x = tf.placeholder(tf.float32, [null], { name: 'x' });
    const y = tf.exp(x).mul(2);
    const sess = open();
    const run = (size: number, times: number): void => {
      for (let i = 0; i < times; i++) sess.run(y, { 'x:0': new Float32Array(size) });
    };
    for (let size = 1; size <= 9; size++) run(size, 4);
    expect(traced(sess, y, { 'x:0': [0] }).cache).toEqual({ signatures: 1, plans: 9, dropped: 0 });
    run(1, 250);
    run(9, 4);
    expect(traced(sess, y, { 'x:0': [0] }).cache).toEqual({ signatures: 1, plans: 9, dropped: 1 });
    sess.close();
  });
  test('the clock decides nothing: the bits are the same whatever it says', () => {
    const bits = (clock: () => number): number[][] => {
      tf.resetDefaultGraph();
      tf.setRandomSeed(5);
      const x = tf.placeholder(tf.float32, [null, 30], { name: 'x' });
      const w = new tf.Variable(tf.truncatedNormal([30, 20]));
      const cost = tf.reduceSum(tf.square(tf.tanh(tf.matmul(x, w))));
      const train = new tf.train.MomentumOptimizer(0.01, 0.9).minimize(cost);
      const spy = jest.spyOn(performance, 'now').mockImplementation(clock);
      const sess = open();
      sess.run(tf.globalVariablesInitializer());
      const feed = { 'x:0': Float32Array.from({ length: 600 }, (_, i) => Math.sin(i)) };
      const costs = Array.from({ length: 120 }, () => sess.run([train, cost], feed)[1]);
      const end = Array.from((sess.run(w) as tf.NDArray).data as Float32Array);
      sess.close();
      spy.mockRestore();
      return [costs, end];
    };
    // A clock by which every other block of runs takes longer, and one by which the others do.
    let now = 0;
    const first = bits(() => (now += 1));
    const second = bits(() => (now += Math.floor(now / 500) % 2 ? 400 : 1));
    expect(second).toEqual(first);
  });
});
