/** What arrays give of themselves: elements, rows, slices, places of the greatest. Values are NumPy's. */
import * as tf from '../../src';

const m = new tf.NDArray(tf.float32, [2, 3], Float32Array.of(1, 5, 2, 9, 8, 7));
const cube = new tf.NDArray(tf.int32, [2, 2, 2], Int32Array.of(0, 3, 3, 1, 7, 2, 5, 6));

test('at gives one element, counted from either end', () => {
  expect([m.at(0, 1), m.at(1, 0), m.at(-1, -1)]).toEqual([5, 9, 7]);
  expect(new tf.NDArray(tf.int64, [2], BigInt64Array.of(5n, 2n ** 60n)).at(1)).toBe(2n ** 60n);
  expect(new tf.NDArray(tf.string, [], ['a']).at()).toBe('a');
  expect(() => m.at(2, 0)).toThrow('index 2 is out of bounds for axis 0 with size 2');
  expect(() => m.at(0, -4)).toThrow('index -4 is out of bounds for axis 1 with size 3');
  expect(() => m.at(0)).toThrow('array is 2-dimensional, but 1 were given');
  expect(() => m.at(0, 0, 0)).toThrow('too many indices for array: array is 2-dimensional, but 3 were indexed');
  expect(() => m.at(0, 0.5)).toThrow('only integers are valid indices, and 0.5 is none');
});
test('row and slice are copies along the first dimension', () => {
  expect(m.row(-1).toArray()).toEqual([9, 8, 7]);
  expect(cube.row(1).toArray()).toEqual([
    [7, 2],
    [5, 6],
  ]);
  expect(m.slice(1).toArray()).toEqual([[9, 8, 7]]);
  expect([m.slice(null, -1).shape, m.slice(1, 1).shape, m.slice(-9, 9).shape]).toEqual([
    [1, 3],
    [0, 3],
    [2, 3],
  ]);
  const row = m.row(0);
  row.data[0] = 100;
  expect(m.at(0, 0)).toBe(1);
  expect(() => m.row(2)).toThrow('index 2 is out of bounds for axis 0 with size 2');
});
test('an array is gone through along its first dimension', () => {
  expect([...m.reshape([2, 3])].map((row) => row.toArray())).toEqual([
    [1, 5, 2],
    [9, 8, 7],
  ]);
  expect([...m.row(0)]).toEqual([1, 5, 2]);
  expect(() => [...new tf.NDArray(tf.float32, [], Float32Array.of(1))]).toThrow('iteration over a 0-d array');
});
test('argmax is where the greatest stands: the first, and NaN before all', () => {
  expect([m.argmax(), m.row(0).argmax()]).toEqual([3, 1]);
  expect(m.argmax(1).toArray()).toEqual([1, 0]);
  expect(m.argmax(-2).toArray()).toEqual([1, 1, 1]);
  expect(cube.argmax(1).toArray()).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(new tf.NDArray(tf.float32, [4], Float32Array.of(1, NaN, 9, NaN)).argmax()).toBe(1);
  expect(() => m.argmax(2)).toThrow('axis 2 is out of bounds for array of dimension 2');
  expect(() => m.slice(0, 0).argmax()).toThrow('attempt to get argmax of an empty sequence');
  expect(() => new tf.NDArray(tf.string, [1], ['a']).argmax()).toThrow('argmax() is for real numbers');
});
test('mean is of all elements', () => {
  expect(m.mean()).toBeCloseTo(32 / 6, 12);
  expect(new tf.NDArray(tf.bool, [4], Uint8Array.of(1, 0, 1, 1)).mean()).toBe(0.75);
  expect(new tf.NDArray(tf.float16, [2], Uint16Array.of(0x3c00, 0x4000)).mean()).toBe(1.5);
  expect(new tf.NDArray(tf.float32, [0], new Float32Array(0)).mean()).toBeNaN();
});
test('their types say what they give', () => {
  const sure: number = m.at(0, 0) + m.data[0] + m.mean() + m.argmax();
  const rank2 = m.reshape([3, 2]);
  const rows: number[][] = rank2.toArray();
  const vector: number[] = rank2.row(0).toArray();
  const flags: boolean = new tf.NDArray(tf.bool, [1], Uint8Array.of(1)).at(0);
  expect([sure, rows.length, vector.length, flags]).toEqual([1 + 1 + 32 / 6 + 3, 3, 2, true]);
});
