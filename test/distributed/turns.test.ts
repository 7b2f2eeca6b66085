/** Runs that go round give turns back: other sessions go on, and who began such a run, or the server, can end it. */
import * as tf from '../../src';
import { filesIn } from '../../src/distributed/file-access';
import { type Serving, serve } from '../../src/distributed/serve';
import * as M from '../../src/format/master';
import { devices } from '../devices';
import { Client, type Opened, type StatusError, counter, failing, graphOf, scalar } from './client';
import { startServer } from './server';

const CANCELLED = 1;
const EXHAUSTED = 8;
function countedTo(n: tf.Tensor | number, body: (i: tf.Tensor) => tf.Tensor): tf.Tensor {
  const zero = tf.constant(0, tf.int32);
  return tf.whileLoop(
    (i: tf.Tensor) => tf.less(i, n),
    (i: tf.Tensor, k: tf.Tensor) => [body(i), k],
    [zero, zero],
  )[0];
}
/** `rounds` goes round `n` times, over vectors, as one call of TensorFlow's where a device has such; */
const loops = graphOf(() => {
  const n = tf.placeholder(tf.int32, [], { name: 'n' });
  const x = tf.placeholder(tf.float32, [20_000], { name: 'x' });
  const goesOn = (i: tf.Tensor): tf.Tensor => tf.less(i, n);
  const body = (i: tf.Tensor, y: tf.Tensor): tf.Tensor[] => [tf.add(i, 1), tf.sin(tf.add(tf.mul(y, 0.5), 1))];
  const [, y] = tf.whileLoop(goesOn, body, [tf.constant(0, tf.int32), x]);
  tf.reduceSum(y, null, { name: 'rounds' });
  // An outer loop whose inner one goes on and on;
  const inner = (i: tf.Tensor): tf.Tensor =>
    tf.add(
      i,
      tf.minimum(
        countedTo(n, (j) => tf.add(j, 1)),
        1,
      ),
    );
  tf.identity(countedTo(3, inner), { name: 'nested' });
  // one that fills an array; and one that waits in each round.
  const filled = tf.mapFn((each) => tf.add(each, 1), tf.range(n));
  tf.reduceSum(filled, null, { name: 'filled' });
  const queue = new tf.FIFOQueue({ capacity: 2, dtypes: tf.int32, shapes: [[]] });
  const passed = (i: tf.Tensor): tf.Tensor =>
    tf.controlDependencies([queue.enqueue(i)], () => tf.add(queue.dequeue() as tf.Tensor, 1));
  tf.identity(countedTo(n, passed), { name: 'passed' });
});
const LIMITS = { maxOpenSteps: 6 };
const KINDS = ['rounds', 'nested', 'passed'];
const FOREVER = 2 ** 31 - 1;
const vector = new tf.NDArray(tf.float32, [20_000], new Float32Array(20_000));
const times = (n: number): tf.NDArray => new tf.NDArray(tf.int32, [], Int32Array.of(n));
const feedsFor = (kind: string, n: number): Record<string, tf.NDArray> =>
  kind === 'rounds' ? { 'n:0': times(n), 'x:0': vector } : { 'n:0': times(n) };

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((soon) => setTimeout(soon, 10));
};

