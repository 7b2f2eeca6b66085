/** Repetition and borders on wasm. */
import { sizeOf } from '../../base/shape';
import { v128 } from '../../base/assembler';
import { attr } from '../kernel';
import { boxAt, copyBox, isFew } from './boxes';
import type { Formula } from './formula';
import { type Lower, spread } from './lower';
import { type Draft, type Spot, shifted } from './program';
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

function tiled(inputs: readonly Info[], tools: Tools): Info {
  const [x] = inputs;
  const reps = multiplesFor(x.shape.length, integersOf(inputs, 1, tools));
  if (reps.every((n) => n === 1)) return x;
  const shape = x.shape.map((n, i) => n * reps[i]);
  return sizeOf(shape) === 0
    ? tools.call('Fill', {}, { shape, value: 0, dtype: x.dtype })
    : tools.call('Tile', { x }, { reps });
}
/** What is broadcast in one pass; else one dimension after the other, from the last: twice as much with each copy. */
const lowerTile: Lower = (inputs, to) => {
  const [x] = inputs;
  const { draft } = to;
  const [asked] = knownIntegers(inputs, [1], to) ?? [];
  const times = asked && multiplesFor(x.shape.length, asked);
  if (!times || times.includes(0)) return null;
  const isSpread = x.shape.every((n, i) => n === 1 || times[i] === 1);
  const made = isSpread
    ? spread(
        x,
        x.shape.map((n, i) => n * times[i]),
        draft,
      )
    : null;
  return [made ?? times.reduceRight((part, n, axis) => (n === 1 ? part : repeated(part, axis, n, draft)), x)];
};
function repeated(x: Spot, axis: number, times: number, draft: Draft): Spot {
  const [rows, width] = [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis))];
  const out = draft.make(x.shape.map((n, i) => (i === axis ? n * times : n)));
  const row = 4 * width * times;
  draft.copy(x, 4 * width, out, row, rows, width);
  for (let done = 1; done < times; done *= 2)
    draft.copy(out, row, shifted(out, 4 * width * done), row, rows, width * Math.min(done, times - done));
  return out;
}

export const TILE_RECIPES: Recipes = {
  Tile: { lower: lowerTile, recipe: tiled },
  Pad: { lower: lowerPad, recipe: padded },
  PadV2: { lower: lowerPad, recipe: padded },
  MirrorPad(inputs, tools) {
    const [x] = inputs;
    const paddings = mirrorPaddings(x.shape, integersOf(inputs, 1, tools), tools.node);
    return tools.call('MirrorPad', { x }, { paddings, mode: attr(tools.node, 'mode').toLowerCase() });
  },
};
