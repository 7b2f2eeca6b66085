/** Borders around tensors, on the host. */
import { type Cells, fillFrom } from '../../base/elements';
import { type Box, addBox, boxAt, copyBox, slotShape, slots, wholeBox } from '../../base/box';
import type { Data } from '../../base/dtype';
import { cShape } from '../../base/shape';
import { type HostTable, type HostTensor, type KernelNode, attr, hostZeros, invalid } from '../kernel';
import { withShortFloats } from './operands';
import { type Integers, integers } from './slice';

type Paddings = readonly (readonly [before: number, after: number])[];
/** @param comma  TensorFlow's sentence has one where it mirrors */
function paddingsOf(input: readonly number[], { shape, values }: Integers, comma = ''): Paddings {
  if (shape.length !== 2 || shape[1] !== 2)
    return invalid(`paddings must be a matrix with 2 columns: ${cShape(shape)}`);
  if (shape[0] !== input.length)
    return invalid(
      `The first dimension of paddings must be the rank of inputs${cShape(shape)}${comma} ${cShape(input)}`,
    );
  return input.map((_, i) => [values[2 * i], values[2 * i + 1]]);
}
/** Of Pad and PadV2. */
export function constantPaddings(input: readonly number[], given: Integers, fill: readonly number[]): Paddings {
  const pads = paddingsOf(input, given);
  pads.forEach(([before, after]) => {
    if (before < 0 || after < 0) invalid(`Paddings must be non-negative: ${before} ${after}`);
  });
  if (fill.length !== 0) return invalid(`constant_values must be a scalar. Found: ${cShape(fill)}`);
  return pads;
}
/** Of MirrorPad. */
export function mirrorPaddings(input: readonly number[], given: Integers, node: KernelNode): Paddings {
  const pads = paddingsOf(input, given, ',');
  input.forEach((dim, i) => checkMirror(dim, pads[i], mirrorOffset(node)));
  return pads;
}

function pad([input, paddings, fill]: readonly HostTensor[]): HostTensor {
  const pads = constantPaddings(input.shape, integers(paddings), fill?.shape ?? []);
  const out = hostZeros(
    input.dtype,
    input.shape.map((n, i) => n + pads[i][0] + pads[i][1]),
  );
  if (fill) fillWith(out.data, fill);
  copyBox(
    slotShape(input),
    wholeBox(input),
    boxAt(
      out,
      pads.map(([before]) => before),
    ),
  );
  return out;
}
function fillWith(data: Data, value: HostTensor): void {
  const n = slots(value);
  if (n === 1) fillFrom(data, value.data);
  else for (let i = 0, to: Cells = data; i < to.length; i++) to[i] = value.data[i % n];
}

/** Elements on each side that are the border's own: 1 where it mirrors at the edge's middle, 0 at its outside. */
function mirrorOffset(node: KernelNode): number {
  return attr(node, 'mode') === 'REFLECT' ? 1 : 0;
}

function checkMirror(
  dim: number,
  [before, after]: readonly [number, number],
  offset: number,
  what = 'dimension',
): void {
  if (before < 0 || after < 0) invalid(`paddings must be non-negative: ${before} ${after}`);
  if (offset === 0 && (before > dim || after > dim))
    invalid(`paddings must be no greater than the ${what} size: ${before}, ${after} greater than ${dim}`);
  if (offset === 1 && (before >= dim || after >= dim))
    invalid(`paddings must be less than the ${what} size: ${before}, ${after} not less than ${dim}`);
}

/** One dimension after the other: the border of a later one mirrors those of the earlier ones too. */
function mirrorPad([input, paddings]: readonly HostTensor[], node: KernelNode): HostTensor {
  const pads = mirrorPaddings(input.shape, integers(paddings), node);
  const offset = mirrorOffset(node);
  const out = hostZeros(
    input.dtype,
    input.shape.map((n, i) => n + pads[i][0] + pads[i][1]),
  );
  const inside = boxAt(
    out,
    pads.map(([before]) => before),
  );
  const { steps } = inside;
  copyBox(slotShape(input), wholeBox(input), inside);
  eachMirror(input.shape, pads, offset, inside, (sizes, inner, border, stepsInner) => {
    copyBox(
      slotShape(input, sizes),
      { data: out.data, at: inner, steps: stepsInner },
      { data: out.data, at: border, steps },
    );
  });
  return out;
}

/**
 * Names each border and what it mirrors, from the first dimension to the last: a box of `sizes` that starts at
 * `border`, and the one at `inner` whose steps along the mirrored dimension are negative.
 */
function eachMirror(
  shape: readonly number[],
  pads: Paddings,
  offset: number,
  { at: start, steps }: Box,
  each: (sizes: number[], inner: number, border: number, stepsInner: number[]) => void,
): void {
  const sizes = [...shape];
  let at = start;
  shape.forEach((dim, d) => {
    const [before, after] = pads[d];
    const stepsInner = steps.map((s, i) => (i === d ? -s : s));
    const part = (n: number): number[] => sizes.map((s, i) => (i === d ? n : s));
    each(part(before), at + (before - 1 + offset) * steps[d], at - before * steps[d], stepsInner);
    each(part(after), at + (dim - 1 - offset) * steps[d], at + dim * steps[d], stepsInner);
    at -= before * steps[d];
    sizes[d] += before + after;
  });
}

/** Folds the borders back: the steps of mirrorPad in reverse. */
function mirrorPadGrad([dy, paddings]: readonly HostTensor[], node: KernelNode): HostTensor {
  const pads = paddingsOf(dy.shape, integers(paddings));
  const offset = mirrorOffset(node);
  const shape = dy.shape.map((n, i) => n - pads[i][0] - pads[i][1]);
  shape.forEach((dim, i) => checkMirror(dim, pads[i], offset, 'output dimension'));
  const sum = { ...dy, data: dy.data.slice() };
  const inside = boxAt(
    sum,
    pads.map(([before]) => before),
  );
  const { steps } = inside;
  const folds: (() => void)[] = [];
  eachMirror(shape, pads, offset, inside, (sizes, inner, border, stepsInner) => {
    folds.push(() =>
      addBox(
        slotShape(dy, sizes),
        { data: sum.data, at: border, steps },
        { data: sum.data, at: inner, steps: stepsInner },
      ),
    );
  });
  for (const fold of folds.reverse()) fold();
  const out = hostZeros(dy.dtype, shape);
  copyBox(slotShape(dy, shape), inside, wholeBox(out));
  return out;
}

export const PAD_KERNELS: HostTable = {
  Pad: { run: pad, cost: 1 },
  PadV2: { run: pad, cost: 1 },
  MirrorPad: { run: mirrorPad, cost: 1 },
  ...withShortFloats({ MirrorPadGrad: { run: mirrorPadGrad, cost: 2 } }),
};
