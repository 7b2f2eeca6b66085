/** Positions of true elements, and distinct elements, on the host. */
import { slots } from '../../base/box';
import { type Data, int64, zerosOf } from '../../base/dtype';
import { sizeOf } from '../../base/shape';
import { type HostTable, type HostTensor, type KernelNode, attr, host, hostZeros, invalid } from '../kernel';
import { withShortFloats, withZeros } from './operands';

function where([input]: readonly HostTensor[]): HostTensor {
  const rank = input.shape.length;
  if (rank === 0) return invalid('WhereOp : Unhandled input dimensions: 0');
  const unit = slots(input);
  const found: number[] = [];
  const n = sizeOf(input.shape);
  // `true` for anything that is not zero, of any type: of NaN too.
  const { data } = input;
  const isSet = (i: number): boolean => Boolean(data[i]) || data[i] !== data[i];
  for (let i = 0; i < n; i++) if (isSet(i * unit) || (unit === 2 && isSet(i * unit + 1))) found.push(i);
  const out = new BigInt64Array(found.length * rank);
  found.forEach((position, row) => {
    for (let d = rank - 1, rest = position; d >= 0; d--) {
      out[row * rank + d] = BigInt(rest % input.shape[d]);
      rest = Math.floor(rest / input.shape[d]);
    }
  });
  return host(int64, [found.length, rank], out);
}

/** Distinct elements in order of appearance, the place of each element among them, and how often each appears. */
function unique([x]: readonly HostTensor[], node: KernelNode): HostTensor[] {
  if (x.shape.length !== 1) return invalid('unique expects a 1D vector.');
  const at = new Map<number | bigint | string, number>();
  const indexType = attr(node, 'out_idx');
  const idx = hostZeros(indexType, x.shape);
  const first: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < x.shape[0]; i++) {
    const value = x.data[i];
    // NaN differs from itself, so each is a distinct element.
    let place = value === value ? at.get(value) : undefined;
    if (place === undefined) {
      place = first.push(i) - 1;
      counts.push(0);
      at.set(value, place);
    }
    counts[place]++;
    set(idx.data, i, place);
  }
  const y = zerosOf(x.dtype, first.length);
  first.forEach((i, k) => {
    (y as Float32Array)[k] = (x.data as Float32Array)[i];
  });
  const out = [host(x.dtype, [first.length], y), idx];
  if (node.outputTypes.length === 3) {
    const count = hostZeros(indexType, [first.length]);
    counts.forEach((c, k) => set(count.data, k, c));
    out.push(count);
  }
  return out;
}
function set(data: Data, i: number, value: number): void {
  if (data instanceof BigInt64Array) data[i] = BigInt(value);
  else (data as Int32Array)[i] = value;
}

export const WHERE_KERNELS: HostTable = {
  ...withShortFloats({ Where: { run: where, cost: 5 } }),
  ...withZeros({ Unique: { run: unique, cost: 30 }, UniqueWithCounts: { run: unique, cost: 30 } }),
};
