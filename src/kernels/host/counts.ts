/** Counts of integers by row, on the host. */
import { asLongs, asNumbers } from '../../base/elements';
import { type Data, isBig } from '../../base/dtype';
import { cShape, sameShape } from '../../base/shape';
import { type Checked, type HostKernel, type HostTable, attr, hostZeros, invalid, numbers } from '../kernel';
import { indexData } from './gather';
import { withShortFloats } from './operands';

function checkCounts([x, size, weights]: readonly Checked[]): void {
  if (x.shape.length > 2) invalid(`Shape must be at most rank 2 but is rank ${x.shape.length}`);
  checkBins(size);
  const isNone = weights.shape.length > 0 && weights.shape.includes(0);
  if (!isNone && !sameShape(x.shape, weights.shape))
    invalid(
      '`weights` must be the same shape as `arr` or a length-0 `Tensor`, in which case it acts as all weights equal ' +
        `to 1. Received ${cShape(weights.shape)}`,
    );
}
const counts: HostKernel = ([x, size, weights], node) => {
  const bins = Number(size.data[0]);
  const found = indexData(x);
  const columns = x.shape[x.shape.length - 1] ?? 1;
  const out = hostZeros(weights.dtype, [...x.shape.slice(0, -1), bins]);
  const add = adding(out.data, weights.data, attr(node, 'binary_output', 'bool'));
  for (let i = 0; i < found.length; i++) {
    if (found[i] < 0)
      invalid(
        x.shape.length < 2
          ? 'Input arr must be non-negative!'
          : `Input 'in' must be non-negative! Negative input value found: ${found[i]}`,
      );
    if (found[i] < bins) add(Math.floor(i / columns) * bins + found[i], i);
  }
  return out;
};
type Add = (at: number, from: number) => void;
/** Adds a weight to a sum, or one where there are none; `isBinary` leaves it at one. */
function adding(sums: Data, weights: Data, isBinary: boolean): Add {
  if (isBig(sums)) {
    const each = asLongs(weights);
    if (isBinary) return (at) => (sums[at] = 1n);
    return each.length ? (at, from) => (sums[at] += each[from]) : (at) => sums[at]++;
  }
  const [numbers, each] = [asNumbers(sums), asNumbers(weights)];
  if (isBinary) return (at) => (numbers[at] = 1);
  return each.length ? (at, from) => (numbers[at] += each[from]) : (at) => numbers[at]++;
}

/** Bins that are a number from 0. */
function checkBins(size: Checked): void {
  if (size.shape.length) invalid(`Shape must be rank 0 but is rank ${size.shape.length}`);
  const bins = Number(size.data?.[0] ?? 0);
  if (bins < 0) invalid(`size (${bins}) must be non-negative`);
}
function checkRank(name: string, { shape }: Checked, rank: number): void {
  if (shape.length !== rank) invalid(`Sparse ${name} must be rank ${rank} but is rank ${shape.length}`);
}
function checkSparse([indices, values, shape, size]: readonly Checked[]): void {
  checkBins(size);
  checkRank('indices', indices, 2);
  checkRank('values', values, 1);
  checkRank('shape', shape, 1);
  const [[rows, rank], [found], [dims]] = [indices.shape, values.shape, shape.shape];
  if (found !== rows) invalid(`Number of elements in indices (${rows}) and values (${found}) do not match`);
  if (dims !== rank) invalid(`Index rank (${rank}) and shape rank (${dims}) do not match`);
}
/** Each place is inside of the shape. */
function checkPlaces(places: ArrayLike<number>, dims: readonly number[]): void {
  for (let i = 0; i < places.length; i++) {
    const d = i % dims.length;
    if (places[i] >= 0 && places[i] < dims[d]) continue;
    const row = (i - d) / dims.length;
    const place = dims.map((_, k) => places[i - d + k]).join(', ');
    invalid(`Sparse index tuple indices[${row}, :] = [${place}] is out of bounds`);
  }
}
/** Of the values of a sparse tensor: of all of them, or of those of each row. */
const sparseCounts: HostKernel = ([indices, values, shape, size, weights], node) => {
  const bins = Number(size.data[0]);
  const [dims, found, places] = [numbers(shape), numbers(values), indexData(indices)];
  checkPlaces(places, dims);
  const out = hostZeros(weights.dtype, [...(dims.length === 1 ? [] : dims.slice(0, 1)), bins]);
  const add = adding(out.data, weights.data, attr(node, 'binary_output', 'bool'));
  const rank = dims.length;
  if (rank === 1) {
    if (found.some((bin) => bin < 0)) invalid('Input arr must be non-negative!');
    if (weights.data.length && weights.data.length !== found.length)
      invalid('Input indices and weights must have the same size.');
  }
  found.forEach((bin, i) => {
    const row = rank === 1 ? 0 : places[i * rank];
    if (bin >= 0 && bin < bins) add(row * bins + bin, i);
  });
  return out;
};
/** Of the values of a ragged tensor, by row. */
const raggedCounts: HostKernel = ([splits, values, size, weights], node) => {
  const bins = Number(size.data[0]);
  const [ends, found] = [indexData(splits), indexData(values)];
  const rows = ends.length - 1;
  if (rows < 0) invalid('Splits must be non-empty');
  if (ends[0] !== 0) invalid(`Splits must start with 0, not with ${ends[0]}`);
  if (ends[rows] !== found.length)
    invalid(`Splits must end with the number of values, got ${ends[rows]} instead of ${found.length}`);
  const out = hostZeros(weights.dtype, [rows, bins]);
  const add = adding(out.data, weights.data, attr(node, 'binary_output', 'bool'));
  for (let i = 0, row = 0; i < found.length; i++) {
    while (i >= ends[row]) row++;
    if (found[i] < 0) invalid('Input must be non-negative');
    if (found[i] < bins) add((row - 1) * bins + found[i], i);
  }
  return out;
};

export const COUNTS_KERNELS: HostTable = withShortFloats({
  DenseBincount: { run: counts, check: checkCounts, elements: [1] },
  SparseBincount: { run: sparseCounts, check: checkSparse, elements: [3], only: true },
  RaggedBincount: { run: raggedCounts, check: ([, , size]) => checkBins(size), elements: [2], only: true },
});
