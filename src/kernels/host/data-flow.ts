/** Partitions, their undoing, and differences of lists, on the host. */
import { type Cells, asNumbers, setInteger } from '../../base/elements';
import { copyRun, slots } from '../../base/box';
import { zerosOf } from '../../base/dtype';
import { cShape, sameShape, sizeOf } from '../../base/shape';
import {
  type HostKernel,
  type HostTable,
  type HostTensor,
  type KernelNode,
  attr,
  host,
  hostZeros,
  invalid,
} from '../kernel';
import { elementName } from './gather';
import { asCompared } from './operands';

const stitch: HostKernel = (inputs, node) => {
  const n = attr(node, 'N');
  const [indices, data] = [inputs.slice(0, n), inputs.slice(n)];
  let rows = 0;
  indices.forEach((at, i) => {
    const rest = data[i].shape.slice(at.shape.length);
    if (!sameShape(data[i].shape.slice(0, at.shape.length), at.shape))
      invalid(
        `data[${i}].shape = ${cShape(data[i].shape)} does not start with indices[${i}].shape = ${cShape(at.shape)}`,
      );
    if (!sameShape(rest, data[0].shape.slice(indices[0].shape.length))) {
      invalid(
        `Need data[0].shape[${indices[0].shape.length}:] = data[${i}].shape[${at.shape.length}:], ` +
          `got data[0].shape = ${cShape(data[0].shape)}, data[${i}].shape = ${cShape(data[i].shape)}, ` +
          `indices[0].shape = ${cShape(indices[0].shape)}, indices[${i}].shape = ${cShape(at.shape)}`,
      );
    }
    for (const row of asNumbers(at.data)) if (row >= rows) rows = row + 1;
  });
  const rest = data[0].shape.slice(indices[0].shape.length);
  const out = hostZeros(data[0].dtype, [rows, ...rest]);
  // Without a row to write to, indices are not looked at.
  if (!rows) return out;
  const inner = sizeOf(rest) * slots(data[0]);
  indices.forEach((at, i) => {
    asNumbers(at.data).forEach((row, k) => {
      if (row < 0) invalid(`indices[${k}] is out of range`);
      copyRun(data[i].data, k * inner, out.data, row * inner, inner);
    });
  });
  return out;
};

function partition([data, partitions]: readonly HostTensor[], node: KernelNode): HostTensor[] {
  const n = attr(node, 'num_partitions');
  const rank = partitions.shape.length;
  if (!sameShape(data.shape.slice(0, rank), partitions.shape)) {
    return invalid(
      `data.shape must start with partitions.shape, got data.shape = ${cShape(data.shape)}, ` +
        `partitions.shape = ${cShape(partitions.shape)}`,
    );
  }
  const number = asNumbers(partitions.data);
  const counts = new Array<number>(n).fill(0);
  number.forEach((p, i) => {
    if (p < 0 || p >= n) invalid(`partitions${elementName(partitions.shape, i)} = ${p} is not in [0, ${n})`);
    counts[p]++;
  });
  const rest = data.shape.slice(rank);
  const inner = sizeOf(rest) * slots(data);
  const out = counts.map((count) => hostZeros(data.dtype, [count, ...rest]));
  const filled = new Array<number>(n).fill(0);
  number.forEach((p, i) => copyRun(data.data, i * inner, out[p].data, filled[p]++ * inner, inner));
  return out;
}

function difference([x, y]: readonly HostTensor[], node: KernelNode): HostTensor[] {
  if (x.shape.length !== 1) return invalid('x should be a 1D vector.');
  if (y.shape.length !== 1) return invalid('y should be a 1D vector.');
  const [seen, without] = [asCompared(x), new Set<unknown>(asCompared(y))];
  const all = new Uint32Array(x.data.length);
  let found = 0;
  // NaN differs from itself.
  for (let i = 0; i < x.data.length; i++) if (seen[i] !== seen[i] || !without.has(seen[i])) all[found++] = i;
  const places = all.subarray(0, found);
  const [out, idx] = [zerosOf(x.dtype, places.length), zerosOf(attr(node, 'out_idx'), places.length)];
  const kept: Cells = out;
  places.forEach((from, to) => {
    kept[to] = x.data[from];
    setInteger(idx, to, from);
  });
  return [host(x.dtype, [places.length], out), host(attr(node, 'out_idx'), [places.length], idx)];
}

export const DATA_FLOW_KERNELS: HostTable = {
  DynamicStitch: stitch,
  ParallelDynamicStitch: stitch,
  DynamicPartition: partition,
  ListDiff: { run: difference, cost: 30 },
};
