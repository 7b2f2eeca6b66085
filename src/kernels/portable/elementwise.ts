/**
 * Arithmetic of two operands on wasm: what has SIMD there, at 0.2 to 0.5 ns per element. The rest (Maximum 11 ns,
 * Pow, FloorDiv, comparison, reductions in one chain of float32 additions) is faster on the host, transfers included.
 */
import { type Recipes, binary } from './recipe';

export const ELEMENTWISE_RECIPES: Recipes = {
  Add: binary('Add'),
  AddV2: binary('Add'),
  Sub: binary('Sub'),
  Mul: binary('Multiply'),
  RealDiv: binary('RealDiv'),
  Div: binary('RealDiv'),
  SquaredDifference: binary('SquaredDifference'),
  AddN: (inputs, { call }) => (inputs.length === 1 ? inputs[0] : call('AddN', inputs)),
  AccumulateNV2: (inputs, { call }) => call('AddN', inputs),
};
