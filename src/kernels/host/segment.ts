/** Sums and extremes over segments of rows, on the host. */
import { type Elements, asFloats, asLongs, asNumbers } from '../../base/elements';
import { copyRun, slots } from '../../base/box';
import { castData } from '../../base/cast';
import { type DType, type Data, int32, isBig, limitsOf } from '../../base/dtype';
import { ADDRESSES, exhausted } from '../../base/room';
import { cShape, sizeOf } from '../../base/shape';
import {
  type Checked,
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  type KernelNode,
  hostZeros,
  invalid,
} from '../kernel';
import { multiplyAt } from './complex';
import { elementName, indexData } from './gather';
import { leastOf, withShortFloats } from './operands';

/** Made for two arrays: out[at + i] = out[at + i] ∘ data[from + i] for `count` elements. */
type Combine = (out: Data, data: Data) => (at: number, from: number, count: number) => void;
type Loop<E extends number | bigint> = (a: Elements<E>, b: Elements<E>) => ReturnType<Combine>;

/** A loop for numbers, and its like for 64-bit integers. */
function combining(ofNumbers: Loop<number>, ofLongs: Loop<bigint>): Combine {
  return (out, data) => (isBig(out) ? ofLongs(out, asLongs(data)) : ofNumbers(asNumbers(out), asNumbers(data)));
}
const sum = combining(
  (a, b) => (at, from, count) => {
    for (let i = 0; i < count; i++) a[at + i] += b[from + i];
  },
  (a, b) => (at, from, count) => {
    for (let i = 0; i < count; i++) a[at + i] += b[from + i];
  },
);
const product: Combine = (out, data) => {
  if (isBig(out)) {
    const [a, b] = [out, asLongs(data)];
    return (at, from, count) => {
      for (let i = 0; i < count; i++) a[at + i] *= b[from + i];
    };
  }
  const [a, b, least] = [asNumbers(out), asNumbers(data), leastOf(out)];
  return (at, from, count) => {
    for (let i = 0; i < count; i++) {
      const v = a[at + i] * b[from + i];
      // What is subnormal on the way counts as 0 in the next product.
      a[at + i] = v < least && v > -least ? v * 0 : v;
    }
  };
};
const integerProduct: Combine = (out, data) => {
  const [a, b] = [asNumbers(out), asNumbers(data)];
  return (at, from, count) => {
    for (let i = 0; i < count; i++) a[at + i] = Math.imul(a[at + i], b[from + i]);
  };
};
const complexProduct: Combine = (out, data) => {
  const [a, b] = [asFloats(out), asFloats(data)];
  return (at, from, count) => {
    for (let i = 0; i < count / 2; i++) multiplyAt(a, at / 2 + i, b, from / 2 + i);
  };
};
const productOf = (dtype: DType): Combine =>
  dtype.isComplex ? complexProduct : dtype.isInteger && dtype.size < 8 ? integerProduct : product;
type Beats = <E extends number | bigint>(x: E, best: E) => boolean;
/** The element that beats the best so far takes its place. */
const extreme = (beats: Beats): Combine => {
  const loop =
    <E extends number | bigint>(a: Elements<E>, b: Elements<E>): ReturnType<Combine> =>
    (at, from, count) => {
      for (let i = 0; i < count; i++) if (beats(b[from + i], a[at + i])) a[at + i] = b[from + i];
    };
  return combining(loop, loop);
};
// What is not less than the largest so far, NaN with it, takes its place: std::max(row, largest).
const larger = extreme((x, best) => !(x < best));
const smaller = extreme((x, best) => !(x > best));
// NaN is left out.
const largest = extreme((x, best) => x > best);
const smallest = extreme((x, best) => x < best);

/** Fills a stretch with one value, given as real part. */
function fill(
  { data, dtype }: { readonly data: Data; readonly dtype: DType },
  value: number | bigint,
  at = 0,
  n = data.length,
): void {
  if (isBig(data)) data.fill(BigInt(value), at, at + n);
  else if (!dtype.isComplex) asNumbers(data).fill(Number(value), at, at + n);
  else for (let i = at, a = asFloats(data); i < at + n; i += 2) a[i] = Number(value);
}

function checkUnsorted([data, ids, count]: readonly Checked[], node: KernelNode): void {
  if (count.shape.length !== 0) invalid(`num_segments should be a scalar, not shape ${cShape(count.shape)}`);
  if (ids.shape.length > data.shape.length || ids.shape.some((n, i) => n !== data.shape[i])) {
    invalid(`data.shape = ${cShape(data.shape)} does not start with segment_ids.shape = ${cShape(ids.shape)}`);
  }
  const rows = count.data ? Number(count.data[0]) : 0;
  if (rows < 0) invalid(`Input num_segments == ${rows} must not be negative.`);
  const shape = [rows, ...data.shape.slice(ids.shape.length)];
  const dtype = node.outputTypes[0].baseDtype;
  // TensorFlow's kernels end the process where they get no memory for their lists of rows.
  if (sizeOf(shape) * dtype.size > ADDRESSES) throw exhausted(dtype.cName, shape);
}
/** Rows whose segment is negative are left out. */
function unsorted(combineOf: (dtype: DType) => Combine, empty: (dtype: DType) => number | bigint): HostKernelRow {
  const run: HostKernel = ([data, ids, count], node) => {
    const rows = Number(count.data[0]);
    const tail = data.shape.slice(ids.shape.length);
    const out = hostZeros(data.dtype, [rows, ...tail]);
    // Of the op's own dtype, not of float32 that a 16-bit one is computed in.
    const initial = empty(node.outputTypes[0].baseDtype);
    if (Number(initial) !== 0) fill(out, initial);
    const inner = sizeOf(tail) * slots(data);
    // Of rows without elements TensorFlow does not ask where they go.
    if (!data.data.length) return out;
    const id = indexData(ids);
    const combine = combineOf(data.dtype)(out.data, data.data);
    for (let i = 0; i < id.length; i++) {
      const segment = id[i];
      if (segment < 0) continue;
      if (segment >= rows)
        return invalid(`segment_ids${elementName(ids.shape, i)} = ${segment} is out of range [0, ${rows})`);
      combine(segment * inner, i * inner, inner);
    }
    return out;
  };
  return { run, elements: [2], check: checkUnsorted };
}

