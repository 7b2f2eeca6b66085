/**
 * Strings of TensorFlow are bytes; here they are JavaScript strings, read as UTF-8. A byte that is no part of valid
 * UTF-8 is kept as a lone surrogate from U+DC80 to U+DCFF, as Python's `surrogateescape` does (PEP 383), so that
 * every sequence of bytes comes back as it was. All borders to bytes go through this file: the native addon,
 * GraphDefs, files, feeds.
 */

const LOWEST_ESCAPE = 0xdc80;
const HIGHEST_ESCAPE = 0xdcff;
const ENCODER = new TextEncoder();
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** A surrogate that stands alone: a pair is one character of the `u` flag. */
const LONE = /[\uDC80-\uDCFF]/u;

/** Bytes as text. */
export function bytesToText(bytes: Uint8Array): string {
  try {
    return STRICT.decode(bytes);
  } catch {
    return escaping(bytes);
  }
}
function escaping(bytes: Uint8Array): string {
  // No character takes more units of UTF-16 than bytes.
  const units = new Uint16Array(bytes.length);
  let count = 0;
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length < 2) units[count++] = length ? bytes[i] : 0xdc00 + bytes[i];
    else {
      let code = bytes[i] & (0x7f >> length);
      for (let k = 1; k < length; k++) code = (code << 6) | (bytes[i + k] & 0x3f);
      if (code < 0x10000) units[count++] = code;
      else {
        units[count++] = 0xd800 + ((code - 0x10000) >> 10);
        units[count++] = 0xdc00 + (code & 0x3ff);
      }
    }
    i += length || 1;
  }
  let text = '';
  for (let i = 0; i < count; i += PIECE) text += String.fromCharCode(...units.subarray(i, Math.min(count, i + PIECE)));
  return text;
}
/** As many arguments as a call may have anywhere. */
const PIECE = 4096;
/** Bytes of the character that begins at `i`; 0 where none does (RFC 3629, table in section 4). */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const first = bytes[i];
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (i + length > bytes.length) return 0;
  for (let k = 1; k < length; k++) if ((bytes[i + k] & 0xc0) !== 0x80) return 0;
  const second = bytes[i + 1];
  // Longer than need be, surrogates, and beyond U+10FFFF.
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0;
  if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return 0;
  return length;
}

/** Text as bytes. */
export function textToBytes(text: string): Uint8Array {
  if (!LONE.test(text)) return ENCODER.encode(text);
  const out = new Uint8Array(text.length * 3);
  let at = 0;
  for (let i = 0; i < text.length; ) {
    const code = text.codePointAt(i)!;
    i += code > 0xffff ? 2 : 1;
    if (code < 0x80) out[at++] = code;
    else if (code >= LOWEST_ESCAPE && code <= HIGHEST_ESCAPE) out[at++] = code - 0xdc00;
    else at += ENCODER.encodeInto(String.fromCodePoint(code), out.subarray(at)).written;
  }
  return out.slice(0, at);
}

/** Texts end to end. Bytes that were no character apart may be one together. */
export function joinTexts(a: string, b: string): string {
  const text = a + b;
  return LONE.test(a) && LONE.test(b) ? bytesToText(textToBytes(text)) : text;
}

/** As Python prints bytes, without the `b`: `'a\xff'`. */
export function pythonBytes(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = '';
  for (const byte of textToBytes(text)) {
    const character = String.fromCharCode(byte);
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', [quote]: `\\${quote}` }[character];
    out += known ?? (byte < 32 || byte >= 127 ? `\\x${byte.toString(16).padStart(2, '0')}` : character);
  }
  return `${quote}${out}${quote}`;
}
