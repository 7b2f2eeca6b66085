/**
 * The sorted tables of keys and values in which checkpoints keep their index: LevelDB's format (doc/table_format.md
 * there), with TensorFlow's checksums. A table is small beside what it lists, and is read and written whole.
 */
import { DataLossError } from '../base/errors';
import { crc32c, maskCrc, unmaskCrc } from './crc32c';
import { snappyCompress, snappyUncompress } from './snappy';
import { FOOTER, MAGIC } from './table-footer';

/** A byte that says whether a block is compressed, and its checksum. */
const TRAILER = 5;
/** Every so many keys stand whole; those between only from where they differ. */
const RESTART_EVERY = 16;
const BLOCK_SIZE = 256 << 10;
const NONE = 0;
const SNAPPY = 1;

/** Keys are bytes: one character stands for each (latin1), so that texts are ordered as they are. */
export type TableEntry = readonly [key: string, value: Uint8Array];

// --- reading --------------------------------------------------------------------------------------------------

class Cursor {
  constructor(
    readonly bytes: Buffer,
    public at: number,
    private readonly end: number,
  ) {}
  get more(): boolean {
    return this.at < this.end;
  }
  varint(): number {
    let value = 0;
    for (let shift = 1; this.at < this.end; shift *= 128) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * shift;
      if (byte < 128) {
        if (!Number.isSafeInteger(value)) break;
        return value;
      }
      if (shift > 2 ** 49) break;
    }
    throw new TableError('bad block handle');
  }
  take(length: number): Buffer {
    if (length > this.end - this.at) throw new TableError('bad entry in block');
    return this.bytes.subarray(this.at, (this.at += length));
  }
}
class TableError extends Error {}

/** A table that is read: its index at once, its blocks when they are asked for. */
export class Table {
  private readonly index: TableEntry[];
  /**
   * @param bytes  the whole file
   * @param name   of the file, for messages
   * @throws DataLossError  if it is none, or damaged
   */
  constructor(
    private readonly bytes: Buffer,
    private readonly name: string,
  ) {
    this.index = this.naming(() => {
      if (bytes.length < FOOTER) throw new TableError('file is too short to be an sstable');
      const footer = new Cursor(bytes, bytes.length - FOOTER, bytes.length - 8);
      if (bytes.readBigUInt64LE(bytes.length - 8) !== MAGIC) throw new TableError('not an sstable (bad magic number)');
      // The handle of a block that TensorFlow leaves empty comes first.
      footer.varint();
      footer.varint();
      return [...entriesOf(block(bytes, footer))];
    });
  }
  private naming<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      throw new DataLossError(null, `${this.name}: ${error.message}`);
    }
  }
  private block([, handle]: TableEntry): Iterable<TableEntry> {
    const at = new Cursor(Buffer.from(handle.buffer, handle.byteOffset, handle.length), 0, handle.length);
    return entriesOf(block(this.bytes, at));
  }
  /** All entries, in order. */
  all(): TableEntry[] {
    return this.naming(() => {
      const entries: TableEntry[] = [];
      let before = '';
      for (const each of this.index)
        for (const entry of this.block(each)) {
          if (entries.length && entry[0] <= before) throw new TableError('keys are out of order');
          entries.push(entry);
          before = entry[0];
        }
      return entries;
    });
  }
  /** The value of a key; null where there is none. */
  get(key: string): Uint8Array | null {
    return this.naming(() => {
      const place = this.index.find(([last]) => last >= key);
      if (place) for (const [found, value] of this.block(place)) if (found === key) return value;
      return null;
    });
  }
}
/** The block that a handle names, unpacked. */
function block(bytes: Buffer, handle: Cursor): Buffer {
  const offset = handle.varint();
  const size = handle.varint();
  if (offset + size + TRAILER > bytes.length - FOOTER) throw new TableError('truncated block read');
  const stored = bytes.subarray(offset, offset + size);
  const kind = bytes[offset + size];
  const crc = crc32c(bytes.subarray(offset, offset + size + 1));
  if (unmaskCrc(bytes.readUInt32LE(offset + size + 1)) !== crc) throw new TableError('block checksum mismatch');
  if (kind === NONE) return stored;
  const unpacked = kind === SNAPPY ? snappyUncompress(stored) : null;
  if (!unpacked) throw new TableError('corrupted compressed block contents');
  return unpacked;
}
function* entriesOf(bytes: Buffer): Iterable<TableEntry> {
  const restarts = bytes.length >= 4 ? bytes.readUInt32LE(bytes.length - 4) : 0;
  const end = bytes.length - 4 - 4 * restarts;
  if (restarts < 1 || end < 0) throw new TableError('bad block contents');
  let key = '';
  for (const at = new Cursor(bytes, 0, end); at.more; ) {
    const shared = at.varint();
    const unshared = at.varint();
    const length = at.varint();
    if (shared > key.length) throw new TableError('bad entry in block');
    key = key.slice(0, shared) + at.take(unshared).toString('latin1');
    yield [key, at.take(length)];
  }
}

