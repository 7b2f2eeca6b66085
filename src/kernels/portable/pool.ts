import { poolGeometry } from '../host/pool-places';
import { KernelError, type KernelNode, attr } from '../kernel';
import type { Recipe, Recipes } from './recipe';

export const POOL_RECIPES: Recipes = { MaxPool: pool('MaxPool'), AvgPool: pool('AvgPool') };

function pool(kernel: string): Recipe {
  return ([x], { call, node, refuseNonFinite }) => {
    const { rows, columns } = poolGeometry(x.shape, node);
    if (rows.filter * columns.filter === 1 || x.shape.includes(0) || rows.output * columns.output === 0)
      throw new KernelError('Unimplemented', `wasm has no ${kernel} over single elements or none`);
    refuseNonFinite(x);
    return call(kernel, { x }, window(node));
  };
}
function window(node: KernelNode): Record<string, unknown> {
  const [, height, width] = attr(node, 'ksize');
  const [, down, across] = attr(node, 'strides');
  return { filterSize: [height, width], strides: [down, across], pad: attr(node, 'padding').toLowerCase() };
}
