/** Matrices inverted, solved and taken apart, on the host, one of a batch after the other. */
import { asNumbers } from '../../base/elements';
import { isHalf } from '../../base/half';
import { claim } from '../../base/room';
import { sameShape, sizeOf } from '../../base/shape';
import { noHostKernel } from '../kernel-error';
import {
  type Checked,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  type KernelNode,
  attr,
  hostZeros,
  invalid,
} from '../kernel';
import {
  type Matrix,
  adjointOf,
  choleskyOf,
  eliminate,
  identityMatrix,
  qrOf,
  solveTriangular,
  zeroMatrix,
} from './complex-matrix';

const outer = ({ shape }: Pick<HostTensor, 'shape'>): readonly number[] => shape.slice(0, -2);
/** The matrices of a batch, copied. */
function matricesIn(x: HostTensor): Matrix[] {
  const [rows, columns] = x.shape.slice(-2);
  const data = asNumbers(x.data);
  const width = x.dtype.isComplex ? 2 : 1;
  return Array.from({ length: sizeOf(outer(x)) }, (_, n) => {
    const made = zeroMatrix(rows, columns);
    const count = rows * columns;
    for (let i = 0; i < count; i++)
      for (let part = 0; part < width; part++) made.parts[2 * i + part] = data[(n * count + i) * width + part];
    return made;
  });
}
/** Matrices as the elements of a tensor of a dtype. */
function batchOf(like: HostTensor, rows: number, columns: number, matrices: readonly Matrix[]): HostTensor {
  const out = hostZeros(like.dtype, [...outer(like), rows, columns]);
  const data = asNumbers(out.data);
  const width = like.dtype.isComplex ? 2 : 1;
  matrices.forEach(({ parts }, n) => {
    const count = rows * columns;
    for (let i = 0; i < count; i++)
      for (let part = 0; part < width; part++) data[(n * count + i) * width + part] = parts[2 * i + part];
  });
  return out;
}
function checkMatrices(inputs: readonly Checked[]): void {
  inputs.forEach(({ shape }, i) => {
    if (shape.length < 2 && !i) invalid(`Input tensor 0 must have rank >= 2, got ${shape.length}`);
    if (shape.length !== inputs[0].shape.length) invalid('All input tensors must have the same rank.');
  });
  for (const { shape } of inputs.slice(1))
    if (!sameShape(shape.slice(0, -2), inputs[0].shape.slice(0, -2)))
      invalid('All input tensors must have the same outer dimensions.');
}
const isSquare = ({ shape }: Checked): boolean => shape.at(-1) === shape.at(-2);
function checkSquare(inputs: readonly Checked[]): void {
  checkMatrices(inputs);
  if (!isSquare(inputs[0])) invalid('Input matrix must be square.');
}
function checkSystem(inputs: readonly Checked[]): void {
  checkMatrices(inputs);
  if (!isSquare(inputs[0])) invalid('First input (lhs) must be a square matrix.');
  if (inputs[0].shape.at(-1) !== inputs[1].shape.at(-2)) invalid('Input matrix and rhs are incompatible.');
}
/** A row for floats of 32 and 64 bits, and complex numbers: TensorFlow has no kernel for those of 16. */
function row(
  check: HostKernelRow['check'],
  run: (inputs: readonly HostTensor[], node: KernelNode) => HostTensor | HostTensor[],
): HostKernelRow {
  return {
    only: true,
    check,
    run(inputs, node) {
      if (isHalf(inputs[0].dtype)) throw noHostKernel(node.type, inputs[0].dtype);
      return run(inputs, node);
    },
  };
}
const NOT_INVERTIBLE = 'Input matrix is not invertible.';
function solved(a: Matrix, b: Matrix, singular: string): Matrix {
  if (eliminate(a, b).isSingular) invalid(singular);
  return solveTriangular(a, b, false);
}
function inverse([x]: readonly HostTensor[], node: KernelNode): HostTensor {
  const n = x.shape[x.shape.length - 1];
  const given = matricesIn(x).map((a) => (attr(node, 'adjoint') ? adjointOf(a) : a));
  return batchOf(
    x,
    n,
    n,
    given.map((a) => solved(a, identityMatrix(n, n), 'Input is not invertible.')),
  );
}
function solve([matrix, rhs]: readonly HostTensor[], node: KernelNode): HostTensor {
  const [rows, columns] = rhs.shape.slice(-2);
  const sides = matricesIn(rhs);
  const given = matricesIn(matrix).map((a) => (attr(node, 'adjoint') ? adjointOf(a) : a));
  return batchOf(
    rhs,
    rows,
    columns,
    given.map((a, i) => solved(a, sides[i], NOT_INVERTIBLE)),
  );
}
function triangularSolve([matrix, rhs]: readonly HostTensor[], node: KernelNode): HostTensor {
  const [rows, columns] = rhs.shape.slice(-2);
  const sides = matricesIn(rhs);
  const [lower, adjoint] = [attr(node, 'lower'), attr(node, 'adjoint')];
  const solutions = matricesIn(matrix).map((a, i) => {
    for (let k = 0; k < a.rows; k++) {
      const at = 2 * (k * a.rows + k);
      if (a.parts[at] === 0 && a.parts[at + 1] === 0) invalid(NOT_INVERTIBLE);
    }
    return solveTriangular(adjoint ? adjointOf(a) : a, sides[i], lower !== adjoint);
  });
  return batchOf(rhs, rows, columns, solutions);
}
/** The determinant as a direction of size 1, and the logarithm of its size. */
function determinantOf(a: Matrix): {
  direction: [re: number, im: number];
  log: number;
  value: [re: number, im: number];
} {
  const { isOdd } = eliminate(a, null);
  const sign = isOdd ? -1 : 1;
  let [re, im, log, u, v] = [sign, 0, 0, sign, 0];
  for (let k = 0; k < a.rows; k++) {
    const at = 2 * (k * a.rows + k);
    const [x, y] = [a.parts[at], a.parts[at + 1]];
    const size = Math.hypot(x, y);
    [re, im] = [re * x - im * y, re * y + im * x];
    log += Math.log(size);
    [u, v] = size ? [(u * x - v * y) / size, (u * y + v * x) / size] : [0, 0];
  }
  return { direction: [u, v], log, value: [re, im] };
}
function scalars(like: HostTensor, values: readonly (readonly [re: number, im: number])[]): HostTensor {
  const out = hostZeros(like.dtype, outer(like));
  const data = asNumbers(out.data);
  const width = like.dtype.isComplex ? 2 : 1;
  values.forEach((parts, i) => {
    for (let part = 0; part < width; part++) data[i * width + part] = parts[part];
  });
  return out;
}
function cholesky([x]: readonly HostTensor[]): HostTensor {
  const n = x.shape[x.shape.length - 1];
  const factors = matricesIn(x).map(
    (a) => choleskyOf(a) ?? invalid('Cholesky decomposition was not successful. The input might not be valid.'),
  );
  return batchOf(x, n, n, factors);
}
function qr([x]: readonly HostTensor[], node: KernelNode): HostTensor[] {
  const isFull = attr(node, 'full_matrices');
  const [rows, columns] = x.shape.slice(-2);
  const size = isFull ? rows : Math.min(rows, columns);
  const shape = [...x.shape.slice(0, -2), rows, size];
  claim(sizeOf(shape), x.dtype.size, x.dtype.cName, shape);
  const pairs = matricesIn(x).map((a) => qrOf(a, isFull));
  return [
    batchOf(
      x,
      rows,
      size,
      pairs.map(([q]) => q),
    ),
    batchOf(
      x,
      size,
      columns,
      pairs.map(([, r]) => r),
    ),
  ];
}

export const DECOMPOSITION_KERNELS: HostTable = {
  MatrixInverse: row(checkSquare, inverse),
  MatrixDeterminant: row(checkSquare, ([x]) =>
    scalars(
      x,
      matricesIn(x).map((a) => determinantOf(a).value),
    ),
  ),
  LogMatrixDeterminant: row(checkSquare, ([x]) => {
    const found = matricesIn(x).map(determinantOf);
    return [
      scalars(
        x,
        found.map(({ direction }) => direction),
      ),
      scalars(
        x,
        found.map(({ log }) => [log, 0]),
      ),
    ];
  }),
  MatrixSolve: row(checkSystem, solve),
  MatrixTriangularSolve: row(checkSystem, triangularSolve),
  Cholesky: row(checkSquare, cholesky),
  Qr: row(checkMatrices, qr),
};
