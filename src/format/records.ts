/** Files of records (TensorFlow's TFRecord), each with its length and the checksums of both. */
import { DataLossError, InvalidArgumentError } from '../base/errors';
import { codeOf, errorOf, memberOf } from '../base/thrown';
import { crc32c, maskCrc } from './crc32c';
import { type ZlibOptions, constants, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import type { Compression } from './compression';
import { readWhole } from './files';
import { Input } from './input';
import { inflating } from './inflate';

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

/** How many bytes a record of so many takes in a file. */
export const framed = (length: number): number => HEADER + length + FOOTER;

const PACK = { GZIP: gzipSync, ZLIB: deflateSync } as const;
const UNPACK = { GZIP: gunzipSync, ZLIB: inflateSync } as const;
/** The bytes of records as a file has them. */
export const packed = (bytes: Uint8Array, compression: 'GZIP' | 'ZLIB', settings: ZlibOptions): Uint8Array =>
  PACK[compression](bytes, settings);
/** What is read in order, packed or not. */
export interface Source {
  /** Whether nothing follows a place. */
  endsAt(at: number): boolean;
  /** Bytes from a place on; null where there are fewer. */
  bytes(from: number, length: number): Uint8Array | null;
  /** Some bytes from a place on; null where nothing follows it. */
  piece(from: number): Uint8Array | null;
  /** How many bytes there are: all of them are read for it where they are packed. */
  size(): number;
  close(): void;
}
const PIECE = 1 << 16;
/** @param mayBeCut  what is packed ends where its file is cut, and that is no error */
export function sourceOf(path: string, compression: Compression, mayBeCut = false): Source {
  if (compression) return unpacked(path, compression, mayBeCut);
  const input = new Input(path);
  return {
    endsAt: (at) => at >= input.size,
    size: () => input.size,
    piece(from) {
      const into = new Uint8Array(Math.max(0, Math.min(PIECE, input.size - from)));
      return into.length && input.read(into, from) ? into : null;
    },
    bytes(from, length) {
      if (length > input.size - from) return null;
      const into = new Uint8Array(length);
      return input.read(into, from) ? into : null;
    },
    close: () => input.close(),
  };
}
/** What unpacks to more than so many times a file is not unpacked as a whole. */
const [MOST_TIMES, FEW] = [4, 1 << 16];
function unpacked(path: string, compression: 'GZIP' | 'ZLIB', mayBeCut: boolean): Source {
  const whole = readWhole(path);
  try {
    const maxOutputLength = Math.max(FEW, MOST_TIMES * whole.length);
    const finishFlush = mayBeCut ? constants.Z_SYNC_FLUSH : constants.Z_FINISH;
    return ofPieces([UNPACK[compression](whole, { maxOutputLength, finishFlush })].values(), path);
  } catch (error) {
    if (!isTooLong(error)) throw unsound(path, error);
    return ofPieces(inflating(whole, compression), path);
  }
}
const isTooLong = (error: unknown): boolean => codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
const unsound = (path: string, error: unknown): Error =>
  new DataLossError(null, `inflate() failed with error ${errnoOf(error)}: ${errorOf(error).message}; ${path}`);
/** zlib's number of what is wrong: Z_DATA_ERROR where nothing says another. */
const errnoOf = (error: unknown): number => Number(memberOf(error, 'errno') ?? -3);
/** Bytes that come in pieces; those before the last place that was asked for are gone. */
function ofPieces(pieces: Iterator<Uint8Array, unknown>, path: string): Source {
  let piece: Uint8Array = new Uint8Array(0);
  let start = 0;
  /** Whether there is something at a place, which the piece then begins before. */
  const reaches = (at: number): boolean => {
    while (at >= start + piece.length) {
      const next = nextOf(pieces, path);
      if (!next) return false;
      [piece, start] = [next, start + piece.length];
    }
    return true;
  };
  return {
    endsAt: (at) => !reaches(at),
    bytes(from, length) {
      // A length may say anything: there is room for what came.
      const parts: Uint8Array[] = [];
      for (let at = from; at < from + length; at += parts[parts.length - 1].length) {
        if (!reaches(at)) return null;
        parts.push(piece.subarray(at - start, from + length - start));
      }
      return joined(parts, length);
    },
    piece: (from) => (reaches(from) ? piece.subarray(from - start) : null),
    size() {
      while (reaches(start + piece.length));
      return start + piece.length;
    },
    close() {},
  };
}
function nextOf(pieces: Iterator<Uint8Array, unknown>, path: string): Uint8Array | null {
  try {
    const { done, value } = pieces.next();
    return done ? null : value;
  } catch (error) {
    throw unsound(path, error);
  }
}
/** Pieces as one. */
export function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
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
  yield* recordsOf(sourceOf(path, compression), (what) => new DataLossError(null, `${what}; ${path}`));
}
/**
 * The same of what is open already, which it closes.
 *
 * @param lost        the error, for what is wrong
 * @param mayEndEarly  a length that is cut is the end, and no error: datasets take it so
 */
export function* recordsOf(
  input: Source,
  lost: (what: string) => Error,
  mayEndEarly = false,
): Generator<Uint8Array, void, undefined> {
  try {
    for (let at = 0; !input.endsAt(at); ) {
      const header = input.bytes(at, HEADER);
      if (!header && mayEndEarly) return;
      if (!header) throw lost(`truncated record at ${at}`);
      const view = new DataView(header.buffer);
      if (view.getUint32(8, true) !== maskCrc(crc32c(header.subarray(0, 8)))) throw lost(`corrupted record at ${at}`);
      const length = Number(view.getBigUint64(0, true));
      const data = input.bytes(at + HEADER, length + FOOTER);
      if (!data) throw lost(`truncated record at ${at}`);
      const record = data.subarray(0, length);
      const crc = new DataView(data.buffer).getUint32(length, true);
      if (crc !== maskCrc(crc32c(record))) throw lost(`corrupted record at ${at + HEADER}`);
      yield record;
      at += HEADER + length + FOOTER;
    }
  } finally {
    input.close();
  }
}
