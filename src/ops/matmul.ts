/** Matrix products: of two matrices, of batches of them, and of tensors over chosen dimensions. */
import { int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { type Dim, TensorShape } from '../base/shape';
import { apply, applyOp, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic, isWeak } from '../graph/constant';
import type { Operation, Tensor } from '../graph/graph';
import type { Grad, Rows, ShapeFn } from '../graph/opdef';
import { broadcastShapes, mergeDim, mergeShapes, withRank, withRankAtLeast } from '../graph/shape-fn';
import type { NameOption } from './constants';
import { reduceProd } from './reduce';
import {
  castTo,
  concat,
  conj,
  gather,
  ints,
  range,
  rankOf,
  reshape,
  select,
  setDifference,
  shapeOf,
  sliced,
  sum,
  transpose,
} from './words';

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
    const [ax, ay] = [c.attr<boolean>('adj_x'), c.attr<boolean>('adj_y')];
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
    products,
    shape: (c) => {
      const [a, b] = [withRank(c, 0, 2), withRank(c, 1, 2)];
      return [productDims(a, b, c.attr<boolean>('transpose_a'), c.attr<boolean>('transpose_b'))];
    },
    grad: matmulGrad,
  },
  BatchMatMul: {
    shape: batches(false),
    products,
    grad: (op, [dz]) => batchGrad(op, dz),
  },
  BatchMatMulV2: {
    shape: batches(true),
    products,
    grad: batchGradV2,
  },
} satisfies Rows;

// d(AB) = dC·Bᵀ, Aᵀ·dC; with flags the four cases of TensorFlow's math_grad.
function matmulGrad(op: Operation, [dc]: Tensor[]): Grad[] {
  const [a, b] = op.inputs.map(conj);
  const [ta, tb] = [op.getAttr<boolean>('transpose_a'), op.getAttr<boolean>('transpose_b')];
  const mm = (x: Tensor, y: Tensor, transpose_a: boolean, transpose_b: boolean): Tensor =>
    apply('MatMul', [x, y], { transpose_a, transpose_b });
  if (!ta && !tb) return [mm(dc, b, false, true), mm(a, dc, true, false)];
  if (!ta && tb) return [mm(dc, b, false, false), mm(dc, a, true, false)];
  if (ta && !tb) return [mm(b, dc, false, true), mm(a, dc, false, false)];
  return [mm(b, dc, true, true), mm(dc, a, true, true)];
}
function batchGrad(op: Operation, dz: Tensor): Tensor[] {
  const [x, y] = op.inputs;
  const [ax, ay] = [op.getAttr<boolean>('adj_x'), op.getAttr<boolean>('adj_y')];
  const mm = (a: Tensor, b: Tensor, adjointA: boolean, adjointB: boolean): Tensor =>
    matmul(a, b, { adjointA, adjointB });
  if (!ax && !ay) return [mm(dz, y, false, true), mm(x, dz, true, false)];
  if (!ax && ay) return [mm(dz, y, false, false), mm(dz, x, true, false)];
  if (ax && !ay) return [mm(y, dz, false, true), mm(x, dz, false, false)];
  return [mm(y, dz, true, true), mm(dz, x, true, true)];
}
function batchGradV2(op: Operation, [dz]: Tensor[]): Tensor[] {
  const [x, y] = op.inputs;
  const [gx, gy] = batchGrad(op, dz);
  if (x.shape.isFullyDefined() && y.shape.isFullyDefined() && x.shape.equals(y.shape)) return [gx, gy];
  const [sx, sy] = [shapeOf(x), shapeOf(y)];
  const [bx, by] = [sliced(sx, null, -2), sliced(sy, null, -2)];
  const [rx, ry] = applyOp('BroadcastGradientArgs', [bx, by]).outputs;
  return [reshape(sum(gx, rx), sx), reshape(sum(gy, ry), sy)];
}

// --- what users call ------------------------------------------------------------------------------------------

