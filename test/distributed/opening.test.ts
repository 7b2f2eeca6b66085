/** A session on a server is opened by its first run; one that is asked for a promise stands nowhere still. */
import { type Server as NetServer, createServer, type AddressInfo } from 'node:net';
import * as tf from '../../src';
import { type Server, startServer } from './server';

let server: Server;
let silent: NetServer;
let nowhere: string;
beforeAll(async () => {
  server = await startServer();
  // Takes connections and says nothing.
  silent = createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready));
  nowhere = `grpc://127.0.0.1:${(silent.address() as AddressInfo).port}`;
});
afterAll(async () => {
  silent.close();
  await server.stop();
});
beforeEach(() => tf.resetDefaultGraph());
const isolated = { config: { isolateSessionState: true } };

test('the program goes on while a server does not answer, and each run has its own patience', async () => {
  const x = tf.constant(1);
  const sess = new tf.Session(nowhere);
  const started = performance.now();
  const first = sess.runAsync(x, {}, { options: { timeoutInMs: 60_000 } });
  const second = sess.runAsync(x, {}, { options: { timeoutInMs: 300 } });
  const controller = new AbortController();
  const third = sess.runAsync(x, {}, { signal: controller.signal });
  expect(performance.now() - started).toBeLessThan(250);
  await expect(second).rejects.toThrow(tf.errors.DeadlineExceededError);
  controller.abort();
  await expect(third).rejects.toThrow(tf.errors.CancelledError);
  sess.close();
  await expect(first).rejects.toThrow(tf.errors.CancelledError);
});
test('runs that are asked for at once share the session, and what is fed is what it was then', async () => {
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  const w = new tf.Variable([1, 1], { name: 'w', dtype: tf.float32 });
  const y = x.mul(2);
  const sess = new tf.Session(server.target, isolated);
  const fed = Float32Array.of(1, 2);
  const runs = [sess.runAsync(y, { 'x:0': fed }), sess.runAsync(w.initializer), sess.runAsync(y, { 'x:0': fed })];
  fed.fill(100);
  // Stands still until the session is open, and finds all of it.
  sess.run(w.initializer);
  expect(sess.run(w).toArray()).toEqual([1, 1]);
  const [a, , b] = (await Promise.all(runs)) as [tf.NDArray, null, tf.NDArray];
  expect([a.toArray(), b.toArray()]).toEqual([
    [2, 4],
    [2, 4],
  ]);
  sess.close();
});
test('a graph that grows between runs that are on their way', async () => {
  const sess = new tf.Session(server.target, isolated);
  let total: tf.Tensor = tf.constant(1);
  const runs = Array.from({ length: 20 }, () => {
    total = tf.add(total, 1);
    return sess.runAsync(total);
  });
  expect(await Promise.all(runs)).toEqual(Array.from({ length: 20 }, (_, i) => i + 2));
  expect(sess.run(total.mul(2))).toBe(42);
  sess.close();
});
test('a session that cannot be opened is an error of every run, and is tried again by the next', async () => {
  const sess = new tf.Session('grpc://127.0.0.1:1', { config: { operationTimeoutInMs: 200 } });
  const x = tf.constant(1);
  const all = await Promise.allSettled([sess.runAsync(x), sess.runAsync(x)]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(sess.runAsync(x)).rejects.toThrow(tf.errors.DeadlineExceededError);
  sess.close();
});
