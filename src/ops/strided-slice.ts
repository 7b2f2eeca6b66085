/** Every n-th position of a range along each dimension: the op behind `x.get(…)`. */
import { int32 } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import { toNDArray } from '../base/to-ndarray';
import { type Dim, TensorShape } from '../base/shape';
import { type StridedSpec, StridedError, stridedBox } from '../base/strided';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import { type TensorLike, isWeak } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { GradContext, Grad, Rows, AttrReader, ShapeContext } from '../graph/opdef';
import { mergeShapes, numbers, shapeInput, withRank } from '../graph/shape-fn';
import { onesLike } from './identity';
import { LARGEST_CUT, taken } from './known';
import type { NameOption } from './options';
import { type Settable, settable } from './sliced-assignment';
import { shapeOf } from './words';

export const STRIDED_SLICE = {
  StridedSlice: {
    shape: stridedSliceShape,
    grad: stridedSliceGrad,
    value: stridedSliceValue,
    partial: stridedSlicePartial,
    shapesRead: () => [0],
  },
  StridedSliceGrad: {
    grows: 'numbers',
    shape: (c) => [shapeInput(c, 0)],
    grad: (op, [dz]) => [null, null, null, null, apply('StridedSlice', [dz, ...op.inputs.slice(1, 4)], masksOf(op))],
  },
} satisfies Rows;

function masksOf(c: AttrReader): Record<string, number> {
  return Object.fromEntries(
    (['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'] as const).map((name) => [
      name,
      c.attr(name),
    ]),
  );
}
function specOf(
  c: ShapeContext,
  begin: readonly number[] | null,
  end: readonly number[] | null,
  strides: readonly number[],
): StridedSpec {
  const m = masksOf(c);
  return {
    begin,
    end,
    strides,
    beginMask: m['begin_mask'],
    endMask: m['end_mask'],
    ellipsisMask: m['ellipsis_mask'],
    newAxisMask: m['new_axis_mask'],
    shrinkAxisMask: m['shrink_axis_mask'],
  };
}

function stridedSliceShape(c: ShapeContext): (TensorShape | readonly Dim[])[] {
  const entries = [1, 2, 3].map((i) => withRank(c, i, 1)).reduce((a, b) => mergeShapes(a, b));
  const { dims } = c.shape(0);
  const strides = numbers(c, 3);
  if (!dims || entries.at(0) === null || !strides) return [TensorShape.unknown()];
  try {
    // First what strides and masks alone say: TensorFlow reads the rest when that stands.
    stridedBox(dims, specOf(c, null, null, strides));
    return [stridedBox(dims, specOf(c, numbers(c, 1), numbers(c, 2), strides)).shape];
  } catch (error) {
    throw error instanceof StridedError ? new ShapeError(error.message) : error;
  }
}

function stridedSliceValue(c: ShapeContext): NDArray | null {
  const input = c.value(0);
  if (!input || input.size > LARGEST_CUT) return null;
  const [begin, end, strides] = [1, 2, 3].map((i) => numbers(c, i));
  if (!begin || !end || !strides) return null;
  const box = stridedBox(input.shape, specOf(c, begin, end, strides));
  const [sizes, shape] = [new TensorShape(box.sizes).fullDims, new TensorShape(box.shape).fullDims];
  return sizes && shape && taken(input, box.begin, box.strides, sizes, shape);
}
/** `shape[begin:end:stride]` of a shape known in part. */
function stridedSlicePartial(c: ShapeContext): TensorShape | null {
  const { begin_mask: openBegin, end_mask: openEnd, ...others } = masksOf(c);
  if (
    Object.values(others).some(Boolean) ||
    openBegin > 1 ||
    openEnd > 1 ||
    [1, 2, 3].some((i) => c.shape(i).at(0) !== 1)
  )
    return null;
  const dims = c.asShape(0)?.dims;
  const [begin, end, strides] = [1, 2, 3].map((i) => numbers(c, i));
  if (!dims || !strides || (!begin && !openBegin) || (!end && !openEnd)) return null;
  const {
    begin: [at],
    sizes: [count],
  } = stridedBox([dims.length], specOf(c, begin ?? [0], end ?? [0], strides));
  return new TensorShape(Array.from({ length: count ?? 0 }, (_, i) => dims[at + i * strides[0]]));
}

function stridedSliceGrad(op: GradContext, [dz]: Tensor[]): Grad[] {
  const spec = op.inputs.slice(1);
  const shape = shapeOf(op.inputs[0], spec[0].dtype.baseDtype);
  return [apply('StridedSliceGrad', [shape, ...spec, dz], masksOf(op)), null, null, null];
}

/** What `stridedSlice` takes by name. */
export interface StridedSliceOptions extends NameOption {
  /** Where a bit is set, the entry of `begin` is ignored: from the start. */
  readonly beginMask?: number;
  /** Where a bit is set, the entry of `end` is ignored: to the end. */
  readonly endMask?: number;
  /** Where a bit is set, the entry stands for all dimensions that are left. */
  readonly ellipsisMask?: number;
  /** Where a bit is set, the entry adds a dimension of 1. */
  readonly newAxisMask?: number;
  /** Where a bit is set, the entry is one index, and the dimension goes. */
  readonly shrinkAxisMask?: number;
  /** The variable that `input` is the value of: the part can be set by `assign`. */
  readonly var?: TensorLike | null;
}
/**
 * The op behind `x.get(…)`, in its own terms: bit i of a mask changes what entry i of `begin`, `end`, `strides`
 * means.
 *
 *     tf.stridedSlice([1, 2, 3, 4, 5], [1], [4], [2])   // [2, 4]
 *
 * @param input_          any dtype, at least rank 1
 * @param begin           int32 or int64, an entry per dimension
 * @param end             where to stop, without it
 * @param strides         the steps, not 0; 1 where not given
 * @param beginMask       bits of entries of `begin` that are ignored: from the start; 0 where not given
 * @param endMask         bits of entries of `end` that are ignored: to the end; 0 where not given
 * @param ellipsisMask    the bit of the entry that stands for all dimensions that are left; 0 where not given
 * @param newAxisMask     bits of entries that add a dimension of 1; 0 where not given
 * @param shrinkAxisMask  bits of entries that are one index, whose dimension goes; 0 where not given
 * @param var             the variable that `input` is the value of: the part can be set by `assign`
 * @returns  input's dtype; the shape of the part
 * @throws ValueError  for a step of 0, or an index that is known to be outside
 */
export const stridedSlice = boundOptions(
  'strided_slice',
  4,
  function stridedSlice(
    input: TensorLike,
    begin: TensorLike,
    end: TensorLike,
    strides?: TensorLike | null,
    options: StridedSliceOptions = {},
  ): Tensor & Settable {
    const { name, beginMask = 0, endMask = 0, ellipsisMask = 0, newAxisMask = 0, shrinkAxisMask = 0 } = options;
    const spec = [begin, end, strides ?? onesLikeBegin(begin)];
    const masks = {
      begin_mask: beginMask,
      end_mask: endMask,
      ellipsis_mask: ellipsisMask,
      new_axis_mask: newAxisMask,
      shrink_axis_mask: shrinkAxisMask,
    };
    const part = apply('StridedSlice', [input, ...spec], masks, name);
    return settable(part, options.var, { spec, masks }, name ?? undefined);
  },
);
/** Numbers alone are int32. */
function onesLikeBegin(begin: TensorLike): Tensor {
  return onesLike(isWeak(begin) ? toNDArray(begin, int32) : begin);
}
