import { type PoolGeometry, poolGeometry } from '../host/pool-places';
import { KernelError, type KernelNode, attr } from '../kernel';
import type { Info, Recipes } from './recipe';

export const POOL_RECIPES: Recipes = {
  MaxPool: ([x], tools) => tools.maxPool(placesOf(x, tools.node), x),
  MaxPoolGrad: ([x, , dy], tools) => tools.maxPoolGrad(placesOf(x, tools.node), x, dy),
  AvgPool: ([x], { call, node, refuseNonFinite }) => {
    const { rows, columns } = placesOf(x, node);
    if (rows.filter * columns.filter === 1)
      throw new KernelError('Unimplemented', 'wasm has no mean over single elements');
    refuseNonFinite(x);
    return call('AvgPool', { x }, window(node));
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

function placesOf(x: Info, node: KernelNode): PoolGeometry {
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
function window(node: KernelNode): Record<string, unknown> {
  const [, height, width] = attr(node, 'ksize');
  const [, down, across] = attr(node, 'strides');
  return { filterSize: [height, width], strides: [down, across], pad: attr(node, 'padding').toLowerCase() };
}
