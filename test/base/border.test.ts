/** What is refused where host data come in, and in whose words: every way in, for each kind of data that lies. */
import * as tf from '../../src';
import { elementsOf } from '../../src/base/ndarray';
import { feedToArray } from '../../src/session/feed';
import { isForeign } from '../fuzz/foreign';

/** Ways by which an array of a dtype and a shape comes in. */
const WAYS: Readonly<Record<string, (value: never, dtype: tf.DType) => unknown>> = {
  constant: (value, dtype) => new tf.Graph().asDefault(() => tf.constant(value, dtype)),
  feed: (value, dtype) => {
    const graph = new tf.Graph();
    return graph.asDefault(() => {
      const x = tf.placeholder(dtype, null);
      return new tf.Session('', { graph, config: { device: 'portable', advice: false } }).run(x, [[x, value]]);
    });
  },
  operand: (value, dtype) => new tf.Graph().asDefault(() => tf.reshape(tf.convertToTensor(value, dtype), [-1])),
  variable: (value, dtype) => new tf.Graph().asDefault(() => new tf.Variable(value, { dtype })),
  'function of a variable': (value, dtype) =>
    new tf.Graph().asDefault(() => new tf.Variable(() => value, { dtype, validateShape: false })),
  'call with feeds': (value, dtype) => {
    const graph = new tf.Graph();
    return graph.asDefault(() => {
      const x = tf.placeholder(dtype, null);
      const sess = new tf.Session('', { graph, config: { device: 'portable', advice: false } });
      return sess.makeCallable(x, [x])(value);
    });
  },
};
function errorOf(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    expect({ error, foreign: isForeign(error) }).toEqual({ error, foreign: false });
    return error as Error;
  }
  throw new Error('It was taken.');
}
const detached = (): Float32Array => {
  const data = Float32Array.of(1, 2, 3);
  structuredClone(data.buffer, { transfer: [data.buffer] });
  return data;
};

describe('new tf.NDArray', () => {
  const float = Float32Array.of(1, 2);
  test.each<[string, () => unknown, string]>([
    ['too few', () => new tf.NDArray(tf.float32, [3], float), 'cannot reshape array of size 2 into shape (3,)'],
    ['too many', () => new tf.NDArray(tf.float32, [], float), 'cannot reshape array of size 2 into shape ()'],
    ['one number for a complex one', () => new tf.NDArray(tf.complex64, [2], float), 'cannot reshape array of size 1'],
    [
      'strings as floats',
      () => new tf.NDArray(tf.float32, [1], ['a'] as never),
      'held by a Float32Array, got an Array',
    ],
    ['floats as strings', () => new tf.NDArray(tf.string, [2], float as never), 'held by an Array, got a Float32Array'],
    ['doubles as floats', () => new tf.NDArray(tf.float32, [1], Float64Array.of(1) as never), 'got a Float64Array'],
    [
      'numbers as strings',
      () => new tf.NDArray(tf.string, [1], [1] as never),
      "Expected string, got an element of type 'number'",
    ],
    [
      '7 as a bool',
      () => new tf.NDArray(tf.bool, [2], Uint8Array.of(0, 7)),
      "Expected bool, got 7 of type 'int' instead.",
    ],
    ['no data', () => new tf.NDArray(tf.float32, [2], null as never), 'got a null'],
    ['a null dimension', () => new tf.NDArray(tf.float32, [null as never], float), 'Dimension None of an array'],
    [
      'a missing dimension',
      () => new tf.NDArray(tf.float32, [undefined as never], float),
      'Dimension None of an array',
    ],
    ['a negative dimension', () => new tf.NDArray(tf.float32, [-2], float), 'Dimension -2 of an array'],
    ['a fraction', () => new tf.NDArray(tf.float32, [0.5, 4], float), 'Dimension 0.5 of an array'],
    ['text', () => new tf.NDArray(tf.float32, ['2' as never], float), 'Dimension 2 of an array'],
    [
      'no shape',
      () => new tf.NDArray(tf.float32, undefined as never, float),
      "An array's shape is a list of sizes, not None.",
    ],
    ['a number for a shape', () => new tf.NDArray(tf.float32, 2 as never, float), 'not number'],
    ['no dtype', () => new tf.NDArray(null as never, [2], float), 'Cannot convert value None to a TensorFlow DType.'],
    [
      'more than there can be',
      () => new tf.NDArray(tf.float32, [2 ** 31, 2 ** 31, 4], float),
      'more than 2**63 - 1 elements',
    ],
    ['a buffer that was transferred', () => new tf.NDArray(tf.float32, [3], detached()), 'the buffer was transferred'],
  ])('refuses %s', (_, make, words) => {
    expect(errorOf(make).message).toContain(words);
  });
  test('takes what fits, and keeps its shape when the list is written to', () => {
    const shape = [2];
    const array = new tf.NDArray(tf.float32, shape, float);
    shape[0] = 7;
    expect([array.shape, array.size]).toEqual([[2], 2]);
    expect(new tf.NDArray(tf.complex64, [1], float).size).toBe(1);
    expect(new tf.NDArray(tf.bool, [2], Uint8Array.of(0, 1)).toArray()).toEqual([false, true]);
    expect(new tf.NDArray(tf.int64, [], BigInt64Array.of(5n)).item()).toBe(5);
  });
});

