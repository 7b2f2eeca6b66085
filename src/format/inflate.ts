/**
 * Unpacks DEFLATE (RFC 1951) piece by piece. Node's own unpacks the whole of a file at once, and a few bytes may stand
 * for a thousand times as many: this is for such files alone.
 */
import { crc32 } from './crc32';

/** How far behind a copy may reach, and how much is given at a time. */
const [WINDOW, PIECE, LONGEST] = [1 << 15, 1 << 16, 258];
const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
];
const LENGTH_BASE = Uint16Array.from([...LENGTHS, 227, 258]);
const LENGTH_BITS = Uint8Array.from(LENGTH_BASE, (_, i) => (i < 8 || i === 28 ? 0 : (i >> 2) - 1));
const DISTANCE_BITS = Uint8Array.from({ length: 30 }, (_, i) => (i < 4 ? 0 : (i >> 1) - 1));
const DISTANCE_BASE = Uint16Array.from({ length: 30 }, (_, i) =>
  i < 4 ? i + 1 : ((2 + (i & 1)) << ((i >> 1) - 1)) + 1,
);
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** What is wrong with packed bytes. */
class Unsound extends Error {}
/** For the next bits of the input the symbol that they begin with, and, in the lowest four bits, its length. */
interface Code {
  readonly table: Uint16Array;
  readonly bits: number;
}
function codeOf(lengths: Uint8Array): Code {
  const bits = Math.max(1, ...lengths);
  const table = new Uint16Array(1 << bits);
  let code = 0;
  for (let length = 1; length <= bits; length++, code <<= 1)
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue;
      if (code >> length) throw new Unsound('oversubscribed code');
      let turned = 0;
      for (let bit = 0; bit < length; bit++) turned |= ((code >> bit) & 1) << (length - 1 - bit);
      for (let at = turned; at < table.length; at += 1 << length) table[at] = (symbol << 4) | length;
      code++;
    }
  return { table, bits };
}
const FIXED: readonly [Code, Code] = [
  codeOf(Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  codeOf(new Uint8Array(30).fill(5)),
];

/** The bits of the input, from the lowest of each byte on. */
class Bits {
  private held = 0;
  private count = 0;
  constructor(
    private readonly of: Uint8Array,
    public at: number,
  ) {}
  take(count: number): number {
    for (; this.count < count; this.count += 8) this.held |= this.byte() << this.count;
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.count -= count;
    return value;
  }
  private byte(): number {
    if (this.at >= this.of.length) throw new Unsound('unexpected end of file');
    return this.of[this.at++];
  }
  symbol({ table, bits }: Code): number {
    for (; this.count < bits && this.at < this.of.length; this.count += 8)
      this.held |= this.of[this.at++] << this.count;
    const entry = table[this.held & ((1 << bits) - 1)];
    const length = entry & 15;
    if (length > this.count) throw new Unsound('unexpected end of file');
    if (!length) throw new Unsound('invalid code');
    this.held >>>= length;
    this.count -= length;
    return entry >> 4;
  }
  /** Goes on at the next whole byte that is not used. */
  align(): void {
    this.at -= this.count >> 3;
    this.held = this.count = 0;
  }
  bytes(count: number): Uint8Array {
    if (this.at + count > this.of.length) throw new Unsound('unexpected end of file');
    return this.of.subarray(this.at, (this.at += count));
  }
}

/** The codes of a block that brings its own. */
function codesIn(bits: Bits): readonly [Code, Code] {
  const [literals, distances, count] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
  const first = new Uint8Array(19);
  for (let i = 0; i < count; i++) first[ORDER[i]] = bits.take(3);
  const code = codeOf(first);
  const lengths = new Uint8Array(literals + distances);
  for (let i = 0; i < lengths.length; ) {
    const symbol = bits.symbol(code);
    if (symbol < 16) lengths[i++] = symbol;
    else {
      if (symbol === 16 && !i) throw new Unsound('invalid bit length repeat');
      const value = symbol === 16 ? lengths[i - 1] : 0;
      const times = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
      if (i + times > lengths.length) throw new Unsound('invalid bit length repeat');
      lengths.fill(value, i, (i += times));
    }
  }
  return [codeOf(lengths.subarray(0, literals)), codeOf(lengths.subarray(literals))];
}
/** What was unpacked: as much as copies may reach, and what was not given yet. */
class Output {
  private readonly bytes = new Uint8Array(WINDOW + PIECE + LONGEST);
  private given = 0;
  private at = 0;
  get isFull(): boolean {
    return this.at >= WINDOW + PIECE;
  }
  put(byte: number): void {
    this.bytes[this.at++] = byte;
  }
  copy(distance: number, length: number): void {
    if (distance > this.at) throw new Unsound('invalid distance too far back');
    const { bytes } = this;
    for (let end = this.at + length; this.at < end; this.at++) bytes[this.at] = bytes[this.at - distance];
  }
  /** What is new since it was asked last. */
  give(): Uint8Array {
    const piece = this.bytes.slice(this.given, this.at);
    const kept = Math.min(this.at, WINDOW);
    this.bytes.copyWithin(0, this.at - kept, this.at);
    this.at = this.given = kept;
    return piece;
  }
}
function* compressed(bits: Bits, out: Output, [literals, distances]: readonly [Code, Code]): Generator<Uint8Array> {
  for (;;) {
    const symbol = bits.symbol(literals);
    if (symbol === 256) return;
    if (symbol < 256) out.put(symbol);
    else {
      if (symbol > 285) throw new Unsound('invalid literal/length code');
      const length = LENGTH_BASE[symbol - 257] + bits.take(LENGTH_BITS[symbol - 257]);
      const far = bits.symbol(distances);
      if (far > 29) throw new Unsound('invalid distance code');
      out.copy(DISTANCE_BASE[far] + bits.take(DISTANCE_BITS[far]), length);
    }
    if (out.isFull) yield out.give();
  }
}
function* stored(bits: Bits, out: Output): Generator<Uint8Array> {
  bits.align();
  const [length, inverse] = [bits.take(16), bits.take(16)];
  if (length !== (~inverse & 0xffff)) throw new Unsound('invalid stored block lengths');
  for (const byte of bits.bytes(length)) {
    out.put(byte);
    if (out.isFull) yield out.give();
  }
}
function* blocks(bits: Bits): Generator<Uint8Array> {
  const out = new Output();
  for (let isLast = false; !isLast; ) {
    isLast = bits.take(1) === 1;
    const type = bits.take(2);
    if (type === 3) throw new Unsound('invalid block type');
    if (type === 0) yield* stored(bits, out);
    else yield* compressed(bits, out, type === 1 ? FIXED : codesIn(bits));
  }
  yield out.give();
  bits.align();
}
/** Bits of the header of a gzip member that say what else it has. */
const [HAS_CRC, HAS_EXTRA, HAS_NAME, HAS_COMMENT] = [2, 4, 8, 16];
function gzipHeader(bits: Bits): void {
  const header = bits.bytes(10);
  if (header[0] !== 0x1f || header[1] !== 0x8b || header[2] !== 8) throw new Unsound('incorrect header check');
  if (header[3] & HAS_EXTRA) bits.bytes(bits.take(16));
  for (const each of [HAS_NAME, HAS_COMMENT]) if (header[3] & each) while (bits.bytes(1)[0]);
  if (header[3] & HAS_CRC) bits.bytes(2);
}
function adler32(bytes: Uint8Array, before: number): number {
  let [low, high] = [before & 0xffff, before >>> 16];
  for (let i = 0; i < bytes.length; ) {
    for (const end = Math.min(bytes.length, i + 3800); i < end; i++) high += low += bytes[i];
    low %= 65521;
    high %= 65521;
  }
  return ((high << 16) | low) >>> 0;
}
/**
 * What a file unpacks to, in pieces of 64 kB.
 *
 * @throws Error  where it is cut or damaged, in zlib's words
 */
export function* inflating(bytes: Uint8Array, kind: 'GZIP' | 'ZLIB'): Generator<Uint8Array, void, undefined> {
  const bits = new Bits(bytes, 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isGzip = kind === 'GZIP';
  do {
    if (isGzip) gzipHeader(bits);
    else if (view.getUint16(0) % 31 || (bits.bytes(2)[0] & 15) !== 8) throw new Unsound('incorrect header check');
    let sum = isGzip ? 0 : 1;
    for (const piece of blocks(bits)) {
      sum = isGzip ? crc32(piece, sum) : adler32(piece, sum);
      yield piece;
    }
    const { at } = bits;
    bits.bytes(isGzip ? 8 : 4);
    if (view.getUint32(at, isGzip) !== sum) throw new Unsound('incorrect data check');
  } while (isGzip && bytes[bits.at] === 0x1f && bytes[bits.at + 1] === 0x8b);
}
