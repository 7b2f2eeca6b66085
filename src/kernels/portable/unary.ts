/**
 * Functions of one number on wasm: what has SIMD there. Exp, Tanh, Sin and the like call libm,
 * and are slower than the host's.
 */
import { type Code, v128 } from '../../base/assembler';
import { isTiny, normal } from './formula';
import { type Recipe, type Recipes, formula, unary } from './recipe';

const { add, ceil, floor, mul, nearest, select, sqrt, zero } = v128;
function ofNormal(fn: (x: Code) => Code): Recipe {
  return formula(1, ({ vectors: [x] }) => [fn(normal(x))]);
}

export const UNARY_RECIPES: Recipes = {
  Neg: unary('Neg'),
  Abs: unary('Abs'),
  Square: unary('Square'),
  Sqrt: ofNormal(sqrt),
  Sigmoid: unary('Sigmoid'),
  Floor: ofNormal(floor),
  Ceil: ofNormal(ceil),
  // -0.3 becomes 0, as in TensorFlow, where -0 stays -0.
  Round: formula(1, ({ vectors: [x] }) => [select(mul(x, zero), add(nearest(x), zero), isTiny(x))]),
  // tfjs's Round loses the sign of a zero.
  Rint: formula(1, ({ vectors: [x] }) => [nearest(x)]),
};
