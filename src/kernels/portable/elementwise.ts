/**
 * Arithmetic of two operands on wasm: what has SIMD there, at 0.2 to 0.5 ns per element. The rest (Maximum 11 ns,
 * Pow, FloorDiv, comparison, reductions in one chain of float32 additions) is faster on the host, transfers included.
 */
import { type Recipe, type Recipes, binary } from './recipe';

/** One after the other: tfjs's AddN starts from 0, which loses the sign of a sum of negative zeros. */
const addAll: Recipe = ([first, ...others], { call }) => others.reduce((a, b) => call('Add', { a, b }), first);

const product = orHost('Multiply');
const quotient = orHost('RealDiv');
function orHost(kernel: string): Recipe {
  return ([a, b], { call, refuseSubnormal }) => {
    refuseSubnormal(a, b);
    return call(kernel, { a, b });
  };
}

export const ELEMENTWISE_RECIPES: Recipes = {
  Add: binary('Add'),
  AddV2: binary('Add'),
  Sub: binary('Sub'),
  Mul: product,
  RealDiv: quotient,
  Div: quotient,
  SquaredDifference: binary('SquaredDifference'),
  AddN: addAll,
  AccumulateNV2: addAll,
};
