/** Files with something changed: cut off, bits turned, pieces in each other's place, grown; behind checksums, too. */
import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { frame } from '../../../src/format/records';
import { Table, type TableEntry, TableWriter } from '../../../src/format/table';
import type { Choices } from '../random';

/** How a file keeps what is in it behind checksums: those are made anew where what is behind them is changed. */
export type Seal = 'table' | 'snappy table' | 'records' | 'gzip' | 'gzip records' | 'zlib records' | null;
export interface Mutation {
  readonly bytes: Buffer;
  readonly what: string;
  /** Checksums fit: what is read may be anything. */
  readonly isSealed: boolean;
}

const MOST_PIECE = 64;
type Change = (bytes: Buffer, choices: Choices) => Buffer;
const place = (bytes: Buffer, choices: Choices): number => choices.int(0, Math.max(0, bytes.length - 1));
export const noise = (choices: Choices, most: number): Buffer =>
  Buffer.from(Array.from({ length: choices.int(1, most) }, () => choices.int(0, 255)));
export const spliced = (bytes: Buffer, at: number, without: number, more: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at + without)]);

export const LARGE = [
  2n ** 14n,
  2n ** 24n,
  2n ** 28n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 40n,
  2n ** 53n,
  2n ** 63n - 1n,
  2n ** 64n - 1n,
];
const NUMBERS = ['-1', '0', '268435456', '2147483647', '4294967296', '99999999999999999999', '1e999', '1.5'];
const PATHS = ['../', '../../../../etc/passwd', '/etc/passwd', '/', '..', '*', '?????'];
export function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left >>= 7n) {
    bytes.push(Number(left & 127n) | (left > 127n ? 128 : 0));
    if (left <= 127n) return Buffer.from(bytes);
  }
}

const CHANGES: Readonly<Record<string, Change>> = {
  'cut off': (bytes, choices) => bytes.subarray(0, place(bytes, choices)),
  'without its beginning': (bytes, choices) => bytes.subarray(1 + place(bytes, choices)),
  'without a piece': (bytes, choices) => spliced(bytes, place(bytes, choices), choices.int(1, MOST_PIECE), Buffer.of()),
  'with bits turned': (bytes, choices) => {
    const out = Buffer.from(bytes);
    if (out.length) for (let i = choices.int(1, 4); i > 0; i--) out[place(out, choices)] ^= 1 << choices.int(0, 7);
    return out;
  },
  'with another byte': (bytes, choices) => {
    const out = Buffer.from(bytes);
    if (out.length) out[place(out, choices)] = choices.of([0, 1, 0x7f, 0x80, 0xff, choices.int(0, 255)]);
    return out;
  },
  // What a varint, a size or a place becomes that is far too large.
  'with ones': (bytes, choices) => {
    const out = Buffer.from(bytes);
    const at = place(bytes, choices);
    return out.fill(0xff, at, Math.min(out.length, at + choices.int(1, 10)));
  },
  'with a large varint': (bytes, choices) => {
    const at = place(bytes, choices);
    let end = at;
    while (end < bytes.length - 1 && bytes[end] >= 128) end++;
    return spliced(bytes, at, end + 1 - at, varint(choices.of(LARGE)));
  },
  'with another number in its text': (bytes, choices) => {
    const text = bytes.toString('latin1');
    const from = place(bytes, choices);
    const [found] = [...text.slice(from, from + 1000).matchAll(/\d+/g)];
    const number = choices.of(NUMBERS);
    return found ? spliced(bytes, from + found.index, found[0].length, Buffer.from(number)) : Buffer.from(bytes);
  },
  'with a path that leads out': (bytes, choices) => {
    const out = Buffer.from(bytes);
    out.write(choices.of(PATHS), place(out, choices), 'latin1');
    return out;
  },
  'with zeros': (bytes, choices) => {
    const out = Buffer.from(bytes);
    const at = place(bytes, choices);
    return out.fill(0, at, Math.min(out.length, at + choices.int(1, 32)));
  },
  'with pieces in each other’s place': (bytes, choices) => {
    const out = Buffer.from(bytes);
    const size = choices.int(1, Math.max(1, Math.min(MOST_PIECE, bytes.length >> 1)));
    const [a, b] = [choices.int(0, Math.max(0, out.length - size)), choices.int(0, Math.max(0, out.length - size))];
    bytes.copy(out, a, b, b + size);
    bytes.copy(out, b, a, a + size);
    return out;
  },
  'grown inside': (bytes, choices) => spliced(bytes, place(bytes, choices), 0, noise(choices, 40)),
  'grown at its end': (bytes, choices) => Buffer.concat([bytes, noise(choices, 400)]),
  'with a piece twice': (bytes, choices) => {
    const at = place(bytes, choices);
    return spliced(bytes, at, 0, bytes.subarray(at, at + choices.int(1, 2 * MOST_PIECE)));
  },
};
export function changed(bytes: Buffer, choices: Choices): { readonly bytes: Buffer; readonly what: string } {
  const what = choices.of(Object.keys(CHANGES));
  return { bytes: CHANGES[what](bytes, choices), what };
}

