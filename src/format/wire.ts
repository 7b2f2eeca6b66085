/** Protocol buffers, field by field: what all messages of this folder share. What a message does not know is kept. */
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { ValueError } from '../base/errors';

export { BinaryReader, BinaryWriter };

/** A field's number and how it is laid out. */
export const tag = (field: number, wire: WireType): number => (field << 3) | wire;
const { Varint: VARINT, LengthDelimited: LENGTH, Bit32: FIXED32, Bit64: FIXED64 } = WireType;
export { FIXED32, FIXED64, LENGTH, VARINT };
export const NOTHING = new Uint8Array(0);
/** What is written as it must be, and is not known here: an element type of a newer TensorFlow, for example. */
export class NotKnown extends ValueError {}
/** How deep messages stand in each other at most. */
export const MOST_DEPTH = 100;

/**
 * Reads a message. `on` takes a field from the reader and says true, or leaves it and says false.
 *
 * @returns the bytes of the fields that were left: they are written after the others
 * @throws ValueError  if the bytes are no message
 */
export function readFields(
  bytes: Uint8Array,
  on: (field: number, reader: BinaryReader, wire: WireType) => boolean,
): Uint8Array {
  const reader = new BinaryReader(bytes);
  const unknown: Uint8Array[] = [];
  try {
    while (reader.pos < reader.len) {
      const start = reader.pos;
      const [field, wire] = reader.tag();
      if (on(field, reader, wire)) continue;
      reader.skip(wire, field);
      unknown.push(bytes.subarray(start, reader.pos));
    }
  } catch (error) {
    if (error instanceof ValueError || !(error instanceof Error)) throw error;
    throw new ValueError(`Error parsing message\n  ${error.message}`);
  }
  return joined(unknown);
}
function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (!parts.length) return NOTHING;
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
/** One element of a repeated field of numbers, or a packed list of them. */
export function readNumbers<T>(
  reader: BinaryReader,
  wire: WireType,
  read: (r: BinaryReader) => T,
  into: { push(each: T): unknown },
): true {
  if (wire !== LENGTH) into.push(read(reader));
  else for (const end = reader.uint32() + reader.pos; reader.pos < end; ) into.push(read(reader));
  return true;
}
/** The entries of a map, in the order in which they lie there. */
export function readEntry<K, V>(
  bytes: Uint8Array,
  key: (r: BinaryReader) => K,
  value: (r: BinaryReader) => V,
  entry: [K, V],
): [K, V] {
  let [k, v] = entry;
  readFields(bytes, (field, r) => {
    if (field === 1) k = key(r);
    else if (field === 2) v = value(r);
    else return false;
    return true;
  });
  return [k, v];
}
export const long = (r: BinaryReader): bigint => BigInt(r.int64());
export const unsignedLong = (r: BinaryReader): bigint => BigInt(r.uint64());

/** Fields as proto3 writes them: what has its default is left out. */
export class MessageWriter {
  constructor(readonly w: BinaryWriter = new BinaryWriter()) {}
  text(field: number, value: string): this {
    if (value) this.w.uint32(tag(field, LENGTH)).string(value);
    return this;
  }
  flag(field: number, value: boolean): this {
    if (value) this.w.uint32(tag(field, VARINT)).bool(value);
    return this;
  }
  int(field: number, value: number | bigint): this {
    if (BigInt(value) !== 0n) this.w.uint32(tag(field, VARINT)).int64(value);
    return this;
  }
  /** An entry of a map between texts: both are written, whatever they are. */
  keyed(key: string, value: string): this {
    this.w.uint32(tag(1, LENGTH)).string(key).uint32(tag(2, LENGTH)).string(value);
    return this;
  }
  packed<T>(field: number, values: readonly T[], write: (w: BinaryWriter, value: T) => unknown): this {
    if (!values.length) return this;
    this.w.uint32(tag(field, LENGTH)).fork();
    for (const value of values) write(this.w, value);
    this.w.join();
    return this;
  }
  message(field: number, body: (m: this) => unknown): this {
    this.w.uint32(tag(field, LENGTH)).fork();
    body(this);
    this.w.join();
    return this;
  }
  bytes(field: number, value: Uint8Array): this {
    this.w.uint32(tag(field, LENGTH)).bytes(value);
    return this;
  }
  raw(bytes: Uint8Array): this {
    if (bytes.length) this.w.raw(bytes);
    return this;
  }
}
