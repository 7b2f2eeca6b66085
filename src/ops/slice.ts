/** Slices: `tf.slice`, `tf.stridedSlice`, and Python's `x[…]` as `x.get(…)`. */
import { int32 } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import { type Dim, TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { convertToTensor, type TensorLike } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { Grad, GradContext, Rows, ShapeContext } from '../graph/opdef';
import { mergeShapes, numbers, shapeInput, withRank } from '../graph/shape-fn';
import { LARGEST_CUT, taken } from './known';
import { boundLike } from './known-calls';
import type { NameOption } from './options';
import { rankOf, reshape, shapeOf } from './words';

export const SLICE = {
  Slice: {
    shape: sliceShape,
    grad: sliceGrad,
    value: sliceValue,
  },
} satisfies Rows;

// --- shapes and values --------------------------------------------------------------------------------

function sliceShape(c: ShapeContext): (TensorShape | Dim[])[] {
  const lengths = mergeShapes(withRank(c, 1, 1), withRank(c, 2, 1));
  const rank = lengths.at(0);
  const input = rank === null ? c.shape(0) : withRank(c, 0, rank);
  shapeInput(c, 1);
  const known = shapeInput(c, 2);
  const sizes = numbers(c, 2);
  if (!sizes)
    return [known?.dims ? known : input.rank === null ? TensorShape.unknown() : TensorShape.unknown(input.rank)];
  const begin = numbers(c, 1);
  return [
    sizes.map((size, i) => {
      if (size >= 0) return size;
      const [dim, from] = [input.at(i), begin && begin[i] >= 0 ? begin[i] : null];
      if (dim === null || from === null) return from === 0 ? dim : null;
      if (from > dim) throw new ShapeError(`Negative dimension size caused by subtracting ${from} from ${dim}`);
      return dim - from;
    }),
  ];
}

function sliceValue(c: ShapeContext): NDArray | null {
  const [input, begin, asked] = [c.value(0), numbers(c, 1), numbers(c, 2)];
  if (
    !input ||
    !begin ||
    !asked ||
    input.size > LARGEST_CUT ||
    begin.length !== input.rank ||
    asked.length !== input.rank
  )
    return null;
  const sizes = asked.map((n, i) => (n === -1 ? input.shape[i] - begin[i] : n));
  // What does not fit is for the kernel to report.
  if (sizes.some((n, i) => begin[i] < 0 || n < 0 || begin[i] + n > input.shape[i])) return null;
  return taken(input, begin, undefined, sizes, sizes);
}

// --- gradients ----------------------------------------------------------------------------------------

/** The gradient with zeros around it: as many in front as the slice left out there, and behind. */
function sliceGrad(op: GradContext, [dz]: Tensor[]): Grad[] {
  const [input, begin] = op.inputs;
  const rank = rankOf(input);
  // int32 in TensorFlow, whose gradient then refuses an int64 begin.
  const size = shapeOf(op.outputs[0], begin.dtype.baseDtype);
  const column = convertToTensor([rank, 1], int32, 'stack');
  const before = reshape(begin, column);
  const behind = reshape(shapeOf(input, size.dtype).sub(size).sub(begin), column);
  const paddings = apply('ConcatV2', [[before, behind], 1], {}, 'concat');
  return [apply('Pad', [dz, paddings]), null, null];
}

// --- what users call ----------------------------------------------------------------------------------

/**
 * The part of a tensor that starts at `begin` and has `size` elements along each dimension; -1 takes the rest.
 *
 *     tf.slice([[1, 2, 3], [4, 5, 6]], [0, 1], [2, 2])   // [[2, 3], [5, 6]]
 *
 * @param input_  any dtype
 * @param begin   an int32 or int64 per dimension
 * @param size    an integer per dimension
 * @returns  input's dtype, shape `size`
 * @throws InvalidArgumentError  when run, if the part is not inside
 * @throws ValueError  if that is known already
 */
export const slice = boundLike(
  'slice',
  3,
  function slice(input: TensorLike, begin: TensorLike, size: TensorLike, { name }: NameOption = {}): Tensor {
    return apply('Slice', [input, begin, size], {}, name);
  },
);
