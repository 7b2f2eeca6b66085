/** Blocks of pixels as pictures of their own, and back: the batch grows by what rows and columns shrink. */
import { int64 } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { type Dim, TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { GradContext, Rows, ShapeContext } from '../graph/opdef';
import { mergeShapes, numbers, withRank, withRankAtLeast } from '../graph/shape-fn';
import type { NameOption } from './options';

export const BATCHES = {
  SpaceToBatchND: {
    grows: 'numbers',
    shape: (c) => blocksShape(c, 'paddings', (d, n) => d && d * n, padded),
    grad: (op, [dy]) => [opposite('BatchToSpaceND', op, dy), null, null],
  },
  BatchToSpaceND: {
    shape: (c) => blocksShape(c, 'crops', evenly, cropped),
    grad: (op, [dy]) => [opposite('SpaceToBatchND', op, dy), null, null],
  },
  // The older ones: of pictures, with square blocks.
  SpaceToBatch: {
    grows: 'numbers',
    shape: (c) => squaresShape(c, 'paddings', (d, n) => d && d * n, padded),
    grad: (op, [dy]) => [oppositeOfSquares('BatchToSpaceND', op, dy), null],
  },
  BatchToSpace: {
    shape: (c) => squaresShape(c, 'crops', evenly, cropped),
    grad: (op, [dy]) => [oppositeOfSquares('SpaceToBatchND', op, dy), null],
  },
} satisfies Rows;

function opposite(type: 'SpaceToBatchND' | 'BatchToSpaceND', op: GradContext, dy: TensorLike): Tensor {
  return apply(type, [dy, op.inputs[1], op.inputs[2]]);
}
function oppositeOfSquares(type: 'SpaceToBatchND' | 'BatchToSpaceND', op: GradContext, dy: TensorLike): Tensor {
  const n = BigInt(op.attr('block_size', 'int'));
  return apply(type, [dy, new NDArray(int64, [2], BigInt64Array.of(n, n)), op.inputs[1]]);
}
function evenly(d: Dim, by: number): Dim {
  if (d !== null && d % by) throw new ShapeError(`Dimension size must be evenly divisible by ${by} but is ${d}`);
  return d && d / by;
}
type Sides = readonly [start: number, end: number];
function padded(d: Dim, block: number, [start, end]: Sides): Dim {
  return d === null ? null : evenly(d + start + end, block);
}
function cropped(d: Dim, block: number, sides: Sides): Dim {
  let left = d && d * block;
  for (const side of sides) {
    if (left !== null && left < side)
      throw new ShapeError(`Negative dimension size caused by subtracting ${side} from ${left}`);
    left = left && left - side;
  }
  return left;
}
type Batch = (d: Dim, block: number) => Dim;
type Along = (d: Dim, block: number, sides: Sides) => Dim;
type Shapes = (TensorShape | Dim[] | null)[];
/** The batch times or by all blocks; each dimension with a block by `along`; the rest as it was. */
function blocksShape(c: ShapeContext, what: string, batch: Batch, along: Along): Shapes {
  const count = blockCount(c.shape(1));
  const input = withRankAtLeast(c, 0, count + 1);
  mergeShapes(c.shape(2), new TensorShape([count, 2]));
  const [blocks, pairs] = [numbers(c, 1), numbers(c, 2)];
  return shapesBy(input, count, blocks, () => pairs, what, batch, along);
}
function squaresShape(c: ShapeContext, what: string, batch: Batch, along: Along): Shapes {
  const input = withRank(c, 0, 4);
  mergeShapes(c.shape(1), new TensorShape([2, 2]));
  const n = c.attr('block_size', 'int');
  return shapesBy(input, 2, [n, n], () => numbers(c, 1), what, batch, along);
}
function shapesBy(
  input: TensorShape,
  count: number,
  blocks: readonly number[] | null,
  pairsOf: () => readonly number[] | null,
  what: string,
  batch: Batch,
  along: Along,
): Shapes {
  if (blocks?.some((n) => n < 1)) throw new ShapeError('block_shape must be positive');
  const known = blocks ? blocks.reduce<Dim>((d, n) => batch(d, n), input.at(0)) : count ? null : input.at(0);
  const pairs = pairsOf();
  if (pairs?.some((n) => n < 0)) throw new ShapeError(`${what} cannot be negative`);
  if (!input.dims) return [null];
  const middle = Array.from({ length: count }, (_, k) =>
    blocks && pairs ? along(input.at(k + 1), blocks[k], [pairs[2 * k], pairs[2 * k + 1]]) : null,
  );
  return [[known, ...middle, ...input.dims.slice(count + 1)]];
}
function blockCount({ dims }: TensorShape): number {
  if (dims?.length !== 1) throw new ShapeError('block_shape must have rank 1.');
  if (dims[0] === null) throw new ShapeError('block_shape must have known size.');
  return dims[0];
}

/**
 * Pads with zeros and cuts into blocks, whose elements become tensors of a larger batch: [batch, spatial..., rest...]
 * -> [batch·∏blockShape, spatial / blockShape..., rest...].
 *
 *     tf.spaceToBatchNd([[[[1], [2]], [[3], [4]]]], [2, 2], [[0, 0], [0, 0]])   // [[[[1]]], [[[2]]], [[[3]]], [[[4]]]]
 *
 * @param input       any dtype, shape [batch, spatial..., rest...]
 * @param blockShape  the sides of a block, one for each of the m spatial dimensions
 * @param paddings    shape [m, 2]: how many zeros before and after each of these
 * @returns  input's dtype
 * @throws ValueError  if the sizes are known, and blocks do not divide the padded ones
 */
export const spaceToBatchNd = boundOptions(
  'space_to_batch_nd',
  3,
  function spaceToBatchNd(
    input: TensorLike,
    blockShape: TensorLike,
    paddings: TensorLike,
    { name }: NameOption = {},
  ): Tensor {
    return apply('SpaceToBatchND', [input, blockShape, paddings], {}, name);
  },
);
/**
 * Puts tensors of a batch together as the elements of blocks, and cuts off: undoes `spaceToBatchNd`.
 *
 *     tf.batchToSpaceNd([[[[1]]], [[[2]]], [[[3]]], [[[4]]]], [2, 2], [[0, 0], [0, 0]])   // [[[[1], [2]], [[3], [4]]]]
 *
 * @param input       any dtype, shape [batch, spatial..., rest...]
 * @param blockShape  the sides of a block, one for each of the m spatial dimensions
 * @param crops       shape [m, 2]: how much is cut off before and after each of these
 * @returns  input's dtype, shape [batch / ∏blockShape, spatial·blockShape - crops..., rest...]
 * @throws ValueError  if the sizes are known, and blocks do not divide the batch
 */
export const batchToSpaceNd = boundOptions(
  'batch_to_space_nd',
  3,
  function batchToSpaceNd(
    input: TensorLike,
    blockShape: TensorLike,
    crops: TensorLike,
    { name }: NameOption = {},
  ): Tensor {
    return apply('BatchToSpaceND', [input, blockShape, crops], {}, name);
  },
);
