/** Copies between boxes of row-major arrays: what slices, tiles, pads and gathers are made of. */
import { type Cells, asLongs, asNumbers } from './elements';
import { type DType, type Data, isBig } from './dtype';
import { stridesOf } from './shape';

/** A box in an array: where its first element is, and how far apart elements are along each dimension. */
export interface Box {
  readonly data: Data;
  readonly at: number;
  readonly steps: readonly number[];
}
/** Runs at least this long are copied whole. */
const RUN = 16;

/** to[i, j, …] = from[i, j, …] for all i, j, … below `sizes`. The two have one dtype. */
export function copyBox(sizes: readonly number[], from: Box, to: Box): void {
  const dims = merged(sizes, from.steps, to.steps);
  if (!dims) return;
  const [n, fromStep, toStep] = dims[dims.length - 1];
  const runs = toStep === 1 && n >= RUN && !Array.isArray(from.data);
  const [whole, one] = [runs && fromStep === 1, runs && fromStep === 0];
  const [source, target]: readonly Cells[] = [from.data, to.data];
  eachRun(dims, from.at, to.at, (a, b) => {
    if (one) fillRun(from.data, a, to.data, b, n);
    else if (whole) setRun(from.data, a, to.data, b, n);
    else for (let i = 0; i < n; i++, a += fromStep, b += toStep) target[b] = source[a];
  });
}

/** to[i, j, …] += from[i, j, …]. */
export function addBox(sizes: readonly number[], from: Box, to: Box): void {
  const dims = merged(sizes, from.steps, to.steps);
  if (!dims) return;
  const [n, fromStep, toStep] = dims[dims.length - 1];
  if (isBig(to.data)) {
    const [source, target] = [asLongs(from.data), to.data];
    eachRun(dims, from.at, to.at, (a, b) => {
      for (let i = 0; i < n; i++, a += fromStep, b += toStep) target[b] += source[a];
    });
    return;
  }
  const [source, target] = [asNumbers(from.data), asNumbers(to.data)];
  eachRun(dims, from.at, to.at, (a, b) => {
    for (let i = 0; i < n; i++, a += fromStep, b += toStep) target[b] += source[a];
  });
}

type Run = readonly [size: number, fromStep: number, toStep: number];
/** Dimensions that lie end to end in both arrays made one; null where there is nothing to copy. */
function merged(sizes: readonly number[], fromSteps: readonly number[], toSteps: readonly number[]): Run[] | null {
  const out: Run[] = [];
  for (let d = sizes.length - 1; d >= 0; d--) {
    const size = sizes[d];
    if (size === 0) return null;
    if (size === 1) continue;
    const inner = out[0];
    if (inner && fromSteps[d] === inner[1] * inner[0] && toSteps[d] === inner[2] * inner[0])
      out[0] = [size * inner[0], inner[1], inner[2]];
    else out.unshift([size, fromSteps[d], toSteps[d]]);
  }
  return out.length ? out : [[1, 1, 1]];
}
/** Calls `each` with the start of every innermost run in both arrays. */
function eachRun(dims: readonly Run[], from: number, to: number, each: (from: number, to: number) => void): void {
  const outer = dims.length - 1;
  const at = new Array<number>(outer).fill(0);
  for (;;) {
    each(from, to);
    let d = outer - 1;
    for (; d >= 0; d--) {
      from += dims[d][1];
      to += dims[d][2];
      if (++at[d] < dims[d][0]) break;
      from -= dims[d][1] * dims[d][0];
      to -= dims[d][2] * dims[d][0];
      at[d] = 0;
    }
    if (d < 0) return;
  }
}

/** Array slots per element: a complex number takes two. */
export function slots(tensor: { readonly dtype: DType }): number {
  return tensor.dtype.isComplex ? 2 : 1;
}
/** A shape in array slots: a complex tensor has one more dimension, of 2. */
export function slotShape(
  tensor: { readonly dtype: DType; readonly shape: readonly number[] },
  shape: readonly number[] = tensor.shape,
): readonly number[] {
  return tensor.dtype.isComplex ? [...shape, 2] : shape;
}
/** Sets `count` elements from `at`. */
export function copyRun(from: Data, at: number, to: Data, toAt: number, count: number): void {
  if (count >= RUN && !Array.isArray(from)) setRun(from, at, to, toAt, count);
  else for (let i = 0, cells: Cells = to; i < count; i++) cells[toAt + i] = from[at + i];
}
/** The same for typed arrays, as a whole. */
function setRun(from: Data, at: number, to: Data, toAt: number, count: number): void {
  if (isBig(to)) to.set(asLongs(from).subarray(at, at + count), toAt);
  else asNumbers(to).set(asNumbers(from).subarray(at, at + count), toAt);
}
function fillRun(from: Data, at: number, to: Data, toAt: number, count: number): void {
  if (isBig(to)) to.fill(asLongs(from)[at], toAt, toAt + count);
  else asNumbers(to).fill(asNumbers(from)[at], toAt, toAt + count);
}

interface Array_ {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Data;
}
/** The part of an array that starts at `begin` and goes on by `strides`. */
export function boxAt(array: Array_, begin: readonly number[], strides?: readonly number[]): Box {
  const steps = stridesOf(slotShape(array));
  const at = begin.reduce((sum, b, i) => sum + b * steps[i], 0);
  return { data: array.data, at, steps: strides ? steps.map((s, i) => s * (strides[i] ?? 1)) : steps };
}
/** All of an array, under another shape of its size if given. */
export function wholeBox(array: Array_, shape: readonly number[] = array.shape): Box {
  return { data: array.data, at: 0, steps: stridesOf(slotShape(array, shape)) };
}
