/** Tensors laid end to end, stacked, cut and unstacked. */
import { int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { cut, joined } from '../base/join';
import { NDArray } from '../base/ndarray';
import { type Dim, TensorShape } from '../base/shape';
import { apply, applyOp, graphOf, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic, pythonValue } from '../graph/constant';
import { IndexedSlices, type Operation, ShapeError, type Tensor, getDefaultGraph } from '../graph/graph';
import type { Grad, Rows, ShapeContext, ValueContext } from '../graph/opdef';
import {
  inputShapes,
  inputValues,
  mergeInputs,
  mergeShapes,
  numbers,
  perOutput,
  withRank,
  withRankAtLeast,
} from '../graph/shape-fn';
import { type NameOption, constant, fill, isOptions } from './constants';
import { identity } from './identity';
import { expandDims, rank, shape, shapeN, squeeze } from './shape';

export const CONCAT = {
  ConcatV2: {
    shape: (c) => concatShape(c, 0, c.inputs - 1, c.inputs - 1),
    grad: (op, [dy]) => concatGrad(op, dy, 0, op.inputs.length - 1, op.inputs.length - 1),
    value: (c) => concatValue(inputValues(c).slice(0, -1), c.value(c.inputs - 1)),
    partial: (c) => concatPartial(c, 0, c.inputs - 1),
  },
  Concat: {
    shape: (c) => concatShape(c, 1, c.inputs, 0),
    grad: (op, [dy]) => concatGrad(op, dy, 1, op.inputs.length, 0),
    value: (c) => concatValue(inputValues(c).slice(1), c.value(0)),
    partial: (c) => concatPartial(c, 1, c.inputs),
  },
  ConcatOffset: {
    shape: (c) => inputShapes(c).slice(1),
    values: offsetValues,
  },
  Pack: {
    shape: packShape,
    grad: (op, [dy]) => unstack(dy, op.inputs.length, op.getAttr<number>('axis')),
    value(c) {
      const values = c.attr<number>('axis') === 0 ? allKnown(inputValues(c)) : null;
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
    partial: (c) =>
      c.shape(0).rank === 0
        ? new TensorShape(Array.from({ length: c.inputs }, (_, i) => c.asShape(i)?.at(0) ?? null))
        : null,
  },
  Unpack: {
    shape: unpackShape,
    grad: (op, grads) => stack(grads, op.getAttr<number>('axis')),
    values(c) {
      const parts = c.attr<number>('axis') === 0 ? partValues(c, c.value(0), 0) : null;
      return parts && parts.map((part) => part.reshape(c.output(0).dims as number[]));
    },
  },
  Split: {
    shape: splitShape,
    grad: (op, grads) => [null, concat(grads, op.inputs[0])],
    values: (c) => partValues(c, c.value(1), c.value(0)),
  },
  SplitV: {
    shape: splitVShape,
    grad: (op, grads) => [concat(grads, op.inputs[2]), null, null],
    values: (c) => partValues(c, c.value(0), c.value(2)),
  },
} satisfies Rows;

// --- shapes and values ----------------------------------------------------------------------------------

function concatShape(c: ShapeContext, from: number, to: number, axisIndex: number): [TensorShape] {
  withRank(c, axisIndex, 0);
  const found =
    inputShapes(c)
      .slice(from, to)
      .find((shape) => shape.rank !== null)?.rank ?? null;
  if (found === 0) throw new ShapeError("Can't concatenate scalars (use tf.stack instead)");
  if (found !== null) for (let i = from; i < to; i++) withRank(c, i, found);
  const axis = c.value(axisIndex);
  if (!axis) return [found === null ? TensorShape.unknown() : TensorShape.unknown(found)];
  const dim = Number(axis.item());
  let [before, middle, after]: Cut = [TensorShape.unknown(), 0, TensorShape.unknown()];
  for (let i = to - 1; i >= from; i--) {
    const [b, m, a] = cutAt(withRankAtLeast(c, i, dim < 0 ? -dim : dim + 1), dim);
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
function allKnown(values: readonly (NDArray | null)[]): readonly NDArray[] | null {
  return values.every((v): v is NDArray => v !== null) ? values : null;
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
function concatValue(parts: readonly (NDArray | null)[], at: NDArray | null): NDArray | null {
  const values = allKnown(parts);
  if (!at || !values || !values[0].rank) return null;
  const dim = Number(at.item());
  return array(joined(values, dim < 0 ? dim + values[0].rank : dim));
}
/** The parts of a known tensor, as the shapes of the outputs say. */
function partValues(c: ValueContext, value: NDArray | null, axis: NDArray | number | null): NDArray[] | null {
  const shapes = Array.from({ length: c.outputs }, (_, i) => c.output(i));
  if (axis === null || !value?.rank || shapes.some((shape) => !shape.isFullyDefined())) return null;
  const dim = axis instanceof NDArray ? Number(axis.item()) : axis;
  const at = dim < 0 ? dim + value.rank : dim;
  const sizes = shapes.map((shape) => (shape.rank === value.rank ? shape.at(at)! : 1));
  return cut(value, at, sizes).map(array);
}
function offsetValues(c: ShapeContext): NDArray[] | null {
  const [axis, ...sizes] = inputValues(c);
  if (!axis || sizes.includes(null)) return null;
  let offset = 0;
  return (sizes as NDArray[]).map((size) => {
    const at = (Number(axis.item()) + size.size) % size.size;
    const begin = Int32Array.from({ length: size.size }, (_, i) => (i === at ? offset : 0));
    offset += Number(size.data[at]);
    return new NDArray(int32, [size.size], begin);
  });
}
function concatPartial(c: ShapeContext, from: number, to: number): TensorShape | null {
  let all: TensorShape | null = TensorShape.scalar();
  for (let i = from; i < to && all; i++) {
    const next = c.asShape(i);
    all = next && all.concatenate(next);
  }
  return all;
}

/** An axis of a stacked tensor made positive. */
function stackAxis(c: ShapeContext, rankAfter: number): number {
  const axis = c.attr<number>('axis');
  if (axis < -rankAfter || axis >= rankAfter)
    throw new ShapeError(`Invalid axis: ${axis}; must be in [${-rankAfter},${rankAfter})`);
  return axis < 0 ? axis + rankAfter : axis;
}
function packShape(c: ShapeContext): [TensorShape] {
  const merged = mergeInputs(c);
  if (!merged.dims) return [merged];
  const at = stackAxis(c, merged.dims.length + 1);
  return [new TensorShape([...merged.dims.slice(0, at), c.inputs, ...merged.dims.slice(at)])];
}
function unpackShape(c: ShapeContext): (TensorShape | Dim[])[] {
  const { dims } = c.shape(0);
  if (!dims) return perOutput(c, TensorShape.unknown());
  const at = stackAxis(c, dims.length);
  const [have, want] = [dims[at], c.outputs];
  if (have !== null && have !== want) throw new ShapeError(`Dimension must be ${want} but is ${have}`);
  const rest = dims.filter((_, i) => i !== at);
  return perOutput(c, rest);
}
/** The axis that a scalar input gives, made positive where the rank is known; null where it is not known. */
function splitAxis(c: ShapeContext, index: number, count: number | null): number | null {
  withRank(c, index, 0);
  const axis = c.value(index);
  if (!axis) return null;
  const at = Number(axis.item());
  if (count === null) return at < 0 ? null : at;
  if (at < -count || at >= count)
    throw new ShapeError(`Dimension size, given by scalar input ${at} must be in range [-${count}, ${count})`);
  return at < 0 ? at + count : at;
}
function splitShape(c: ShapeContext): TensorShape[] {
  const input = c.shape(1);
  const axis = splitAxis(c, 0, input.rank);
  const ways = c.outputs;
  const one = (): TensorShape => {
    if (axis === null) return input.dims ? TensorShape.unknown(input.dims.length) : input;
    const { dims } = withRankAtLeast(c, 1, axis + 1);
    const size = dims && dims[axis];
    if (!dims) return TensorShape.unknown();
    if (size !== null && size % ways !== 0) {
      throw new ShapeError(
        `Dimension size must be evenly divisible by ${ways} but is ${size}\n\tNumber of ways to split should evenly divide the split dimension`,
      );
    }
    return new TensorShape(dims.map((d, i) => (i === axis ? (size === null ? null : size / ways) : d)));
  };
  return perOutput(c, one());
}
function splitVShape(c: ShapeContext): TensorShape[] {
  const { dims } = c.shape(0);
  const axis = splitAxis(c, 2, dims && dims.length);
  if (!dims) return perOutput(c, TensorShape.unknown());
  if (dims.length === 0) throw new ShapeError("Can't split scalars");
  const sizes = numbers(c, 1);
  const at = axis ?? (dims.length === 1 ? 0 : null);
  if (at === null) return perOutput(c, TensorShape.unknown(dims.length));
  const withSize = (size: Dim): TensorShape => new TensorShape(dims.map((d, i) => (i === at ? size : d)));
  if (!sizes) return perOutput(c, withSize(null));
  if (sizes.length !== c.outputs) throw new ShapeError('Length of size_splits should be equal to num_outputs');
  const open = sizes.filter((n) => n === -1).length;
  if (open > 1) throw new ShapeError('size_splits can only have one -1');
  const total = sizes.reduce((sum, n) => (n === -1 ? sum : sum + n), 0);
  const have = dims[at];
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
