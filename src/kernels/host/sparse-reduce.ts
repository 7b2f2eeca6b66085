/** Sums and maxima of the entries of sparse tensors, and their softmax, on the host. */
import { asFloats, asOrdered } from '../../base/elements';
import { copyRun, slots } from '../../base/box';
import { type Data, type DType, isBig, limitsOf, zerosOf } from '../../base/dtype';
import { cShape, sizeOf, stridesOf } from '../../base/shape';
import {
  type Checked,
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  type KernelNode,
  attr,
  host,
  hostZeros,
  invalid,
  numbers,
} from '../kernel';
import { withShortFloats } from './operands';
import { adding } from './scatter';
import { type Entries, entriesOf, isMatrix, isVector, longsOf, placeName, rowsAt, rowsInOrder } from './sparse-entries';

type Shaped = Pick<Checked, 'shape'>;

/** Entries in order, those side by side that make one result: group g goes from `starts[g]` to `starts[g + 1]`. */
interface Groups {
  readonly entries: Entries;
  readonly rows: ArrayLike<number>;
  readonly starts: readonly number[];
  /** The dimensions that groups are told apart by, and the shape that is left. */
  readonly kept: readonly number[];
  readonly shape: readonly number[];
}
function groupsBy(entries: Entries, kept: readonly number[], others: readonly number[]): Omit<Groups, 'shape'> {
  const { at, rank } = entries;
  const rows = rowsInOrder(entries, [...kept, ...others]);
  const starts: number[] = [];
  for (let i = 0; i < rows.length; i++)
    if (!i || kept.some((d) => at[rows[i] * rank + d] !== at[rows[i - 1] * rank + d])) starts.push(i);
  return { entries, rows, starts: [...starts, rows.length], kept };
}
function reduced([indices, values, shape, axes]: readonly HostTensor[], node: KernelNode): Groups {
  const [rank] = shape.shape;
  const wanted = numbers(axes);
  for (const axis of wanted)
    if (axis < -rank || axis >= rank)
      invalid(`Invalid reduction dimension ${axis}, for input with ${rank} dimensions.`);
  const entries = entriesOf(indices, values, shape);
  const gone = new Set(wanted.map((axis) => (axis < 0 ? axis + rank : axis)));
  const all = entries.dims.map((_, d) => d);
  const kept = all.filter((d) => !gone.has(d));
  const keepDims = attr(node, 'keep_dims');
  const left = keepDims ? all.map((d) => (gone.has(d) ? 1 : entries.dims[d])) : kept.map((d) => entries.dims[d]);
  const others = all.filter((d) => gone.has(d));
  return { ...groupsBy(entries, kept, others), shape: left };
}

/** Made for two arrays: result `at` is what rows `rows[start]` to `rows[end - 1]` make together. */
type Fold = (
  values: HostTensor,
  out: Data,
) => (at: number, rows: ArrayLike<number>, start: number, end: number) => void;
const summed: Fold = (values, out) => {
  const [add, unit] = [adding(values)(out, values.data), slots(values)];
  return (at, rows, start, end) => {
    copyRun(values.data, rows[start] * unit, out, at * unit, unit);
    for (let i = start + 1; i < end; i++) add(at * unit, rows[i] * unit, unit);
  };
};
const lowest = (dtype: DType): number | bigint => (dtype.isFloating ? -Infinity : limitsOf(dtype)[0]);
/** NaN beats nothing. */
const largest: Fold = (values, out) => {
  const [from, to] = [asOrdered(values.data), asOrdered(out)];
  const least = lowest(values.dtype);
  return (at, rows, start, end) => {
    let best = isBig(from) ? BigInt(least) : Number(least);
    for (let i = start; i < end; i++) if (from[rows[i]] > best) best = from[rows[i]];
    to[at] = best;
  };
};

