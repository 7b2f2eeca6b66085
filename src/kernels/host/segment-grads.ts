/** Gradients of sums of rows that are picked, on the host. */
import { asNumbers } from '../../base/elements';
import { int64 } from '../../base/dtype';
import { sizeOf } from '../../base/shape';
import {
  type Checked,
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  host,
  hostZeros,
  invalid,
} from '../kernel';
import { indexData } from './gather';
import { withShortFloats } from './operands';

const check =
  (dim: string) =>
  ([grad, indices, segments, rows]: readonly Checked[]): void => {
    if (grad.shape.length < 1) invalid('Shape must be at least rank 1');
    if (indices.shape.length !== 1) invalid('indices should be a vector.');
    if (segments.shape.length !== 1) invalid('segment_ids should be a vector.');
    if (rows.shape.length) invalid(`${dim} should be a scalar.`);
    if (indices.shape[0] !== segments.shape[0]) invalid('segment_ids and indices should have same size.');
    const count = Number(rows.data?.[0] ?? 0);
    if (count < 0) invalid(`Expected a non-negative size, got ${count}`);
  };
/** Row `to[i]` gets what segment `from[i]` has. */
interface Moves {
  readonly to: ArrayLike<number>;
  readonly from: ArrayLike<number>;
}
/** How many rows there were to pick from, and what goes where: nothing, where there were none. */
function movesOf([grad, indices, segments, dim]: readonly HostTensor[]): Moves & { readonly rows: number } {
  const rows = Number(dim.data[0]);
  if (!rows) return { rows, to: [], from: [] };
  const [to, from, count] = [indexData(indices), indexData(segments), grad.shape[0]];
  if (from.length && from[from.length - 1] + 1 > count) invalid('Invalid number of segments');
  for (let i = 0; i < from.length; i++)
    if (!(from[i] >= 0 && from[i] < count)) invalid(`Segment id ${from[i]} out of range [0, ${count}).`);
  for (let i = 0; i < to.length; i++)
    if (!(to[i] >= 0 && to[i] < rows)) invalid(`Index ${to[i]} out of range [0, ${rows}).`);
  return { rows, to, from };
}
type Weight = (rowsOfSegment: number) => number;
function summed(grad: HostTensor, { to, from }: Moves, rows: number, weight: Weight): HostTensor {
  const tail = grad.shape.slice(1);
  const out = hostZeros(grad.dtype, [rows, ...tail]);
  const [sums, each, inner] = [asNumbers(out.data), asNumbers(grad.data), sizeOf(tail)];
  const counts = new Float64Array(grad.shape[0]);
  for (let i = 0; i < from.length; i++) counts[from[i]]++;
  const isFloat = sums instanceof Float32Array;
  const rounded = (x: number): number => (isFloat ? Math.fround(x) : x);
  const weights = counts.map((n) => rounded(weight(n || 1)));
  for (let i = 0; i < to.length; i++)
    for (let k = 0; k < inner; k++) sums[to[i] * inner + k] += rounded(each[from[i] * inner + k] * weights[from[i]]);
  return out;
}
/** Of all rows that there were to pick from. */
const ofAll =
  (weight: Weight): HostKernel =>
  (inputs) => {
    const moves = movesOf(inputs);
    return summed(inputs[0], moves, moves.rows, weight);
  };
/** Of the rows that were picked, in order, and which they are. */
const ofPicked =
  (weight: Weight): HostKernel =>
  (inputs) => {
    const { to: rows, from } = movesOf(inputs);
    const picked = [...new Set(Array.from(rows))].sort((a, b) => a - b);
    const place = new Map(picked.map((row, i) => [row, i]));
    // Sums go in the order in which a row is picked.
    const to = Array.from(rows, (row) => place.get(row) ?? 0);
    const { dtype } = inputs[1];
    const ids = dtype === int64 ? BigInt64Array.from(picked, BigInt) : Int32Array.from(picked);
    return [summed(inputs[0], { to, from }, picked.length, weight), host(dtype, [picked.length], ids)];
  };
const one: Weight = () => 1;
const inverse: Weight = (n) => 1 / n;
const inverseRoot: Weight = (n) => 1 / Math.sqrt(n);
const rowOf = (run: HostKernel, dim = 'dense_output_dim0'): HostKernelRow => ({
  run,
  check: check(dim),
  elements: [3],
  only: true,
});

export const SEGMENT_GRAD_KERNELS: HostTable = withShortFloats({
  SparseSegmentSumGrad: rowOf(ofAll(one), 'output_dim0'),
  SparseSegmentMeanGrad: rowOf(ofAll(inverse), 'output_dim0'),
  SparseSegmentSqrtNGrad: rowOf(ofAll(inverseRoot), 'output_dim0'),
  SparseSegmentSumGradV2: rowOf(ofPicked(one)),
  SparseSegmentMeanGradV2: rowOf(ofPicked(inverse)),
  SparseSegmentSqrtNGradV2: rowOf(ofPicked(inverseRoot)),
});
