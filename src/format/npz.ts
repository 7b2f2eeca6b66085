/** NumPy's files of several arrays (`.npz`): ZIP archives (PKWARE, APPNOTE 6.3.9) of `.npy` files. */
import { inflateRawSync } from 'node:zlib';
import { DataLossError, UnimplementedError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { codeOf, errorOf } from '../base/thrown';
import { crc32 } from './crc32';
import { readNpy } from './npy';

/** How archives, entries of their directory, and the end of that begin. */
const ZIP = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const END_SIZE = 22;
/** Sizes and places that do not fit, and stand in a longer form elsewhere. */
const LONG = 0xffffffff;

/** Whether a file begins as an archive. */
export function isZip(bytes: Buffer): boolean {
  return bytes.length > 4 && (bytes.readUInt32LE(0) === ZIP || bytes.readUInt32LE(0) === END);
}
/**
 * The arrays of a file by their names.
 *
 * @throws DataLossError  if the bytes are no such file
 */
export function readNpz(bytes: Buffer, file: string): Map<string, NDArray> {
  const arrays = new Map<string, NDArray>();
  try {
    for (const entry of entriesOf(bytes, file))
      arrays.set(entry.name.replace(/\.npy$/, ''), readNpy(contentOf(bytes, entry, file), `${file}: ${entry.name}`));
  } catch (error) {
    // Places beyond its end.
    throw /OUT_OF/.test(codeOf(error) ?? '') ? new DataLossError(null, `${file}: it is cut off`) : error;
  }
  return arrays;
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}
/** What the directory at the end of an archive lists. */
function entriesOf(bytes: Buffer, file: string): Entry[] {
  let end = bytes.length - END_SIZE;
  // A comment of at most 64 kB may follow.
  const least = Math.max(0, end - 0xffff);
  while (end >= least && bytes.readUInt32LE(end) !== END) end--;
  if (end < least) throw new DataLossError(null, `${file}: it is no .npz file, or cut off`);
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new DataLossError(null, `${file}: its directory is damaged`);
    const [nameSize, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameSize),
      method: bytes.readUInt16LE(at + 10),
      checksum: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameSize + extra + comment;
  }
  return entries;
}
function contentOf(bytes: Buffer, { name, method, checksum, packed, size, at }: Entry, file: string): Buffer {
  if ([packed, size, at].includes(LONG))
    throw new UnimplementedError(null, `${file}: ${name} is larger than 4 GB\n  fix: a .npy file of that array.`);
  if (bytes.readUInt32LE(at) !== ZIP) throw new DataLossError(null, `${file}: ${name} is damaged`);
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const body = bytes.subarray(from, from + packed);
  if (body.length !== packed) throw new DataLossError(null, `${file}: ${name} is cut off`);
  const content = method === 0 ? body : inflated(body, size, `${file}: ${name}`);
  if (content.length !== size || crc32(content) !== checksum)
    throw new DataLossError(null, `${file}: ${name} is damaged: its checksum is another`);
  return content;
}
function inflated(body: Buffer, size: number, name: string): Buffer {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw new DataLossError(null, `${name} is damaged: ${errorOf(error).message}`);
  }
}
