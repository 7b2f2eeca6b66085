/**
 * What ops hand on without looking at it: texts of any length, and NaN with its sign and payload. Each program gives
 * the same on the host, step by step on the device, in the rewritten plan and as a part of a whole graph.
 */
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import type { SessionConfig } from '../../src/session/config';
import { devices } from '../sweep';
import { HOST, type Result, outcomeOf, waysOf } from './law';

type T = tf.Tensor;
const op = (type: string, inputs: (T | T[])[], attrs = {}): T[] => [...applyOp(type, inputs, attrs).outputs];
const ints = (...x: number[]): T => tf.constant(x, tf.int32);

/** Ops that give elements as they came, for a vector of eight. */
const HANDING: Readonly<Record<string, (x: T) => T[]>> = {
  Identity: (x) => [tf.identity(x)],
  Reshape: (x) => [tf.reshape(x, [2, 4]), tf.reshape(tf.reshape(x, [4, 2]), [-1])],
  ExpandDims: (x) => [tf.expandDims(x, 0), tf.squeeze(tf.expandDims(x, 1))],
  Slice: (x) => [tf.slice(x, [1], [3]), tf.slice(x, [0], [8])],
  StridedSlice: (x) => [tf.stridedSlice(x, [0], [8], [2]), tf.stridedSlice(x, [-1], [-9], [-1])],
  Gather: (x) => [tf.gather(x, ints(3, 1, 1, 0)), tf.gatherNd(x, tf.constant([[7], [2]], tf.int32))],
  Concat: (x) => [tf.concat([x, tf.slice(x, [2], [2]), x], 0)],
  Split: (x) => [...tf.split(x, 2), ...tf.split(x, [3, 5])],
  Pack: (x) => [tf.stack([x, x], 1), ...tf.unstack(tf.reshape(x, [2, 4]))],
  Transpose: (x) => [tf.transpose(tf.reshape(x, [2, 4])), tf.transpose(tf.reshape(x, [1, 8]))],
  Tile: (x) => [tf.tile(x, [2]), tf.tile(x, [1])],
  BroadcastTo: (x) => [tf.broadcastTo(x, [2, 8]), tf.broadcastTo(x, [8])],
  Reverse: (x) => [tf.reverse(x, [0]), tf.roll(x, 3, 0)],
  Select: (x) => [tf.where(tf.equal(ints(0, 1, 0, 1, 0, 1, 1, 0), 1), x, tf.reverse(x, [0]))],
  DynamicPartition: (x) => tf.dynamicPartition(x, ints(0, 1, 0, 1, 1, 1, 0, 0), 2),
  DynamicStitch: (x) => [tf.dynamicStitch([ints(7, 6, 5, 4, 3, 2, 1, 0)], [x])],
  Fill: (x) => op('Fill', [ints(3), tf.reshape(tf.slice(x, [4], [1]), [])]),
  Pad: (x) => op('PadV2', [x, tf.constant([[1, 2]], tf.int32), tf.reshape(tf.slice(x, [2], [1]), [])]),
};
const TEXTS = ['', 'a', 'x'.repeat(22), 'y'.repeat(23), 'z'.repeat(24), 'ä'.repeat(12), 'long '.repeat(300), '\u0000'];
/** Quiet NaN of both signs, with and without payload; and two numbers. */
const SINGLES = Int32Array.of(0x7fc00000, -0x400000, 0x7fe5a5a5, 0x7fc00001, -1, -0x3fffff, 0x3f800000, -0x80000000);
const DOUBLES = BigInt64Array.of(
  ...[0x7ff8n << 48n, -(0x8n << 48n), (0x7ff8n << 48n) | 0x123n, (0x7ffan << 48n) | 1n, -1n, -(0x7n << 48n) | 1n, 1n],
  -(1n << 63n),
);

/** Numbers below the least normal one, the largest and the least of them among these, between zeros. */
const TINY = Int32Array.of(1, -0x7fffffff, 0x7fffff, -0x7f800001, 0x400000, 0, -0x80000000, 0x116c2);

const floats = (x: Int32Array): NDArray => new NDArray(tf.float32, [8], new Float32Array(x.buffer));
const doubles = (x: BigInt64Array): NDArray => new NDArray(tf.float64, [8], new Float64Array(x.buffer));
const bitcast = (x: T): T =>
  op('Bitcast', [x], {
    type: { float32: tf.int32, int32: tf.float32, float64: tf.int64, int64: tf.float64 }[x.dtype.name],
  })[0];
