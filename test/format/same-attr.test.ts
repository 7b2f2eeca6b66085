/** Attributes are the same where their bits are: as text many look alike that are not. */
import { float32, int64, string } from '../../src/base/dtype';
import { NDArray } from '../../src/base/ndarray';
import { TensorShape } from '../../src/base/shape';
import { sameAttr } from '../../src/format/same-attr';

const array = (...data: number[]): NDArray => new NDArray(float32, [data.length], Float32Array.from(data));
const texts = (...data: string[]): NDArray => new NDArray(string, [data.length], data);
const shape = (dims: readonly (number | null)[] | null): TensorShape => TensorShape.of(dims);

test.each([
  ['texts with commas', texts('a,b', 'c'), texts('a', 'b,c')],
  ['zeros of two signs', array(0), array(-0)],
  ['a number and its text', 1, '1'],
  ['integers beyond 2^53', 2n ** 53n + 1n, 2n ** 53n],
  ['dtypes', float32, int64],
  ['shapes', shape([null, 2]), shape([2, null])],
  ['an unknown rank and none', shape(null), shape([])],
  ['lists', ['ab'], ['a', 'b']],
  ['functions', { name: 'f', attrs: { T: float32 } }, { name: 'f', attrs: { T: int64 } }],
  ['arrays of other shapes', new NDArray(float32, [1, 2], Float32Array.of(1, 2)), array(1, 2)],
])('%s are not the same', (_, a, b) => {
  expect(sameAttr(a, b)).toBe(false);
});
test('what is alike to the bit is the same', () => {
  expect(sameAttr(array(NaN, 1), array(NaN, 1))).toBe(true);
  expect(sameAttr(texts('a,b'), texts('a,b'))).toBe(true);
  expect(sameAttr(shape([null, 2]), shape([null, 2]))).toBe(true);
  expect(sameAttr([1, 2], [1, 2])).toBe(true);
  expect(sameAttr({ name: 'f', attrs: { T: float32 } }, { name: 'f', attrs: { T: float32 } })).toBe(true);
});
