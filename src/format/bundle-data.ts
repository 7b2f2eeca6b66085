/** The bytes of a tensor in a bundle's data: its elements as they lie in memory; of strings, their lengths first. */
import { bytesToText, textToBytes } from '../base/bytes';
import type { TypedArray } from '../base/dtype';
import { crc32c, maskCrc } from './crc32c';

/** What takes bytes in order. */
export interface Sink {
  write(bytes: Uint8Array): void;
}
/** What was written: how much, and its checksum. */
export interface Written {
  readonly size: number;
  readonly crc: number;
}
/** Numbers as bytes, without a copy. */
export function bytesOf(data: TypedArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
export function writeNumbers(data: TypedArray, sink: Sink): Written {
  const bytes = bytesOf(data);
  sink.write(bytes);
  return { size: bytes.length, crc: crc32c(bytes) };
}

/** Strings are written in pieces of about this size. */
const PIECE = 1 << 20;
/**
 * Lengths as varints, their checksum, then the strings. The checksum of lengths is that of them as 32-bit numbers (64
 * where they need that), and the whole checksum goes on from there over what follows.
 */
export function writeTexts(texts: readonly string[], sink: Sink): Written {
  const strings = texts.map(textToBytes);
  const lengths: number[] = [];
  let crc = 0;
  for (const { length } of strings) {
    crc = lengthCrc(length, crc);
    for (let left = length; ; left = Math.floor(left / 128)) {
      lengths.push(left >= 128 ? (left % 128) | 128 : left);
      if (left < 128) break;
    }
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(maskCrc(crc));
  crc = crc32c(sum, crc);
  sink.write(Uint8Array.from(lengths));
  sink.write(sum);
  let size = lengths.length + 4;
  for (let i = 0; i < strings.length; ) {
    const piece: Uint8Array[] = [];
    let length = 0;
    for (; i < strings.length && length < PIECE; i++) {
      piece.push(strings[i]);
      length += strings[i].length;
    }
    const bytes = piece.length === 1 ? piece[0] : Buffer.concat(piece);
    sink.write(bytes);
    crc = crc32c(bytes, crc);
    size += length;
  }
  return { size, crc };
}
function lengthCrc(length: number, before: number): number {
  const wide = length > 0xffffffff;
  const bytes = Buffer.alloc(wide ? 8 : 4);
  bytes.writeUInt32LE(length % 2 ** 32, 0);
  if (wide) bytes.writeUInt32LE(Math.floor(length / 2 ** 32), 4);
  return crc32c(bytes, before);
}

/**
 * The strings in an entry's bytes, and the checksum of it all.
 *
 * @returns  what is wrong with them, where something is
 */
export function readTexts(bytes: Buffer, count: number): { readonly texts: string[]; readonly crc: number } | string {
  // Each has a byte for its length at least.
  if (count + 4 > bytes.length) return `${count} strings do not fit into ${bytes.length} bytes`;
  const lengths: number[] = [];
  let at = 0;
  let crc = 0;
  for (let i = 0; i < count; i++) {
    let length = 0;
    for (let shift = 1; ; shift *= 128) {
      if (at >= bytes.length || shift > 2 ** 49) return 'a length of a string is cut off';
      const byte = bytes[at++];
      length += (byte & 127) * shift;
      if (byte < 128) break;
    }
    crc = lengthCrc(length, crc);
    lengths.push(length);
  }
  if (at + 4 > bytes.length) return 'the checksum of lengths is cut off';
  if (bytes.readUInt32LE(at) !== maskCrc(crc)) return 'the length checksum does not match';
  if (lengths.reduce((n, length) => n + length, at + 4) !== bytes.length) return 'lengths of strings do not add up';
  crc = crc32c(bytes.subarray(at), crc);
  at += 4;
  const texts = lengths.map((length) => bytesToText(bytes.subarray(at, (at += length))));
  return { texts, crc };
}
