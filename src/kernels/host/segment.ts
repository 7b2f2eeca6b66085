/** Sums and extremes over segments of rows, on the host. */
import { slots } from '../../base/box';
import { type DType, type Data, float32, isBig } from '../../base/dtype';
import { cShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostTable, type HostTensor, hostZeros, invalid, registerHostKernels } from '../kernel';
import { elementName, indexData } from './gather';
import { withShortFloats } from './loops';

/** out[at + i] = out[at + i] ∘ data[from + i] for `count` elements. */
type Combine = (out: Data, at: number, data: Data, from: number, count: number) => void;

const sum: Combine = (out, at, data, from, count) => {
  const [a, b] = [out as Float32Array, data as Float32Array];
  for (let i = 0; i < count; i++) a[at + i] += b[from + i];
};
const product: Combine = (out, at, data, from, count) => {
  const [a, b] = [out as Float32Array, data as Float32Array];
  for (let i = 0; i < count; i++) a[at + i] *= b[from + i];
};
const largest: Combine = (out, at, data, from, count) => {
  const [a, b] = [out as Float32Array, data as Float32Array];
  for (let i = 0; i < count; i++) if (b[from + i] > a[at + i]) a[at + i] = b[from + i];
};
const smallest: Combine = (out, at, data, from, count) => {
  const [a, b] = [out as Float32Array, data as Float32Array];
  for (let i = 0; i < count; i++) if (b[from + i] < a[at + i]) a[at + i] = b[from + i];
};

/** The least and the greatest finite value of a dtype: what a segment without rows has for a maximum and a minimum. */
function limits(dtype: DType): readonly [number | bigint, number | bigint] {
  if (dtype.isFloating) {
    const most = dtype === float32 ? 3.4028234663852886e38 : Number.MAX_VALUE;
    return [-most, most];
  }
  const bits = BigInt(dtype.size * 8);
  const [low, high] =
    dtype.kind === 'uint' ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
  return dtype.size === 8 ? [low, high] : [Number(low), Number(high)];
}
function start(data: Data, value: number | bigint): void {
  (data as Float32Array).fill((isBig(data) ? BigInt(value) : value) as number);
}

/** Rows whose segment is negative are left out. */
function unsorted(combine: Combine, empty: (dtype: DType) => number | bigint): HostKernel {
  return ([data, ids, count]) => {
    if (count.shape.length !== 0) return invalid(`num_segments should be a scalar, not shape ${cShape(count.shape)}`);
    if (ids.shape.length > data.shape.length || ids.shape.some((n, i) => n !== data.shape[i])) {
      return invalid(`data.shape = ${cShape(data.shape)} does not start with segment_ids.shape = ${cShape(ids.shape)}`);
    }
    const rows = Number(count.data[0]);
    if (rows < 0) return invalid(`Input num_segments == ${rows} must not be negative.`);
    const tail = data.shape.slice(ids.shape.length);
    const out = hostZeros(data.dtype, [rows, ...tail]);
    const initial = empty(data.dtype);
    if (Number(initial) !== 0) start(out.data, initial);
    const inner = sizeOf(tail) * slots(data);
    const id = indexData(ids);
    for (let i = 0; i < id.length; i++) {
      const segment = id[i];
      if (segment < 0) continue;
      if (segment >= rows)
        return invalid(`segment_ids${elementName(ids.shape, i)} = ${segment} is out of range [0, ${rows})`);
      combine(out.data, segment * inner, data.data, i * inner, inner);
    }
    return out;
  };
}

/** Segment numbers that only rise; a segment without rows gives `gap`. */
function sorted(combine: Combine, gap: number, mean = false): HostKernel {
  return ([data, ids]) => {
    if (ids.shape.length !== 1) return invalid('segment_ids should be a vector.');
    if (data.shape.length < 1 || data.shape[0] !== ids.shape[0])
      return invalid('segment_ids should be the same size as dimension 0 of input.');
    const id = indexData(ids);
    const rows = id.length ? id[id.length - 1] + 1 : 0;
    const tail = data.shape.slice(1);
    const out = hostZeros(data.dtype, [rows, ...tail]);
    if (gap !== 0) start(out.data, gap);
    const inner = sizeOf(tail) * slots(data);
    for (let i = 0, first = 0; i < id.length; i++) {
      const segment = id[i];
      if (segment < 0) return invalid('segment ids must be >= 0');
      const opens = i === 0 || segment !== id[i - 1];
      if (!opens) combine(out.data, segment * inner, data.data, i * inner, inner);
      else {
        if (i > 0 && segment < id[i - 1]) return invalid('segment ids are not increasing');
        first = i;
        for (let k = 0; k < inner; k++)
          (out.data as Float32Array)[segment * inner + k] = (data.data as Float32Array)[i * inner + k];
      }
      if (mean && (i === id.length - 1 || id[i + 1] !== segment))
        divide(out.data, segment * inner, inner, i + 1 - first, data);
    }
    return out;
  };
}
function divide(out: Data, at: number, count: number, by: number, { dtype }: HostTensor): void {
  if (isBig(out)) for (let i = 0; i < count; i++) out[at + i] /= BigInt(by);
  else
    for (let i = 0, a = out as Float32Array; i < count; i++)
      a[at + i] = dtype.isInteger ? Math.trunc(a[at + i] / by) : a[at + i] / by;
}

export const SEGMENT_KERNELS: HostTable = withShortFloats({
  UnsortedSegmentSum: unsorted(sum, () => 0),
  UnsortedSegmentProd: unsorted(product, () => 1),
  UnsortedSegmentMax: unsorted(largest, (dtype) => limits(dtype)[0]),
  UnsortedSegmentMin: unsorted(smallest, (dtype) => limits(dtype)[1]),
  SegmentSum: sorted(sum, 0),
  SegmentMean: sorted(sum, 0, true),
  SegmentProd: sorted(product, 1),
  SegmentMax: sorted(largest, 0),
  SegmentMin: sorted(smallest, 0),
});
registerHostKernels(SEGMENT_KERNELS);
