/** Writing rows by index, on the host. */
import { copyRun, slots } from '../../base/box';
import { joinTexts } from '../../base/bytes';
import type { Data } from '../../base/dtype';
import { cShape, sameShape, sizeOf } from '../../base/shape';
import { type HostTable, type HostTensor, hostZeros, invalid, numbers } from '../kernel';
import { indexRow, rowStarts } from './gather';
import { withShortFloats } from './operands';

type Write = (target: Data, at: number, updates: Data, from: number, count: number) => void;

const put: Write = (target, at, updates, from, count) => copyRun(updates, from, target, at, count);
const plus: Write = (target, at, updates, from, count) => {
  const [a, b] = [target as Float32Array, updates as Float32Array];
  for (let i = 0; i < count; i++) a[at + i] += b[from + i];
};
const join: Write = (target, at, updates, from, count) => {
  const [a, b] = [target as string[], updates as string[]];
  for (let i = 0; i < count; i++) a[at + i] = joinTexts(a[at + i], b[from + i]);
};
const minus: Write = (target, at, updates, from, count) => {
  const [a, b] = [target as Float32Array, updates as Float32Array];
  for (let i = 0; i < count; i++) a[at + i] -= b[from + i];
};
const or: Write = (target, at, updates, from, count) => {
  const [a, b] = [target as Uint8Array, updates as Uint8Array];
  for (let i = 0; i < count; i++) a[at + i] |= b[from + i];
};
function adding(tensor: HostTensor): Write {
  return tensor.dtype.kind === 'bool' ? or : tensor.dtype.kind === 'string' ? join : plus;
}

function scatter(target: HostTensor, indices: HostTensor, updates: HostTensor, write: Write): void {
  const { shape } = target;
  if (indices.shape.length < 1) invalid(`Indices shape must have rank at least one. Found:${cShape(indices.shape)}`);
  if (updates.shape.length < 1) invalid(`Updates shape must have rank at least one. Found:${cShape(updates.shape)}`);
  const depth = indices.shape[indices.shape.length - 1];
  const outer = indices.shape.slice(0, -1);
  if (sizeOf(shape) === 0 && (sizeOf(indices.shape) > 0 || sizeOf(updates.shape) > 0)) {
    invalid(`Indices and updates specified for empty output. indices shape: ${cShape(indices.shape)}`);
  }
  if (!sameShape(updates.shape.slice(0, outer.length), outer)) {
    invalid(
      `Outer dimensions of indices and update must match. Indices shape: ${cShape(indices.shape)}, updates shape:${cShape(updates.shape)}`,
    );
  }
  const [slice, rest] = [shape.slice(depth), updates.shape.slice(outer.length)];
  if (depth > shape.length || rest.length !== slice.length) {
    invalid(
      `Inner dimensions of output shape must match inner dimensions of updates shape. Output: ${cShape(shape)} updates: ${cShape(updates.shape)}`,
    );
  }
  if (!sameShape(rest, slice)) {
    invalid(
      `The inner ${slice.length} dimensions of output.shape=${cShape(shape)} must match the inner ${rest.length} dimensions of updates.shape=${cShape(updates.shape)}`,
    );
  }
  const starts = rowStarts(indices, shape, slots(target));
  if (typeof starts === 'number')
    return invalid(`${indexRow(indices, -1 - starts)} does not index into shape ${cShape(shape)}`);
  const inner = sizeOf(shape.slice(depth)) * slots(target);
  for (let row = 0; row < starts.length; row++) write(target.data, starts[row], updates.data, row * inner, inner);
}

function scatterNd([indices, updates, shape]: readonly HostTensor[]): HostTensor {
  const out = hostZeros(updates.dtype, numbers(shape));
  // Strings that meet join, as numbers add up.
  if (sizeOf(out.shape) === 0 && (sizeOf(indices.shape) > 0 || sizeOf(updates.shape) > 0))
    invalid('Indices and updates specified for empty output shape');
  scatter(out, indices, updates, adding(updates));
  return out;
}
function onCopy(writeFor: (tensor: HostTensor) => Write) {
  return ([tensor, indices, updates]: readonly HostTensor[]): HostTensor => {
    const out = { ...tensor, data: tensor.data.slice() as Data };
    scatter(out, indices, updates, writeFor(tensor));
    return out;
  };
}

export const SCATTER_KERNELS: HostTable = withShortFloats({
  ScatterNd: scatterNd,
  ScatterNdNonAliasingAdd: onCopy(adding),
  TensorScatterUpdate: onCopy(() => put),
  TensorScatterAdd: onCopy(adding),
  TensorScatterSub: onCopy(() => minus),
});
