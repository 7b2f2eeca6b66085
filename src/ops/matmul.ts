/** Matrix products. */
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { Operation, Tensor } from '../graph/graph';
import { type Grad, type OpTable, registerOps } from '../graph/opdef';
import { mergeDim, withRank } from '../graph/shape-fn';
import type { NameOption } from './constants';

export const MATMUL: OpTable = {
  MatMul: {
    sig: 'a: T, b: T -> product: T',
    attrs: ['transpose_a: bool = false', 'transpose_b: bool = false', 'T: {bfloat16, half, float, double, int32, int64, complex64, complex128}'],
    shape(op) {
      const a = withRank(op, 0, 2);
      const b = withRank(op, 1, 2);
      const [ta, tb] = [op.getAttr<boolean>('transpose_a'), op.getAttr<boolean>('transpose_b')];
      mergeDim(a.at(ta ? 0 : 1), b.at(tb ? 1 : 0));
      return [[a.at(ta ? 1 : 0), b.at(tb ? 0 : 1)]];
    },
    grad: matmulGrad,
  },
};
registerOps(MATMUL);

// d(AB) = dC·Bᵀ, Aᵀ·dC; with flags the four cases of TensorFlow's math_grad.
function matmulGrad(op: Operation, [dc]: Tensor[]): Grad[] {
  const [a, b] = op.inputs;
  const [ta, tb] = [op.getAttr<boolean>('transpose_a'), op.getAttr<boolean>('transpose_b')];
  const mm = (x: Tensor, y: Tensor, transpose_a: boolean, transpose_b: boolean): Tensor => apply('MatMul', [x, y], { transpose_a, transpose_b });
  if (!ta && !tb) return [mm(dc, b, false, true), mm(a, dc, true, false)];
  if (!ta && tb) return [mm(dc, b, false, false), mm(dc, a, true, false)];
  if (ta && !tb) return [mm(b, dc, false, true), mm(a, dc, false, false)];
  return [mm(b, dc, true, true), mm(dc, a, true, true)];
}

/**
 * The matrix product of `a` and `b`.
 *
 * @param a  shape [..., m, k], or [..., k, m] with `transposeA`
 * @param b  shape [..., k, n], or [..., n, k] with `transposeB`
 * @returns  shape [..., m, n]
 * @throws ValueError  if the inner dimensions are known and differ
 */
export function matmul(a: TensorLike, b: TensorLike, { transposeA = false, transposeB = false, name }: NameOption & { transposeA?: boolean; transposeB?: boolean } = {}): Tensor {
  return apply('MatMul', [a, b], { transpose_a: transposeA, transpose_b: transposeB }, name);
}
