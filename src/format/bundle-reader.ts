/** Reads a checkpoint of version 2: the index at once, tensors when they are asked for. */
import { errorOf } from '../base/thrown';
import { bytesToText } from '../base/bytes';
import { type DType, type TypedArray, asDtype, zerosOf } from '../base/dtype';
import { DataLossError, InvalidArgumentError, NotFoundError, OutOfRangeError } from '../base/errors';
import { type NDArray, madeArray } from '../base/ndarray';
import { sizeOf } from '../base/shape';
import { bytesOf, readTexts } from './bundle-data';
import { indexName, shardName } from './bundle-writer';
import type { Piece, SavedTensor, TensorSource } from './checkpoint-source';
import { crc32c, unmaskCrc } from './crc32c';
import { readWhole } from './files';
import { Input } from './input';
import { BUNDLE_ENTRY, BUNDLE_HEADER, type BundleEntry, ENDIANNESS, type TENSOR_SHAPE } from './messages';
import type { MessageOf } from './message';
import { Table } from './table';
import {
  type Part,
  type TensorSlice,
  copyCommon,
  countCommon,
  latin1,
  partOf,
  showSlice,
  sliceKey,
  sliceOf,
} from './tensor-slice';

/** Slices and keys of slices begin so; names of tensors do not. */
const SLICE_KEY = '\0';

export function dimsOf(shape: MessageOf<typeof TENSOR_SHAPE.fields> | null): number[] {
  return shape ? shape.dim.map(({ size }) => size) : [];
}

/** What an entry says of a tensor, and it was found to be so. */
interface Placed {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly count: number;
  readonly shard: Input;
}

