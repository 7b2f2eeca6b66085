/** Messages as text, as people keep them (`.pbtxt`, `checkpoint`): printed and read after Python's text_format. */
import { InternalError, ValueError } from '../base/errors';
import { bytesToText } from '../base/bytes';
import { plainNumber } from '../base/plain-number';
import { type Described, type Field, SCALARS, insideOf } from './field';
import { Message } from './message';
import { TextScanner } from './text-scanner';
import { type BinaryReader, BinaryWriter, LENGTH, MOST_DEPTH, readFields, readNumbers, tag } from './wire';

/** Of `camelCase`, `snake_case`. */
export const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

// --- printing -------------------------------------------------------------------------------------------------

/** A message's bytes as text. Fields that its table does not know are left out, as Python leaves them out. */
export function textOf(message: Described, bytes: Uint8Array, indent = ''): string {
  const found = new Map<number, { readonly key: string; readonly field: Field; readonly values: unknown[] }>();
  readFields(bytes, (number, r, wire) => {
    const known = message.byNumber.get(number);
    if (!known) return false;
    const [key, field] = known;
    let one = found.get(number);
    if (!one) found.set(number, (one = { key, field, values: [] }));
    if (isBytes(field)) one.values.push(r.bytes());
    else readNumbers(r, wire, (each) => (field.kind === 'enum' ? each.int32() : exact(field, each)), one.values);
    return true;
  });
  let out = '';
  for (const [, { key, field, values }] of [...found].sort(([a], [b]) => a - b)) {
    // Of what stands once, the last counts.
    for (const value of printed(field, values)) out += line(indent, snake(key), field, value);
  }
  return out;
}
function isBytes({ kind, rule }: Field): boolean {
  return kind === 'message' || rule === 'map' || (kind !== 'enum' && SCALARS[kind].wire === LENGTH);
}
function exact({ kind }: Field, r: BinaryReader): unknown {
  if (kind === 'int64') return BigInt(r.int64());
  if (kind === 'uint64') return BigInt(r.uint64());
  return kind === 'enum' || kind === 'message' ? r.int32() : SCALARS[kind].read(r);
}
function printed(field: Field, values: readonly unknown[]): readonly unknown[] {
  if (field.rule === 'map') return [...values].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  if (field.rule === 'many') return values;
  const last = values.slice(-1);
  if (field.rule === 'maybe' || field.kind === 'message') return last;
  return last.filter((value) =>
    typeof value === 'bigint' ? value !== 0n : value instanceof Uint8Array ? value.length : value,
  );
}
/** The bytes of a message, or of a map's entry. */
function bytesIn(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new InternalError(null, `A message is bytes, got ${typeof value}.`);
}
function keyOf(entry: unknown): string {
  let key = '';
  readFields(bytesIn(entry), (number, r) => {
    if (number !== 1) return false;
    key = bytesToText(r.bytes());
    return true;
  });
  return key;
}
function line(indent: string, name: string, field: Field, value: unknown): string {
  if (field.rule === 'map')
    return `${indent}${name} {\n${textOf(entryOf(field), bytesIn(value), `${indent}  `)}${indent}}\n`;
  if (field.kind === 'message')
    return `${indent}${name} {\n${textOf(insideOf(field), bytesIn(value), `${indent}  `)}${indent}}\n`;
  return `${indent}${name}: ${scalarText(field, value)}\n`;
}
const ENTRIES = new WeakMap<Field, Message>();
/** An entry of a map is a message of a key and a value. */
function entryOf(field: Field): Message {
  let entry = ENTRIES.get(field);
  if (!entry) {
    const value: Field = field.message
      ? { number: 2, rule: 'maybe', kind: 'message', message: field.message }
      : { number: 2, rule: 'maybe', kind: field.kind };
    ENTRIES.set(field, (entry = new Message('Entry', { key: { number: 1, rule: 'maybe', kind: 'string' }, value })));
  }
  return entry;
}
function scalarText({ kind, words }: Field, value: unknown): string {
  if (value instanceof Uint8Array) return `"${escaped(value)}"`;
  if (kind === 'enum') return words?.find(([, number]) => number === value)?.[0] ?? String(value);
  if (typeof value !== 'number') return String(value);
  if (kind === 'float') return pythonFloat(plainNumber(value));
  return kind === 'double' ? pythonFloat(value) : String(value);
}
/** As Python prints a float. */
function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (Object.is(value, -0)) return '-0.0';
  if (value !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [digits, power] = value.toExponential().split('e');
    return `${digits}e${power[0]}${power.slice(1).padStart(2, '0')}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
const ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 34: '\\"', 39: "\\'", 92: '\\\\' };
function escaped(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) {
    const known = ESCAPES[byte];
    if (known) out += known;
    else out += byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte);
  }
  return out;
}

// --- reading --------------------------------------------------------------------------------------------------

/**
 * The bytes of a message that stands there as text.
 *
 * @throws ValueError  if it is none: the line, the column and what was expected
 */
export function bytesOf(message: Described, text: string): Uint8Array<ArrayBuffer> {
  if (typeof text !== 'string')
    throw new ValueError(
      `Error parsing message\n  a text is a string, not ${typeof text}; for bytes: ${message.name}.fromString`,
    );
  const w = new BinaryWriter();
  const scanner = new TextScanner(text);
  readBody(message, scanner, w, null, 0);
  return w.finish();
}
function readBody(message: Described, scanner: TextScanner, w: BinaryWriter, end: string | null, depth: number): void {
  if (depth > MOST_DEPTH) throw scanner.error('Message too deep');
  const byName = new Map([...message.byNumber.values()].map(([key, field]) => [snake(key), field]));
  const seen = new Set<Field>();
  for (;;) {
    if (end === null ? scanner.atEnd : scanner.tryTake(end)) return;
    if (scanner.atEnd) throw scanner.error(`Expected "${end}".`);
    const name = scanner.fieldName();
    const field = byName.get(name);
    if (!field) throw scanner.wrong(`Message type "tensorflow.${message.name}" has no field named "${name}".`);
    if ((field.rule === 'one' || field.rule === 'maybe') && seen.has(field))
      throw scanner.wrong(`Message type "tensorflow.${message.name}" should not have multiple "${name}" fields.`);
    seen.add(field);
    const isMessage = field.kind === 'message' || field.rule === 'map';
    const colon = scanner.tryTake(':');
    if (!colon && !isMessage) throw scanner.error('Expected ":".');
    if (field.rule === 'many' && scanner.tryTake('[')) {
      if (!scanner.tryTake(']'))
        do readValue(field, scanner, w, depth);
        while (scanner.tryTake(',') || !scanner.take(']'));
    } else readValue(field, scanner, w, depth);
    if (!scanner.tryTake(',')) scanner.tryTake(';');
  }
}
function readValue(field: Field, scanner: TextScanner, w: BinaryWriter, depth: number): void {
  if (field.kind === 'message' || field.rule === 'map') {
    const end = scanner.tryTake('<') ? '>' : scanner.take('{') && '}';
    w.uint32(tag(field.number, LENGTH)).fork();
    readBody(field.rule === 'map' ? entryOf(field) : insideOf(field), scanner, w, end, depth + 1);
    w.join();
    return;
  }
  const how = field.kind === 'enum' ? SCALARS.int32 : SCALARS[field.kind];
  const value = scalarIn(field, scanner);
  w.uint32(tag(field.number, how.wire));
  (how.write as (w: BinaryWriter, x: unknown) => unknown)(w, value);
}
const LIMITS: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  fixed32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  ulong: [0n, 2n ** 64n - 1n],
};
function scalarIn({ kind, words }: Field, scanner: TextScanner): unknown {
  if (kind === 'string') return bytesToText(scanner.bytes());
  if (kind === 'bytes') return scanner.bytes();
  if (kind === 'bool') return scanner.bool();
  if (kind === 'float' || kind === 'double') return scanner.float();
  if (kind === 'enum') {
    const word = scanner.tryWord();
    if (word === null) return Number(scanner.integer(LIMITS['int32']));
    const found = words?.find(([name]) => name === word);
    if (!found) throw scanner.error(`Enum type has no value named ${word}.`);
    return found[1];
  }
  const value = scanner.integer(LIMITS[kind]);
  return ['int32', 'uint32', 'fixed32'].includes(kind) ? Number(value) : value;
}
