/** Functions of one number on wasm: what has SIMD there. Exp, Tanh, Sin and the like call libm, and are slower than the host's. */
import { v128 } from './assembler';
import { type Recipes, formula, unary } from './recipe';

const { add, equal, nearest, select, zero } = v128;

export const UNARY_RECIPES: Recipes = {
  Neg: unary('Neg'),
  Abs: unary('Abs'),
  Square: unary('Square'),
  Sqrt: unary('Sqrt'),
  Sigmoid: unary('Sigmoid'),
  Floor: unary('Floor'),
  Ceil: unary('Ceil'),
  // -0.3 becomes 0, as in TensorFlow, where -0 stays -0.
  Round: formula(1, ({ vectors: [x] }) => [select(x, add(nearest(x), zero), equal(x, zero))]),
  // tfjs's Round loses the sign of a zero.
  Rint: formula(1, ({ vectors: [x] }) => [nearest(x)]),
};
