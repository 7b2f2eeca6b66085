/** tf.explainGradient: the ways of a gradient with its norms, or where it stops. */
import { inspect } from 'node:util';
import * as tf from '../../src';
import { devices, open } from '../sweep';
import { pattern } from '../pattern';

let sess: tf.Session;
beforeEach(() => {
  tf.resetDefaultGraph();
  sess = open(tf.getDefaultGraph(), devices()[0]);
});
const feeds = { 'x:0': [[1, 2, 3]] };
function network() {
  const x = tf.placeholder(tf.float32, [null, 3], { name: 'x' });
  const w = new tf.Variable(tf.ones([3, 2]), { name: 'w' });
  const logits = tf.matmul(tf.nn.relu(tf.matmul(x, w)), tf.ones([2, 2]));
  return { x, w, logits, cost: tf.reduceMean(logits) };
}

test('the norms of the gradient from y to x', () => {
  const { w, cost } = network();
  sess.run(w.initializer);
  const found = tf.explainGradient(cost, w, { session: sess, feeds });
  expect([found.y, found.x, found.connected, found.reason]).toEqual(['Mean:0', 'w:0', true, null]);
  expect(found.ways).toHaveLength(1);
  expect(found.ways[0].map((hop) => hop.tensor)).toEqual([
    'Mean:0',
    'MatMul_1:0',
    'Relu:0',
    'MatMul:0',
    'w/read:0',
    'w:0',
  ]);
  expect(found.ways[0][0].norm).toBe(1);
  // d mean / d w = x / 1, in both columns.
  expect(found.ways[0][5].norm).toBeCloseTo(Math.sqrt(2 * 14), 5);
  expect(found.ways[0][5]).toMatchObject({ op: 'VariableV2', shape: [3, 2], max: 3, zeros: 0 });
  expect(found.ways[0][3].line).toMatch(/explain-gradient\.test\.ts:\d+:\d+/);
  expect(String(found)).toMatch(
    /^The gradient of Mean:0 comes to w:0:\n {5}Mean:0 {6}Mean +norm 1, max 1 .*explain-gradient\.test\.ts/,
  );
  expect(inspect(found)).toBe(String(found));
});
test('the default session serves, and the gradient nodes are made once', () => {
  const { w, cost } = network();
  sess.run(w.initializer);
  sess.asDefault(() => {
    const norm = (): number | null => tf.explainGradient(cost, w, { feeds }).ways[0][5].norm;
    const first = norm();
    const { lastId } = tf.getDefaultGraph();
    expect(norm()).toBe(first);
    expect(tf.getDefaultGraph().lastId).toBe(lastId);
  });
});
test('ways by shapes are left out where others let gradients through', () => {
  const { w, logits } = network();
  sess.run(w.initializer);
  const cost = tf.losses.softmaxCrossEntropy([[1, 0]], logits);
  const found = tf.explainGradient(cost, w, { session: sess, feeds });
  expect(found.ways).toHaveLength(1);
  expect(found.ways[0].every((hop) => hop.norm !== null)).toBe(true);
  expect(String(found)).not.toMatch(/no gradient/);
});
test('each branch is a way of its own', () => {
  const { w, cost } = network();
  sess.run(w.initializer);
  const found = tf.explainGradient(cost.add(tf.reduceSum(tf.square(w))), w, { session: sess, feeds });
  expect(found.ways).toHaveLength(2);
  expect(found.ways.map((way) => way.some((hop) => hop.op === 'Square'))).toEqual([false, true]);
  expect(String(found)).toContain('way 2 of 2');
});
test('units that are off are seen', () => {
  const { w, cost } = network();
  sess.run(w.initializer);
  expect(String(tf.explainGradient(cost, w, { session: sess, feeds: { 'x:0': [[-1, -2, -3]] } }))).toContain(
    'it is 0 from MatMul:0 on',
  );
});
test('where the way breaks', () => {
  const { w, logits } = network();
  sess.run(w.initializer);
  const found = tf.explainGradient(tf.reduceMean(tf.cast(tf.argmax(logits, 1), tf.float32)), w, {
    session: sess,
    feeds,
  });
  expect(found.connected).toBe(false);
  expect(found.reason).toMatch(
    /ArgMax:0, made at .*, is int64, and gradients flow through floating-point tensors only/,
  );
  expect(found.ways[0].map((hop) => hop.norm !== null)).toEqual([true, true, false, false, false, false, false, false]);
  expect(String(found)).toContain('-- no gradient');
});
test('what y does not depend on', () => {
  const { cost } = network();
  const other = new tf.Variable(1, { name: 'other' });
  const found = tf.explainGradient(cost, other, { session: sess });
  expect([found.connected, found.ways]).toEqual([false, []]);
  expect(String(found)).toBe('No gradient of Mean:0 comes to other:0: Mean:0 does not depend on other:0.');
});
test('without a session the ways are told, without norms', () => {
  const { w, cost } = network();
  expect(String(tf.explainGradient(cost, w))).toContain('no session was given');
});
test('minimize and gradients say where the way breaks', () => {
  const { logits } = network();
  expect(() => new tf.train.GradientDescentOptimizer(1).minimize(tf.reduceSum(tf.stopGradient(logits)))).toThrow(
    pattern(
      /^No gradients provided for any variable.*\n {2}w -> .* 'StopGradient' \(op type: StopGradient\), made /,
      /at .*, has no derivative\./s,
    ),
  );
});
test('through a loop, and out of arrays', () => {
  const w = new tf.Variable(0.5, { name: 'w' });
  const y = tf.reduceSum(tf.mapFn((x) => tf.tanh(x.mul(w)), tf.constant([1, 2])));
  sess.run(w.initializer);
  const text = String(tf.explainGradient(y, w, { session: sess }));
  expect(text).toMatch(/ map\/while\/Tanh:0 +Tanh +\(in a loop or a branch\) .*explain-gradient\.test\.ts/);
  expect(text).not.toContain('it is 0');
});