const LIES: readonly (readonly [string, tf.DType, () => unknown, string])[] = [
  ['a list that contains itself', tf.float32, () => selfContaining([]), 'maximum recursion depth exceeded'],
  ['one that does so later', tf.float32, () => selfContaining([1]), ''],
  ['one that does so by way of another', tf.int32, () => [[selfContaining([[]])]], ''],
  ['a ragged list', tf.float32, () => [[1, 2], [3]], 'Argument must be a dense tensor'],
  ['a list of lists and numbers', tf.float32, () => [[1], 2], ''],
  // biome-ignore lint/suspicious/noSparseArray: a hole is meant
  ['a list with a hole', tf.float32, () => [1, , 3], ''],
  ['numbers and strings', tf.float32, () => [1, 'a'], ''],
  ['300 as uint8', tf.uint8, () => [300], 'Python integer 300 out of bounds for uint8'],
  ['-1 as uint8', tf.uint8, () => [-1], 'Python integer -1 out of bounds for uint8'],
  ['2 ** 40 as int32', tf.int32, () => [2 ** 40], 'Python integer 1099511627776 out of bounds for int32'],
  ['2 ** 31 as int32', tf.int32, () => [[2 ** 31]], 'Python integer 2147483648 out of bounds for int32'],
  ['a bigint as int16', tf.int16, () => [40000n], 'Python integer 40000 out of bounds for int16'],
  ['2 ** 64 as int64', tf.int64, () => [2n ** 64n], 'Python int too large to convert to C long'],
  ['-1 as uint64', tf.uint64, () => [-1], 'Python integer -1 out of bounds for uint64'],
  ['7 as a bool', tf.bool, () => [7], "Expected bool, got 7 of type 'int' instead."],
  ['NaN as int32', tf.int32, () => [NaN], "Expected int32, got nan of type 'float' instead."],
  ['an array whose memory is gone', tf.float32, arrayThatLostItsMemory, 'its memory is gone'],
  ['an object', tf.float32, () => ({ a: 1 }), ''],
  ['a symbol', tf.float32, () => Symbol('x'), ''],
];
function selfContaining(list: unknown[]): unknown[] {
  list.push(list);
  return list;
}
function arrayThatLostItsMemory(): tf.NDArray {
  const data = Float32Array.of(1, 2, 3);
  const array = new tf.NDArray(tf.float32, [3], data);
  structuredClone(data.buffer, { transfer: [data.buffer] });
  return array;
}
describe.each(Object.keys(WAYS))('as a %s', (way) => {
  test.each(LIES)('%s is refused', (_, dtype, value, words) => {
    expect(errorOf(() => WAYS[way](value() as never, dtype)).message).toContain(words);
  });
  test('the last numbers of a dtype are taken', () => {
    for (const [dtype, ...values] of [
      [tf.uint8, 0, 255],
      [tf.int8, -128, 127],
      [tf.int32, -(2 ** 31), 2 ** 31 - 1],
      [tf.uint32, 0, 2 ** 32 - 1],
      [tf.int64, -(2n ** 63n), 2n ** 63n - 1n],
      [tf.uint64, 0n, 2n ** 64n - 1n],
    ] as const)
      expect(() => WAYS[way](values as never, dtype)).not.toThrow();
  });
});
test('a fetch that contains itself is refused', () => {
  const graph = new tf.Graph();
  graph.asDefault(() => tf.constant(1));
  const sess = new tf.Session('', { graph, config: { device: 'portable', advice: false } });
  expect(errorOf(() => sess.run(selfContaining([]) as never)).message).toContain('maximum recursion depth exceeded');
});

