/** The loops of matrix products, by dtype. */
import { asFloats, asLongs, asNumbers } from '../../base/elements';
import { type Data, type NumericArray, float32, isBig } from '../../base/dtype';
import type { HostTensor } from '../kernel';
import { type Parts, addProductAt } from './complex';

/** Where a matrix lies in an array: its first element, and the steps from row to row and from column to column. */
export interface Place {
  readonly at: number;
  readonly row: number;
  readonly column: number;
}
export interface Sizes {
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

/** c[m, n] = a[m, k] b[k, n]. Two rows by four columns at a time, so that each element read serves several products. */
function product32(
  a: NumericArray,
  b: NumericArray,
  c: NumericArray,
  ap: Place,
  bp: Place,
  co: number,
  { m, k, n }: Sizes,
): void {
  const [ai, ak, bk, bj] = [ap.row, ap.column, bp.row, bp.column];
  let i = 0;
  for (; i + 1 < m; i += 2) {
    const [a0, a1] = [ap.at + i * ai, ap.at + (i + 1) * ai];
    let j = 0;
    for (; j + 3 < n; j += 4) {
      let [s0, s1, s2, s3, t0, t1, t2, t3] = [0, 0, 0, 0, 0, 0, 0, 0];
      let q = bp.at + j * bj;
      for (let p = 0, x = a0, y = a1; p < k; p++, x += ak, y += ak, q += bk) {
        const u = a[x];
        const v = a[y];
        const b0 = b[q];
        const b1 = b[q + bj];
        const b2 = b[q + 2 * bj];
        const b3 = b[q + 3 * bj];
        s0 += u * b0;
        s1 += u * b1;
        s2 += u * b2;
        s3 += u * b3;
        t0 += v * b0;
        t1 += v * b1;
        t2 += v * b2;
        t3 += v * b3;
      }
      const o = co + i * n + j;
      c[o] = s0;
      c[o + 1] = s1;
      c[o + 2] = s2;
      c[o + 3] = s3;
      c[o + n] = t0;
      c[o + n + 1] = t1;
      c[o + n + 2] = t2;
      c[o + n + 3] = t3;
    }
    for (; j < n; j++) {
      let [s, t] = [0, 0];
      for (let p = 0, x = a0, y = a1, q = bp.at + j * bj; p < k; p++, x += ak, y += ak, q += bk) {
        s += a[x] * b[q];
        t += a[y] * b[q];
      }
      c[co + i * n + j] = s;
      c[co + (i + 1) * n + j] = t;
    }
  }
  for (; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let p = 0, x = ap.at + i * ai, q = bp.at + j * bj; p < k; p++, x += ak, q += bk) s += a[x] * b[q];
      c[co + i * n + j] = s;
    }
  }
}
/** The same for the other dtypes, one element at a time. */
function product<T extends number | bigint>(
  a: { [i: number]: T },
  b: { [i: number]: T },
  c: { [i: number]: T },
  ap: Place,
  bp: Place,
  co: number,
  { m, k, n }: Sizes,
  zero: T,
  step: (sum: T, x: T, y: T) => T,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = zero;
      for (let p = 0; p < k; p++)
        sum = step(sum, a[ap.at + i * ap.row + p * ap.column], b[bp.at + p * bp.row + j * bp.column]);
      c[co + i * n + j] = sum;
    }
  }
}
function complexProduct(a: Parts, b: Parts, c: Parts, ap: Place, bp: Place, co: number, { m, k, n }: Sizes): void {
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++)
      for (let p = 0; p < k; p++)
        addProductAt(c, co + i * n + j, a, ap.at + i * ap.row + p * ap.column, b, bp.at + p * bp.row + j * bp.column);
}
/** out = a·b for one pair of matrices, from `co` on. */
export function multiply(
  a: HostTensor,
  b: HostTensor,
  out: Data,
  ap: Place,
  bp: Place,
  co: number,
  sizes: Sizes,
): void {
  if (a.dtype.isComplex) complexProduct(asFloats(a.data), asFloats(b.data), asFloats(out), ap, bp, co, sizes);
  else if (a.dtype === float32) product32(asNumbers(a.data), asNumbers(b.data), asNumbers(out), ap, bp, co, sizes);
  else if (isBig(out))
    product<bigint>(asLongs(a.data), asLongs(b.data), out, ap, bp, co, sizes, 0n, (s, x, y) => s + x * y);
  else if (a.dtype.isInteger)
    product<number>(
      asNumbers(a.data),
      asNumbers(b.data),
      asNumbers(out),
      ap,
      bp,
      co,
      sizes,
      0,
      (s, x, y) => (s + Math.imul(x, y)) | 0,
    );
  else
    product<number>(asNumbers(a.data), asNumbers(b.data), asNumbers(out), ap, bp, co, sizes, 0, (s, x, y) => s + x * y);
}
