/** Ops that hand their input on: as it is, without its gradient, or as zeros and ones of its shape. */
import { type DType, type DTypeLike, zerosOf } from '../base/dtype';
import { LookupError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { optionalDtype, toNDArray } from '../base/to-ndarray';
import { type ShapeLike, shapeAttr } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, applyOp, inScope } from '../graph/apply';
import { convertToTensor, type TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { OpRow, Rows, ShapeContext, ValueContext } from '../graph/opdef';
import { inputShapes, mergeShapes, unchanged } from '../graph/shape-fn';
import { LARGEST_KNOWN } from './known';
import { boundLike, knowing } from './known-calls';
import type { LikeCall } from './known-lists';
import type { DefaultCall } from './known-sizes';
import { type DtypeOption, type NameOption, isValue } from './options';
import * as likes from './words';

/** Output 0 is input 0, known where that is. */
const SAME: Pick<OpRow, 'shape' | 'value' | 'handle'> = {
  shape: unchanged,
  value: (c) => c.value(0),
  handle: (c) => c.handle(0),
};

export const IDENTITY = {
  Identity: { grad: (_, [dy]) => dy, ...SAME, passesThrough: true },
  IdentityN: {
    shape: (c) => inputShapes(c),
    grad: (_, grads) => grads,
  },
  StopGradient: { ...SAME, passesThrough: true },
  Snapshot: { shape: unchanged },
  GuaranteeConst: { shape: unchanged },
  DebugGradientIdentity: { shape: unchanged },
  PreventGradient: {
    ...SAME,
    grad: (op) => {
      throw new LookupError(`Gradient explicitly disabled. Reason: ${op.attr('message')}`);
    },
  },
  PlaceholderWithDefault: {
    grad: (_, [dy]) => dy,
    shape(c: ShapeContext) {
      const declared = c.attr('shape');
      mergeShapes(c.shape(0), declared);
      return [declared];
    },
  },
  ZerosLike: {
    shape: unchanged,
    value: (c) => filledLike(c, 0),
    planValue: zerosInPlan,
  },
  OnesLike: {
    shape: unchanged,
    value: (c) => filledLike(c, 1),
  },
} satisfies Rows;

/** Where a plan knows the shape they are known, whatever it is the shape of. */
function zerosInPlan(c: ValueContext): NDArray | null {
  const { fullDims: dims } = c.output(0);
  const dtype = c.attr('T', 'type').baseDtype;
  const size = dims?.reduce((a, b) => a * b, 1) ?? Infinity;
  return dims && size <= MOST_ZEROS && dtype.size > 0 ? new NDArray(dtype, dims, zerosOf(dtype, size)) : null;
}
/** As many as a plan keeps. */
const MOST_ZEROS = 1 << 16;
/** A known vector of one value: shape arithmetic. Larger ones are left to the run. */
function filledLike(c: ValueContext, value: number): NDArray | null {
  const { dims } = c.output(0);
  const dtype = c.attr('T', 'type');
  return dims?.length === 1 && dims[0] !== null && dims[0] <= LARGEST_KNOWN && dtype.isInteger
    ? toNDArray(new Array<number>(dims[0]).fill(value), dtype, [dims[0]])
    : null;
}

/**
 * The tensor itself, as another node.
 *
 *     tf.identity([1, 2])   // [1, 2]
 *
 * @param input  any dtype and shape
 * @returns  input's dtype and shape
 * @throws ValueError  for a value that no tensor can hold
 */
export const identity = boundLike('identity', 1, plainIdentity);
function plainIdentity(x: TensorLike, { name }: NameOption = {}): Tensor {
  return apply('Identity', [x], {}, name);
}
/**
 * The tensors themselves, as outputs of one node.
 *
 *     tf.identityN([[1, 2], 3])   // [[1, 2], 3]
 *
 * @param input  tensors of any dtypes and shapes
 * @returns  as many tensors of the same dtypes and shapes
 * @throws ValueError  for an empty list
 */
export const identityN = boundOptions(
  'identity_n',
  1,
  function identityN(inputs: readonly TensorLike[], { name }: NameOption = {}): Tensor[] {
    return [...applyOp('IdentityN', [inputs], {}, name).outputs];
  },
);
/**
 * The tensor itself; gradients take it for a constant.
 *
 *     const x = tf.constant(3);
 *     tf.gradients(tf.stopGradient(x).mul(x), x)   // [3]
 *
 * @param input  any dtype and shape
 * @returns  input's dtype and shape
 * @throws ValueError  for a value that no tensor can hold
 */
export const stopGradient = boundLike('stop_gradient', 1, plainStopGradient);
function plainStopGradient(x: TensorLike, { name }: NameOption = {}): Tensor {
  return apply('StopGradient', [x], {}, name);
}
/**
 * The tensor itself; a gradient through it is an error.
 *
 * @param options  `message`: the reason that the error gives
 */
export function preventGradient(
  x: TensorLike,
  { message, name }: NameOption & { readonly message?: string } = {},
): Tensor {
  return apply('PreventGradient', [x], { message }, name);
}
/**
 * A placeholder that need not be fed: it is `input` then.
 *
 *     const rate = tf.placeholderWithDefault(0.5, [])   // 0.5
 *     sess.run(rate, { [rate.name]: 0.1 })               // 0.1
 *
 * @param input  the default
 * @param shape  the shape of what may be fed, null for unknown dimensions
 * @returns  input's dtype, `shape`
 * @throws ValueError  if the default does not fit the shape
 */
export const placeholderWithDefault = knowing<DefaultCall>()(
  'placeholder_with_default',
  2,
  function placeholderWithDefault(input: TensorLike, shape: ShapeLike, { name }: NameOption = {}): Tensor {
    return apply('PlaceholderWithDefault', [input], { shape: shapeAttr(shape) }, name);
  },
);

/**
 * Zeros of the shape of a tensor: a constant where that is known.
 *
 *     tf.zerosLike([[1, 2], [3, 4]])   // [[0, 0], [0, 0]]
 *
 * @param tensor    any shape
 * @param dtype     the tensor's where not given
 * @param optimize  false: the shape is taken when the graph runs even where it is known; true where not given
 * @returns  `dtype`, the tensor's shape
 * @throws TypeError  for what is no dtype
 */
export const zerosLike = knowing<LikeCall<LikeOptions>>()(
  'zeros_like',
  2,
  function zerosLike(x: TensorLike, dtype?: DTypeLike | LikeOptions | null, options: LikeOptions = {}): Tensor {
    const args: LikeOptions = isValue<DTypeLike | null | undefined>(dtype) ? { dtype, ...options } : dtype;
    return inScope(args.name, 'zeros_like', [x], (scope) => likes.zerosLike(...like(x, args, scope)));
  },
);
/**
 * Ones of the shape of a tensor.
 *
 *     tf.onesLike([[1, 2], [3, 4]])   // [[1, 1], [1, 1]]
 *
 * @param tensor    any shape
 * @param dtype     the tensor's where not given
 * @param optimize  false: the shape is taken when the graph runs even where it is known; true where not given
 * @returns  `dtype`, the tensor's shape
 * @throws TypeError  for what is no dtype
 */
export const onesLike = knowing<LikeCall<LikeOptions>>()(
  'ones_like',
  2,
  function onesLike(x: TensorLike, dtype?: DTypeLike | LikeOptions | null, options: LikeOptions = {}): Tensor {
    const args: LikeOptions = isValue<DTypeLike | null | undefined>(dtype) ? { dtype, ...options } : dtype;
    return inScope(args.name, 'ones_like', [x], (scope) => likes.onesLike(...like(x, args, scope)));
  },
);
/** What `zerosLike` and `onesLike` take by name. */
export interface LikeOptions extends DtypeOption {
  /** False: the shape is taken when the graph runs even where it is known; true where not given. */
  readonly optimize?: boolean;
}
function like(
  x: TensorLike,
  { dtype, optimize }: LikeOptions,
  scope: string,
): [x: Tensor, dtype: DType | undefined, name: string, optimize: boolean | undefined] {
  return [convertToTensor(x, null, 'tensor'), optionalDtype(dtype) ?? undefined, scope, optimize];
}
