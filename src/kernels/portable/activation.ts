/**
 * Activations on wasm: by our own kernels, which keep NaN. tfjs compares floats as integers, and takes a NaN whose sign
 * is set (0 / 0) for a negative number.
 */
import { attr } from '../kernel';
import { type Code, f32, v128 } from '../../base/assembler';
import { isTiny, normal } from './formula';
import { type Recipe, type Recipes, formula, inOne, unary } from './recipe';

const { add, and, less, max, min, mul, select, splat, sub, zero } = v128;
const [ONE, SIX] = [splat(f32.of(1)), splat(f32.of(6))];
/** The largest number that counts as 0. */
const TINY = splat(f32.of(1.1754942106924411e-38));
const MINUS_TINY = splat(f32.of(-1.1754942106924411e-38));
/**
 * e^x - 1 by `scale` where x < 0, `above` elsewhere, also of NaN and -0. 1 is added to what tfjs gives and taken away
 * again, which leaves the digits of e^x: none of them near 0.
 */
function exponential(scale: number, above: (x: Code) => Code): Recipe {
  const join = formula(2, ({ vectors: [x, y] }) => [
    select(mul(sub(add(y, ONE), ONE), splat(f32.of(scale))), above(x), less(x, MINUS_TINY)),
  ]);
  return ([x], tools) => join([x, tools.call('Elu', { x })], tools);
}

export const ACTIVATION_RECIPES: Recipes = {
  Relu: inOne(1, ({ vectors: [x] }) => [max(x, zero)]),
  Relu6: inOne(1, ({ vectors: [x] }) => [min(max(x, zero), SIX)]),
  // Times 0 where it is cut off: an infinite gradient turns to NaN, as in TensorFlow.
  ReluGrad: inOne(2, ({ vectors: [dy, x] }) => [mul(dy, and(ONE, less(TINY, x)))]),
  Relu6Grad: inOne(2, ({ vectors: [dy, x] }) => [mul(dy, and(ONE, and(less(TINY, x), less(x, SIX))))]),
  LeakyRelu: ([x], { call, node }) => call('LeakyRelu', { x }, { alpha: attr(node, 'alpha') }),
  Elu: exponential(1, (x) => x),
  EluGrad: inOne(2, ({ vectors: [dy, y] }) => [
    select(mul(add(y, ONE), select(mul(dy, zero), dy, isTiny(dy))), dy, less(y, zero)),
  ]),
  Selu: exponential(1.7580993408473768, (x) => mul(normal(x), splat(f32.of(1.0507009873554805)))),
  Softplus: unary('Softplus'),
};
