/** Integer arithmetic on values that are known while a graph is built: shapes are worked out with it. */
import { setInteger } from '../base/elements';
import { boxAt, copyBox, slotShape, wholeBox } from '../base/box';
import { limitsOf, zerosOf } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { numbersIn } from '../base/nested';
import { toNDArray } from '../base/to-ndarray';
import { sameShape, sizeOf } from '../base/shape';
import type { OpRow } from '../graph/opdef';
import { inputValues } from '../graph/shape-fn';

/** Beyond this, products and quotients in doubles may be one off. */
const LARGEST = 2 ** 51;
/** Shapes have few dimensions: larger operands are data, and left to the run. */
const MOST = 64;

/** The value of an op on two known integers, or vectors of them. */
export function knownInteger(fn: (x: number, y: number) => number): NonNullable<OpRow['value']> {
  return (c) => {
    if (!c.attr('T', 'type').isInteger) return null;
    const [x, y] = inputValues(c);
    if (!x || !y || x.size > MOST || y.size > MOST) return null;
    if (x.rank > 0 && y.rank > 0 && !sameShape(x.shape, y.shape)) return null;
    const like = x.rank ? x : y;
    const out = zerosOf(like.dtype, like.size);
    for (let i = 0; i < out.length; i++) {
      const [a, b] = [Number(x.data[x.rank ? i : 0]), Number(y.data[y.rank ? i : 0])];
      const z = fn(a, b);
      if (Math.abs(a) > LARGEST || Math.abs(b) > LARGEST || !Number.isSafeInteger(z)) return null;
      setInteger(out, i, z);
    }
    return new NDArray(like.dtype, like.shape, out);
  };
}

/** The value of a reduction of a known vector of integers to a scalar; `none`: of an empty one, where it has one. */
export function knownFold(fn: (x: number, y: number) => number, none?: number): NonNullable<OpRow['value']> {
  return (c) => {
    if (!c.attr('T', 'type').isInteger || c.attr('keep_dims')) return null;
    const [x, axes] = inputValues(c);
    if (!x || x.rank !== 1 || x.size > MOST || axes?.size !== 1) return null;
    const elements = numbersIn(x);
    const z = elements.length ? elements.reduce((a, b) => fn(a, b)) : none;
    const [least, most] = limitsOf(x.dtype);
    const fits = z !== undefined && Number.isSafeInteger(z) && z >= least && z <= most;
    return fits && elements.every((e) => Math.abs(e) <= LARGEST) ? toNDArray(z, x.dtype) : null;
  };
}

/** A scalar under a shape. */
export function repeated(value: NDArray, shape: readonly number[]): NDArray {
  const data = zerosOf(value.dtype, sizeOf(shape));
  const width = value.dtype.isComplex ? 2 : 1;
  for (let i = 0; i < data.length; i++) data[i] = value.data[i % width];
  return new NDArray(value.dtype, shape, data);
}

/** Values longer than this are not worked out while building. */
export const LARGEST_KNOWN = 65536;

export function allKnown(values: readonly (NDArray | null)[]): readonly NDArray[] | null {
  return values.every((v): v is NDArray => v !== null) ? values : null;
}
/** Host data as a value. */
export function array({
  dtype,
  shape: dims,
  data,
}: {
  dtype: NDArray['dtype'];
  shape: readonly number[];
  data: NDArray['data'];
}): NDArray {
  return new NDArray(dtype, dims, data);
}

/** Values larger than this are not cut while building. */
export const LARGEST_CUT = 4096;
/** A part of a known value: `sizes` elements from `begin` on along each dimension. */
export function taken(
  from: NDArray,
  begin: readonly number[],
  strides: readonly number[] | undefined,
  sizes: readonly number[],
  shape: readonly number[],
): NDArray {
  const out = new NDArray(from.dtype, shape, zerosOf(from.dtype, sizeOf(shape)));
  copyBox(slotShape(from, sizes), boxAt(from, begin, strides), wholeBox(out, sizes));
  return out;
}
