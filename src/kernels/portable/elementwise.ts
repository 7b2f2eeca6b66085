/**
 * Arithmetic of two operands on wasm: what has SIMD there, at 0.2 to 0.5 ns per element. The rest (Maximum 11 ns,
 * Pow, FloorDiv, comparison, reductions in one chain of float32 additions) is faster on the host, transfers included.
 */
import { sameShape } from '../../base/shape';
import { sumInGroups } from '../sum-order';
import { type Code, v128 } from '../../base/assembler';
import { type Formula, normal } from './formula';
import { type Info, type Recipe, type Recipes, type Tools, binary } from './recipe';

/** By a formula where shapes are the same: tfjs's kernels broadcast, which costs a microsecond more. */
function arithmetic(
  kernel: string,
  fn: (a: Code, b: Code) => Code,
  takesNormal = false,
): (inputs: readonly Info[], tools: Tools) => Info {
  const operand = takesNormal ? normal : (x: Code): Code => x;
  const alike: Formula = {
    takes: 2,
    numbers: 0,
    gives: 1,
    results: ({ vectors: [a, b] }) => [fn(operand(a), operand(b))],
  };
  return ([a, b], tools) => {
    if (sameShape(a.shape, b.shape)) return tools.formula(alike, [a, b]);
    if (takesNormal) tools.refuseSubnormal(a, b);
    return tools.call(kernel, { a, b });
  };
}
const sum = arithmetic('Add', v128.add);
/** Two at a time: tfjs's AddN starts from 0, which loses the sign of a sum of negative zeros. */
const addAll: Recipe = (terms, tools) => sumInGroups(terms, (a, b) => sum([a, b], tools));
const quotient = arithmetic('RealDiv', v128.div, true);

export const ELEMENTWISE_RECIPES: Recipes = {
  Add: sum,
  AddV2: sum,
  Sub: arithmetic('Sub', v128.sub),
  Mul: arithmetic('Multiply', v128.mul, true),
  RealDiv: quotient,
  Div: quotient,
  SquaredDifference: binary('SquaredDifference'),
  AddN: addAll,
  AccumulateNV2: addAll,
};
