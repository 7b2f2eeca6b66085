/**
 * IDX, the format of the MNIST files: a magic number (two zero bytes, an element type, a rank), one
 * 32-bit size per dimension, then the elements; big-endian, last dimension fastest. Plain or gzipped.
 */
import { constants, gunzipSync } from 'node:zlib';
import { DataLossError, ValueError } from '../base/errors';
import { codeOf, errorOf } from '../base/thrown';

/** The contents of an IDX file of unsigned bytes. */
export interface IdxArray {
  readonly shape: readonly number[];
  /** One byte per element, row-major; a view of the file's bytes unless those were gzipped. */
  readonly data: Uint8Array;
}

/** What a file should be, and the words for it in errors. */
export interface IdxExpectation {
  /** The file's name or path. */
  readonly file: string;
  /** The kind of file, as in `MNIST image file`. */
  readonly kind: string;
  /** How many dimensions the file must have. */
  readonly rank: number;
}

const UINT8 = 0x08;
const ELEMENT_TYPES: Readonly<Record<number, string>> = {
  [UINT8]: 'uint8',
  0x09: 'int8',
  0x0b: 'int16',
  0x0c: 'int32',
  0x0d: 'float32',
  0x0e: 'float64',
};

/**
 * Reads an IDX file of unsigned bytes.
 *
 *     parseIdx(readFileSync(file), { file, kind: 'MNIST image file', rank: 3 })   // shape [60000, 28, 28]
 *
 * @param bytes   the whole file; gzip is recognised by its first two bytes
 * @param expect  the rank it must have, and what to call it in errors
 * @returns       its shape, and its elements without a copy
 * @throws ValueError     if the magic number is not that of `expect.rank` dimensions of unsigned bytes
 * @throws DataLossError  if the file is shorter or longer than its header says, or its gzip stream is broken
 */
export function parseIdx(bytes: Uint8Array, expect: IdxExpectation): IdxArray {
  const content = isGzip(bytes) ? gunzip(bytes, expect) : bytes;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (content.length < 4) throw truncatedHeader(content.length, expect);
  const magic = view.getUint32(0);
  if (magic !== magicOf(expect.rank)) throw wrongMagic(magic, expect);

  const header = headerSize(expect.rank);
  if (content.length < header) throw truncatedHeader(content.length, expect);
  const shape = sizesIn(content, expect.rank);
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  if (content.length !== header + size) throw wrongSize(content.length, header, shape, size, expect);
  return { shape, data: new Uint8Array(content.buffer, content.byteOffset + header, size) };
}

const magicOf = (rank: number) => (UINT8 << 8) | rank;
const headerSize = (rank: number) => 4 + 4 * rank;
const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The most that deflate packs into a byte. */
const DENSEST = 1032;
const MOST_WITHOUT = 1 << 20;
/** Unpacks what the header allows and one byte more, by which it shows that there is more. */
function gunzip(bytes: Uint8Array, expect: IdxExpectation): Uint8Array {
  const { kind, file, rank } = expect;
  try {
    const start = gunzipSync(bytes.subarray(0, 4096), { finishFlush: constants.Z_SYNC_FLUSH });
    const header = headerSize(rank);
    // What has no such header is told of as it is, from its beginning.
    if (start.length < header) return gunzipSync(bytes, { maxOutputLength: MOST_WITHOUT });
    if (start.readUInt32BE(0) !== magicOf(rank)) return start;
    const size = sizesIn(start, rank).reduce((product, dimension) => product * dimension, 1);
    const most = Math.min(header + size + 1, bytes.length * DENSEST + header);
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE')
      throw new DataLossError(
        null,
        `Too many bytes in ${kind}: ${file}\nExpected as many as its header says, found more. Download the file again.`,
      );
    throw new DataLossError(
      null,
      `Corrupted gzip data in ${kind}: ${file}\n` +
        `Expected a complete gzip stream, found ${bytes.length} bytes that end in '${errorOf(error).message}'. ` +
        'Download the file again.',
    );
  }
}
function sizesIn(content: Uint8Array, rank: number): number[] {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  return Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
}

// The first line is TensorFlow's, and so is the class.
function wrongMagic(magic: number, { kind, file, rank }: IdxExpectation): ValueError {
  return new ValueError(
    `Invalid magic number ${magic} in ${kind}: ${file}\n` +
      `Expected ${magicOf(rank)} (uint8, ${dimensions(rank)}), found ${describe(magic)}. ` +
      'Put the file that belongs under this name in its place.',
  );
}

function describe(magic: number): string {
  const type = ELEMENT_TYPES[magic >>> 8];
  return type ? `an IDX file of ${type}, ${dimensions(magic & 0xff)}` : 'something that is not an IDX file';
}

const dimensions = (rank: number) => (rank === 1 ? '1 dimension' : `${rank} dimensions`);

function truncatedHeader(found: number, { kind, file, rank }: IdxExpectation): DataLossError {
  return new DataLossError(
    null,
    `Truncated ${kind}: ${file}\n` +
      `Expected a header of ${headerSize(rank)} bytes, found ${found}. Download the file again.`,
  );
}

function wrongSize(
  found: number,
  header: number,
  shape: readonly number[],
  size: number,
  { kind, file }: IdxExpectation,
): DataLossError {
  const problem = found < header + size ? 'Truncated' : 'Too many bytes in';
  return new DataLossError(
    null,
    `${problem} ${kind}: ${file}\n` +
      `Expected ${header + size} bytes (a header of ${header}, then ${shape.join(' x ')}), found ${found}. ` +
      'Download the file again.',
  );
}
