/** Reading rows by index, on the host. */
import { asNumbers } from '../../base/elements';
import { copyRun, slots } from '../../base/box';
import { cShape, sizeOf } from '../../base/shape';
import { type HostTable, type HostTensor, type KernelNode, type Sized, attr, hostZeros, invalid } from '../kernel';

/** `[1,2]` for a position in a tensor, and nothing for a scalar: how TensorFlow's errors name an element. */
export function elementName(shape: readonly number[], position: number): string {
  if (shape.length === 0) return '';
  const at: number[] = [];
  for (let d = shape.length - 1, rest = position; d >= 0; rest = Math.floor(rest / shape[d]), d--)
    at.unshift(rest % shape[d]);
  return `[${at.join(',')}]`;
}
/** The elements of an index tensor as numbers; int32 ones as they are. */
export function indexData({ data }: HostTensor): ArrayLike<number> {
  if (!(data instanceof BigInt64Array)) return asNumbers(data);
  // By their halves: a bigint for each takes 25 times as long.
  const words = new Int32Array(data.buffer, data.byteOffset, data.length * 2);
  const out = new Float64Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = (words[2 * i] >>> 0) + words[2 * i + 1] * 2 ** 32;
  return out;
}

/** Every index must be below `dim`. */
export function checkIndices(index: ArrayLike<number>, shape: readonly number[], dim: number): void {
  for (let i = 0; i < index.length; i++) {
    if (!(index[i] >= 0 && index[i] < dim))
      invalid(`indices${elementName(shape, i)} = ${index[i]} is not in [0, ${dim})`);
  }
}

/** params[..., indices, ...] along `axis`; the first `batchDims` dimensions go with those of the indices. */
function gatherAlong(params: HostTensor, indices: HostTensor, axis: number, batchDims: number): HostTensor {
  const rank = params.shape.length;
  const dim = params.shape[axis];
  const batch = sizeOf(indices.shape.slice(0, batchDims));
  const outer = sizeOf(params.shape.slice(batchDims, axis));
  const inner = sizeOf(params.shape.slice(axis + 1)) * slots(params);
  const count = sizeOf(indices.shape.slice(batchDims));
  const out = hostZeros(params.dtype, [
    ...params.shape.slice(0, axis),
    ...indices.shape.slice(batchDims),
    ...params.shape.slice(axis + 1, rank),
  ]);
  const index = indexData(indices);
  // Where nothing is looked up nothing is wrong.
  if (outer) checkIndices(index, indices.shape, dim);
  for (let b = 0, to = 0; b < batch; b++) {
    for (let o = 0; o < outer; o++) {
      const base = (b * outer + o) * dim * inner;
      for (let i = b * count; i < (b + 1) * count; i++, to += inner)
        copyRun(params.data, base + index[i] * inner, out.data, to, inner);
    }
  }
  return out;
}

function checkAxis({ shape }: { readonly shape: readonly number[] }): void {
  if (shape.length) invalid('axis must be scalar');
}
/** The axis of a GatherV2, and how many dimensions its operands share; neither is negative. */
export function gatherAxes(
  params: readonly number[],
  indices: readonly number[],
  given: number,
  node: KernelNode,
): { axis: number; batchDims: number } {
  const rank = params.length;
  if (rank === 0) return invalid('params must be at least 1 dimensional');
  if (given < -rank || given >= rank)
    return invalid(`Expected axis in the range [${-rank}, ${rank}), but got ${given}`);
  const axis = given < 0 ? given + rank : given;
  const asked = 'batch_dims' in node.attrs ? attr(node, 'batch_dims') : 0;
  const indexRank = indices.length;
  const batchDims = asked < 0 ? asked + indexRank : asked;
  if (asked && (batchDims < 0 || batchDims >= indexRank))
    return invalid(`Expected batch_dims in the range [${-indexRank}, ${indexRank}), but got ${batchDims}`);
  if (batchDims >= rank) return invalid(`batch_dims (${batchDims}) must be less than rank(params) (${rank}).`);
  if (axis < batchDims) return invalid(`batch_dims (${batchDims}) must be less than or equal to axis (${axis}).`);
  for (let i = 0; i < batchDims; i++) {
    if (params[i] !== indices[i])
      return invalid(`params.shape[${i}]: ${params[i]} should be equal to indices.shape[${i}]: ${indices[i]}`);
  }
  return { axis, batchDims };
}
function gatherV2([params, indices, axisGiven]: readonly HostTensor[], node: KernelNode): HostTensor {
  const { axis, batchDims } = gatherAxes(params.shape, indices.shape, Number(axisGiven.data[0]), node);
  return gatherAlong(params, indices, axis, batchDims);
}

