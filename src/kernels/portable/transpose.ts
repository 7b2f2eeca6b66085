/** Dimensions in another order, and elements in reverse order along some, on wasm. */
import { checkedPerm, reversedAxes } from '../host/transpose';
import type { Recipes } from './recipe';

export const TRANSPOSE_RECIPES: Recipes = {
  Transpose: ([x, perm], { call, numbers }) => call('Transpose', { x }, { perm: checkedPerm(x.shape.length, numbers(1), perm.shape) }),
  ReverseV2: ([x], { call, numbers }) => call('Reverse', { x }, { dims: reversedAxes(x.shape.length, numbers(1)) }),
};
