/** What is said of numbers that are none: how many there are among the others, and what may have made them. */
import { type Data, float16, isBig } from '../base/dtype';
import { bfloatToNumber, halfToNumber, isHalf } from '../base/half';
import type { NDArray } from '../base/ndarray';
import type { Operation } from '../graph/graph';

/** Minimum, maximum and counts of a float tensor. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly zeros: number;
  readonly nan: number;
  readonly infinite: number;
  /** The first element that is no number, or -1. */
  readonly at: number;
}

export function rangeOf(data: ArrayLike<number>, from = 0, to = data.length): Range {
  let [min, max, zeros, nan, infinite, at] = [Infinity, -Infinity, 0, 0, 0, -1];
  for (let i = from; i < to; i++) {
    const v = data[i];
    if (v !== v || v === Infinity || v === -Infinity) {
      if (at < 0) at = i;
      if (v !== v) {
        nan++;
        continue;
      }
      infinite++;
    } else if (v === 0) zeros++;
    if (v < min) min = v;
    if (v > max) max = v;
  }
  return { min, max, zeros, nan, infinite, at };
}
export function show({ min, max, zeros, nan, infinite }: Range): string {
  const isOne = min === max;
  const counts = [
    zeros && !isOne && `${zeros} ${zeros === 1 ? 'zero' : 'zeros'}`,
    nan && `${nan} NaN`,
    infinite && `${infinite} infinite`,
  ]
    .filter(Boolean)
    .join(', ');
  const range = min > max ? 'no numbers' : isOne ? figure(min) : `${figure(min)} to ${figure(max)}`;
  return `${range}${counts ? `, ${counts}` : ''}`;
}
function figure(x: number): string {
  return String(Number(x.toPrecision(4)));
}

export function kind({ nan, infinite }: Range): string {
  return nan && infinite ? 'Inf and NaN' : nan ? 'NaN' : 'Inf';
}
export function floatsIn(data: Data, { dtype }: { readonly dtype: NDArray['dtype'] }): ArrayLike<number> {
  const numbers = isBig(data) || Array.isArray(data) ? Array.from<unknown, number>(data, Number) : data;
  return isHalf(dtype) ? Float32Array.from(numbers, dtype === float16 ? halfToNumber : bfloatToNumber) : numbers;
}
/** Whether a node stands behind another. */
export function comesFrom(op: Operation, from: Operation): boolean {
  const seen = new Set([op]);
  for (const at of seen) for (const t of at.inputs) seen.add(t.op);
  return seen.has(from);
}
