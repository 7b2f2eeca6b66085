/**
 * CRC-32C (Castagnoli), as TensorFlow's files have it: eight bytes at a time by tables, of four places at once. Of many
 * bytes most are folded into the last ones before.
 */
import { addresses } from '../base/platform';
import type { Folding } from './folded';

const POLYNOMIAL = 0x82f63b78;
/** What a byte does to the checksum, and what it does to that which `after` more bytes follow. */
function table(before: Int32Array | null): Int32Array {
  const made = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = before ? before[byte] : byte;
    if (before) crc = (crc >>> 8) ^ T0[crc & 255];
    else for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    made[byte] = crc;
  }
  return made;
}
// The engine leaves out what it would ask of each place in a table where the table is a constant.
const T0 = table(null);
const T1 = table(T0);
const T2 = table(T1);
const T3 = table(T2);
const T4 = table(T3);
const T5 = table(T4);
const T6 = table(T5);
const T7 = table(T6);

/** Words of a lane: four lanes stand one behind the other, and none waits for another. */
const LANE = 1024;
/** What a checksum becomes when a lane of zeros follows, for each of its bytes. */
const SHIFTS = [0, 8, 16, 24].map((shift) => {
  const bits = Array.from({ length: 8 }, (_, bit) => words(new Int32Array(LANE), 0, 1 << (shift + bit)));
  return new Int32Array(256).map((_, byte) => bits.reduce((sum, crc, bit) => ((byte >> bit) & 1 ? sum ^ crc : sum), 0));
});
const [S0, S1, S2, S3] = SHIFTS;
const shifted = (crc: number): number =>
  S0[crc & 255] ^ S1[(crc >>> 8) & 255] ^ S2[(crc >>> 16) & 255] ^ S3[crc >>> 24];

/** The checksum goes on over pairs of words, from a place on. */
function words(of: Int32Array, from: number, before: number): number {
  let crc = before;
  for (let w = from; w < of.length; w += 2) crc = pair(of[w] ^ crc, of[w + 1]);
  return crc;
}
function pair(low: number, high: number): number {
  return (
    T7[low & 255] ^
    T6[(low >>> 8) & 255] ^
    T5[(low >>> 16) & 255] ^
    T4[low >>> 24] ^
    T3[high & 255] ^
    T2[(high >>> 8) & 255] ^
    T1[(high >>> 16) & 255] ^
    T0[high >>> 24]
  );
}
/** The same over four lanes from a place on. */
function lanes(of: Int32Array, from: number, before: number): number {
  let [a, b, c, d] = [before, 0, 0, 0];
  for (let w = from; w < from + LANE; w += 2) {
    a = pair(of[w] ^ a, of[w + 1]);
    b = pair(of[w + LANE] ^ b, of[w + LANE + 1]);
    c = pair(of[w + 2 * LANE] ^ c, of[w + 2 * LANE + 1]);
    d = pair(of[w + 3 * LANE] ^ d, of[w + 3 * LANE + 1]);
  }
  return shifted(shifted(shifted(a) ^ b) ^ c) ^ d;
}

const NO_WORDS = new Int32Array(0);
/** Bytes that are worth to be folded. */
const MANY = 1 << 18;
let folding: Folding | null | undefined;
/**
 * Null where the engine has no WebAssembly, or none with vectors, and where the address space is limited: each memory
 * of WebAssembly reserves gigabytes of it, which the portable device may need.
 */
function foldingHere(): Folding | null {
  if (folding !== undefined) return folding;
  const isThere = typeof Reflect.get(globalThis, 'WebAssembly') === 'object' && addresses() === Infinity;
  try {
    folding = isThere ? (require('./folded') as typeof import('./folded')).makeFolding() : null;
  } catch {
    // There is no memory to be had: tables do.
    folding = null;
  }
  return folding;
}
/**
 * The checksum of bytes.
 *
 * @param before  that of the bytes before them
 */
export function crc32c(bytes: Uint8Array, before = 0): number {
  const fold = bytes.length < MANY ? null : foldingHere();
  return ~(fold ? byTables(fold(bytes, ~before), 0) : byTables(bytes, ~before)) >>> 0;
}
function byTables(bytes: Uint8Array, before: number): number {
  const { length } = bytes;
  let crc = before;
  let i = 0;
  for (; i < length && (bytes.byteOffset + i) & 3; i++) crc = (crc >>> 8) ^ T0[(crc ^ bytes[i]) & 255];
  const count = ((length - i) >>> 3) << 1;
  // Of a few bytes the beginning may be all, and still lie askew.
  const whole = count ? new Int32Array(bytes.buffer, bytes.byteOffset + i, count) : NO_WORDS;
  let w = 0;
  for (; w + 4 * LANE <= count; w += 4 * LANE) crc = lanes(whole, w, crc);
  crc = words(whole, w, crc);
  for (i += count * 4; i < length; i++) crc = (crc >>> 8) ^ T0[(crc ^ bytes[i]) & 255];
  return crc;
}

const DELTA = 0xa282ead8;
/** As checksums are stored: a checksum of bytes that hold checksums would mean little. */
export function maskCrc(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + DELTA) >>> 0;
}
export function unmaskCrc(masked: number): number {
  const rotated = (masked - DELTA) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}
