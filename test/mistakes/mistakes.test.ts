/** What mistakes are told (in the files beside it), and what is printed where nothing is wrong. */
import { inspect } from 'node:util';
import * as tf from '../../src';
import { pythonLine } from '../../src/base/python-words';
import { FIRST_COURSE } from './first-course';
import { HABITS } from './habits';
import { LATER } from './later';
import { MISTAKES as EARLIER } from './list';

const MISTAKES = [...EARLIER, ...LATER, ...FIRST_COURSE, ...HABITS];

const open = (): tf.Session => new tf.Session('', { config: { device: 'portable' } });
/** What is said on stderr meanwhile. */
function heard(body: () => void): string {
  const quiet = process.env['TFJS_SESSION_QUIET'];
  delete process.env['TFJS_SESSION_QUIET'];
  const lines: string[] = [];
  const said = jest.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  try {
    body();
  } finally {
    said.mockRestore();
    if (quiet !== undefined) process.env['TFJS_SESSION_QUIET'] = quiet;
  }
  return lines.join('');
}

beforeEach(() => tf.resetDefaultGraph());
test.each(MISTAKES)('$name', ({ make, kind, says }) => {
  using sess = open();
  let text = '';
  if (kind === 'advice') text = heard(() => void make(sess));
  else
    try {
      make(sess);
    } catch (error) {
      const name = kind === 'uncaught' ? /TypeError|ReferenceError/ : kind;
      expect((error as Error).name).toMatch(name === 'TypeError' ? /TypeError|OperatorNotAllowed/ : name);
      if (kind === 'uncaught')
        for (const see of process.listeners('uncaughtExceptionMonitor')) see(error as Error, 'uncaughtException');
      text = (error as Error).message;
    }
  for (const part of says)
    if (typeof part === 'string') expect(text).toContain(part);
    else expect(text).toMatch(part);
});
test('there are more than a hundred, each with a cause or a cure beside the sentence', () => {
  expect(MISTAKES.length).toBeGreaterThanOrEqual(200);
  expect(MISTAKES.filter(({ says }) => says.length < 1).map(({ name }) => name)).toEqual([]);
});
test.each([
  ['for i in range(20000):', 'for (let i = 0;'],
  ['  def layer(x):', 'function name(x)'],
  ['elif done:', 'else if'],
  ['if step == 0:', 'if (…) { … }'],
  ['with tf.Session() as sess:', 'const sess = new tf.Session()'],
  ['import tensorflow as tf', "import * as tf from 'tfjs-session'"],
  ['print cost', 'console.log'],
  ['# the cost', '//'],
  ['for (const image of images) {', null],
  ["import * as tf from 'tfjs-session';", null],
  ['const print = 1;', null],
  ['if (done) return {', null],
])('a line of Python, %s, is told of', (line, says) => {
  if (says === null) expect(pythonLine(line)).toBeNull();
  else expect(pythonLine(line)).toContain(says);
});
test('a list of tensors is an array still', () => {
  const metric = tf.metrics.mean([1]);
  const [value, update] = metric;
  expect(Array.isArray(metric)).toBe(true);
  expect(metric.map((x) => x.shape.rank)).toEqual([0, 0]);
  expect(metric.every((x, i) => Object.is(x, [value, update][i]))).toBe(true);
  expect([metric.length, Reflect.get(metric, '2'), Reflect.get(metric, 'nothing')]).toEqual([2, undefined, undefined]);
  expect(inspect(metric)).toMatch(/^\[\n/);
});
test('advice on NaN comes once, and not where the values recover', () => {
  using sess = open();
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  const y = tf.log(x);
  expect(heard(() => [1, -1, 1, -1, -1, 1, -1, -1].forEach((v) => sess.run(y, { 'x:0': v })))).not.toContain('NaN');
  const text = heard(() => [-1, -1, -1, -1, -1, -1].forEach((v) => sess.run(y, { 'x:0': v })));
  expect(text.match(/is NaN since run/g)).toHaveLength(1);
});
test('a difference of all pairs, or of one shape, is no mistake', () => {
  using sess = open();
  const x = tf.placeholder(tf.float32, [null], { name: 'x' });
  const y = tf.placeholder(tf.float32, [null, 1], { name: 'y' });
  const pairs = tf.expandDims(x, 1).sub(x);
  const same = y.sub(y.mul(2));
  expect(heard(() => void sess.run([pairs, same], { 'x:0': [1, 2, 3], 'y:0': [[1], [2]] }))).not.toContain(
    'every row minus',
  );
});
test('what is kept, run where it is made, or found in a collection is not thrown away', () => {
  using sess = open();
  const w = new tf.Variable(1, { name: 'w' });
  const step = w.assignAdd(1);
  const several = [
    w.assign(5), // kept
    w.assign(6),
  ];
  new tf.train.Saver();
  tf.summary.scalar('w', w);
  tf.identity(w, { name: 'named' });
  sess.run(tf.globalVariablesInitializer());
  const text = heard(() => {
    sess.run(
      // on a line of its own
      w.assign(5),
    );
    w.assign(6).eval({}, sess);
    sess.run([step, several]);
  });
  expect(text).not.toContain('throws it away');
});
test('JSON of what is fetched is the nested list that is printed', () => {
  using sess = open();
  const big = tf.constant([2n ** 60n], tf.int64);
  const fetched = sess.run({ w: tf.constant([[0.94, 2]]), big, texts: tf.constant(['a']) });
  expect(JSON.stringify({ ...fetched, dtype: tf.float32 })).toBe(
    '{"w":[[0.94,2]],"big":["1152921504606846976"],"texts":["a"],"dtype":"float32"}',
  );
});
test('a session, a graph, a dtype, a shape and an optimizer are a line each in console.log', () => {
  const sess = open();
  const one = tf.constant(1, { name: 'one' });
  expect(inspect(sess)).toBe('<tf.Session of a graph of 1 operations, not run yet>');
  sess.run(one);
  expect(inspect(sess)).toBe('<tf.Session of a graph of 1 operations, on portable>');
  sess.close();
  expect(inspect(sess)).toBe('<tf.Session of a graph of 1 operations, closed>');
  expect(inspect(tf.getDefaultGraph())).toBe("<tf.Graph of 1 operations, the last: 'one'>");
  expect(inspect({ dtype: tf.float32, shape: new tf.TensorShape([null, 3]) })).toBe(
    '{ dtype: tf.float32, shape: TensorShape((?, 3)) }',
  );
  expect(inspect(new tf.train.AdamOptimizer())).toBe("<tf.train.AdamOptimizer 'Adam'>");
});
test('zero weights are named as what makes a gradient 0', () => {
  using sess = open();
  const x = tf.placeholder(tf.float32, [null, 2], { name: 'X' });
  const w1 = new tf.Variable(tf.ones([2, 3]), { name: 'W1' });
  const w2 = new tf.Variable(tf.zeros([3, 1]), { name: 'W2' });
  const cost = tf.reduceMean(tf.square(tf.matmul(tf.nn.relu(tf.matmul(x, w1)), w2).sub(1)));
  sess.run(tf.globalVariablesInitializer());
  const text = tf.explainGradient(cost, w1, { session: sess, feeds: { 'X:0': [[1, 2]] } }).toString();
  expect(text).toMatch(/it is 0 from Relu:0 on: W2 \(made at .*mistakes\.test\.ts.*\) is 0 everywhere/);
  expect(text).toContain('tf.truncatedNormal');
  expect(text).not.toContain('units that are off');
});
