/** Nodes without inputs: constants and placeholders; and what makes tensors filled with one value. */
import { type DType, type DTypeLike, asDtype } from '../base/dtype';
import { optionalDtype, toNDArray, NDArray, type Nested } from '../base/ndarray';
import { type TypedArray } from '../base/dtype';
import { type ShapeLike, TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { constantNode, shapeInput } from '../graph/constant';
import { type ScalarTensor, type Tensor } from '../graph/graph';
import { type OpTable, registerOps } from '../graph/opdef';
import { fromAttr } from '../graph/shape-fn';

export const CONSTANTS: OpTable = {
  Const: {
    sig: '-> output: dtype', attrs: ['value: tensor', 'dtype: type'], grad: 'none',
    shape: (op) => [op.getAttr<NDArray>('value').shape],
    value: (op) => op.getAttr<NDArray>('value'),
  },
  Placeholder: { sig: '-> output: dtype', attrs: ['dtype: type', 'shape: shape = <unknown>'], stateful: true, shape: fromAttr, grad: 'none' },
  Fill: {
    sig: 'dims: index_type, value: T -> output: T', attrs: ['index_type: {int32, int64} = int32'],
    shape: (op) => [shapeInput(op, 0)],
    grad: (_, [dz]) => [null, apply('Sum', [dz, apply('Range', [0, apply('Rank', [dz]), 1])])],
  },
};
registerOps(CONSTANTS);

export interface NameOption { readonly name?: string | null }

/**
 * A constant.
 *
 *     tf.constant([[1, 2], [3, 4]])            // float32, shape (2, 2)
 *     tf.constant(7, tf.int32)                 // an int32 scalar
 *
 * @param value  numbers, nested arrays, a typed array or an NDArray. Numbers are float32 unless `dtype` says otherwise:
 *   JavaScript does not tell 1 from 1.0. A typed array keeps its own type.
 * @param dtype  element type
 * @param shape  shape to give the values; a single value fills it
 * @throws ValueError  for ragged arrays, or values that do not fill the shape
 */
export function constant(value: number, dtype?: DTypeLike | null, shape?: null, options?: NameOption): ScalarTensor;
export function constant(value: Nested | TypedArray | NDArray, dtype?: DTypeLike | null | ConstantArgs, shape?: readonly number[] | null, options?: NameOption): Tensor;
export function constant(value: Nested | TypedArray | NDArray, dtype?: DTypeLike | null | ConstantArgs, shape?: readonly number[] | null, options: NameOption = {}): Tensor {
  const args: ConstantArgs = isDtype(dtype) ? { dtype, shape, ...options } : { shape, ...options, ...dtype };
  const type = optionalDtype(args.dtype);
  let array = toNDArray(value, type);
  if (args.shape && array.size === 1 && array.shape.length === 0) {
    const n = args.shape.reduce((a, b) => a * b, 1);
    array = toNDArray(new Array<unknown>(n).fill(array.item()), array.dtype, args.shape);
  } else if (args.shape) array = array.reshape(args.shape);
  return constantNode(array, args.name ?? 'Const');
}
export interface ConstantArgs extends NameOption { readonly dtype?: DTypeLike | null; readonly shape?: readonly number[] | null }
function isDtype(x: unknown): x is DTypeLike | null | undefined { return x === null || x === undefined || typeof x === 'string' || typeof (x as DType).isRef === 'boolean'; }

/**
 * A tensor that must be fed: `sess.run(y, {[x.name]: value})`.
 *
 * @param dtype  element type
 * @param shape  null for unknown, or a list in which null is an unknown dimension
 * @throws InvalidArgumentError  when a run needs it and it is not fed
 */
export function placeholder(dtype: DTypeLike, shape: ShapeLike = null, options: NameOption = {}): Tensor {
  return apply('Placeholder', [], { dtype: asDtype(dtype), shape: TensorShape.of(shape) }, options.name);
}