export class BundleReader implements TensorSource {
  readonly entries: ReadonlyMap<string, BundleEntry>;
  readonly version = 2;
  readonly numShards: number;
  private readonly shards = new Map<number, Input>();
  /** @throws NotFoundError  where there is no index, DataLossError where it is damaged */
  constructor(readonly prefix: string) {
    const index = indexName(prefix);
    const entries = new Map<string, BundleEntry>();
    const table = new Table(readWhole(index), index).all();
    const read = <T>(what: string, body: () => T): T => {
      try {
        return body();
      } catch (error) {
        throw new DataLossError(
          null,
          `${index}: ${what} is no message: ${errorOf(error)
            .message.replace(/^[^]*\n/, '')
            .trim()}`,
        );
      }
    };
    const [first] = table;
    if (first?.[0] !== '') throw new DataLossError(null, `${index}: has no header`);
    const header = read('the header', () => BUNDLE_HEADER.read(first[1]));
    if (header.endianness !== ENDIANNESS.LITTLE)
      throw new InvalidArgumentError(null, `${index}: was written on a machine whose numbers begin with the high byte`);
    if (header.numShards < 0 || header.numShards > 99999)
      throw new DataLossError(null, `${index}: has ${header.numShards} shards`);
    for (const [key, value] of table.slice(1))
      entries.set(
        key,
        read(nameOf(key), () => BUNDLE_ENTRY.read(value)),
      );
    this.entries = entries;
    this.numShards = header.numShards;
  }
  tensors(): SavedTensor[] {
    const found: SavedTensor[] = [];
    for (const [key, entry] of this.entries)
      if (!key.startsWith(SLICE_KEY))
        found.push({ name: nameOf(key), dtype: this.dtypeOf(entry, key), shape: dimsOf(entry.shape) });
    return found;
  }
  find(name: string): SavedTensor | null {
    const key = latin1(name);
    const entry = this.entries.get(key);
    return entry ? { name, dtype: this.dtypeOf(entry, key), shape: dimsOf(entry.shape) } : null;
  }
  private dtypeOf({ dtype }: BundleEntry, key: string): DType {
    try {
      return asDtype(dtype);
    } catch {
      throw this.damage(key, `${dtype} is no number of a dtype`);
    }
  }
  private damage(key: string, what: string): Error {
    return new DataLossError(null, `${indexName(this.prefix)}: tensor '${nameOf(key)}': ${what}`);
  }
  read(name: string): NDArray {
    const entry = this.entry(latin1(name), name);
    const shape = dimsOf(entry.shape);
    return entry.slices.length
      ? this.readSlice(
          name,
          partOf(
            shape,
            shape.map(() => null),
          ),
        )
      : this.value(latin1(name), entry);
  }
  private entry(key: string, name: string): BundleEntry {
    const entry = this.entries.get(key);
    if (!entry) throw new NotFoundError(null, `Key ${name} not found in checkpoint`);
    return entry;
  }
  readSlice(name: string, part: Part): NDArray {
    const key = latin1(name);
    const entry = this.entry(key, name);
    const shape = dimsOf(entry.shape);
    const stored: TensorSlice[] = entry.slices.length ? entry.slices.map(sliceOf) : [shape.map(() => null)];
    const dtype = this.dtypeOf(entry, key);
    const same = stored.find((slice) => showSlice(slice) === showSlice(part.slice));
    if (same) return entry.slices.length ? this.valueOfSlice(name, shape, same) : this.value(key, entry);
    const width = dtype.isComplex ? 2 : 1;
    const parts = stored.map((slice) => {
      const from = this.partIn(key, shape, slice);
      return { slice, from, count: countCommon(part, from) };
    });
    if (parts.reduce((n, { count }) => n + count, 0) !== sizeOf(part.sizes))
      throw new NotFoundError(
        null,
        `Tensor slice ${showSlice(part.slice)} of ${name} is not in checkpoint ${this.prefix}`,
      );
    // Each piece is there before there is room for the whole.
    let out: NDArray | null = null;
    for (const { slice, from } of parts.filter(({ count }) => count > 0)) {
      const piece = entry.slices.length ? this.valueOfSlice(name, shape, slice) : this.value(key, entry);
      out ??= madeArray(dtype, part.sizes, zerosOf(dtype, sizeOf(part.sizes), part.sizes));
      copyCommon(out.data, part, piece.data, from, width);
    }
    return out ?? madeArray(dtype, part.sizes, zerosOf(dtype, 0, part.sizes));
  }
  private partIn(key: string, shape: readonly number[], slice: TensorSlice): Part {
    try {
      return partOf(shape, slice);
    } catch (error) {
      throw this.damage(key, errorOf(error).message);
    }
  }
  private valueOfSlice(name: string, shape: readonly number[], slice: TensorSlice): NDArray {
    const key = sliceKey(name, slice);
    const entry = this.entries.get(key);
    if (!entry) throw this.damage(latin1(name), `its slice ${showSlice(slice)} is missing`);
    const { sizes } = this.partIn(key, shape, slice);
    if (String(sizes) !== String(dimsOf(entry.shape)))
      throw this.damage(latin1(name), `its slice ${showSlice(slice)} has another shape`);
    return this.value(key, entry);
  }
  inOnePiece(name: string): Piece | null {
    const key = latin1(name);
    const entry = this.entries.get(key);
    if (!entry || entry.slices.length) return null;
    const { shape, shard } = this.place(key, entry);
    return { size: entry.size, shape, read: (into) => this.fill(into, key, entry, shard) };
  }
  private fill(data: TypedArray, key: string, entry: BundleEntry, shard: Input): void {
    const raw = bytesOf(data);
    shard.read(raw, entry.offset);
    this.check(key, entry, shard, crc32c(raw));
  }
  /** What an entry says lies where, after the file itself was asked whether it does. */
  private place(key: string, entry: BundleEntry): Placed {
    const dtype = this.dtypeOf(entry, key);
    const shape = dimsOf(entry.shape);
    const count = shape.reduce((n, size) => n * size, 1);
    if (shape.some((size) => size < 0) || !Number.isSafeInteger(count) || entry.offset < 0 || entry.size < 0)
      throw this.damage(key, `the entry says shape [${shape.join()}], offset ${entry.offset}, size ${entry.size}`);
    if (!dtype.size && dtype.kind !== 'string') throw this.damage(key, `tensors of ${dtype.name} are not read`);
    const bytes = count * dtype.size;
    if (dtype.size && entry.size !== bytes)
      throw this.damage(key, `Invalid size in bundle entry: stored size ${entry.size}; expected size ${bytes}`);
    const shard = this.shard(entry.shardId);
    if (entry.offset + entry.size > shard.size)
      throw new OutOfRangeError(
        null,
        `${shard.path}: Read less bytes than requested: tensor '${nameOf(key)}' ends at ` +
          `${entry.offset + entry.size}, and the file at ${shard.size}`,
      );
    return { dtype, shape, count, shard };
  }
  private value(key: string, entry: BundleEntry): NDArray {
    const { dtype, shape, count, shard } = this.place(key, entry);
    if (!dtype.size) return this.texts(key, entry, shard, shape, count);
    const data = zerosOf(dtype, count, shape);
    if (Array.isArray(data)) throw this.damage(key, `tensors of ${dtype.name} are not read`);
    this.fill(data, key, entry, shard);
    return madeArray(dtype, shape, data);
  }
  private texts(key: string, entry: BundleEntry, shard: Input, shape: readonly number[], count: number): NDArray {
    const bytes = Buffer.allocUnsafe(entry.size);
    shard.read(bytes, entry.offset);
    const read = readTexts(bytes, count);
    if (typeof read === 'string') throw new DataLossError(null, `${shard.path}: tensor '${nameOf(key)}': ${read}`);
    this.check(key, entry, shard, read.crc);
    return madeArray(asDtype(entry.dtype), shape, read.texts);
  }
  private check(key: string, entry: BundleEntry, shard: Input, crc: number): void {
    if (unmaskCrc(entry.crc32c) !== crc)
      throw new DataLossError(
        null,
        `TensorBundle at ${this.prefix} shard ${entry.shardId} (${shard.size} bytes): Checksum does not match: ` +
          'stored ' +
          `${unmaskCrc(entry.crc32c)} vs. calculated on the restored bytes ${crc}, of tensor '${nameOf(key)}'`,
      );
  }
  private shard(id: number): Input {
    let shard = this.shards.get(id);
    if (!shard) {
      if (id < 0 || id >= this.numShards)
        throw new DataLossError(null, `${indexName(this.prefix)}: an entry lies in shard ${id} of ${this.numShards}`);
      this.shards.set(id, (shard = new Input(shardName(this.prefix, id, this.numShards))));
    }
    return shard;
  }
  close(): void {
    for (const shard of this.shards.values()) shard.close();
    this.shards.clear();
  }
}
function nameOf(key: string): string {
  return bytesToText(Buffer.from(key, 'latin1'));
}
