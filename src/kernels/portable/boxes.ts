/** Boxes of tensors as calls of the kernel that copies rows. */
import { sizeOf, stridesOf } from '../../base/shape';
import { type Draft, type Place, type Spot, shifted } from './program';

/** Elements of a tensor: from where on, and how many bytes apart along each dimension. */
export interface Box {
  readonly place: Place;
  readonly strides: readonly number[];
}
/** Calls for one box at most: what has more is left to others. */
const MOST = 64;
interface Level {
  size: number;
  from: number;
  to: number;
}

/** The part of a tensor that begins there. */
export function boxAt(x: Spot, begin: readonly number[], steps: readonly number[] = x.shape.map(() => 1)): Box {
  const strides = stridesOf(x.shape).map((s) => 4 * s);
  const place = shifted(
    x,
    begin.reduce((sum, b, i) => sum + b * strides[i], 0),
  );
  return { place, strides: strides.map((s, i) => s * steps[i]) };
}
/** Whether so many elements along each dimension are few calls to copy. */
export function isFew(sizes: readonly number[], from: Box, to: Box): boolean {
  return (
    sizeOf(
      levelsOf(sizes, from, to)
        .slice(0, -2)
        .map(({ size }) => size),
    ) <= MOST
  );
}
/** Copies so many elements along each dimension. */
export function copyBox(draft: Draft, sizes: readonly number[], from: Box, to: Box): void {
  const levels = levelsOf(sizes, from, to);
  const [rows, run] = levels.splice(-2);
  const copy = (level: number, a: number, b: number): void => {
    if (level === levels.length) {
      draft.copy(shifted(from.place, a), rows.from, shifted(to.place, b), rows.to, rows.size, run.size);
      return;
    }
    const { size, from: stepA, to: stepB } = levels[level];
    for (let i = 0; i < size; i++) copy(level + 1, a + i * stepA, b + i * stepB);
  };
  copy(0, 0, 0);
}
/** Dimensions that lie one behind the other in both are one; two at least, the last of which has no gaps. */
function levelsOf(sizes: readonly number[], from: Box, to: Box): Level[] {
  const levels: Level[] = [];
  const push = (size: number, a: number, b: number): void => {
    const last = levels.at(-1);
    if (last && last.from === size * a && last.to === size * b)
      levels[levels.length - 1] = { size: last.size * size, from: a, to: b };
    else levels.push({ size, from: a, to: b });
  };
  sizes.forEach((size, i) => {
    if (size > 1) push(size, from.strides[i], to.strides[i]);
  });
  const last = levels.at(-1);
  if (last?.from !== 4 || last.to !== 4) levels.push({ size: 1, from: 4, to: 4 });
  while (levels.length < 2) levels.unshift({ size: 1, from: 0, to: 0 });
  return levels;
}
