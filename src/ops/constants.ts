/** Nodes without inputs: constants and placeholders; and what makes tensors filled with one value, or with a sequence. */
import {
  type DType,
  type DTypeLike,
  type TypedArray,
  asDtype,
  float32,
  float64,
  int32,
  int64,
  zerosOf,
} from '../base/dtype';
import { AssertionError, TypeError_, ValueError } from '../base/errors';
import {
  NDArray,
  type Nested,
  type NestedBytes,
  castData,
  dtypeOfArray,
  optionalDtype,
  toNDArray,
} from '../base/ndarray';
import { type ShapeLike, TensorShape, sizeOf } from '../base/shape';
import { apply, inScope } from '../graph/apply';
import { type ScalarLike, type TensorLike, constantNode, convertToTensor, isSymbolic } from '../graph/constant';
import { type ScalarTensor, ShapeError, Tensor, getDefaultGraph } from '../graph/graph';
import type { Rows, ShapeContext } from '../graph/opdef';
import { fromAttr, inputValues, numbers, shapeInput, withRank } from '../graph/shape-fn';

export const CONSTANTS = {
  Const: {
    shape: (c) => [c.attr<NDArray>('value').shape],
    value: (c) => c.attr<NDArray>('value'),
  },
  Placeholder: {
    shape: fromAttr,
  },
  Fill: {
    shape(c) {
      withRank(c, 0, 1);
      withRank(c, 1, 0);
      const shape = shapeInput(c, 0);
      if (numbers(c, 0)?.some((d) => d < 0)) throw new ShapeError('Fill dimensions must be >= 0');
      return [shape];
    },
    grad: (_, [dz]) => [null, apply('Sum', [dz, allAxes(dz)])],
    value(c) {
      const shape = c.output(0);
      const value = shape.isFullyDefined() && shape.numElements()! <= LARGEST_KNOWN ? c.value(1) : null;
      return value && repeated(value, shape.dims as number[]);
    },
  },
  Range: {
    shape: rangeShape,
    value(c) {
      const [start, limit, delta] = inputValues(c);
      const size = c.output(0).at(0);
      if (!start || !limit || !delta || size === null || size > LARGEST_KNOWN) return null;
      const [from, by] = [Number(start.item()), Number(delta.item())];
      const { dtype } = start;
      const exact = Float64Array.from({ length: size }, (_, i) => from + i * by);
      return new NDArray(dtype, [size], castData(exact, float64, dtype));
    },
  },
  LinSpace: {
    shape(c) {
      scalarsNamed(c, ['start', 'stop', 'num']);
      const num = c.value(2)?.item();
      if (num !== undefined && Number(num) <= 0) throw new ShapeError(`Requires num > 0: ${num}`);
      return [[num === undefined ? null : Number(num)]];
    },
  },
} satisfies Rows;

/** Values longer than this are not worked out while building. */
const LARGEST_KNOWN = 65536;

function scalarsNamed(c: ShapeContext, names: readonly string[]): void {
  names.forEach((name, i) => {
    const { rank } = c.shape(i);
    if (rank) throw new ShapeError(`Shape must be rank 0 but is rank ${rank}\n\t for '${name}'`);
  });
}
function rangeShape(c: ShapeContext): (number | null)[][] {
  scalarsNamed(c, ['start', 'limit', 'delta']);
  const [start, limit, delta] = [0, 1, 2].map((i) => c.value(i)?.item() as number | bigint | undefined);
  if (start === undefined || limit === undefined || delta === undefined) return [[null]];
  if (start > limit && delta > 0) throw new ShapeError(`Requires start <= limit when delta > 0: ${start}/${limit}`);
  if (start < limit && delta < 0) throw new ShapeError(`Requires start >= limit when delta < 0: ${start}/${limit}`);
  if (Number(delta) === 0) throw new ShapeError('Requires delta != 0');
  return [[Math.ceil(Math.abs((Number(limit) - Number(start)) / Number(delta)))]];
}
function repeated(value: NDArray, shape: readonly number[]): NDArray {
  const data = zerosOf(value.dtype, sizeOf(shape));
  const width = value.dtype.isComplex ? 2 : 1;
  for (let i = 0; i < data.length; i++) data[i] = value.data[i % width];
  return new NDArray(value.dtype, shape, data);
}
/** The axes of a tensor: a constant where the rank is known. What a reduction over everything takes. */
export function allAxes(x: Tensor): Tensor {
  const { rank } = x.shape;
  if (rank !== null) return constantNode(toNDArray(Int32Array.from({ length: rank }, (_, i) => i)));
  return range(0, apply('Rank', [x]));
}

export interface NameOption {
  readonly name?: string | null;
}
export interface DtypeOption extends NameOption {
  readonly dtype?: DTypeLike | null;
}
/** True for a trailing options object, where a value might stand instead. */
export function isOptions<O extends object>(x: unknown): x is O {
  return (
    typeof x === 'object' &&
    x !== null &&
    !Array.isArray(x) &&
    !isSymbolic(x) &&
    !(x instanceof NDArray) &&
    !(x instanceof TensorShape) &&
    !dtypeOfArray(x) &&
    !isDtype(x)
  );
}
function isDtype(x: unknown): x is DTypeLike | null | undefined {
  return x === null || x === undefined || typeof x === 'string' || typeof (x as DType).isRef === 'boolean';
}

