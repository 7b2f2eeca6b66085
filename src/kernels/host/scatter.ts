/** Writing rows by index, on the host. */
import { asLongs, asNumbers, asTexts } from '../../base/elements';
import { copyRun, slots } from '../../base/box';
import { joinTexts } from '../../base/bytes';
import { type DType, type Data, float16, isBig } from '../../base/dtype';
import { bfloatToNumber, halfToNumber, isHalf, numberToBfloat, numberToHalf } from '../../base/half';
import { numbersIn } from '../../base/nested';
import { cShape, sameShape, sizeOf } from '../../base/shape';
import { type HostKernelRow, type HostTable, type HostTensor, hostZeros, invalid, numbers, anyEmpty } from '../kernel';
import { indexRow, rowStarts } from './gather';
import { checkEmpty, checkRows } from './scatter-rows';

/** Made for two arrays: writes `count` elements of the second from `from` into the first from `at` on. */
export type Write = (target: Data, updates: Data) => (at: number, from: number, count: number) => void;

export const put: Write = (target, updates) => (at, from, count) => copyRun(updates, from, target, at, count);
/** Each sum is rounded, as it is written. */
const halves =
  (dtype: DType, sign: 1 | -1): Write =>
  (target, updates) => {
    const [to, back] = dtype === float16 ? [halfToNumber, numberToHalf] : [bfloatToNumber, numberToBfloat];
    const [a, b] = [asNumbers(target), asNumbers(updates)];
    return (at, from, count) => {
      for (let i = 0; i < count; i++) a[at + i] = back(Math.fround(to(a[at + i]) + sign * to(b[from + i])));
    };
  };
const plus: Write = (target, updates) => {
  if (isBig(target)) {
    const [a, b] = [target, asLongs(updates)];
    return (at, from, count) => {
      for (let i = 0; i < count; i++) a[at + i] += b[from + i];
    };
  }
  const [a, b] = [asNumbers(target), asNumbers(updates)];
  return (at, from, count) => {
    for (let i = 0; i < count; i++) a[at + i] += b[from + i];
  };
};
const join: Write = (target, updates) => {
  const [a, b] = [asTexts(target), asTexts(updates)];
  return (at, from, count) => {
    for (let i = 0; i < count; i++) a[at + i] = joinTexts(a[at + i], b[from + i]);
  };
};
const minus: Write = (target, updates) => {
  if (isBig(target)) {
    const [a, b] = [target, asLongs(updates)];
    return (at, from, count) => {
      for (let i = 0; i < count; i++) a[at + i] -= b[from + i];
    };
  }
  const [a, b] = [asNumbers(target), asNumbers(updates)];
  return (at, from, count) => {
    for (let i = 0; i < count; i++) a[at + i] -= b[from + i];
  };
};
const or: Write = (target, updates) => {
  const [a, b] = [asNumbers(target), asNumbers(updates)];
  return (at, from, count) => {
    for (let i = 0; i < count; i++) a[at + i] |= b[from + i];
  };
};
export function adding(tensor: HostTensor): Write {
  if (isHalf(tensor.dtype)) return halves(tensor.dtype, 1);
  return tensor.dtype.kind === 'bool' ? or : tensor.dtype.kind === 'string' ? join : plus;
}
/** The same with a sign. */
export const taking = ({ dtype }: HostTensor): Write => (isHalf(dtype) ? halves(dtype, -1) : minus);