function checkReduction([, , shape, axes]: readonly Shaped[]): void {
  if (!isVector(shape)) invalid(`Expected input_shape to be a vector; got shape: ${cShape(shape.shape)}`);
  if (axes.shape.length > 1)
    invalid(`Expected reduction_axes to be a scalar or a vector; got shape: ${cShape(axes.shape)}`);
}
/** A dense result: 0 where no entry is. */
const dense =
  (fold: Fold): HostKernel =>
  (inputs, node) => {
    const { entries, rows, starts, kept, shape } = reduced(inputs, node);
    const out = hostZeros(entries.values.dtype, shape);
    const strides = stridesOf(kept.map((d) => entries.dims[d]));
    const put = fold(entries.values, out.data);
    const size = sizeOf(shape);
    for (let g = 0; g + 1 < starts.length; g++) {
      const row = rows[starts[g]];
      const at = kept.reduce((sum, d, i) => sum + entries.at[row * entries.rank + d] * strides[i], 0);
      if (!(at >= 0 && at < size))
        return invalid(`${placeName(entries, row)} is out of bounds: need 0 <= index < [${entries.dims.join(',')}]`);
      put(at, rows, starts[g], starts[g + 1]);
    }
    return out;
  };
/** A sparse result: an entry for each group. */
const sparse =
  (fold: Fold): HostKernel =>
  (inputs, node) => {
    const { entries, rows, starts, kept, shape } = reduced(inputs, node);
    const { values, rank, at } = entries;
    const groups = starts.length - 1;
    const places = new Float64Array(groups * shape.length);
    const out = hostZeros(values.dtype, [groups]);
    const put = fold(values, out.data);
    const to = shape.length === rank ? kept : kept.map((_, i) => i);
    for (let g = 0; g < groups; g++) {
      kept.forEach((d, i) => {
        places[g * shape.length + to[i]] = at[rows[starts[g]] * rank + d];
      });
      put(g, rows, starts[g], starts[g + 1]);
    }
    return [longsOf(places, [groups, shape.length]), out, longsOf(shape, [shape.length])];
  };
const rowOf = (run: HostKernel): HostKernelRow => ({ run, check: checkReduction, cost: COST });
/** TensorFlow 2's kernels give NaN, or pass it over, by how many entries there are. */
const onHost = (run: HostKernel): HostKernelRow => ({ run, check: checkReduction, only: true });

function checkSoftmax([indices, values, shape]: readonly Checked[]): void {
  if (!isMatrix(indices)) invalid(`Input sp_indices should be a matrix but received shape: ${cShape(indices.shape)}`);
  if (!isVector(values) || !isVector(shape))
    invalid(
      `Inputs sp_values and sp_shape should be vectors but received shapes: ${cShape(values.shape)} and ` +
        cShape(shape.shape),
    );
  if (shape.shape[0] < 2)
    invalid(`Input should have rank >= 2, but received shape: ${Array.from(shape.data ?? [], String).join(' ')}`);
}
/** Over the last dimension, of what is there. TensorFlow leaves the results in the order of their places. */
const softmax: HostKernel = ([indices, values, shape]) => {
  const entries = entriesOf(indices, values, shape);
  const outer = entries.dims.slice(0, -1).map((_, d) => d);
  const { rows, starts } = groupsBy(entries, outer, [outer.length]);
  const x = asFloats(rowsAt(values, rows).data);
  const out = asFloats(zerosOf(values.dtype, x.length));
  for (let g = 0; g + 1 < starts.length; g++) {
    let max = -Infinity;
    for (let i = starts[g]; i < starts[g + 1]; i++) if (x[i] > max) max = x[i];
    let sum = 0;
    for (let i = starts[g]; i < starts[g + 1]; i++) sum += out[i] = Math.exp(x[i] - max);
    const scale = out instanceof Float32Array ? Math.fround(1 / sum) : 1 / sum;
    for (let i = starts[g]; i < starts[g + 1]; i++) out[i] *= scale;
  }
  return host(values.dtype, [x.length], out);
};

/** Nanoseconds per element of the places: they are read one by one. */
const COST = 6;

export const SPARSE_REDUCE_KERNELS: HostTable = {
  SparseReduceSum: rowOf(dense(summed)),
  SparseReduceSumSparse: rowOf(sparse(summed)),
  ...withShortFloats({
    SparseReduceMax: onHost(dense(largest)),
    SparseReduceMaxSparse: onHost(sparse(largest)),
    SparseSoftmax: { run: softmax, check: checkSoftmax, elements: [2], cost: COST },
  }),
};
