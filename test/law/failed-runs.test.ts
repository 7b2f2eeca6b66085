/**
 * A run that fails leaves no trace in what the runs after it draw: plans of a graph come to the failing node by
 * different ways, and have drawn before it or not.
 */
import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { devices } from '../sweep';
import { HOST, waysOf } from './law';

type T = tf.Tensor;
const DRAWS: Readonly<Record<string, (seed: number) => T>> = {
  uniform: (seed) => tf.randomUniform([8], 0, 1, { seed }),
  normal: (seed) => tf.randomNormal([8], 0, 1, { seed }),
  truncated: (seed) => tf.truncatedNormal([8], 0, 1, { seed }),
  integers: (seed) => tf.cast(tf.randomUniform([8], 0, 1000, tf.int32, { seed }), tf.float32),
  shuffled: (seed) => tf.randomShuffle(tf.constant([1, 2, 3, 4, 5, 6, 7, 8]), { seed }),
  dropout: (seed) => tf.nn.dropout(tf.ones([8]), 0.5, { seed }),
};
/** Three runs, six that fail, three more: what is drawn before the failing node, and behind it. */
function drawn(device: string, config: object, draw: (seed: number) => T): number[][] {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const index = tf.placeholder(tf.int32, [1]);
    const before = tf.tanh(draw(1));
    const failing = tf.gather(tf.constant([1, 2, 3]), index);
    const behind = draw(2).mul(tf.tanh(tf.tanh(failing)));
    using sess = new tf.Session('', { graph, config: { advice: false, device, ...config } });
    const out: number[][] = [];
    for (let run = 1; run <= 33; run++) {
      const fails = run > 3 && run < 10;
      try {
        const got = sess.run([behind, before, tf.identity(index)], [[index, [fails ? 7 : 1]]]) as unknown as NDArray[];
        if (run < 14 || run > 30) out.push(got.slice(0, 2).flatMap(({ data }) => Array.from(data as Float32Array)));
      } catch (error) {
        if (!fails) throw error;
      }
    }
    return out;
  });
}
/** What is fetched, with what to feed where all is well and where two nodes fail. */
interface Wrong {
  readonly fetches: readonly (T | tf.Operation)[];
  readonly good: tf.FeedDict;
  readonly bad: tf.FeedDict;
  readonly count: tf.Variable;
}
const TWICE_WRONG: Readonly<Record<string, () => Wrong>> = {
  'a part that runs as one, and a step behind it'() {
    const [x, sizes] = [tf.placeholder(tf.float32, [null]), tf.placeholder(tf.int32, [1])];
    const loss = tf.reduceSum(tf.tanh(tf.broadcastTo(tf.tanh(x), sizes)));
    return {
      fetches: [tf.gradients(loss, [x])[0], loss],
      good: new Map<T, unknown>([
        [x, [1, 2]],
        [sizes, [2]],
      ]) as tf.FeedDict,
      bad: new Map<T, unknown>([
        [x, [1, 2]],
        [sizes, [3]],
      ]) as tf.FeedDict,
      count: new tf.Variable(0),
    };
  },
  'effects around the nodes of a part'() {
    const [x, index] = [tf.placeholder(tf.float32, [null]), tf.placeholder(tf.int32, [1])];
    const count = new tf.Variable(0);
    const first = tf.tanh(tf.tanh(x));
    const before = count.assignAdd(1);
    const failing = tf.gather(first, index);
    const behind = tf.controlDependencies([before], () => count.assignAdd(10));
    const checked = tf.controlDependencies([tf.Assert(tf.less(index, 2), [index])], () => tf.tanh(failing).mul(2));
    return {
      fetches: [checked, before.op, behind.op],
      good: new Map<T, unknown>([
        [x, [1, 2]],
        [index, [1]],
      ]) as tf.FeedDict,
      bad: new Map<T, unknown>([
        [x, [1, 2]],
        [index, [7]],
      ]) as tf.FeedDict,
      count,
    };
  },
};
/** What is fed where all is well, and where rows are taken that are not there. */
function fedRows(x: T, index: T): Pick<Wrong, 'good' | 'bad'> {
  const fed = (at: number): tf.FeedDict =>
    new Map<T, unknown>([
      [x, [1, 2]],
      [index, [at]],
    ]) as tf.FeedDict;
  return { good: fed(1), bad: fed(7) };
}
const goesOn = (i: T): T => tf.less(i, 3);
const IN_LOOPS: Readonly<Record<string, () => Wrong>> = {
  'an array in a loop, and a part behind it'() {
    const [x, index] = [tf.placeholder(tf.float32, [null]), tf.placeholder(tf.int32, [1])];
    const count = new tf.Variable(0);
    const before = count.assignAdd(1);
    const [, array] = tf.whileLoop(
      goesOn,
      (i, a) => [i.add(1), a.write(i.add(tf.squeeze(index).sub(1)), tf.cast(i, tf.float32))] as const,
      [tf.constant(0, tf.int32), new tf.TensorArray(tf.float32, 3, { clearAfterRead: false })] as const,
    );
    const behind = tf.controlDependencies([before], () => count.assignAdd(10));
    const part = tf.tanh(tf.tanh(tf.gather(tf.tanh(x), index.mul(2).sub(1))));
    return { fetches: [array.stack(), part, before.op, behind.op], ...fedRows(x, index), count };
  },
  'a loop inside of a part'() {
    const [x, index] = [tf.placeholder(tf.float32, [null]), tf.placeholder(tf.int32, [1])];
    const count = new tf.Variable(0);
    const before = count.assignAdd(1);
    const rows = tf.gather(tf.constant([1, 2, 3]), index);
    const checked = tf.Assert(tf.less(index, 2), [index]);
    const behind = tf.controlDependencies([before, checked], () => count.assignAdd(10));
    const first = tf.tanh(tf.gather(x, tf.range(2).add(index).sub(1)));
    const [, y] = tf.whileLoop(goesOn, (i, v) => [i.add(1), tf.tanh(tf.gather(v, tf.range(2)))], [
      tf.constant(0, tf.int32),
      first,
    ]);
    return { fetches: [y, rows, before.op, behind.op], ...fedRows(x, index), count };
  },
  'updates in a loop that is made between the nodes of a part'() {
    const [x, index] = [tf.placeholder(tf.float32, [null]), tf.placeholder(tf.int32, [1])];
    const count = new tf.Variable(0);
    const first = tf.tanh(tf.tanh(x));
    const before = count.assignAdd(1);
    const looped = tf.whileLoop(
      (i) => i.less(tf.squeeze(index)),
      (i) => tf.controlDependencies([count.assignAdd(1)], () => i.add(1)),
      [tf.constant(0, tf.int32)],
    );
    const more = tf.controlDependencies([before], () => count.assignAdd(100));
    const part = tf.tanh(tf.gather(first, index));
    const last = tf.controlDependencies([part], () => count.assignAdd(1000));
    return { fetches: [part, looped, before.op, more.op, last.op], ...fedRows(x, index), count };
  },
};
/** The errors of three runs, the last of them of the last plan, and what the variable holds behind each. */
function failures(device: string, config: object, build: () => Wrong): unknown[] {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const { fetches, good, bad, count } = build();
    using sess = new tf.Session('', { graph, config: { advice: false, device, ...config } });
    sess.run(tf.globalVariablesInitializer());
    const out: unknown[] = [];
    for (let run = 1; run <= 12; run++) {
      if (![2, 5, 12].includes(run)) sess.run([...fetches], good);
      else {
        let said = '';
        try {
          sess.run([...fetches], bad);
        } catch (error) {
          said = error instanceof Error ? error.message.split('\n')[0] : '';
        }
        out.push([said, sess.run(count)]);
      }
    }
    return out;
  });
}
/** What is drawn behind an update on a way that some runs take, between runs that take the other one and fail. */
function drawnOnAWay(device: string, config: object): number[] {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const [x, index] = [tf.placeholder(tf.float32, [null]), tf.placeholder(tf.int32, [1])];
    const first = tf.tanh(tf.tanh(x));
    const update = new tf.Variable(0).assignAdd(1);
    const drawn = tf.controlDependencies([update], () =>
      tf.cond(
        tf.squeeze(index).less(2),
        () => tf.randomUniform([], 0, 1, { seed: 1 }),
        () => tf.zeros([]),
      ),
    );
    const part = tf.tanh(tf.gather(first, index));
    using sess = new tf.Session('', { graph, config: { advice: false, device, ...config } });
    sess.run(tf.globalVariablesInitializer());
    const { good, bad } = fedRows(x, index);
    return Array.from({ length: 12 }, () => {
      const [number] = sess.run([drawn, part], good);
      expect(() => sess.run([drawn, part], bad)).toThrow('indices[0] = 7');
      return Number(number);
    });
  });
}
describe.each(devices().map((d) => d.device))('on the %s device', (device) => {
  test.each(Object.entries(DRAWS))('%s', (_, draw) => {
    const want = drawn(device, HOST, draw);
    expect(want.length).toBe(10);
    expect(new Set(want.map(String)).size).toBe(10);
    for (const { config } of waysOf(device))
      drawn(device, config, draw).forEach((numbers, run) =>
        numbers.forEach((v, i) => expect(Math.abs(v - want[run][i])).toBeLessThan(1e-6 * Math.abs(v) + 1e-9)),
      );
  });
  test.each(Object.entries({ ...TWICE_WRONG, ...IN_LOOPS }))(
    '%s: the first in the order of the graph is named',
    (_, build) => {
      const want = failures(device, HOST, build);
      for (const { config } of waysOf(device)) expect(failures(device, config, build)).toEqual(want);
    },
  );
  test('what a failed run left out is not put back', () => {
    const want = drawnOnAWay(device, HOST);
    expect(new Set(want).size).toBe(12);
    for (const { config } of waysOf(device)) expect(drawnOnAWay(device, config)).toEqual(want);
  });
});
