/** Functions of one number on wasm: what has SIMD there. Exp, Tanh, Sin and the like call libm, and are slower than the host's. */
import { type Recipes, unary } from './recipe';

export const UNARY_RECIPES: Recipes = {
  Neg: unary('Neg'),
  Abs: unary('Abs'),
  Square: unary('Square'),
  Sqrt: unary('Sqrt'),
  Sigmoid: unary('Sigmoid'),
  Floor: unary('Floor'),
  Ceil: unary('Ceil'),
  Round: unary('Round'),
  Rint: unary('Round'),
};
