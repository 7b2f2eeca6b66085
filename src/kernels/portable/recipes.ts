/** All portable recipes, one table. */
import { ELEMENTWISE_RECIPES } from './elementwise';
import { MATMUL_RECIPES } from './matmul';
import type { Recipes } from './recipe';
import { SHAPE_RECIPES } from './shape';

export const RECIPES: Recipes = { ...ELEMENTWISE_RECIPES, ...MATMUL_RECIPES, ...SHAPE_RECIPES };
