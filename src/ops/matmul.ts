import { ValueError } from '../base/errors';
import { type Dim, TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, applyOp, inScope } from '../graph/apply';
import { convertToTensor, isSymbolic, isWeak, type NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Grad, GradContext, Rows, ShapeFn } from '../graph/opdef';
import { broadcastShapes, mergeDim, mergeShapes, withRank, withRankAtLeast } from '../graph/shape-fn';
import { knowing } from './known-calls';
import type { ProductCall } from './known-sizes';
import type { NameOption } from './options';
import { conj, reshape, shapeOf, sliced, sum } from './words';

/** Each element of `a` meets a row of the result. */
const products = ([a]: readonly TensorShape[], output: TensorShape): number =>
  (a.numElements() ?? NaN) * (output.at(-1) ?? NaN);

/** Of the last two dimensions: rows, columns and the inner one, which must agree. */
function productDims(a: TensorShape, b: TensorShape, ta: boolean, tb: boolean): [Dim, Dim] {
  mergeDim(a.at(ta ? -2 : -1), b.at(tb ? -1 : -2));
  return [a.at(ta ? -1 : -2), b.at(tb ? -2 : -1)];
}
function batches(broadcast: boolean): ShapeFn {
  return (c) => {
    const [x, y] = [withRankAtLeast(c, 0, 2), withRankAtLeast(c, 1, 2)];
    const outer = (s: TensorShape): TensorShape =>
      s.dims ? new TensorShape(s.dims.slice(0, -2)) : TensorShape.unknown();
    const [ax, ay] = [c.attr('adj_x'), c.attr('adj_y')];
    if (!broadcast) {
      const dims = mergeShapes(outer(x), outer(y));
      return [dims.concatenate(productDims(x, y, ax, ay))];
    }
    const matrix = productDims(x, y, ax, ay);
    return [broadcastShapes(outer(x), outer(y)).concatenate(matrix)];
  };
}

export const MATMUL = {
  MatMul: {
    grows: 'shapes',
    products,
    shape: (c) => {
      const [a, b] = [withRank(c, 0, 2), withRank(c, 1, 2)];
      return [productDims(a, b, c.attr('transpose_a'), c.attr('transpose_b'))];
    },
    grad: matmulGrad,
  },
  BatchMatMul: {
    grows: 'shapes',
    shape: batches(false),
    products,
    grad: (op, [dz]) => batchGrad(op, dz),
  },
  BatchMatMulV2: {
    grows: 'shapes',
    shape: batches(true),
    products,
    grad: batchGradV2,
  },
} satisfies Rows;

// d(AB) = dC·Bᵀ, Aᵀ·dC; with flags the four cases of TensorFlow's math_grad.
function matmulGrad(op: GradContext, [dc]: Tensor[]): Grad[] {
  const [a, b] = op.inputs.map(conj);
  const [ta, tb] = [op.attr('transpose_a'), op.attr('transpose_b')];
  const mm = (x: Tensor, y: Tensor, transpose_a: boolean, transpose_b: boolean): Tensor =>
    apply('MatMul', [x, y], { transpose_a, transpose_b });
  if (!ta && !tb) return [mm(dc, b, false, true), mm(a, dc, true, false)];
  if (!ta && tb) return [mm(dc, b, false, false), mm(dc, a, true, false)];
  if (ta && !tb) return [mm(b, dc, false, true), mm(a, dc, false, false)];
  return [mm(b, dc, true, true), mm(dc, a, true, true)];
}
function batchGrad(op: GradContext, dz: Tensor): Tensor[] {
  const [x, y] = op.inputs;
  const [ax, ay] = [op.attr('adj_x'), op.attr('adj_y')];
  const mm = (a: Tensor, b: Tensor, adjointA: boolean, adjointB: boolean): Tensor =>
    matmul(a, b, { adjointA, adjointB });
  if (!ax && !ay) return [mm(dz, y, false, true), mm(x, dz, true, false)];
  if (!ax && ay) return [mm(dz, y, false, false), mm(dz, x, true, false)];
  if (ax && !ay) return [mm(y, dz, false, true), mm(x, dz, false, false)];
  return [mm(y, dz, true, true), mm(dz, x, true, true)];
}
function batchGradV2(op: GradContext, [dz]: Tensor[]): Tensor[] {
  const [x, y] = op.inputs;
  const [gx, gy] = batchGrad(op, dz);
  if (x.shape.isFullyDefined() && y.shape.isFullyDefined() && x.shape.equals(y.shape)) return [gx, gy];
  const [sx, sy] = [shapeOf(x), shapeOf(y)];
  const [bx, by] = [sliced(sx, null, -2), sliced(sy, null, -2)];
  const [rx, ry] = applyOp('BroadcastGradientArgs', [bx, by]).outputs;
  return [reshape(sum(gx, rx), sx), reshape(sum(gy, ry), sy)];
}

