/** A graph of TensorFlow 2.21's client, of record/newer.py: what is newer than 1.15 is an error for who needs it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as tf from '../../src';
import { sizeOf } from '../../src/base/shape';
import type { Serving } from '../../src/distributed/serve';
import { Attr } from '../../src/format/attr';
import { decodeGraph } from '../../src/format/graphdef';
import { type Client, Opened, failing, graphOf, together } from './client';

const { graph, results, assigned } = JSON.parse(readFileSync(join(__dirname, '../fixtures/newer.json'), 'utf8')) as {
  readonly graph: string;
  readonly results: Readonly<Record<string, number[]>>;
  /** A value's shape, and the variable's behind it, or what is said. */
  readonly assigned: readonly (readonly [number[], number[] | string])[];
};
const graphDef = new Uint8Array(gunzipSync(Buffer.from(graph, 'base64')));
const feeds = { 'x:0': new tf.NDArray(tf.float32, [1, 2, 2, 1], Float32Array.of(1, 4, 2, 3)) };

let serving: Serving;
let client: Client;
let session: Opened;
beforeAll(async () => {
  ({ serving, client } = await together());
  const { sessionHandle } = await client.call('CreateSession', { graphDef });
  session = new Opened(client, sessionHandle);
  await session.run([], {}, ['initializer']);
});
afterAll(async () => {
  client.close();
  await serving.close();
});

test.each(Object.entries(results))('%s', async (name, wanted) => {
  const [got] = await session.run([name], feeds);
  const rounded = (values: Iterable<unknown>): number[] => Array.from(values, (v) => Number(Number(v).toFixed(5)));
  expect(rounded(got.data)).toEqual(rounded(wanted));
});
test.each([
  ['wide:0', "attr 'DstT' of Op<name=Cast>: Cannot convert value 24 to a TensorFlow DType", 'eighth'],
  ['blank:0', "NodeDef mentions attr 'blank_index' not in Op<name=CTCGreedyDecoder>", 'blank'],
])('%s needs what is newer', async (name, why, node) => {
  const error = await failing(session.run([name], feeds));
  expect(error.code).toBe(12);
  expect(error.message).toContain(why);
  expect(error.message).toContain(`[[{{node ${node}}}]]`);
});
test('sizes that do not fit are refused, of whatever type', async () => {
  expect((await failing(session.run(['unlike_sizes:0']))).message).toMatch(/^All dimensions except 0 must match/);
});
test('a handle takes a first value of any shape, and then values of that shape', async () => {
  for (const [shape, wanted] of assigned) {
    const value = { 'value:0': new tf.NDArray(tf.float32, shape, new Float32Array(sizeOf(shape))) };
    if (typeof wanted === 'string')
      expect((await failing(session.run([], value, ['AssignVariableOp']))).message).toContain(wanted);
    else {
      await session.run([], value, ['AssignVariableOp']);
      expect((await session.run(['now:0']))[0].shape).toEqual(wanted);
    }
  }
});
test('an element type that 1.15 does not take there is read as what it is; another word is refused', async () => {
  const half = graphOf(() => {
    const x = tf.placeholder(tf.float16, [], { name: 'h' });
    tf.asString(tf.cast(x, tf.float32), { name: 'text' });
    tf.identity(x, { name: 'same' });
    tf.placeholder(tf.int32, [1, 2, 2, 1], { name: 'image' });
    tf.placeholder(tf.int32, [1, 1, 1, 1], { name: 'filter' });
    tf.nn.conv2d(tf.ones([1, 2, 2, 1]), tf.ones([1, 1, 1, 1]), [1, 1, 1, 1], 'SAME', { name: 'whole' });
    tf.nn.maxPool(tf.zeros([1, 2, 2, 1]), [1, 2, 2, 1], [1, 1, 1, 1], 'SAME', { name: 'padded' });
  });
  const def = half.asGraphDef();
  const node = def.node.map((each) =>
    each.name === 'text'
      ? { ...each, input: ['h'], attr: { ...each.attr, T: new Attr('type', tf.float16) } }
      : each.name === 'whole'
        ? { ...each, input: ['image', 'filter'], attr: { ...each.attr, T: new Attr('type', tf.int32) } }
        : each.name === 'padded'
          ? { ...each, attr: { ...each.attr, padding: new Attr('string', 'ELSEWHERE') } }
          : each,
  );
  const graphDef = new tf.GraphDef({ ...def, nodes: node }).serializeToString();
  const { sessionHandle } = await client.call('CreateSession', { graphDef });
  const other = new Opened(client, sessionHandle);
  const h = { 'h:0': new tf.NDArray(tf.float16, [], Uint16Array.of(0x3c00)) };
  expect((await other.run(['same:0'], h))[0].item()).toBe(1);
  expect((await other.run(['text:0'], h))[0].item()).toBe('1.000000');
  const whole = {
    'image:0': new tf.NDArray(tf.int32, [1, 2, 2, 1], Int32Array.of(1, 2, 3, 4)),
    'filter:0': new tf.NDArray(tf.int32, [1, 1, 1, 1], Int32Array.of(1)),
  };
  const none = await failing(other.run(['whole:0'], whole));
  expect(none.code).toBe(12);
  expect(none.message).toContain("No kernel for op type 'Conv2D' on the host with inputs (int32, int32)");
  expect((await failing(other.run(['padded:0']))).message).toMatch(
    /^Value for attr 'padding' of "ELSEWHERE" is not in the list of allowed values: "SAME", "VALID"\n/,
  );
});
test('a number that int32 does not hold is not taken for another one', async () => {
  const k = (n: bigint) => ({ ...feeds, 'k:0': new tf.NDArray(tf.int64, [], BigInt64Array.of(n)) });
  expect((await session.run(['fed_highest:0'], k(2n)))[0].data).toEqual(Float32Array.of(4, 3));
  const error = await failing(session.run(['fed_highest:0'], k(2n ** 32n + 2n)));
  expect(error.message).toContain('input must have at least k columns');
});
test('a program that imports such nodes is told so', () => {
  const message = decodeGraph(graphDef);
  const only = (...names: string[]) => ({
    ...message,
    nodes: message.nodes.filter(({ name }) => names.includes(name)),
  });
  const imports = (...names: string[]) =>
    new tf.Graph().asDefault(() => tf.importGraphDef(new tf.GraphDef(only(...names))));
  expect(() => imports('x', 'padded')).toThrow("NodeDef mentions attr 'explicit_paddings' not in Op<name=MaxPool>");
  expect(() => imports('x', 'eighth')).toThrow("attr 'DstT' of Op<name=Cast>: Cannot convert value 24");
  imports('x', 'pooled');
});
