/** Forms of convolutions and pools of volumes. */
import { any, form, type Forms, ints, type Operand, outOf, size, sums } from './form';

interface Windows {
  readonly strides: readonly number[];
  readonly padding: string;
}
const WINDOWS: readonly Windows[] = ['SAME', 'VALID'].flatMap((padding) => [
  { strides: [1, 1, 1, 1, 1], padding },
  { strides: [1, 2, 1, 2, 1], padding },
]);
/** A volume of so many elements, about. */
const side = (n: number): number => Math.max(4, Math.floor(Math.cbrt(n / 8)));
const cube = (n: number, channels: number, batch = 2): number[] => [batch, side(n), side(n), side(n), channels];
/** The shape of what slides over a volume with a window of `k`. */
function windowed([batch, ...sizes]: readonly number[], k: readonly number[], depth: number, w: Windows): number[] {
  return [batch, ...k.map((length, i) => outOf(sizes[i], length, w.strides[i + 1], w.padding)), depth];
}
const convolutions =
  (build: (x: number[], filter: number[], y: number[]) => Operand[]): Forms =>
  (n) =>
    WINDOWS.flatMap((attrs) =>
      [
        [2, 3, 1],
        [1, 1, 1],
      ].map((k) => form(build(cube(n, 2), [...k, 2, 3], windowed(cube(n, 2), k, 3, attrs)), { ...attrs })),
    ).concat(
      form(build([0, 4, 4, 4, 2], [2, 2, 2, 2, 3], [0, 4, 4, 4, 3]), { ...WINDOWS[0] }),
      form(build([2, 4, 4, 4, 0], [2, 2, 2, 0, 3], [2, 4, 4, 4, 3]), { ...WINDOWS[0] }),
      form(build([2, 4, 4, 4, 2], [2, 2, 2, 2, 0], [2, 4, 4, 4, 0]), { ...WINDOWS[0] }),
      form(build([2, 0, 4, 4, 2], [2, 2, 2, 2, 3], [2, 0, 4, 4, 3]), { ...WINDOWS[0] }),
    );
const SIZES = [
  [2, 2, 2],
  [3, 1, 2],
];
const POOLS = WINDOWS.flatMap((attrs) => SIZES.map((k) => ({ k, attrs: { ...attrs, ksize: [1, ...k, 1] } })));
const pools: Forms = (n) => [
  ...POOLS.flatMap(({ attrs }) => [form([any(...cube(n, 2))], attrs), form([sums(...cube(n, 3))], attrs)]),
  form([any(0, 4, 4, 4, 2)], POOLS[0].attrs),
  form([any(2, 4, 4, 4, 0)], POOLS[0].attrs),
  form([any(1, 2, 2, 2, 1)], { ksize: [1, 3, 1, 1, 1], strides: [1, 1, 1, 1, 1], padding: 'VALID' }),
];
/** Where a window begins, and how far it goes, within what it slides over. */
function reach(length: number, k: number, stride: number, padding: string, place: number): readonly [number, number] {
  const before =
    padding === 'SAME' ? Math.max(0, (outOf(length, k, stride, padding) - 1) * stride + k - length) >> 1 : 0;
  const from = place * stride - before;
  return [Math.max(0, from), Math.min(length, from + k)];
}
/** A volume with equal numbers in pairs, and the maxima of its windows. */
function maxima(shape: number[], k: readonly number[], { strides, padding }: Windows): Operand[] {
  const values = Array.from({ length: size(shape) }, (_, i) => ((i >> 1) * 37) % 101);
  const [batch, planes, rows, columns, depth] = shape;
  const out = windowed(shape, k, depth, { strides, padding });
  const best: number[] = [];
  for (let at = 0; at < size(out); at++) {
    const [c, x, y, z] = [depth, out[3], out[2], out[1]].reduce<[number[], number]>(
      ([places, rest], length) => [[...places, rest % length], Math.floor(rest / length)],
      [[], at],
    )[0];
    const b = Math.floor(at / (size(out) / batch));
    const [front, back] = reach(planes, k[0], strides[1], padding, z);
    const [top, bottom] = reach(rows, k[1], strides[2], padding, y);
    const [left, right] = reach(columns, k[2], strides[3], padding, x);
    let largest = -Infinity;
    for (let p = front; p < back; p++)
      for (let r = top; r < bottom; r++)
        for (let q = left; q < right; q++)
          largest = Math.max(largest, values[(((b * planes + p) * rows + r) * columns + q) * depth + c]);
    best.push(largest);
  }
  return [
    { values, shape, fed: true },
    { values: best, shape: out, fed: true },
  ];
}

export const VOLUMES: Readonly<Record<string, Forms>> = {
  Conv3D: convolutions((x, filter) => [sums(...x), sums(...filter)]),
  Conv3DBackpropInputV2: convolutions((x, filter, y) => [ints(...x), sums(...filter), sums(...y)]),
  Conv3DBackpropFilterV2: convolutions((x, filter, y) => [sums(...x), ints(...filter), sums(...y)]),
  MaxPool3D: pools,
  AvgPool3D: pools,
  MaxPool3DGrad: (n) =>
    POOLS.map(({ k, attrs }) =>
      form([...maxima(cube(n, 2), k, attrs), sums(...windowed(cube(n, 2), k, 2, attrs))], attrs),
    ),
  MaxPool3DGradGrad: (n) =>
    POOLS.map(({ k, attrs }) => form([...maxima(cube(n, 2), k, attrs), sums(...cube(n, 2))], attrs)),
  AvgPool3DGrad: (n) =>
    POOLS.map(({ k, attrs }) => form([ints(...cube(n, 2)), sums(...windowed(cube(n, 2), k, 2, attrs))], attrs)),
};