describe('an array', () => {
  const array = new tf.NDArray(tf.float32, [2, 2], Float32Array.of(1, 2, 3, 4));
  test.each<[string, (a: tf.NDArray) => unknown, string]>([
    ['item', (a) => a.item(4), 'index 4 is out of bounds for size 4'],
    ['item', (a) => a.item(0.5), 'only integers are valid indices'],
    ['item', (a) => a.item(Symbol('s') as never), 'only integers are valid indices'],
    ['at', (a) => a.at(0, 2), 'index 2 is out of bounds for axis 1 with size 2'],
    ['row', (a) => a.row(-3), 'index -3 is out of bounds for axis 0 with size 2'],
    ['slice', (a) => a.slice(NaN), 'slice indices must be integers'],
    ['reshape', (a) => a.reshape([4.5]), 'Dimension 4.5 of an array'],
    ['argmax', (a) => a.argmax(2), 'axis 2 is out of bounds for array of dimension 2'],
    ['setflags', (a) => a.setflags(undefined as never), 'write must be true or false, not None.'],
  ])('refuses what %s does not take', (_, call, words) => {
    expect(errorOf(() => call(array)).message).toContain(words);
  });
  test('whose memory is gone says so, whatever it is asked', () => {
    const asked: readonly ((a: tf.NDArray) => unknown)[] = [
      (a) => a.toArray(),
      (a) => a.item(0),
      (a) => a.row(0),
      (a) => a.slice(0, 1),
      (a) => a.argmax(),
      (a) => a.mean(),
      (a) => a.reshape([3, 1]),
      (a) => JSON.stringify(a),
    ];
    for (const ask of asked)
      expect(errorOf(() => ask(arrayThatLostItsMemory())).message).toContain('its memory is gone');
  });
  test('has a dtype, whatever names it, of which there are elements', () => {
    expect(new tf.NDArray('float32' as never, [1], Float32Array.of(1)).dtype).toBe(tf.float32);
    expect(errorOf(() => new tf.NDArray(tf.resource as never, [1], [1] as never)).message).toContain(
      'holds no resource',
    );
  });
  test('in a graph has memory of its own', () => {
    for (const wrap of [(d: Float32Array) => d, (d: Float32Array) => new tf.NDArray(tf.float32, [100], d)]) {
      const graph = new tf.Graph();
      graph.asDefault(() => {
        const data = new Float32Array(100).fill(1);
        const [x, y] = [tf.constant(wrap(data)), tf.identity(wrap(data) as never)];
        data[0] = 7;
        structuredClone(data.buffer, { transfer: [data.buffer] });
        const sess = new tf.Session('', { config: { device: 'portable', advice: false } });
        const [a, b] = sess.run([x, y]) as tf.NDArray[];
        expect([a.at(0), b.at(0), a.size]).toEqual([1, 1, 100]);
        sess.close();
      });
    }
  });
});
test('nodes and types are made by functions alone', () => {
  expect(errorOf(() => Reflect.construct(tf.Tensor, [{}, 0, tf.float32])).message).toContain(
    'op needs to be an Operation',
  );
  expect(errorOf(() => Reflect.construct(tf.Operation, [])).message).toContain('node_def needs to be a NodeDef: None');
  expect(errorOf(() => Reflect.construct(tf.DType, ['x'])).message).toContain('all dtypes are there');
  expect(new tf.TensorShape(0 as never).dims).toEqual([0]);
});

describe('memory that others write to', () => {
  const x = new tf.Graph().asDefault(() => tf.placeholder(tf.float32, [32]));
  const buffers: readonly (readonly [string, () => ArrayBufferLike])[] = [
    ['shared', () => new SharedArrayBuffer(128)],
    ['resizable', () => new (ArrayBuffer as new (n: number, o: object) => ArrayBuffer)(128, { maxByteLength: 256 })],
  ];
  test.each(buffers)('of a %s buffer is copied when it is fed', (_, buffer) => {
    for (const wrap of [(d: Float32Array) => d, (d: Float32Array) => new tf.NDArray(tf.float32, [32], d)]) {
      const data = new Float32Array(buffer()).fill(1);
      const fed = elementsOf(feedToArray(x, wrap(data), x));
      data.fill(5);
      expect(fed[31]).toBe(1);
    }
    const own = new Float32Array(32);
    expect(elementsOf(feedToArray(x, own, x))).toBe(own);
  });
});
