/**
 * Sums and means on wasm, by kernels of our own (tfjs's Sum is a chain of additions, twenty times as slow): over
 * dimensions in front, behind, or between others. Other patterns are the host's.
 */
import { v128 } from '../../base/assembler';
import { sizeOf } from '../../base/shape';
import { attr } from '../kernel';
import { alongRows, folded } from './fold';
import { PLAIN } from './fold-kernels';
import type { Formula } from './formula';
import { type Lower, applied, reshaped } from './lower';
import type { Draft, Spot } from './program';
import type { Recipes } from './recipe';

/** [rows, columns] -> [columns]. */
export function sumOfRows(x: Spot, rows: number, columns: number, draft: Draft): Spot | null {
  if (rows === 1) return reshaped(x, [columns]);
  const sums = folded(PLAIN, [x], [], { groups: 1, rows, columns }, draft);
  return sums && reshaped(sums[0], [columns]);
}
/** The sum over the dimensions that are marked; null where these do not lie together. */
function sumOver(x: Spot, isGone: readonly boolean[], draft: Draft): Spot | null {
  const sizes = { groups: 1, rows: 1, columns: 1 };
  let at: keyof typeof sizes = 'groups';
  for (const [i, size] of x.shape.entries()) {
    if (size === 1) continue;
    if (isGone[i]) at = at === 'groups' ? 'rows' : at;
    else if (at === 'rows') at = 'columns';
    if (isGone[i] && at === 'columns') return null;
    sizes[at] *= size;
  }
  const { groups, rows, columns } = sizes;
  if (rows === 1) return x;
  return columns === 1 ? alongRows(x, groups, rows, draft) : (folded(PLAIN, [x], [], sizes, draft)?.[0] ?? null);
}
const QUOTIENT: Formula = { takes: 2, numbers: 0, gives: 1, results: ({ vectors: [a, b] }) => [v128.div(a, b)] };
/** A tensor by a number. */
export function dividedBy(x: Spot, by: number, draft: Draft): Spot | null {
  return applied(QUOTIENT, [x, draft.constant([], Float32Array.of(by))], draft);
}

function reduction(finish: (sum: Spot, count: number, draft: Draft) => Spot | null): Lower {
  return ([x], { node, draft, numbers }) => {
    const rank = x.shape.length;
    const axes = numbers(1)?.map((axis) => (axis < 0 ? axis + rank : axis));
    if (!axes || axes.some((axis) => axis < 0 || axis >= rank)) return null;
    const isGone = x.shape.map((_, i) => axes.includes(i));
    const sum = sumOver(x, isGone, draft);
    const made = sum && finish(sum, sizeOf(x.shape.filter((_, i) => isGone[i])), draft);
    const keeps = attr(node, 'keep_dims');
    const shape = x.shape.flatMap((n, i) => (!isGone[i] ? [n] : keeps ? [1] : []));
    return made && [reshaped(made, shape)];
  };
}
export const REDUCE_RECIPES: Recipes = {
  Sum: { calls: 2, lower: reduction((sum) => sum) },
  Mean: { calls: 2, lower: reduction((sum, count, draft) => (count === 1 ? sum : dividedBy(sum, count, draft))) },
};
