/**
 * Sums over the dimensions in front, on wasm: a product with a row of ones, which is exact where the sum is. tfjs's own
 * Sum is a chain of additions, twenty times as slow. Sums over other dimensions are the host's.
 */
import { sizeOf } from '../../base/shape';
import { KernelError, attr } from '../kernel';
import type { Info, Recipes, Tools } from './recipe';

/** Rows that are added up in one chain. Chains of more would lose digits. */
const CHAIN = 512;

/** [rows, columns] -> [columns]. */
export function sumOfRows(x: Info, rows: number, columns: number, tools: Tools): Info {
  const { call, multiply, reshape } = tools;
  if (rows === 1) return reshape(x, [columns]);
  if (!rows || !columns) throw new KernelError('Unimplemented', 'wasm sums no empty tensors');
  const chain = rows <= CHAIN ? rows : chainOf(rows);
  const ones = call('Fill', {}, { shape: [1, chain], value: 1, dtype: 'float32' });
  return sumOfRows(multiply(ones, reshape(x, [rows / chain, chain, columns])), rows / chain, columns, tools);
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
    recipe([x], tools) {
      const axes = tools.numbers(1);
      if (!areInFront(axes)) throw new KernelError('Unimplemented', 'wasm sums over dimensions in front alone');
      const count = axes.length;
      const [front, rest] = [x.shape.slice(0, count), x.shape.slice(count)];
      const sums = sumOfRows(x, sizeOf(front), sizeOf(rest), tools);
      return tools.reshape(sums, attr(tools.node, 'keep_dims') ? [...front.map(() => 1), ...rest] : rest);
    },
  },
};
