/** Choosing between two tensors on wasm. */
import type { Recipes } from './recipe';

export const SELECT_RECIPES: Recipes = {
  Select: ([condition, t, e], { call, numbers, reshape }) => {
    if (condition.shape.length === 0) return numbers(0)[0] ? t : e;
    if (condition.shape.length === t.shape.length) return call('Select', { condition, t, e });
    // A vector picks rows. tfjs reads it wrongly: it is spread over them first.
    const rows = [condition.shape[0], ...t.shape.slice(1).map(() => 1)];
    const spread = call('Tile', { x: reshape(condition, rows) }, { reps: [1, ...t.shape.slice(1)] });
    return call('Select', { condition: spread, t, e });
  },
};