/** One key or value of a table is another. */
function unsealedTable(bytes: Buffer, choices: Choices, compress: boolean): { bytes: Buffer; what: string } {
  const entries = new Table(bytes, 'a table').all();
  const at = choices.int(0, entries.length - 1);
  const isKey = choices.chance(0.2);
  const [key, value] = entries[at];
  const { bytes: other, what } = changed(isKey ? Buffer.from(key, 'latin1') : Buffer.from(value), choices);
  entries[at] = isKey ? [other.toString('latin1'), value] : [key, other];
  const sorted: readonly TableEntry[] = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const parts: Uint8Array[] = [];
  const writer = new TableWriter((part) => parts.push(Uint8Array.from(part)), compress);
  for (const entry of sorted) writer.add(...entry);
  writer.finish();
  return { bytes: Buffer.concat(parts), what: `entry ${at}: ${isKey ? 'its key' : 'its value'} ${what}` };
}
function unsealedRecords(bytes: Buffer, choices: Choices): { bytes: Buffer; what: string } {
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    records.push(bytes.subarray(at + 12, at + 12 + length));
    at += 16 + length;
  }
  const at = choices.int(0, records.length - 1);
  const { bytes: other, what } = changed(records[at], choices);
  records[at] = other;
  return { bytes: Buffer.concat(records.map(frame)), what: `record ${at} ${what}` };
}
function unsealed(bytes: Buffer, seal: NonNullable<Seal>, choices: Choices): { bytes: Buffer; what: string } {
  if (seal === 'table' || seal === 'snappy table') return unsealedTable(bytes, choices, seal === 'snappy table');
  if (seal === 'records') return unsealedRecords(bytes, choices);
  const [pack, unpack] = seal === 'zlib records' ? [deflateSync, inflateSync] : [gzipSync, gunzipSync];
  const inside = unpack(bytes);
  const { bytes: other, what } = seal === 'gzip' ? changed(inside, choices) : unsealedRecords(inside, choices);
  return { bytes: pack(other), what: `unpacked, ${what}` };
}

/** @param others  files whose whole contents may come in its place */
export function mutated(bytes: Buffer, seal: Seal, others: readonly Buffer[], choices: Choices): Mutation {
  if (choices.chance(0.02)) return { bytes: choices.of(others), what: 'is another file', isSealed: true };
  if (seal !== null && choices.chance(0.4)) return { ...unsealed(bytes, seal, choices), isSealed: true };
  let { bytes: out, what } = changed(bytes, choices);
  for (; choices.chance(0.3); ) {
    const again = changed(out, choices);
    [out, what] = [again.bytes, `${what}, ${again.what}`];
  }
  return { bytes: out, what, isSealed: false };
}
