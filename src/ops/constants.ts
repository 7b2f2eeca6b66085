/** Nodes without inputs: constants and placeholders. */
import { asDtype, type DType, type DTypeLike, type TypedArray, zerosOf } from '../base/dtype';
import { textOf } from '../base/preview';
import { TypeError_, ValueError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import type { Nested, NestedBytes } from '../base/nested';
import { optionalDtype } from '../base/to-ndarray';
import { type ShapeLike, TensorShape, pythonTuple, sameShape, shapeAttr, sizeOf } from '../base/shape';
import { apply } from '../graph/apply';
import { arrayOf, constantNode } from '../graph/constant';
import { Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { fromAttr } from '../graph/shape-fn';
import { knowing } from './known-calls';
import type { ConstantCall, PlaceholderCall } from './known-sizes';
import { type DtypeOption, isDtype, type NameOption } from './options';

export const CONSTANTS = {
  Const: {
    shape: (c) => [c.attr('value').shape],
    value: (c) => c.attr('value'),
  },
  Placeholder: {
    isFed: true,
    shape: fromAttr,
  },
} satisfies Rows;

/**
 * A node whose value is given here.
 *
 *     tf.constant([[1, 2], [3, 4]])   // float32, shape (2, 2)
 *     tf.constant(7, tf.int32)        // 7
 *     tf.constant(0, tf.float32, [2, 2])   // [[0, 0], [0, 0]]
 *
 * @param value  numbers, nested arrays, a typed array or an NDArray; for tf.string also bytes. Numbers are float32
 *   unless `dtype` says otherwise: JavaScript does not tell 1 from 1.0. A typed array keeps its own type.
 * @param dtype  element type
 * @param shape  shape to give the values; the last one fills what they leave
 * @param verifyShape  refuses values that do not have that shape
 * @returns  a tensor that is this value in every run
 * @throws ValueError  for ragged arrays, or more values than the shape takes
 * @throws TypeError  for values that the dtype cannot hold, or, with `verifyShape`, of another shape
 */
export const constant = knowing<ConstantCall<Values>>()('constant', 3, plainConstant);
/** What a constant is made of: all elements are of one kind. */
export type Values =
  | Nested<number | bigint>
  | Nested<boolean>
  | NestedBytes
  | TypedArray
  | NDArray
  | readonly TypedArray[];
function plainConstant(
  value: Values,
  dtype?: DTypeLike | null | ConstantArgs,
  shape?: readonly number[] | null,
  options: Pick<ConstantArgs, 'name' | 'verifyShape'> = {},
): Tensor {
  if ((value as unknown) instanceof Tensor)
    throw new TypeError_(
      'List of Tensors when single Tensor expected\n  fix: a tensor stands for its value as it is: leave ' +
        'tf.constant out.',
    );
  const args: ConstantArgs = isDtype(dtype) ? { dtype, shape, ...options } : { shape, ...options, ...dtype };
  const array = arrayOf(value, optionalDtype(args.dtype));
  const dims = args.shape && (TensorShape.of(truncated(args.shape)).dims as number[]);
  if (dims && args.verifyShape && !sameShape(array.shape, dims)) throw notVerified(dims, array.shape);
  return constantNode(dims ? fitted(array, dims) : array, args.name ?? 'Const');
}
/** Python's int() of each size. */
function truncated(shape: readonly number[]): readonly number[] {
  return Array.isArray(shape) ? Array.from(shape, (d) => (Number.isFinite(d) ? Math.trunc(d) : d)) : shape;
}
/** With `verifyShape`, values of another shape. */
export function notVerified(wanted: readonly number[], got: readonly number[]): Error {
  return new TypeError_(
    `Expected Tensor's shape: ${pythonTuple(wanted)}, got ${pythonTuple(got)}.` +
      '\n  fix: give values of that shape, or leave verifyShape out, and the last value fills the rest.',
  );
}
/** What `constant` takes by name. */
export interface ConstantArgs extends DtypeOption {
  /** The shape to give the values. */
  readonly shape?: readonly number[] | null;
  /** Refuses values of another shape than `shape`. */
  readonly verifyShape?: boolean | null;
}

/** The values under a shape; the last one is repeated as often as it takes. */
function fitted(array: NDArray, shape: readonly number[]): NDArray {
  const [have, want] = [array.size, sizeOf(shape)];
  if (have === want) return array.reshape(shape);
  if (have > want && want > 0)
    throw new ValueError(`Too many elements provided. Needed at most ${want}, but received ${have}`);
  if (have === 0) throw new ValueError(`Cannot fill the shape ${new TensorShape(shape)} from no elements.`);
  const data = zerosOf(array.dtype, want);
  const width = array.dtype.isComplex ? 2 : 1;
  for (let i = 0; i < data.length; i++)
    data[i] = array.data[i < array.data.length ? i : array.data.length - width + (i % width)];
  return new NDArray(array.dtype, shape, data);
}

/**
 * A tensor that must be fed: `sess.run(y, { [x.name]: value })`.
 *
 *     const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' })   // shape (null, 2)
 *     sess.run(tf.reduceSum(x, 1), { [x.name]: [[1, 2], [3, 4]] })     // [3, 7]
 *
 * @param dtype  element type: what is fed is converted to it
 * @param shape  null for unknown, or a list in which null is an unknown dimension
 * @returns  a tensor without a value of its own
 * @throws InvalidArgumentError  when a run needs it and it is not fed
 * @throws TypeError  for what is no dtype
 */
export const placeholder = knowing<PlaceholderCall>()(
  'placeholder',
  2,
  function placeholder(dtype: DTypeLike, shape: ShapeLike = null, options: NameOption = {}): Tensor {
    return apply('Placeholder', [], { dtype: placeholderDtype(dtype), shape: shapeAttr(shape) }, options.name);
  },
);
function placeholderDtype(dtype: DTypeLike): DType {
  try {
    return asDtype(dtype);
  } catch {
    const shown = typeof dtype === 'string' ? `'${dtype}'` : textOf(dtype ?? 'None');
    throw new TypeError_(
      `Expected DataType for argument 'dtype' not ${shown}.` +
        '\n  fix: the dtype comes first, as tf.float32 or tf.int64: tf.placeholder(tf.float32, [null, 784]).',
    );
  }
}
