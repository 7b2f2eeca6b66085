/** What kernels of sparse tensors share: the entries of one, their places as numbers, and the order of these. */
import { asLongs } from '../../base/elements';
import { copyRun, slots } from '../../base/box';
import { int64, zerosOf } from '../../base/dtype';
import { cShape, sizeOf, stridesOf } from '../../base/shape';
import { type HostTensor, KernelError, type KernelNode, host, invalid, numbers, resultOf } from '../kernel';
import { hostKernel } from '../registry';
import { indexData } from './gather';
import { unlikeRows } from './operands';

type Shaped = Pick<HostTensor, 'shape'>;
export const isMatrix = ({ shape }: Shaped): boolean => shape.length === 2;
export const isVector = ({ shape }: Shaped): boolean => shape.length === 1;

/** A sparse tensor: where its values are (`at`, `rank` numbers each), and the shape of the whole. */
export interface Entries {
  readonly indices: HostTensor;
  readonly values: HostTensor;
  readonly rows: number;
  readonly rank: number;
  readonly at: ArrayLike<number>;
  readonly dims: readonly number[];
}
/** @throws KernelError  where the three do not make a sparse tensor */
export function entriesOf(indices: HostTensor, values: HostTensor, shape: HostTensor): Entries {
  const dims = sizesOf(shape);
  if (!isVector(values)) invalid(`vals must be a vec, but got: ${cShape(values.shape)}`);
  if (indices.shape[0] !== values.shape[0]) unlikeRows(indices, values);
  if (!isMatrix(indices)) invalid(`indices must be a matrix, but got: ${cShape(indices.shape)}`);
  const [rows, rank] = indices.shape;
  if (rank !== dims.length) invalid('Order length must be SparseTensor rank.');
  return { indices, values, rows, rank, at: indexData(indices), dims };
}
/** @throws KernelError  for a size below 0 */
export function sizesOf(shape: HostTensor): number[] {
  const dims = numbers(shape);
  const negative = dims.find((d) => d < 0);
  if (negative !== undefined) invalid(`Dimension ${negative} must be >= 0`);
  return dims;
}

/** Whether place `i` comes before place `j`, behind it (1), or is the same (0). */
export function comparePlaces(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number, rank: number): number {
  for (let d = 0; d < rank; d++) {
    const [x, y] = [a[i * rank + d], b[j * rank + d]];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
/** Whether the places are inside of the shape, in order, and each is there once. */
export function areValid({ at, rows, rank, dims }: Entries): boolean {
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d < rank; d++) if (!(at[row * rank + d] >= 0 && at[row * rank + d] < dims[d])) return false;
    if (row && comparePlaces(at, row - 1, at, row, rank) >= 0) return false;
  }
  return true;
}
/** The rows in the order of their places, with the dimensions as `order` has them; equals stay as they are. */
export function rowsInOrder(entries: Entries, order: readonly number[]): ArrayLike<number> {
  const { rows, at, rank } = entries;
  const keys = keysOf(entries, order);
  const out = new Uint32Array(rows);
  if (keys) {
    let isSorted = true;
    for (let row = 1; row < rows && isSorted; row++) isSorted = keys[row - 1] < keys[row];
    if (!isSorted) keys.sort();
    for (let row = 0; row < rows; row++) out[row] = keys[row] % rows;
    return out;
  }
  for (let row = 0; row < rows; row++) out[row] = row;
  return out.sort((i, j) => {
    for (const d of order) {
      const difference = at[i * rank + d] - at[j * rank + d];
      if (difference) return difference;
    }
    return i - j;
  });
}
/** A number for each row that says its place and then the row; null where a double does not hold them. */
function keysOf({ rows, at, rank, dims }: Entries, order: readonly number[]): Float64Array | null {
  if (sizeOf(dims) * rows > Number.MAX_SAFE_INTEGER) return null;
  const keys = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let key = 0;
    for (const d of order) {
      const i = at[row * rank + d];
      if (!(i >= 0 && i < dims[d])) return null;
      key = key * dims[d] + i;
    }
    keys[row] = key * rows + row;
  }
  return keys;
}
/** Some rows of a tensor, one behind the other. */
export function rowsAt(tensor: HostTensor, rows: ArrayLike<number>): HostTensor {
  const tail = tensor.shape.slice(1);
  const inner = sizeOf(tail) * slots(tensor);
  const out = zerosOf(tensor.dtype, rows.length * sizeOf(tail));
  for (let i = 0; i < rows.length; i++) copyRun(tensor.data, rows[i] * inner, out, i * inner, inner);
  return host(tensor.dtype, [rows.length, ...tail], out);
}
/** Numbers as a tensor of int64. */
export function longsOf(values: ArrayLike<number>, shape: readonly number[]): HostTensor {
  const out = asLongs(zerosOf(int64, values.length, shape));
  const words = new Int32Array(out.buffer, out.byteOffset, out.length * 2);
  for (let i = 0; i < values.length; i++) {
    const high = Math.floor(values[i] / 2 ** 32);
    words[2 * i] = values[i] - high * 2 ** 32;
    words[2 * i + 1] = high;
  }
  return host(int64, shape, out);
}
/** Where a place lies in an array of a shape; -1 for one that is outside of it. */
export function placeIn(
  at: ArrayLike<number>,
  row: number,
  dims: readonly number[],
  strides = stridesOf(dims),
): number {
  let place = 0;
  for (let d = 0; d < dims.length; d++) {
    const i = at[row * dims.length + d];
    if (!(i >= 0 && i < dims[d])) return -1;
    place += i * strides[d];
  }
  return place;
}
/** How errors name a place. */
export function placeName({ at, rank }: Entries, row: number): string {
  return `indices[${row}] = [${Array.from({ length: rank }, (_, d) => at[row * rank + d]).join(',')}]`;
}
/** What another op makes of the values of entries. */
export function computed(type: string, inputs: readonly HostTensor[], node: KernelNode): HostTensor {
  const row = hostKernel(type);
  if (!row) throw new KernelError('Internal', `${type} has no kernel`);
  return resultOf(row.run(inputs, node));
}
