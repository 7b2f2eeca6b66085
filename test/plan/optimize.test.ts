/** Each rewrite by the graph that it leaves, and by the values, which it must not change. */
import * as tf from '../../src';
import type { Fetched } from '../../src/session/fetch';
import { type GraphOptions, optimize } from '../../src/plan/optimize';
import { prune } from '../../src/plan/prune';
import { loadHostKernels } from '../../src/kernels/devices';
import type { NDArray } from '../../src/base/ndarray';
import { devices } from '../sweep';
import { left, only } from './words';

beforeEach(() => {
  tf.resetDefaultGraph();
  loadHostKernels();
});

test('constantFolding: f(constants) -> constant', () => {
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  const y = x.mul(tf.constant([1, 2]).add(tf.constant([10, 20])));
  expect(left([y], [x], [[2]], only('constantFolding'))).toEqual(['Mul(x, [11,22])']);
});
test('constantFolding: shapes that the feeds settle -> constants', () => {
  const x = tf.placeholder(tf.float32, [null, 3], { name: 'x' });
  const y = tf.reshape(x, tf.stack([tf.shape(x).get(0).mul(3)]));
  expect(left([y], [x], [[2, 3]], only('constantFolding'))).toEqual(['Reshape(x, [6])']);
});
test('constantFolding: random numbers and variables stay', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  const y = x.add(tf.randomNormal([2]));
  expect(left([y], [x], [[]])[0]).toContain('RandomStandardNormal');
});
test('constantFolding: a constant and the same data in another shape are two', () => {
  const c = tf.constant([1, 2, 3, 4]);
  const sess = new tf.Session('', { config: { advice: false } });
  const square = tf.reshape(c, [2, 2]);
  for (let i = 0; i < 4; i++) expect(sess.run([c, square]).map((v) => (v as NDArray).shape)).toEqual([[4], [2, 2]]);
  sess.close();
});
test('what a node waits for happens in every run, though its value is known or only its shape is wanted', () => {
  const v = new tf.Variable(0, { name: 'v' });
  const x = tf.placeholder(tf.float32, [null], { name: 'x' });
  const after = <R>(delta: number, body: () => R): R => tf.controlDependencies([v.assignAdd(delta)], body);
  const ones = after(1000, () => tf.onesLike(x));
  const fetched = [
    after(1, () => tf.constant([1], tf.int32)).add(1),
    tf.shape(after(10, () => tf.identity(x))),
    tf.reshape(
      x,
      after(100, () => tf.constant([-1], tf.int32)),
    ),
    x.mul(ones),
  ];
  const total = (graphOptions?: false): Fetched => {
    const sess = new tf.Session('', { config: { graphOptions, advice: false } });
    sess.run(v.initializer);
    for (let i = 0; i < 5; i++) sess.run(fetched, { 'x:0': [1, 2] });
    return sess.run(v);
  };
  expect(total()).toBe(5555);
  expect(total(false)).toBe(5555);
});
test('constantFolding: the gradient of the maximum of a scalar whose rank only the feed says', () => {
  const x = tf.placeholder(tf.float32, null, { name: 'x' });
  const [g] = tf.gradients(tf.reduceMax(x), x) as tf.Tensor[];
  const sess = new tf.Session('', { config: { advice: false } });
  for (let i = 0; i < 5; i++) expect(sess.run(g, { 'x:0': 3 })).toBe(1);
  sess.close();
});
test('waiting for a placeholder that is fed is no reading of it', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  const y = tf.controlDependencies([x], () => tf.constant(2));
  const sess = new tf.Session('', { config: { advice: false } });
  expect(sess.run(y, { 'x:0': 1 })).toBe(2);
  expect(() => sess.run(y)).toThrow("You must feed a value for placeholder tensor 'x'");
  sess.close();
});
test('random numbers whose values nobody reads are drawn in every plan', () => {
  tf.setRandomSeed(1);
  const r = tf.randomUniform([2], 0, 1);
  const fetched = [tf.controlDependencies([r], () => tf.identity(tf.constant(1))), tf.zerosLike(r)];
  const next = (graphOptions?: false): Fetched => {
    const sess = new tf.Session('', { config: { graphOptions, advice: false } });
    for (let i = 0; i < 5; i++) sess.run(fetched);
    return sess.run(r);
  };
  expect(next()).toEqual(next(false));
});
test('identityRemoval: Identity(x) -> x', () => {
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  expect(left([tf.identity(tf.stopGradient(x)).neg()], [x], [[2]], only('identityRemoval'))).toEqual(['Neg(x)']);
});
test('identityRemoval: an Identity that waits for something stays', () => {
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  const y = tf.controlDependencies([tf.Print(x, [x]).op], () => tf.identity(x));
  expect(left([y], [x], [[2]])).toEqual(['Identity(x)']);
});
test('shapeNoops: Reshape(x) to the shape of x -> x', () => {
  const x = tf.placeholder(tf.float32, [null, 3], { name: 'x' });
  expect(left([tf.reshape(x, [-1, 3]).neg()], [x], [[2, 3]], only('shapeNoops'))).toEqual(['Neg(x)']);
});
test('shapeNoops: a sum over no dimension, or over dimensions of 1 that stay -> x', () => {
  const x = tf.placeholder(tf.float32, [null, 3], { name: 'x' });
  expect(
    left(
      [
        tf.reduceSum(x, []).neg(),
        tf.reduceMax(tf.reshape(x, [2, 3, 1]), 2, { keepdims: true }).neg(),
        tf.reduceSum(x, 1).neg(),
      ],
      [x],
      [[2, 3]],
      only('shapeNoops'),
    ),
  ).toEqual(['Neg(x)', 'Neg(Reshape(x, [2,3,1]))', 'Neg(Sum(x, 1))']);
});
test('arithmetic: x * 1, x + 0, x / 1 -> x', () => {
  const [x, n] = [tf.placeholder(tf.float32, [2], { name: 'x' }), tf.placeholder(tf.int32, [2], { name: 'n' })];
  const fetched = [x.sub(0).add(-0).neg(), n.mul(1).add(0).neg()];
  expect(left(fetched, [x, n], [[2], [2]], only('arithmetic'))).toEqual(['Neg(x)', 'Neg(n)']);
});
test('arithmetic: a fraction * 1 and / 1 stay: numbers below the least normal one are 0 to them', () => {
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  const c = tf.constant([0.5, 3]);
  const fetched = [x.mul(1), x.div(1), c.mul(1), c.div(1)].map((t) => t.neg());
  const kept = ['Neg(Mul(x, 1))', 'Neg(RealDiv(x, 1))', 'Neg([0.5,3])', 'Neg([0.5,3])'];
  expect(left(fetched, [x], [[2]], only('arithmetic'))).toEqual(kept);
});
test('arithmetic: on a device that flushes x stays x where it is computed, and no fed one', () => {
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  const fetched = [x.sub(0), x.square().mul(1), tf.tanh(x).add(-0)].map((t) => t.neg());
  const kept = ['Neg(Sub(x, 0))', 'Neg(Square(x))', 'Neg(AddV2(Tanh(x), 0))'];
  expect(left(fetched, [x], [[2]], only('arithmetic'), { flushes: true }, true)).toEqual(kept);
});
test('arithmetic: a fraction + 0 stays: of -0 it makes 0', () => {
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  const fetched = [x.add(0), tf.add(0, x), x.sub(-0)].map((t) => t.neg());
  expect(left(fetched, [x], [[2]], only('arithmetic'))).toEqual([
    'Neg(AddV2(x, 0))',
    'Neg(Add(0, x))',
    'Neg(Sub(x, 0))',
  ]);
});
test('arithmetic: x * 1 stays where it broadcasts x', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  expect(left([x.mul(tf.constant([1, 1]))], [x], [[]], only('arithmetic'))).toEqual(['Mul(x, [1,1])']);
});
test('commonSubexpressions: f(x), f(x) -> one f(x)', () => {
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  const pruned = prune([tf.exp(x).add(tf.exp(x))], [], [x]);
  optimize(pruned, [[2]], only('commonSubexpressions'));
  expect(pruned.nodes.map((n) => n.type)).toEqual(['Exp', 'AddV2']);
});
test('commonSubexpressions: a + b and b + a are one', () => {
  const [a, b] = [tf.placeholder(tf.float32, [2]), tf.placeholder(tf.float32, [2])];
  const pruned = prune([a.mul(b).sub(b.mul(a))], [], [a, b]);
  optimize(pruned, [[2], [2]], only('commonSubexpressions'));
  expect(pruned.nodes.map((n) => n.type)).toEqual(['Mul', 'Sub']);
});
test('commonSubexpressions: two draws stay two', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  const pruned = prune([x.add(tf.randomUniform([2])).add(tf.randomUniform([2]))], [], [x]);
  optimize(pruned, [[]]);
  expect(pruned.nodes.filter((n) => n.type === 'RandomUniform')).toHaveLength(2);
});
test('idleControls: waiting for a computation -> not waiting; waiting for an effect stays', () => {
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  const v = new tf.Variable([0, 0]);
  const pure = tf.controlDependencies([tf.exp(x).op], () => x.neg());
  const after = tf.controlDependencies([tf.assign(v, x).op], () => x.abs());
  const pruned = prune([pure, after], [], [x]);
  optimize(pruned, [[2]], only('idleControls'));
  expect(
    pruned.nodes
      .map((n) => [n.type, n.controls.map((c) => c.type)])
      .filter(([t]) => ['Neg', 'Abs'].includes(t as string)),
  ).toEqual([
    ['Neg', []],
    ['Abs', ['Assign']],
  ]);
});
test('feeds that do not fit leave the graph as it is', () => {
  const x = tf.placeholder(tf.float32, [null, null], { name: 'x' });
  const y = tf.matmul(x, tf.ones([3, 2]));
  expect(left([y], [x], [[2, 4]])).toEqual(['MatMul(x, [[1,1],[1,1],[1,1]])']);
});

