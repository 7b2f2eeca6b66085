/** Quotients and their remainders: what Python, NumPy and C each mean by them. */
import { boundOptions } from '../calls/bind';
import { trueDivision } from '../graph/algebra';
import { apply, inScope, inGraphOf } from '../graph/apply';
import { convertToTensor, isSymbolic, type NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { GradFn, Rows } from '../graph/opdef';
import { binary, binaryFunction, broadcasting, pair } from './binary';
import { broadcastGradientArgs, unbroadcast } from './broadcast';
import { knownInteger } from './known';
import { boundPair } from './known-calls';
import type { NameOption } from './options';
import { conj, node, scalar } from './words';

/** d(x/y) = dx/y - x·dy/y², with the division that the op itself is. */
function quotient(divide: (x: Tensor, y: Tensor) => Tensor): GradFn {
  return broadcasting(
    (_, y, dz) => divide(dz, y),
    (x, y, dz) => dz.mul(divide(divide(x.neg(), y), y)),
  );
}
/** d(x mod y) = dx - floor(x/y)·dy */
const floorModGrad: GradFn = (op, [dz]) => {
  const [x, y] = op.inputs;
  const [bx, by] = broadcastGradientArgs(x, y);
  const floor = node('FloorDiv', conj(x), conj(y));
  return [unbroadcast(dz, bx), unbroadcast(dz.mul(floor.neg()), by)];
};
const noGradients: GradFn = (op) => op.inputs.map(() => null);

export const DIVISION = {
  Div: binary(quotient((x, y) => divide(x, y))),
  RealDiv: binary(quotient((x, y) => node('RealDiv', x, y))),
  FloorDiv: binary(noGradients, { value: knownInteger((x, y) => Math.floor(x / y)) }),
  TruncateDiv: binary(noGradients),
  DivNoNan: binary(quotient((x, y) => divNoNan(x, y))),
  Mod: binary(),
  FloorMod: binary(floorModGrad, { value: knownInteger((x, y) => x - y * Math.floor(x / y)) }),
  TruncateMod: binary(),
} satisfies Rows;

/**
 * `x / y` by the dtype's own division: integers are not converted, and TensorFlow has no kernel for them.
 *
 *     tf.realdiv([7, 1], [2, 4])   // [3.5, 0.25]
 *
 * @param x  numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const realdiv = boundPair('realdiv', binaryFunction('RealDiv'));
/**
 * `x / y` rounded down, in the dtype of the operands: Python's `//`.
 *
 *     tf.floordiv([7, -7], 2)   // [3, -4]
 *
 * @param x  real numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 * @throws InvalidArgumentError  when run, if an integer is divided by 0
 */
export const floordiv = boundPair('floordiv', binaryFunction('FloorDiv', 'floordiv'));
/**
 * `x / y` rounded down: another name of `floordiv`, with other node names.
 *
 *     tf.floorDiv([7, -7], 2)   // [3, -4]
 *
 * @param x  real numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 * @throws InvalidArgumentError  when run, if an integer is divided by 0
 */
export const floorDiv = boundPair('floor_div', binaryFunction('FloorDiv'));
/**
 * `x / y` rounded towards zero, for integers.
 *
 *     tf.truncatediv(tf.constant([7, -7], tf.int32), 2)   // [3, -3]
 *
 * @param x  real numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 * @throws InvalidArgumentError  when run, if an integer is divided by 0
 */
export const truncatediv = boundPair('truncatediv', binaryFunction('TruncateDiv'));
/**
 * The rest of `floordiv`: it has the sign of y.
 *
 *     tf.floormod([7, -7], 3)   // [1, 2]
 *
 * @param x  real numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 * @throws InvalidArgumentError  when run, if an integer is divided by 0
 */
export const floormod = boundPair('floormod', binaryFunction('FloorMod'));
/**
 * Python's `x % y`: another name of `floormod`.
 *
 *     tf.mod([7, -7], 3)   // [1, 2]
 *
 * @param x  real numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 * @throws InvalidArgumentError  when run, if an integer is divided by 0
 */
export const mod = floormod;
/**
 * The rest of `truncatediv`: it has the sign of x.
 *
 *     tf.truncatemod([7, -7], 3)   // [1, -1]
 *
 * @param x  real numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 * @throws InvalidArgumentError  when run, if an integer is divided by 0
 */
export const truncatemod = boundPair('truncatemod', binaryFunction('TruncateMod'));
/**
 * `x / y` as a fraction, also for integers: int32 and int64 become float64, shorter ones float32.
 *
 *     tf.truediv(tf.constant([7, 1], tf.int32), 2)   // [3.5, 0.5]
 *
 * @param x  numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the shape that both broadcast to; a floating or complex dtype
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const truediv = boundPair('truediv', (x: NotText, y: NotText, { name }: NameOption = {}) =>
  inScope(name, 'truediv', [x, y], (scope) => trueDivision(...pair(x, y), scope)),
);
/**
 * `x / y` as Python 3 divides: `truediv`, or the operator `x.div(y)` where no name is given.
 *
 *     tf.divide([7, 1], 2)   // [3.5, 0.5]
 *
 * @param x  numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the shape that both broadcast to; a floating or complex dtype
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const divide = boundPair('divide', (x: NotText, y: NotText, options: NameOption = {}) =>
  options.name ? truediv(x, y, options) : inGraphOf([x, y], () => truediv(isSymbolic(x) ? convertToTensor(x) : x, y)),
);
/**
 * `x / y` as Python 2 divides: integers are rounded down.
 *
 *     tf.div([7, -7], 2)                          // [3.5, -3.5]
 *     tf.div(tf.constant([7, -7], tf.int32), 2)   // [3, -4]
 *
 * @param x  numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 * @throws InvalidArgumentError  when run, if an integer is divided by 0
 */
export const div = boundPair('div', (x: NotText, y: NotText, { name }: NameOption = {}) =>
  inScope(name, 'div', [x, y], (scope) => {
    const [a, b] = pair(x, y);
    return apply(a.dtype.isFloating || a.dtype.isComplex ? 'RealDiv' : 'FloorDiv', [a, b], {}, scope);
  }),
);
/**
 * `x / y`, and 0 where y is 0.
 *
 *     tf.divNoNan([3, 1], [2, 0])   // [1.5, 0]
 *
 * @param x  float32 or float64
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const divNoNan = boundPair('div_no_nan', (x: NotText, y: NotText, { name }: NameOption = {}) =>
  inScope(name, 'div_no_nan', [x, y], (scope) => apply('DivNoNan', pair(x, y), {}, scope)),
);
/**
 * `x / y`, and 0 where y is 0: another name of `tf.divNoNan`.
 *
 *     tf.math.divideNoNan([3, 1], [2, 0])   // [1.5, 0]
 *
 * @param x  float32 or float64
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const divideNoNan = divNoNan;
/**
 * `1 / x`, and 0 where x is 0.
 *
 *     tf.math.reciprocalNoNan([2, 0])   // [0.5, 0]
 *
 * @param x  float32 or float64, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const reciprocalNoNan = boundOptions(
  'math.reciprocal_no_nan',
  1,
  function reciprocalNoNan(x: NotText, { name }: NameOption = {}): Tensor {
    return inScope(name, 'reciprocal_no_nan', [x], (scope) => {
      const t = convertToTensor(x, null, 'x');
      return apply('DivNoNan', [scalar(1, t.dtype, 'one'), t], {}, scope);
    });
  },
);
