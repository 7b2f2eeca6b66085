/** A run that fails: the session goes on, variables are as they were before the failing node, and nothing is leaked. */
import * as tf from '../../src';
import { devices } from '../sweep';
import { pattern } from '../pattern';
import { caught } from '../said';

const zeros = (...shape: number[]): tf.NDArray =>
  new tf.NDArray(tf.float32, shape, new Float32Array(shape.reduce((x, y) => x * y, 1)));

describe.each(devices().map((d) => d.device))('on the %s device', (device) => {
  let sess: tf.Session;
  beforeEach(() => {
    tf.resetDefaultGraph();
    sess = new tf.Session('', { config: { device, advice: false } });
  });
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
    expect(caught(() => sess.run(last, { 'x:0': zeros(3, 5) })).message).toContain(
      'Matrix size-incompatible: In[0]: [3,5], In[1]: [7,2]',
    );
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
    const [w, b] = [
      new tf.Variable(tf.ones([300, 300]), { name: 'w' }),
      new tf.Variable(tf.ones([300, 300]), { name: 'b' }),
    ];
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
    const observer = {
      onStep(): void {
        throw new Error('mine');
      },
    };
    failsWithoutLeak(() => sess.run(y, { 'x:0': zeros(300, 300) }, { options: { observer } }));
    expect((sess.run(y, { 'x:0': zeros(300, 300) }) as tf.NDArray).data[0]).toBeCloseTo(Math.E, 5);
  });
  test('a signature that has run often, so that its plan is rewritten and may be compiled', () => {
    const x = tf.placeholder(tf.int32, [null], { name: 'x' });
    const w = new tf.Variable(tf.ones([50, 100]), { name: 'w' });
    const picked = tf.gather(w, x);
    const step = new tf.train.GradientDescentOptimizer(0).minimize(
      tf.reduceMean(tf.square(tf.matmul(picked, tf.ones([100, 100])))),
    );
    sess.run(tf.globalVariablesInitializer());
    for (let i = 0; i < 60; i++) sess.run([step, picked], { 'x:0': [1, 2, 3] });
    const error = caught(() => sess.run([step, picked], { 'x:0': [1, 2, 99] }));
    expect(error.message).toMatch(
      /^indices\[2\] = 99 is not in \[0, 50\)\n\t \[\[node GatherV2 \(defined at .*failures\.test\.ts:\d+:\d+\) \]\]/,
    );
    failsWithoutLeak(() => sess.run([step, picked], { 'x:0': [1, 2, 99] }));
    expect((sess.run(w) as tf.NDArray).data.every((v) => v === 1)).toBe(true);
    sess.run([step, picked], { 'x:0': [1, 2, 3] });
  });
  test('a feed that does not convert, after one that does', () => {
    const [x, y] = ['x', 'y'].map((name) => tf.placeholder(tf.float32, [null, 300], { name }));
    const count = new tf.Variable(0, { name: 'count' });
    const sum = tf.controlDependencies([count.assignAdd(1, { readValue: false })], () => tf.reduceSum(x.mul(y)));
    sess.run(count.initializer);
    sess.run(sum, { 'x:0': zeros(300, 300), 'y:0': zeros(300, 300) });
    const good = zeros(300, 300).setflags({ write: false });
    for (const bad of [[['a']], [[1, 2], [3]], null, zeros(300, 2), new Float32Array(7)])
      failsWithoutLeak(() => sess.run(sum, { 'x:0': good, 'y:0': bad as never }));
    expect(sess.run(count)).toBe(1);
    expect(sess.run(sum, { 'x:0': good, 'y:0': good })).toBe(0);
  });
  test('a plan that cannot be made', () => {
    const far = tf.device('/job:worker', () => tf.exp(tf.ones([300, 300])));
    const near = tf.reduceSum(tf.exp(tf.zeros([300, 300])));
    failsWithoutLeak(() => sess.run([near, far]));
    failsWithoutLeak(() => sess.run(near));
    const config = { device, advice: false, graphOptions: { placePrunedGraph: true } };
    const pruned = new tf.Session('', { config });
    expect(() => pruned.run([near, far])).toThrow(tf.errors.InvalidArgumentError);
    expect(pruned.run(near)).toBe(90000);
    pruned.close();
  });
  test('a fetch of a variable without a value, beside much that was computed', () => {
    const x = tf.placeholder(tf.float32, [300, 300], { name: 'x' });
    const w = new tf.Variable(tf.ones([300, 300]), { name: 'w' });
    const y = tf.matmul(x, x);
    failsWithoutLeak(() => sess.run([y, w, tf.getDefaultGraph().getTensorByName('w:0')], { 'x:0': zeros(300, 300) }));
    sess.run(w.initializer);
    expect((sess.run([y, w], { 'x:0': zeros(300, 300) })[1] as tf.NDArray).data[0]).toBe(1);
  });
  test('an observer that throws before a step, and a callable and a promise that fail', async () => {
    const x = tf.placeholder(tf.float32, null, { name: 'x' });
    const y = tf.matmul(tf.exp(tf.reshape(x, [300, 300])), tf.ones([300, 300]));
    const beforeStep = (step: { readonly op: tf.Operation }): void => {
      if (step.op.type === 'MatMul') throw new Error('mine');
    };
    failsWithoutLeak(() => sess.run(y, { 'x:0': zeros(300, 300) }, { options: { observer: { beforeStep } } }));
    const call = sess.makeCallable(y, [x]);
    failsWithoutLeak(() => call(zeros(300, 2)));
    const alive = sess.device.tensorsAlive();
    for (let i = 0; i < 5; i++)
      await expect(sess.runAsync(y, { 'x:0': zeros(7) })).rejects.toThrow(
        'Input to reshape is a tensor with 7 values, but the requested shape has 90000',
      );
    expect(sess.device.tensorsAlive()).toBe(alive);
    expect((call(zeros(300, 300)) as tf.NDArray).data[0]).toBe(300);
  });
  test.each([false, true])(
    'updates in place that were done before the failing node stay done (resource: %s)',
    (useResource) => {
      const x = tf.placeholder(tf.float32, [null, null], { name: 'x' });
      const [sum, velocity] = ['sum', 'velocity'].map(
        (name) => new tf.Variable(tf.zeros([300, 300]), { name, useResource }),
      );
      sess.run(tf.globalVariablesInitializer());
      const first = sum.assignAdd(tf.ones([300, 300]), { readValue: false });
      const fails = tf.controlDependencies([first], () => tf.matmul(x, tf.ones([7, 2])));
      const last = tf.controlDependencies([fails.op], () =>
        velocity.assignAdd(tf.ones([300, 300]), { readValue: false }),
      );
      failsWithoutLeak(() => sess.run(last, { 'x:0': zeros(3, 5) }));
      const now = (v: tf.Variable): number[] => [...new Set((sess.run(v) as tf.NDArray).data as Float32Array)];
      expect([now(sum), now(velocity)]).toEqual([[31], [0]]);
      sess.run(last, { 'x:0': zeros(3, 7) });
      expect([now(sum), now(velocity)]).toEqual([[32], [1]]);
    },
  );
  test.each([
    ['GradientDescent', false],
    ['Momentum', false],
    ['Adam', true],
  ] as const)(
    'a training with %s that fails now and then ends where one without failures does (resource: %s)',
    (kind, useResource) => {
      const x = tf.placeholder(tf.float32, [null, 64], { name: 'x' });
      const y = tf.placeholder(tf.int32, [null], { name: 'y' });
      const random = (...shape: number[]): tf.NDArray => {
        const a = zeros(...shape);
        const data = a.data as Float32Array;
        for (let i = 0; i < data.length; i++) data[i] = Math.sin(i * 7.7);
        return a;
      };
      const w = new tf.Variable(random(64, 32), { name: 'w', useResource });
      const b = new tf.Variable(random(32), { name: 'b', useResource });
      const logits = tf.matmul(tf.nn.relu(tf.matmul(x, w).add(b)), random(32, 10));
      const cost = tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: y, logits }));
      const optimizer = {
        GradientDescent: () => new tf.train.GradientDescentOptimizer(0.1),
        Momentum: () => new tf.train.MomentumOptimizer(0.1, 0.9),
        Adam: () => new tf.train.AdamOptimizer(0.01),
      }[kind]();
      const step = optimizer.minimize(cost);
      const init = tf.globalVariablesInitializer();
      const images = random(20, 64);
      const labels = (bad: boolean): tf.NDArray =>
        new tf.NDArray(
          tf.int32,
          [20],
          Int32Array.from({ length: 20 }, (_, i) => (bad && i === 13 ? 10 : i % 10)),
        );
      /** So many runs that plans are made for these shapes, and on native contests are held and decided. */
      const train = (failing: boolean): tf.NDArray[] => {
        using own = new tf.Session('', { config: { device, advice: false } });
        own.run(init);
        let alive = 0;
        for (let i = 0; i < 120; i++) {
          own.run([step, cost], { 'x:0': images, 'y:0': labels(false) });
          if (!failing) continue;
          const error = caught(() =>
            own.run([step, cost], { 'x:0': images, 'y:0': labels(true) }),
          ) as tf.errors.OpError;
          expect(error.message).toMatch(
            /^Received a label value of 10 which is outside the valid range of \[0, 10\)\. {2}Label values: 0 1 2/,
          );
          expect(error.message).toMatch(
            pattern(
              /\[\[node SparseSoftmaxCrossEntropyWithLogits\/SparseSoftmaxCrossEntropyWithLogits \(defined /,
              /at .*failures\.test\.ts:\d+:\d+\) \]\]/,
            ),
          );
          if (i === 110) alive = own.device.tensorsAlive();
          if (i > 110) expect(own.device.tensorsAlive()).toBe(alive);
        }
        return own.run([w, b]) as tf.NDArray[];
      };
      const [want, got] = [train(false), train(true)];
      want.forEach(({ data }, k) =>
        (data as Float32Array).forEach((v, i) =>
          expect(Math.abs(v - (got[k].data as Float32Array)[i])).toBeLessThan(1e-5),
        ),
      );
    },
  );
});
