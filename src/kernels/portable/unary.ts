/**
 * Functions of one number on wasm: what has SIMD there. Exp, Sin and the like call libm, and are slower than the
 * host's.
 */
import { type Code, v128 } from '../../base/assembler';
import { isTiny, normal } from './formula';
import { sigmoid, tanh } from './exponentials';
import { type RecipeRow, type Recipes, inOne } from './recipe';

const { abs, add, ceil, floor, mul, nearest, neg, select, sqrt, zero } = v128;
function ofNormal(fn: (x: Code) => Code): RecipeRow {
  return inOne(1, ({ vectors: [x] }) => [fn(normal(x))]);
}

export const UNARY_RECIPES: Recipes = {
  Neg: inOne(1, ({ vectors: [x] }) => [neg(x)]),
  Abs: inOne(1, ({ vectors: [x] }) => [abs(x)]),
  Square: inOne(1, ({ vectors: [x] }) => [mul(x, x)]),
  Sqrt: ofNormal(sqrt),
  Sigmoid: inOne(1, ({ vectors: [x], keep }) => [sigmoid(x, keep)]),
  Tanh: inOne(1, ({ vectors: [x], keep }) => [tanh(x, keep)]),
  Floor: ofNormal(floor),
  Ceil: ofNormal(ceil),
  // -0.3 becomes 0, as in TensorFlow, where -0 stays -0.
  Round: inOne(1, ({ vectors: [x] }) => [select(mul(x, zero), add(nearest(x), zero), isTiny(x))]),
  // tfjs's Round loses the sign of a zero.
  Rint: inOne(1, ({ vectors: [x] }) => [nearest(x)]),
};
