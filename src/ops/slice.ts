/** Slices: `tf.slice`, `tf.stridedSlice`, and Python's `x[…]` as `x.get(…)`. */
import { boxAt, copyBox, slotShape, wholeBox } from '../base/box';
import { type DType, bool, int32, int64, zerosOf } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { NDArray, toNDArray } from '../base/ndarray';
import { type Dim, TensorShape, sizeOf } from '../base/shape';
import { StridedError, type StridedSpec, stridedBox } from '../base/strided';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isWeak } from '../graph/constant';
import { type Operation, ShapeError, Tensor } from '../graph/graph';
import type { Attributed, Grad, Rows, ShapeContext } from '../graph/opdef';
import { mergeShapes, numbers, shapeInput, withRank } from '../graph/shape-fn';
import type { NameOption } from './constants';
import { onesLike } from './identity';
import { booleanMask } from './where';
import { rankOf, reshape, shapeOf } from './words';

export const SLICE = {
  Slice: {
    shape: sliceShape,
    grad: sliceGrad,
    value: sliceValue,
  },
  StridedSlice: {
    shape: stridedSliceShape,
    grad: stridedSliceGrad,
    value: stridedSliceValue,
    partial: stridedSlicePartial,
  },
  StridedSliceGrad: {
    shape: (c) => [shapeInput(c, 0)],
    grad: (op, [dz]) => [null, null, null, null, apply('StridedSlice', [dz, ...op.inputs.slice(1, 4)], masksOf(op))],
  },
} satisfies Rows;

// --- shapes and values --------------------------------------------------------------------------------

