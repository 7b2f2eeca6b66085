/** Matrices inverted, solved and taken apart. */
import { type NamedTuple, namedTuple } from '../base/named-tuple';
import { RuntimeError } from '../base/errors';
import type { Dim, TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, applyOp, inScope } from '../graph/apply';
import { type NotText, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Grad, GradContext, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { mergeDim, mergeShapes, withRankAtLeast } from '../graph/shape-fn';
import { eye } from './eye';
import { matmul } from './matmul';
import { matrixBandPart, matrixDiagPart, matrixSetDiag } from './matrix';
import type { NameOption } from './options';
import { matrixTranspose } from './transpose';
import { concat, element, reshape, shapeOf, sliced } from './words';

const batchOf = (x: TensorShape): TensorShape => (x.rank === null ? x : x.slice(0, x.rank - 2));
function squareShape(c: ShapeContext): TensorShape {
  const x = withRankAtLeast(c, 0, 2);
  const size = mergeDim(x.at(-2), x.at(-1));
  return x.rank === null ? x : batchOf(x).concatenate([size, size]);
}
const square = (grad: OpRow['grad']): OpRow => ({ shape: (c) => [squareShape(c)], grad });
function determinantShape(c: ShapeContext): TensorShape {
  const x = withRankAtLeast(c, 0, 2);
  mergeDim(x.at(-1), x.at(-2));
  return batchOf(x);
}
function systemShape(c: ShapeContext): [TensorShape] {
  const [a, b] = [squareShape(c), withRankAtLeast(c, 1, 2)];
  const batch = mergeShapes(batchOf(a), batchOf(b));
  const rows = mergeDim(a.at(-2), b.at(-2));
  return [batch.rank === null ? batch : batch.concatenate([rows, b.at(-1)])];
}
const least = (a: Dim, b: Dim): Dim => (a === 0 || b === 0 ? 0 : a === null || b === null ? null : Math.min(a, b));

export const DECOMPOSITIONS = {
  MatrixInverse: square(({ outputs: [inverse] }, [dy]) =>
    matmul(inverse, matmul(dy, inverse, { adjointB: true }), { adjointA: true }).neg(),
  ),
  MatrixDeterminant: {
    shape: (c) => [determinantShape(c)],
    grad: ({ inputs: [a], outputs: [y] }, [dy]) => determinantGrad(a, y, () => dy.mul(y)),
  },
  LogMatrixDeterminant: {
    shape: (c) => [determinantShape(c), determinantShape(c)],
    grad: ({ inputs: [a], outputs: [, y] }, [, dy]) => determinantGrad(a, y, () => dy),
  },
  MatrixSolve: { shape: systemShape, grad: (op, [dy]) => solveGrad(op, dy) },
  MatrixTriangularSolve: { shape: systemShape, grad: (op, [dy]) => triangularGrad(op, dy) },
  Cholesky: square(({ outputs: [l] }, [dy]) => choleskyGrad(l, dy)),
  Qr: {
    grows: 'shapes',
    shape(c) {
      const x = withRankAtLeast(c, 0, 2);
      if (x.rank === null) return [null, null];
      const [rows, columns] = [x.at(-2), x.at(-1)];
      const size = c.attr('full_matrices') ? rows : least(rows, columns);
      return [batchOf(x).concatenate([rows, size]), batchOf(x).concatenate([size, columns])];
    },
    grad: qrGrad,
  },
} satisfies Rows;

// --- gradients ----------------------------------------------------------------------------------------

const inverse = (x: Tensor, adjoint: boolean): Tensor => apply('MatrixInverse', [x], { adjoint });
/** One factor for each matrix: shape [..., 1, 1]. */
function determinantGrad(a: Tensor, y: Tensor, factors: () => Tensor): Tensor {
  const inverted = inverse(a, true);
  return reshape(factors(), concat([shapeOf(y), [1, 1]])).mul(inverted);
}
/** Of a system a x = b by its solution: gradients by `a`, before it is cut to a triangle, and by `b`. */
function systemGrad({ outputs: [x] }: GradContext, adjoint: boolean, db: Tensor): Tensor {
  const product = adjoint ? matmul(x, db, { adjointB: true }) : matmul(db, x, { adjointB: true });
  return product.neg();
}
function solveGrad(op: GradContext, dy: Tensor): Grad[] {
  const adjoint = op.attr('adjoint');
  const db = apply('MatrixSolve', [op.inputs[0], dy], { adjoint: !adjoint });
  return [systemGrad(op, adjoint, db), db];
}
function triangularGrad(op: GradContext, dy: Tensor): Grad[] {
  const [adjoint, lower] = [op.attr('adjoint'), op.attr('lower')];
  const db = apply('MatrixTriangularSolve', [op.inputs[0], dy], { lower, adjoint: !adjoint });
  const da = systemGrad(op, adjoint, db);
  return [lower ? matrixBandPart(da, -1, 0) : matrixBandPart(da, 0, -1), db];
}
// l⁻ᴴ ((lᴴ dl) ∘ (tril(1) − ½ I)) l⁻¹, made symmetric
function choleskyGrad(l: Tensor, dl: Tensor): Tensor {
  const rows = element(shapeOf(l), -1);
  const batchShape = sliced(shapeOf(l), null, -2);
  const inverted = apply('MatrixTriangularSolve', [l, eye(rows, null, { batchShape, dtype: l.dtype })]);
  let middle = matmul(l, dl, { adjointA: true });
  middle = matrixSetDiag(middle, matrixDiagPart(middle).rmul(0.5));
  middle = matrixBandPart(middle, -1, 0);
  let da = matmul(matmul(inverted, middle, { adjointA: true }), inverted);
  da = da.add(adjoint(da));
  return da.mul(0.5);
}
/** x r⁻ᴴ for a triangle r above the diagonal. */
const overTriangle = (x: Tensor, r: Tensor): Tensor =>
  adjoint(apply('MatrixTriangularSolve', [r, adjoint(x)], { lower: false, adjoint: false }));
function qrGrad({ outputs: [q, r] }: GradContext, [dq, dr]: Tensor[]): Tensor {
  if (q.dtype.isComplex) throw new RuntimeError(`QrGrad not implemented for dtype: ${q.dtype}`);
  const [rows, columns] = [r.shape.at(-2), r.shape.at(-1)];
  if (rows === null || columns === null) throw new RuntimeError('QrGrad not implemented with dynamic shapes.');
  if (rows !== columns)
    throw new RuntimeError('QrGrad not implemented when ncols > nrows or full_matrices is true and ncols != nrows.');
  const qdq = matmul(q, dq, { adjointA: true });
  const qdqSkew = qdq.sub(adjoint(qdq));
  const rdr = matmul(r, dr, { adjointB: true });
  const rdrSkew = rdr.sub(adjoint(rdr));
  const below = matrixBandPart(qdqSkew.add(rdrSkew), -1, 0);
  const first = matmul(q, dr.add(overTriangle(below, r)));
  return first.add(overTriangle(dq.sub(matmul(q, qdq)), r));
}

// --- what users call ----------------------------------------------------------------------------------

/** What functions of one matrix take by name. */
interface AdjointOption extends NameOption {
  /** Whether the matrix is transposed and conjugated first. */
  readonly adjoint?: boolean;
}
/**
 * The inverse of each matrix.
 *
 *     tf.matrixInverse([[2, 0], [0, 4]])   // [[0.5, 0], [0, 0.25]]
 *
 * @param input    float32, float64 or complex, shape [..., n, n]
 * @param adjoint  whether the matrices are transposed and conjugated first
 * @param name     the name of the node
 * @returns  input's dtype and shape
 * @throws ValueError  if the matrices are known not to be square
 * @throws InvalidArgumentError  when run, for a matrix without an inverse
 */
export const matrixInverse = boundOptions(
  'matrix_inverse',
  1,
  (input: NotText, { adjoint: isAdjoint, name }: AdjointOption = {}): Tensor =>
    apply('MatrixInverse', [input], { adjoint: isAdjoint }, name),
);
/**
 * The determinant of each matrix.
 *
 *     tf.matrixDeterminant([[1, 2], [3, 5]])   // -1
 *
 * @param input  float32, float64 or complex, shape [..., n, n]
 * @param name   the name of the node
 * @returns  input's dtype, its shape without the last two dimensions
 * @throws ValueError  if the matrices are known not to be square
 */
export const matrixDeterminant = boundOptions(
  'matrix_determinant',
  1,
  (input: NotText, { name }: NameOption = {}): Tensor => apply('MatrixDeterminant', [input], {}, name),
);
/**
 * The sign of each matrix's determinant, and the logarithm of its absolute value.
 *
 *     const [sign, logAbsDeterminant] = tf.linalg.slogdet([[1, 2], [3, 5]]);
 *     sign   // -1
 *
 * @param input  float32, float64 or complex, shape [..., n, n]
 * @param name   the name of the node
 * @returns  a list of the two, which has their names: input's dtype, its shape without the last two dimensions
 * @throws ValueError  if the matrices are known not to be square
 */
export const slogdet = boundOptions(
  'linalg.slogdet',
  1,
  (input: NotText, { name }: NameOption = {}): NamedTuple<readonly ['sign', 'logAbsDeterminant'], Tensor> =>
    namedTuple(['sign', 'logAbsDeterminant'], applyOp('LogMatrixDeterminant', [input], {}, name).outputs),
);
/**
 * Solves systems of linear equations.
 *
 *     tf.matrixSolve([[2, 0], [0, 4]], [[2], [2]])   // [[1], [0.5]]
 *
 * @param matrix   float32, float64 or complex, shape [..., n, n]
 * @param rhs      matrix's dtype, shape [..., n, k]: the right-hand sides
 * @param adjoint  whether the matrices are transposed and conjugated first
 * @param name     the name of the node
 * @returns  x with matrix · x = rhs, of the shape of `rhs`
 * @throws ValueError  if the shapes are known and do not fit
 * @throws InvalidArgumentError  when run, for a matrix without an inverse
 */
export const matrixSolve = boundOptions(
  'matrix_solve',
  2,
  (matrix: NotText, rhs: NotText, { adjoint: isAdjoint, name }: AdjointOption = {}): Tensor =>
    apply('MatrixSolve', [matrix, rhs], { adjoint: isAdjoint }, name),
);
/** What `matrixTriangularSolve` takes by name. */
export interface TriangularOptions extends AdjointOption {
  /** Whether the triangle below the diagonal is read; true where not given. */
  readonly lower?: boolean;
}
/**
 * Solves systems of linear equations whose matrices are triangles: the other half of a matrix is not looked at.
 *
 *     tf.matrixTriangularSolve([[2, 0], [1, 1]], [[2], [3]])   // [[1], [2]]
 *
 * @param matrix   float32, float64 or complex, shape [..., n, n]
 * @param rhs      matrix's dtype, shape [..., n, k]: the right-hand sides
 * @param lower    whether the triangle below the diagonal is read; true where not given
 * @param adjoint  whether the matrices are transposed and conjugated first
 * @param name     the name of the node
 * @returns  x with matrix · x = rhs, of the shape of `rhs`
 * @throws ValueError  if the shapes are known and do not fit
 * @throws InvalidArgumentError  when run, for a 0 on the diagonal
 */
export const matrixTriangularSolve = boundOptions(
  'matrix_triangular_solve',
  2,
  (matrix: NotText, rhs: NotText, { lower, adjoint: isAdjoint, name }: TriangularOptions = {}): Tensor =>
    apply('MatrixTriangularSolve', [matrix, rhs], { lower, adjoint: isAdjoint }, name),
);
/**
 * The Cholesky factor of each matrix: the triangle L below the diagonal with L · Lᴴ = input.
 *
 *     tf.cholesky([[4, 2], [2, 5]])   // [[2, 0], [1, 2]]
 *
 * @param input  float32, float64 or complex, shape [..., n, n]: symmetric and positive definite; the upper half is not
 *   looked at
 * @param name   the name of the node
 * @returns  input's dtype and shape
 * @throws ValueError  if the matrices are known not to be square
 * @throws InvalidArgumentError  when run, for a matrix that is not positive definite
 */
export const cholesky = boundOptions(
  'cholesky',
  1,
  (input: NotText, { name }: NameOption = {}): Tensor => apply('Cholesky', [input], {}, name),
);
/**
 * Solves systems of linear equations by the Cholesky factors of their matrices.
 *
 *     tf.choleskySolve([[2, 0], [1, 2]], [[4], [6]])   // [[0.5], [1]]
 *
 * @param chol  what `tf.cholesky` gives of the matrices, shape [..., n, n]
 * @param rhs   chol's dtype, shape [..., n, k]: the right-hand sides
 * @param name  the name of the scope
 * @returns  x with matrix · x = rhs, of the shape of `rhs`
 * @throws ValueError  if the shapes are known and do not fit
 */
export const choleskySolve = boundOptions(
  'cholesky_solve',
  2,
  (chol: NotText, rhs: NotText, { name }: NameOption = {}): Tensor =>
    inScope(name, 'cholesky_solve', [chol, rhs], () => {
      const y = apply('MatrixTriangularSolve', [chol, rhs], { adjoint: false, lower: true });
      return apply('MatrixTriangularSolve', [chol, y], { adjoint: true, lower: true });
    }),
);
/** What `qr` takes by name. */
export interface QrOptions extends NameOption {
  /** Whether `q` is square, where there are more rows than columns; false where not given. */
  readonly fullMatrices?: boolean;
}
/**
 * Takes each matrix apart into columns at right angles and a triangle above the diagonal.
 *
 *     const [q, r] = tf.qr([[3, 1], [4, 2]]);
 *     tf.matmul(q, r)   // [[3, 1], [4, 2]]
 *
 * @param input         float32, float64 or complex, shape [..., m, n]
 * @param fullMatrices  whether `q` is [m, m], and not [m, min(m, n)]
 * @param name          the name of the node
 * @returns  a list of `q` and `r`, which has their names: q · r = input
 * @throws ValueError  if the rank is known and below 2
 */
export const qr = boundOptions(
  'qr',
  1,
  (input: NotText, { fullMatrices, name }: QrOptions = {}): NamedTuple<readonly ['q', 'r'], Tensor> =>
    namedTuple(['q', 'r'], applyOp('Qr', [input], { full_matrices: fullMatrices }, name).outputs),
);
/**
 * Exchanges the last two dimensions, and conjugates complex numbers.
 *
 *     tf.linalg.adjoint([[1, 2], [3, 4]])   // [[1, 3], [2, 4]]
 *
 * @param matrix  numbers, shape [..., m, n]
 * @param name    the name of the scope
 * @returns  matrix's dtype, shape [..., n, m]
 * @throws ValueError  if the rank is known and below 2
 */
export const adjoint = boundOptions(
  'linalg.adjoint',
  1,
  (matrix: NotText, { name }: NameOption = {}): Tensor =>
    inScope(name, 'adjoint', [matrix], () =>
      matrixTranspose(convertToTensor(matrix, null, 'matrix'), { conjugate: true }),
    ),
);