// --- what users call ------------------------------------------------------------------------------------------

/** What `matmul` takes by name. */
export interface MatmulOptions extends NameOption {
  /** Transposes `a` before the product. */
  readonly transposeA?: boolean;
  /** Transposes `b` before the product. */
  readonly transposeB?: boolean;
  /** Transposed and conjugated: for real numbers the same as `transposeA`. */
  readonly adjointA?: boolean;
  /** Transposed and conjugated: for real numbers the same as `transposeB`. */
  readonly adjointB?: boolean;
}
/**
 * The matrix product of `a` and `b`, of the last two dimensions; the others are batches, and broadcast.
 *
 *     tf.matmul([[1, 2]], [[3], [4]])               // [[11]]
 *     tf.matmul([[1, 2]], [[3, 4]], { transposeB: true })   // [[11]]
 *
 * @param a           floats, complex numbers or int32, shape [..., m, k], or [..., k, m] with `transposeA`
 * @param b           a's dtype, shape [..., k, n], or [..., n, k] with `transposeB`
 * @param transposeA  transposes `a` before the product
 * @param transposeB  transposes `b` before the product
 * @param adjointA    transposes and conjugates `a`
 * @param adjointB    transposes and conjugates `b`
 * @returns  a's dtype, shape [..., m, n]
 * @throws ValueError  if the inner dimensions are known and differ
 * @throws InvalidArgumentError  when run, where that shows only then
 * @throws TypeError  if the dtypes differ
 */
export const matmul = knowing<ProductCall<MatmulOptions>>()(
  'matmul',
  2,
  function matmul(
    a: NotText,
    b: NotText,
    { transposeA = false, transposeB = false, adjointA = false, adjointB = false, name }: MatmulOptions = {},
  ): Tensor {
    return inScope(name, 'MatMul', [a, b], (scope) => {
      if (transposeA && adjointA) throw new ValueError('Only one of transpose_a and adjoint_a can be True.');
      if (transposeB && adjointB) throw new ValueError('Only one of transpose_b and adjoint_b can be True.');
      const dtypeOf = (v: NotText) => (isSymbolic(v) ? convertToTensor(v).dtype.baseDtype : null);
      const x = convertToTensor(a, isWeak(a) ? dtypeOf(b) : null, 'a');
      const y = convertToTensor(b, isWeak(b) ? x.dtype.baseDtype : null, 'b');
      const batched = (t: Tensor): boolean => t.shape.rank === null || t.shape.rank > 2;
      if (batched(x) || batched(y)) {
        // Batches know the adjoint only: a transposed complex matrix is conjugated first.
        return apply(
          'BatchMatMulV2',
          [transposeA ? conj(x) : x, transposeB ? conj(y) : y],
          { adj_x: transposeA || adjointA, adj_y: transposeB || adjointB },
          scope,
        );
      }
      return apply(
        'MatMul',
        [adjointA ? conj(x) : x, adjointB ? conj(y) : y],
        { transpose_a: transposeA || adjointA, transpose_b: transposeB || adjointB },
        scope,
      );
    });
  },
);
/**
 * The product of matrices and vectors.
 *
 *     tf.linalg.matvec([[1, 2], [3, 4]], [1, 1])   // [3, 7]
 *
 * @param a           floats, complex numbers or int32, shape [..., m, k], or [..., k, m] with `transposeA`
 * @param b           a's dtype, shape [..., k]
 * @param transposeA  transposes `a` before the product
 * @param adjointA    transposes and conjugates `a`
 * @returns  a's dtype, shape [..., m]
 * @throws ValueError  if the inner dimensions are known and differ
 * @throws InvalidArgumentError  when run, where that shows only then
 * @throws TypeError  if the dtypes differ
 */
export const matvec = boundOptions(
  'linalg.matvec',
  2,
  function matvec(
    a: NotText,
    b: NotText,
    { transposeA = false, adjointA = false, name }: NameOption & { transposeA?: boolean; adjointA?: boolean } = {},
  ): Tensor {
    return inScope(name, 'MatVec', [a, b], () => {
      const column = apply('ExpandDims', [b, -1], {});
      return apply('Squeeze', [matmul(a, column, { transposeA, adjointA })], { squeeze_dims: [-1] });
    });
  },
);
