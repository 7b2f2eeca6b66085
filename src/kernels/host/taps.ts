/** Where pixels of a resized picture lie in the original, and of which of its pixels each is made. */

const { fround } = Math;

export interface Corners {
  readonly align: boolean;
  readonly half: boolean;
}
/** How far apart pixels of the result are in the original. */
export function stepOf(original: number, resized: number, { align }: Corners): number {
  return align && resized > 1 ? fround((original - 1) / (resized - 1)) : fround(original / resized);
}
/** Where a pixel of the result lies in the original, whose pixels are at whole numbers. */
function placeOf(at: number, step: number, { half }: Corners): number {
  return half ? fround(fround(fround(at + 0.5) * step) - 0.5) : fround(at * step);
}
/** Pixels of a line that one of the result is made of, with their weights. */
export interface Taps {
  readonly at: readonly number[];
  readonly weights: readonly number[];
}
export type TapsOf = (place: number, length: number, corners: Corners) => Taps;
const inside = (at: number, length: number): number => Math.min(length - 1, Math.max(0, at));
export const nearestTo = (place: number, length: number, { align }: Corners): number =>
  inside(align ? Math.floor(place + 0.5) : Math.floor(place), length);
export const linear: TapsOf = (place, length) => {
  const first = Math.floor(place);
  const weight = fround(place - first);
  return {
    at: [Math.max(first, 0), Math.min(Math.ceil(place), length - 1)],
    weights: [fround(1 - weight), weight],
  };
};
/** Weights of cubic convolution are looked up at so many places between two pixels (Keys 1981). */
const PLACES = 1024;
/** The weights of a pixel at a distance below 1, and one further. @param a  the slope at distance 1 */
function cubicWeights(distance: number, a: number): readonly [near: number, far: number] {
  const x = fround(distance);
  const y = fround(x + 1);
  return [fround(((a + 2) * x - (a + 3)) * x * x + 1), fround(((a * y - 5 * a) * y + 8 * a) * y - 4 * a)];
}
export const cubic: TapsOf = (place, length, { half }) => {
  const first = Math.floor(place);
  const offset = evenly(fround(fround(place - first) * PLACES));
  const a = half ? -0.5 : -0.75;
  const [near, far] = cubicWeights(offset / PLACES, a);
  const [nearNext, farNext] = cubicWeights((PLACES - offset) / PLACES, a);
  const wanted = [-1, 0, 1, 2].map((d) => first + d);
  const at = wanted.map((i) => inside(i, length));
  const weights = [far, near, nearNext, farNext];
  // By the centers of pixels, those outside have no part in it.
  return { at, weights: half ? withoutOutside(weights, (i) => at[i] === wanted[i]) : weights };
};
function withoutOutside(given: readonly number[], isInside: (i: number) => boolean): number[] {
  const weights = given.map((weight, i) => (isInside(i) ? weight : 0));
  const sum = weights.reduce((s, w) => fround(s + w));
  if (Math.abs(sum) < 1000 * 2 ** -126) return weights;
  const factor = fround(1 / sum);
  return weights.map((w) => fround(w * factor));
}
/** To the nearest integer, and of two the even one. */
function evenly(x: number): number {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  return low % 2 ? low + 1 : low;
}
/** The taps of each pixel of a line of the result. */
export function tapsOfLine(taps: TapsOf, original: number, resized: number, corners: Corners): Taps[] {
  const step = stepOf(original, resized, corners);
  return Array.from({ length: resized }, (_, i) => taps(placeOf(i, step, corners), original, corners));
}