/**
 * A constant.
 *
 *     tf.constant([[1, 2], [3, 4]])            // float32, shape (2, 2)
 *     tf.constant(7, tf.int32)                 // an int32 scalar
 *
 * @param value  numbers, nested arrays, a typed array or an NDArray; for tf.string also bytes. Numbers are float32
 *   unless `dtype` says otherwise: JavaScript does not tell 1 from 1.0. A typed array keeps its own type.
 * @param dtype  element type
 * @param shape  shape to give the values; the last one fills what they leave
 * @throws ValueError  for ragged arrays, or more values than the shape takes
 */
export function constant(value: number, dtype?: DTypeLike | null, shape?: null, options?: NameOption): ScalarTensor;
export function constant(
  value: Nested | NestedBytes | TypedArray | NDArray,
  dtype?: DTypeLike | null | ConstantArgs,
  shape?: readonly number[] | null,
  options?: NameOption,
): Tensor;
export function constant(
  value: Nested | NestedBytes | TypedArray | NDArray,
  dtype?: DTypeLike | null | ConstantArgs,
  shape?: readonly number[] | null,
  options: NameOption = {},
): Tensor {
  const args: ConstantArgs = isDtype(dtype) ? { dtype, shape, ...options } : { shape, ...options, ...dtype };
  const array = toNDArray(value, optionalDtype(args.dtype));
  return constantNode(
    args.shape ? fitted(array, TensorShape.of(args.shape).dims as number[]) : array,
    args.name ?? 'Const',
  );
}
export interface ConstantArgs extends DtypeOption {
  readonly shape?: readonly number[] | null;
}

/** The values under a shape; the last one is repeated as often as it takes. */
function fitted(array: NDArray, shape: readonly number[]): NDArray {
  const [have, want] = [array.size, sizeOf(shape)];
  if (have === want) return array.reshape(shape);
  if (have > want) throw new ValueError(`Too many elements provided. Needed at most ${want}, but received ${have}`);
  if (have === 0) throw new ValueError(`Cannot fill the shape ${new TensorShape(shape)} from no elements.`);
  const data = zerosOf(array.dtype, want);
  const width = array.dtype.isComplex ? 2 : 1;
  for (let i = 0; i < data.length; i++)
    data[i] = array.data[i < array.data.length ? i : array.data.length - width + (i % width)];
  return new NDArray(array.dtype, shape, data);
}

/**
 * A tensor that must be fed: `sess.run(y, {[x.name]: value})`.
 *
 * @param dtype  element type
 * @param shape  null for unknown, or a list in which null is an unknown dimension
 * @throws InvalidArgumentError  when a run needs it and it is not fed
 */
export function placeholder(dtype: DTypeLike, shape: ShapeLike = null, options: NameOption = {}): Tensor {
  return apply('Placeholder', [], { dtype: placeholderDtype(dtype), shape: TensorShape.of(shape) }, options.name);
}
function placeholderDtype(dtype: DTypeLike): DType {
  try {
    return asDtype(dtype);
  } catch {
    throw new TypeError_(
      `Expected DataType for argument 'dtype' not ${dtype === null || dtype === undefined ? 'None' : typeof dtype === 'string' ? `'${dtype}'` : String(dtype)}.` +
        '\n  fix: the dtype comes first, as tf.float32 or tf.int64: tf.placeholder(tf.float32, [null, 784]).',
    );
  }
}

/**
 * A tensor of one value.
 *
 *     tf.fill([2, 3], 9)   // [[9, 9, 9], [9, 9, 9]]
 *
 * @param dims   the shape, a list or an integer vector
 * @param value  a scalar; its dtype is the result's
 */
export function fill(dims: TensorLike, value: TensorLike, { name }: NameOption = {}): Tensor {
  return apply('Fill', [dims, value], {}, name);
}

/** A shape: sizes, among them scalar tensors; or a vector of them. */
export type Sizes = number | readonly (number | Tensor)[] | TensorLike;
/**
 * A tensor of zeros (false, empty strings).
 *
 *     tf.zeros([3, 4], tf.int32)
 *     tf.zeros([tf.shape(x).get(0), 10])
 *
 * @param shape  sizes, known now or when the graph runs
 */
export function zeros(shape: Sizes, dtype: DTypeLike | DtypeOption | null = float32, options: NameOption = {}): Tensor {
  return filled('zeros', shape, dtype, options);
}
/** A tensor of ones (true). */
export function ones(shape: Sizes, dtype: DTypeLike | DtypeOption | null = float32, options: NameOption = {}): Tensor {
  return filled('ones', shape, dtype, options);
}

