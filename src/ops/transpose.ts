/** Dimensions in another order, and elements in reverse order along some. */
import { copyBox, slotShape, wholeBox } from '../base/box';
import { zerosOf } from '../base/dtype';
import { ValueError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { numbersIn } from '../base/nested';
import { toNDArray } from '../base/to-ndarray';
import { type Dim, TensorShape } from '../base/shape';
import { apply, inScope } from '../graph/apply';
import { convertToTensor, type TensorLike } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { Rows, ShapeContext } from '../graph/opdef';
import { inputValues, mergeShapes, numbers, withRank, withRankAtLeast, withRankAtMost } from '../graph/shape-fn';
import { concat } from './concat';
import { boundLike, boundLikeAll, boundLikeArray } from './known-calls';
import { type NameOption, isValue, eitherName } from './options';
import { invertPermutation, rank } from './shape';

/** Larger values are left to the run. */
const MOST_KNOWN = 256;
function transposed(x: NDArray, perm: readonly number[]): NDArray | null {
  const shape = perm.map((from) => x.shape[from]);
  if (perm.length !== x.rank || shape.some((d) => d === undefined)) return null;
  const out = new NDArray(x.dtype, shape, zerosOf(x.dtype, x.size));
  const { data, at, steps } = wholeBox(x);
  copyBox(
    slotShape(x, shape),
    { data, at, steps: [...perm, ...(x.dtype.isComplex ? [x.rank] : [])].map((from) => steps[from]) },
    wholeBox(out),
  );
  return out;
}

export const TRANSPOSE = {
  Transpose: {
    shape: transposeShape,
    grad: (op, [dy]) => [transpose(dy, invertPermutation(op.inputs[1])), null],
    value(c) {
      const [x, perm] = inputValues(c);
      return x && perm && x.size <= MOST_KNOWN ? transposed(x, numbersIn(perm)) : null;
    },
  },
  ConjugateTranspose: {
    shape: transposeShape,
    grad: (op, [dy]) => [transpose(dy, invertPermutation(op.inputs[1]), { conjugate: true }), null],
  },
  ReverseV2: {
    shape: reverseShape,
    grad: (op, [dy]) => [reverse(dy, op.inputs[1]), null],
    value(c) {
      const [x, axes] = inputValues(c);
      if (!x || x.rank !== 1 || !axes?.size) return null;
      return new NDArray(x.dtype, x.shape, x.data.slice().reverse());
    },
  },
  ReverseSequence: {
    shape: reverseSequenceShape,
    grad: (op, [dy]) => [reverseSequence(dy, op.inputs[1], op.attr('seq_dim'), op.attr('batch_dim')), null],
  },
  Roll: {
    shape(c) {
      const input = withRankAtLeast(c, 0, 1);
      mergeShapes(withRankAtMost(c, 1, 1), withRankAtMost(c, 2, 1));
      return [input];
    },
    grad: (op, [dy]) => [roll(dy, op.inputs[1].neg(), op.inputs[2]), null, null],
  },
} satisfies Rows;

function transposeShape(c: ShapeContext): [TensorShape] {
  const { dims } = c.shape(0);
  const permShape = c.shape(1);
  const length = permShape.numElements();
  const count = dims ? dims.length : length;
  // One element may stand for a vector or for a scalar: neither changes.
  if (count === null || (!dims && count < 2)) return [c.shape(0)];
  withRank(c, 1, 1);
  if (length !== null && length !== count) throw new ShapeError(`Dimension must be ${count} but is ${length}`);
  const perm = numbers(c, 1);
  if (!perm) return [TensorShape.unknown(count)];
  return [
    new TensorShape(
      perm.map((from): Dim => {
        if (from >= count || from < -count)
          throw new ShapeError(`perm dim ${from} is out of range of input rank ${count}`);
        return dims ? dims[from < 0 ? from + count : from] : null;
      }),
    ),
  ];
}

/** The kernels go no further. */
const MOST_REVERSED = 8;
function reverseShape(c: ShapeContext): [TensorShape] {
  const input = c.shape(0);
  withRank(c, 1, 1);
  if (input.rank !== null && input.rank > MOST_REVERSED)
    throw new ShapeError(`reverse does not work on tensors with more than ${MOST_REVERSED} dimensions`);
  const axes = numbers(c, 1);
  const count = input.rank;
  if (!axes || count === null) return [input];
  const seen = new Set<number>();
  axes.forEach((axis, i) => {
    const at = axis < 0 ? axis + count : axis;
    if (at < 0 || at >= count) throw new ShapeError(`'axis'[${i}] = ${axis} is out of valid range [0, ${count - 1}`);
    if (seen.has(at)) throw new ShapeError(`axis ${at} specified more than once.`);
    seen.add(at);
  });
  return [input];
}
function reverseSequenceShape(c: ShapeContext): [TensorShape] {
  const lengths = withRank(c, 1, 1);
  const { dims } = c.shape(0);
  if (!dims) return [TensorShape.unknown()];
  const [batch] = (['batch_dim', 'seq_dim'] as const).map((name) => {
    const dim = c.attr(name);
    if (dim >= dims.length) throw new ShapeError(`${name} must be < input rank: ${dim} vs. ${dims.length}`);
    return dim;
  });
  const [have, want] = [dims[batch], lengths.at(0)];
  if (have !== null && want !== null && have !== want)
    throw new ShapeError(`Dimensions must be equal, but are ${have} and ${want}`);
  return [new TensorShape(dims.map((d, i) => (i === batch ? (d ?? want) : d)))];
}

/** What `transpose` takes by name. */
export interface TransposeOptions extends NameOption {
  /** All dimensions, each once; reversed order where not given. */
  readonly perm?: TensorLike | null;
  /** Complex numbers are conjugated too. */
  readonly conjugate?: boolean;
}
/**
 * Dimensions in another order: dimension i of the result is dimension `perm[i]` of `a`.
 *
 *     tf.transpose([[1, 2, 3]])                              // [[1], [2], [3]]
 *     tf.transpose(tf.zeros([1, 28, 28, 3]), [0, 3, 1, 2])   // shape (1, 3, 28, 28)
 *
 * @param a          any dtype and shape
 * @param perm       all dimensions, each once; reversed order where not given
 * @param conjugate  complex numbers are conjugated too
 * @returns  a's dtype; its sizes in the new order
 * @throws ValueError  if `perm` is known and is no order of the dimensions
 */
export const transpose = boundLike(
  'transpose',
  2,
  function transpose(
    a: TensorLike,
    perm?: TensorLike | TransposeOptions | null,
    options: TransposeOptions = {},
  ): Tensor {
    const args: TransposeOptions = isValue<TensorLike | null | undefined>(perm) ? { perm, ...options } : perm;
    return inScope(args.name ?? 'transpose', 'transpose', [a], (scope) => {
      const type = (x: Tensor): string => (args.conjugate && x.dtype.isComplex ? 'ConjugateTranspose' : 'Transpose');
      if (args.perm !== null && args.perm !== undefined) {
        return apply(args.conjugate ? type(convertToTensor(a)) : 'Transpose', [a, args.perm], {}, scope);
      }
      const x = convertToTensor(a, null, 'a');
      const made = apply(type(x), [x, reversedOrder(x)], {}, scope);
      if (x.shape.dims) made.setShape([...x.shape.dims].reverse());
      return made;
    });
  },
);
function reversedOrder(x: Tensor): TensorLike {
  const count = x.shape.rank;
  if (count) return toNDArray(Int32Array.from({ length: count }, (_, i) => count - 1 - i));
  const dims = apply('Rank', [x]);
  return dims.sub(1).sub(apply('Range', [0, dims, 1]));
}

/**
 * Exchanges the last two dimensions.
 *
 *     tf.matrixTranspose([[1, 2], [3, 4]])   // [[1, 3], [2, 4]]
 *
 * @param a          any dtype, shape [..., m, n]
 * @param conjugate  complex numbers are conjugated too
 * @returns  a's dtype, shape [..., n, m]
 * @throws ValueError  if `a` is known to have fewer than two dimensions
 */
export const matrixTranspose = boundLikeArray(
  'matrix_transpose',
  1,
  function matrixTranspose(
    a: TensorLike,
    { name, conjugate }: NameOption & { readonly conjugate?: boolean } = {},
  ): Tensor {
    return inScope(name ?? 'matrix_transpose', 'matrix_transpose', [a], () => {
      const x = convertToTensor(a, null, 'a');
      const count = x.shape.rank;
      if (count !== null && count < 2)
        throw new ValueError(`Argument 'a' should be a (batch) matrix, with rank >= 2.  Found: ${x.shape}`);
      if (count !== null) return transpose(x, [...Array(count - 2).keys(), count - 1, count - 2], { conjugate });
      const dims = rank(x);
      const perm = concat([apply('Range', [0, dims.sub(2), 1]), [dims.sub(1), dims.sub(2)]], 0);
      return transpose(x, perm, { conjugate });
    });
  },
);

/**
 * Elements in reverse order along `axis`.
 *
 *     tf.reverse([[1, 2, 3]], [1])   // [[3, 2, 1]]
 *
 * @param tensor  any dtype
 * @param axis    a vector of int32 or int64 dimensions; negative ones count from the end
 * @returns  the tensor's dtype and shape
 * @throws ValueError  if an axis is known to be outside, or to stand twice
 */
export const reverse = boundLikeAll(
  'reverse',
  (x: TensorLike, axis: TensorLike, name?: string): Tensor => apply('ReverseV2', [x, axis], {}, name),
);

/**
 * Elements moved along `axis` by `shift` places; what falls off the end comes in at the start.
 *
 *     tf.roll([0, 1, 2, 3, 4], 2, 0)   // [3, 4, 0, 1, 2]
 *
 * @param input  any dtype, at least rank 1
 * @param shift  an int32 or int64, or a vector, one for each of the axes
 * @param axis   a dimension, or a vector of them
 * @returns  input's dtype and shape
 * @throws InvalidArgumentError  when run, if an axis is outside
 */
export const roll = boundLikeAll(
  'roll',
  (input: TensorLike, shift: TensorLike, axis: TensorLike, name?: string): Tensor =>
    apply('Roll', [input, shift, axis], {}, name),
);

/** What `reverseSequence` takes by name. */
export interface ReverseSequenceOptions extends NameOption {
  /** The dimension that is reversed. */
  readonly seqAxis?: number;
  /** The dimension that counts the sequences; 0 where not given. */
  readonly batchAxis?: number;
  /** `seqAxis`, by its older name. */
  readonly seqDim?: number;
  /** `batchAxis`, by its older name. */
  readonly batchDim?: number;
}
/**
 * Reverses the beginning of each sequence: for batch entry i the first `seqLengths[i]` elements along `seqAxis`.
 *
 *     tf.reverseSequence([[1, 2, 3], [4, 5, 6]], [2, 3], 1)   // [[2, 1, 3], [6, 5, 4]]
 *
 * @param input       any dtype, at least rank 2
 * @param seqLengths  an int32 or int64 vector, one length per entry along `batchAxis`
 * @param seqAxis     the dimension that is reversed
 * @param batchAxis   the dimension that counts the sequences
 * @param seqDim      `seqAxis`, by its older name
 * @param batchDim    `batchAxis`, by its older name
 * @returns  input's dtype and shape
 * @throws InvalidArgumentError  when run, for a length above that of the sequence
 * @throws ValueError  if the shapes are known and do not fit
 */
export const reverseSequence = boundLikeAll(
  'reverse_sequence',
  (
    x: TensorLike,
    seqLengths: TensorLike,
    seqAxis?: number,
    batchAxis?: number,
    name?: string,
    seqDim?: number,
    batchDim?: number,
  ): Tensor => {
    const attrs = {
      seq_dim: eitherName(['seq_axis', 'seq_dim'], seqAxis, seqDim) ?? undefined,
      batch_dim: eitherName(['batch_axis', 'batch_dim'], batchAxis, batchDim) ?? undefined,
    };
    return apply('ReverseSequence', [x, seqLengths], attrs, name);
  },
);
