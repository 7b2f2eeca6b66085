/** All portable recipes, one table. */
import { ACTIVATION_RECIPES } from './activation';
import { BIAS_RECIPES } from './bias';
import { CONCAT_RECIPES } from './concat';
import { CONV_RECIPES } from './conv';
import { ELEMENTWISE_RECIPES } from './elementwise';
import { FUSED_RECIPES } from './fused';
import { GATHER_RECIPES } from './gather';
import { MATMUL_RECIPES } from './matmul';
import { POOL_RECIPES } from './pool';
import { REDUCE_RECIPES } from './reduce';
import { SELECT_RECIPES } from './select';
import { SHAPE_RECIPES } from './shape';
import { SLICE_RECIPES } from './slice';
import { SOFTMAX_RECIPES } from './softmax';
import { TILE_RECIPES } from './tile';
import { TRANSPOSE_RECIPES } from './transpose';
import { UNARY_RECIPES } from './unary';
import type { Recipes } from './recipe';

export const RECIPES: Recipes = {
  ...ACTIVATION_RECIPES,
  ...BIAS_RECIPES,
  ...CONCAT_RECIPES,
  ...CONV_RECIPES,
  ...ELEMENTWISE_RECIPES,
  ...FUSED_RECIPES,
  ...MATMUL_RECIPES,
  ...POOL_RECIPES,
  ...REDUCE_RECIPES,
  ...SELECT_RECIPES,
  ...SHAPE_RECIPES,
  ...SOFTMAX_RECIPES,
  ...TRANSPOSE_RECIPES,
  ...UNARY_RECIPES,
  ...GATHER_RECIPES,
  ...SLICE_RECIPES,
  ...TILE_RECIPES,
};
