/** What a server gives at most: who asks for more is told which limit it was and what helps, and others go on. */
import { connect } from 'node:net';
import * as tf from '../../src';
import { filesIn } from '../../src/distributed/file-access';
import { GrpcServer } from '../../src/distributed/grpc';
import { type Serving, serve } from '../../src/distributed/serve';
import { Client, type Opened, failing, graphOf, scalar } from './client';

let serving: Serving;
let client: Client;
const LIMITS = { maxMessageMb: 8, maxStepMb: 64, maxSessions: 4, maxOpenSteps: 3 };
beforeAll(async () => {
  serving = await serve({ port: 0, host: '127.0.0.1', files: filesIn(null), limits: LIMITS });
  client = new Client(serving.port);
});
afterAll(async () => {
  client.close();
  await serving.close();
});
afterEach(() => client.call('Reset', {}));

const EXHAUSTED = 8;
/** Values of many megabytes, made of few. */
const graph = graphOf(() => {
  const n = tf.placeholder(tf.int32, [], { name: 'n' });
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  const large = tf.fill([n, 1024], x, { name: 'large' });
  const several = Array.from({ length: 8 }, (_, i) => tf.add(large, i));
  tf.reduceSum(tf.addN(several), { name: 'sum' });
  tf.reduceSum(tf.add(tf.add(large, 1), 1), { name: 'less' });
  const body = (i: tf.Tensor, sum: tf.Tensor): tf.Tensor[] => [
    tf.add(i, 1),
    tf.add(sum, tf.reduceSum(tf.add(tf.fill([n, 1024], x), 1))),
  ];
  tf.identity(tf.whileLoop((i: tf.Tensor) => tf.less(i, 40), body, [tf.constant(0), tf.zeros([])])[1], {
    name: 'rounds',
  });
  const kept = tf.mapFn((each) => tf.add(tf.fill([n, 1024], x), each), tf.zeros([40]));
  tf.reduceSum(kept, { name: 'kept' });
  const texts = Array.from({ length: 12 }, (_, i) => tf.constant(String(i)));
  const doubled = texts.reduce((a, b) => tf.stringJoin([a, a, b]), tf.placeholder(tf.string, [], { name: 'text' }));
  tf.equal(doubled, 'a', { name: 'length' });
});
const run = async (session: Opened, fetch: string, rows: number): Promise<number> => {
  const n = new tf.NDArray(tf.int32, [], Int32Array.of(rows));
  const [got] = await session.run([fetch], { 'n:0': n, 'x:0': scalar(1) });
  return Number(got.item());
};

describe('memory of a step', () => {
  test('is refused where it is too much together, and the step before and behind it goes on', async () => {
    const session = await client.open(graph, true);
    for (let i = 0; i < 30; i++) expect(await run(session, 'sum:0', 100)).toBe(100 * 1024 * (8 + 28));
    const error = await failing(run(session, 'sum:0', 2500));
    expect(error.code).toBe(EXHAUSTED);
    expect(error.message).toMatch(/^OOM when allocating tensor with shape\[2500,1024\] and type float/);
    expect(error.message).toContain('a step on this server may hold 64 MB (--max-step-mb');
    expect(await run(session, 'sum:0', 100)).toBe(100 * 1024 * (8 + 28));
  });
  test('is what is held at the same time: what is gone is not counted', async () => {
    const session = await client.open(graph, true);
    expect(await run(session, 'less:0', 5000)).toBe(5000 * 1024 * 3);
    // 40 times 20 MB.
    expect(await run(session, 'rounds:0', 2500)).toBe(40 * 2 * 2500 * 1024);
    expect(await failing(run(session, 'kept:0', 2500))).toMatchObject({ code: EXHAUSTED });
    expect(await run(session, 'kept:0', 100)).toBe(40 * 100 * 1024);
  });
  test('is asked for before it is taken, where a tensor alone is too large', async () => {
    const session = await client.open(graph, true);
    const before = process.memoryUsage().rss;
    const error = await failing(run(session, 'less:0', 2 ** 18));
    expect(error.code).toBe(EXHAUSTED);
    expect(error.message).toContain('--max-step-mb');
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 29);
  });
  test('counts texts by their length', async () => {
    const session = await client.open(graph, true);
    const text = (length: number) => ({ 'text:0': new tf.NDArray(tf.string, [], ['a'.repeat(length)]) });
    expect((await session.run(['length:0'], text(100)))[0].item()).toBe(false);
    expect(await failing(session.run(['length:0'], text(40_000)))).toMatchObject({ code: EXHAUSTED });
  });
});