function sliceShape(c: ShapeContext): (TensorShape | Dim[])[] {
  const lengths = mergeShapes(withRank(c, 1, 1), withRank(c, 2, 1));
  const rank = lengths.at(0);
  const input = rank === null ? c.shape(0) : withRank(c, 0, rank);
  shapeInput(c, 1);
  const known = shapeInput(c, 2);
  const sizes = numbersOf(c.value(2));
  if (!sizes)
    return [known?.dims ? known : input.rank === null ? TensorShape.unknown() : TensorShape.unknown(input.rank)];
  const begin = numbersOf(c.value(1));
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

function masksOf(c: Attributed): Record<string, number> {
  return Object.fromEntries(
    ['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'].map((name) => [
      name,
      Number(c.attr(name)),
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

/** Larger values are not worked out while building. */
const MOST = 4096;

function numbersOf(value: NDArray | null): number[] | null {
  return value && Array.from(value.data as Int32Array, Number);
}
function taken(
  from: NDArray,
  begin: readonly number[],
  strides: readonly number[] | undefined,
  sizes: readonly number[],
  shape: readonly number[],
): NDArray {
  const out = new NDArray(from.dtype, shape, zerosOf(from.dtype, sizeOf(shape)));
  copyBox(slotShape(from, sizes), boxAt(from, begin, strides), wholeBox(out, sizes));
  return out;
}
function sliceValue(c: ShapeContext): NDArray | null {
  const [input, begin, asked] = [c.value(0), numbersOf(c.value(1)), numbersOf(c.value(2))];
  if (!input || !begin || !asked || input.size > MOST || begin.length !== input.rank || asked.length !== input.rank)
    return null;
  const sizes = asked.map((n, i) => (n === -1 ? input.shape[i] - begin[i] : n));
  // What does not fit is for the kernel to report.
  if (sizes.some((n, i) => begin[i] < 0 || n < 0 || begin[i] + n > input.shape[i])) return null;
  return taken(input, begin, undefined, sizes, sizes);
}
function stridedSliceValue(c: ShapeContext): NDArray | null {
  const input = c.value(0);
  if (!input || input.size > MOST) return null;
  const [begin, end, strides] = [1, 2, 3].map((i) => numbersOf(c.value(i)));
  if (!begin || !end || !strides) return null;
  const box = stridedBox(input.shape, specOf(c, begin, end, strides));
  return taken(input, box.begin, box.strides, box.sizes as number[], box.shape as number[]);
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
  const [begin, end, strides] = [1, 2, 3].map((i) => numbersOf(c.value(i)));
  if (!dims || !strides || (!begin && !openBegin) || (!end && !openEnd)) return null;
  const {
    begin: [at],
    sizes: [count],
  } = stridedBox([dims.length], specOf(c, begin ?? [0], end ?? [0], strides));
  return new TensorShape(Array.from({ length: count as number }, (_, i) => dims[at + i * strides[0]]));
}

// --- gradients ----------------------------------------------------------------------------------------

/** The gradient with zeros around it: as many in front as the slice left out there, and behind. */
function sliceGrad(op: Operation, [dz]: Tensor[]): Grad[] {
  const [input, begin] = op.inputs;
  const rank = rankOf(input);
  // int32 in TensorFlow, whose gradient then refuses an int64 begin.
  const size = shapeAs(op.outputs[0], begin.dtype.baseDtype);
  const column = convertToTensor([rank, 1], int32, 'stack');
  const before = reshape(begin, column);
  const behind = reshape(shapeAs(input, size.dtype).sub(size).sub(begin), column);
  const paddings = apply('ConcatV2', [[before, behind], 1], {}, 'concat');
  return [apply('Pad', [dz, paddings]), null, null];
}

/** `tf.shape(x, out_type)` */
export function shapeAs(x: Tensor, outType: DType): Tensor {
  if (outType === int32) return shapeOf(x);
  if (!x.shape.isFullyDefined()) return apply('Shape', [x], { out_type: outType });
  return convertToTensor(x.shape.dims as number[], outType, 'Shape');
}
function stridedSliceGrad(op: Operation, [dz]: Tensor[]): Grad[] {
  const spec = op.inputs.slice(1);
  const shape = shapeAs(op.inputs[0], spec[0].dtype.baseDtype);
  return [apply('StridedSliceGrad', [shape, ...spec, dz], masksOf(op)), null, null, null];
}

// --- what users call ----------------------------------------------------------------------------------

/**
 * The part of a tensor that starts at `begin` and has `size` elements along each dimension; a size of -1 takes the rest.
 *
 *     tf.slice([[1, 2, 3], [4, 5, 6]], [0, 1], [2, 2])   // [[2, 3], [5, 6]]
 *
 * @param begin  an integer per dimension
 * @param size   an integer per dimension
 * @throws InvalidArgumentError  when run, if the part is not inside
 */
export function slice(input: TensorLike, begin: TensorLike, size: TensorLike, { name }: NameOption = {}): Tensor {
  return apply('Slice', [input, begin, size], {}, name);
}

export interface StridedSliceOptions extends NameOption {
  readonly beginMask?: number;
  readonly endMask?: number;
  readonly ellipsisMask?: number;
  readonly newAxisMask?: number;
  readonly shrinkAxisMask?: number;
}
/**
 * The op behind `x.get(…)`, in its own terms: bit i of a mask changes what entry i of `begin`, `end` and `strides` means.
 *
 *     tf.stridedSlice([1, 2, 3, 4, 5], [1], [4], [2])   // [2, 4]
 *
 * @param strides  1 for each entry if not given
 */
export function stridedSlice(
  input: TensorLike,
  begin: TensorLike,
  end: TensorLike,
  strides?: TensorLike | null,
  options: StridedSliceOptions = {},
): Tensor {
  const { name, beginMask = 0, endMask = 0, ellipsisMask = 0, newAxisMask = 0, shrinkAxisMask = 0 } = options;
  return apply(
    'StridedSlice',
    [input, begin, end, strides ?? onesLikeBegin(begin)],
    {
      begin_mask: beginMask,
      end_mask: endMask,
      ellipsis_mask: ellipsisMask,
      new_axis_mask: newAxisMask,
      shrink_axis_mask: shrinkAxisMask,
    },
    name,
  );
}
/** Numbers alone are int32. */
function onesLikeBegin(begin: TensorLike): Tensor {
  return onesLike(isWeak(begin) ? toNDArray(begin, int32) : begin);
}

/** Adds a dimension of 1 where it stands in `x.get(…)`: Python's `None`. */
export const newaxis: unique symbol = Symbol('tf.newaxis');
/** A position: a number, or a scalar integer tensor. */
export type Index = number | Tensor;
/** What stands between Python's brackets, one entry of it. */
export type Subscript =
  | Index
  | '...'
  | typeof newaxis
  | readonly [begin?: Index | null, end?: Index | null, step?: Index | null];

const WRONG =
  'Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are valid indices';

function checkIndex(x: unknown): Index {
  if (x instanceof Tensor ? [int32, int64].includes(x.dtype.baseDtype) && x.shape.rank !== 1 : Number.isInteger(x))
    return x as Index;
  throw new TypeError_(
    `${WRONG}, got ${x instanceof Tensor ? x.repr() : String(x)}` +
      "\n  an index is x.get(2), a range x.get([1, 3]), all of a dimension x.get([]), the rest x.get('...')",
  );
}

/**
 * Python's `x[…]`: a number takes one position (and the dimension away), `[begin, end, step]` a range whose ends may be
 * null or left out, `'...'` stands for all dimensions not named, `tf.newaxis` adds one.
 *
 *     x.get(0)                   // x[0]
 *     x.get([1, 3], [])          // x[1:3, :]
 *     x.get('...', [null, null, -1])   // x[..., ::-1]
 *     x.get(tf.newaxis, i)       // x[None, i], i a scalar tensor
 *     x.get(tf.greater(x, 0))    // x[x > 0]
 *
 * @throws TypeError   for an index that is not an integer
 * @throws ValueError  if there are more entries than dimensions, or an index is known to be outside
 */
export function getItem(x: TensorLike, spec: readonly (Subscript | Tensor)[]): Tensor {
  if (spec.length === 1 && spec[0] instanceof Tensor && spec[0].dtype.baseDtype === bool)
    return booleanMask(x, spec[0]);
  const [begin, end, strides]: [Index[], Index[], Index[]] = [[], [], []];
  const masks = { begin_mask: 0, end_mask: 0, ellipsis_mask: 0, new_axis_mask: 0, shrink_axis_mask: 0 };
  const push = (b: Index, e: Index, s: Index): void => {
    begin.push(b);
    end.push(e);
    strides.push(s);
  };
  spec.forEach((entry, i) => {
    if (Array.isArray(entry)) {
      const [b, e, s] = (entry as readonly (Index | null | undefined)[]).map((at) =>
        at === null || at === undefined ? null : checkIndex(at),
      );
      if ((b ?? null) === null) masks.begin_mask |= 1 << i;
      if ((e ?? null) === null) masks.end_mask |= 1 << i;
      push(b ?? 0, e ?? 0, s ?? 1);
    } else if (entry === '...') {
      masks.ellipsis_mask |= 1 << i;
      push(0, 0, 1);
    } else if (entry === newaxis) {
      masks.new_axis_mask |= 1 << i;
      push(0, 0, 1);
    } else {
      const at = checkIndex(entry);
      masks.shrink_axis_mask |= 1 << i;
      push(at, at instanceof Tensor ? at.add(1) : at + 1, 1);
    }
  });
  return inScope(null, 'strided_slice', [x, ...begin, ...end, ...strides], (scope) => {
    if (!spec.length) {
      const none = convertToTensor([], int32, 'Const');
      return apply('StridedSlice', [x, none, none, none], masks, scope);
    }
    let packed = [begin, end, strides].map((list) => convertToTensor(list, indexType(list), 'stack'));
    if (packed.some((t) => t.dtype === int64))
      packed = packed.map((t) => (t.dtype === int64 ? t : apply('Cast', [t], { DstT: int64 })));
    return apply('StridedSlice', [x, ...packed], masks, scope);
  });
}
/** The dtype of the first tensor; numbers alone are int32 where they fit. */
function indexType(list: readonly Index[]): DType {
  const tensor = list.find((x) => x instanceof Tensor);
  if (tensor) return (tensor as Tensor).dtype.baseDtype;
  return list.every((x) => (x as number) === ((x as number) | 0)) ? int32 : int64;
}

/** What tensors and variables are sliced by. */
export interface Sliceable {
  /** Python's `x[…]`: `x.get(0)`, `x.get([1, 3], [])`; see `tf.getItem`. */
  get(...spec: (Subscript | Tensor)[]): Tensor;
}
declare module '../graph/operation' {
  interface Tensor extends Sliceable {}
}
/** Gives a class whose instances are or convert to tensors the method `get`. */
export function installGet(prototype: object): void {
  Object.defineProperty(prototype, 'get', {
    value(this: TensorLike, ...spec: (Subscript | Tensor)[]): Tensor {
      return getItem(this, spec);
    },
    writable: true,
    configurable: true,
    enumerable: false,
  });
}
installGet(Tensor.prototype);
