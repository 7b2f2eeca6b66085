/** Maxima and means over windows, and their gradients, on wasm. */
import { sameShape } from '../../base/shape';
import { type PoolGeometry, clip, clipOfMean, outputShape, poolGeometry } from '../host/pool-places';
import { KernelError } from '../kernel';
import type { Lowering } from './lower';
import type { Draft, Spot } from './program';
import { windowsOf } from './pooling';
import type { Recipes } from './recipe';

function tableOf(draft: Draft, places: PoolGeometry, under = clip): Spot {
  const table = windowsOf(places, under);
  return draft.constant([table.length], table);
}
function pool(x: Spot, places: PoolGeometry, draft: Draft, kind: 'max' | 'mean'): readonly Spot[] {
  const { kernels } = draft;
  const [table, y] = [tableOf(draft, places), draft.make(outputShape(places))];
  draft.work([table, x, y], (address) => kernels.pooling[kind](places, address(table), address(x), address(y)));
  return [y];
}
export const POOL_RECIPES: Recipes = {
  MaxPool: { lower: ([x], { node, draft }) => pool(x, placesOf(x.shape, node), draft, 'max') },
  AvgPool: { lower: ([x], { node, draft }) => pool(x, placesOf(x.shape, node), draft, 'mean') },
  MaxPoolGrad: {
    lower([x, , dy], { node, draft }) {
      const places = placesOf(x.shape, node);
      if (!sameShape(dy.shape, outputShape(places))) return null;
      const { kernels } = draft;
      const [table, dx] = [tableOf(draft, places), draft.make(x.shape)];
      draft.work([table, x, dy, dx], (address) =>
        kernels.pooling.maxGrad(places, address(table), address(x), address(dy), address(dx)),
      );
      return [dx];
    },
  },
  AvgPoolGrad: {
    lower([, dy], { node, draft, numbers }) {
      const shape = numbers(0);
      const places = shape && placesOf(shape, node);
      if (!places || !sameShape(dy.shape, outputShape(places))) return null;
      const { kernels } = draft;
      const [table, dx] = [tableOf(draft, places, clipOfMean), draft.make(shape)];
      draft.work([table, dy, dx], (address) =>
        kernels.pooling.meanGrad(places, address(table), address(dy), address(dx)),
      );
      return [dx];
    },
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

function placesOf(shape: readonly number[], node: Lowering['node']): PoolGeometry {
  const places = poolGeometry(shape, node);
  const { rows, columns, depth } = places;
  if (depth > 1 || shape.includes(0) || rows.output * columns.output === 0)
    throw new KernelError('Unimplemented', 'wasm has no windows over channels or nothing');
  refuseLarge(
    [rows, columns].flatMap(({ filter, stride, before, after }) => [filter, stride, before, after]),
    rows.filter * columns.filter * rows.output * columns.output,
  );
  return places;
}
