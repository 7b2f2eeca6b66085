/** Integer arithmetic on values that are known while a graph is built: shapes are worked out with it. */
import { type DType, isBig, zerosOf } from '../base/dtype';
import { NDArray, toNDArray } from '../base/ndarray';
import { sameShape } from '../base/shape';
import type { OpRow } from '../graph/opdef';
import { inputValues } from '../graph/shape-fn';

/** Beyond this, products and quotients in doubles may be one off. */
const LARGEST = 2 ** 51;
/** Shapes have few dimensions: larger operands are data, and left to the run. */
const MOST = 64;

/** The value of an op on two known integers, or vectors of them. */
export function knownInteger(fn: (x: number, y: number) => number): NonNullable<OpRow['value']> {
  return (c) => {
    if (!c.attr<DType>('T').isInteger) return null;
    const [x, y] = inputValues(c);
    if (!x || !y || x.size > MOST || y.size > MOST) return null;
    if (x.rank > 0 && y.rank > 0 && !sameShape(x.shape, y.shape)) return null;
    const like = x.rank ? x : y;
    const out = zerosOf(like.dtype, like.size);
    for (let i = 0; i < out.length; i++) {
      const [a, b] = [Number(x.data[x.rank ? i : 0]), Number(y.data[y.rank ? i : 0])];
      const z = fn(a, b);
      if (Math.abs(a) > LARGEST || Math.abs(b) > LARGEST || !Number.isSafeInteger(z)) return null;
      if (isBig(out)) out[i] = BigInt(z);
      else (out as Int32Array)[i] = z;
    }
    return new NDArray(like.dtype, like.shape, out);
  };
}

/** The value of a reduction of a known vector of integers to a scalar. */
export function knownFold(fn: (x: number, y: number) => number): NonNullable<OpRow['value']> {
  return (c) => {
    if (!c.attr<DType>('T').isInteger || c.attr<boolean>('keep_dims')) return null;
    const [x, axes] = inputValues(c);
    if (!x || x.rank !== 1 || x.size === 0 || x.size > MOST || axes?.size !== 1) return null;
    const elements = Array.from(x.data as Int32Array, Number);
    const z = elements.reduce(fn);
    return Number.isSafeInteger(z) && elements.every((e) => Math.abs(e) <= LARGEST) ? toNDArray(z, x.dtype) : null;
  };
}
