/** Elements as JavaScript has them, alone and in nested arrays; and what TypeScript knows of them. */
import { asNumbers } from './elements';
import { type DType, type Data, type Scalar, type Untold, bool, complex64, float32, string } from './dtype';
import { TypeError_ } from './errors';
import { halfReader, isHalf } from './half';
import { plainNumber } from './plain-number';
import { sizeOf } from './shape';

/** A value, or lists of values, to any depth. */
export type Nested<E = Scalar> = E | readonly Nested<E>[];
/** Nested arrays of a rank; of a rank that is not known, arrays of some depth. */
export type NestedOf<E, R extends number> = number extends R
  ? Nested<0 extends 1 & E ? Scalar : E>
  : R extends 0
    ? E
    : R extends 1
      ? E[]
      : R extends 2
        ? E[][]
        : R extends 3
          ? E[][][]
          : R extends 4
            ? E[][][][]
            : Nested<E>;
/** Strings, as text or as bytes. */
export type NestedBytes = string | Uint8Array | readonly NestedBytes[];

/** A rank without its first dimension. */
export type Less<R extends number> = number extends R
  ? Untold
  : R extends 1
    ? 0
    : R extends 2
      ? 1
      : R extends 3
        ? 2
        : 3;

/** How an element of this type is read: a 32-bit float as the number that people write for it. */
function reader(dtype: DType, data: Data): (i: number) => Scalar {
  if (dtype === float32 || dtype === complex64) {
    const [floats, width] = [asNumbers(data), dtype === float32 ? 1 : 2];
    return (i) => plainNumber(floats[width * i]);
  }
  return (i) => exactScalar(dtype, data, i);
}
/** The element at `i` to the last bit; of a complex number the real part. */
function exactScalar(dtype: DType, data: Data, i: number): Scalar {
  const x = data[i];
  if (dtype === bool) return x !== 0;
  if (dtype.isComplex) return data[2 * i];
  if (isHalf(dtype)) return halfReader(dtype)(Number(x));
  if (typeof x === 'bigint') return x >= -(2n ** 53n) && x <= 2n ** 53n ? Number(x) : x;
  return x;
}
/** The element at `i`, as people write it; of a complex number the real part. */
export function toScalar(dtype: DType, data: Data, i: number): Scalar {
  return dtype === float32 ? plainNumber(asNumbers(data)[i]) : reader(dtype, data)(i);
}
/**
 * All elements, in arrays that are nested as the shape says; of a scalar the element. Complex numbers are pairs.
 * @param exact  floats are not rounded to what people write for them
 */
export function nestedOf(dtype: DType, shape: readonly number[], data: Data, exact = false): Nested {
  const rank = shape.length;
  const strides = shape.map((_, i) => sizeOf(shape.slice(i + 1)));
  const real = exact ? (i: number): Scalar => exactScalar(dtype, data, i) : reader(dtype, data);
  const part = dtype === complex64 && !exact ? plainNumber : (x: number): number => x;
  const element = dtype.isComplex
    ? (i: number): Nested => [part(Number(data[2 * i])), part(Number(data[2 * i + 1]))]
    : real;
  const build = (axis: number, offset: number): Nested => {
    if (axis === rank) return element(offset);
    const list: Nested[] = [];
    const size = shape[axis];
    if (axis === rank - 1) for (let i = 0; i < size; i++) list.push(element(offset + i));
    else for (let i = 0; i < size; i++) list.push(build(axis + 1, offset + i * strides[axis]));
    return list;
  };
  return build(0, 0);
}
/** Reads elements as numbers. @throws TypeError  where they are none, or complex ones */
export function numbersOf(dtype: DType, data: Data, method: string): (i: number) => number {
  if (dtype === string || dtype.isComplex)
    throw new TypeError_(`${method}() is for real numbers, and this array is ${dtype.name}.`);
  return isHalf(dtype) ? (i) => Number(exactScalar(dtype, data, i)) : (i) => Number(data[i]);
}
/** The elements of an integer array as numbers, those of 64 bits too. */
export function numbersIn({ data }: { readonly data: Data }): number[] {
  const numbers = new Array<number>(data.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = Number(data[i]);
  return numbers;
}

/** Whether an argument that is one value or a list of them is a list. */
export function isList<T>(x: T | readonly T[]): x is readonly T[] {
  return Array.isArray(x);
}
/** A list of its own, of the one value or of those. */
export function asList<T>(x: T | readonly T[]): readonly T[] {
  return isList(x) ? [...x] : [x];
}
