/** The words of a message's text: names, numbers, strings, and the signs between them. */
import { textToBytes } from '../base/bytes';
import { ValueError } from '../base/errors';

const SPACE = /(?:[\s]|#[^\n]*)*/y;
const WORD = /[A-Za-z_][\w]*/y;
const INTEGER = /[-+]?\s*(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)(?![\w.])/y;
const FLOAT = /[-+]?\s*(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[fF]?|inf(?:inity)?f?|nanf?)(?![\w.])/iy;
const STRING = /"((?:[^"\\\n]|\\[^])*)"|'((?:[^'\\\n]|\\[^])*)'/y;
const LETTERS: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

export class TextScanner {
  private at = 0;
  constructor(private readonly text: string) {
    this.skip();
  }
  get atEnd(): boolean {
    return this.at >= this.text.length;
  }
  private skip(): void {
    SPACE.lastIndex = this.at;
    SPACE.exec(this.text);
    this.at = SPACE.lastIndex;
  }
  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) {
      this.at = pattern.lastIndex;
      this.skip();
    }
    return found;
  }
  /** `LINE:COLUMN : what` */
  error(what: string): Error {
    const before = this.text.slice(0, this.at).split('\n');
    return new ValueError(`${before.length}:${before[before.length - 1].length + 1} : ${what}`);
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
    throw this.error('Expected "true" or "false".');
  }
  integer([least, most]: readonly [bigint, bigint]): bigint {
    const found = this.match(INTEGER)?.[0].replaceAll(/\s/g, '');
    if (found === undefined) throw this.error("Couldn't parse integer.");
    const digits = found.replace(/^[-+]/, '');
    const value =
      BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits) * (found.startsWith('-') ? -1n : 1n);
    if (value < least || value > most) throw this.error(`Value out of range: ${value}`);
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
    for (let found = this.match(STRING); found; found = this.match(STRING))
      parts.push(this.unescaped(found[1] ?? found[2]));
    if (!parts.length) throw this.error('Expected string.');
    return parts.length === 1 ? parts[0] : Buffer.concat(parts);
  }
  private unescaped(text: string): Uint8Array {
    if (!text.includes('\\')) return textToBytes(text);
    const parts: Uint8Array[] = [];
    const pattern = /[^\\]+|\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g;
    for (const [all, octal, hex, short, long, letter] of text.matchAll(pattern)) {
      if (octal) parts.push(Uint8Array.of(Number.parseInt(octal, 8)));
      else if (hex) parts.push(Uint8Array.of(Number.parseInt(hex, 16)));
      else if (short || long) parts.push(this.character(Number.parseInt(short ?? long, 16)));
      else if (letter) parts.push(letter in LETTERS ? Uint8Array.of(LETTERS[letter]) : textToBytes(letter));
      else parts.push(textToBytes(all));
    }
    return Buffer.concat(parts);
  }
  private character(code: number): Uint8Array {
    if (code > 0x10ffff) throw this.error(`There is no character ${code}.`);
    return textToBytes(String.fromCodePoint(code));
  }
}
