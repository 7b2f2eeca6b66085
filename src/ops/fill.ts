/** Tensors of one value: `tf.fill`, `tf.zeros`, `tf.ones`. */
import { isTypedArray } from '../base/typed-array';
import { sizeOf } from '../base/sizes';
import { worded, isList } from '../base/border';
import { Dimension } from '../base/dimension';
import { type DTypeLike, asDtype, float32, int32 } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic, toTensor } from '../graph/constant';
import { ShapeError, Tensor, getDefaultGraph } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { numbers, shapeInput, withRank } from '../graph/shape-fn';
import { LARGEST_KNOWN, repeated } from './known';
import { type DtypeOption, type NameOption, isDtype } from './options';
import { SMALL, filled, ints, oneOf, overAll, zeroOf } from './words';
import { knowing } from './known-calls';
import type { FillCall, FilledCall } from './known-sizes';

export const FILL = {
  Fill: {
    grows: 'numbers',
    shape(c) {
      withRank(c, 0, 1);
      withRank(c, 1, 0);
      const shape = shapeInput(c, 0);
      if (numbers(c, 0)?.some((d) => d < 0)) throw new ShapeError('Fill dimensions must be >= 0');
      return [shape];
    },
    grad: (_, [dz]) => [null, overAll('Sum', dz)],
    value(c) {
      const shape = c.output(0);
      const { fullDims: dims } = shape;
      const value = dims && sizeOf(dims) <= LARGEST_KNOWN ? c.value(1) : null;
      return value && dims && repeated(value, dims);
    },
  },
} satisfies Rows;

/**
 * A tensor of one value.
 *
 *     tf.fill([2, 3], 9)   // [[9, 9, 9], [9, 9, 9]]
 *
 * @param dims   the shape: int32 or int64, a list or a vector
 * @param value  a scalar; its dtype is the result's
 * @returns  value's dtype, shape `dims`
 * @throws ValueError  for a value that is no scalar, or a size below 0
 */
export const fill = knowing<FillCall>()(
  'fill',
  2,
  function fill(dims: TensorLike, value: TensorLike, { name }: NameOption = {}): Tensor {
    return apply('Fill', [dims, value], {}, name);
  },
);

/** A shape: sizes, among them scalar tensors; or a vector of them. */
export type Sizes = number | readonly (number | Dimension | Tensor)[] | TensorLike;
/**
 * A tensor of zeros (false, empty strings).
 *
 *     tf.zeros([2, 2], tf.int32)   // [[0, 0], [0, 0]]
 *     tf.zeros([tf.shape([7, 8, 9]).get(0), 2])   // [[0, 0], [0, 0], [0, 0]]
 *
 * @param shape  sizes, known now or when the graph runs
 * @param dtype  element type; float32 where not given
 * @returns  `dtype`, `shape`
 * @throws ValueError  for a size below 0
 * @throws TypeError  for what is no dtype
 */
export const zeros = knowing<FilledCall>()(
  'zeros',
  2,
  function zeros(shape: Sizes, dtype: DTypeLike | DtypeOption | null = float32, options: NameOption = {}): Tensor {
    return filledAs('zeros', shape, dtype, options);
  },
);
/**
 * A tensor of ones (true).
 *
 *     tf.ones([2, 2])   // [[1, 1], [1, 1]]
 *
 * @param shape  sizes, known now or when the graph runs
 * @param dtype  element type; float32 where not given
 * @returns  `dtype`, `shape`
 * @throws ValueError  for a size below 0
 * @throws TypeError  for what is no dtype
 */
export const ones = knowing<FilledCall>()(
  'ones',
  2,
  function ones(shape: Sizes, dtype: DTypeLike | DtypeOption | null = float32, options: NameOption = {}): Tensor {
    return filledAs('ones', shape, dtype, options);
  },
);

function filledAs(
  kind: 'zeros' | 'ones',
  shape: Sizes,
  dtype: DTypeLike | DtypeOption | null,
  options: NameOption,
): Tensor {
  const args: DtypeOption = isDtype(dtype) ? { dtype, ...options } : { ...dtype, ...options };
  const type = asDtype(args.dtype ?? float32);
  const value = kind === 'ones' ? oneOf(type) : zeroOf(type);
  return inScope(args.name, kind, [shape], (scope) => {
    const known = knownSizes(shape);
    // A number alone is not a list to Python: it becomes a vector, and a Fill.
    if (known) return filled(value, typeof shape === 'number' ? ints(known, 'shape_as_tensor') : known, scope);
    if (Array.isArray(shape)) compareProduct(shape as readonly (number | Tensor)[]);
    return filled(value, toTensor(shape, isSymbolic(shape) ? null : int32), scope);
  });
}
/** The sizes where all are numbers. */
function knownSizes(shape: Sizes): number[] | null {
  if (typeof shape === 'number') return shape < 0 || !Number.isInteger(shape) ? null : [shape];
  if (isSymbolic(shape)) return null;
  // What is no list at all is refused where it becomes a tensor, or a shape.
  if (shape === null || shape === undefined || typeof shape !== 'object') return null;
  if (shape instanceof TensorShape) return shape.fullDims && [...shape.fullDims];
  const list: unknown = shape instanceof NDArray ? shape.data : shape;
  if (!isList(list) && !isTypedArray(list)) return null;
  const sizes = Array.from<unknown, unknown>(list, (d) =>
    typeof d === 'bigint' ? Number(d) : d instanceof Dimension ? d.value : d,
  );
  // A Fill refuses sizes below 0.
  if (sizes.some((d) => typeof d === 'number' && d < 0)) return null;
  if (sizes.some((d) => d === null || d === undefined))
    convertToTensor(new TensorShape(sizes.map((d) => (typeof d === 'number' ? d : null))));
  if (!sizes.every((d) => typeof d === 'number')) return null;
  if (sizes.every((d) => Number.isInteger(d))) return sizes;
  // Python's int() of each size makes a small constant; a Fill refuses what is not whole.
  return sizes.reduce((a, b) => a * b, 1) < SMALL ? sizes.map(Math.trunc) : null;
}
/**
 * The nodes that TensorFlow makes to find out that a product of tensors cannot be compared with a number. Nobody
 * reads them, but the seeds of random ops count the nodes before them.
 */
function compareProduct(sizes: readonly (number | Tensor)[]): void {
  const times = (a: number | Tensor, b: number | Tensor): number | Tensor => {
    if (typeof a !== 'number') return asTensorLike(a).mul(b);
    if (typeof b === 'number') return a * b;
    const y = asTensorLike(b);
    return getDefaultGraph().nameScope('mul', (scope) =>
      apply('Mul', [convertToTensor(a, y.dtype.baseDtype, 'x'), y], {}, scope),
    );
  };
  for (const size of Array.from(sizes))
    if (typeof size !== 'number' && !isSymbolic(size))
      throw new TypeError_(`${worded(size)} is no size: numbers and tensors are.`);
  const product = sizes.reduce(times);
  if (typeof product !== 'number') product.less(SMALL);
}
function asTensorLike(x: Tensor): Tensor {
  return x instanceof Tensor ? x : convertToTensor(x);
}
