/** How many numbers a range has, as TensorFlow counts them. */
import { type DType, float32 } from './dtype';

type Real = number | bigint;
/** The step is not 0, and leads from the start to the limit. Floats are subtracted and divided in their own precision. */
export function rangeSize(dtype: DType, start: Real, limit: Real, delta: Real): number {
  if (dtype.isInteger) {
    const [way, step] = [BigInt(limit) - BigInt(start), BigInt(delta)];
    return Number(way === 0n ? 0n : (way - (step > 0n ? 1n : -1n)) / step + 1n);
  }
  const round = dtype === float32 ? Math.fround : (x: number): number => x;
  return Math.ceil(Math.abs(round(round(Number(limit) - Number(start)) / Number(delta))));
}
