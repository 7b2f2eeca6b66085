/** Sums and means over segments of rows that are picked by index, on the host. */
import { asNumbers } from '../../base/elements';
import { type Data, isBig, zerosOf } from '../../base/dtype';
import { copyRun } from '../../base/box';
import { cShape, sizeOf } from '../../base/shape';
import {
  type Checked,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  type Sized,
  hostZeros,
  invalid,
} from '../kernel';
import { indexData } from './gather';
import { withShortFloats } from './operands';
import { adding } from './scatter';

/** By what the sum of so many rows is divided. */
type Divisor = ((rows: number) => number) | null;

function check([data, indices, segments, count]: readonly Checked[]): void {
  if (data.shape.length < 1) invalid('Shape must be at least rank 1');
  if (count) {
    if (count.shape.length) invalid(`num_segments should be a scalar, not shape ${cShape(count.shape)}`);
    if (Number(count.data?.[0] ?? 0) < 0) invalid('segment ids must be >= 0');
  }
  if (indices.shape.length !== 1) invalid('indices should be a vector.');
  if (segments.shape.length !== 1) invalid('segment_ids should be a vector.');
  if (indices.shape[0] !== segments.shape[0]) invalid('segment_ids and indices should have same size.');
}
/** How many segments there are. */
function segmentsIn(id: ArrayLike<number>, count: HostTensor | undefined): number {
  // One more than the largest number of 32 bits wraps around.
  const last = id.length ? (id[id.length - 1] + 1) | 0 : 0;
  const rows = count ? Number(count.data[0]) : last;
  if (rows < last) return invalid('segment ids must be < num_segments');
  if (rows < 0 || (id.length && rows === 0)) return invalid('segment ids must be >= 0');
  return rows;
}
/** How many rows are summed before the first that are summed by themselves, eight at a time. */
const GROUP = 8;
const firstOf = (rows: number): number => (rows < 2 ? rows : rows % GROUP < 2 ? (rows % GROUP) + GROUP : rows % GROUP);
/** From so many rows on a sum is divided when it is whole: before, its first rows are all of it. */
const DIVIDED_LAST = 10;

/** Adds up rows as TensorFlow's kernel does: what is left of groups of eight first, then the sum of each group. */
class RowSums {
  private readonly group: Data;
  private readonly addRow: ReturnType<ReturnType<typeof adding>>;
  private readonly addToGroup: ReturnType<ReturnType<typeof adding>>;
  private readonly addGroup: ReturnType<ReturnType<typeof adding>>;
  constructor(
    private readonly out: Data,
    private readonly data: HostTensor,
    private readonly inner: number,
    private readonly divisor: Divisor,
  ) {
    this.group = zerosOf(data.dtype, inner);
    this.addRow = adding(data)(out, data.data);
    this.addToGroup = adding(data)(this.group, data.data);
    this.addGroup = adding(data)(out, this.group);
  }
  /** The rows that `index` has from `start` to `end`, as row `at`. */
  sum(at: number, index: ArrayLike<number>, start: number, end: number): void {
    const { inner, group, data } = this;
    const to = at * inner;
    const first = start + firstOf(end - start);
    copyRun(data.data, index[start] * inner, this.out, to, inner);
    for (let i = start + 1; i < first; i++) this.addRow(to, index[i] * inner, inner);
    if (end - start < DIVIDED_LAST) this.divide(to, end - start);
    for (let i = first; i < end; i += GROUP) {
      copyRun(data.data, index[i] * inner, group, 0, inner);
      for (let k = i + 1; k < i + GROUP; k++) this.addToGroup(0, index[k] * inner, inner);
      this.addGroup(to, 0, inner);
    }
    if (end - start >= DIVIDED_LAST) this.divide(to, end - start);
  }
  private divide(at: number, rows: number): void {
    if (!this.divisor || rows < 2 || isBig(this.out)) return;
    const out = asNumbers(this.out);
    const by = out instanceof Float32Array ? Math.fround(this.divisor(rows)) : this.divisor(rows);
    for (let i = at; i < at + this.inner; i++) out[i] /= by;
  }
}
/** @throws KernelError  for an index of no row, in a segment */
function checkRows(index: ArrayLike<number>, start: number, end: number, rows: number): void {
  for (let i = start; i < end; i++)
    if (!(index[i] >= 0 && index[i] < rows)) invalid(`Bad: indices[${i}] == ${index[i]} out of range [0, ${rows})`);
}
const cost = ([data, indices]: readonly Sized[]): number =>
  indices.size * (data.size / (data.shape[0] || 1)) * 1.2 + indices.size * 4;

function picked(divisor: Divisor): HostKernelRow {
  const run = ([data, indices, segments, count]: readonly HostTensor[]): HostTensor => {
    const [index, id] = [indexData(indices), indexData(segments)];
    const rows = segmentsIn(id, count);
    const tail = data.shape.slice(1);
    const out = hostZeros(data.dtype, [rows, ...tail]);
    const sums = new RowSums(out.data, data, sizeOf(tail), divisor);
    for (let start = 0, end = 1; start < id.length; start = end++) {
      const at = id[start];
      while (end < id.length && id[end] === at) end++;
      if (end < id.length && id[end] < at) return invalid('segment ids are not increasing');
      if (!(at >= 0 && at < rows))
        return invalid(
          `Segment id ${at} out of range [0, ${rows}), possibly because 'segment_ids' input is not sorted.`,
        );
      checkRows(index, start, end, data.shape[0]);
      sums.sum(at, index, start, end);
    }
    return out;
  };
  return { run, check, elements: [3], cost };
}
const MEAN: Divisor = (rows) => rows;

export const SPARSE_SEGMENT_KERNELS: HostTable = {
  SparseSegmentSum: { ...picked(null), elements: [] },
  SparseSegmentSumWithNumSegments: picked(null),
  ...withShortFloats({
    SparseSegmentMean: { ...picked(MEAN), elements: [] },
    SparseSegmentSqrtN: { ...picked(Math.sqrt), elements: [] },
    SparseSegmentMeanWithNumSegments: picked(MEAN),
    SparseSegmentSqrtNWithNumSegments: picked(Math.sqrt),
  }),
};
