/** Sessions on a server, as a program has them, beside the same sessions in this process. */
import * as tf from '../../src';
import { CONNECT } from '../../src/distributed/channel';
import { configMessage } from '../../src/distributed/remote-values';
import * as M from '../../src/format/master';
import { checkConfig } from '../../src/session/config';
import { added, programs } from '../flow/effects';
import { type Server, startServer } from './server';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
beforeEach(() => tf.resetDefaultGraph());

const open = (target = server.target): tf.Session => new tf.Session(target, { config: { isolateSessionState: true } });
const X = Array.from({ length: 32 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
const Y = X.map(([a, b]) => [2 * a - b]);

/** Losses of a training, and the weights after it. */
function trained(target: string): unknown[] {
  tf.resetDefaultGraph();
  tf.setRandomSeed(3);
  const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
  const y = tf.placeholder(tf.float32, [null, 1], { name: 'y' });
  const w = new tf.Variable(tf.randomNormal([2, 1]), { name: 'w' });
  const loss = tf.reduceMean(tf.square(tf.matmul(x, w).sub(y)));
  const step = new tf.train.AdamOptimizer(0.1).minimize(loss);
  const sess = open(target);
  sess.run(tf.globalVariablesInitializer());
  const losses = Array.from({ length: 40 }, () => sess.run([loss, step], { 'x:0': X, 'y:0': Y })[0]);
  const weights = sess.run(w).toArray();
  sess.close();
  return [...losses, weights];
}
test('a training gives the bits that it gives in this process', () => {
  expect(trained(server.target)).toEqual(trained(''));
});
test('functions change there what they change in TensorFlow', () => {
  // A prime number of them, so that each caller is among them.
  for (const { title, graph, adds } of programs.filter((_, i) => i % 13 === 0)) {
    const sess = new tf.Session(server.target, { graph: graph(), config: { isolateSessionState: true } });
    for (const [fetch, each] of adds)
      expect([title, fetch, added(sess, fetch, [1, 4])]).toEqual([title, fetch, [each, each.map((v) => v * 4)]]);
    sess.close();
  }
});
test('values of every dtype go there and back', () => {
  const sess = open();
  const values: readonly (readonly [tf.DType, unknown])[] = [
    [tf.float32, [1.5, -0, NaN, Infinity]],
    [tf.float64, [1e300, Math.PI]],
    [
      tf.int32,
      [
        [1, -2],
        [3, 2 ** 31 - 1],
      ],
    ],
    [tf.int64, [2n ** 62n, -1n]],
    [tf.uint8, [0, 255]],
    [tf.bool, [true, false]],
    [tf.string, ['a', '', 'ä€😀', 'x'.repeat(300)]],
    [tf.float16, [1.5, 65504]],
    [tf.complex64, [1, 2]],
  ];
  for (const [dtype, value] of values) {
    const x = tf.placeholder(dtype, null);
    const here = tf.constant(value as number[], dtype);
    const fed = new tf.Session();
    const array = fed.run(here);
    fed.close();
    const back = sess.run(tf.identity(x), { [x.name]: array as tf.FeedValue });
    expect(back).toEqual(array);
  }
  sess.close();
});
test.each([tf.float32, tf.float64, tf.int32])(
  'what was fed in %s stays when the memory of its request is used again',
  (dtype) => {
    const sess = open();
    const x = tf.placeholder(dtype, [20_000], { name: 'x' });
    const v = new tf.Variable(tf.zeros([20_000], dtype), { name: 'v' });
    const queue = new tf.FIFOQueue(4, [dtype], [[20_000]]);
    const [assign, enqueue, take, same] = [v.assign(x), queue.enqueue([x]), queue.dequeue(), tf.identity(x)];
    const dataOf = (n: number): number[] => Array.from({ length: 20_000 }, (_, i) => n + (i % 7));
    const ran = (fetch: tf.Tensor | tf.Variable): unknown => (sess.run(fetch) as tf.NDArray).toArray();
    sess.run(v.initializer);
    sess.run([assign.op, enqueue], { 'x:0': dataOf(1) });
    for (let n = 2; n < 8; n++) expect(sess.run(same, { 'x:0': dataOf(n) }).toArray()).toEqual(dataOf(n));
    sess.run(enqueue, { 'x:0': dataOf(50) });
    for (let n = 2; n < 6; n++) sess.run(same, { 'x:0': dataOf(n) });
    expect([ran(v), ran(take as tf.Tensor), ran(take as tf.Tensor)]).toEqual([dataOf(1), dataOf(1), dataOf(50)]);
    sess.close();
  },
);
test('a graph that grows is sent on, and a scalar is a number', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  const sess = open();
  expect(sess.run(x.mul(2), { 'x:0': 4 })).toBe(8);
  expect(sess.run(x.mul(3), { 'x:0': 4 })).toBe(12);
  expect(sess.run({ a: x.add(1), b: [x.sub(1)] }, { 'x:0': 4 })).toEqual({ a: 5, b: [3] });
  sess.close();
});
test('errors are those of this process, with the line of the script', () => {
  const x = tf.placeholder(tf.float32, [null], { name: 'x' });
  const taken = tf.gather(x, [5], { name: 'taken' });
  const sess = open();
  const error = failing(() => sess.run(taken, { 'x:0': [1, 2] }));
  expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
  expect((error as tf.errors.OpError).op).toBe(taken.op);
  expect(error.message).toMatch(
    /^indices\[0\] = 5 is not in \[0, 2\)\n\t \[\[node taken \(defined at .*remote\.test\.ts:\d+:\d+\)/,
  );
  expect(failing(() => sess.run(x))).toBeInstanceOf(tf.errors.InvalidArgumentError);
  expect(sess.run(x, { 'x:0': [1] }).toArray()).toEqual([1]);
  sess.close();
  expect(failing(() => sess.run(x, { 'x:0': [1] })).message).toContain('Attempted to use a closed Session');
});
test('runs in parts, callables, traces and fifty runs at once', async () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => tf.placeholder(tf.float32, [], { name }));
  const sum = a.add(b);
  const product = sum.mul(c);
  const sess = open();
  const handle = sess.partialRunSetup([sum, product], [a, b, c]);
  expect(sess.partialRun(handle, sum, { 'a:0': 1, 'b:0': 2 })).toBe(3);
  expect(sess.partialRun(handle, product, { 'c:0': 10 })).toBe(30);
  expect(sess.makeCallable(product, [c, b, a])(2, 3, 4)).toBe(14);
  const runMetadata = new tf.RunMetadata();
  sess.run(sum, { 'a:0': 1, 'b:0': 2 }, { options: new tf.RunOptions({ traceLevel: 3 }), runMetadata });
  expect(runMetadata.stepStats!.nodes.map((node) => node.nodeName)).toContain(sum.op.name);
  const many = await Promise.all(Array.from({ length: 50 }, (_, i) => sess.runAsync(sum, { 'a:0': i, 'b:0': 1 })));
  expect(many).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  const controller = new AbortController();
  controller.abort();
  await expect(sess.runAsync(sum, { 'a:0': 1, 'b:0': 1 }, { signal: controller.signal })).rejects.toBeInstanceOf(
    tf.errors.CancelledError,
  );
  sess.close();
});
test('sessions that ask for it share their variables', () => {
  const w = new tf.Variable(1, { name: 'shared' });
  const more = w.assignAdd(1);
  const [one, other] = [new tf.Session(server.target), new tf.Session(server.target)];
  one.run(w.initializer);
  one.run(more);
  expect(other.run(w)).toBe(2);
  one.close();
  expect(other.run(w)).toBe(2);
  other.close();
});
test('a server that is not there, or not any more, is UnavailableError', async () => {
  CONNECT.withinMs = 500;
  const x = tf.constant(1);
  const nobody = new tf.Session('grpc://127.0.0.1:1');
  const started = Date.now();
  const error = failing(() => nobody.run(x));
  expect(error).toBeInstanceOf(tf.errors.UnavailableError);
  expect(error.message).toContain('failed to connect to all addresses: 127.0.0.1:1');
  expect(Date.now() - started).toBeGreaterThan(400);
  nobody.close();
  const another = await startServer();
  const sess = new tf.Session(another.target);
  expect(sess.run(x)).toBe(1);
  another.process.kill('SIGKILL');
  await new Promise((gone) => another.process.once('exit', gone));
  expect(failing(() => sess.run(x))).toBeInstanceOf(tf.errors.UnavailableError);
  sess.close();
});
test('a server is told how it may rewrite the graph, in the bytes of TensorFlow', () => {
  const optimizerOptions = new tf.OptimizerOptions({ optLevel: tf.OptimizerOptions.L0 });
  const rewriteOptions = { disableMetaOptimizer: true, optimizers: ['pruning'] };
  const proto = new tf.ConfigProto({ graphOptions: new tf.GraphOptions({ optimizerOptions, rewriteOptions }) });
  const plain = { graphOptions: { optimizerOptions: { optLevel: -1 }, rewriteOptions } };
  const told = [proto, plain].map((config) => [...M.CONFIG.write(configMessage(checkConfig(config)))]);
  const wanted = [...proto.serializeToString()];
  expect(told).toEqual([wanted, wanted]);
  expect(M.CONFIG.write(configMessage(checkConfig({ graphOptions: { constantFolding: false } })))).toHaveLength(0);
  const sess = new tf.Session(server.target, { config: proto });
  const x = tf.constant(1);
  expect(sess.run(x)).toBe(1);
  const options = { debugOptions: { debugTensorWatchOpts: [{ nodeName: 'x' }] } };
  expect(failing(() => sess.run(x, {}, { options }))).toBeInstanceOf(tf.errors.UnimplementedError);
  sess.close();
});
test('what can be had in this process alone is said to be so', () => {
  const config = { checkNumerics: true };
  const made = (): tf.Session => new tf.Session(server.target, { config });
  expect(made).toThrow(tf.errors.UnimplementedError);
  expect(made).toThrow(
    `config.checkNumerics looks into the runs of this process, and ${server.target} runs this graph.`,
  );
  const sess = open();
  const called = tf.pyFunc((x) => x, [tf.constant(1)], tf.float32);
  expect(failing(() => sess.run(called)).message).toMatch(
    /callback \S+ is not found[^]*\n {2}fix: a function is its program's own.* run the function in the client[^\n]*$/,
  );
  sess.close();
});
test('a target that is none', () => {
  for (const target of ['localhost:2222', 'http://x', 'grpc://', 'GRPC'])
    expect(failing(() => new tf.Session(target)).message).toContain(
      "a server has a target like 'grpc://127.0.0.1:2222'",
    );
});

function failing(body: () => unknown): Error {
  try {
    body();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}
