/** Matrix products in plain TypeScript: for tiny ones, and for dtypes that a device lacks. */
import { type Data, float32, isBig, zerosOf } from '../../base/dtype';
import { broadcast, cShape, sizeOf, stridesOf } from '../../base/shape';
import {
  type HostTable,
  type HostTensor,
  KernelError,
  type KernelNode,
  type Value,
  attr,
  host,
  invalid,
  registerHostKernels,
} from '../kernel';
import { withShortFloats } from './loops';

/** Where a matrix lies in an array: its first element, and the steps from row to row and from column to column. */
interface Place {
  readonly at: number;
  readonly row: number;
  readonly column: number;
}
interface Sizes {
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

/** c[m, n] = a[m, k] b[k, n]. Two rows by four columns at a time, so that each element read serves several products. */
function product32(
  a: Float32Array,
  b: Float32Array,
  c: Float32Array,
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
function multiply(a: HostTensor, b: HostTensor, out: Data, ap: Place, bp: Place, co: number, sizes: Sizes): void {
  if (a.dtype === float32)
    product32(a.data as Float32Array, b.data as Float32Array, out as Float32Array, ap, bp, co, sizes);
  else if (isBig(out))
    product<bigint>(
      a.data as BigInt64Array,
      b.data as BigInt64Array,
      out,
      ap,
      bp,
      co,
      sizes,
      0n,
      (s, x, y) => s + x * y,
    );
  else if (a.dtype.isInteger)
    product<number>(
      a.data as Int32Array,
      b.data as Int32Array,
      out as Int32Array,
      ap,
      bp,
      co,
      sizes,
      0,
      (s, x, y) => (s + Math.imul(x, y)) | 0,
    );
  else
    product<number>(
      a.data as Float64Array,
      b.data as Float64Array,
      out as Float64Array,
      ap,
      bp,
      co,
      sizes,
      0,
      (s, x, y) => s + x * y,
    );
}
function refuseComplex(x: HostTensor, node: KernelNode): void {
  if (x.dtype.isComplex)
    throw new KernelError(
      'Unimplemented',
      `No kernel for op type '${node.type}' with ${x.dtype.name} elements on the host`,
    );
}

type Shaped = readonly { readonly shape: readonly number[] }[];
function checkMatmul([a, b]: Shaped, node: KernelNode): void {
  if (a.shape.length !== 2) invalid(`In[0] is not a matrix. Instead it has shape ${cShape(a.shape)}`);
  if (b.shape.length !== 2) invalid(`In[1] is not a matrix. Instead it has shape ${cShape(b.shape)}`);
  if (a.shape[attr<boolean>(node, 'transpose_a') ? 0 : 1] !== b.shape[attr<boolean>(node, 'transpose_b') ? 1 : 0]) {
    invalid(`Matrix size-incompatible: In[0]: ${cShape(a.shape)}, In[1]: ${cShape(b.shape)}`);
  }
}
/** Rows, columns, and where they lie, of the last two dimensions. */
function layout(shape: readonly number[], transposed: boolean): { rows: number; columns: number; place: Place } {
  const [rows, columns] = shape.slice(-2);
  return transposed
    ? { rows: columns, columns: rows, place: { at: 0, row: 1, column: columns } }
    : { rows, columns, place: { at: 0, row: columns, column: 1 } };
}
function matmul(inputs: readonly HostTensor[], node: KernelNode): HostTensor {
  checkMatmul(inputs, node);
  const [a, b] = inputs;
  refuseComplex(a, node);
  const [x, y] = [
    layout(a.shape, attr<boolean>(node, 'transpose_a')),
    layout(b.shape, attr<boolean>(node, 'transpose_b')),
  ];
  const out = zerosOf(a.dtype, x.rows * y.columns);
  multiply(a, b, out, x.place, y.place, 0, { m: x.rows, k: x.columns, n: y.columns });
  return host(a.dtype, [x.rows, y.columns], out);
}

function checkBatches([a, b]: Shaped, node: KernelNode): void {
  const [ax, ay] = [attr<boolean>(node, 'adj_x'), attr<boolean>(node, 'adj_y')];
  const enough = (): void =>
    [a, b].forEach((x, i) => {
      if (x.shape.length < 2) invalid(`In[${i}] ndims must be >= 2: ${x.shape.length}`);
    });
  if (node.type === 'BatchMatMul') {
    if (a.shape.length !== b.shape.length)
      invalid(`In[0] and In[1] has different ndims: ${cShape(a.shape)} vs. ${cShape(b.shape)}`);
    enough();
    for (let i = 0; i < a.shape.length - 2; i++) {
      if (a.shape[i] !== b.shape[i])
        invalid(`In[0].dim(${i}) and In[1].dim(${i}) must be the same: ${cShape(a.shape)} vs ${cShape(b.shape)}`);
    }
  } else {
    enough();
    if (!broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2)))
      invalid(`In[0] and In[1] must have compatible batch dimensions: ${cShape(a.shape)} vs. ${cShape(b.shape)}`);
  }
  const [d2, d3] = [a.shape[a.shape.length - (ax ? 2 : 1)], b.shape[b.shape.length - (ay ? 1 : 2)]];
  if (d2 !== d3)
    invalid(
      `In[0] mismatch In[1] shape: ${d2} vs. ${d3}: ${cShape(a.shape)} ${cShape(b.shape)} ${ax ? 1 : 0} ${ay ? 1 : 0}`,
    );
}
function batchMatmul(inputs: readonly HostTensor[], node: KernelNode): HostTensor {
  checkBatches(inputs, node);
  const [a, b] = inputs;
  refuseComplex(a, node);
  const [x, y] = [layout(a.shape, attr<boolean>(node, 'adj_x')), layout(b.shape, attr<boolean>(node, 'adj_y'))];
  const batch = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2))!;
  const [m, k, n] = [x.rows, x.columns, y.columns];
  const out = zerosOf(a.dtype, sizeOf(batch) * m * n);
  const offset = (shape: readonly number[], at: readonly number[]): number => {
    const outer = shape.slice(0, -2);
    const strides = stridesOf(outer);
    return (
      outer.reduce((sum, d, i) => sum + (d === 1 ? 0 : at[i + at.length - outer.length] * strides[i]), 0) *
      shape[shape.length - 1] *
      shape[shape.length - 2]
    );
  };
  const at = new Array<number>(batch.length).fill(0);
  for (let i = 0; i < sizeOf(batch); i++) {
    multiply(a, b, out, { ...x.place, at: offset(a.shape, at) }, { ...y.place, at: offset(b.shape, at) }, i * m * n, {
      m,
      k,
      n,
    });
    for (let d = batch.length - 1; d >= 0; d--) {
      if (++at[d] < batch[d]) break;
      at[d] = 0;
    }
  }
  return host(a.dtype, [...batch, m, n], out);
}

/** Nanoseconds of a product of two elements. */
const PER_PRODUCT = 0.9;
function cost(inputs: readonly Value[], node: KernelNode): number {
  const [a, b] = inputs;
  const flipped = node.attrs['transpose_b'] === true || node.attrs['adj_y'] === true;
  const columns = b.shape[b.shape.length - (flipped ? 2 : 1)] ?? 1;
  return 300 + Math.max(a.size * columns, b.size) * PER_PRODUCT;
}

export const MATMUL_KERNELS: HostTable = withShortFloats({
  MatMul: { run: matmul, check: checkMatmul, cost },
  BatchMatMul: { run: batchMatmul, check: checkBatches, cost },
  BatchMatMulV2: { run: batchMatmul, check: checkBatches, cost },
});
registerHostKernels(MATMUL_KERNELS);
