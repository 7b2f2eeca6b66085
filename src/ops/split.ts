/** Tensors cut along a dimension. */
import { type TypedArray, int32 } from '../base/dtype';
import { textOf } from '../base/preview';
import { ValueError } from '../base/errors';
import { cut } from '../base/join';
import { NDArray } from '../base/ndarray';
import { type Dim, TensorShape } from '../base/shape';
import { applyOp, inGraphOf } from '../graph/apply';
import { convertToTensor, isSymbolic, type TensorLike } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { Rows, ShapeContext, ValueContext } from '../graph/opdef';
import { numbers, perOutput, withRank, withRankAtLeast } from '../graph/shape-fn';
import { curing } from './curing';
import { array } from './known';
import { knowing } from './known-calls';
import type { Cuttable, SplitCall } from './known-lists';
import type { Symbolic } from './known-ranks';
import { type NameOption, isValue } from './options';
import { concat } from './words';

export const SPLIT = {
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

/** The parts of a known tensor, as the shapes of the outputs say. */
export function partValues(c: ValueContext, value: NDArray | null, axis: NDArray | number | null): NDArray[] | null {
  const shapes = Array.from({ length: c.outputs }, (_, i) => c.output(i));
  if (axis === null || !value?.rank || shapes.some((shape) => !shape.isFullyDefined())) return null;
  const dim = axis instanceof NDArray ? Number(axis.item()) : axis;
  const at = dim < 0 ? dim + value.rank : dim;
  const sizes = shapes.map((shape) => (shape.rank === value.rank ? shape.at(at)! : 1));
  return cut(value, at, sizes).map(array);
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
        `Dimension size must be evenly divisible by ${ways} but is ${size}` +
          '\n\tNumber of ways to split should evenly divide the split dimension',
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

/** What `split` takes by name. */
export interface SplitOptions extends NameOption {
  /** The dimension to cut; 0 where not given. */
  readonly axis?: TensorLike;
  /** How many parts, where the sizes do not tell. */
  readonly num?: number | null;
}
/**
 * Cuts a tensor along `axis`.
 *
 *     tf.split([1, 2, 3, 4], 2)                   // [[1, 2], [3, 4]]
 *     tf.split([[1, 2, 3], [4, 5, 6]], [1, 2], 1)   // [[[1], [4]], [[2, 3], [5, 6]]]
 *
 * @param value            any dtype, at least rank 1
 * @param numOrSizeSplits  a number of equal parts, or the sizes of the parts, of which one may be -1
 * @param axis             the dimension; negative counts from the end; 0 where not given
 * @param num              how many parts, where a tensor of sizes does not tell
 * @returns  a list of tensors of value's dtype
 * @throws ValueError  if the sizes are known and do not fit, or the number of parts is not known
 */
export const split = knowing<SplitCall>()(
  'split',
  3,
  function split(
    value: Cuttable,
    numOrSizeSplits: number | readonly (number | Tensor)[] | Symbolic | NDArray | TypedArray,
    axis: TensorLike | SplitOptions = 0,
    options: SplitOptions = {},
  ): Tensor[] {
    const { axis: at = 0, num, name }: SplitOptions = isValue<TensorLike>(axis) ? { axis, ...options } : axis;
    const build = (): Tensor[] =>
      inGraphOf([value, numOrSizeSplits], () => cutInto(value, numOrSizeSplits, at, num ?? null, name ?? 'split'));
    return typeof value === 'number' && typeof at !== 'number' ? curing(build, OLD_ORDER) : build();
  },
);
const OLD_ORDER =
  '\n  likely cause: the axis stands first, as before TensorFlow 1.0; now the tensor does.' +
  '\n  fix: tf.split(value, numOrSizeSplits, axis).';
function cutInto(
  value: TensorLike,
  numOrSizeSplits: number | readonly (number | Tensor)[] | Symbolic | NDArray | TypedArray,
  at: TensorLike,
  num: number | null,
  name: string,
): Tensor[] {
  const sizes = convertToTensor(numOrSizeSplits, isSymbolic(numOrSizeSplits) ? null : int32);
  if (typeof numOrSizeSplits === 'number')
    return [...applyOp('Split', [at, value], { num_split: numOrSizeSplits }, name).outputs];
  if (sizes.shape.rank === 0)
    throw new ValueError(
      'Rank-0 tensors are not supported as the num_or_size_splits argument to split. ' +
        `Argument provided: ${textOf(numOrSizeSplits)}`,
    );
  const count = num ?? sizes.shape.at(0);
  if (count === null) throw new ValueError(`Cannot infer num from shape ${textOf(numOrSizeSplits)}`);
  return [...applyOp('SplitV', [value, sizes, at], { num_split: count }, name).outputs];
}
