/** All portable recipes, one table. */
import { ELEMENTWISE_RECIPES } from './elementwise';
import { MATMUL_RECIPES } from './matmul';
import type { Recipes } from './recipe';

export const RECIPES: Recipes = { ...ELEMENTWISE_RECIPES, ...MATMUL_RECIPES };
