/** Comparison, and choosing between two tensors, on wasm: truths are numbers inside of a program. */
import { type Code, f32, v128 } from '../../base/assembler';
import { sameShape } from '../../base/shape';
import { bool, float32 } from '../../base/dtype';
import { attr } from '../kernel';
import { normal } from './formula';
import { reshaped } from './lower';
import { type RecipeRow, type Recipes, inOne } from './recipe';

const { and, equal, less, lessEqual, mul, max, select, splat, sub, unequal, zero } = v128;
const ONE = splat(f32.of(1));
function comparison(holds: (a: Code, b: Code) => Code): RecipeRow {
  return inOne(2, ({ vectors: [a, b], keep }) => [and(ONE, holds(keep(normal(a)), keep(normal(b))))]);
}
const choice = inOne(3, ({ vectors: [c, t, e] }) => [select(t, e, unequal(c, zero))]);

export const SELECT_RECIPES: Recipes = {
  Less: comparison(less),
  LessEqual: comparison(lessEqual),
  Greater: comparison((a, b) => less(b, a)),
  GreaterEqual: comparison((a, b) => lessEqual(b, a)),
  Equal: comparison(equal),
  NotEqual: comparison(unequal),
  LogicalAnd: inOne(2, ({ vectors: [a, b] }) => [mul(a, b)]),
  LogicalOr: inOne(2, ({ vectors: [a, b] }) => [max(a, b)]),
  LogicalNot: inOne(1, ({ vectors: [x] }) => [sub(ONE, x)]),
  Cast: {
    serves: ({ attrs }) => attrs['SrcT'] === bool && attrs['DstT'] === float32,
    lower: ([x], { node }) => (attr(node, 'SrcT') === bool && attr(node, 'DstT') === float32 ? [x] : null),
  },
  Select: {
    lower([c, t, e], to) {
      if (!sameShape(t.shape, e.shape)) return null;
      // A vector picks rows.
      const picks = c.shape.length === 1 && t.shape.length > 1;
      const condition = picks ? reshaped(c, [c.shape[0], ...t.shape.slice(1).map(() => 1)]) : c;
      return picks || !c.shape.length || sameShape(c.shape, t.shape) ? choice.lower([condition, t, e], to) : null;
    },
  },
  SelectV2: choice,
};
