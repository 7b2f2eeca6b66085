/**
 * `tf.linalg`: products, diagonals and norms of matrices, and systems of equations. Re-exports only.
 *
 * @module
 */
export { l2Normalize } from '../nn/normalize';
export { globalNorm } from '../ops/clip';
export {
  adjoint,
  cholesky,
  choleskySolve,
  matrixDeterminant as det,
  matrixInverse as inv,
  matrixSolve as solve,
  matrixTriangularSolve as triangularSolve,
  qr,
  slogdet,
} from '../ops/decompositions';
export { einsum } from '../ops/einsum';
export { eye } from '../ops/eye';
export { matmul, matvec } from '../ops/matmul';
export {
  cross,
  matrixBandPart as bandPart,
  matrixDiag as diag,
  matrixDiagPart as diagPart,
  matrixSetDiag as setDiag,
  tensorDiag,
  tensorDiagPart,
  trace,
} from '../ops/matrix';
export { norm } from './norm';
export { tensordot } from '../ops/tensordot';
export { matrixTranspose as transpose } from '../ops/transpose';
