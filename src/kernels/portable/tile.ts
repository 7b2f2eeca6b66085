/** Repetition and borders on wasm. */
import { sizeOf } from '../../base/shape';
import { v128 } from '../../base/assembler';
import { attr } from '../kernel';
import { boxAt, copyBox, isFew } from './boxes';
import type { Formula } from './formula';
import type { Lower } from './lower';
import { constantPaddings, mirrorPaddings } from '../host/pad';
import { multiplesFor } from '../host/tile';
import type { Info, Recipes, Tools } from './recipe';
import { integersOf, knownIntegers } from './slice';

function padded(inputs: readonly Info[], tools: Tools): Info {
  const [x, , fill] = inputs;
  if (fill) tools.refuseNonFinite(fill);
  const paddings = constantPaddings(x.shape, integersOf(inputs, 1, tools), fill?.shape ?? []);
  return x.shape.length === 0
    ? x
    : tools.call('PadV2', { x }, { paddings, constantValue: fill ? tools.numbers(2)[0] : 0 });
}

const NOTHING: Formula = { takes: 0, numbers: 0, gives: 1, results: () => [v128.zero] };
const SAME: Formula = { takes: 1, numbers: 0, gives: 1, results: ({ vectors }) => vectors };
/** All of it filled, and then the tensor in its place. */
const lowerPad: Lower = (inputs, to) => {
  const [x, , fill] = inputs;
  const { draft } = to;
  const [asked] = knownIntegers(inputs, [1], to) ?? [];
  if (!asked || !x.shape.length) return null;
  const paddings = constantPaddings(x.shape, asked, fill?.shape ?? []);
  const out = draft.make(x.shape.map((n, i) => paddings[i][0] + n + paddings[i][1]));
  const [from, inside] = [
    boxAt(
      x,
      x.shape.map(() => 0),
    ),
    boxAt(
      out,
      paddings.map(([before]) => before),
    ),
  ];
  if (!isFew(x.shape, from, inside)) return null;
  const size = sizeOf(out.shape);
  if (fill) draft.call(draft.kernels.loop(SAME, ['one']), fill, out, 1, size >> 2, size & 3);
  else draft.call(draft.kernels.loop(NOTHING, []), out, 1, size >> 2, size & 3);
  copyBox(draft, x.shape, from, inside);
  return [out];
};

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
  Pad: { lower: lowerPad, recipe: padded },
  PadV2: { lower: lowerPad, recipe: padded },
  MirrorPad(inputs, tools) {
    const [x] = inputs;
    const paddings = mirrorPaddings(x.shape, integersOf(inputs, 1, tools), tools.node);
    return tools.call('MirrorPad', { x }, { paddings, mode: attr(tools.node, 'mode').toLowerCase() });
  },
};
