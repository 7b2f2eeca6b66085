/** Changing the dtype: by value (cast) or by bits (bitcast). */
import {
  type DType,
  type DTypeLike,
  type ElementOf,
  type Long,
  asDtype,
  bfloat16,
  float32,
  float64,
  int32,
  int64,
  limitsOf,
} from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { castData } from '../base/cast';
import { NDArray } from '../base/ndarray';
import { toNDArray } from '../base/to-ndarray';
import { type Dim, TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, constantNode, convertToTensor } from '../graph/constant';
import type { LikeWith } from '../graph/fetched';
import { ShapeError, Tensor } from '../graph/graph';
import type { Rows, ShapeContext } from '../graph/opdef';
import { unchanged } from '../graph/shape-fn';
import type { NameOption } from './options';
import { castTo, onValues } from './words';
import { boundLikeWith, knowing } from './known-calls';

// A wider element splits into a new last dimension; narrower ones must fill a last dimension and join.
function bitcastShape(c: ShapeContext): TensorShape[] {
  const shape = c.shape(0);
  const [from, to] = [c.attr('T', 'type').size, c.attr('type').size];
  if (!shape.dims || from === to) return [shape];
  if (from > to) return [shape.concatenate([from / to])];
  if (!shape.dims.length) throw new ShapeError('Shape must be at least rank 1 but is rank 0');
  const last: Dim = shape.dims[shape.dims.length - 1];
  if (last !== null && last !== to / from)
    throw new ShapeError(`Cannot bitcast due to shape. ${last} does not match ${to / from}`);
  return [new TensorShape(shape.dims.slice(0, -1))];
}

export const CAST = {
  Cast: {
    shape: unchanged,
    grad: (op, [dy]) => {
      const continuous = (t: DType): boolean => t.isFloating || t.isComplex;
      const from = op.inputs[0].dtype.baseDtype;
      return continuous(from) && continuous(dy.dtype) ? onValues(dy, (values) => castTo(values, from)) : null;
    },
    value: (c) => {
      const x = c.value(0);
      const to = c.attr('DstT');
      return x && !(x.dtype.kind === 'string' || to.kind === 'string')
        ? new NDArray(to, x.shape, castData(x.data, x.dtype, to))
        : null;
    },
  },
  Bitcast: {
    shape: bitcastShape,
  },
} satisfies Rows;

/**
 * Converts to another dtype by value; a tensor of that dtype already is returned as it is.
 *
 *     tf.cast([1.8, -1.8], tf.int32)          // [1, -1]
 *     tf.cast([true, false], tf.float32)      // [1, 0]
 *
 * Floats go to integers by truncation; anything but 0 goes to true; what an integer cannot hold wraps around.
 *
 * @param x      numbers or booleans, any shape
 * @param dtype  a dtype or its name
 * @returns  `dtype`, x's shape
 * @throws TypeError  for strings, and for a name that is no dtype
 */
export const cast = knowing<CastCall>()('cast', 2, plainCast);
interface CastCall {
  <X extends TensorLike, D extends DTypeLike>(
    named: NameOption & { readonly x: X; readonly dtype: D },
  ): LikeWith<X, ElementOf<D>>;
  <X extends TensorLike, D extends DTypeLike>(
    x: X,
    options: NameOption & { readonly dtype: D },
  ): LikeWith<X, ElementOf<D>>;
  <X extends TensorLike, D extends DTypeLike>(x: X, dtype: D, name: string | null): LikeWith<X, ElementOf<D>>;
  <X extends TensorLike, D extends DTypeLike>(x: X, dtype: D, options?: NameOption): LikeWith<X, ElementOf<D>>;
}
function plainCast(x: TensorLike, dtype: DTypeLike, { name }: NameOption = {}): Tensor {
  const to = asDtype(dtype).baseDtype;
  if (x instanceof Tensor && x.dtype === to) return x;
  return inScope(name, 'Cast', [x], (scope) => castTo(convertToTensor(x, null, 'x'), to, scope));
}

/**
 * `cast` to float32.
 *
 *     tf.toFloat([1.5, 2])   // [1.5, 2]
 *
 * @param x  numbers or booleans, any shape
 * @returns  float32, x's shape
 * @throws TypeError  for strings
 */
