/** Bias on wasm: channels last. */
import { KernelError, attr } from '../kernel';
import type { Info, Recipes, Tools } from './recipe';

export const BIAS_RECIPES: Recipes = {
  BiasAdd: ([a, b], tools) => { channelsLast(tools); return tools.call('Add', { a, b }); },
  BiasAddV1: ([a, b], { call }) => call('Add', { a, b }),
  // Sums over the rows as a product with ones: ten times as fast as Sum.
  BiasAddGrad: ([dy], tools) => {
    channelsLast(tools);
    const channels = dy.shape[dy.shape.length - 1];
    const rows = dy.shape.slice(0, -1).reduce((x, y) => x * y, 1);
    if (!rows || !channels) throw new KernelError('Unimplemented', 'wasm sums no empty tensors');
    const ones: Info = tools.call('Fill', {}, { shape: [1, rows], value: 1, dtype: 'float32' });
    const sums = tools.call('BatchMatMul', { a: ones, b: tools.reshape(dy, [rows, channels]) }, { transposeA: false, transposeB: false });
    return tools.reshape(sums, [channels]);
  },
};
function channelsLast({ node }: Tools): void {
  if (attr<string>(node, 'data_format') !== 'NHWC') throw new KernelError('Unimplemented', 'wasm adds biases to the last dimension only');
}