test('a request that says that it is too long is refused before it comes', async () => {
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(9 * 2 ** 20, 1);
  const error = await failing(client.bytes('RunStep', new Uint8Array(0), { frame }));
  expect(error.code).toBe(EXHAUSTED);
  expect(error.message).toBe(
    'Received message larger than max (9437184 vs. 8388608)\n  fix: feed less at a time, or start the server with a ' +
      'larger --max-message-mb (maxMessageMb of a tf.train.Server).',
  );
  const lies = Buffer.concat([Buffer.of(0, 0, 0, 0, 4), Buffer.alloc(2 ** 22)]);
  expect(await failing(client.bytes('RunStep', new Uint8Array(0), { frame: lies }))).toMatchObject({ code: 13 });
});
test('sessions are as many as there may be', async () => {
  const open = [];
  for (let i = 0; i < 4; i++) open.push(await client.open(graph, true));
  const error = await failing(client.open(graph, true));
  expect(error.code).toBe(EXHAUSTED);
  expect(error.message).toMatch(
    /^This server has 4 sessions open\n {2}fix: close some, or reset it, or start .*--max-s/,
  );
  await client.call('CloseSession', { sessionHandle: open[0].handle });
  await client.open(graph, true);
  expect(await run(open[1], 'less:0', 1)).toBe(3072);
});
test('partial runs that are not over are as many as steps may be open', async () => {
  const [one, other] = [await client.open(graph, true), await client.open(graph, true)];
  const setUp = ({ handle }: Opened) =>
    client.call('PartialRunSetup', { sessionHandle: handle, feed: ['n:0', 'x:0'], fetch: ['less:0'] });
  for (let i = 0; i < 3; i++) await setUp(one);
  const error = await failing(setUp(other));
  expect(error.code).toBe(EXHAUSTED);
  expect(error.message).toContain('--max-open-steps');
  await client.call('CloseSession', { sessionHandle: one.handle });
  expect((await setUp(other)).partialRunHandle).not.toBe('');
});
test('calls that are open are as many as there may be, and half-sent requests are none', async () => {
  const path = '/tensorflow.MasterService/RunStep';
  const waiting: (() => void)[] = [];
  const unary = (): Promise<Uint8Array[]> => new Promise((done) => waiting.push(() => done([])));
  const options = {
    maxRequestBytes: 100,
    heldBytes: 2 ** 21,
    maxOpenCalls: 3,
    requestTimeoutInMs: 600,
    keepAliveInMs: 10_000,
  };
  const server = new GrpcServer(new Map([[path, unary]]), options);
  const own = new Client(await server.listen(0, '127.0.0.1'));
  const none = new Uint8Array(0);
  const half = Array.from({ length: 20 }, () => failing(own.bytes('RunStep', none, { halfSent: Buffer.of(0, 0) })));
  const open = Array.from({ length: 3 }, () => own.bytes('RunStep', none));
  while (waiting.length < 3) await new Promise((later) => setTimeout(later, 5));
  const error = await failing(own.bytes('RunStep', none));
  expect(error.code).toBe(EXHAUSTED);
  expect(error.message).toMatch(
    /^This server has 3 calls open\n {2}fix: wait for some of them, or .* --max-open-steps/,
  );
  for (const end of waiting) end();
  await Promise.all(open);
  // A request that does not come ends, and what it held is free again.
  expect(new Set((await Promise.all(half)).map(({ code }) => code))).toEqual(new Set([4]));
  const many = Array.from({ length: 200 }, () => failing(own.bytes('RunStep', none, { halfSent: Buffer.of(0, 0) })));
  expect(new Set((await Promise.all(many)).map(({ code }) => code))).toEqual(new Set([4, EXHAUSTED]));
  waiting.length = 0;
  const last = own.bytes('RunStep', none);
  while (!waiting.length) await new Promise((later) => setTimeout(later, 5));
  waiting[0]();
  await last;
  own.close();
  await server.close();
});
test('a connection that broke the protocol, or from which nothing comes, is ended, and others go on', async () => {
  const short = await serve({ port: 0, host: '127.0.0.1', files: filesIn(null), keepAliveInMs: 150 });
  const own = new Client(short.port);
  const session = await own.open(graph, true);
  const sockets = BROKEN.map((bytes) => {
    const socket = connect(short.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(bytes);
    return new Promise((ended) => socket.once('close', ended));
  });
  await Promise.all(sockets);
  expect(await run(session, 'less:0', 1)).toBe(3072);
  own.close();
  await short.close();
});
/** A preface and settings, and a header that is none; half a preface; nothing. */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 'latin1');
const BROKEN = [
  Buffer.concat([PREFACE, Buffer.of(0, 0, 4, 1, 4, 0, 0, 0, 1, 255, 255, 255, 255)]),
  PREFACE.subarray(0, 10),
  Buffer.alloc(0),
];
