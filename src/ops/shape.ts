/** Shapes of tensors, and the same elements under another shape. */
import { type DType, type DTypeLike, asDtype, int32 } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import { numbersIn } from '../base/nested';
import { toNDArray } from '../base/to-ndarray';
import type { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, applyOp, inScope } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { ArrayTensor } from '../graph/fetched';
import type { ScalarTensor, Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { inputShapes, withRank } from '../graph/shape-fn';
import type { NameOption } from './options';
import { rankOf, shapeOf, sizeOf } from './words';

export const SHAPE = {
  Shape: {
    shape: (c) => [[c.shape(0).rank]],
    value: (c) => known(sizesOf(c.shape(0)) ?? c.value(0)?.shape ?? null, c.attr('out_type')),
    partial: (c) => c.shape(0),
  },
  ShapeN: {
    shape: (c) => inputShapes(c).map((shape) => [shape.rank]),
    values: (c) => inputShapes(c).map((shape) => known(sizesOf(shape), c.attr('out_type'))),
    partial: (c, output) => c.shape(output),
  },
  Size: {
    shape: () => [[]],
    value: (c) => known(c.shape(0).numElements(), c.attr('out_type')),
  },
  Rank: {
    shape: () => [[]],
    value: (c) => known(c.shape(0).rank, int32),
  },
  InvertPermutation: {
    shape: (c) => [withRank(c, 0, 1)],
    value(c) {
      const perm = c.value(0);
      if (!perm) return null;
      const out = new Array<number>(perm.size).fill(-1);
      numbersIn(perm).forEach((to, i) => {
        if (to in out) out[to] = i;
      });
      // The run says what is wrong with what is no permutation.
      return out.includes(-1) ? null : toNDArray(out, perm.dtype);
    },
  },
} satisfies Rows;

function sizesOf({ dims }: TensorShape): number[] | null {
  return dims?.every((d): d is number => d !== null) ? dims.slice() : null;
}
/** A known shape or size as the value of output 0. */
function known(value: readonly number[] | number | null, dtype: DType): NDArray | null {
  return value === null ? null : toNDArray(value, dtype, typeof value === 'number' ? [] : [value.length]);
}
/** What `shape` and `size` take by name. */
export interface OutTypeOption extends NameOption {
  /** int32 or int64. */
  readonly outType?: DTypeLike;
}
/**
 * The shape of a tensor, as a vector: a constant where it is known already.
 *
 *     tf.shape(tf.zeros([2, 3]))   // [2, 3]
 *
 * @param input    any dtype and shape
 * @param outType  int32 or int64; int32 where not given
 * @returns  `outType`, shape [rank]
 * @throws TypeError  for another `outType`
 */
export const shape = boundOptions(
  'shape',
  1,
  function shape(x: TensorLike, { name, outType = int32 }: OutTypeOption = {}): ArrayTensor<number, 1> {
    return inScope(name, 'Shape', [x], (scope) => shapeOf(x, asDtype(outType), scope));
  },
);
/**
 * The shapes of several tensors of one dtype.
 *
 *     tf.shapeN([[1, 2], [[3]]])   // [[2], [1, 1]]
 *
 * @param input    tensors of one dtype
 * @param outType  int32 or int64; int32 where not given
 * @returns  as many vectors of `outType`
 * @throws TypeError  if the dtypes differ
 * @throws ValueError  for an empty list
 */
export const shapeN = boundOptions(
  'shape_n',
  1,
  function shapeN(inputs: readonly TensorLike[], { name, outType = int32 }: OutTypeOption = {}): Tensor[] {
    return [...applyOp('ShapeN', [inputs], { out_type: asDtype(outType) }, name).outputs];
  },
);
/**
 * The number of elements of a tensor: a constant where it is known already.
 *
 *     tf.size([[1, 2], [3, 4]])   // 4
 *
 * @param input    any dtype and shape
 * @param outType  int32 or int64; int32 where not given
 * @returns  `outType`, a scalar
 * @throws TypeError  for another `outType`
 */
export const size = boundOptions(
  'size',
  1,
  function size(x: TensorLike, { name, outType = int32 }: OutTypeOption = {}): ScalarTensor {
    return inScope(name, 'Size', [x], (scope) => sizeOf(x, asDtype(outType), scope) as ScalarTensor);
  },
);
/**
 * The number of dimensions of a tensor: a constant where it is known already.
 *
 *     tf.rank([[1, 2], [3, 4]])   // 2
 *
 * @param input  any dtype and shape
 * @returns  int32, a scalar
 * @throws ValueError  for a value that no tensor can hold
 */
export const rank = boundOptions('rank', 1, function rank(x: TensorLike, { name }: NameOption = {}): ScalarTensor {
  return inScope(name, 'Rank', [x], (scope) => rankOf(x, scope) as ScalarTensor);
});
/**
 * The permutation that undoes a permutation: `y[x[i]] = i`.
 *
 *     tf.invertPermutation(tf.constant([2, 0, 1], tf.int32))   // [1, 2, 0]
 *
 * @param x  int32 or int64, a vector of each number from 0 to n − 1 once
 * @returns  x's dtype and shape
 * @throws InvalidArgumentError  when run, for a number twice or outside
 * @throws TypeError  for floats
 */
export const invertPermutation = boundOptions(
  'invert_permutation',
  1,
  function invertPermutation(x: TensorLike, { name }: NameOption = {}): Tensor {
    return apply('InvertPermutation', [x], {}, name);
  },
);
