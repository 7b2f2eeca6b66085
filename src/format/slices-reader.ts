/** Reads a checkpoint of version 1: tables of slices of tensors, in one file or in several that a pattern names. */
import { errorOf } from '../base/thrown';
import { type DType, type Data, asDtype, zerosOf } from '../base/dtype';
import { DataLossError, NotFoundError } from '../base/errors';
import { type NDArray, madeArray } from '../base/ndarray';
import { cShape, sizeOf } from '../base/shape';
import { dimsOf } from './bundle-reader';
import type { SavedTensor, TensorSource } from './checkpoint-source';
import { readWhole } from './files';
import { SAVED_TENSOR_SLICES } from './messages';
import { decodeElements } from './slices-data';
import { Table } from './table';
import {
  type Part,
  type TensorSlice,
  copyCommon,
  countCommon,
  partOf,
  showSlice,
  sliceKey,
  sliceOf,
} from './tensor-slice';

interface Saved extends SavedTensor {
  /** Where each of its slices lies. */
  readonly slices: { readonly slice: TensorSlice; readonly file: SliceFile }[];
}
interface SliceFile {
  readonly path: string;
  readonly table: Table;
}
function damaged<T>(path: string, what: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof DataLossError) throw error;
    const [why] = errorOf(error).message.split('\n').slice(-1);
    throw new DataLossError(null, `${path}: ${what} is damaged: ${why.trim()}`);
  }
}

export class SliceTables implements TensorSource {
  readonly version = 1;
  private readonly saved = new Map<string, Saved>();
  constructor(
    paths: readonly string[],
    private readonly pattern: string,
  ) {
    for (const path of paths) this.add({ path, table: new Table(readWhole(path), path) });
  }
  private add(file: SliceFile): void {
    const bytes = file.table.get('');
    if (!bytes) throw new DataLossError(null, `${file.path}: has no list of its tensors: it is no checkpoint`);
    const { meta } = damaged(file.path, 'the list of tensors', () => SAVED_TENSOR_SLICES.read(bytes));
    for (const { name, shape: dims, type, slice: slices } of meta?.tensor ?? []) {
      const shape = dimsOf(dims);
      const dtype = damaged(file.path, `the list of tensors, at '${name}',`, () => asDtype(type));
      if (shape.some((size) => size < 0) || !Number.isSafeInteger(sizeOf(shape)))
        throw new DataLossError(null, `${file.path}: tensor '${name}' has the shape ${cShape(shape)}`);
      const known = this.saved.get(name);
      if (known && (cShape(known.shape) !== cShape(shape) || known.dtype !== dtype))
        throw new DataLossError(null, `${file.path}: tensor '${name}' has another shape or dtype in another shard`);
      const saved = known ?? { name, dtype, shape, slices: [] };
      for (const slice of slices) saved.slices.push({ slice: sliceOf(slice), file });
      this.saved.set(name, saved);
    }
  }
  tensors(): SavedTensor[] {
    return [...this.saved.values()];
  }
  find(name: string): SavedTensor | null {
    return this.saved.get(name) ?? null;
  }
  read(name: string): NDArray {
    const { shape } = this.get(name);
    return this.readSlice(
      name,
      partOf(
        shape,
        shape.map(() => null),
      ),
    );
  }
  inOnePiece(): null {
    return null;
  }
  private get(name: string): Saved {
    const saved = this.saved.get(name);
    if (!saved) throw new NotFoundError(null, `Tensor name "${name}" not found in checkpoint files ${this.pattern}`);
    return saved;
  }
  readSlice(name: string, part: Part): NDArray {
    const saved = this.get(name);
    const same = saved.slices.find(({ slice }) => showSlice(slice) === showSlice(part.slice));
    if (same) return this.piece(saved, same)[0];
    const there = saved.slices.reduce((n, each) => n + countCommon(part, this.place(saved, each)), 0);
    if (there !== sizeOf(part.sizes))
      throw new NotFoundError(
        null,
        `Does not have sufficient slices for partitioned tensor ${name} to restore in slice_spec: ` +
          showSlice(part.slice),
      );
    const data = zerosOf(saved.dtype, sizeOf(part.sizes), part.sizes);
    for (const each of saved.slices) {
      const [piece, from] = this.piece(saved, each);
      copyCommon(data, part, piece.data, from, saved.dtype.isComplex ? 2 : 1);
    }
    return madeArray(saved.dtype, part.sizes, data);
  }
  private place({ name, shape }: Saved, { slice, file }: Saved['slices'][number]): Part {
    return damaged(file.path, `tensor '${name}'`, () => partOf(shape, slice));
  }
  private piece(saved: Saved, each: Saved['slices'][number]): readonly [NDArray, Part] {
    const { name, dtype } = saved;
    const { slice, file } = each;
    const what = `tensor '${name}'`;
    const part = this.place(saved, each);
    const bytes = file.table.get(sliceKey(name, slice));
    if (!bytes) throw new DataLossError(null, `${file.path}: ${what}: its slice ${showSlice(slice)} is missing`);
    const { data } = damaged(file.path, what, () => SAVED_TENSOR_SLICES.read(bytes));
    return [elementsIn(data?.data ?? new Uint8Array(0), dtype, part.sizes, `${file.path}: ${what}`), part];
  }
  close(): void {
    // What it holds are bytes in memory.
  }
}
/** An element takes a byte at least. */
function elementsIn(bytes: Uint8Array, dtype: DType, shape: readonly number[], what: string): NDArray {
  const count = sizeOf(shape);
  const missing = (found: number | string): Error =>
    new DataLossError(null, `${what}: should have ${count} elements, and has ${found}`);
  if (count > bytes.length) throw missing(`${bytes.length} bytes`);
  if (!dtype.size && dtype.kind !== 'string') throw new DataLossError(null, `${what}: ${dtype.name} is not read`);
  const decoded = (into: Data): number => {
    try {
      return decodeElements(bytes, dtype, into);
    } catch (error) {
      const why = errorOf(error).message.replace(/^[^]*\n/, '');
      throw new DataLossError(null, `${what}: ${why.trim()}`);
    }
  };
  const each = dtype.isComplex ? 2 : 1;
  // Where they take more room than four times their bytes they are counted first.
  const counted = count * dtype.size > 4 * bytes.length ? decoded(zerosOf(dtype, 0)) : count * each;
  if (counted !== count * each) throw missing(counted);
  const data = zerosOf(dtype, count, shape);
  const found = decoded(data);
  if (found !== data.length) throw missing(found);
  return madeArray(dtype, shape, data);
}
