/** The MasterService, call by call, as TensorFlow's server answers. */
import * as tf from '../../src';
import { filesIn } from '../../src/distributed/file-access';
import { serve } from '../../src/distributed/serve';
import { tensorBytes } from '../../src/format/tensor-proto';
import { apply } from '../../src/graph/apply';
import * as M from '../../src/format/master';
import { RUN_METADATA } from '../../src/format/run-messages';
import { Client, bytesOf, counter, failing, graphOf, scalar, besideServer } from './client';

let client: Client;
besideServer((made) => (client = made));
afterEach(() => client.call('Reset', {}));

test('a session is created, run, extended and closed', async () => {
  const graph = counter();
  const session = await client.open(graph);
  expect(session.handle).toMatch(/^[0-9a-f]{16}$/);
  await session.run([], {}, ['w/Assign']);
  const [y, more] = await session.run(['y:0', 'more:0'], { 'x:0': scalar(3) });
  expect([y.item(), more.item()]).toEqual([9, 4]);
  const before = graph.size;
  graph.asDefault(() => tf.multiply(graph.getTensorByName('y:0'), 2, { name: 'twice' }));
  const extend = { sessionHandle: session.handle, graphDef: bytesOf(graph, before) };
  expect(await client.call('ExtendSession', { ...extend, currentGraphVersion: 0 })).toMatchObject({
    newGraphVersion: 1,
  });
  expect((await session.run(['twice:0'], { 'x:0': scalar(3) }))[0].item()).toBe(18);
  expect(await failing(client.call('ExtendSession', { ...extend, currentGraphVersion: 0 }))).toMatchObject({
    code: 10,
  });
  await client.call('CloseSession', { sessionHandle: session.handle });
  expect(await failing(client.call('CloseSession', { sessionHandle: session.handle }))).toMatchObject({
    code: 10,
    message: `Session ${session.handle} is not found. Possibly, this master has restarted.`,
  });
  expect(await failing(session.run(['y:0'], { 'x:0': scalar(3) }))).toMatchObject({
    code: 10,
    message: `Session ${session.handle} is not found.`,
  });
});
test('sessions share their variables, but for those that ask for a state of their own', async () => {
  const [one, other, alone] = [
    await client.open(counter()),
    await client.open(counter()),
    await client.open(counter(), true),
  ];
  await one.run([], {}, ['w/Assign']);
  await one.run(['more:0'], { 'x:0': scalar(4) });
  expect((await other.run(['w/read:0']))[0].item()).toBe(5);
  expect(await failing(alone.run(['w/read:0']))).toMatchObject({ code: 9 });
  await client.call('Reset', {});
  expect(await failing(one.run(['w/read:0']))).toMatchObject({ code: 10 });
  const again = await client.open(counter());
  expect(await failing(again.run(['w/read:0']))).toMatchObject({ code: 9 });
});
test('errors have their codes, and name the node', async () => {
  const session = await client.open(counter());
  const unfed = await failing(session.run(['y:0'], {}, [], { storeErrorsInResponseBody: true }));
  expect(unfed.code).toBe(3);
  expect(unfed.message).toContain("You must feed a value for placeholder tensor 'x' with dtype float");
  expect(unfed.message).toContain('[[{{node x}}]]');
  expect(await failing(session.run(['z:0']))).toMatchObject({ code: 5, message: 'FetchOutputs node z:0: not found' });
  expect(await failing(session.run(['y:7'], { 'x:0': scalar(1) }))).toMatchObject({
    code: 3,
    message: 'FetchOutputs y:7: output index too large, must be < 1',
  });
  expect(await failing(session.run(['y:0'], { 'x:7': scalar(1) }))).toMatchObject({
    code: 3,
    message: 'FeedInputs: x:7 should have output index < 1',
  });
  expect(await failing(session.run(['y:0'], { 'z:0': scalar(1) }))).toMatchObject({
    code: 5,
    message: 'FeedInputs: unable to find feed output z:0',
  });
  expect(await failing(session.run([], {}, ['nothing']))).toMatchObject({
    code: 5,
    message: expect.stringMatching(/^PruneForTargets: Some target nodes not found: nothing ?$/) as string,
  });
  // A target may be named by one of its ends.
  expect(await session.run([], { 'x:0': scalar(1) }, ['y:0'])).toEqual([]);
  expect(await failing(session.run(['x:0'], { 'x:0': scalar(1) }))).toMatchObject({
    code: 3,
    message: 'x:0 is both fed and fetched.',
  });
  expect(await failing(session.run(['y:0'], { 'x:0': new tf.NDArray(tf.int32, [], Int32Array.of(1)) }))).toMatchObject({
    code: 13,
    message: expect.stringMatching(
      /^Output 0 of type int32 does not match declared output type float for node \{\{node _recv_x_0\}\}/,
    ) as string,
  });
  expect(await failing(client.bytes('Nothing', new Uint8Array(0)))).toMatchObject({ code: 12 });
  expect(await failing(client.bytes('RunStep', Uint8Array.of(255, 255, 255)))).toMatchObject({ code: 3 });
});
test('what is not known comes in, and is an error for what needs it, with all its types', async () => {
  const graph = counter();
  const def = graph.asGraphDef();
  const node = def.node.find(({ name }) => name === 'y')!;
  const strange = (name: string, op: string, ...input: string[]) => ({ ...node, name, op, input });
  const message = new tf.GraphDef({
    ...def,
    nodes: [...def.node, strange('a', 'Foo', 'x'), strange('b', 'Bar', 'a', 'y'), strange('c', 'Square', 'b')],
  });
  const { sessionHandle } = await client.call('CreateSession', { graphDef: message.serializeToString() });
  const run = (...fetch: string[]) =>
    client.call('RunStep', {
      sessionHandle,
      fetch,
      feed: [M.NAMED_TENSOR.make({ name: 'x:0', tensor: tensorBytes(scalar(2)) })],
    });
  expect((await run('y:0')).tensor).toHaveLength(1);
  const error = await failing(run('c:0'));
  expect(error.code).toBe(5);
  expect(error.message).toContain("Op type not registered 'Foo' in binary");
  expect(error.message).toContain("nor 'Bar', of 'b'");
});
test('partial runs, callables, devices and traces', async () => {
  const graph = graphOf(() => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => tf.placeholder(tf.float32, [], { name }));
    tf.multiply(tf.add(a, b, { name: 'sum' }), c, { name: 'product' });
  });
  const session = await client.open(graph);
  const { partialRunHandle } = await client.call('PartialRunSetup', {
    sessionHandle: session.handle,
    feed: ['a:0', 'b:0', 'c:0'],
    fetch: ['sum:0', 'product:0'],
  });
  // A part may bring a feed and ask for nothing; a run may not.
  expect(await session.run([], { 'a:0': scalar(1) }, [], { partialRunHandle })).toEqual([]);
  expect(await failing(session.run([], { 'a:0': scalar(1) }))).toMatchObject({ code: 3 });
  const [sum] = await session.run(['sum:0'], { 'b:0': scalar(2) }, [], { partialRunHandle });
  const [product] = await session.run(['product:0'], { 'c:0': scalar(5) }, [], { partialRunHandle });
  expect([sum.item(), product.item()]).toEqual([3, 15]);
  expect(await failing(session.run(['sum:0'], {}, [], { partialRunHandle }))).toMatchObject({
    code: 3,
    message: 'Must run PartialRunSetup before performing partial runs',
  });
  const options = M.CALLABLE_OPTIONS.make({ feed: ['b:0', 'a:0', 'c:0'], fetch: ['product:0'] });
  const { handle } = await client.call('MakeCallable', { sessionHandle: session.handle, options });
  const feed = [2, 1, 7].map((x) => tensorBytes(scalar(x)));
  const called = await client.call('RunCallable', { sessionHandle: session.handle, handle, feed });
  expect(called.fetch).toHaveLength(1);
  await client.call('ReleaseCallable', { sessionHandle: session.handle, handle });
  expect(await failing(client.call('RunCallable', { sessionHandle: session.handle, handle, feed }))).toMatchObject({
    code: 3,
  });
  const tensorConnection = [M.CALLABLE_OPTIONS.write({ feed: ['a:0'], fetch: ['b:0'] })];
  const joined = { sessionHandle: session.handle, options: { ...options, tensorConnection } };
  expect(await failing(client.call('MakeCallable', joined))).toMatchObject({ code: 12 });
  const { localDevice } = await client.call('ListDevices', {});
  expect(localDevice).toMatchObject([{ name: '/job:local/replica:0/task:0/device:CPU:0', deviceType: 'CPU' }]);
  const traced = (traceLevel: number) =>
    client.call('RunStep', {
      sessionHandle: session.handle,
      fetch: ['sum:0'],
      feed: ['a:0', 'b:0'].map((name) => M.NAMED_TENSOR.make({ name, tensor: tensorBytes(scalar(1)) })),
      options: M.RUN_OPTIONS.make({ traceLevel }),
    });
  const { nodeStats } = RUN_METADATA.read((await traced(3)).metadata).stepStats!.devStats[0];
  const [sumStats] = nodeStats.filter(({ nodeName }) => nodeName === 'sum');
  // What Python's timelines draw of memory.
  expect(sumStats.output[0].tensorDescription).toMatchObject({
    allocationDescription: { requestedBytes: 4, allocatorName: 'cpu' },
  });
  for (const level of [0, 1, 2]) expect((await traced(level)).metadata).toHaveLength(0);
});