describe.each(devices())('a training step on $title', (mode) => {
  /** Costs and weights of 60 steps: long enough for every plan to have been made and tried. */
  function train(graphOptions: GraphOptions): number[] {
    tf.resetDefaultGraph();
    tf.setRandomSeed(7);
    const x = tf.placeholder(tf.float32, [null, 20]);
    const y = tf.placeholder(tf.float32, [null, 4]);
    const w1 = new tf.Variable(tf.truncatedNormal([20, 16], { stddev: 0.3 }));
    const w2 = new tf.Variable(tf.truncatedNormal([16, 4], { stddev: 0.3 }));
    const hidden = tf.nn.dropout(tf.nn.relu(tf.matmul(x, w1)), 0.8);
    const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: y, logits: tf.matmul(hidden, w2) }));
    const step = new tf.train.MomentumOptimizer(0.1, 0.9).minimize(cost);
    const sess = new tf.Session('', { config: { device: mode.device, graphOptions } });
    sess.run(tf.globalVariablesInitializer());
    const costs: number[] = [];
    for (let i = 0; i < 60; i++) {
      const xs = Float32Array.from({ length: 200 }, (_, k) => Math.sin(i * 31 + k));
      const ys = Float32Array.from({ length: 40 }, (_, k) => (k % 4 === (k >> 2) % 4 ? 1 : 0));
      costs.push(
        sess.run(
          [step, cost],
          [
            [x, xs],
            [y, ys],
          ],
        )[1] as number,
      );
    }
    sess.close();
    return costs;
  }
  test('gives the same costs with and without rewrites, dropout included', () => {
    const [plain, rewritten] = [train(false), train({})];
    rewritten.forEach((c, i) => expect(Math.abs(c - plain[i])).toBeLessThan(1e-4 * Math.max(1, plain[i])));
  });
  test('an error in a part that runs as one names the node and its line', () => {
    const x = tf.placeholder(tf.int32, [null], { name: 'x' });
    const y = tf.gather(tf.constant([1, 2, 3]).add(0.5), x).mul(2);
    const sess = new tf.Session('', { config: { device: mode.device } });
    for (let i = 0; i < 50; i++) sess.run(y, { 'x:0': [0, 1] });
    expect(() => sess.run(y, { 'x:0': [0, 5] })).toThrow(
      /indices\[1\] = 5 is not in \[0, 3\)[^]*defined at .*optimize\.test\.ts/,
    );
    expect((sess.run(y, { 'x:0': [0, 1] }) as Fetched as NDArray).toArray()).toEqual([3, 5]);
    sess.close();
  });
  test('what a session has on the device is gone when it is closed', () => {
    const x = tf.placeholder(tf.float32, [null, 300]);
    const y = tf.nn.relu(tf.matmul(x, tf.ones([300, 300])).add(1)).mul(2);
    const sess = new tf.Session('', { config: { device: mode.device } });
    const before = sess.device.tensorsAlive();
    for (let i = 0; i < 60; i++) sess.run(y, [[x, new Float32Array(3000)]]);
    sess.close();
    expect(sess.device.tensorsAlive()).toBe(before);
  });
});
