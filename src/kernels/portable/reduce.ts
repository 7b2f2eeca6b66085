/**
 * Sums over the dimensions in front, on wasm: a product with a row of ones, which is exact where the sum is. tfjs's own
 * Sum is a chain of additions, twenty times as slow. Sums over other dimensions are the host's.
 */
import { sizeOf } from '../../base/shape';
import { attr } from '../kernel';
import { product, reshaped } from './lower';
import { type Draft, type Spot, shifted } from './program';
import type { Recipes } from './recipe';

/** Rows that are added up in one chain. Chains of more would lose digits. */
const CHAIN = 512;

/** [rows, columns] -> [columns]. */
export function sumOfRows(x: Spot, rows: number, columns: number, draft: Draft): Spot {
  if (rows === 1) return reshaped(x, [columns]);
  const chain = rows <= CHAIN ? rows : chainOf(rows);
  const ones = draft.constant([chain], new Float32Array(chain).fill(1));
  const sums = draft.make([rows / chain, columns]);
  for (let i = 0; i < rows / chain; i++)
    product(draft, {
      a: { spot: ones, row: 4 * chain, column: 4 },
      b: { spot: shifted(x, 4 * chain * columns * i), row: 4 * columns, column: 4 },
      c: shifted(sums, 4 * columns * i),
      ...{ m: 1, k: chain, n: columns, bias: null, floor: -Infinity, ceiling: Infinity },
    });
  return sumOfRows(sums, rows / chain, columns, draft);
}
/** The longest chain that the rows come out even with. */
function chainOf(rows: number): number {
  for (let n = CHAIN; n >= 16; n--) if (rows % n === 0) return n;
  return rows;
}

function areInFront(axes: readonly number[]): boolean {
  return axes.length > 0 && [...axes].sort((a, b) => a - b).every((axis, i) => axis === i);
}

export const REDUCE_RECIPES: Recipes = {
  Sum: {
    calls: 2,
    // Axes that only a run knows are looked at there: a plan that folds them must not go another way.
    serves: (_, constant) => {
      const axes = constant(1)?.data;
      return axes === undefined || areInFront(Array.from(axes, Number));
    },
    lower([x], to) {
      const axes = to.numbers(1);
      if (!axes || !areInFront(axes)) return null;
      const [front, rest] = [x.shape.slice(0, axes.length), x.shape.slice(axes.length)];
      const sums = sumOfRows(x, sizeOf(front), sizeOf(rest), to.draft);
      return [reshaped(sums, attr(to.node, 'keep_dims') ? [...front.map(() => 1), ...rest] : rest)];
    },
  },
};
