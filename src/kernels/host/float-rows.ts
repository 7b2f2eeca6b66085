/** Matrices of 32-bit floats: products, and rows side by side, for what is made of several. */
import { asFloats } from '../../base/elements';
import { float32 } from '../../base/dtype';
import { type HostTensor, host, invalid } from '../kernel';
import { multiply } from './product';

export type Floats = Float32Array;
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const matrix = (data: Floats, rows: number, columns: number): HostTensor => host(float32, [rows, columns], data);
/** a[m, k] · b[k, n], of matrices that lie as they are, or as `aᵀ` or `bᵀ`. */
export function product(
  a: Floats,
  b: Floats,
  m: number,
  k: number,
  n: number,
  turned: 'none' | 'a' | 'b' = 'none',
): Floats {
  const out = new Float32Array(m * n);
  const ap = turned === 'a' ? { at: 0, row: 1, column: m } : { at: 0, row: k, column: 1 };
  const bp = turned === 'b' ? { at: 0, row: 1, column: k } : { at: 0, row: n, column: 1 };
  multiply(matrix(a, m, k), matrix(b, k, n), out, ap, bp, 0, { m, k, n });
  return out;
}
/** Rows of two matrices side by side. */
export function besides(x: Floats, y: Floats, rows: number): Floats {
  const [n, m] = [x.length / rows || 0, y.length / rows || 0];
  const out = new Float32Array(x.length + y.length);
  for (let i = 0; i < rows; i++) {
    out.set(x.subarray(i * n, (i + 1) * n), i * (n + m));
    out.set(y.subarray(i * m, (i + 1) * m), i * (n + m) + n);
  }
  return out;
}
/** The columns of a matrix from `first` on. */
export function columns(x: Floats, rows: number, first: number, count: number): Floats {
  const width = x.length / rows || 0;
  const out = new Float32Array(rows * count);
  for (let i = 0; i < rows; i++) out.set(x.subarray(i * width + first, i * width + first + count), i * count);
  return out;
}
/** The elements of a tensor of 32-bit floats. */
export function floats({ data }: HostTensor): Floats {
  const x = asFloats(data);
  return x instanceof Float32Array ? x : Float32Array.from(x);
}
export const sumOf = (x: Floats, y: Floats): Floats => x.map((v, i) => v + y[i]);

export interface Shaped {
  readonly shape: readonly number[];
}
/** @throws InvalidArgumentError  where a size is not what another one asks for */
export function same(what: string, has: number, asked: number, of: string): void {
  if (has !== asked) invalid(`${what} != ${of}: ${has} vs. ${asked}`);
}
