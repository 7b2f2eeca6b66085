/** Bias on wasm: channels last. */
import { sizeOf } from '../../base/shape';
import { attr } from '../kernel';
import { v128 } from '../../base/assembler';
import type { Lowering } from './lower';
import { type Recipes, inOne } from './recipe';
import { sumOfRows } from './reduce';

const sum = inOne(2, ({ vectors: [x, bias] }) => [v128.add(x, bias)]);

export const BIAS_RECIPES: Recipes = {
  BiasAdd: { lower: (inputs, to) => (isLast(to) ? sum.lower(inputs, to) : null) },
  BiasAddV1: sum,
  BiasAddGrad: {
    calls: 2,
    lower([dy], to) {
      const channels = dy.shape[dy.shape.length - 1];
      const sum = isLast(to) ? sumOfRows(dy, sizeOf(dy.shape.slice(0, -1)), channels, to.draft) : null;
      return sum && [sum];
    },
  },
};
/** Whether channels are the last dimension. */
function isLast({ node }: Lowering): boolean {
  return attr(node, 'data_format') === 'NHWC';
}
