/** Positions of true elements, and distinct elements, on the host. */
import { type Cells, asLongs, setInteger } from '../../base/elements';
import { slots } from '../../base/box';
import { int64, zerosOf } from '../../base/dtype';
import { sizeOf } from '../../base/shape';
import { type HostTable, type HostTensor, type KernelNode, attr, host, hostZeros, invalid } from '../kernel';
import { asCompared, withShortFloats } from './operands';

function where([input]: readonly HostTensor[]): HostTensor {
  const rank = input.shape.length;
  if (rank === 0) return invalid('WhereOp : Unhandled input dimensions: 0');
  const unit = slots(input);
  const n = sizeOf(input.shape);
  // `true` for anything that is not zero, of any type: of NaN too.
  const { data } = input;
  const isSet = (i: number): boolean => Boolean(data[i]) || data[i] !== data[i];
  const isFound = (i: number): boolean => isSet(i * unit) || (unit === 2 && isSet(i * unit + 1));
  let count = 0;
  for (let i = 0; i < n; i++) if (isFound(i)) count++;
  // A list of the places would end the process where it has more than V8's arrays hold.
  const out = asLongs(zerosOf(int64, count * rank, [count, rank]));
  for (let i = 0, row = 0; i < n; i++) {
    if (!isFound(i)) continue;
    for (let d = rank - 1, rest = i; d >= 0; d--) {
      out[row * rank + d] = BigInt(rest % input.shape[d]);
      rest = Math.floor(rest / input.shape[d]);
    }
    row++;
  }
  return host(int64, [count, rank], out);
}

/**
 * Distinct elements in order of appearance, the place of each element among them, and how often each appears. Numbers
 * below the least normal one are compared as 0, and handed on as they are.
 */
function unique([x]: readonly HostTensor[], node: KernelNode): HostTensor[] {
  if (x.shape.length !== 1) return invalid('unique expects a 1D vector.');
  const [n] = x.shape;
  const at = new Places();
  const indexType = attr(node, 'out_idx');
  const idx = hostZeros(indexType, x.shape);
  const seen = asCompared(x);
  const [first, counts] = [new Uint32Array(n), new Uint32Array(n)];
  let distinct = 0;
  for (let i = 0; i < n; i++) {
    const value = seen[i];
    // NaN differs from itself, so each is a distinct element.
    let place = value === value ? at.get(value) : undefined;
    if (place === undefined) {
      place = distinct++;
      first[place] = i;
      if (value === value) at.set(value, place);
    }
    counts[place]++;
    setInteger(idx.data, i, place);
  }
  const y = zerosOf(x.dtype, distinct);
  for (let k = 0, to: Cells = y; k < distinct; k++) to[k] = x.data[first[k]];
  const out = [host(x.dtype, [distinct], y), idx];
  if (node.outputTypes.length === 3) {
    const count = hostZeros(indexType, [distinct]);
    for (let k = 0; k < distinct; k++) setInteger(count.data, k, counts[k]);
    out.push(count);
  }
  return out;
}
/** Where values are: a Map holds no more than 2^24, so that of more there are several. */
class Places {
  private static readonly MOST = 2 ** 24 - 1;
  private newest = new Map<number | bigint | string, number>();
  private readonly full: Map<number | bigint | string, number>[] = [];
  get(value: number | bigint | string): number | undefined {
    let place = this.newest.get(value);
    for (let i = 0; place === undefined && i < this.full.length; i++) place = this.full[i].get(value);
    return place;
  }
  set(value: number | bigint | string, place: number): void {
    if (this.newest.size === Places.MOST) {
      this.full.push(this.newest);
      this.newest = new Map();
    }
    this.newest.set(value, place);
  }
}

export const WHERE_KERNELS: HostTable = {
  ...withShortFloats({ Where: { run: where, cost: 5 } }),
  Unique: { run: unique, cost: 30 },
  UniqueWithCounts: { run: unique, cost: 30 },
};
