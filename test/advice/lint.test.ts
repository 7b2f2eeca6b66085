/** What a session says unasked: each rule on the program it is for, silence on programs that may be right. */
import * as tf from '../../src';
import { productsOf } from '../../src/advice/estimate';
import { devices, testOn } from '../devices';
import { pattern } from '../pattern';
import { linesSaid } from '../lines-said';

const lines = linesSaid();
beforeEach(() => {
  tf.resetDefaultGraph();
});
afterEach(() => {
  while (opened.length) opened.pop()!.close();
});

const opened: tf.Session[] = [];
const open = (config: object = {}): tf.Session =>
  opened[opened.push(new tf.Session('', { config: { device: devices()[0].device, ...config } })) - 1];
function classifier({ twice = false, reduce = true, dropout = false } = {}) {
  const x = tf.placeholder(tf.float32, [null, 4], { name: 'x' });
  const y = tf.placeholder(tf.float32, [null, 3], { name: 'y' });
  const w = new tf.Variable(tf.ones([4, 3]), { name: 'w' });
  const kept = dropout ? tf.nn.dropout(x, 0.5) : x;
  const logits = tf.matmul(kept, w);
  const each = tf.nn.softmaxCrossEntropyWithLogits({ labels: y, logits: twice ? tf.nn.softmax(logits) : logits });
  const cost = reduce ? tf.reduceMean(each) : each;
  return { x, y, w, logits, cost };
}
const feeds = { 'x:0': [[1, 2, 3, 4]], 'y:0': [[1, 0, 0]] };
function train(model: { cost: tf.Tensor }, config: object = {}): tf.Session {
  const step = new tf.train.GradientDescentOptimizer(0.1).minimize(model.cost);
  const sess = open(config);
  sess.run(tf.globalVariablesInitializer());
  for (let i = 0; i < 3; i++) sess.run([step, model.cost], feeds);
  return sess;
}

test('a program without faults hears nothing', () => {
  const model = classifier();
  const sess = train(model);
  sess.run(tf.argmax(model.logits, 1), feeds);
  expect(lines).toEqual([]);
});
test('softmax into a cross entropy that takes the softmax itself', () => {
  train(classifier({ twice: true }));
  expect(lines).toEqual([
    expect.stringMatching(
      pattern(
        /^tfjs-session: .*lint\.test\.ts:\d+:\d+: the logits of '.*' come out of the softmax 'Softmax', and /,
        /the cross entropy takes the softmax itself\. Fix: .*\n$/,
      ),
    ),
  ]);
});
test('the logarithm of a softmax', () => {
  const { y, logits } = classifier();
  train({ cost: tf.reduceMean(tf.log(tf.nn.softmax(logits)).mul(y)).neg() });
  expect(lines).toEqual([expect.stringContaining("'Log' is the logarithm of a softmax")]);
});
test('a logarithm that is kept away from 0 is left alone', () => {
  const { y, logits } = classifier();
  train({ cost: tf.reduceMean(tf.log(tf.nn.softmax(logits).add(1e-7)).mul(y)).neg() });
  expect(lines).toEqual([]);
});
test('a cost that is not one number', () => {
  train(classifier({ reduce: false }));
  expect(lines).toEqual([
    expect.stringMatching(/lint\.test\.ts:\d+:\d+: the cost that is minimized has shape \(\?,\)/),
  ]);
});
test("gradients of a vector without an optimizer are nobody's mistake", () => {
  const { cost, w } = classifier({ reduce: false });
  const [g] = tf.gradients(cost, w);
  const sess = open();
  sess.run(tf.globalVariablesInitializer());
  sess.run(g as tf.Tensor, feeds);
  expect(lines).toEqual([]);
});
test('a placeholder that nothing reads, where an optimizer is at work', () => {
  const model = classifier();
  tf.placeholder(tf.float32, [], { name: 'rate' });
  train(model);
  expect(lines).toEqual([expect.stringContaining("nothing reads the placeholder 'rate'")]);
});
test('a trainable variable that nothing trains', () => {
  const model = classifier();
  new tf.Variable(1, { name: 'lonely' });
  new tf.Variable(1, { name: 'frozen', trainable: false });
  train(model);
  expect(lines).toEqual([expect.stringContaining("nothing trains the variable 'lonely', and nothing uses it")]);
});
test.each([false, true])('a variable that the script assigns by itself is trained (resource: %s)', (useResource) => {
  const model = classifier();
  const average = new tf.Variable(0, { name: 'average', useResource });
  expect(average.assignAdd(1).op.inputs[0].op).toBe(average.op);
  train(model);
  expect(lines).toEqual([]);
});
test('an initializer that was built too early', () => {
  const w = new tf.Variable(1, { name: 'w' });
  const init = tf.globalVariablesInitializer();
  new tf.Variable(1, { name: 'late' });
  open().run([init, w]);
  expect(lines).toEqual([
    expect.stringMatching(
      /this initializer was built before 'late' \(.*lint\.test\.ts:\d+:\d+\), and leaves it without a value/,
    ),
  ]);
});
test('dropout that a run chooses is left alone', () => {
  const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
  const training = tf.placeholderWithDefault(false, []);
  const y = tf.layers.dropout(x, { rate: 0.5, training });
  const step = new tf.train.GradientDescentOptimizer(0.1).minimize(tf.square(new tf.Variable(1)));
  using sess = open();
  sess.run(tf.globalVariablesInitializer());
  sess.run(step);
  sess.run(y, { 'x:0': [[1, 2]] });
  expect(lines.filter((line) => line.includes('dropout'))).toEqual([]);
});
test('dropout with a constant rate in a run that trains nothing', () => {
  const model = classifier({ dropout: true });
  const sess = train(model);
  expect(lines).toEqual([]);
  sess.run(model.logits, feeds);
  sess.run(tf.argmax(model.logits, 1), feeds);
  expect(lines).toEqual([
    expect.stringMatching(/lint\.test\.ts:\d+:\d+: dropout is active in a run that trains nothing/),
  ]);
});
test('each line is said once per session; config and environment silence it', () => {
  const model = classifier({ twice: true });
  const sess = train(model);
  sess.run(model.cost, feeds);
  sess.run(model.logits, feeds);
  expect(lines).toHaveLength(1);
  lines.length = 0;
  for (const config of [{ lint: false }, { advice: false }]) {
    const other = open(config);
    other.run(tf.globalVariablesInitializer());
    other.run(model.cost, feeds);
  }
  process.env['TFJS_SESSION_QUIET'] = '1';
  const other = open();
  other.run(tf.globalVariablesInitializer());
  other.run(model.cost, feeds);
  expect(lines).toEqual([]);
});

