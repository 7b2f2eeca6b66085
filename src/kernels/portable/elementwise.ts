/** Element-wise arithmetic on wasm. */
import { type Recipes, binary, unary } from './recipe';

export const ELEMENTWISE_RECIPES: Recipes = {
  Add: binary('Add'),
  AddV2: binary('Add'),
  Sub: binary('Sub'),
  Mul: binary('Multiply'),
  RealDiv: binary('RealDiv'),
  Maximum: binary('Maximum'),
  Minimum: binary('Minimum'),
  SquaredDifference: binary('SquaredDifference'),
  Neg: unary('Neg'),
  Exp: unary('Exp'),
  Log: unary('Log'),
  Sqrt: unary('Sqrt'),
  Rsqrt: unary('Rsqrt'),
  Square: unary('Square'),
  Abs: unary('Abs'),
  Tanh: unary('Tanh'),
  Sigmoid: unary('Sigmoid'),
};
