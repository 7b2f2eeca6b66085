/** Arithmetic of two operands, element by element. Beside it: division.ts, unary.ts, compare.ts. */
import { type DType, float32, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { boundOverloads } from '../calls/bind';
import { apply, applyOp, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Like } from '../graph/fetched';
import { IndexedSlices, Tensor } from '../graph/graph';
import type { GradFn, Rows } from '../graph/opdef';
import { allOneShape, binary, binaryFunction, pair } from './binary';
import { broadcastGradientArgs, smartBroadcastGradientArgs, unbroadcast } from './broadcast';
import { knownInteger } from './known';
import { boundAnyPair, boundPair } from './known-calls';
import type { NameOption } from './options';
import {
  after,
  castTo,
  conj,
  negated,
  node,
  onesLike,
  scalar,
  scoped,
  select,
  shapeOf,
  zeros,
  zerosLike,
} from './words';

const addGrad: GradFn = (op, [dz]) => {
  const [x, y] = op.inputs;
  if (allOneShape(x, y, dz)) return [dz, dz];
  const [bx, by] = smartBroadcastGradientArgs(x, y, dz);
  return [unbroadcast(dz, bx), unbroadcast(dz, by)];
};
const subGrad: GradFn = (op, [dz]) => {
  const [x, y] = op.inputs;
  if (allOneShape(x, y, dz)) return [dz, dz.neg()];
  const [bx, by] = smartBroadcastGradientArgs(x, y, dz);
  return [unbroadcast(dz, bx), unbroadcast(negated(dz), by)];
};
const mulGrad: GradFn = (op, [dz]) => {
  const [x, y] = op.inputs;
  if (allOneShape(x, y, dz) && [int32, float32].includes(dz.dtype)) return [node('Mul', dz, y), node('Mul', dz, x)];
  const [bx, by] = smartBroadcastGradientArgs(x, y, dz);
  const [cx, cy] = [conj(x), conj(y)];
  return [unbroadcast(node('Mul', dz, cy), bx), unbroadcast(node('Mul', cx, dz), by)];
};
const mulNoNanGrad: GradFn = (op, [dz]) => {
  const [x, y] = op.inputs;
  if (allOneShape(x, y, dz)) return [node('MulNoNan', dz, y), node('MulNoNan', x, dz)];
  const [bx, by] = broadcastGradientArgs(x, y);
  return [unbroadcast(node('MulNoNan', dz, y), bx), unbroadcast(node('MulNoNan', x, dz), by)];
};
/** d(x^y) = y·x^(y-1)·dx + x^y·log(x)·dy; where x ≤ 0 the logarithm counts as 0. */
const powGrad: GradFn = (op, [dz]) => {
  const [bx, by] = smartBroadcastGradientArgs(op.inputs[0], op.inputs[1], dz);
  const [x, y] = op.inputs.map(conj);
  const dzy = dz.mul(y);
  const gx = unbroadcast(dzy.mul(node('Pow', x, y.sub(1))), bx);
  const z = conj(op.outputs[0]);
  const mask = x.dtype.isComplex ? x.notEqual(0) : x.greater(0);
  const safe = select(mask, x, onesLike(x));
  const log = node('Log', safe);
  const logarithm = select(mask, log, zerosLike(x));
  return [gx, unbroadcast(dz.mul(z).mul(logarithm), by)];
};
/** The gradient goes to the operand that was taken. */
function extremumGrad(selector: string): GradFn {
  return (op, [dz]) => {
    const [x, y] = op.inputs;
    const [sx, sy] = [shapeOf(x), shapeOf(y)];
    const none = zeros(shapeOf(dz), dz.dtype);
    const taken = node(selector, x, y);
    const [rx, ry] = applyOp('BroadcastGradientArgs', [sx, sy]).outputs;
    const gx = unbroadcast(select(taken, dz, none), { shape: sx, axes: rx, changed: true });
    return [gx, unbroadcast(select(taken, none, dz), { shape: sy, axes: ry, changed: true })];
  };
}
function timesTensor(a: Tensor | IndexedSlices, b: Tensor): Tensor {
  return a instanceof Tensor
    ? a.mul(b)
    : scoped('mul', (scope) => apply('Mul', [convertToTensor(a, null, 'x'), b], {}, scope));
}
function doubled(x: Tensor | IndexedSlices): Tensor | IndexedSlices {
  return scalarMul(2, x);
}
const squaredDifferenceGrad: GradFn = (op, [dz]) => {
  const [x, y] = op.inputs;
  // Rows become a tensor after they are doubled.
  const gx = after(dz, () => timesTensor(doubled(dz), x.sub(y)));
  if (allOneShape(x, y, dz)) return [gx, gx.neg()];
  const [bx, by] = smartBroadcastGradientArgs(x, y, dz);
  return [unbroadcast(gx, bx), unbroadcast(gx, by).neg()];
};
/** Of x/y where x = 0 counts as 0, and x·log(y) likewise. */
function zeroAbsorbing(px: (one: Tensor, y: Tensor) => Tensor, py: (x: Tensor, y: Tensor) => Tensor): GradFn {
  return (op, [dz]) => {
    const [x, y] = op.inputs;
    const [bx, by] = broadcastGradientArgs(x, y);
    return after(dz, () => {
      const one = castTo(node('NotEqual', x, castConstant(x.dtype)), x.dtype);
      const [gx, gy] = [px(one, y), py(x, y)];
      return [unbroadcast(gx.mul(dz), bx), unbroadcast(gy.mul(dz), by)];
    });
  };
}
/** `tf.cast(0., dtype)`, which is a constant for float32 and a Cast for the rest. */
function castConstant(dtype: DType): Tensor {
  return scoped('Cast', (scope) => {
    const zero = scalar(0, float32, 'x');
    return dtype.baseDtype === float32 ? zero : apply('Cast', [zero], { DstT: dtype.baseDtype }, scope);
  });
}
// atan2(y, x): dy·x/(x² + y²), dx·-y/(x² + y²)
const atan2Grad: GradFn = ({ inputs: [y, x] }, [dz]) =>
  after(dz, () => {
    const inverse = dz.div(x.square().add(y.square()));
    return [x.mul(inverse), y.neg().mul(inverse)];
  });
export const ELEMENTWISE = {
  Add: binary(addGrad, {
    value: knownInteger((x, y) => x + y),
  }),
  AddV2: binary(addGrad, {
    value: knownInteger((x, y) => x + y),
  }),
  Sub: binary(subGrad, { value: knownInteger((x, y) => x - y) }),
  Mul: binary(mulGrad, {
    value: knownInteger((x, y) => x * y),
  }),
  MulNoNan: binary(mulNoNanGrad),
  Pow: binary(powGrad),
  Maximum: binary(extremumGrad('GreaterEqual'), { value: knownInteger((x, y) => Math.max(x, y)) }),
  Minimum: binary(extremumGrad('LessEqual'), { value: knownInteger((x, y) => Math.min(x, y)) }),
  SquaredDifference: binary(squaredDifferenceGrad),
  Xdivy: binary(
    zeroAbsorbing(
      (one, y) => node('Xdivy', one, y),
      (x, y) => {
        const minus = x.neg();
        return node('Xdivy', minus, y.pow(2));
      },
    ),
  ),
  Xlogy: binary(
    zeroAbsorbing(
      (one, y) => node('Xlogy', one, y),
      (x, y) => node('Xdivy', x, y),
    ),
  ),
  // Of TensorFlow 2, as its programs of 1.x write it.
  Xlog1py: binary(
    zeroAbsorbing(
      (one, y) => node('Xlog1py', one, y),
      (x, y) => node('Xdivy', x, y.add(1)),
    ),
  ),
  Atan2: { ...binary(atan2Grad) },
} satisfies Rows;

// --- what users call ------------------------------------------------------------------------------------------

/**
 * `x + y`, element by element; of strings, one after the other.
 *
 *     tf.add([1, 2], [[10], [20]])   // [[11, 12], [21, 22]]
 *     tf.add(['a', 'b'], 'c')        // ['ac', 'bc']
 *
 * @param x  numbers or strings
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const add = boundAnyPair('add', binaryFunction('Add'));
/**
 * `x - y`, element by element.
 *
 *     tf.subtract([5, 7], 2)   // [3, 5]
 *
 * @param x  numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const subtract = boundPair('subtract', binaryFunction('Sub'));
/**
 * `x * y`, element by element. The product of matrices is `tf.matmul`.
 *
 *     tf.multiply([1, 2], [3, 4])   // [3, 8]
 *
 * @param x  numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const multiply = boundPair('multiply', binaryFunction('Mul'));
/**
 * `x` to the power `y`, element by element.
 *
 *     tf.pow([2, 3], [3, 2])   // [8, 9]
 *
 * @param x  numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 * @throws InvalidArgumentError  when run, for an integer to a negative power
 */
export const pow = boundPair('pow', binaryFunction('Pow'));
/**
 * The larger of `x` and `y`, element by element. The largest of one tensor is `tf.reduceMax`.
 *
 *     tf.maximum([-1, 2], 0)   // [0, 2]
 *
 * @param x  real numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const maximum = boundPair('maximum', binaryFunction('Maximum'));
/**
 * The smaller of `x` and `y`, element by element. The smallest of one tensor is `tf.reduceMin`.
 *
 *     tf.minimum([-1, 2], 0)   // [-1, 0]
 *
 * @param x  real numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const minimum = boundPair('minimum', binaryFunction('Minimum'));
/**
 * `(x - y)²`, element by element.
 *
 *     tf.squaredDifference([1, 5], [3, 2])   // [4, 9]
 *
 * @param x  numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const squaredDifference = boundPair('squared_difference', binaryFunction('SquaredDifference'));
/**
 * The angle of the point (x, y) in radians, from −π to π.
 *
 *     tf.atan2([1, 0], [1, -1])   // [0.785398, 3.141593]
 *
 * @param y  floats
 * @param x  y's dtype; a shape that broadcasts with y's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const atan2 = boundPair('atan2', binaryFunction('Atan2'));
/**
 * `x / y`, and 0 where x is 0, also for y = 0.
 *
 *     tf.math.xdivy([1, 0], [2, 0])   // [0.5, 0]
 *
 * @param x  floats or complex numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const xdivy = boundPair('math.xdivy', binaryFunction('Xdivy'));
/**
 * `x * log(y)`, and 0 where x is 0, also for y = 0: a term of an entropy.
 *
 *     tf.math.xlogy([1, 0], [Math.E, 0])   // [1, 0]
 *
 * @param x  floats or complex numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const xlogy = boundPair('math.xlogy', binaryFunction('Xlogy'));

/**
 * `x * y`, and 0 where y is 0, also for infinite x and NaN.
 *
 *     tf.math.multiplyNoNan([2, Infinity], [3, 0])   // [6, 0]
 *
 * @param x  floats
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const multiplyNoNan = boundPair(
  'math.multiply_no_nan',
  (x: TensorLike, y: TensorLike, { name }: NameOption = {}) =>
    inScope(name, 'multiply_no_nan', [x, y], (scope) => apply('MulNoNan', pair(x, y), {}, scope)),
);
/**
 * `scalar * x`; also scales sparse gradients.
 *
 *     tf.scalarMul(2, [1, 3])   // [2, 6]
 *
 * @param scalar  a number, or a scalar tensor of x's dtype
 * @param x       numbers, or `IndexedSlices`
 * @returns  x's dtype and shape
 * @throws ValueError  if `scalar` has another rank than 0
 * @throws TypeError  if the dtypes differ
 */
export const scalarMul = boundOverloads('scalar_mul', 2, plainScalarMul);
function plainScalarMul(factor: TensorLike, x: IndexedSlices, options?: NameOption): IndexedSlices;
function plainScalarMul<X extends TensorLike>(factor: TensorLike, x: X, options?: NameOption): Like<X>;
function plainScalarMul(factor: TensorLike, x: Tensor | IndexedSlices, options?: NameOption): Tensor | IndexedSlices;
function plainScalarMul(
  factor: TensorLike,
  x: TensorLike | IndexedSlices,
  { name }: NameOption = {},
): Tensor | IndexedSlices {
  const values = x instanceof IndexedSlices ? x.values : convertToTensor(x, null, 'x');
  const k = convertToTensor(factor, values.dtype.baseDtype, 'scalar');
  if (k.shape.rank !== 0) throw new ValueError(`Only scalar multiply works, got shape ${k.shape}`);
  const scaled = apply('Mul', [k, values], {}, name);
  return x instanceof IndexedSlices ? new IndexedSlices(scaled, x.indices, x.denseShape) : scaled;
}
