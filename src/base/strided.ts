/** What `x[begin:end:stride, ..., newaxis]` means on a given shape: TensorFlow's rules for StridedSlice. */
import type { Dim } from './shape';

/** A slice as the op StridedSlice has it. Bit i of a mask is about entry i; null is a value that is not known yet. */
export interface StridedSpec {
  readonly begin: readonly number[] | null;
  readonly end: readonly number[] | null;
  readonly strides: readonly number[];
  /** Entries whose begin (end) is left open. */
  readonly beginMask: number;
  readonly endMask: number;
  /** The entry that stands for all dimensions which the others leave. */
  readonly ellipsisMask: number;
  /** Entries that add a dimension of 1. */
  readonly newAxisMask: number;
  /** Entries that are an index, and take their dimension away. */
  readonly shrinkAxisMask: number;
}

/** A slice, one entry per dimension of the input. */
export interface StridedBox {
  readonly begin: readonly number[];
  readonly strides: readonly number[];
  /** Elements taken along each dimension; an index takes 1. */
  readonly sizes: readonly Dim[];
  /** Shape of the result: without indices, with new dimensions. */
  readonly shape: readonly Dim[];
}

/** A spec that does not fit the shape; the message is TensorFlow's. */
export class StridedError extends Error {}

const MOST_ENTRIES = 32;

/** @throws StridedError  where the spec does not fit `dims` */
export function stridedBox(dims: readonly Dim[], spec: StridedSpec): StridedBox {
  const { strides, ellipsisMask } = spec;
  const bad = [spec.begin, spec.end].some(
    (x) => x !== null && (x.length !== strides.length || x.length >= MOST_ENTRIES),
  );
  if (bad) {
    const shape = (x: readonly number[] | null): string => (x ? `[${x.length}]` : '<unknown>');
    throw new StridedError(
      'Expected begin, end, and strides to be 1D equal size tensors, but got shapes ' +
        `${shape(spec.begin)}, ${shape(spec.end)}, and ${shape(strides)} instead.`,
    );
  }
  if (ellipsisMask & (ellipsisMask - 1)) throw new StridedError('Multiple ellipses in slice spec not allowed');
  const dense = spread(dims.length, spec);
  const begin = new Array<number>(dims.length).fill(0);
  const sizes = dims.map((dim, i): Dim => {
    const stride = dense.strides[i];
    if (stride === 0) throw new StridedError(`strides[${i}] must be non-zero`);
    if (dim === null) return dense.shrink[i] ? 1 : null;
    if (dense.shrink[i] && stride < 0) throw new StridedError('only stride 1 allowed on non-range indexing.');
    const [from, to] = [dense.begin[i], dense.end[i]];
    const last = stride > 0 ? dim : dim - 1;
    const first = stride > 0 ? 0 : -1;
    const bounded = (x: number): number => Math.min(Math.max(x < 0 ? x + dim : x, first), last);
    if (from === null || to === null) {
      if (dense.shrink[i]) return 1;
      return dense.openBegin[i] && dense.openEnd[i] ? steps(stride > 0 ? dim : -dim, stride) : null;
    }
    if (dense.shrink[i]) {
      begin[i] = from < 0 ? from + dim : from;
      if (begin[i] < 0 || begin[i] >= dim)
        throw new StridedError(`slice index ${begin[i]} of dimension ${i} out of bounds.`);
      return 1;
    }
    begin[i] = dense.openBegin[i] ? (stride > 0 ? first : last) : bounded(from);
    return steps((dense.openEnd[i] ? (stride > 0 ? last : first) : bounded(to)) - begin[i], stride);
  });
  return { begin, strides: dense.strides, sizes, shape: dense.result.map((from) => (from === null ? 1 : sizes[from])) };
}

/** How many steps of `stride` an interval holds. */
function steps(interval: number, stride: number): number {
  return Math.max(0, Math.ceil(interval / stride));
}

interface Dense {
  readonly begin: (number | null)[];
  readonly end: (number | null)[];
  readonly strides: number[];
  readonly openBegin: boolean[];
  readonly openEnd: boolean[];
  readonly shrink: boolean[];
  /** For each dimension of the result the input's, or null for a new one. */
  readonly result: (number | null)[];
}

/** One entry per dimension of the input: the ellipsis (at the end where there is none) becomes open ranges. */
function spread(rank: number, spec: StridedSpec): Dense {
  const has = (mask: number, i: number): boolean => (mask & (1 << i)) !== 0;
  const count = spec.strides.length + (spec.ellipsisMask ? 0 : 1);
  const ellipsis = spec.ellipsisMask || 1 << spec.strides.length;
  let newAfter = 0;
  for (let i = 0, seen = false; i < count; i++) {
    if (seen && has(spec.newAxisMask, i)) newAfter++;
    seen ||= has(ellipsis, i);
  }
  const dense: Dense = { begin: [], end: [], strides: [], openBegin: [], openEnd: [], shrink: [], result: [] };
  for (let i = 0; i < count; i++) {
    if (has(ellipsis, i)) {
      const next = Math.min(rank - (count - i) + 1 + newAfter, rank);
      while (dense.strides.length < next) {
        dense.result.push(dense.strides.length);
        dense.begin.push(spec.begin && 0);
        dense.end.push(spec.end && 0);
        dense.strides.push(1);
        dense.openBegin.push(true);
        dense.openEnd.push(true);
        dense.shrink.push(false);
      }
    } else if (has(spec.newAxisMask, i)) {
      dense.result.push(null);
    } else {
      const at = dense.strides.length;
      if (at === rank) throw new StridedError(`Index out of range using input dim ${at}; input has only ${rank} dims`);
      if (!has(spec.shrinkAxisMask, i)) dense.result.push(at);
      dense.begin.push(spec.begin && spec.begin[i]);
      dense.end.push(spec.end && spec.end[i]);
      dense.strides.push(spec.strides[i]);
      dense.openBegin.push(has(spec.beginMask, i));
      dense.openEnd.push(has(spec.endMask, i));
      dense.shrink.push(has(spec.shrinkAxisMask, i));
    }
  }
  return dense;
}