type Shaped = Pick<HostTensor, 'shape'>;
/** @param size  of what is written into; where its shape is an operand, how many numbers that has */
function checkUpdates(size: number, indices: Shaped, updates: Shaped): void {
  if (indices.shape.length < 1) invalid(`Indices shape must have rank at least one. Found:${cShape(indices.shape)}`);
  if (updates.shape.length < 1) invalid(`Updates shape must have rank at least one. Found:${cShape(updates.shape)}`);
  checkEmpty(size, indices, updates, ' shape');
}
/** What rows of these shapes are written into must have this shape. */
function checkScatter(shape: readonly number[], indices: Shaped, updates: Shaped): void {
  const depth = indices.shape[indices.shape.length - 1];
  const outer = indices.shape.slice(0, -1);
  if (!sameShape(updates.shape.slice(0, outer.length), outer)) {
    invalid(
      `Outer dimensions of indices and update must match. Indices shape: ${cShape(indices.shape)}, ` +
        `updates shape:${cShape(updates.shape)}`,
    );
  }
  const [slice, rest] = [shape.slice(depth), updates.shape.slice(outer.length)];
  if (depth > shape.length || rest.length !== slice.length) {
    invalid(
      'Inner dimensions of output shape must match inner dimensions of updates shape. Output: ' +
        `${cShape(shape)} updates: ${cShape(updates.shape)}`,
    );
  }
  if (!sameShape(rest, slice)) {
    invalid(
      `The inner ${slice.length} dimensions of output.shape=${cShape(shape)} must match the inner ` +
        `${rest.length} dimensions of updates.shape=${cShape(updates.shape)}`,
    );
  }
  checkRows(shape, indices, updates);
}
/** Of a vector of indices the first is one row, and the others are left out: so TensorFlow writes them. */
export function asRows(indices: Shaped): readonly number[] {
  const { shape } = indices;
  return shape.length === 1 ? [Math.min(shape[0], 1), 1] : shape;
}
/** Operands that have been checked. */
function scatter(target: HostTensor, given: HostTensor, updates: HostTensor, write: Write): void {
  const { shape } = target;
  const indices = { ...given, shape: asRows(given) };
  const depth = indices.shape[indices.shape.length - 1];
  const starts = rowStarts(indices, shape, slots(target));
  if (typeof starts === 'number')
    return invalid(`${indexRow(given, -1 - starts)} does not index into shape ${cShape(shape)}`);
  const inner = sizeOf(shape.slice(depth)) * slots(target);
  const writeRow = write(target.data, updates.data);
  for (let row = 0; row < starts.length; row++) writeRow(starts[row], row * inner, inner);
}

function checkNd(indices: Shaped, updates: Shaped, shape: readonly number[]): void {
  const negative = shape.find((d) => d < 0);
  if (negative !== undefined) invalid(`Dimension ${negative} must be >= 0`);
  checkUpdates(shape.length, indices, updates);
  if (sizeOf(shape) === 0 && sizeOf(indices.shape) > 0)
    invalid(`Indices and updates specified for empty output.  indices shape: ${cShape(indices.shape)}`);
  checkScatter(shape, indices, updates);
}
function scatterNd([indices, updates, shape]: readonly HostTensor[]): HostTensor {
  const out = hostZeros(updates.dtype, numbers(shape));
  // Strings that meet join, as numbers add up.
  scatter(out, indices, updates, adding(updates));
  return out;
}
function checkCopy([{ shape }, indices, updates]: readonly Shaped[]): void {
  checkUpdates(sizeOf(shape), indices, updates);
  checkScatter(shape, indices, updates);
}
type Check = (inputs: readonly Shaped[]) => void;
function onCopy(writeFor: (tensor: HostTensor) => Write) {
  return ([tensor, indices, updates]: readonly HostTensor[]): HostTensor => {
    const out = { ...tensor, data: tensor.data.slice() };
    scatter(out, indices, updates, writeFor(tensor));
    return out;
  };
}

function onCopyRow(writeFor: (tensor: HostTensor) => Write, check: Check = checkCopy): HostKernelRow {
  return { run: onCopy(writeFor), check };
}
export const SCATTER_KERNELS: HostTable = {
  ScatterNd: {
    run: scatterNd,
    elements: [2],
    check: ([indices, updates, { shape, data }]) => {
      if (!data) return;
      if (shape.length !== 1) invalid('Shape must be a vector');
      checkNd(indices, updates, numbersIn({ data }));
    },
  },
  ScatterNdNonAliasingAdd: {
    ...onCopyRow(adding, ([{ shape }, ...operands]) => checkRows(shape, operands[0], operands[1])),
    leftToHost: ([, indices]) => anyEmpty([indices]),
  },
  TensorScatterUpdate: onCopyRow(() => put),
  TensorScatterAdd: onCopyRow(adding),
  TensorScatterSub: onCopyRow(taking),
};
