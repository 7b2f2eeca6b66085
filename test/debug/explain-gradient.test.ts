/** tf.explainGradient: the ways of a gradient with its norms, or where it stops. */
import { inspect } from 'node:util';
import * as tf from '../../src';
import { devices, open } from '../sweep';
import { functional } from '../gradients/numeric';
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
  expect(text).toMatch(/ map\/while\/Tanh:0 +Tanh +norm 1 in each of 2 iterations .*explain-gradient\.test\.ts/);
  expect(text).toMatch(/Exit_2:0 +Exit +\(the flow of an array, which carries no numbers\)/);
  expect(text).not.toContain('it is 0');
});

describe.each(devices())('in the iterations of loops, on $title', (mode) => {
  let w: tf.Variable;
  beforeEach(() => {
    sess = open(tf.getDefaultGraph(), mode);
    w = new tf.Variable(0.5, { name: 'w' });
    sess.run(w.initializer);
  });
  /** v = body(v), so many times. */
  function times(n: tf.TensorLike, x: tf.Tensor, body: (v: tf.Tensor, i: tf.Tensor) => tf.Tensor): tf.Tensor {
    return tf.whileLoop(
      (i: tf.Tensor) => i.less(n),
      (i: tf.Tensor, v: tf.Tensor) => [i.add(1), body(v, i)],
      [tf.constant(0, tf.int32), x],
    )[1];
  }
  /** Builds with loops of nodes, and of functions. */
  const VERSIONS: readonly (readonly [string, (build: () => void) => void])[] = [
    ['of version 1', (build) => build()],
    ['of version 2', functional],
  ];
  const explained = (y: tf.Tensor, x: tf.Tensor | tf.Variable): tf.GradientExplanation =>
    tf.explainGradient(y, x, { session: sess });
  function hopOf({ ways }: tf.GradientExplanation, op: string, at = 0): tf.GradientHop {
    const found = ways[ways.length - 1].filter((hop) => hop.op === op);
    return found[at];
  }

  test.each(VERSIONS)('%s, the gradient at each of them', (_, within) =>
    within(() => {
      const values = [1];
      for (let i = 0; i < 10; i++) values.push(Math.tanh(values[i] * 0.5));
      // What reaches the result of iteration i.
      const reaching = [1];
      for (let i = 9; i > 0; i--) reaching.unshift(reaching[0] * (1 - values[i + 1] ** 2) * 0.5);
      const x = tf.constant(1);
      const y = times(10, x, (v) => tf.tanh(v.mul(w)));
      // As often as plans are rewritten for feeds of the same shapes, or given to the device as one.
      for (let k = 0; k < 7; k++) {
        const { iterations, norm, shape } = hopOf(explained(y, x), 'Tanh');
        expect(iterations!.map(({ iteration }) => iteration)).toEqual(reaching.map((__, i) => [i]));
        iterations!.forEach((each, i) => expect(each.norm).toBeCloseTo(reaching[i], 6));
        expect(iterations![3]).toEqual({ iteration: [3], norm: iterations![3].max, max: expect.any(Number), zeros: 0 });
        expect([norm, shape]).toEqual([null, []]);
      }
      const text = String(explained(y, x));
      expect(text).toMatch(/Tanh:0 +Tanh +norm 0\.001821 in iteration 0, 1 in 9 {3}.*explain-gradient\.test\.ts/);
    }),
  );
  test.each(VERSIONS)('%s, one in another with a branch', (_, within) =>
    within(() => {
      const y = times(3, tf.constant(1), (v, i) =>
        times(i.add(1), v, (u, j) =>
          tf.cond(
            tf.equal(j, 0),
            () => u.mul(w),
            () => tf.sin(u),
          ),
        ),
      );
      const found = explained(y, w);
      const product = hopOf(found, 'Mul').iterations!;
      expect(product.map(({ iteration }) => iteration)).toEqual([
        [0, 0],
        [1, 0],
        [2, 0],
      ]);
      const dw = sess.run(tf.gradients(y, w)[0]!);
      expect(found.ways[0].find((hop) => hop.tensor === 'w:0')!.norm).toBeCloseTo(Number(dw), 6);
      expect(String(found)).toMatch(/mul.*Mul +norm [\d.]+ in iteration \[0, 0\], [\d.]+ in \[2, 0\]/);
    }),
  );
  test.each(VERSIONS)('%s, that vanish, explode, end and are no numbers', (_, within) =>
    within(() => {
      const said = (y: tf.Tensor, x: tf.Tensor): string[] => String(explained(y, x)).split('\n').slice(-2);
      const x = tf.constant([1, 1]);
      expect(
        said(
          times(8, x, (v) => v.mul(0.1)),
          x,
        ).join(),
      ).toMatch(/on its way back it vanishes: from 1\.414 in iteration \d to \S+e-[78] in 0, times 0\.1 in each\.$/);
      expect(
        said(
          times(8, x, (v) => v.mul(10)),
          x,
        ).join('\n'),
      ).toMatch(
        /it explodes: from 1\.414 in iteration \d to 14\d+ in 0, times 10 in each\.\n {2}fix: tf\.clipByGlobalNorm/,
      );
      const cut = times(8, x, (v, i) => tf.where(tf.fill([2], tf.equal(i, 5)), tf.sign(v), v.mul(1.5)));
      expect(said(cut, x).join('\n')).toMatch(/it is 0 from iteration [45] on\.$/m);
      const root = times(4, x, (v, i) => tf.sqrt(v.mul(tf.toFloat(tf.notEqual(i, 2)))));
      expect(said(root, x).join('\n')).toMatch(/on its way back it is no number from iteration [23] on/);
    }),
  );
  test.each(VERSIONS)('%s, of a recurrent net', (_, within) =>
    within(() => {
      const x = tf.ones([2, 12, 3]);
      const cell = new tf.nn.rnnCell.BasicLSTMCell(4);
      const [, state] = tf.nn.dynamicRnn(cell, x, { dtype: tf.float32, sequenceLength: [12, 7] });
      sess.run(tf.globalVariablesInitializer());
      const kernel = tf.trainableVariables().find(({ name }) => name.includes('kernel'))!;
      const found = explained(tf.reduceSum((state as tf.nn.rnnCell.LSTMStateTuple).h), kernel);
      const { iterations } = hopOf(found, 'MatMul');
      expect(iterations!.map(({ iteration }) => iteration[0])).toEqual([...Array(12).keys()]);
      expect(iterations!.every(({ norm }) => norm > 0)).toBe(true);
      // The second sequence is over: half of what arrives in the last iteration is nothing.
      expect([iterations![11].zeros, iterations![6].zeros]).toEqual([0.5, 0]);
    }),
  );
  test.each(VERSIONS)('%s, that do not run', (_, within) =>
    within(() => {
      const x = tf.constant(1);
      const y = times(tf.placeholderWithDefault(tf.constant(0, tf.int32), []), x, (v) => tf.tanh(v.mul(w)));
      const found = explained(y, w);
      expect(hopOf(found, 'Tanh').iterations).toBeNull();
      expect(String(found)).toMatch(/Tanh:0 +Tanh +\(not run\)/);
    }),
  );
});
