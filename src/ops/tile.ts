/** Repetition of whole tensors. */
import { type Dim, TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { convertToTensor, type TensorLike } from '../graph/constant';
import { IndexedSlices, ShapeError, type Tensor } from '../graph/graph';
import type { Grad, GradContext, Rows, ShapeContext } from '../graph/opdef';
import { shapeInput, withRank } from '../graph/shape-fn';
import { boundLike } from './known-calls';
import type { NameOption } from './options';
import { getItem } from './subscript';
import { castTo, reshape, shapeOf, sizeOf, sum, transpose } from './words';

export const TILE = {
  Tile: {
    grows: 'numbers',
    shape: tileShape,
    grad: tileGrad,
  },
} satisfies Rows;

function tileShape(c: ShapeContext): (TensorShape | Dim[])[] {
  const { rank } = c.shape(0);
  const count = withRank(c, 1, 1).at(0);
  if (rank !== null && count !== null && rank !== count)
    throw new ShapeError(`Shape must be rank ${rank} but is rank ${count}`);
  const multiples = shapeInput(c, 1);
  const length = multiples?.dims?.length ?? rank;
  if (length === null) return [TensorShape.unknown()];
  const input = withRank(c, 0, length);
  return [Array.from({ length }, (_, i) => product(input.at(i), multiples?.at(i) ?? null))];
}
/** A product is known where one factor is 0, too. */
function product(a: Dim, b: Dim): Dim {
  if (a === 0 || b === 0) return 0;
  return a === null || b === null ? null : a * b;
}

/** The gradient with each tiled dimension split in two, [times, size], and summed over the times. */
function tileGrad(op: GradContext, [dz]: (Tensor | IndexedSlices)[]): Grad[] {
  const [input, multiples] = op.inputs;
  const inputShape = shapeOf(input, multiples.dtype.baseDtype);
  let split = reshape(
    transpose(convertToTensor([multiples, inputShape], multiples.dtype.baseDtype, 'stack'), [1, 0]),
    [-1],
  );
  const axes = apply('Range', [0, sizeOf(split), 2], {}, 'range');
  let grad = dz;
  if (grad instanceof IndexedSlices) {
    // Rows of a tensor that is tiled along its first dimension only: they fold by number.
    const rows = castTo(getItem(inputShape, [0]), grad.indices.dtype);
    grad = apply('UnsortedSegmentSum', [grad.values, apply('FloorMod', [grad.indices, rows]), rows]);
    split = apply('ConcatV2', [[[1], getItem(split, [[1]])], 0], {}, 'concat');
  }
  const out = sum(reshape(grad, split), axes);
  out.setShape(input.shape);
  return [out, null];
}

/**
 * A tensor repeated `multiples[i]` times along dimension i.
 *
 *     tf.tile([[1, 2]], [2, 2])   // [[1, 2, 1, 2], [1, 2, 1, 2]]
 *
 * @param input      any dtype, at least rank 1
 * @param multiples  an int32 or int64 per dimension
 * @returns  input's dtype; each dimension times its multiple
 * @throws ValueError  if there are known to be more multiples than dimensions, or fewer
 * @throws InvalidArgumentError  when run, for a multiple below 0
 */
export const tile = boundLike(
  'tile',
  2,
  function tile(input: TensorLike, multiples: TensorLike, { name }: NameOption = {}): Tensor {
    return apply('Tile', [input, multiples], {}, name);
  },
);