const BITS: Readonly<Record<string, (x: T) => T[]>> = {
  'as it comes': (x) => [x],
  Bitcast: (x) => [bitcast(x), bitcast(bitcast(x))],
  Neg: (x) => (x.dtype.isFloating ? [bitcast(tf.negative(x))] : [bitcast(tf.negative(bitcast(x)))]),
  Abs: (x) => (x.dtype.isFloating ? [bitcast(tf.abs(x))] : [bitcast(tf.abs(bitcast(x)))]),
};
/** Arrays of eight, and the ops that they go through. */
const ARRAYS: Readonly<Record<string, readonly [NDArray, Readonly<Record<string, (x: T) => T[]>>]>> = {
  texts: [new NDArray(tf.string, [8], TEXTS), HANDING],
  'NaN of float32': [floats(SINGLES), { ...HANDING, ...BITS }],
  'subnormals of float32': [floats(TINY), { ...HANDING, ...BITS }],
  'subnormals of float64': [doubles(BigInt64Array.from(TINY, BigInt)), { ...HANDING, ...BITS }],
  'NaN of float64': [doubles(DOUBLES), { ...HANDING, ...BITS }],
  'integers that are NaN of float32': [new NDArray(tf.int32, [8], SINGLES), BITS],
  'integers that are NaN of float64': [new NDArray(tf.int64, [8], DOUBLES), BITS],
};

/** How an array comes into a graph. */
const SOURCES: Readonly<Record<string, (array: NDArray) => { x: T; feeds: [T, NDArray][] }>> = {
  fed(array) {
    const x = tf.placeholder(array.dtype, [8]);
    return { x, feeds: [[x, array]] };
  },
  constant: (array) => ({ x: tf.constant(array), feeds: [] }),
  variable: (array) => ({ x: new tf.Variable(tf.constant(array)).readValue(), feeds: [] }),
  'resource variable': (array) => ({
    x: new tf.Variable(tf.constant(array), { useResource: true }).readValue(),
    feeds: [],
  }),
};

const textOf = ({ dtype, shape, data }: Result): string => {
  const elements = Array.isArray(data)
    ? JSON.stringify(data)
    : Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');
  return `${dtype.name}[${shape}] ${elements}`;
};
/** Where a program gives something else than on the plain host, in any run that is looked at. */
function expectOneMeaning(
  device: string,
  { x, feeds }: { x: T; feeds: [T, NDArray][] },
  ops: Readonly<Record<string, (x: T) => T[]>>,
): void {
  const named = Object.entries(ops).flatMap(([name, build]) =>
    build(x).map((fetch, i) => ({ name: `${name} ${i}`, fetch })),
  );
  const beside = tf.placeholder(tf.float32, [16]);
  const all = {
    fetches: [...named.map(({ fetch }) => fetch), tf.sigmoid(tf.tanh(beside))],
    feeds: [...feeds, [beside, new NDArray(tf.float32, [16], new Float32Array(16))] as const],
  };
  const results = (sess: tf.Session): Record<string, string> => {
    const outcome = outcomeOf(sess, all);
    if (typeof outcome === 'string') throw new Error(outcome);
    return Object.fromEntries(named.map(({ name }, i) => [name, textOf(outcome[i])]));
  };
  const init = tf.globalVariablesInitializer();
  const opened = (config: SessionConfig): tf.Session => {
    const sess = new tf.Session('', { graph: x.graph, config: { advice: false, ...config } });
    sess.run(init);
    return sess;
  };
  using host = opened(HOST);
  const want = results(host);
  for (const way of waysOf(device)) {
    using sess = opened(way.config);
    for (let run = 1; run <= way.runs[way.runs.length - 1]; run++) {
      const got = results(sess);
      if (way.runs.includes(run)) expect({ way: way.title, run, ...got }).toEqual({ way: way.title, run, ...want });
    }
  }
}

describe.each(devices().map((d) => d.device))('on the %s device', (device) => {
  describe.each(Object.keys(SOURCES))('%s', (source) => {
    test.each(Object.keys(ARRAYS))('%s', (title) => {
      const [array, ops] = ARRAYS[title];
      new tf.Graph().asDefault(() => expectOneMeaning(device, SOURCES[source](array), ops));
    });
  });
});
test('NaN keeps its sign and its payload', () => {
  new tf.Graph().asDefault(() => {
    using sess = new tf.Session('', { config: { advice: false } });
    const x = tf.constant(floats(SINGLES));
    const [there, back, fetched] = sess.run([
      bitcast(x),
      bitcast(tf.reverse(tf.reverse(x, [0]), [0])),
      tf.identity(x),
    ]) as unknown as NDArray[];
    for (const { data } of [there, back]) expect([...data]).toEqual([...SINGLES]);
    expect([...new Int32Array((fetched.data as Float32Array).buffer)]).toEqual([...SINGLES]);
  });
});
