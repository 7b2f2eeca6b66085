/** Tensors laid end to end. */
import { isList } from '../base/border';
import { int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { joined } from '../base/join';
import { NDArray } from '../base/ndarray';
import { type Dim, TensorShape } from '../base/shape';
import { apply, applyOp } from '../graph/apply';
import { constantNode, pythonValue, type TensorLike } from '../graph/constant';
import { outputContext } from '../graph/enter-context';
import { IndexedSlices, ShapeError, type Tensor } from '../graph/graph';
import type { Grad, GradContext, Rows, ShapeContext } from '../graph/opdef';
import { inputShapes, inputValues, mergeShapes, withRank, withRankAtLeast } from '../graph/shape-fn';
import { constant } from './constants';
import { curing } from './curing';
import { fill } from './fill';
import { allKnown, array } from './known';
import { knowingOnly } from './known-calls';
import type { ConcatCall } from './known-lists';
import type { Symbolic } from './known-ranks';
import type { NameOption } from './options';
import { expandDims, squeeze } from './reshape';
import { rank, shape, shapeN } from './shape';
import { stack } from './stack';
import * as words from './words';

export const CONCAT = {
  ConcatV2: {
    grows: 'shapes',
    shape: (c) => concatShape(c, 0, c.inputs - 1, c.inputs - 1),
    grad: (op, [dy]) => concatGrad(op, dy, 0, op.inputs.length - 1, op.inputs.length - 1),
    value: (c) => concatValue(inputValues(c).slice(0, -1), c.value(c.inputs - 1)),
    partial: (c) => concatPartial(c, 0, c.inputs - 1),
    shapesRead: (inputs) => Array.from({ length: inputs - 1 }, (_, i) => i),
  },
  Concat: {
    grows: 'shapes',
    shape: (c) => concatShape(c, 1, c.inputs, 0),
    grad: (op, [dy]) => concatGrad(op, dy, 1, op.inputs.length, 0),
    value: (c) => concatValue(inputValues(c).slice(1), c.value(0)),
    partial: (c) => concatPartial(c, 1, c.inputs),
    shapesRead: (inputs) => Array.from({ length: inputs - 1 }, (_, i) => i + 1),
  },
  ConcatOffset: {
    shape: (c) => inputShapes(c).slice(1),
    values: offsetValues,
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
function concatValue(parts: readonly (NDArray | null)[], at: NDArray | null): NDArray | null {
  const values = allKnown(parts);
  if (!at || !values || !values[0].rank) return null;
  const dim = Number(at.item());
  return array(joined(values, dim < 0 ? dim + values[0].rank : dim));
}
function offsetValues(c: ShapeContext): NDArray[] | null {
  const [axis, ...given] = inputValues(c);
  const sizes = given.filter((size) => size !== null);
  if (!axis || sizes.length < given.length) return null;
  let offset = 0;
  return sizes.map((size) => {
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

// --- gradients ------------------------------------------------------------------------------------------

/** More values than this are cut by one Split rather than by a Slice each. */
const MOST_SLICES = 16;

function concatGrad(op: GradContext, dy: Tensor | IndexedSlices, from: number, to: number, axisIndex: number): Grad[] {
  const values = op.inputs.slice(from, to);
  const axis = inContextOf(dy, op.inputs[axisIndex]);
  const dim = axis.mod(rank(values[0]));
  const grads = dy instanceof IndexedSlices ? rowsOfParts(dy, values, axis, dim) : parts(dy, values, dim);
  return to <= axisIndex ? [...grads, null] : [null, ...grads];
}
/** A constant of another branch or loop anew, so that it need not come in. */
function inContextOf(dy: Tensor | IndexedSlices, axis: Tensor): Tensor {
  if (axis.op.type !== 'Const' || outputContext(axis.op) === outputContext(dy.op)) return axis;
  return constantNode(axis.op.attr('value', 'tensor'));
}
function parts(dy: Tensor, values: readonly Tensor[], dim: Tensor): Tensor[] {
  const sizes = shapesOf(values);
  if (sizes.length > MOST_SLICES) {
    const along = squeeze(apply('Slice', [stack(sizes, 1), [dim, 0], [1, -1]]));
    return [...applyOp('SplitV', [dy, along, dim], { num_split: sizes.length }, 'split').outputs];
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
  const mask = words.concat([before, [1], fill(count.sub(dim).sub(1), constantOf(0))], 0);
  let begin = fill(count, constantOf(0));
  return sizes.map((size) => {
    const part = apply('Slice', [rows, begin, words.concat([[-1], apply('Slice', [size, [1], [-1]])], 0)]);
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
 *     tf.concat([[[1, 2]], [[3, 4]]], 1)   // [[1, 2, 3, 4]]
 *
 * @param values  tensors of one dtype and rank, whose shapes agree but along `axis`
 * @param axis    a dimension; negative counts from the end
 * @returns  their dtype; their sizes along `axis` are added
 * @throws ValueError  if the shapes are known and do not fit
 * @throws InvalidArgumentError  when run, where that shows only then
 */
export const concat = knowingOnly<ConcatCall>()(
  'concat',
  2,
  function concat(
    values: readonly TensorLike[] | Symbolic,
    axis: number | NDArray | Symbolic,
    { name }: NameOption = {},
  ): Tensor {
    const list = isList(values) ? values : [values];
    const build = (): Tensor => words.concat(list, axis, name ?? undefined);
    if (typeof (values as unknown) === 'number' && Array.isArray(axis)) return curing(build, OLD_ORDER);
    const isSideBySide = !Array.isArray(values) && typeof axis !== 'number' && !(axis instanceof NDArray);
    return isSideBySide ? curing(build, NO_LIST) : build();
  },
);
const OLD_ORDER =
  '\n  likely cause: the axis stands first, as before TensorFlow 1.0; now the tensors do.' +
  '\n  fix: tf.concat([a, b], axis).';
const NO_LIST = '\n  fix: the tensors are one list, and the axis comes after it: tf.concat([a, b], axis).';
