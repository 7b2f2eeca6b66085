/** Runs in parts. The errors are TensorFlow 1.15's. */
import * as tf from '../../src';
import { devices } from '../sweep';

describe.each(devices())('a run in parts, on $title', ({ device }) => {
  let [a, b, c, sum, product, other]: tf.Tensor[] = [];
  let sess: tf.Session;
  beforeEach(() => {
    tf.resetDefaultGraph();
    [a, b, c] = ['a', 'b', 'c'].map((name) => tf.placeholder(tf.float32, [], { name }));
    sum = tf.add(a, b, { name: 'r1' });
    product = tf.multiply(sum, c, { name: 'r2' });
    other = tf.negative(a, { name: 'other' });
    sess = new tf.Session('', { config: { device, advice: false } });
  });
  afterEach(() => sess.close());
  /** The class and the first line of an error. */
  const thrown = (body: () => unknown): string => {
    try {
      body();
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message.split('\n')[0]}`;
    }
    return 'nothing';
  };
  const invalid = (text: string): string => `InvalidArgumentError: ${text}`;

  test('feeds may depend on what was fetched', () => {
    sess.run(sum, { 'a:0': 1, 'b:0': 1 });
    const alive = sess.device.tensorsAlive();
    for (let i = 0; i < 30; i++) {
      const handle = sess.partialRunSetup([sum, product], [a, b, c]);
      const s = sess.partialRun(handle, sum, { [a.name]: i, [b.name]: 2 });
      expect(s).toBe(i + 2);
      expect(sess.partialRun(handle, { p: product }, [[c, 10 * Number(s)]])).toEqual({ p: (i + 2) * 10 * (i + 2) });
    }
    expect(sess.device.tensorsAlive()).toBe(alive);
  });
  test('two of them go on side by side', () => {
    const [one, two] = [0, 1].map(() => sess.partialRunSetup([sum, product], [a, b, c]));
    expect(one).not.toBe(two);
    expect(sess.partialRun(one, sum, { 'a:0': 1, 'b:0': 2 })).toBe(3);
    expect(sess.partialRun(two, sum, { 'a:0': 3, 'b:0': 4 })).toBe(7);
    expect(sess.partialRun(one, product, { 'c:0': 10 })).toBe(30);
    expect(sess.partialRun(two, product, { 'c:0': 10 })).toBe(70);
  });
  test('a loop without end is over when its time is', () => {
    const loop = tf.whileLoop(
      (i: tf.Tensor) => tf.less(i, a),
      (i: tf.Tensor) => [tf.add(i, 0)],
      [tf.constant(0, tf.float32)],
    );
    using limited = new tf.Session('', { config: { device, operationTimeoutInMs: 100 } });
    const handle = limited.partialRunSetup([loop], [a]);
    expect(thrown(() => limited.partialRun(handle, loop, { 'a:0': 1 }))).toMatch(/^DeadlineExceededError/);
    expect(limited.run(sum, { 'a:0': 1, 'b:0': 2 })).toBe(3);
  });
  test('so is one that runs as a part of TensorFlow, in a run that is a promise', async () => {
    const n = tf.placeholder(tf.float32, []);
    const total = tf.whileLoop(
      (i: tf.Tensor) => tf.less(i, n),
      (i: tf.Tensor, x: tf.Tensor) => [tf.add(i, 1), tf.multiply(x, 0.5)],
      [tf.constant(0, tf.float32), tf.ones([3000])],
    )[1];
    for (let i = 0; i < 40; i++) await sess.runAsync(total, [[n, 5]]);
    const endless = sess.runAsync(total, [[n, 1e9]], { options: { timeoutInMs: 100 } });
    await expect(endless).rejects.toThrow(tf.errors.DeadlineExceededError);
  });
  test('what it was not set up for, and what came before', () => {
    const handle = sess.partialRunSetup([sum, product], [a, b, c]);
    const go = (fetches: tf.Tensor | tf.Tensor[] | tf.Operation, feeds: [tf.Tensor, number][]): string =>
      thrown(() => sess.partialRun(handle, fetches, feeds));
    expect(go(product, [[a, 1]])).toBe(
      invalid("Fetch c:0 can't be computed from the feeds that have been fed so far."),
    );
    // Nothing was fed by that.
    expect(sess.partialRun(handle, sum, { 'a:0': 1, 'b:0': 2 })).toBe(3);
    expect(
      go(product, [
        [a, 1],
        [c, 3],
      ]),
    ).toBe(invalid('The feed a:0 has already been fed.'));
    expect(go([sum], [[c, 3]])).toBe(invalid('The fetch r1:0 has already been fetched.'));
    expect(
      go(product, [
        [sum, 1],
        [c, 3],
      ]),
    ).toBe(invalid('The feed r1:0 was not specified in partial_run_setup.'));
    expect(go(other, [[c, 3]])).toBe(invalid('The fetch other:0 was not specified in partial_run_setup.'));
    expect(go(sum.op, [[c, 3]])).toBe('RuntimeError: partial_run() requires empty target_list.');
    expect(sess.partialRun(handle, product, { 'c:0': 3 })).toBe(9);
    const over = invalid("Must run 'setup' before performing partial runs!");
    expect(go(product, [[c, 3]])).toBe(over);
    expect(thrown(() => sess.partialRun('nope', product, { 'c:0': 3 }))).toBe(over);
  });
  test('what cannot be set up', () => {
    const nothing = invalid('Must specify at least one target to fetch or execute.');
    expect(thrown(() => sess.partialRunSetup([], []))).toBe(nothing);
    expect(thrown(() => sess.partialRunSetup([], [a]))).toBe(nothing);
    expect(thrown(() => sess.partialRunSetup([a], [a]))).toBe(invalid('a:0 is both fed and fetched.'));
    expect(thrown(() => sess.partialRunSetup([a], [a, a]))).toBe(invalid('Endpoint "a:0" fed more than once.'));
    expect(thrown(() => sess.partialRunSetup(['zz:0'], [a]))).toContain('cannot be interpreted as a Tensor');
    sess.close();
    expect(thrown(() => sess.partialRunSetup([sum], [a]))).toBe('RuntimeError: Attempted to use a closed Session.');
  });
  test('an error of a step ends it', () => {
    const handle = sess.partialRunSetup(sum, a);
    const missing = invalid("You must feed a value for placeholder tensor 'b' with dtype float");
    expect(thrown(() => sess.partialRun(handle, sum, { 'a:0': 1 }))).toBe(missing);
    expect(thrown(() => sess.partialRun(handle, sum, {}))).toContain("Must run 'setup'");
  });
  test('operations among the fetches run once they can', () => {
    const v = new tf.Variable(1);
    const add = v.assignAdd(a);
    sess.run(tf.globalVariablesInitializer());
    const handle = sess.partialRunSetup([sum, add.op], [a, b]);
    expect(sess.partialRun(handle, [], { 'a:0': 5 })).toEqual([]);
    expect(sess.partialRun(handle, sum, { 'b:0': 1 })).toBe(6);
    expect(sess.run(v)).toBe(6);
  });
  test('a feed that does not fit', () => {
    const handle = sess.partialRunSetup([sum], [a, b]);
    expect(thrown(() => sess.partialRun(handle, sum, { 'a:0': [1, 2], 'b:0': 2 }))).toBe(
      "ValueError: Cannot feed value of shape (2,) for Tensor 'a:0', which has shape '()'",
    );
    expect(sess.partialRun(handle, sum, { 'a:0': 1, 'b:0': 2 })).toBe(3);
  });
  test('config.checkNumerics looks at its steps and feeds, too', () => {
    const careful = new tf.Session('', { config: { device, checkNumerics: true } });
    const [x, y] = ['x', 'y'].map((name) => tf.placeholder(tf.float32, [], { name }));
    const log = tf.log(x, { name: 'log' });
    const [half, all] = [log.mul(0.5), log.add(y)];
    const setUp = (): string => careful.partialRunSetup([half, all], [x, y]);
    const first = setUp();
    expect(careful.partialRun(first, half, { 'x:0': 1 })).toBe(0);
    expect(careful.partialRun(first, all, { 'y:0': 2 })).toBe(2);
    expect(() => careful.partialRun(setUp(), half, { 'x:0': -1 })).toThrow(/^log:0 : Tensor had NaN values[^]*'log'/);
    const second = setUp();
    careful.partialRun(second, half, { 'x:0': 1 });
    expect(() => careful.partialRun(second, all, { 'y:0': NaN })).toThrow(/^y:0 : Tensor had NaN values/);
    expect(() => careful.partialRun(second, all, { 'y:0': 1 })).toThrow("Must run 'setup'");
    careful.close();
  });
});
