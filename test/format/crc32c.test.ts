/** Checksums over places side by side, or of bytes that are folded, are those of one byte after the other. */
import { crc32c } from '../../src/format/crc32c';

/** By the definition: bit by bit. */
function plain(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}
const BYTES = Uint8Array.from({ length: 50_000 }, (_, i) => (i * 2654435761) >>> 13);

test('the one that RFC 3720 gives', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
});
test.each([0, 1, 3, 7, 8, 9, 4095, 4096, 16383, 16384, 16385, 16391, 32768, 40000, 49990])('%i bytes', (length) => {
  for (const from of [0, 1, 2, 3, 5]) {
    const bytes = BYTES.subarray(from, from + length);
    expect(crc32c(bytes)).toBe(plain(bytes));
    const cut = length >> 1;
    expect(crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut)))).toBe(plain(bytes));
  }
});

describe('many bytes, of which most are folded into the last', () => {
  const MANY = 1 << 18;
  const CHUNK = 1 << 17;
  const many = Uint8Array.from({ length: 3 * CHUNK + 30_000 }, (_, i) => Math.imul(i, 2654435761) >>> 19);
  test.each([
    MANY,
    MANY + 1,
    MANY + 63,
    2 * CHUNK + 21_100,
    2 * CHUNK + 21_163,
    2 * CHUNK + 21_164,
    3 * CHUNK + 29_995,
  ])('%i bytes', (length) => {
    for (const from of [0, 1, 5]) {
      const bytes = many.subarray(from, from + length);
      expect(crc32c(bytes)).toBe(plain(bytes));
      expect(crc32c(bytes, 0x12345678)).toBe(plain(bytes, 0x12345678));
    }
  });
  test('each bit counts, in every place that a byte goes by', () => {
    const bytes = many.slice(0, MANY);
    const whole = crc32c(bytes);
    const others = new Set<number>();
    for (let at = 0; at < MANY; at += 4093) {
      bytes[at] ^= 1 << (at & 7);
      others.add(crc32c(bytes));
      bytes[at] ^= 1 << (at & 7);
    }
    expect(others.size).toBe(Math.ceil(MANY / 4093));
    expect(others.has(whole)).toBe(false);
    expect(crc32c(bytes)).toBe(whole);
  });
});
