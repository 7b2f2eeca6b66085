/** Activations on wasm. Comparisons are slow there; Relu, Relu6 and Step are not. */
import { attr } from '../kernel';
import { type Recipes, unary } from './recipe';

export const ACTIVATION_RECIPES: Recipes = {
  Relu: unary('Relu'),
  // 1 where the features are above 0. Relu6 turns NaN to 0, which Step alone would pass on.
  ReluGrad: ([dy, x], { call }) =>
    call('Multiply', { a: dy, b: call('Step', { x: call('Relu6', { x }) }, { alpha: 0 }) }),
  LeakyRelu: ([x], { call, node }) => call('LeakyRelu', { x }, { alpha: attr<number>(node, 'alpha') }),
  Elu: unary('Elu'),
  EluGrad: ([dy, y], { call }) => call('EluGrad', { dy, y }),
  Selu: unary('Selu'),
  Softplus: unary('Softplus'),
};
