/** Blocks of pixels as channels, and back. */
import type { Dim, TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { GradContext, Rows, ShapeContext } from '../graph/opdef';
import { fitsInt32, withRank } from '../graph/shape-fn';
import type { NameOption } from './options';
import { layout } from './window';

export const BLOCKS = {
  SpaceToDepth: {
    shape: (c) =>
      blocksShape(
        c,
        (d, block) => evenly(d, block),
        (d, block) => times(d, block * block),
      ),
    grad: (op, [dy]) => apply('DepthToSpace', [dy], attrsOf(op)),
  },
  DepthToSpace: {
    shape: (c) =>
      blocksShape(
        c,
        (d, block) => times(d, block),
        (d, block) => evenly(d, block * block),
      ),
    grad: (op, [dy]) => apply('SpaceToDepth', [dy], attrsOf(op)),
  },
} satisfies Rows;

function attrsOf(op: GradContext): { block_size: number; data_format: string } {
  return { block_size: op.attr('block_size', 'int'), data_format: op.attr('data_format', 'string') };
}
const times = (d: Dim, by: number): Dim => d && d * by;
function evenly(d: Dim, by: number): Dim {
  if (d !== null && d % by) throw new ShapeError(`Dimension size must be evenly divisible by ${by} but is ${d}`);
  return d && d / by;
}
type Change = (d: Dim, block: number) => Dim;
function blocksShape(c: ShapeContext, pixels: Change, depth: Change): Dim[][] {
  const input: TensorShape = withRank(c, 0, 4);
  const block = fitsInt32(c, 'block_size');
  const { rows, columns, channels } = layout(c.attr('data_format', 'string'));
  const out = [0, 1, 2, 3].map((i) => input.at(i));
  for (const axis of [rows, columns]) out[axis] = pixels(out[axis], block);
  out[channels] = depth(out[channels], block);
  return [out];
}

/** What `spaceToDepth` and `depthToSpace` take by name. */
export interface BlocksOptions extends NameOption {
  /** 'NHWC' (the default) or 'NCHW'. */
  readonly dataFormat?: string;
}
/**
 * Each block of pixels as the channels of one.
 *
 *     tf.spaceToDepth([[[[1], [2]], [[3], [4]]]], 2)   // [[[[1, 2, 3, 4]]]]
 *
 * @param input       any dtype, shape [batch, rows, columns, channels]
 * @param blockSize   n, the side of a block; at least 2
 * @param dataFormat  'NHWC' or 'NCHW'; 'NHWC' where not given
 * @returns  input's dtype, shape [batch, rows / n, columns / n, n·n·channels]
 * @throws ValueError  if the sizes are known and n does not divide them, or n is below 2
 */
export const spaceToDepth = boundOptions(
  'space_to_depth',
  2,
  function spaceToDepth(input: TensorLike, blockSize: number, { dataFormat, name }: BlocksOptions = {}): Tensor {
    return apply('SpaceToDepth', [input], { block_size: blockSize, data_format: dataFormat }, name);
  },
);
/**
 * The channels of each pixel as a block of them: undoes `spaceToDepth`.
 *
 *     tf.depthToSpace([[[[1, 2, 3, 4]]]], 2)   // [[[[1], [2]], [[3], [4]]]]
 *
 * @param input       any dtype, shape [batch, rows, columns, n·n·channels]
 * @param blockSize   n, the side of a block; at least 2
 * @param dataFormat  'NHWC' or 'NCHW'; 'NHWC' where not given
 * @returns  input's dtype, shape [batch, rows·n, columns·n, channels]
 * @throws ValueError  if the sizes are known and n does not divide them, or n is below 2
 */
export const depthToSpace = boundOptions(
  'depth_to_space',
  2,
  function depthToSpace(input: TensorLike, blockSize: number, { dataFormat, name }: BlocksOptions = {}): Tensor {
    return apply('DepthToSpace', [input], { block_size: blockSize, data_format: dataFormat }, name);
  },
);
