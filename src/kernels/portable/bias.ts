/** Bias on wasm: channels last. */
import { sizeOf } from '../../base/shape';
import { KernelError, attr } from '../kernel';
import type { Recipes, Tools } from './recipe';
import { sumOfRows } from './reduce';

export const BIAS_RECIPES: Recipes = {
  BiasAdd: ([a, b], tools) => {
    channelsLast(tools);
    return tools.call('Add', { a, b });
  },
  BiasAddV1: ([a, b], { call }) => call('Add', { a, b }),
  BiasAddGrad: {
    calls: 2,
    recipe([dy], tools) {
      channelsLast(tools);
      const channels = dy.shape[dy.shape.length - 1];
      return sumOfRows(dy, sizeOf(dy.shape.slice(0, -1)), channels, tools);
    },
  },
};
function channelsLast({ node }: Tools): void {
  if (attr(node, 'data_format') !== 'NHWC')
    throw new KernelError('Unimplemented', 'wasm adds biases to the last dimension only');
}
