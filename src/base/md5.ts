/** MD5 (RFC 1321), by which TensorFlow makes the seeds of dropout out of a seed and a name. */

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const SINES = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));

/** The first four bytes of the digest as a number, the first byte highest. */
export function md5Head(text: string): number {
  const bytes = new TextEncoder().encode(text);
  const padded = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  bytes.forEach((byte, i) => padded.setUint8(i, byte));
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 8, bytes.length * 8, true);
  let sums = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < padded.byteLength; at += 64) {
    let [a, b, c, d] = sums;
    for (let i = 0; i < 64; i++) {
      const [mixed, word] = round(i, b, c, d);
      const turned = (a + mixed + SINES[i] + padded.getUint32(at + 4 * word, true)) | 0;
      const by = SHIFTS[(i >> 4) * 4 + (i & 3)];
      [a, d, c, b] = [d, c, b, (b + ((turned << by) | (turned >>> (32 - by)))) | 0];
    }
    sums = sums.map((sum, i) => (sum + [a, b, c, d][i]) | 0);
  }
  const head = new DataView(new ArrayBuffer(4));
  head.setUint32(0, sums[0] >>> 0, true);
  return head.getUint32(0);
}
function round(i: number, b: number, c: number, d: number): [mixed: number, word: number] {
  if (i < 16) return [(b & c) | (~b & d), i];
  if (i < 32) return [(d & b) | (~d & c), (5 * i + 1) % 16];
  if (i < 48) return [b ^ c ^ d, (3 * i + 5) % 16];
  return [c ^ (b | ~d), (7 * i) % 16];
}