function gather([params, indices]: readonly HostTensor[]): HostTensor {
  return params.shape.length === 0
    ? invalid('params must be at least 1 dimensional')
    : gatherAlong(params, indices, 0, 0);
}

/** Where each row of an [..., depth] index tensor starts in an array of `shape`; `-1 - row` for one that is outside. */
export function rowStarts(indices: HostTensor, shape: readonly number[], unit: number): Float64Array | number {
  const depth = indices.shape[indices.shape.length - 1];
  const count = sizeOf(indices.shape.slice(0, -1));
  const index = indexData(indices);
  const starts = new Float64Array(count);
  const inner = sizeOf(shape.slice(depth)) * unit;
  for (let row = 0; row < count; row++) {
    let at = 0;
    for (let k = 0; k < depth; k++) {
      const i = index[row * depth + k];
      if (!(i >= 0 && i < shape[k])) return -1 - row;
      at = at * shape[k] + i;
    }
    starts[row] = at * inner;
  }
  return starts;
}
/** `indices[2] = [4, 0]`: a row of an index tensor, for errors. */
export function indexRow(indices: HostTensor, row: number): string {
  const depth = indices.shape[indices.shape.length - 1];
  const places = Array.from(indices.data.slice(row * depth, (row + 1) * depth), Number);
  return `indices${elementName(indices.shape.slice(0, -1), row)} = [${places.join(', ')}]`;
}

/** The last row that is outside, which TensorFlow names; `first` is the first one. */
function lastOutside(indices: HostTensor, shape: readonly number[], first: number): number {
  const depth = indices.shape[indices.shape.length - 1];
  const index = indexData(indices);
  const isOutside = (row: number): boolean =>
    shape.slice(0, depth).some((d, k) => !(index[row * depth + k] >= 0 && index[row * depth + k] < d));
  let row = index.length / depth - 1;
  while (row > first && !isOutside(row)) row--;
  return row;
}
function gatherNd([params, indices]: readonly HostTensor[]): HostTensor {
  if (params.shape.length === 0) return invalid('params must be at least a vector');
  if (indices.shape.length === 0) return invalid('indices must be at least a vector');
  const depth = indices.shape[indices.shape.length - 1];
  if (depth > params.shape.length)
    return invalid(`index innermost dimension length must be <= params rank; saw: ${depth} vs. ${params.shape.length}`);
  const out = hostZeros(params.dtype, [...indices.shape.slice(0, -1), ...params.shape.slice(depth)]);
  if (sizeOf(params.shape) === 0 && sizeOf(indices.shape.slice(0, -1)) > 0)
    return invalid(`Requested more than 0 entries, but params is empty.  Params shape: ${cShape(params.shape)}`);
  const inner = sizeOf(params.shape.slice(depth)) * slots(params);
  const starts = rowStarts(indices, params.shape, slots(params));
  if (typeof starts === 'number') {
    const row = lastOutside(indices, params.shape, -1 - starts);
    return invalid(`${indexRow(indices, row)} does not index into param shape ${cShape(params.shape)}`);
  }
  for (let row = 0; row < starts.length; row++) copyRun(params.data, starts[row], out.data, row * inner, inner);
  return out;
}

/**
 * Only what is read and written counts, not how large the table is; but a table that is not here would have to come
 * whole, which the device, weighed by its largest operand, seems to pay for as well.
 */
const byIndices = ([params, indices]: readonly Sized[]): number => {
  const rows = params.shape.length ? params.size / (params.shape[0] || 1) : 1;
  return indices.size * rows + (params.data === null ? params.size * 0.3 : 0) + 20;
};

export const GATHER_KERNELS: HostTable = {
  GatherV2: {
    run: gatherV2,
    cost: byIndices,
    elements: [2],
    check: ([params, indices, axis], node) => {
      checkAxis(axis);
      if (axis.data) gatherAxes(params.shape, indices.shape, Number(axis.data[0]), node);
    },
  },
  Gather: { run: gather, cost: byIndices },
  GatherNd: { run: gatherNd, cost: byIndices },
};
