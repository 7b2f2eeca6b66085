/** Files of records (TensorFlow's TFRecord), each with its length and the checksums of both. */
import { DataLossError, InvalidArgumentError } from '../base/errors';
import { crc32c, maskCrc } from './crc32c';
import { type ZlibOptions, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { Input, readWhole } from './files';

const [HEADER, FOOTER] = [12, 4];
/** A record as it lies in a file. */
export function frame(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(HEADER + data.length + FOOTER);
  const view = new DataView(out.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskCrc(crc32c(out.subarray(0, 8))), true);
  out.set(data, HEADER);
  view.setUint32(HEADER + data.length, maskCrc(crc32c(data)), true);
  return out;
}

/** How the whole of a file is packed. */
export type Compression = '' | 'GZIP' | 'ZLIB';
const PACK = { GZIP: gzipSync, ZLIB: deflateSync } as const;
const UNPACK = { GZIP: gunzipSync, ZLIB: inflateSync } as const;
/** The bytes of records as a file has them. */
export const packed = (bytes: Uint8Array, compression: 'GZIP' | 'ZLIB', settings: ZlibOptions): Uint8Array =>
  PACK[compression](bytes, settings);
/** What records are read from. */
interface Source {
  readonly size: number;
  read(into: Uint8Array, from: number): boolean;
  close(): void;
}
function sourceOf(path: string, compression: Compression): Source {
  if (!compression) return new Input(path);
  const bytes = unpacked(path, compression);
  return {
    size: bytes.length,
    read(into, from) {
      into.set(bytes.subarray(from, from + into.length));
      return from + into.length <= bytes.length;
    },
    close() {},
  };
}
function unpacked(path: string, compression: 'GZIP' | 'ZLIB'): Uint8Array {
  const whole = readWhole(path);
  try {
    return UNPACK[compression](whole);
  } catch (error) {
    throw new DataLossError(null, `inflate() failed: ${error instanceof Error ? error.message : error}; ${path}`);
  }
}

/**
 * The records of a file, one after the other. One that is still being written ends before its last record is whole.
 *
 * @throws NotFoundError  if there is none
 * @throws DataLossError  where it is cut or damaged
 */
export function* recordsIn(path: string, compression: Compression = ''): Generator<Uint8Array, void, undefined> {
  if (typeof path !== 'string' || !path || path.includes('\0'))
    throw new InvalidArgumentError(null, 'a file of records is named by its path.');
  const input = sourceOf(path, compression);
  try {
    const header = new Uint8Array(HEADER);
    const view = new DataView(header.buffer);
    for (let at = 0; at < input.size; ) {
      if (input.size - at < HEADER || !input.read(header, at)) throw lost(path, `truncated record at ${at}`);
      if (view.getUint32(8, true) !== maskCrc(crc32c(header.subarray(0, 8))))
        throw lost(path, `corrupted record at ${at}`);
      const length = Number(view.getBigUint64(0, true));
      if (length > input.size - at - HEADER - FOOTER) throw lost(path, `truncated record at ${at}`);
      const data = new Uint8Array(length + FOOTER);
      if (!input.read(data, at + HEADER)) throw lost(path, `truncated record at ${at}`);
      const record = data.subarray(0, length);
      const crc = new DataView(data.buffer).getUint32(length, true);
      if (crc !== maskCrc(crc32c(record))) throw lost(path, `corrupted record at ${at}`);
      yield record;
      at += HEADER + length + FOOTER;
    }
  } finally {
    input.close();
  }
}
const lost = (path: string, what: string): Error => new DataLossError(null, `${what}; ${path}`);