describe('a graph that grows in the loop', () => {
  test('one line of advice, with the line', () => {
    const x = tf.placeholder(tf.float32, []);
    const sess = open();
    sess.run(x, [[x, 1]]);
    for (let i = 0; i < 10; i++) sess.run(x.add(i), [[x, 1]]);
    expect(lines).toEqual([
      expect.stringMatching(
        /^tfjs-session: .*lint\.test\.ts:\d+:\d+ adds nodes to the graph between runs, 3 times so far/,
      ),
    ]);
  });
  test('building in steps is none', () => {
    const sess = open();
    let y: tf.Tensor = tf.constant(1);
    sess.run(y);
    y = y.add(1);
    sess.run(y);
    y = y.add(1);
    sess.run(y);
    const build = (): tf.Tensor => y.mul(2);
    sess.run(build());
    sess.run(build());
    sess.run(build());
    expect(lines).toEqual([]);
  });
  test('with strictGraph it is an error that names the line', () => {
    const x = tf.placeholder(tf.float32, []);
    const sess = open({ strictGraph: true });
    sess.run(x, [[x, 1]]);
    const loop = (): void => {
      for (let i = 0; i < 10; i++) sess.run(x.add(i), [[x, 1]]);
    };
    expect(loop).toThrow(/^The graph grows in the loop: .*lint\.test\.ts:\d+:\d+ adds nodes/);
    expect(sess.run(x, [[x, 2]])).toBe(2);
    expect(lines).toEqual([]);
  });
});

describe('a training that will be slow on the portable device', () => {
  /** Two convolutions on pictures of 14 by 14, as in the tutorial, and their optimizer. */
  function network(convolves = true): { x: tf.Tensor; step: tf.Operation } {
    const x = tf.placeholder(tf.float32, convolves ? [null, 14, 14, 32] : [null, 32], { name: 'x' });
    const w = new tf.Variable(tf.fill(convolves ? [5, 5, 32, 64] : [32, 64], 0.01));
    const y = convolves ? tf.nn.conv2d(x.add(new tf.Variable(0)), w, [1, 1, 1, 1], 'SAME') : tf.matmul(x, w);
    return { x, step: new tf.train.GradientDescentOptimizer(1e-9).minimize(tf.reduceMean(y)) };
  }
  function steps(device: 'portable' | 'native', batch: number, config: object = {}): tf.Session {
    const { x, step } = network();
    const sess = open({ device, ...config });
    sess.run(tf.globalVariablesInitializer());
    for (let i = 0; i < 2; i++) sess.run(step, [[x, new Float32Array(batch * 14 * 14 * 32)]]);
    return sess;
  }
  testOn('portable', 'one line, before the first step, with the time that it will take', () => {
    steps('portable', 30);
    expect(lines).toEqual([
      expect.stringMatching(
        pattern(
          /^tfjs-session: convolutions on the portable device: about 0\.\d+ s a step, \d+ minutes for 20,000 /,
          /steps; the native device is [a-z ]+ times as fast: npx tfjs-session install-native\n$/,
        ),
      ),
    ]);
  });
  testOn('portable', 'nothing for small ones, nor where advice is switched off', () => {
    steps('portable', 2);
    tf.resetDefaultGraph();
    steps('portable', 30, { advice: false });
    expect(lines).toEqual([]);
  });
  testOn('native', 'nothing on the native device', () => {
    steps('native', 30);
    expect(lines).toEqual([]);
  });
  testOn('portable', 'the products of a step are counted, forwards and backwards', () => {
    const { x, step } = network(false);
    const plan = {
      steps: tf
        .getDefaultGraph()
        .getOperations()
        .map((op) => ({ op })),
      request: { fetches: [], targets: [step], feeds: [x] },
    };
    // One forwards; both derivatives are computed at once, as gate_gradients wants it.
    expect(productsOf(plan as never, [[10, 32]])).toBe(3 * 10 * 32 * 64);
    expect(productsOf(plan as never, [[10, 31]])).toBe(0);
  });
});
