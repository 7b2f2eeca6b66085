/** Sparse tensors in order, and cut, on the host. */
import { asLongs } from '../../base/elements';
import { copyRun, slots } from '../../base/box';
import { cShape } from '../../base/shape';
import {
  type Checked,
  type HostKernel,
  type HostTable,
  type HostTensor,
  KernelError,
  attr,
  hostZeros,
  invalid,
  numbers,
} from '../kernel';
import { indexData } from './gather';
import {
  type Entries,
  areValid,
  entriesOf,
  isMatrix,
  isVector,
  longsOf,
  placeName,
  rowsAt,
  rowsInOrder,
} from './sparse-entries';

type Shaped = Pick<Checked, 'shape'>;
/** The three parts of a sparse tensor, in the words of the ops that cut one. */
function checkParts([indices, values, shape]: readonly Shaped[], saysIndices = true): void {
  if (!isMatrix(indices)) invalid(`Input indices should be a matrix but received shape ${cShape(indices.shape)}`);
  if (!isVector(values))
    invalid(`Input values should be a vector but received shape ${cShape((saysIndices ? indices : values).shape)}`);
  if (!isVector(shape)) invalid(`Input shape should be a vector but received shape ${cShape(shape.shape)}`);
}

const reorder: HostKernel = ([indices, values, shape]) => {
  const entries = entriesOf(indices, values, shape);
  if (areValid(entries)) return [indices, values];
  const rows = rowsInOrder(
    entries,
    entries.dims.map((_, d) => d),
  );
  return [rowsAt(indices, rows), rowsAt(values, rows)];
};

/** The rows that are kept, each at a place of its own. */
function moved({ indices, values, rank }: Entries, kept: readonly number[], by: readonly number[]): HostTensor[] {
  const places = rowsAt(indices, kept);
  const at = asLongs(places.data);
  const offsets = by.map(BigInt);
  for (let i = 0; i < kept.length; i++) for (let d = 0; d < rank; d++) at[i * rank + d] -= offsets[d];
  return [places, rowsAt(values, kept)];
}
function checkSlice(inputs: readonly Shaped[]): void {
  const [, , shape, start, size] = inputs;
  checkParts(inputs);
  if (!isVector(start)) invalid(`Input start should be a vector but received shape ${cShape(start.shape)}`);
  if (!isVector(size)) invalid(`Input size should be a vector but received shape ${cShape(size.shape)}`);
  const [rank] = shape.shape;
  if (start.shape[0] !== rank)
    invalid(`Expected start to be a vector of length ${rank} but got length ${start.shape[0]}`);
  if (size.shape[0] !== rank) invalid(`Expected size to be a vector of length ${rank} but got length ${size.shape[0]}`);
}
const slice: HostKernel = ([indices, values, shape, start, size]) => {
  const entries = entriesOf(indices, values, shape);
  const { rows, rank, at, dims } = entries;
  const [from, sizes] = [numbers(start), numbers(size)];
  const left = dims.map((d, i) => (from[i] + sizes[i] < d ? sizes[i] : Math.max(d - from[i], 0)));
  const negative = left.find((d) => d < 0);
  if (negative !== undefined) return invalid(`Dimension ${negative} must be >= 0`);
  const kept: number[] = [];
  for (let row = 0; row < rows; row++) {
    let isIn = true;
    for (let d = 0; d < rank && isIn; d++) {
      const i = at[row * rank + d];
      isIn = from[d] <= i && i < from[d] + sizes[d];
    }
    if (isIn) kept.push(row);
  }
  return [...moved(entries, kept, from), longsOf(left, [rank])];
};

