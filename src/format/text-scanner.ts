/** The words of a message's text: names, numbers, strings, and the signs between them. */
import { textToBytes } from '../base/bytes';
import { ValueError } from '../base/errors';

const SPACE = /\s+|#[^\n]*/y;
const WORD = /[A-Za-z_][\w]*/y;
const INTEGER = /[-+]?\s*(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)(?![\w.])/y;
const FLOAT = /[-+]?\s*(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[fF]?|inf(?:inity)?f?|nanf?)(?![\w.])/iy;
const ESCAPE = /\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/y;
/** Digits of the largest number that any field takes, and some. */
const MOST_DIGITS = 64;
const [LINE, QUOTE, APOSTROPHE, BACKSLASH] = [10, 34, 39, 92];
const LETTERS: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

const EITHER = 'Expected "true" or "false".';

export class TextScanner {
  private at = 0;
  /** Where the last word began. */
  private last = 0;
  constructor(private readonly text: string) {
    this.skip();
  }
  get atEnd(): boolean {
    return this.at >= this.text.length;
  }
  private skip(): void {
    for (SPACE.lastIndex = this.at; SPACE.test(this.text); ) this.at = SPACE.lastIndex;
  }
  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) {
      this.last = this.at;
      this.at = pattern.lastIndex;
      this.skip();
    }
    return found;
  }
  /** `LINE:COLUMN : what`, of what stands next. */
  error(what: string, at = this.at): Error {
    const before = this.text.slice(0, at).split('\n');
    return new ValueError(`${before.length}:${before[before.length - 1].length + 1} : ${what}`);
  }
  /** The same of the word that was taken last. */
  wrong(what: string): Error {
    return this.error(what, this.last);
  }
  tryTake(sign: string): boolean {
    if (!this.text.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    this.skip();
    return true;
  }
  take(sign: string): true {
    if (this.tryTake(sign)) return true;
    throw this.error(`Expected "${sign}".`);
  }
  tryWord(): string | null {
    return this.match(WORD)?.[0] ?? null;
  }
  fieldName(): string {
    const word = this.tryWord();
    if (word === null) throw this.error(`Expected identifier or number, got ${this.text[this.at] ?? 'the end'}.`);
    return word;
  }
  bool(): boolean {
    const word = this.tryWord() ?? this.match(INTEGER)?.[0];
    if (word === 'true' || word === 't' || word === '1') return true;
    if (word === 'false' || word === 'f' || word === '0') return false;
    throw word === undefined ? this.error(EITHER) : this.wrong(EITHER);
  }
  integer([least, most]: readonly [bigint, bigint]): bigint {
    const found = this.match(INTEGER)?.[0].replaceAll(/\s/g, '');
    if (found === undefined) throw this.error("Couldn't parse integer.");
    const digits = found.replace(/^[-+]/, '').replace(/^(0[xX]?)0+(?=[0-9a-fA-F])/, '$1');
    if (digits.length > MOST_DIGITS) throw this.wrong(`Value out of range: ${found.slice(0, MOST_DIGITS)}…`);
    const value =
      BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits) * (found.startsWith('-') ? -1n : 1n);
    if (value < least || value > most) throw this.wrong(`Value out of range: ${value}`);
    return value;
  }
  float(): number {
    const found = this.match(FLOAT)?.[0].replaceAll(/\s/g, '').toLowerCase();
    if (found === undefined) throw this.error("Couldn't parse float.");
    if (found.includes('nan')) return Number.NaN;
    if (found.includes('inf')) return found.startsWith('-') ? -Infinity : Infinity;
    return Number(found.replace(/f$/, ''));
  }
  /** Strings that stand side by side are one. */
  bytes(): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let end = this.endOfString(); end > 0; end = this.endOfString()) {
      parts.push(this.unescaped(this.text.slice(this.at + 1, end)));
      this.at = end + 1;
      this.skip();
    }
    if (!parts.length) throw this.error('Expected string.');
    return parts.length === 1 ? parts[0] : Buffer.concat(parts);
  }
  /** The place of the quote that ends the string here; -1 where none begins, or it has no end on its line. */
  private endOfString(): number {
    const { text } = this;
    const quote = text.charCodeAt(this.at);
    if (quote !== QUOTE && quote !== APOSTROPHE) return -1;
    for (let at = this.at + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) return at;
      if (code === LINE) return -1;
      if (code === BACKSLASH) at++;
    }
    return -1;
  }
  private unescaped(text: string): Uint8Array {
    if (!text.includes('\\')) return textToBytes(text);
    // No character takes more than three bytes, and no escape as many as it has characters.
    const out = Buffer.allocUnsafe(3 * text.length);
    let to = 0;
    for (let at = 0; at < text.length; ) {
      const next = text.indexOf('\\', at);
      const end = next < 0 ? text.length : next;
      if (end > at) to += putAt(out, to, textToBytes(text.slice(at, end)));
      at = end;
      if (next < 0) break;
      ESCAPE.lastIndex = next;
      const [all = '\\', octal, hex, short, long, letter] = ESCAPE.exec(text) ?? [];
      at += all.length;
      if (octal) out[to++] = Number.parseInt(octal, 8);
      else if (hex) out[to++] = Number.parseInt(hex, 16);
      else if (short || long) to += putAt(out, to, this.character(Number.parseInt(short ?? long, 16)));
      else if (letter && letter in LETTERS) out[to++] = LETTERS[letter];
      else if (letter) to += putAt(out, to, textToBytes(letter));
    }
    return Uint8Array.from(out.subarray(0, to));
  }
  private character(code: number): Uint8Array {
    if (code > 0x10ffff) throw this.error(`There is no character ${code}.`);
    return textToBytes(String.fromCodePoint(code));
  }
}
function putAt(out: Uint8Array, at: number, bytes: Uint8Array): number {
  out.set(bytes, at);
  return bytes.length;
}