export const toFloat = boundLikeWith<number>()('to_float', 1, plainToFloat);
function plainToFloat<X extends TensorLike>(x: X, { name }: NameOption = {}): LikeWith<X, number> {
  return cast(x, float32, { name: name ?? 'ToFloat' });
}
/**
 * `cast` to float64.
 *
 *     tf.toDouble([1.5, 2])   // [1.5, 2]
 *
 * @param x  numbers or booleans, any shape
 * @returns  float64, x's shape
 * @throws TypeError  for strings
 */
export const toDouble = boundLikeWith<number>()('to_double', 1, plainToDouble);
function plainToDouble<X extends TensorLike>(x: X, { name }: NameOption = {}): LikeWith<X, number> {
  return cast(x, float64, { name: name ?? 'ToDouble' });
}
/**
 * `cast` to int32.
 *
 *     tf.toInt32([1.5, 2])   // [1, 2]
 *
 * @param x  numbers or booleans, any shape
 * @returns  int32, x's shape
 * @throws TypeError  for strings
 */
export const toInt32 = boundLikeWith<number>()('to_int32', 1, plainToInt32);
function plainToInt32<X extends TensorLike>(x: X, { name }: NameOption = {}): LikeWith<X, number> {
  return cast(x, int32, { name: name ?? 'ToInt32' });
}
/**
 * `cast` to int64.
 *
 *     tf.toInt64([1.5, 2])   // [1, 2]
 *
 * @param x  numbers or booleans, any shape
 * @returns  int64, x's shape
 * @throws TypeError  for strings
 */
export const toInt64 = boundLikeWith<Long>()('to_int64', 1, plainToInt64);
function plainToInt64<X extends TensorLike>(x: X, { name }: NameOption = {}): LikeWith<X, Long> {
  return cast(x, int64, { name: name ?? 'ToInt64' });
}
/**
 * `cast` to bfloat16.
 *
 *     tf.toBfloat16([1.5, 2])   // [1.5, 2]
 *
 * @param x  numbers or booleans, any shape
 * @returns  bfloat16, x's shape
 * @throws TypeError  for strings
 */
export const toBfloat16 = boundLikeWith<number>()('to_bfloat16', 1, plainToBfloat16);
function plainToBfloat16<X extends TensorLike>(x: X, { name }: NameOption = {}): LikeWith<X, number> {
  return cast(x, bfloat16, { name: name ?? 'ToBFloat16' });
}

/** Whether NumPy knows the least and the greatest value of a dtype. */
const hasLimits = (dtype: DType): boolean => dtype.isInteger || dtype.isFloating;
/**
 * Converts to another dtype; values that it cannot hold become its smallest or largest one.
 *
 *     tf.saturateCast([-5, 300], tf.uint8)   // [0, 255]
 *
 * @param value  real numbers, any shape
 * @param dtype  a dtype or its name
 * @returns  `dtype`, value's shape
 * @throws TypeError  if either dtype has no order
 */
export const saturateCast = boundOptions(
  'saturate_cast',
  2,
  function saturateCast(x: TensorLike, dtype: DTypeLike, { name }: NameOption = {}): Tensor {
    return inScope(name, 'saturate_cast', [x], (scope) => {
      let value = convertToTensor(x, null, 'value');
      const to = asDtype(dtype).baseDtype;
      const unlimited = [value.dtype.baseDtype, to].find((dtype) => !hasLimits(dtype));
      if (unlimited) throw new TypeError_(`Cannot find minimum value of ${unlimited}.`);
      const [from, bounds] = [limitsOf(value.dtype), limitsOf(to)];
      const bound = (limit: number | bigint, label: string): Tensor =>
        constantNode(toNDArray(limit, value.dtype.baseDtype), label);
      if (from[0] < bounds[0]) value = apply('Maximum', [value, bound(bounds[0], 'min')]);
      if (from[1] > bounds[1]) value = apply('Minimum', [value, bound(bounds[1], 'max')]);
      return cast(value, to, { name: scope });
    });
  },
);

/**
 * The same bytes as another dtype. To a narrower one adds a last dimension, to a wider one takes it away.
 *
 *     tf.bitcast(tf.constant(1), tf.uint8)   // [0, 0, 128, 63]
 *
 * @param input  numbers
 * @param type   a dtype or its name
 * @returns  `type`; the shape of input, with or without a last dimension
 * @throws ValueError  if the last dimension does not fill a wider element
 * @throws TypeError  for strings and booleans
 */
export const bitcast = boundOptions(
  'bitcast',
  2,
  function bitcast(input: TensorLike, type: DTypeLike, { name }: NameOption = {}): Tensor {
    return apply('Bitcast', [input], { type: asDtype(type) }, name);
  },
);