/** Above this many elements a constant becomes a Fill, which keeps the GraphDef small. */
const SMALL = 1000;
function filled(
  kind: 'zeros' | 'ones',
  shape: Sizes,
  dtype: DTypeLike | DtypeOption | null,
  options: NameOption,
): Tensor {
  const args: DtypeOption = isDtype(dtype) ? { dtype, ...options } : { ...dtype, ...options };
  const type = asDtype(args.dtype ?? float32).baseDtype;
  const one = type.isBool ? true : 1;
  // There is no string 1: toNDArray says so.
  const value = toNDArray(kind === 'ones' ? one : type.kind === 'string' ? '' : 0, type);
  return inScope(args.name, kind, [shape], (scope) => {
    let dims: Tensor;
    const known = knownSizes(shape);
    if (known && typeof shape !== 'number' && sizeOf(known) < SMALL) return constantNode(repeated(value, known), scope);
    if (known) dims = convertToTensor(new TensorShape(known));
    else {
      if (Array.isArray(shape)) compareProduct(shape as readonly (number | Tensor)[]);
      dims = convertToTensor(shape as TensorLike, isSymbolic(shape) ? null : int32);
    }
    if (!dims.shape.rank) dims = apply('Reshape', [dims, [-1]]);
    return apply('Fill', [dims, constantNode(value)], {}, scope);
  });
}
/** The sizes where all are numbers. */
function knownSizes(shape: Sizes): number[] | null {
  if (typeof shape === 'number') return [shape];
  if (isSymbolic(shape)) return null;
  if (shape instanceof TensorShape) return shape.isFullyDefined() ? (shape.dims as number[]) : null;
  const list = shape instanceof NDArray ? shape.data : (shape as readonly unknown[]);
  const sizes = Array.from(list as ArrayLike<unknown>, (d) => (typeof d === 'bigint' ? Number(d) : d));
  if (sizes.some((d) => d === null || d === undefined || (typeof d === 'number' && d < 0)))
    convertToTensor(new TensorShape(sizes.map((d) => (typeof d === 'number' ? d : null))));
  return sizes.every((d) => typeof d === 'number') ? (sizes as number[]) : null;
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
  const product = sizes.reduce(times);
  if (typeof product !== 'number') product.less(SMALL);
}
function asTensorLike(x: Tensor): Tensor {
  return x instanceof Tensor ? x : convertToTensor(x);
}

/**
 * The numbers from `start` up to but without `limit`, in steps of `delta`. With one argument, from 0 up to it.
 *
 *     tf.range(5)           // [0, 1, 2, 3, 4]
 *     tf.range(3, 1, -0.5)  // [3, 2.5, 2, 1.5]
 *
 * @returns a vector: int32 where all numbers are whole, else of the widest dtype among the three, unless `dtype` is given
 * @throws ValueError  if the steps lead away from `limit`
 */
export function range(
  start: ScalarLike | TensorLike,
  limit?: ScalarLike | TensorLike | null | DtypeOption,
  delta: ScalarLike | TensorLike | DtypeOption = 1,
  options: DtypeOption = {},
): Tensor {
  const args = isOptions<DtypeOption>(limit) ? limit : isOptions<DtypeOption>(delta) ? delta : options;
  const by = isOptions(delta) ? 1 : (delta as TensorLike);
  const oneSided = limit === null || limit === undefined || isOptions(limit);
  const [from, to] = oneSided ? [0, start] : [start, limit as TensorLike];
  const dtype = optionalDtype(args.dtype);
  return inScope(args.name ?? 'range', 'Range', [from, to, by], (scope) => {
    const made = (
      [
        ['start', from],
        ['limit', to],
        ['delta', by],
      ] as const
    ).map(([name, x]) => convertToTensor(x, dtype ?? dtypeOfNumber(x), name));
    if (dtype) return apply('Range', made, {}, scope);
    if (made.some((t) => !HIERARCHY.includes(t.dtype.baseDtype)))
      throw new AssertionError(
        `range takes int32, int64, float32 and float64, got ${made.map((t) => t.dtype.name).join(', ')}.`,
      );
    const widest = HIERARCHY[Math.max(...made.map((t) => HIERARCHY.indexOf(t.dtype.baseDtype)))];
    return apply(
      'Range',
      made.map((t) => (t.dtype.baseDtype === widest ? t : apply('Cast', [t], { DstT: widest }))),
      {},
      scope,
    );
  });
}
const HIERARCHY: readonly DType[] = [int32, int64, float32, float64];
function dtypeOfNumber(x: TensorLike): DType | null {
  if (typeof x !== 'number') return null;
  return !Number.isInteger(x) ? float32 : Math.abs(x) < 2 ** 31 ? int32 : int64;
}

/**
 * `num` numbers from `start` to `stop`, both among them, evenly spaced.
 *
 *     tf.linspace(10, 12, 3)   // [10, 11, 12]
 */
export function linspace(start: TensorLike, stop: TensorLike, num: TensorLike, { name }: NameOption = {}): Tensor {
  return apply('LinSpace', [start, stop, num], {}, name);
}
/** `linspace`, by its older name. */
export const linSpace = linspace;