/** A loop that never ends. */
const FOREVER = `
  node { name: "one" op: "Const" ${attrs('dtype')}
    attr { key: "value" value { tensor { dtype: DT_INT32 tensor_shape {} int_val: 1 } } } }
  node { name: "enter" op: "Enter" input: "one" ${attrs('T')} attr { key: "frame_name" value { s: "f" } } }
  node { name: "merge" op: "Merge" input: "enter" input: "next" ${attrs('T')} attr { key: "N" value { i: 2 } } }
  node { name: "true" op: "Const" input: "^merge" attr { key: "dtype" value { type: DT_BOOL } }
    attr { key: "value" value { tensor { dtype: DT_BOOL tensor_shape {} bool_val: true } } } }
  node { name: "cond" op: "LoopCond" input: "true" }
  node { name: "switch" op: "Switch" input: "merge" input: "cond" ${attrs('T')} }
  node { name: "next" op: "NextIteration" input: "switch:1" ${attrs('T')} }
  node { name: "exit" op: "Exit" input: "switch" ${attrs('T')} }`;
function attrs(name: string): string {
  return `attr { key: "${name}" value { type: DT_INT32 } }`;
}
test('a deadline of the call, or of the step, ends a loop that goes on and on', async () => {
  const graphDef = tf.GraphDef.fromText(FOREVER).serializeToString();
  const { sessionHandle } = await client.call('CreateSession', { graphDef });
  const request = { sessionHandle, fetch: ['exit:0'] };
  expect(await failing(client.call('RunStep', request, { timeout: '300m' }))).toMatchObject({ code: 4 });
  const options = M.RUN_OPTIONS.make({ timeoutInMs: 200 });
  expect(await failing(client.call('RunStep', { ...request, options }))).toMatchObject({ code: 4 });
  expect((await client.call('RunStep', { sessionHandle, fetch: ['one:0'] })).tensor).toHaveLength(1);
});
test('tensors that tfdbg is to watch are refused, in a run and in a callable', async () => {
  const { handle: sessionHandle } = await client.open(graphOf(() => tf.constant(1, { name: 'one' })));
  // debug_options { debug_tensor_watch_opts {} }, as Python writes it, and debug_options {}.
  const [watching, empty] = [
    [0x32, 2, 0x22, 0],
    [0x32, 0],
  ].map((bytes) => M.RUN_OPTIONS.read(Uint8Array.from(bytes)));
  const request = { sessionHandle, fetch: ['one:0'] };
  expect((await client.call('RunStep', { ...request, options: empty })).tensor).toHaveLength(1);
  const runOptions = watching;
  const options = M.CALLABLE_OPTIONS.make({ fetch: ['one:0'], runOptions });
  const { handle } = await client.call('MakeCallable', { sessionHandle, options });
  for (const call of [
    client.call('RunStep', { ...request, options: watching }),
    client.call('RunCallable', { sessionHandle, handle }),
  ])
    expect(await failing(call)).toMatchObject({ code: 12, message: expect.stringContaining('debug_options watches') });
});
test('a graph may name the task of its server, and a reset without containers leaves those with names', async () => {
  const serving = await serve({ port: 0, host: '127.0.0.1', files: filesIn(null), task: { job: 'worker', index: 2 } });
  const client = new Client(serving.port);
  const device = '/job:worker/replica:0/task:2';
  const there = graphOf(() => tf.device('/job:worker/task:3', () => tf.constant(3, { name: 'there' })));
  const graph = () =>
    graphOf(() => {
      tf.device(`${device}/device:CPU:0`, () => tf.constant(1, { name: 'here' }));
      tf.device('/task:2', () => tf.constant(2, { name: 'task' }));
      new tf.Variable(4, { name: 'plain' });
      const kept = { dtype: tf.float32, shape: new tf.TensorShape([]), container: 'kept' };
      apply('Assign', [apply('VariableV2', [], kept, 'kept'), 5], {}, 'kept/Assign');
    });
  const options = { traceLevel: 3, timeoutInMs: 0 };
  const session = await client.open(graph());
  const { metadata } = await client.call('RunStep', {
    sessionHandle: session.handle,
    fetch: ['here:0', 'task:0'],
    options: M.RUN_OPTIONS.make(options),
  });
  expect(RUN_METADATA.read(metadata!).stepStats?.devStats.map((each) => each.device)).toEqual([
    `${device}/device:CPU:0`,
  ]);
  const { localDevice } = await client.call('ListDevices', { sessionHandle: session.handle });
  expect(localDevice.map(({ name }) => name)).toEqual([`${device}/device:CPU:0`]);
  const { message } = await failing((await client.open(there)).run(['there:0']));
  expect(message).toContain(`assigned to /job:worker/task:3 but available devices are [ ${device}/device:CPU:0 ].`);
  await session.run([], {}, ['plain/Assign', 'kept/Assign']);
  await client.call('Reset', {});
  const again = await client.open(graph());
  expect((await again.run(['kept:0']))[0].item()).toBe(5);
  expect(await failing(again.run(['plain:0']))).toMatchObject({ code: 9 });
  await client.call('Reset', { container: ['kept'] });
  expect(await failing((await client.open(graph())).run(['kept:0']))).toMatchObject({ code: 9 });
  client.close();
  await serving.close();
});
