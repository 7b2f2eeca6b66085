/** Messages that programs make: what is given must be fields of the message, of their kinds. */
import { isList } from '../base/border';
import { textToBytes } from '../base/bytes';
import { TypeError_, ValueError } from '../base/errors';
import { nearestName } from '../base/nearest';
import { describe, isRevoked, preview } from '../base/preview';
import { camelCase } from '../calls/signature';
import { type Described, type Field, insideOf } from './field';

/**
 * @throws ValueError  for a field that there is not, in Python's words, with the nearest one
 * @throws TypeError   for a value of another kind
 */
export function checkGiven(table: Described, given: unknown): void {
  checkObject(table, given);
  const { name, fields } = table;
  for (const [key, value] of Object.entries(given)) {
    if (key === 'unknown' && value instanceof Uint8Array) continue;
    if (!Object.hasOwn(fields, key)) throw noField(name, key, Object.keys(fields));
    if (value !== undefined && value !== null) checkValue(name, key, fields[key], value);
  }
}
/** @throws TypeError  for what has no fields at all */
export function checkObject({ name, fields }: Described, given: unknown): asserts given is object {
  if (typeof given !== 'object' || given === null || isRevoked(given) || Array.isArray(given))
    throw new TypeError_(`${name} is an object of fields, not ${preview(given)}.\n  it has ${listed(fields)}.`);
}
const listed = (fields: object): string => Object.keys(fields).join(', ');
/** What a feed's key looks like. */
const FEED = /^[\w./-]+:\d+$/;
function noField(message: string, key: string, names: readonly string[]): Error {
  const camel = camelCase(key);
  const meant = names.includes(camel) ? camel : nearestName(key, names);
  return new ValueError(
    `Protocol message ${message.replace(/.*\./, '')} has no "${key}" field.` +
      (meant ? `\n  fix: ${meant}, as {${meant}: …}.` : '') +
      (FEED.test(key) ? '\n  fix: feeds are the second argument: sess.run(fetches, feeds, options).' : '') +
      `\n  it has ${names.join(', ')}.`,
  );
}
function checkValue(message: string, key: string, field: Field, value: unknown): void {
  if (field.rule === 'map') return;
  if (field.rule !== 'many') checkOne(message, key, field, value);
  else if (!isList(value)) throw ofAnotherKind(message, key, 'list', value);
  else for (const each of value) checkOne(message, key, field, each);
}
function checkOne(message: string, key: string, field: Field, value: unknown): void {
  const { kind } = field;
  if (kind === 'message') checkGiven(insideOf(field), value);
  else if (!IS[kind].is(value))
    throw Number.isInteger(value) && IS[kind].words === WHOLE
      ? outOfRange(message, key, value)
      : ofAnotherKind(message, key, IS[kind].words, value);
}
const outOfRange = (message: string, key: string, value: unknown): Error =>
  new ValueError(`Value out of range: ${preview(value)}\n  it was given for ${key} of ${message}.`);
const ofAnotherKind = (message: string, key: string, words: string, value: unknown): Error =>
  new TypeError_(
    `${preview(value)} has type ${describe(value)}, but expected one of: ${words}` +
      `\n  it was given for ${key} of ${message}.`,
  );

interface Kind {
  readonly words: string;
  is(value: unknown): boolean;
}
const WHOLE = 'int, long';
const whole = (least: number, most: number): Kind => ({
  words: WHOLE,
  is: (value) => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most,
});
const real: Kind = { words: 'int, long, float', is: (value) => typeof value === 'number' };
const big: Kind = { words: WHOLE, is: (value) => typeof value === 'bigint' };
const [INT, UINT] = [whole(-(2 ** 31), 2 ** 31 - 1), whole(0, 2 ** 32 - 1)];
const IS: Readonly<Record<Exclude<Field['kind'], 'message'>, Kind>> = {
  string: { words: 'bytes, unicode', is: (value) => typeof value === 'string' },
  bytes: { words: 'bytes', is: (value) => value instanceof Uint8Array },
  bool: { words: 'bool, int, long', is: (value) => typeof value === 'boolean' },
  int32: INT,
  enum: INT,
  uint32: UINT,
  fixed32: UINT,
  fixed64: big,
  int64: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  uint64: whole(0, Number.MAX_SAFE_INTEGER),
  long: big,
  ulong: big,
  float: real,
  double: real,
};

/** Bytes as programs have them: an array of them, or what a string tensor fetches as. */
export function bytesGiven(bytes: Uint8Array | string, what: string): Uint8Array {
  if (typeof bytes === 'string') return textToBytes(bytes);
  if (bytes instanceof Uint8Array) return bytes;
  const given = preview(bytes);
  const cure =
    what !== 'Summary'
      ? ''
      : /^<(Tensor|Operation|Variable)/.test(given)
        ? '\n  fix: a session gives its value: writer.addSummary(sess.run(summary), step).'
        : /^-?\d/.test(given)
          ? '\n  fix: the summary stands first, then the step: writer.addSummary(summary, step).'
          : '';
  throw new TypeError_(`a serialized ${what} is a string or a Uint8Array, not ${given}${cure}`);
}