// --- writing --------------------------------------------------------------------------------------------------

function varintTo(out: number[], value: number): void {
  for (; value >= 128; value = Math.floor(value / 128)) out.push((value % 128) | 128);
  out.push(value);
}
/** One block that grows. */
class BlockWriter {
  private parts: Buffer[] = [];
  private restarts = [0];
  private since = 0;
  private last = '';
  size = 0;
  count = 0;
  constructor(private readonly restartEvery = RESTART_EVERY) {}
  /** Of the block as it would be written. */
  get estimate(): number {
    return this.size + 4 * (this.restarts.length + 1);
  }
  add(key: string, value: Uint8Array): void {
    let shared = 0;
    if (this.since === this.restartEvery) {
      this.restarts.push(this.size);
      this.since = 0;
    } else
      for (const most = Math.min(key.length, this.last.length); shared < most && key[shared] === this.last[shared]; )
        shared++;
    const head: number[] = [];
    varintTo(head, shared);
    varintTo(head, key.length - shared);
    varintTo(head, value.length);
    for (const part of [Buffer.from(head), Buffer.from(key.slice(shared), 'latin1'), Buffer.from(value)]) {
      this.parts.push(part);
      this.size += part.length;
    }
    this.last = key;
    this.since++;
    this.count++;
  }
  finish(): Buffer {
    const tail = Buffer.alloc(4 * (this.restarts.length + 1));
    this.restarts.forEach((at, i) => tail.writeUInt32LE(at, 4 * i));
    tail.writeUInt32LE(this.restarts.length, 4 * this.restarts.length);
    const all = Buffer.concat([...this.parts, tail]);
    [this.parts, this.restarts, this.since, this.last, this.size, this.count] = [[], [0], 0, '', 0, 0];
    return all;
  }
}

/** A short key from `low` on and before `high`: LevelDB's FindShortestSeparator. */
function between(low: string, high: string): string {
  let at = 0;
  while (at < low.length && low[at] === high[at]) at++;
  const code = low.charCodeAt(at);
  return at < low.length && at < high.length && code < 255 && code + 1 < high.charCodeAt(at)
    ? low.slice(0, at) + String.fromCharCode(code + 1)
    : low;
}
/** A short key from `key` on: FindShortSuccessor. */
function after(key: string): string {
  for (let i = 0; i < key.length; i++)
    if (key.charCodeAt(i) !== 255) return key.slice(0, i) + String.fromCharCode(key.charCodeAt(i) + 1);
  return key;
}

/** Writes a table piece by piece; keys come in order. */
export class TableWriter {
  private readonly data = new BlockWriter();
  private readonly index = new BlockWriter(1);
  private offset = 0;
  private last = '';
  /** A block that is written and not yet in the index: its key there depends on what comes next. */
  private pending: Buffer | null = null;
  /**
   * @param write     takes the bytes of the file, in order
   * @param compress  with snappy, where that makes a block smaller by an eighth
   */
  constructor(
    private readonly write: (bytes: Buffer) => void,
    private readonly compress = false,
  ) {}
  add(key: string, value: Uint8Array): void {
    this.addPending(() => between(this.last, key));
    this.data.add(key, value);
    this.last = key;
    if (this.data.estimate >= BLOCK_SIZE) this.pending = this.put(this.data.finish());
  }
  private addPending(key: () => string): void {
    if (this.pending) this.index.add(key(), this.pending);
    this.pending = null;
  }
  /** Writes a block; its handle. */
  private put(raw: Buffer): Buffer {
    const packed = this.compress ? snappyCompress(raw) : raw;
    const isSmaller = packed.length < raw.length - Math.floor(raw.length / 8);
    const bytes = isSmaller ? packed : raw;
    const trailer = Buffer.alloc(TRAILER);
    trailer[0] = isSmaller ? SNAPPY : NONE;
    trailer.writeUInt32LE(maskCrc(crc32c(trailer.subarray(0, 1), crc32c(bytes))), 1);
    this.write(bytes);
    this.write(trailer);
    const handle: number[] = [];
    varintTo(handle, this.offset);
    varintTo(handle, bytes.length);
    this.offset += bytes.length + TRAILER;
    return Buffer.from(handle);
  }
  finish(): void {
    if (this.data.count) this.pending = this.put(this.data.finish());
    const others = this.put(new BlockWriter().finish());
    this.addPending(() => after(this.last));
    const handles = Buffer.concat([others, this.put(this.index.finish())]);
    const footer = Buffer.alloc(FOOTER);
    handles.copy(footer);
    footer.writeBigUInt64LE(MAGIC, FOOTER - 8);
    this.write(footer);
  }
}
