/** Row-major arrays laid end to end along an axis, and cut along one. */
import { copyRun, slots } from './box';
import { type DType, type Data, zerosOf } from './dtype';
import { sizeOf } from './shape';

export interface Part {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Data;
}
/** Shorter parts are copied rather than shared: a view of them would cost more. */
const WORTH_SHARING = 64;

/** The parts end to end along `axis`. Their other dimensions agree; there is at least one. */
export function joined(parts: readonly Part[], axis: number): Part {
  const [{ dtype, shape: first }] = parts;
  const shape = first.map((d, i) => (i === axis ? parts.reduce((sum, p) => sum + p.shape[axis], 0) : d));
  const data = zerosOf(dtype, sizeOf(shape), shape);
  const outer = sizeOf(first.slice(0, axis));
  const runs = parts.map((p) => sizeOf(p.shape.slice(axis)) * slots(p));
  for (let o = 0, at = 0; o < outer; o++) {
    for (let i = 0; i < parts.length; i++) {
      copyRun(parts[i].data, o * runs[i], data, at, runs[i]);
      at += runs[i];
    }
  }
  return { dtype, shape, data };
}

/** Parts of these sizes along `axis`. Along the first axis they are views of the array. */
export function cut(array: Part, axis: number, sizes: readonly number[]): (Part & { readonly shared?: boolean })[] {
  const { dtype, shape, data } = array;
  const outer = sizeOf(shape.slice(0, axis));
  const inner = sizeOf(shape.slice(axis + 1)) * slots(array);
  const total = shape[axis] * inner;
  let from = 0;
  return sizes.map((size) => {
    const run = size * inner;
    const out = shape.map((d, i) => (i === axis ? size : d));
    const start = from;
    from += run;
    if (outer === 1 && run >= WORTH_SHARING && !Array.isArray(data))
      return { dtype, shape: out, data: data.subarray(start, start + run), shared: true };
    const part = zerosOf(dtype, sizeOf(out));
    for (let o = 0; o < outer; o++) copyRun(data, start + o * total, part, o * run, run);
    return { dtype, shape: out, data: part };
  });
}
