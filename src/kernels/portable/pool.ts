import { sameShape } from '../../base/shape';
import { type PoolGeometry, outputShape, poolGeometry } from '../host/pool-places';
import { KernelError, type KernelNode } from '../kernel';
import type { Info, Recipes } from './recipe';

export const POOL_RECIPES: Recipes = {
  MaxPool: ([x], tools) => tools.maxPool(placesOf(x, tools.node), x),
  MaxPoolGrad: ([x, , dy], tools) => tools.maxPoolGrad(placesOf(x, tools.node), x, dy),
  AvgPool: ([x], tools) => tools.meanPool(placesOf(x, tools.node), x),
  AvgPoolGrad([, dy], tools) {
    const places = placesOf({ shape: tools.numbers(0) }, tools.node);
    if (!sameShape(dy.shape, outputShape(places)))
      throw new KernelError('Unimplemented', 'a gradient of other sizes is left to the host');
    return tools.meanPoolGrad(places, dy);
  },
};

/** Of an extent, a stride or a padding. */
const LONGEST = 1 << 15;
/** Elements of all windows: the address of each is kept. */
const MOST_TAPS = 1 << 28;
/**
 * Windows that wasm's kernels count in 32 bits: with larger ones they write beyond their memory, and what is in it is
 * lost. The host has those.
 */
export function refuseLarge(lengths: readonly number[], taps: number): void {
  if (lengths.some((n) => !(n <= LONGEST)) || !(taps <= MOST_TAPS))
    throw new KernelError('Unimplemented', 'wasm counts windows in 32 bits');
}

function placesOf(x: Pick<Info, 'shape'>, node: KernelNode): PoolGeometry {
  const places = poolGeometry(x.shape, node);
  const { rows, columns, depth } = places;
  if (depth > 1 || x.shape.includes(0) || rows.output * columns.output === 0)
    throw new KernelError('Unimplemented', 'wasm has no windows over channels or nothing');
  refuseLarge(
    [rows, columns].flatMap(({ filter, stride, before, after }) => [filter, stride, before, after]),
    rows.filter * columns.filter * rows.output * columns.output,
  );
  return places;
}
