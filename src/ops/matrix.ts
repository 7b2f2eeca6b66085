/** Diagonals and bands of matrices, and products of vectors in space. */
import { type Dim, TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, graphOf, inScope } from '../graph/apply';
import { convertToTensor, type NotText } from '../graph/constant';
import type { ElementFor, Made, RankFor } from '../graph/fetched';
import { ShapeError, type Tensor } from '../graph/graph';
import type { Grad, GradContext, Rows, ShapeContext } from '../graph/opdef';
import { mergeDim, mergeShapes, unchanged, withRank, withRankAtLeast } from '../graph/shape-fn';
import { binaryFunction } from './binary';
import type { NameOption } from './options';
import { allAxes, concat, node, rankOf, shapeOf, zeros, zerosLike } from './words';
import { boundLikeArray, boundPair, knowing } from './known-calls';

export const MATRIX = {
  MatrixDiag: {
    // One operand of n elements has n·n of them as a result.
    grows: 'numbers',
    shape: (c) => [withRankAtLeast(c, 0, 1).concatenate([c.shape(0).at(-1)])],
    grad: (_, [dy]) => apply('MatrixDiagPart', [dy], {}, 'diag_part'),
  },
  MatrixDiagPart: {
    shape(c) {
      const x = withRankAtLeast(c, 0, 2);
      return [x.dims ? [...x.dims.slice(0, -2), shorter(x)] : null];
    },
    grad: ({ inputs: [x] }, [dy]) =>
      x.shape.at(-1) !== null && x.shape.at(-1) === x.shape.at(-2)
        ? apply('MatrixDiag', [dy], {}, 'diag')
        : apply('MatrixSetDiag', [zerosLike(x), dy], {}, 'set_diag'),
  },
  MatrixSetDiag: { shape: setDiagShape, grad: setDiagGrad },
  MatrixBandPart: {
    shape: unchanged,
    grad: ({ inputs: [, below, above] }, [dy]) => [node('MatrixBandPart', dy, below, above), null, null],
  },
  Diag: {
    // One operand of n elements has n·n of them as a result.
    grows: 'numbers',
    shape: (c) => [withRankAtLeast(c, 0, 1).concatenate(c.shape(0))],
    grad: (_, [dy]) => node('DiagPart', dy),
  },
  DiagPart: {
    shape(c) {
      const { dims } = c.shape(0);
      if (!dims) return [null];
      if (dims.length % 2 || !dims.length)
        throw new ShapeError(`Input must have even and non-zero rank, input rank is ${dims.length}`);
      const half = dims.length / 2;
      return [dims.slice(0, half).map((d, i) => mergeDim(d, dims[half + i]))];
    },
    grad: (_, [dy]) => node('Diag', dy),
  },
  Cross: {
    shape(c) {
      const merged = mergeShapes(withRankAtLeast(c, 0, 1), withRankAtLeast(c, 1, 1));
      const last = merged.dims ? merged.at(-1) : null;
      if (last !== null && last !== 3) throw new ShapeError(`Dimension must be 3 but is ${last}`);
      return [merged];
    },
    grad: ({ inputs: [u, v] }, [dy]) => [node('Cross', v, dy), node('Cross', dy, u)],
  },
} satisfies Rows;

/** The length of a diagonal; unknown where either side is, unless the other is 0. */
function shorter(x: TensorShape): Dim {
  const [rows, columns] = [x.at(-2), x.at(-1)];
  return rows === 0 || columns === 0 ? 0 : rows === null || columns === null ? null : Math.min(rows, columns);
}
function setDiagShape(c: ShapeContext): [TensorShape] {
  const x = withRankAtLeast(c, 0, 2);
  const diagonal = withRankAtLeast(c, 1, 1);
  if (x.dims) {
    withRank(c, 1, x.dims.length - 1);
    mergeDim(shorter(x), diagonal.at(-1));
  }
  const batch = diagonal.dims && new TensorShape([...diagonal.dims.slice(0, -1), null, null]);
  return [batch ? mergeShapes(x, batch) : x];
}
function setDiagGrad({ inputs: [x, diagonal] }: GradContext, [dy]: Tensor[]): Grad[] {
  const shape = x.shape.mergeWith(dy.shape);
  const length = shape.dims ? shorter(shape) : null;
  const batch = shape.dims && new TensorShape(shape.dims.slice(0, -2));
  const known =
    batch && (diagonal.shape.dims ? batch.mergeWith(new TensorShape(diagonal.shape.dims.slice(0, -1))) : batch);
  const dims =
    known?.fullDims && length !== null
      ? [...known.fullDims, length]
      : graphOf([dy]).colocateWith(dy, () => {
          const [sizes, rank] = [shapeOf(dy), rankOf(dy)];
          const outer = apply('Slice', [sizes, [0], [rank.sub(2)]]);
          const matrix = apply('Slice', [sizes, [rank.sub(2)], [2]]);
          return concat([outer, [node('Min', matrix, allAxes(matrix))]]);
        });
  return [
    apply('MatrixSetDiag', [dy, zeros(dims, dy.dtype)], {}, 'set_diag'),
    apply('MatrixDiagPart', [dy], {}, 'diag_part'),
  ];
}

/**
 * Matrices with these diagonals, and zeros beside them.
 *
 *     tf.matrixDiag([1, 2])   // [[1, 0], [0, 2]]
 *
 * @param diagonal  numbers or booleans, shape [..., n]
 * @returns  diagonal's dtype, shape [..., n, n]
 * @throws ValueError  if the rank is known and does not fit
 */
