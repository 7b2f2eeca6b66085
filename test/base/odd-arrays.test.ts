/** Typed arrays that are not quite JavaScript's own: by their class, their properties, or their memory. */
import * as tf from '../../src';

/** Arrays that only behave as JavaScript's own: slices of a Buffer share its memory. */
const ODD: readonly (readonly [string, () => Uint8Array])[] = [
  ['a Buffer', () => Buffer.from([1, 2])],
  ['part of a Buffer', () => Buffer.from([0, 1, 2, 3]).subarray(1, 3)],
  [
    'an array whose copies are of another type',
    () =>
      new (class extends Uint8Array {
        static get [Symbol.species](): Float32ArrayConstructor {
          return Float32Array;
        }
      })([1, 2]),
  ],
  ['an array with a constructor', () => Object.defineProperty(Uint8Array.of(1, 2), 'constructor', { value: null })],
  ['an array with a length', () => Object.defineProperty(Uint8Array.of(1, 2), 'length', { value: 2000 })],
  [
    'an array that says another kind',
    () => Object.defineProperty(Uint8Array.of(1, 2), Symbol.toStringTag, { value: '' }),
  ],
  ['one with slices of its own', () => Object.defineProperty(Uint8Array.of(1, 2), 'slice', { value: () => null })],
];
describe.each(ODD)('%s', (_, make) => {
  const session = (graph: tf.Graph): tf.Session =>
    new tf.Session('', { graph, config: { device: 'portable', advice: false } });
  test('is a constant, a variable, a feed and an array by its elements, in memory of their own', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const data = make();
      const array = new tf.NDArray(tf.uint8, [2], make());
      const [constant, ofArray] = [tf.constant(data, tf.uint8), tf.constant(array)];
      const [variable, x] = [new tf.Variable([0, 0], { dtype: tf.uint8 }), tf.placeholder(tf.uint8, [2])];
      const sess = session(graph);
      const fetched = sess.run(x, [[x, data]]);
      sess.run(tf.assign(variable, x), [[x, data]]);
      const part = array.slice(0, 1);
      Reflect.set(data, 0, 9);
      array.data[0] = 9;
      for (const value of [sess.run(constant), sess.run(ofArray), sess.run(variable), fetched])
        expect(Array.from((value as tf.NDArray).data as Uint8Array)).toEqual([1, 2]);
      expect(part.at(0)).toBe(1);
      sess.close();
    });
  });
});
/** Arrays whose buffer was transferred, or is shorter now than they are. */
const GONE: readonly (() => Float32Array)[] = [
  () => {
    const data = Float32Array.of(1, 2);
    structuredClone(data.buffer, { transfer: [data.buffer] });
    return data;
  },
  () => {
    const buffer = Reflect.construct(ArrayBuffer, [8, { maxByteLength: 8 }]) as ArrayBuffer;
    const data = new Float32Array(buffer, 0, 2);
    Reflect.apply(Reflect.get(buffer, 'resize') as (n: number) => void, buffer, [4]);
    return data;
  },
];
test.each(GONE)('an array without memory is none, whatever its shape', (make) => {
  const gone = 'its memory is gone: the buffer was transferred';
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const x = tf.placeholder(tf.float32, null);
    const sess = new tf.Session('', { graph, config: { device: 'portable', advice: false } });
    expect(() => tf.constant(make())).toThrow(gone);
    expect(() => tf.add(make(), 1)).toThrow(gone);
    expect(() => new tf.Variable(make())).toThrow(gone);
    expect(() => sess.run(x, [[x, make()]])).toThrow(gone);
    expect(() => sess.makeCallable(x, [x])(make())).toThrow(gone);
    expect(() => new tf.NDArray(tf.float32, [0], make())).toThrow(gone);
    expect(tf.constant(new Float32Array(0)).shape.dims).toEqual([0]);
    sess.close();
  });
});