function checkSliceGrad([grad, input, start, output]: readonly Shaped[]): void {
  if (!isMatrix(input) || !isMatrix(output))
    invalid(
      `Input and output indices should be matrices but received shapes: ${cShape(input.shape)} and ` +
        cShape(output.shape),
    );
  if (!isVector(grad)) invalid(`Input backprop_val_grad should be a vector but received shape: ${cShape(grad.shape)}`);
  const [[rows, rank], [kept, keptRank]] = [input.shape, output.shape];
  if (rank !== keptRank) invalid(`The input and output should have the same ndims: got: ${rank} and ${keptRank}`);
  if (kept > rows)
    invalid(`# rows of output_indices should be not greater than of input_indices, got ${kept} and ${rows}`);
  if (grad.shape[0] !== kept)
    invalid(
      '# elements of backprop_val_grad and # rows of output_indices should match (#nnz of sum): got ' +
        `${grad.shape[0]} and ${kept}`,
    );
  if (!isVector(start)) invalid(`The input_start should be a vector but received shape ${cShape(start.shape)}`);
  if (start.shape[0] !== rank)
    invalid(`Expected input_start to be a vector of length ${rank} but got length ${start.shape[0]}`);
}
const sliceGrad: HostKernel = ([grad, input, start, output]) => {
  const [rows, rank] = input.shape;
  const [from, to, offset] = [indexData(input), indexData(output), numbers(start)];
  const out = hostZeros(grad.dtype, [rows]);
  const [unit, count] = [slots(grad), grad.shape[0]];
  let next = 0;
  for (let row = 0; row < rows && next < count; row++) {
    let isSame = true;
    for (let d = 0; d < rank && isSame; d++) isSame = from[row * rank + d] === to[next * rank + d] + offset[d];
    if (isSame) copyRun(grad.data, next++ * unit, out.data, row * unit, unit);
  }
  if (next !== count)
    throw new KernelError(
      'Internal',
      `Elements of backprop_val_grad aren't all propagated. Num elements:${count}, used: ${next}`,
    );
  return out;
};

/** Where the pieces of a dimension begin: the first are longer by one, where they cannot be alike. */
function piecesOf(size: number, count: number): number[] {
  const [least, longer] = [Math.floor(size / count), size % count];
  return Array.from({ length: count + 1 }, (_, i) => i * least + Math.min(i, longer));
}
const split: HostKernel = ([dim, indices, values, shape], node) => {
  const [along, sizes] = [Number(dim.data[0]), numbers(shape)];
  if (!sizes.length || along < 0 || along >= sizes.length)
    return invalid(`Input split_dim should be between 0 and rank (${sizes.length}), got ${along}`);
  const count = attr(node, 'num_split');
  if (count > sizes[along])
    return invalid(
      `Input num_split should be between 1 and the splitting dimension size (${sizes[along]}), got ${count}`,
    );
  const entries = entriesOf(indices, values, shape);
  const { rows, rank, at } = entries;
  const starts = piecesOf(sizes[along], count);
  const kept: number[][] = Array.from({ length: count }, () => []);
  const longer = sizes[along] % count;
  const least = Math.floor(sizes[along] / count);
  for (let row = 0; row < rows; row++) {
    const i = at[row * rank + along];
    const piece =
      i < longer * (least + 1) ? Math.floor(i / (least + 1)) : longer + Math.floor((i - starts[longer]) / least);
    if (!kept[piece])
      return invalid(`${placeName(entries, row)} is out of bounds: need 0 <= index < [${sizes.join(',')}]`);
    kept[piece].push(row);
  }
  const pieces = kept.map((rowsOfPiece, i) =>
    moved(
      entries,
      rowsOfPiece,
      sizes.map((_, d) => (d === along ? starts[i] : 0)),
    ),
  );
  const shapes = kept.map((_, i) =>
    longsOf(
      sizes.map((d, k) => (k === along ? starts[i + 1] - starts[i] : d)),
      [rank],
    ),
  );
  return [...pieces.map(([places]) => places), ...pieces.map(([, kept_]) => kept_), ...shapes];
};

/** Nanoseconds per element of the places: they are read one by one. */
const COST = 4;

export const SPARSE_PARTS_KERNELS: HostTable = {
  SparseReorder: { run: reorder, check: (inputs) => checkParts(inputs, false), cost: COST },
  SparseSlice: { run: slice, check: checkSlice, cost: COST },
  SparseSliceGrad: { run: sliceGrad, check: checkSliceGrad, cost: COST },
  SparseSplit: { run: split, check: ([, ...parts]) => checkParts(parts), cost: COST },
};
