/** Snappy blocks (format_description.txt of google/snappy): what the older checkpoints are packed with. */

/** One element of three bytes gives 64 at most: a length beyond that was never written. */
const MOST_GROWTH = 22;

/** The length of what was packed, and where it begins; null where it is none. */
function lengthIn(packed: Uint8Array): { length: number; at: number } | null {
  let length = 0;
  for (let at = 0, shift = 1; at < packed.length && at <= 4; shift *= 128) {
    const byte = packed[at++];
    length += (byte & 127) * shift;
    if (byte < 128) return { length, at };
  }
  return null;
}
/** What is done with a run of bytes that stand in the packed ones, and with a copy of what was there; false ends it. */
interface Elements {
  literal(at: number, size: number): boolean;
  copy(back: number, size: number): boolean;
}
/** Goes through what is packed. @returns  whether it came to the end */
function walk(packed: Uint8Array, from: number, elements: Elements): boolean {
  for (let at = from; at < packed.length; ) {
    const tag = packed[at++];
    const isLiteral = (tag & 3) === 0;
    const extra = isLiteral ? Math.max(0, (tag >> 2) - 59) : [0, 1, 2, 4][tag & 3];
    if (at + extra > packed.length) return false;
    let number = 0;
    for (let i = 0; i < extra; i++) number += packed[at + i] * 256 ** i;
    at += extra;
    if (isLiteral) {
      const size = extra ? number + 1 : (tag >> 2) + 1;
      if (at + size > packed.length || !elements.literal(at, size)) return false;
      at += size;
    } else if ((tag & 3) === 1) {
      if (!elements.copy(((tag >> 5) << 8) + number, ((tag >> 2) & 7) + 4)) return false;
    } else if (!elements.copy(number, (tag >> 2) + 1)) return false;
  }
  return true;
}
/** Whether so many bytes come out: they are counted before there is room for them. */
function comesTo(length: number, packed: Uint8Array, at: number): boolean {
  let to = 0;
  const more = (size: number): boolean => (to += size) <= length;
  const elements = {
    literal: (_: number, size: number) => more(size),
    copy: (back: number, size: number) => back > 0 && back <= to && more(size),
  };
  return walk(packed, at, elements) && to === length;
}
/** The bytes that were packed; null where that is no snappy block. */
export function snappyUncompress(packed: Uint8Array): Buffer | null {
  const head = lengthIn(packed);
  if (!head || head.length > packed.length * MOST_GROWTH || !comesTo(head.length, packed, head.at)) return null;
  const out = Buffer.allocUnsafe(head.length);
  let to = 0;
  walk(packed, head.at, {
    literal(at, size) {
      out.set(packed.subarray(at, at + size), to);
      to += size;
      return true;
    },
    copy(back, size) {
      // A copy may run into what it makes.
      if (back >= size) out.copyWithin(to, to - back, to - back + size);
      else for (let i = 0; i < size; i++) out[to + i] = out[to + i - back];
      to += size;
      return true;
    },
  });
  return out;
}

const HASH_BITS = 14;
/** Copies reach back this far. */
const WINDOW = 65535;

export function snappyCompress(bytes: Buffer): Buffer {
  const { length } = bytes;
  // As many as there can be: a literal's head every 2^32 bytes, and copies are never longer than what they stand for.
  const out = Buffer.allocUnsafe(32 + length + Math.ceil(length / 6));
  let to = 0;
  for (let left = length; ; left = Math.floor(left / 128)) {
    out[to++] = left >= 128 ? (left % 128) | 128 : left;
    if (left < 128) break;
  }
  const literal = (from: number, end: number): void => {
    if (from === end) return;
    const size = end - from - 1;
    if (size < 60) out[to++] = size << 2;
    else {
      const extra = size < 256 ? 1 : size < 65536 ? 2 : size < 1 << 24 ? 3 : 4;
      out[to++] = (59 + extra) << 2;
      out.writeUIntLE(size, to, extra);
      to += extra;
    }
    to += bytes.copy(out, to, from, end);
  };
  const copy = (back: number, size: number): void => {
    for (let left = size; left > 0; ) {
      // No piece may be left that is shorter than 4 and wants a long offset's three bytes for nothing.
      const piece = left > 64 ? (left < 68 ? 60 : 64) : left;
      out[to++] = ((piece - 1) << 2) | 2;
      out.writeUInt16LE(back, to);
      to += 2;
      left -= piece;
    }
  };
  const seen = new Int32Array(1 << HASH_BITS).fill(-1);
  let from = 0;
  let misses = 32;
  for (let at = 0; at + 4 <= length; ) {
    const four = bytes.readUInt32LE(at);
    const hash = Math.imul(four, 0x1e35a7bd) >>> (32 - HASH_BITS);
    const before = seen[hash];
    seen[hash] = at;
    if (before < 0 || at - before > WINDOW || bytes.readUInt32LE(before) !== four) {
      // What does not repeat itself is gone through in larger and larger steps.
      at += misses++ >> 5;
      continue;
    }
    literal(from, at);
    let size = 4;
    while (at + size < length && bytes[at + size] === bytes[before + size]) size++;
    copy(at - before, size);
    at += size;
    from = at;
    misses = 32;
  }
  literal(from, length);
  return Buffer.from(out.subarray(0, to));
}
