import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { asDtype, complex64, float32, int32, int64 } from '../../src/base/dtype';
import { NDArray } from '../../src/base/ndarray';
import { toNDArray } from '../../src/base/to-ndarray';

interface Case {
  dtype: string;
  shape: number[];
  data: (number | string)[];
  text: string;
}
const cases = JSON.parse(readFileSync(path.join(__dirname, '..', 'fixtures', 'ndarray.json'), 'utf8')) as Case[];

describe('arrays print as NumPy prints them', () => {
  cases.forEach(({ dtype, shape, data, text }, i) =>
    test(`${i} ${dtype} (${shape})`, () => {
      const numbers = data.map((v) =>
        v === 'nan' ? NaN : v === 'inf' ? Infinity : v === '-inf' ? -Infinity : Number(v),
      );
      const own = asDtype(dtype);
      // Parts in turn, in an array that holds such.
      const flat = own.isComplex
        ? { dtype: own, data: own === complex64 ? Float32Array.from(numbers) : Float64Array.from(numbers) }
        : toNDArray(shape.length ? numbers : numbers[0], own);
      expect(new NDArray(flat.dtype, shape, flat.data).toString()).toBe(text);
    }),
  );
});

test('nested arrays become row-major data, and come back', () => {
  const array = toNDArray([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect([array.dtype, array.shape]).toEqual([float32, [2, 3]]);
  expect(array.toArray()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
});
test('ragged arrays are refused', () => {
  expect(() => toNDArray([[1, 2], [3]])).toThrow('dense tensor');
  expect(() => toNDArray([1, [2]])).toThrow('dense tensor');
});
test('a fraction is no integer', () => {
  expect(() => toNDArray([1.5], int32)).toThrow("Expected int32, got 1.5 of type 'float' instead.");
});
test('int64 elements are numbers while they fit, bigints beyond', () => {
  expect(toNDArray([1, 2n ** 60n], int64).toArray()).toEqual([1, 2n ** 60n]);
});
test('a typed array keeps its own type', () => {
  expect(toNDArray(new Int32Array([1, 2])).dtype).toBe(int32);
});
