/** Tensors laid end to end, stacked, cut and unstacked. */
import { int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { cut, joined } from '../base/join';
import { NDArray } from '../base/ndarray';
import { type Dim, TensorShape } from '../base/shape';
import { apply, applyOp, graphOf, inScope } from '../graph/apply';
import {
  type TensorLike,
  constantInput,
  constantNumbers,
  convertToTensor,
  isSymbolic,
  pythonValue,
} from '../graph/constant';
import { IndexedSlices, type Operation, ShapeError, type Tensor, getDefaultGraph } from '../graph/graph';
import type { Grad, Rows } from '../graph/opdef';
import { inShape, mergeInputs, mergeShapes, withRank, withRankAtLeast } from '../graph/shape-fn';
import { type NameOption, constant, fill, isOptions } from './constants';
import { identity } from './identity';
import { expandDims, rank, shape, shapeN, squeeze } from './shape';

export const CONCAT = {
  ConcatV2: {
    shape: (op) => concatShape(op, 0, op.inputs.length - 1, op.inputs.length - 1),
    grad: (op, [dy]) => concatGrad(op, dy, 0, op.inputs.length - 1, op.inputs.length - 1),
    value: (op, valueOf) => concatValue(op.inputs.slice(0, -1), op.inputs[op.inputs.length - 1], valueOf),
    partial: (op, shapeOf) => concatPartial(op.inputs.slice(0, -1), shapeOf),
  },
  Concat: {
    shape: (op) => concatShape(op, 1, op.inputs.length, 0),
    grad: (op, [dy]) => concatGrad(op, dy, 1, op.inputs.length, 0),
    value: (op, valueOf) => concatValue(op.inputs.slice(1), op.inputs[0], valueOf),
    partial: (op, shapeOf) => concatPartial(op.inputs.slice(1), shapeOf),
  },
  ConcatOffset: {
    shape: (op) => op.inputs.slice(1).map((t) => t.shape),
    values: offsetValues,
  },
  Pack: {
    shape: packShape,
    grad: (op, [dy]) => unstack(dy, op.inputs.length, op.getAttr<number>('axis')),
    value(op, valueOf) {
      const values = op.getAttr<number>('axis') === 0 ? allKnown(op.inputs, valueOf) : null;
      return (
        values &&
        array(
          joined(
            values.map((v) => v.reshape([1, ...v.shape])),
            0,
          ),
        )
      );
    },
    partial: (op, shapeOf) =>
      op.inputs[0].shape.rank === 0 ? new TensorShape(op.inputs.map((t) => shapeOf(t)?.at(0) ?? null)) : null,
  },
  Unpack: {
    shape: unpackShape,
    grad: (op, grads) => stack(grads, op.getAttr<number>('axis')),
    values(op, valueOf) {
      const shape = op.outputs[0]?.shape;
      const parts = op.getAttr<number>('axis') === 0 ? partValues(op, op.inputs[0], 0, valueOf) : null;
      return parts && parts.map((part) => part.reshape(shape.dims as number[]));
    },
  },
  Split: {
    shape: splitShape,
    grad: (op, grads) => [null, concat(grads, op.inputs[0])],
    values: (op, valueOf) => partValues(op, op.inputs[1], valueOf(op.inputs[0]), valueOf),
  },
  SplitV: {
    shape: splitVShape,
    grad: (op, grads) => [concat(grads, op.inputs[2]), null, null],
    values: (op, valueOf) => partValues(op, op.inputs[0], valueOf(op.inputs[2]), valueOf),
  },
} satisfies Rows;

// --- shapes and values ----------------------------------------------------------------------------------

function concatShape(op: Operation, from: number, to: number, axisIndex: number): [TensorShape] {
  withRank(op, axisIndex, 0);
  const found = op.inputs.slice(from, to).find((t) => t.shape.rank !== null)?.shape.rank ?? null;
  if (found === 0) throw new ShapeError("Can't concatenate scalars (use tf.stack instead)");
  if (found !== null) for (let i = from; i < to; i++) withRank(op, i, found);
  const axis = constantInput(op, axisIndex);
  if (!axis) return [found === null ? TensorShape.unknown() : TensorShape.unknown(found)];
  const dim = Number(axis.item());
  let [before, middle, after]: Cut = [TensorShape.unknown(), 0, TensorShape.unknown()];
  for (let i = to - 1; i >= from; i--) {
    const [b, m, a] = cutAt(withRankAtLeast(op, i, dim < 0 ? -dim : dim + 1), dim);
    before = i === to - 1 ? b : mergeShapes(b, before);
    middle = middle === null || m === null ? null : middle + m;
    after = i === to - 1 ? a : mergeShapes(a, after);
  }
  return [before.concatenate([middle]).concatenate(after)];
}
type Cut = [before: TensorShape, middle: Dim, after: TensorShape];
function cutAt({ dims }: TensorShape, dim: number): Cut {
  if (!dims) return [TensorShape.unknown(), null, dim === -1 ? TensorShape.scalar() : TensorShape.unknown()];
  const at = dim < 0 ? dim + dims.length : dim;
  return [new TensorShape(dims.slice(0, at)), dims[at], new TensorShape(dims.slice(at + 1))];
}
function allKnown(tensors: readonly Tensor[], valueOf: (t: Tensor) => NDArray | null): NDArray[] | null {
  const values = tensors.map(valueOf);
  return values.includes(null) ? null : (values as NDArray[]);
}
function array({
  dtype,
  shape: dims,
  data,
}: {
  dtype: NDArray['dtype'];
  shape: readonly number[];
  data: NDArray['data'];
}): NDArray {
  return new NDArray(dtype, dims, data);
}
function concatValue(tensors: readonly Tensor[], axis: Tensor, valueOf: (t: Tensor) => NDArray | null): NDArray | null {
  const [at, values] = [valueOf(axis), allKnown(tensors, valueOf)];
  if (!at || !values || !values[0].rank) return null;
  const dim = Number(at.item());
  return array(joined(values, dim < 0 ? dim + values[0].rank : dim));
}
/** The parts of a known tensor, as the shapes of the outputs say. */
function partValues(
  op: Operation,
  whole: Tensor,
  axis: NDArray | number | null,
  valueOf: (t: Tensor) => NDArray | null,
): NDArray[] | null {
  const value = axis === null ? null : valueOf(whole);
  if (!value?.rank || op.outputs.some((t) => !t.shape.isFullyDefined())) return null;
  const dim = axis instanceof NDArray ? Number(axis.item()) : axis!;
  const at = dim < 0 ? dim + value.rank : dim;
  const sizes = op.outputs.map((t) => (t.shape.rank === value.rank ? t.shape.at(at)! : 1));
  return cut(value, at, sizes).map(array);
}
function offsetValues(op: Operation, valueOf: (t: Tensor) => NDArray | null): NDArray[] | null {
  const [axis, ...sizes] = op.inputs.map(valueOf);
  if (!axis || sizes.includes(null)) return null;
  let offset = 0;
  return (sizes as NDArray[]).map((size) => {
    const at = (Number(axis.item()) + size.size) % size.size;
    const begin = Int32Array.from({ length: size.size }, (_, i) => (i === at ? offset : 0));
    offset += Number(size.data[at]);
    return new NDArray(int32, [size.size], begin);
  });
}
function concatPartial(tensors: readonly Tensor[], shapeOf: (t: Tensor) => TensorShape | null): TensorShape | null {
  return tensors.reduce<TensorShape | null>((all, t) => {
    const next = all && shapeOf(t);
    return next ? all.concatenate(next) : null;
  }, TensorShape.scalar());
}

/** An axis of a stacked tensor made positive. */
function stackAxis(op: Operation, rankAfter: number): number {
  const axis = op.getAttr<number>('axis');
  if (axis < -rankAfter || axis >= rankAfter)
    throw new ShapeError(`Invalid axis: ${axis}; must be in [${-rankAfter},${rankAfter})`);
  return axis < 0 ? axis + rankAfter : axis;
}
function packShape(op: Operation): [TensorShape] {
  const merged = mergeInputs(op);
  if (!merged.dims) return [merged];
  const at = stackAxis(op, merged.dims.length + 1);
  return [new TensorShape([...merged.dims.slice(0, at), op.inputs.length, ...merged.dims.slice(at)])];
}
function unpackShape(op: Operation): (TensorShape | Dim[])[] {
  const { dims } = inShape(op, 0);
  if (!dims) return op.outputs.map(() => TensorShape.unknown());
  const at = stackAxis(op, dims.length);
  const [have, want] = [dims[at], op.outputs.length];
  if (have !== null && have !== want) throw new ShapeError(`Dimension must be ${want} but is ${have}`);
  const rest = dims.filter((_, i) => i !== at);
  return op.outputs.map(() => rest);
}
/** The axis that a scalar input gives, made positive where the rank is known; null where it is not known. */
function splitAxis(op: Operation, index: number, count: number | null): number | null {
  withRank(op, index, 0);
  const axis = constantInput(op, index);
  if (!axis) return null;
  const at = Number(axis.item());
  if (count === null) return at < 0 ? null : at;
  if (at < -count || at >= count)
    throw new ShapeError(`Dimension size, given by scalar input ${at} must be in range [-${count}, ${count})`);
  return at < 0 ? at + count : at;
}
function splitShape(op: Operation): TensorShape[] {
  const input = inShape(op, 1);
  const axis = splitAxis(op, 0, input.rank);
  const ways = op.outputs.length;
  const one = (): TensorShape => {
    if (axis === null) return input.dims ? TensorShape.unknown(input.dims.length) : input;
    const { dims } = withRankAtLeast(op, 1, axis + 1);
    const size = dims && dims[axis];
    if (!dims) return TensorShape.unknown();
    if (size !== null && size % ways !== 0) {
      throw new ShapeError(
        `Dimension size must be evenly divisible by ${ways} but is ${size}\n\tNumber of ways to split should evenly divide the split dimension`,
      );
    }
    return new TensorShape(dims.map((d, i) => (i === axis ? (size === null ? null : size / ways) : d)));
  };
  const part = one();
  return op.outputs.map(() => part);
}
function splitVShape(op: Operation): TensorShape[] {
  const { dims } = inShape(op, 0);
  const axis = splitAxis(op, 2, dims && dims.length);
  if (!dims) return op.outputs.map(() => TensorShape.unknown());
  if (dims.length === 0) throw new ShapeError("Can't split scalars");
  const sizes = constantNumbers(op, 1);
  if (axis === null) return op.outputs.map(() => TensorShape.unknown(dims.length));
  const withSize = (size: Dim): TensorShape => new TensorShape(dims.map((d, i) => (i === axis ? size : d)));
  if (!sizes) return op.outputs.map(() => withSize(null));
  if (sizes.length !== op.outputs.length) throw new ShapeError('Length of size_splits should be equal to num_outputs');
  const open = sizes.filter((n) => n === -1).length;
  if (open > 1) throw new ShapeError('size_splits can only have one -1');
  const total = sizes.reduce((sum, n) => (n === -1 ? sum : sum + n), 0);
  const have = dims[axis];
  if (have !== null && (open ? total > have : total !== have))
    throw new ShapeError(`can't split axis of size ${have} into pieces of size [${sizes.join(',')}]`);
  return sizes.map((n) => withSize(n !== -1 ? n : have === null ? null : have - total));
}

// --- gradients ------------------------------------------------------------------------------------------

/** More values than this are cut by one Split rather than by a Slice each. */
const MOST_SLICES = 16;

function concatGrad(op: Operation, dy: Tensor | IndexedSlices, from: number, to: number, axisIndex: number): Grad[] {
  const values = op.inputs.slice(from, to);
  const axis = op.inputs[axisIndex];
  const dim = axis.mod(rank(values[0]));
  const grads = dy instanceof IndexedSlices ? rowsOfParts(dy, values, axis, dim) : parts(dy, values, dim);
  return to <= axisIndex ? [...grads, null] : [null, ...grads];
}
function parts(dy: Tensor, values: readonly Tensor[], dim: Tensor): Tensor[] {
  const sizes = shapesOf(values);
  if (sizes.length > MOST_SLICES) {
    const along = squeeze(apply('Slice', [stack(sizes, 1), [dim, 0], [1, -1]]));
    return split(dy, along, dim, { num: sizes.length });
  }
  return applyOp('ConcatOffset', [dim, sizes]).outputs.map((begin, i) => apply('Slice', [dy, begin, sizes[i]]));
}
/** The shapes: constants where all are known, else one ShapeN. */
function shapesOf(values: readonly Tensor[]): Tensor[] {
  const sizes: Tensor[] = [];
  for (const x of values) {
    const size = shape(x);
    if (size.op.type !== 'Const') return shapeN(values);
    sizes.push(size);
  }
  return sizes;
}
function rowsOfParts(
  { values: rows, indices }: IndexedSlices,
  values: readonly Tensor[],
  axis: Tensor,
  dim: Tensor,
): IndexedSlices[] {
  const known = pythonValue(axis);
  if (!known) throw new ValueError('Can only compute IndexedSlices gradient with statically-known concat_dim');
  let at = Number(known.item());
  if (at < 0) {
    const count = pythonValue(rank(values[0]));
    if (!count)
      throw new ValueError(
        'Can only compute IndexedSlices gradient with negative concat_dim when first value rank is statically-known.',
      );
    at += Number(count.item());
  }
  const sizes = values.map((x) => shape(x));
  return at > 0 ? sameRows(rows, indices, sizes, dim) : someRows(rows, indices, sizes, dim);
}
/** Each part gets all rows, cut along `dim`. */
function sameRows(rows: Tensor, indices: Tensor, sizes: readonly Tensor[], dim: Tensor): IndexedSlices[] {
  const count = shape(sizes[0]);
  const before = fill(expandDims(dim, 0), constantOf(0));
  const mask = concat([before, [1], fill(count.sub(dim).sub(1), constantOf(0))], 0);
  let begin = fill(count, constantOf(0));
  return sizes.map((size) => {
    const part = apply('Slice', [rows, begin, concat([[-1], apply('Slice', [size, [1], [-1]])], 0)]);
    begin = apply('Add', [begin, size.mul(mask)]);
    return new IndexedSlices(part, indices, size);
  });
}
function constantOf(value: number): NDArray {
  return new NDArray(int32, [], Int32Array.of(value));
}
/** Each part gets the rows that are its own. */
function someRows(rows: Tensor, indices: Tensor, sizes: readonly Tensor[], dim: Tensor): IndexedSlices[] {
  let start: Tensor = constant(0, indices.dtype.baseDtype);
  return sizes.map((size) => {
    let length = apply('GatherV2', [size, dim, 0]);
    if (length.dtype !== indices.dtype.baseDtype) length = apply('Cast', [length], { DstT: indices.dtype.baseDtype });
    const end = start.add(length);
    const mine = apply('LogicalAnd', [indices.greaterEqual(start), indices.less(end)]);
    const chosen = squeeze(apply('Where', [mine]), [1]);
    const own = apply('GatherV2', [indices, chosen, 0]).sub(start);
    const out = new IndexedSlices(apply('GatherV2', [rows, chosen, 0]), own, size);
    start = end;
    return out;
  });
}

// --- functions ------------------------------------------------------------------------------------------

/**
 * Lays tensors end to end along `axis`.
 *
 *     tf.concat([[[1, 2]], [[3, 4]]], 0)   // [[1, 2], [3, 4]]
 *
 * @param values  tensors of one dtype, whose shapes agree but along `axis`
 * @param axis    negative counts from the end
 */
export function concat(
  values: readonly TensorLike[] | TensorLike,
  axis: TensorLike,
  { name }: NameOption = {},
): Tensor {
  const list = Array.isArray(values) ? (values as readonly TensorLike[]) : [values as TensorLike];
  if (list.length !== 1) return apply('ConcatV2', [list, axis], {}, name ?? 'concat');
  return inScope(name ?? 'concat', 'concat', [list, axis], () => {
    const at = convertToTensor(axis, int32, 'concat_dim');
    if (at.shape.rank) throw new ValueError(`Shape ${at.shape} must have rank 0`);
    return identity(list[0], { name: name ?? 'concat' });
  });
}

export interface StackOptions extends NameOption {
  readonly axis?: number;
}
/**
 * Stacks tensors of one shape along a new dimension.
 *
 *     tf.stack([[1, 4], [2, 5]])      // [[1, 4], [2, 5]]
 *     tf.stack([[1, 4], [2, 5]], 1)   // [[1, 2], [4, 5]]
 *
 * @throws ValueError  if `axis` is outside [-(R+1), R+1) for tensors of rank R
 */
export function stack(
  values: readonly TensorLike[] | TensorLike,
  axis: number | StackOptions = 0,
  options: StackOptions = {},
): Tensor {
  const { axis: at = 0, name }: StackOptions = isOptions<StackOptions>(axis)
    ? axis
    : { axis: axis as number, ...options };
  return onGraphOf(values, () => {
    if (at === 0) {
      try {
        return convertToTensor(values as TensorLike, null, name ?? 'stack');
      } catch (error) {
        // As Python does: Pack says what is wrong.
        if (!Array.isArray(values)) throw error;
      }
    }
    const list = values as readonly TensorLike[];
    const { dims } = convertToTensor(list[0], null, name ?? 'stack').shape;
    if (dims && (at < -dims.length - 1 || at > dims.length))
      throw new ValueError(`axis = ${at} not in [${-dims.length - 1}, ${dims.length + 1})`);
    return apply('Pack', [list], { axis: at }, name ?? 'stack');
  });
}
function onGraphOf<R>(values: unknown, body: () => R): R {
  const graph = graphOf([values]);
  return graph === getDefaultGraph() ? body() : graph.asDefault(body);
}

export interface UnstackOptions extends StackOptions {
  readonly num?: number | null;
}
/**
 * Cuts a tensor into the tensors along `axis`, each without that dimension.
 *
 * @param num  how many: the size of the dimension where not given
 * @throws ValueError  if that size is not known, or `axis` is outside [-R, R)
 */
export function unstack(
  value: TensorLike,
  num?: number | null | UnstackOptions,
  axis: number | UnstackOptions = 0,
  options: UnstackOptions = {},
): Tensor[] {
  const args: UnstackOptions = isOptions<UnstackOptions>(num)
    ? num
    : isOptions<UnstackOptions>(axis)
      ? { num, ...axis }
      : { num, axis: axis as number, ...options };
  const at = args.axis ?? 0;
  return onGraphOf(value, () => {
    let count = args.num ?? null;
    let x = value;
    if (count === null) {
      const t = (x = convertToTensor(value));
      const { dims } = t.shape;
      if (dims && (at < -dims.length || at >= dims.length))
        throw new ValueError(`axis = ${at} not in [${-dims.length}, ${dims.length})`);
      count = t.shape.at(at);
      if (count === null) throw new ValueError(`Cannot infer num from shape ${t.shape}`);
    }
    return [...applyOp('Unpack', [x], { num: count, axis: at }, args.name ?? 'unstack').outputs];
  });
}

export interface SplitOptions extends NameOption {
  readonly axis?: TensorLike;
  /** How many parts, where the sizes do not tell. */
  readonly num?: number | null;
}
/**
 * Cuts a tensor along `axis`.
 *
 *     tf.split(x, 3)            // three parts of equal size along dimension 0
 *     tf.split(x, [4, 15, 11], 1)
 *
 * @param numOrSizeSplits  a number of equal parts, or the sizes of the parts, of which one may be -1
 * @throws ValueError  if they are known and do not fit, or the number of parts is not known
 */
export function split(
  value: TensorLike,
  numOrSizeSplits: number | TensorLike,
  axis: TensorLike | SplitOptions = 0,
  options: SplitOptions = {},
): Tensor[] {
  const {
    axis: at = 0,
    num,
    name,
  }: SplitOptions = isOptions<SplitOptions>(axis) ? axis : { axis: axis as TensorLike, ...options };
  return onGraphOf([value, numOrSizeSplits], () => {
    const sizes = convertToTensor(numOrSizeSplits, isSymbolic(numOrSizeSplits) ? null : int32);
    if (typeof numOrSizeSplits === 'number')
      return [...applyOp('Split', [at, value], { num_split: numOrSizeSplits }, name ?? 'split').outputs];
    if (sizes.shape.rank === 0)
      throw new ValueError(
        `Rank-0 tensors are not supported as the num_or_size_splits argument to split. Argument provided: ${String(numOrSizeSplits)}`,
      );
    const count = num ?? sizes.shape.at(0);
    if (count === null) throw new ValueError(`Cannot infer num from shape ${String(numOrSizeSplits)}`);
    return [...applyOp('SplitV', [value, sizes, at], { num_split: count }, name ?? 'split').outputs];
  });
}
