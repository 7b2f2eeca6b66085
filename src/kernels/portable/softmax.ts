/** Softmax on wasm. The cross-entropies have no kernel there, and composed of others they take longer than on the host. */
import type { Recipes } from './recipe';

export const SOFTMAX_RECIPES: Recipes = {
  Softmax: ([logits], { call }) => call('Softmax', { logits }, { dim: logits.shape.length - 1 }),
};
