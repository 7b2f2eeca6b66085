/** Places in row-major data: what NumPy's indexing, slicing and argmax say of shapes. */
import { IndexError, TypeError_ } from './errors';
import { textOf } from './preview';
import { sizeOf } from './shape';

/** The position of one element. @throws IndexError  where there is none */
export function offsetOf(shape: readonly number[], index: readonly number[]): number {
  if (index.length > shape.length)
    throw new IndexError(
      `too many indices for array: array is ${shape.length}-dimensional, but ${index.length} were indexed`,
    );
  if (index.length < shape.length)
    throw new IndexError(
      `at() takes one index for each dimension: array is ${shape.length}-dimensional, but ${index.length} were given` +
        '\n  fix: row(i) is the part with index i along the first dimension.',
    );
  return index.reduce((offset, i, axis) => offset * shape[axis] + placeOf(shape, axis, i), 0);
}
/** An index counted from the beginning. @throws IndexError  outside of the dimension */
export function placeOf(shape: readonly number[], axis: number, i: number): number {
  const size = shape[axis];
  if (!Number.isInteger(i)) throw new IndexError(`only integers are valid indices, and ${textOf(i)} is none`);
  if (i < -size || i >= size) throw new IndexError(`index ${i} is out of bounds for axis ${axis} with size ${size}`);
  return i < 0 ? i + size : i;
}
/** The position that an index stands for in row-major data. @throws IndexError  outside of them */
export function placeIn(size: number, i: number): number {
  if (!Number.isInteger(i)) throw new IndexError(`only integers are valid indices, and ${textOf(i)} is none`);
  if (i < -size || i >= size) throw new IndexError(`index ${i} is out of bounds for size ${size}`);
  return i < 0 ? i + size : i;
}
/** The bounds of `[begin:end]` along a dimension of `size`, moved into it as Python does. */
export function boundsOf(size: number, begin: number, end: number): readonly [begin: number, end: number] {
  const within = (i: number): number => {
    if (!Number.isInteger(i)) throw new TypeError_(`slice indices must be integers, and ${textOf(i)} is none`);
    return Math.min(Math.max(i < 0 ? i + size : i, 0), size);
  };
  const from = within(begin);
  return [from, Math.max(within(end), from)];
}
/** An axis counted from the beginning. @throws IndexError  if there is none such */
export function axisOf(shape: readonly number[], axis: number): number {
  const rank = shape.length;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank)
    throw new IndexError(`axis ${textOf(axis)} is out of bounds for array of dimension ${rank}`);
  return axis < 0 ? axis + rank : axis;
}
/** For each place of the other dimensions, where along `axis` the greatest number stands: the first; NaN before all. */
export function placesOfGreatest(at: (offset: number) => number, shape: readonly number[], axis: number): Int32Array {
  const size = shape[axis];
  const inner = sizeOf(shape.slice(axis + 1));
  const out = new Int32Array(sizeOf(shape) / size);
  for (let o = 0; o < out.length; o++) {
    const first = Math.floor(o / inner) * inner * size + (o % inner);
    let best = 0;
    let greatest = at(first);
    for (let i = 1; i < size && !Number.isNaN(greatest); i++) {
      const x = at(first + i * inner);
      if (x > greatest || Number.isNaN(x)) [best, greatest] = [i, x];
    }
    out[o] = best;
  }
  return out;
}
