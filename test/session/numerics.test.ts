/**
 * config.checkNumerics: the first node that makes a NaN or an infinity, what it had, and that nothing is spoilt by it.
 */
import { inspect } from 'node:util';
import * as tf from '../../src';
import { devices } from '../sweep';

const caught = (body: () => unknown): tf.NumericsError => {
  try {
    body();
  } catch (error) {
    return error as tf.NumericsError;
  }
  throw new Error('nothing was thrown');
};
const first = (error: Error): string => error.message.split('\n')[0];

describe.each(devices().map((d) => d.device))('on the %s device', (device) => {
  let sess: tf.Session;
  beforeEach(() => {
    tf.resetDefaultGraph();
    sess = new tf.Session('', { config: { device, checkNumerics: true, advice: false } });
  });
  afterEach(() => sess.close());

  test('the first node in order is named, with its line, the ranges of its inputs and the row of the batch', () => {
    const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
    const cost = tf.reduceMean(tf.log(x).mul(0));
    const error = caught(() =>
      sess.run(cost, {
        'x:0': [
          [1, 2],
          [3, 4],
          [5, 0],
        ],
      }),
    );
    expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
    expect([error.name, error.errorCode, error.op!.name]).toEqual(['InvalidArgumentError', 3, 'Log']);
    expect(first(error)).toBe('Log:0 : Tensor had Inf values');
    expect(error.message).toMatch(/\[\[node Log \(defined at .*numerics\.test\.ts:\d+:\d+\) \]\]/);
    expect(error.message).toMatch(/x: x:0 \[3,2\], 0 to 5, 1 zero, made at .*numerics\.test\.ts/);
    expect(error.message).toContain("in row 2 of the batch (fed for 'x:0'), where x 0 to 5, 1 zero");
    expect(error.message).toContain('likely cause: the logarithm of 0');
  });
  test.each([false, true])('in which iteration, whichever plan the run has (functions: %s)', (functional) => {
    if (functional) tf.enableControlFlowV2();
    const bad = tf.placeholder(tf.int32, [], { name: 'bad' });
    const [, y] = tf.whileLoop(
      (i) => tf.less(i, 30),
      (i, s) => [i.add(1), s.mul(0.5).add(tf.log(tf.toFloat(tf.abs(i.sub(bad)))))],
      [tf.constant(0, tf.int32), tf.zeros([4])],
    );
    tf.disableControlFlowV2();
    const whole = new tf.Session('', {
      config: { device, checkNumerics: true, advice: false, graphOptions: { wholeGraph: true } },
    });
    for (const session of [sess, whole]) {
      for (let run = 0; run < 25; run++) session.run(y, { 'bad:0': -1 });
      const error = caught(() => session.run(y, { 'bad:0': 17 }));
      const [name, frame] = functional ? ['while/body/Log', 'while'] : ['while/Log', 'while/while_context'];
      expect(first(error)).toBe(`${name}:0 : Tensor had Inf values`);
      expect(error.message).toContain(`\n  in frame '${frame}', iteration 17\n`);
      expect(error.loops).toEqual([{ frame, iteration: 17 }]);
      const { inputs, outputs } = error.replay();
      expect(Object.values(inputs).map((v) => v.toArray())).toEqual([0]);
      expect(outputs[`${name}:0`].toArray()).toBe(-Infinity);
    }
    whole.close();
  });
  test('an infinity that the program puts into an array or a variable is left alone', () => {
    const best = tf.getVariable('best', { initializer: tf.constant(Infinity), useResource: true });
    const largest = tf.reduceMax(tf.mapFn((row) => row.add(1), tf.constant([-Infinity, 1])));
    sess.run(best.initializer);
    expect(sess.run([largest, tf.minimum(best, 3)])).toEqual([2, 3]);
  });
  test('the error keeps what is needed to do it again', () => {
    const x = tf.placeholder(tf.float32, [null], { name: 'x' });
    const w = new tf.Variable([2, 0], { name: 'w' });
    sess.run(w.initializer);
    const error = caught(() => sess.run(x.div(w), { 'x:0': [1, 1] }));
    expect(error.fetches).toEqual(['truediv:0']);
    expect(error.feeds['x:0'].toArray()).toEqual([1, 1]);
    expect(error.variables['w'].toArray()).toEqual([2, 0]);
    sess.close();
    const { inputs, outputs } = error.replay();
    expect(Object.keys(inputs)).toEqual(['x:0', 'w/read:0']);
    expect(inputs['w/read:0'].toArray()).toEqual([2, 0]);
    expect(outputs['truediv:0'].toArray()).toEqual([0.5, Infinity]);
  });
  test.each([
    ['GradientDescent', false],
    ['Adam', false],
    ['GradientDescent', true],
  ] as const)('an update by %s (resource: %s) is found and undone', (kind, useResource) => {
    const w = new tf.Variable(tf.fill([300, 300], 3e38), { name: 'w', useResource });
    const step = (
      kind === 'Adam' ? new tf.train.AdamOptimizer(3e38) : new tf.train.GradientDescentOptimizer(3e38)
    ).minimize(tf.reduceMean(kind === 'Adam' ? w.mul(-1) : w.mul(-1e9)));
    sess.run(tf.globalVariablesInitializer());
    const before = (sess.run(w) as tf.NDArray).data[0];
    let error: tf.NumericsError | null = null;
    for (let i = 0; i < 5 && !error; i++)
      try {
        sess.run(step);
      } catch (e) {
        error = e as tf.NumericsError;
      }
    expect(first(error!)).toBe('w : Tensor had Inf values');
    expect(error!.message).toMatch(/the update '.*update_w.*' \(op type: .*Apply/);
    const now = sess.run(w) as tf.NDArray;
    expect(now.data.every((v) => Number.isFinite(v as number))).toBe(true);
    expect(now.data[0]).toBeGreaterThanOrEqual(before as number);
    const { inputs, outputs } = error!.replay();
    expect(inputs['w:0'].data[0]).toBe(now.data[0]);
    expect(outputs['w:0'].data[0]).toBe(Infinity);
  });
  test('a NaN that is fed is blamed on the feed', () => {
    const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
    const error = caught(() =>
      sess.run(x.add(1), {
        'x:0': [
          [1, 2],
          [NaN, 4],
        ],
      }),
    );
    expect(first(error)).toBe('x:0 : Tensor had NaN values');
    expect(error.message).toContain("in row 1 of the batch (fed for 'x:0')");
  });
  test('a variable that was spoilt before is blamed itself', () => {
    const w = new tf.Variable(tf.constant([1, NaN]), { name: 'w' });
    sess.run(w.initializer);
    expect(caught(() => sess.run(w.add(1))).message).toContain("the variable 'w' held them before this run");
  });
  test('infinities that a program puts in on purpose pass, and so do other dtypes', () => {
    const mask = tf.constant([0, -Infinity]);
    expect((sess.run(tf.nn.softmax(mask.add([1, 1]))) as tf.NDArray).toArray()).toEqual([1, 0]);
    expect(sess.run(tf.constant(1, tf.int32).add(2))).toBe(3);
    expect(first(caught(() => sess.run(mask.sub([1, -Infinity]))))).toBe('sub:0 : Tensor had NaN values');
  });
  test('what is sound runs as ever, and nothing leaks either way', () => {
    const x = tf.placeholder(tf.float32, [null, 100], { name: 'x' });
    const w = new tf.Variable(tf.ones([100, 100]));
    const y = tf.log(tf.reduceSum(tf.matmul(x, w), 1));
    const step = new tf.train.GradientDescentOptimizer(1e-3).minimize(tf.reduceMean(y));
    sess.run(tf.globalVariablesInitializer());
    const [good, bad] = [1, 0].map((v) => new tf.NDArray(tf.float32, [50, 100], new Float32Array(5000).fill(v)));
    const both = (): void => {
      sess.run([step, y], { 'x:0': good });
      caught(() => sess.run([step, y], { 'x:0': bad }));
    };
    both();
    const alive = sess.device.tensorsAlive();
    for (let i = 0; i < 20; i++) both();
    expect(sess.device.tensorsAlive()).toBe(alive);
  });
  test('half floats, and a node without floats, are looked at too', () => {
    const x = tf.cast(tf.constant([1, 0]), tf.float16);
    expect(first(caught(() => sess.run(tf.log(x))))).toBe('Log:0 : Tensor had Inf values');
    expect(inspect(sess.run(tf.shape(x)))).toContain('2');
  });
});
