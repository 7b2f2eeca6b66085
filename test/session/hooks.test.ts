import * as tf from '../../src';
import { observeRuns } from '../../src/session/session';

let undo: (() => void)[] = [];
const watch: typeof observeRuns = (hook) => {
  const off = observeRuns(hook);
  undo.push(off);
  return off;
};
beforeEach(() => tf.resetDefaultGraph());
afterEach(() => {
  undo.forEach((off) => off());
  undo = [];
});

test('a hook sees every way of running, with its feeds as pairs', async () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  const y = x.mul(2);
  const sess = new tf.Session();
  const seen: unknown[][] = [];
  watch({
    aroundRun({ session, fetches, feeds, calledAs }, proceed) {
      const named = feeds.map(([key, value]) => [typeof key === 'string' ? key : key === x, value]);
      seen.push([session === sess, fetches === y, named, calledAs.name]);
      return proceed();
    },
  });
  expect(sess.run(y, { x: 1 })).toBe(2);
  expect(sess.run(y, new Map([[x, 2]]))).toBe(4);
  expect(await sess.runAsync(y, [[x, 3]])).toBe(6);
  expect(sess.makeCallable(y, [x])(4)).toBe(8);
  expect(y.eval({ x: 5 }, sess)).toBe(10);
  expect(seen).toEqual([
    [true, true, [['x', 1]], 'run'],
    [true, true, [[true, 2]], 'run'],
    [true, true, [[true, 3]], 'runAsync'],
    [true, true, [[true, 4]], 'callable'],
    [true, true, [['x', 5]], 'run'],
  ]);
});

test('a hook may answer in the place of a run, and hears errors; the last one is the outermost', () => {
  const x = tf.placeholder(tf.float32, []);
  const sess = new tf.Session();
  const order: string[] = [];
  watch({
    aroundRun(_, proceed) {
      order.push('inner');
      return proceed();
    },
  });
  const off = watch({
    aroundRun(_, proceed) {
      order.push('outer');
      try {
        return proceed();
      } catch {
        return 'unfed';
      }
    },
  });
  expect(sess.run(x)).toBe('unfed');
  expect(order).toEqual(['outer', 'inner']);
  off();
  expect(() => sess.run(x)).toThrow('must feed a value');
  expect(order).toEqual(['outer', 'inner', 'inner']);
});

test('a hook hears of the closing while the variables are there, once', () => {
  const v = new tf.Variable(3);
  const sess = new tf.InteractiveSession();
  sess.run(v.initializer);
  const values: unknown[] = [];
  watch({ aroundRun: (_, proceed) => proceed(), beforeClose: (session) => values.push(session.run(v)) });
  sess.close();
  sess.close();
  expect(values).toEqual([3]);
});
