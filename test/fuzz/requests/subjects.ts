/** Sound requests of every method: what mutated ones are made of. */
import * as tf from '../../../src';
import * as M from '../../../src/format/master';
import { tensorBytes } from '../../../src/format/tensor-proto';
import { type Client, type MethodName, bytesOf, graphOf, scalar } from '../../distributed/client';

/** A graph with a little of everything: each kind of node that the server treats in its own way. */
export const graph = (): tf.Graph =>
  graphOf(() => {
    const x = tf.placeholder(tf.float32, [], { name: 'x' });
    const rows = tf.placeholder(tf.float32, [null, 3], { name: 'rows' });
    const ids = tf.placeholder(tf.int64, [null], { name: 'ids' });
    const text = tf.placeholder(tf.string, [null], { name: 'text' });
    const w = new tf.Variable([1, 2, 3], { name: 'w', dtype: tf.float32 });
    const v = tf.getVariable('v', [3], { dtype: tf.float32, useResource: true });
    w.assignAdd(tf.fill([3], x), { name: 'more' });
    tf.square(x, { name: 'y' });
    const z = tf.matmul(rows, tf.reshape(tf.concat([w, v, tf.constant([7, 8, 9], tf.float32)], 0), [3, 3]), {
      name: 'z',
    });
    tf.gather(z, ids, { name: 'gathered' });
    tf.stringJoin([text, '!'], { name: 'joined' });
    tf.fill(tf.cast(tf.stack([x, x]), tf.int32), 1.5, { name: 'filled' });
    tf.cond(
      tf.greater(x, 0),
      () => tf.multiply(x, 2),
      () => tf.negative(x),
      { name: 'either' },
    );
    const [, total] = tf.whileLoop(
      (i: tf.Tensor) => tf.less(i, x),
      (i: tf.Tensor, sum: tf.Tensor) => [tf.add(i, 1), tf.add(sum, tf.reduceMean(w))],
      [tf.constant(0, tf.float32), tf.constant(0, tf.float32)],
    );
    tf.identity(total, { name: 'total' });
    tf.gradients(tf.reduceSum(tf.sigmoid(z)), [rows], { name: 'slope' });
    tf.train.exponentialDecay(0.1, tf.constant(3), 10, 0.9, { name: 'rate' });
    tf.cumsum(tf.oneHot(ids, 4), { name: 'sums' });
    tf.slice(rows, [0, 1], [1, 2], { name: 'part' });
    tf.randomNormal([2], { seed: 3, name: 'random' });
  });
export const INIT = ['w/Assign', 'v/Assign'];
export const FETCHES = [
  'y',
  'z',
  'gathered',
  'joined',
  'filled',
  'either/Merge',
  'total',
  'sums',
  'part',
  'random',
  'more',
];

const feed = (name: string, value: tf.NDArray) =>
  M.NAMED_TENSOR.make({ name: `${name}:0`, tensor: tensorBytes(value) });
const FED = [
  feed('x', scalar(3)),
  feed('rows', new tf.NDArray(tf.float32, [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6))),
  feed('ids', new tf.NDArray(tf.int64, [2], BigInt64Array.of(1n, 0n))),
  feed('text', new tf.NDArray(tf.string, [2], ['a', 'bc'])),
];
export interface Subject {
  readonly method: MethodName;
  readonly bytes: Buffer;
}
/** Sound requests about a session, one of which has a partial run and a callable open. */
export function subjects(sessionHandle: string, partialRunHandle: string, handle: number): Subject[] {
  const graphDef = bytesOf(graph());
  const config = M.CONFIG.make({ isolateSessionState: true });
  const fetch = FETCHES.map((name) => `${name}:0`);
  const names = FED.map(({ name }) => name);
  const options = M.RUN_OPTIONS.make({ traceLevel: 3, timeoutInMs: 1000 });
  const callable = M.CALLABLE_OPTIONS.make({ feed: names, fetch, target: ['more'] });
  const all: (readonly [MethodName, Uint8Array])[] = [
    ['CreateSession', M.CREATE_SESSION.request.write({ graphDef, config })],
    ['ExtendSession', M.EXTEND_SESSION.request.write({ sessionHandle, graphDef: bytesOf(smallGraph()) })],
    ['RunStep', M.RUN_STEP.request.write({ sessionHandle, feed: FED, fetch, target: ['more'], options })],
    [
      'RunStep',
      M.RUN_STEP.request.write({
        sessionHandle,
        feed: FED.slice(0, 1),
        fetch: ['y:0'],
        storeErrorsInResponseBody: true,
      }),
    ],
    ['RunStep', M.RUN_STEP.request.write({ sessionHandle, feed: FED.slice(0, 1), fetch: ['y:0'], partialRunHandle })],
    ['PartialRunSetup', M.PARTIAL_RUN_SETUP.request.write({ sessionHandle, feed: names, fetch, target: ['more'] })],
    ['CloseSession', M.CLOSE_SESSION.request.write({ sessionHandle })],
    ['ListDevices', M.LIST_DEVICES.request.write({ sessionHandle })],
    ['MakeCallable', M.MAKE_CALLABLE.request.write({ sessionHandle, options: callable })],
    ['RunCallable', M.RUN_CALLABLE.request.write({ sessionHandle, handle, feed: FED.map(({ tensor }) => tensor) })],
    ['ReleaseCallable', M.RELEASE_CALLABLE.request.write({ sessionHandle, handle })],
  ];
  return all.map(([method, bytes]) => ({ method, bytes: Buffer.from(bytes) }));
}
/** Nodes under names of their own, to extend a graph with. */
const smallGraph = (): tf.Graph =>
  graphOf(() => {
    const more = tf.placeholderWithDefault(tf.constant([1, 2]), [null], { name: 'new' });
    tf.reduceSum(tf.multiply(more, more), { name: 'newSum' });
  });
/** A session in which all variables have values, with what `subjects` wants open. */
export async function victimOf(client: Client, graphDef: Uint8Array): Promise<Subject[]> {
  const config = M.CONFIG.make({ isolateSessionState: true });
  const { sessionHandle } = await client.call('CreateSession', { graphDef, config });
  await client.call('RunStep', { sessionHandle, target: INIT });
  const setup = { sessionHandle, feed: ['x:0'], fetch: ['y:0', 'total:0'] };
  const { partialRunHandle } = await client.call('PartialRunSetup', setup);
  const { handle } = await client.call('MakeCallable', {
    sessionHandle,
    options: M.CALLABLE_OPTIONS.make({ feed: FED.map(({ name }) => name), fetch: ['z:0'] }),
  });
  return subjects(sessionHandle, partialRunHandle, handle);
}
