/** The checksum of PNG and ZIP files. */

let table: Int32Array | null = null;
/**
 * CRC-32 of ISO 3309.
 *
 * @param before  that of the bytes before them
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  table ??= Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ table[(crc ^ bytes[i]) & 255];
  return ~crc >>> 0;
}
