/** Loops whose gradients are asked for: they keep what they need on stacks, and go round block by block like others. */
import * as tf from '../../src';
import { openDevice } from '../../src/kernels/devices';
import { type PlanHost, disposePlan, makePlan } from '../../src/plan/plan';
import { interpret } from '../../src/session/executor';
import { devices, open } from '../devices';

type T = tf.Tensor;
beforeEach(() => tf.resetDefaultGraph());

/** Loss and gradients of programs with loops, of a vector x and a variable w. */
const PROGRAMS: Readonly<Record<string, (x: T, w: tf.Variable) => T>> = {
  'a loop': (x, w) => loop((h) => tf.tanh(h.mul(w).add(x)), x),
  'a loop behind another': (x, w) =>
    loop(
      (h) => h.mul(w),
      loop((h) => tf.sin(h.add(x)), x),
    ),
  'an array that a loop fills and another reads': (x, w) => {
    const array = new tf.TensorArray(tf.float32, { size: 4, clearAfterRead: false, elementShape: [3] });
    const [, filled] = tf.whileLoop(
      (i) => tf.less(i as T, 4),
      (i) => [tf.add(i as T, 1), array.write(i as T, x.mul(w).add(tf.cast(i as T, tf.float32))).flow],
      [tf.constant(0, tf.int32), array.flow],
    ) as [T, T];
    const all = new tf.TensorArray(tf.float32, { handle: array.handle, flow: filled });
    return loop((h, i) => tf.tanh(h.mul(tf.ensureShape(all.read(i), [3]))), x);
  },
  'a loop in another': (x, w) => loop((h) => loop((k) => tf.tanh(k.mul(w)), h).add(x), x),
};
function loop(body: (h: T, i: T) => T, x: T): T {
  const [, y] = tf.whileLoop(
    (i) => tf.less(i as T, 4),
    (i, h) => [tf.add(i as T, 1), body(h as T, i as T)],
    [tf.constant(0, tf.int32), x],
  ) as [T, T];
  return y;
}
function built(build: (x: T, w: tf.Variable) => T): { x: T; fetches: T[] } {
  const x = tf.placeholder(tf.float32, [3], { name: 'x' });
  const w = new tf.Variable([0.5, -1, 2]);
  const loss = tf.reduceSum(build(x, w));
  return { x, fetches: [loss, ...(tf.gradients(loss, [x, w]) as T[])] };
}

describe.each(devices())('$title', (mode) => {
  test.each(Object.entries(PROGRAMS))('%s goes in blocks, and gives what it gives step by step', (_, build) => {
    const { x, fetches } = built(build);
    const device = openDevice(mode.device);
    const host: PlanHost = { device, placement: 'auto', nodes: new Map(), constants: new WeakMap(), interpret };
    const plan = makePlan({ fetches, targets: [], feeds: [x], shapes: [[3]] }, host);
    expect(plan.schedule).not.toBeNull();
    disposePlan(plan);
    using sess = open(tf.getDefaultGraph(), mode);
    sess.run(tf.globalVariablesInitializer());
    const feeds = { 'x:0': [0.25, 1, -0.5] };
    const valuesOf = (options: tf.RunOptions): unknown[] =>
      sess.run(fetches, feeds, { options }).map((v) => (v instanceof tf.NDArray ? v.toArray() : v));
    // Who watches sees every step, and so the run goes by tokens.
    const watched = valuesOf(new tf.RunOptions({ observer: {} }));
    for (let run = 0; run < 4; run++) expect(valuesOf(new tf.RunOptions())).toEqual(watched);
  });
});

test('who waited for what only waits for a dead way goes on: a gradient through branches of which one is known', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  const body = (i: tf.Tensor, a: tf.Tensor): tf.Tensor[] => {
    const [on, off] = [tf.constant(true), tf.constant(false)];
    const other = (): tf.Tensor =>
      tf.cond(
        off,
        () => tf.constant(2),
        () => x,
      );
    return [i.add(1), tf.tanh(tf.cond(on, () => a, other))];
  };
  const [, y] = tf.whileLoop((i: tf.Tensor, _: tf.Tensor) => i.less(2), body, [tf.constant(0, tf.int32), x]);
  const [dx] = tf.gradients(y, [x]);
  const sess = new tf.Session('', { config: { device: 'portable', advice: false } });
  for (let run = 0; run < 5; run++)
    expect(sess.run(dx!, { 'x:0': 0.5 }, { options: { observer: { onStep() {} } } })).toBeCloseTo(0.6398, 3);
  sess.close();
});
