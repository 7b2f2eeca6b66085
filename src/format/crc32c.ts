/** CRC-32C (Castagnoli), as TensorFlow's files have it: eight bytes at a time, by tables. */

const POLYNOMIAL = 0x82f63b78;
/** Table k says what a byte does to the checksum that k bytes after it follow. */
const TABLES: Int32Array[] = [];
function tables(): Int32Array[] {
  if (TABLES.length) return TABLES;
  for (let k = 0; k < 8; k++) TABLES.push(new Int32Array(256));
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    TABLES[0][byte] = crc;
  }
  for (let k = 1; k < 8; k++)
    for (let byte = 0; byte < 256; byte++) {
      const before = TABLES[k - 1][byte];
      TABLES[k][byte] = (before >>> 8) ^ TABLES[0][before & 255];
    }
  return TABLES;
}

const NO_WORDS = new Int32Array(0);
/**
 * The checksum of bytes.
 *
 * @param before  that of the bytes before them
 */
export function crc32c(bytes: Uint8Array, before = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables();
  const { length } = bytes;
  let crc = ~before;
  let i = 0;
  for (; i < length && (bytes.byteOffset + i) & 3; i++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[i]) & 255];
  const count = ((length - i) >>> 3) << 1;
  // Of a few bytes the beginning may be all, and still lie askew.
  const words = count ? new Int32Array(bytes.buffer, bytes.byteOffset + i, count) : NO_WORDS;
  for (let w = 0; w < words.length; w += 2) {
    const low = words[w] ^ crc;
    const high = words[w + 1];
    crc =
      t7[low & 255] ^
      t6[(low >>> 8) & 255] ^
      t5[(low >>> 16) & 255] ^
      t4[low >>> 24] ^
      t3[high & 255] ^
      t2[(high >>> 8) & 255] ^
      t1[(high >>> 16) & 255] ^
      t0[high >>> 24];
  }
  for (i += words.length * 4; i < length; i++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[i]) & 255];
  return ~crc >>> 0;
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