interface Sorted {
  /** What a segment without rows gives. */
  readonly gap?: number;
  /** From what a segment of several rows starts; one row is itself. */
  readonly start?: (dtype: DType) => number | bigint;
  readonly mean?: boolean;
}
/** Segment numbers that only rise. */
function sorted(combineOf: (dtype: DType) => Combine, { gap = 0, start, mean = false }: Sorted = {}): HostKernel {
  return ([data, ids]) => {
    if (ids.shape.length !== 1) return invalid('segment_ids should be a vector.');
    if (data.shape.length < 1 || data.shape[0] !== ids.shape[0])
      return invalid('segment_ids should be the same size as dimension 0 of input.');
    const id = indexData(ids);
    const rows = id.length ? id[id.length - 1] + 1 : 0;
    // One more than the largest of the ids' type wraps around.
    if (rows < 0 || (rows === 0 && id.length) || rows > Number(limitsOf(ids.dtype)[1]) || rows === 2 ** 63)
      return invalid('segment ids must be >= 0');
    const tail = data.shape.slice(1);
    const out = hostZeros(data.dtype, [rows, ...tail]);
    if (gap !== 0) fill(out, gap);
    const inner = sizeOf(tail) * slots(data);
    const combine = combineOf(data.dtype)(out.data, data.data);
    for (let i = 0, first = 0; i < id.length; i++) {
      const segment = id[i];
      if (i > 0 && segment < id[i - 1]) return invalid('segment ids are not increasing');
      const opens = i === 0 || segment !== id[i - 1];
      if (opens && (segment < 0 || segment >= rows)) {
        // The whole segment is read, and the number behind it, before there is a row to write to.
        let end = i + 1;
        while (id[end] === segment) end++;
        if (id[end] < segment) return invalid('segment ids are not increasing');
        return invalid(
          `Segment id ${segment} out of range [0, ${rows}), possibly because 'segment_ids' input is not sorted.`,
        );
      }
      const alone = opens && id[i + 1] !== segment;
      if (opens && !alone && start) fill(out, start(data.dtype), segment * inner, inner);
      if (!opens || (!alone && start)) combine(segment * inner, i * inner, inner);
      else copyRun(data.data, i * inner, out.data, segment * inner, inner);
      if (opens) first = i;
      if (mean && (i === id.length - 1 || id[i + 1] !== segment))
        divide(out.data, segment * inner, inner, i + 1 - first, data);
    }
    return out;
  };
}
function divide(out: Data, at: number, count: number, by: number, { dtype }: HostTensor): void {
  if (isBig(out)) for (let i = 0; i < count; i++) out[at + i] /= BigInt(by);
  else if (dtype.isInteger) {
    const [wrapped] = asNumbers(castData(Int32Array.of(by), int32, dtype));
    for (let i = 0, a = asNumbers(out); i < count; i++) a[at + i] = wrapped ? Math.trunc(a[at + i] / wrapped) : 0;
  } else for (let i = 0, a = asNumbers(out); i < count; i++) a[at + i] /= by;
}

const always = (combine: Combine) => (): Combine => combine;
const infinite =
  (sign: 1 | -1) =>
  (dtype: DType): number | bigint =>
    dtype.isFloating ? sign * Infinity : limitsOf(dtype)[sign === 1 ? 1 : 0];

const bincount: HostKernel = ([arr, size, weights]) => {
  const bins = Number(size.data[0]);
  if (bins < 0) return invalid(`size (${bins}) must be non-negative`);
  const out = hostZeros(weights.dtype, [bins]);
  let counts = weights;
  if (!weights.data.length) fill((counts = hostZeros(weights.dtype, arr.shape)), 1);
  if (counts.data.length !== arr.data.length) return invalid('weights and arr must have the same size');
  const bin = indexData(arr);
  const add = sum(out.data, counts.data);
  for (let i = 0; i < bin.length; i++) {
    if (bin[i] < 0) invalid('Input arr must be non-negative!');
    if (bin[i] < bins) add(bin[i], i, 1);
  }
  return out;
};

export const SEGMENT_KERNELS: HostTable = withShortFloats({
  UnsortedSegmentSum: unsorted(always(sum), () => 0),
  UnsortedSegmentProd: unsorted(productOf, () => 1),
  UnsortedSegmentMax: unsorted(always(larger), (dtype) => limitsOf(dtype)[0]),
  UnsortedSegmentMin: unsorted(always(smaller), (dtype) => limitsOf(dtype)[1]),
  Bincount: {
    run: bincount,
    // TensorFlow 1.15 takes the first of several, TensorFlow 2 none.
    leftToHost: ([, size]) => size.shape.length > 0,
  },
  SegmentSum: sorted(always(sum)),
  SegmentMean: sorted(always(sum), { mean: true }),
  SegmentProd: sorted(productOf, { gap: 1 }),
  SegmentMax: sorted(always(largest), { start: infinite(-1) }),
  SegmentMin: sorted(always(smallest), { start: infinite(1) }),
});