export interface MatmulOptions extends NameOption {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** Transposed and conjugated: for real numbers the same as `transposeA`. */
  readonly adjointA?: boolean;
  readonly adjointB?: boolean;
}
/**
 * The matrix product of `a` and `b`, of the last two dimensions; the others are batches, and broadcast.
 *
 *     tf.matmul(x, W)                            // [n, 784] by [784, 10] is [n, 10]
 *     tf.matmul(q, k, {transposeB: true})        // [b, m, d] by [b, n, d] is [b, m, n]
 *
 * @param a  shape [..., m, k], or [..., k, m] with `transposeA`
 * @param b  shape [..., k, n], or [..., n, k] with `transposeB`
 * @returns  shape [..., m, n]
 * @throws ValueError  if the inner dimensions are known and differ; InvalidArgumentError where that shows only in a run
 */
export function matmul(
  a: TensorLike,
  b: TensorLike,
  { transposeA = false, transposeB = false, adjointA = false, adjointB = false, name }: MatmulOptions = {},
): Tensor {
  return inScope(name, 'MatMul', [a, b], (scope) => {
    if (transposeA && adjointA) throw new ValueError('Only one of transpose_a and adjoint_a can be True.');
    if (transposeB && adjointB) throw new ValueError('Only one of transpose_b and adjoint_b can be True.');
    const dtypeOf = (v: TensorLike) => (isSymbolic(v) ? convertToTensor(v).dtype.baseDtype : null);
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
}
/**
 * The product of matrices and vectors.
 *
 * @param a  shape [..., m, k], or [..., k, m] with `transposeA`
 * @param b  shape [..., k]
 * @returns  shape [..., m]
 */
export function matvec(
  a: TensorLike,
  b: TensorLike,
  { transposeA = false, adjointA = false, name }: NameOption & { transposeA?: boolean; adjointA?: boolean } = {},
): Tensor {
  return inScope(name, 'MatVec', [a, b], () => {
    const column = apply('ExpandDims', [b, -1], {});
    return apply('Squeeze', [matmul(a, column, { transposeA, adjointA })], { squeeze_dims: [-1] });
  });
}

/** Dimensions to multiply over: how many (the last of a with the first of b), or two lists, or a tensor of two rows. */
export type ContractionAxes =
  | number
  | readonly [number, number]
  | readonly [readonly number[], readonly number[]]
  | Tensor;
type Axes = readonly number[] | Tensor;
interface Flat {
  readonly matrix: Tensor;
  readonly free: readonly number[] | Tensor;
  readonly known: readonly Dim[] | null;
}
/**
 * The product of two tensors over pairs of dimensions.
 *
 *     tf.tensordot(a, b, 1)                  // the matrix product, for matrices
 *     tf.tensordot(a, b, [[1, 0], [0, 1]])   // sums a[i, j] b[j, i]
 *
 * @param axes  a number n: the last n of `a` with the first n of `b`; or [axes of a, axes of b]
 * @returns     a's other dimensions, then b's
 * @throws ValueError  if the lists differ in length, or n exceeds a's rank
 */
export function tensordot(a: TensorLike, b: TensorLike, axes: ContractionAxes, { name }: NameOption = {}): Tensor {
  return inScope(name, 'Tensordot', [a, b, axes], (scope) => {
    const x = convertToTensor(a, null, 'a');
    const y = convertToTensor(b, isWeak(b) ? x.dtype.baseDtype : null, 'b');
    const [ax, ay] = contraction(x, axes);
    const left = flattened(x, ax, false);
    const right = flattened(y, ay, true);
    const product = matmul(left.matrix, right.matrix);
    if (Array.isArray(left.free) && Array.isArray(right.free))
      return apply('Reshape', [product, [...left.free, ...right.free]], {}, scope);
    const asTensor = (free: Flat['free']): Tensor =>
      Array.isArray(free) ? ints(free as readonly number[]) : (free as Tensor);
    const shape = concat([asTensor(left.free), asTensor(right.free)]);
    const out = apply('Reshape', [product, shape], {}, scope);
    if (left.known && right.known) out.setShape([...left.known, ...right.known]);
    return out;
  });
}
function contraction(a: Tensor, axes: ContractionAxes): readonly [Axes, Axes] {
  if (typeof axes === 'number') {
    const { rank } = a.shape;
    if (axes < 0) throw new ValueError("'axes' must be at least 0.");
    if (rank === null) {
      const r = rankOf(a);
      const first = r.sub(axes);
      return [range(first, r), range(0, axes)];
    }
    if (axes > rank) throw new ValueError(`'axes' must not be larger than the number of dimensions of tensor ${a}.`);
    return [Array.from({ length: axes }, (_, i) => rank - axes + i), Array.from({ length: axes }, (_, i) => i)];
  }
  if (Array.isArray(axes)) {
    if (axes.length !== 2) throw new ValueError("'axes' must be an integer or have length 2.");
    const [ax, ay] = (axes as readonly (number | readonly number[])[]).map((list) =>
      typeof list === 'number' ? [list] : list,
    );
    if (ax.length !== ay.length)
      throw new ValueError(`Different number of contraction axes 'a' and 'b', ${ax.length} != ${ay.length}.`);
    return [ax, ay];
  }
  const rows = castTo(axes as Tensor, int32);
  return [row(rows, 0), row(rows, 1)];
}
/** `x[i]` of a matrix. */
function row(x: Tensor, i: number): Tensor {
  return inScope(null, 'strided_slice', [x], (scope) => {
    const bounds = [ints([i], 'stack'), ints([i + 1], 'stack_1'), ints([1], 'stack_2')];
    return apply('StridedSlice', [x, ...bounds], { shrink_axis_mask: 1 }, scope);
  });
}
/** A tensor as a matrix: free dimensions by multiplied ones, or, flipped, the other way round. */
function flattened(a: Tensor, given: Axes, flipped: boolean): Flat {
  const { dims } = a.shape;
  const product = (list: readonly number[]): number => list.reduce((x, y) => x * y, 1);
  if (dims && Array.isArray(given)) {
    const axes = (given as readonly number[]).map((i) => (i >= 0 ? i : i + dims.length));
    const free = dims.map((_, i) => i).filter((i) => !axes.includes(i));
    if (a.shape.isFullyDefined()) {
      const known = dims as readonly number[];
      const freeDims = free.map((i) => known[i]);
      const [rows, inner] = [product(freeDims), product(axes.map((i) => known[i]))];
      const turned = transpose(a, flipped ? [...axes, ...free] : [...free, ...axes]);
      return { matrix: reshape(turned, flipped ? [inner, rows] : [rows, inner]), free: freeDims, known: freeDims };
    }
    const axesTensor = ints(axes, 'axes');
    const freeTensor = ints(free, 'free');
    return dynamic(
      a,
      shapeOf(a),
      axesTensor,
      freeTensor,
      flipped,
      free.map((i) => dims[i]),
    );
  }
  const shape = shapeOf(a);
  const rank = rankOf(a);
  const raw = Array.isArray(given) ? ints(given as readonly number[], 'axes') : (given as Tensor);
  const positive = raw.greaterEqual(0);
  const axes = select(positive, raw, raw.add(rank));
  return dynamic(a, shape, axes, setDifference(range(0, rank), axes), flipped, null);
}
function dynamic(
  a: Tensor,
  shape: Tensor,
  axes: Tensor,
  free: Tensor,
  flipped: boolean,
  known: readonly Dim[] | null,
): Flat {
  const freeDims = gather(shape, free);
  const axesDims = gather(shape, axes);
  const [rows, inner] = [reduceProd(freeDims), reduceProd(axesDims)];
  const perm = concat(flipped ? [axes, free] : [free, axes]);
  const matrixShape = apply('Pack', [flipped ? [inner, rows] : [rows, inner]], {}, 'stack');
  return { matrix: reshape(transpose(a, perm), matrixShape), free: freeDims, known };
}