describe.each(devices())('on the $title device', ({ device }) => {
  let serving: Serving;
  let client: Client;
  let other: Client;
  beforeAll(async () => {
    serving = await serve({ port: 0, host: '127.0.0.1', device, files: filesIn(null), limits: LIMITS });
    [client, other] = [new Client(serving.port), new Client(serving.port)];
  });
  afterAll(async () => {
    client.close();
    other.close();
    await serving.close();
  });
  /** Steps of a training in another session, while others go round. */
  const train = async (steps: number): Promise<void> => {
    const session = await other.open(counter(), true);
    await session.run([], {}, ['w/Assign']);
    for (let i = 1; i <= steps; i++)
      expect((await session.run(['more:0'], { 'x:0': scalar(1) }))[0].item()).toBe(i + 1);
    await other.call('CloseSession', { sessionHandle: session.handle });
  };
  /** The run of a loop that goes on and on, and whether it is over. */
  const forever = (session: Opened, kind: string, options = {}): { error: Promise<StatusError>; isOver: boolean } => {
    const endless = { error: failing(session.run([`${kind}:0`], feedsFor(kind, FOREVER), [], options)), isOver: false };
    void endless.error.then(() => (endless.isOver = true));
    return endless;
  };

  test.each(KINDS)('%s: others go on, and its session can be closed', async (kind) => {
    const session = await client.open(loops, true);
    for (let i = 0; i < 25; i++) await session.run([`${kind}:0`], feedsFor(kind, 3));
    const endless = forever(session, kind);
    await train(20);
    // Other runs of its own session, too.
    expect(await session.run(['filled:0'], { 'n:0': times(3) })).toMatchObject([{ data: Int32Array.of(6) }]);
    expect(endless.isOver).toBe(false);
    await client.call('CloseSession', { sessionHandle: session.handle });
    expect(await endless.error).toMatchObject({ code: CANCELLED });
    expect((await endless.error).message).toContain('explicit call to `Session::Close()`');
  });
  test('a run that goes round gives what it gives alone, beside others', async () => {
    const session = await client.open(loops, true);
    const [alone] = await session.run(['rounds:0'], feedsFor('rounds', 2000));
    const ran = await Promise.all(
      [2000, 1, 2000, 500].map((n) => session.run(['rounds:0', 'nested:0'], feedsFor('rounds', n))),
    );
    for (const at of [0, 2]) expect(ran[at].map((each) => each.item())).toEqual([alone.item(), 3]);
    await client.call('CloseSession', { sessionHandle: session.handle });
  });
  test('what takes longer than one call may goes on in steps, and others with it', async () => {
    const session = await client.open(loops, true);
    // The sines come to rest.
    const [still] = await session.run(['rounds:0'], feedsFor('rounds', 500));
    for (let i = 0; i < 25; i++) await session.run(['rounds:0'], feedsFor('rounds', 3));
    const long = session.run(['rounds:0'], feedsFor('rounds', 8000));
    await train(5);
    expect((await long)[0].item()).toBe(still.item());
    await client.call('CloseSession', { sessionHandle: session.handle });
  });
  test.each(KINDS)('%s: a client that goes away ends it', async (kind) => {
    const gone = new Client(serving.port);
    const session = await gone.open(loops, true);
    const own = await other.open(counter(), true);
    const endless = Array.from({ length: LIMITS.maxOpenSteps }, () => forever(session, kind));
    const isFull = (): Promise<boolean> =>
      own.run(['y:0'], { 'x:0': scalar(3) }).then(
        () => false,
        ({ code }: StatusError) => code === EXHAUSTED,
      );
    await until(isFull);
    gone.close();
    await Promise.all(endless.map(({ error }) => error));
    await until(async () => !(await isFull()));
    await client.call('CloseSession', { sessionHandle: session.handle });
    await client.call('CloseSession', { sessionHandle: own.handle });
  });
  test('parts of a partial run wait, and go round, while others go on', async () => {
    const session = await client.open(loops, true);
    const { handle: sessionHandle } = session;
    const setUp = { sessionHandle, feed: ['n:0', 'x:0'], fetch: ['rounds:0'], target: [] };
    const { partialRunHandle } = await client.call('PartialRunSetup', setUp);
    const endless = forever(session, 'rounds', { partialRunHandle });
    await train(20);
    expect(endless.isOver).toBe(false);
    const late = await client.call('PartialRunSetup', setUp);
    const options = M.RUN_OPTIONS.make({ timeoutInMs: 100 });
    const timed = session.run(['rounds:0'], feedsFor('rounds', FOREVER), [], { ...late, options });
    expect(await failing(timed)).toMatchObject({ code: 4 });
    await client.call('CloseSession', { sessionHandle });
    expect(await endless.error).toMatchObject({ code: CANCELLED });
  });
  test('a signal ends the server meanwhile', async () => {
    const server = await startServer(['--device', device]);
    const kept = new Client(Number(/\d+$/.exec(server.target)![0]));
    const session = await kept.open(loops, true);
    const endless = forever(session, 'rounds');
    await new Promise((soon) => setTimeout(soon, 100));
    expect(await server.stop()).toBe(143);
    await endless.error;
    kept.close();
  });
});
