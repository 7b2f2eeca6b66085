/**
 * Activations on wasm: by our own kernels, which keep NaN. tfjs compares floats as integers, and takes a NaN whose sign
 * is set (0 / 0) for a negative number.
 */
import { attr } from '../kernel';
import { f32, v128 } from './assembler';
import { isTiny } from './formula';
import { type Recipe, type Recipes, formula, unary } from './recipe';

const { add, and, less, max, min, mul, select, splat, zero } = v128;
const [ONE, SIX] = [splat(f32.of(1)), splat(f32.of(6))];
/** The largest number that counts as 0. */
const TINY = splat(f32.of(1.1754942106924411e-38));
/** What tfjs gives where x < 0, and x by `slope` elsewhere: also of NaN and -0. */
function linearAbove0(kernel: string, slope: number): Recipe {
  const by = splat(f32.of(slope));
  const join = formula(2, ({ vectors: [x, y] }) => [select(y, mul(x, by), less(x, zero))]);
  return ([x], tools) => join([x, tools.call(kernel, { x })], tools);
}

export const ACTIVATION_RECIPES: Recipes = {
  Relu: formula(1, ({ vectors: [x] }) => [max(x, zero)]),
  Relu6: formula(1, ({ vectors: [x] }) => [min(max(x, zero), SIX)]),
  // Times 0 where it is cut off: an infinite gradient turns to NaN, as in TensorFlow.
  ReluGrad: formula(2, ({ vectors: [dy, x] }) => [mul(dy, and(ONE, less(TINY, x)))]),
  Relu6Grad: formula(2, ({ vectors: [dy, x] }) => [mul(dy, and(ONE, and(less(TINY, x), less(x, SIX))))]),
  LeakyRelu: ([x], { call, node }) => call('LeakyRelu', { x }, { alpha: attr(node, 'alpha') }),
  Elu: linearAbove0('Elu', 1),
  EluGrad: formula(2, ({ vectors: [dy, y] }) => [
    select(mul(add(y, ONE), select(mul(dy, zero), dy, isTiny(dy))), dy, less(y, zero)),
  ]),
  Selu: linearAbove0('Selu', 1.0507009873554805),
  Softplus: unary('Softplus'),
};
