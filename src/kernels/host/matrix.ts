/** Diagonals and bands of matrices, and products of vectors in space, on the host. */
import { type Elements, asLongs, asNumbers } from '../../base/elements';
import { copyRun, slots } from '../../base/box';
import { float32, isBig } from '../../base/dtype';
import { cShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostTable, type HostTensor, KernelError, host, hostZeros, invalid } from '../kernel';
import { withShortFloats } from './operands';

/** Copies `count` elements between two tensors of one dtype, each by its own steps. */
function copyEvery(
  from: HostTensor,
  [at, step]: readonly [number, number],
  to: HostTensor,
  [toAt, toStep]: readonly [number, number],
  count: number,
): void {
  const width = slots(from);
  for (let i = 0; i < count; i++)
    copyRun(from.data, (at + i * step) * width, to.data, (toAt + i * toStep) * width, width);
}
/** What a kernel needs of the last two dimensions. */
function matrices({ shape }: HostTensor): { count: number; rows: number; columns: number; diagonal: number } {
  const [rows, columns] = shape.slice(-2);
  return { count: sizeOf(shape.slice(0, -2)), rows, columns, diagonal: Math.min(rows, columns) };
}
function copy({ dtype, shape, data }: HostTensor): HostTensor {
  return host(dtype, shape, data.slice());
}

const matrixDiag: HostKernel = ([x]) => {
  if (x.shape.length < 1) return invalid(`diagonal must be at least 1-dim, received shape: ${cShape(x.shape)}`);
  const n = x.shape[x.shape.length - 1];
  const out = hostZeros(x.dtype, [...x.shape, n]);
  for (let m = 0; m < sizeOf(x.shape.slice(0, -1)); m++) copyEvery(x, [m * n, 1], out, [m * n * n, n + 1], n);
  return out;
};
const matrixDiagPart: HostKernel = ([x]) => {
  if (x.shape.length < 2) return invalid(`input must be at least 2-dim, received shape: ${cShape(x.shape)}`);
  const { count, rows, columns, diagonal } = matrices(x);
  const out = hostZeros(x.dtype, [...x.shape.slice(0, -2), diagonal]);
  for (let m = 0; m < count; m++) copyEvery(x, [m * rows * columns, columns + 1], out, [m * diagonal, 1], diagonal);
  return out;
};
const matrixSetDiag: HostKernel = ([x, values]) => {
  if (x.shape.length < 2) return invalid(`input must be at least 2-dim, received shape: ${cShape(x.shape)}`);
  if (!values.shape.length) return invalid('diagonal must be at least 1-dim, received shape: []');
  const { count, rows, columns, diagonal } = matrices(x);
  const wanted = [...x.shape.slice(0, -2), diagonal];
  if (values.shape.length !== wanted.length || wanted.some((d, i) => d !== values.shape[i]))
    return invalid(
      "Either first dimensions of diagonal don't match input.shape[:-2], or diagonal.shape[:-1] is not equal to the " +
        'longests diagonal in range [lower_diag_index:upper_diag_index].',
    );
  const out = copy(x);
  for (let m = 0; m < count; m++)
    copyEvery(values, [m * diagonal, 1], out, [m * rows * columns, columns + 1], diagonal);
  return out;
};
const matrixBandPart: HostKernel = ([x, lower, upper]) => {
  if (x.shape.length < 2) return invalid(`input must be at least 2-dim, received shape: ${cShape(x.shape)}`);
  if (lower.shape.length) return invalid(`num_lower must be scalar, got shape ${cShape(lower.shape)}`);
  if (upper.shape.length) return invalid(`num_upper must be scalar, got shape ${cShape(upper.shape)}`);
  const { count, rows, columns } = matrices(x);
  const [below, above] = [Number(lower.data[0]), Number(upper.data[0])];
  if (below > rows)
    return invalid(`num_lower must be negative or less or equal to number of rows (${rows}) got: ${below}`);
  if (above > columns)
    return invalid(`num_upper must be negative or less or equal to number of columns (${columns}) got: ${above}`);
  const out = hostZeros(x.dtype, x.shape);
  const width = slots(x);
  for (let r = 0; r < count * rows; r++) {
    const row = r % rows;
    const from = below < 0 ? 0 : Math.max(0, row - below);
    const to = above < 0 ? columns : Math.min(columns, row + above + 1);
    const at = (r * columns + from) * width;
    if (to > from) copyRun(x.data, at, out.data, at, (to - from) * width);
  }
  return out;
};
const diag: HostKernel = ([x]) => {
  if (x.shape.length < 1) return invalid('Input must be at least rank 1, got 0');
  const out = hostZeros(x.dtype, [...x.shape, ...x.shape]);
  const n = sizeOf(x.shape);
  copyEvery(x, [0, 1], out, [0, n + 1], n);
  return out;
};
const diagPart: HostKernel = ([x]) => {
  const half = x.shape.length / 2;
  const front = x.shape.slice(0, half);
  if (x.shape.length % 2)
    // TensorFlow's sentence has the indentation of its source in it.
    return invalid(`The rank of the tensor should be${' '.repeat(42)}even and positive, got shape ${cShape(x.shape)}`);
  front.forEach((d, i) => {
    if (d !== x.shape[half + i])
      invalid(`Invalid shape ${cShape(x.shape)}: dimensions ${i} and ${half + i} do not match.`);
  });
  const out = hostZeros(x.dtype, front);
  const n = sizeOf(front);
  copyEvery(x, [0, n + 1], out, [0, 1], n);
  return out;
};
const cross: HostKernel = ([a, b]) => {
  if (cShape(a.shape) !== cShape(b.shape))
    return invalid(`Both inputs must be of same shape: ${cShape(a.shape)} vs. ${cShape(b.shape)}`);
  if (a.shape.length < 1) return invalid('Input must be at least 1D');
  const last = a.shape[a.shape.length - 1];
  if (last !== 3) throw new KernelError('FailedPrecondition', 'Cross-products are only defined for 3-element vectors.');
  const out = hostZeros(a.dtype, a.shape);
  const between = <E extends number | bigint>(
    x: Elements<E>,
    y: Elements<E>,
    z: Elements<E>,
    product: (p: E, q: E) => E,
    less: (p: E, q: E) => E,
  ) => {
    for (let i = 0; i < z.length; i += 3)
      for (let k = 0; k < 3; k++) {
        const [p, q] = [i + ((k + 1) % 3), i + ((k + 2) % 3)];
        z[i + k] = less(product(x[p], y[q]), product(x[q], y[p]));
      }
  };
  // Products of 32-bit floats are rounded before they are subtracted; those of integers keep their low bits.
  const product =
    a.dtype === float32 ? (p: number, q: number) => Math.fround(p * q) : a.dtype.isInteger ? Math.imul : times;
  if (isBig(out.data))
    between(
      asLongs(a.data),
      asLongs(b.data),
      out.data,
      (p, q) => p * q,
      (p, q) => p - q,
    );
  else between(asNumbers(a.data), asNumbers(b.data), asNumbers(out.data), product, (p, q) => p - q);
  return out;
};
const times = (p: number, q: number): number => p * q;

export const MATRIX_KERNELS: HostTable = {
  MatrixDiag: matrixDiag,
  MatrixDiagPart: matrixDiagPart,
  MatrixSetDiag: matrixSetDiag,
  MatrixBandPart: matrixBandPart,
  Diag: diag,
  DiagPart: diagPart,
  // TensorFlow 2's takes numbers below 1.2e-38 for 0.
  ...withShortFloats({ Cross: { run: cross, only: true } }),
};