export const matrixDiag = boundOptions(
  'matrix_diag',
  1,
  function matrixDiag(diagonal: NotText, { name }: NameOption = {}): Tensor {
    return apply('MatrixDiag', [diagonal], {}, name ?? 'diag');
  },
);
/**
 * The diagonals of matrices.
 *
 *     tf.matrixDiagPart([[1, 2], [3, 4]])   // [1, 4]
 *
 * @param input  numbers or booleans, shape [..., m, n]
 * @returns  input's dtype, shape [..., min(m, n)]
 * @throws ValueError  if the rank is known and does not fit
 */
export const matrixDiagPart = boundOptions(
  'matrix_diag_part',
  1,
  function matrixDiagPart(input: NotText, { name }: NameOption = {}): Tensor {
    return apply('MatrixDiagPart', [input], {}, name ?? 'diag_part');
  },
);
/**
 * The matrices with other diagonals.
 *
 *     tf.matrixSetDiag([[1, 2], [3, 4]], [8, 9])   // [[8, 2], [3, 9]]
 *
 * @param input     numbers or booleans, shape [..., m, n]
 * @param diagonal  input's dtype, shape [..., min(m, n)]
 * @returns  input's dtype and shape
 * @throws ValueError  if the rank is known and does not fit
 * @throws TypeError  if the dtypes differ
 */
export const matrixSetDiag = boundLikeArray(
  'matrix_set_diag',
  2,
  function matrixSetDiag(input: NotText, diagonal: NotText, { name }: NameOption = {}): Tensor {
    return apply('MatrixSetDiag', [input, diagonal], {}, name ?? 'set_diag');
  },
);
/**
 * The matrices with zeros outside of a band around the diagonal.
 *
 *     tf.linalg.bandPart([[1, 2], [3, 4]], -1, 0)   // [[1, 0], [3, 4]]
 *
 * @param input     numbers or booleans, shape [..., m, n]
 * @param numLower  int64, how many diagonals below the main one stay; below 0 for all
 * @param numUpper  how many above
 * @returns  input's dtype and shape
 * @throws ValueError  if the rank is known and does not fit
 * @throws InvalidArgumentError  when run, for more diagonals than there are
 */
export const matrixBandPart = boundLikeArray(
  'matrix_band_part',
  3,
  function matrixBandPart(input: NotText, numLower: NotText, numUpper: NotText, { name }: NameOption = {}): Tensor {
    return apply('MatrixBandPart', [input, numLower, numUpper], {}, name);
  },
);
/** A function of a tensor that is called `At`; `Ranks` are those of results by those of what is given. */
interface DiagonalCall<At extends string, Ranks> {
  <X extends NotText>(named: NameOption & { readonly [K in At]: X }): OfRanks<X, Ranks>;
  <X extends NotText>(x: X, name?: string | null | NameOption): OfRanks<X, Ranks>;
}
type OfRanks<X, Ranks> = Made<ElementFor<X>, RankFor<X> extends keyof Ranks ? Ranks[RankFor<X>] : null>;
/**
 * A tensor of twice the rank, with this diagonal: out[i..., i...] = diagonal[i...].
 *
 *     tf.diag([1, 2])   // [[1, 0], [0, 2]]
 *
 * @param diagonal  numbers, at least rank 1
 * @returns  diagonal's dtype, its shape twice
 * @throws ValueError  if the rank is known and does not fit
 */
export const tensorDiag = knowing<DiagonalCall<'diagonal', { 1: 2; 2: 4 }>>()(
  'diag',
  1,
  function tensorDiag(diagonal: NotText, { name }: NameOption = {}): Tensor {
    return apply('Diag', [diagonal], {}, name);
  },
);
/**
 * The diagonal of a tensor of even rank: out[i...] = input[i..., i...].
 *
 *     tf.diagPart([[1, 2], [3, 4]])   // [1, 4]
 *
 * @param input  numbers, a shape that is some shape twice
 * @returns  input's dtype, the first half of its shape
 * @throws ValueError  if the rank is known and does not fit
 */
export const tensorDiagPart = knowing<DiagonalCall<'input', { 2: 1; 4: 2 }>>()(
  'diag_part',
  1,
  function tensorDiagPart(input: NotText, { name }: NameOption = {}): Tensor {
    return apply('DiagPart', [input], {}, name);
  },
);
/**
 * The sums of the diagonals of matrices.
 *
 *     tf.trace([[1, 2], [3, 4]])   // 5
 *
 * @param x  numbers, shape [..., m, n]
 * @returns  x's dtype, shape [...]
 * @throws ValueError  if the rank is known and does not fit
 */
export const trace = knowing<DiagonalCall<'x', { 2: 0; 3: 1; 4: 2 }>>()(
  'trace',
  1,
  function trace(x: NotText, { name }: NameOption = {}): Tensor {
    return inScope(name, 'Trace', [x], (scope) =>
      apply('Sum', [apply('MatrixDiagPart', [convertToTensor(x, null, 'x')], {}, 'diag_part'), [-1]], {}, scope),
    );
  },
);
/**
 * The cross products of vectors of three elements.
 *
 *     tf.cross([1, 0, 0], [0, 1, 0])   // [0, 0, 1]
 *
 * @param a  real numbers, shape [..., 3]
 * @param b  a's dtype and shape
 * @returns  a's dtype and shape
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  if the dtypes differ
 */
export const cross = boundPair('cross', binaryFunction('Cross'));
