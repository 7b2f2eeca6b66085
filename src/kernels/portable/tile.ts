/** Repetition and borders on wasm. */
import { sizeOf } from '../../base/shape';
import { attr } from '../kernel';
import { constantPaddings, mirrorPaddings } from '../host/pad';
import { multiplesFor } from '../host/tile';
import type { Info, Recipes, Tools } from './recipe';
import { integersOf } from './slice';

function padded(inputs: readonly Info[], tools: Tools): Info {
  const [x, , fill] = inputs;
  if (fill) tools.refuseNonFinite(fill);
  const paddings = constantPaddings(x.shape, integersOf(inputs, 1, tools), fill?.shape ?? []);
  return x.shape.length === 0
    ? x
    : tools.call('PadV2', { x }, { paddings, constantValue: fill ? tools.numbers(2)[0] : 0 });
}

export const TILE_RECIPES: Recipes = {
  Tile(inputs, tools) {
    const [x] = inputs;
    const reps = multiplesFor(x.shape.length, integersOf(inputs, 1, tools));
    if (reps.every((n) => n === 1)) return x;
    const shape = x.shape.map((n, i) => n * reps[i]);
    return sizeOf(shape) === 0
      ? tools.call('Fill', {}, { shape, value: 0, dtype: x.dtype })
      : tools.call('Tile', { x }, { reps });
  },
  Pad: padded,
  PadV2: padded,
  MirrorPad(inputs, tools) {
    const [x] = inputs;
    const paddings = mirrorPaddings(x.shape, integersOf(inputs, 1, tools), tools.node);
    return tools.call('MirrorPad', { x }, { paddings, mode: attr(tools.node, 'mode').toLowerCase() });
  },
};
