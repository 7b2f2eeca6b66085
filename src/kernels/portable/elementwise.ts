/**
 * Arithmetic of two operands on wasm: what has SIMD there, at 0.2 to 0.5 ns per element. The rest (Maximum 11 ns,
 * Pow, FloorDiv, comparison, reductions in one chain of float32 additions) is faster on the host, transfers included.
 */
import { sumInGroups } from '../sum-order';
import { type Code, f32, v128 } from '../../base/assembler';
import { type Formula, normal } from './formula';
import { applied } from './lower';
import type { Spot } from './program';
import { type RecipeRow, type Recipes, binary, inOne } from './recipe';

/** By a formula where operands broadcast to rows and columns, and else by tfjs's kernel. */
function arithmetic(kernel: string, fn: (a: Code, b: Code) => Code, takesNormal = false): RecipeRow {
  const operand = takesNormal ? normal : (x: Code): Code => x;
  return {
    ...inOne(2, ({ vectors: [a, b] }) => [fn(operand(a), operand(b))]),
    recipe([a, b], tools) {
      if (takesNormal) tools.refuseSubnormal(a, b);
      return tools.call(kernel, { a, b });
    },
  };
}
const sum = arithmetic('Add', v128.add);
const quotient = arithmetic('RealDiv', v128.div, true);
/** Two at a time: tfjs's AddN starts from 0, which loses the sign of a sum of negative zeros. */
const addAll: RecipeRow = {
  lower: (terms, { draft }) => {
    const add = (a: Spot | null, b: Spot | null): Spot | null => a && b && applied(SUM, [a, b], draft);
    const out = sumInGroups<Spot | null>(terms, add);
    return out && [out];
  },
};
const SUM: Formula = { takes: 2, numbers: 0, gives: 1, results: ({ vectors: [a, b] }) => [v128.add(a, b)] };
const ONE = v128.splat(f32.of(1));

export const ELEMENTWISE_RECIPES: Recipes = {
  Add: sum,
  AddV2: sum,
  Sub: arithmetic('Sub', v128.sub),
  Mul: arithmetic('Multiply', v128.mul, true),
  RealDiv: quotient,
  Div: quotient,
  SquaredDifference: {
    ...inOne(2, ({ vectors: [a, b], keep }) => {
      const d = keep(v128.sub(a, b));
      return [v128.mul(d, d)];
    }),
    recipe: binary('SquaredDifference'),
  },
  AddN: addAll,
  AccumulateNV2: addAll,
  TanhGrad: inOne(2, ({ vectors: [y, dy], keep }) => {
    const x = keep(normal(y));
    return [v128.mul(normal(dy), v128.sub(ONE, v128.mul(x, x)))];
  }),
  SigmoidGrad: inOne(2, ({ vectors: [y, dy], keep }) => {
    const x = keep(normal(y));
    return [v128.mul(normal(dy), v128.mul(x, v128.sub(ONE, x)))];
  }),
};
