/** Fields of messages: how their values lie in the bytes, and the words that tables of them are written in. */
import { known } from '../base/keys';
import { bytesToText, textToBytes } from '../base/bytes';
import { ValueError } from '../base/errors';
import { type BinaryReader, type BinaryWriter, FIXED32, FIXED64, LENGTH, NOTHING, VARINT } from './wire';

/** How a value lies in the bytes. */
export interface Scalar {
  readonly wire: typeof VARINT | typeof LENGTH | typeof FIXED32 | typeof FIXED64;
  readonly none: unknown;
  read(r: BinaryReader): unknown;
  write(w: BinaryWriter, value: never): unknown;
}
const scalar = <T>(
  wire: Scalar['wire'],
  none: T,
  read: (r: BinaryReader) => T,
  write: (w: BinaryWriter, x: T) => unknown,
) => ({ wire, none, read, write }) satisfies Scalar;
/** Offsets and sizes: what no number holds is no size of anything. */
function sizeIn(value: bigint | string | number): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new ValueError(`Error parsing message\n  ${value} is too large a number`);
  return number;
}
export const SCALARS = {
  string: scalar(
    LENGTH,
    '',
    (r) => bytesToText(r.bytes()),
    (w, x) => w.bytes(textToBytes(x)),
  ),
  bytes: scalar(
    LENGTH,
    NOTHING,
    (r) => r.bytes(),
    (w, x) => w.bytes(x),
  ),
  bool: scalar(
    VARINT,
    false,
    (r) => r.bool(),
    (w, x) => w.bool(x),
  ),
  int32: scalar(
    VARINT,
    0,
    (r) => r.int32(),
    (w, x) => w.int32(x),
  ),
  uint32: scalar(
    VARINT,
    0,
    (r) => r.uint32(),
    (w, x) => w.uint32(x),
  ),
  /** As a number: sizes, places, counters. */
  int64: scalar(
    VARINT,
    0,
    (r) => sizeIn(r.int64()),
    (w, x) => w.int64(x),
  ),
  uint64: scalar(
    VARINT,
    0,
    (r) => sizeIn(r.uint64()),
    (w, x) => w.uint64(x),
  ),
  /** As a bigint: data. */
  long: scalar(
    VARINT,
    0n,
    (r) => BigInt(r.int64()),
    (w, x) => w.int64(x),
  ),
  ulong: scalar(
    VARINT,
    0n,
    (r) => BigInt(r.uint64()),
    (w, x) => w.uint64(x),
  ),
  float: scalar(
    FIXED32,
    0,
    (r) => r.float(),
    // As C++ casts: what no 32-bit float reaches is infinite.
    (w, x) => w.float(Math.fround(x)),
  ),
  double: scalar(
    FIXED64,
    0,
    (r) => r.double(),
    (w, x) => w.double(x),
  ),
  fixed32: scalar(
    FIXED32,
    0,
    (r) => r.fixed32(),
    (w, x) => w.fixed32(x),
  ),
  fixed64: scalar(
    FIXED64,
    0n,
    (r) => BigInt(r.fixed64()),
    (w, x) => w.fixed64(x),
  ),
} as const;
export type ScalarName = keyof typeof SCALARS;
type ScalarValue<K extends ScalarName> = ReturnType<(typeof SCALARS)[K]['read']>;

/** Whether a field stands once, may be missing, stands any number of times, or is a map's entries. */
type Rule = 'one' | 'maybe' | 'many' | 'map';
/** A field. `T` is what it is in the object. */
export interface Field<T = unknown> {
  readonly number: number;
  readonly rule: Rule;
  readonly kind: ScalarName | 'enum' | 'message';
  /** The words of an enum, by number. */
  readonly words?: readonly (readonly [word: string, number: number])[];
  readonly message?: () => Described;
  /** For the compiler only. */
  readonly of?: T;
}
export type Fields = Readonly<Record<string, Field>>;
type TypeOf<F> = F extends Field<infer T> ? T : never;
/** What a message is in TypeScript. */
export type MessageOf<F extends Fields> = { readonly [K in keyof F]: TypeOf<F[K]> } & {
  /** Fields that are not known here, as bytes. */
  readonly unknown: Uint8Array;
};
/** The same where it is made by hand: what is left out has its default. */
export type Given<F extends Fields> = Partial<MessageOf<F>>;

/** A message as its fields' tables see it: message.ts has the class. */
export interface Described<F extends Fields = Fields> {
  readonly name: string;
  readonly fields: F;
  /** The fields by their numbers. */
  readonly byNumber: ReadonlyMap<number, readonly [key: string, field: Field]>;
  read(bytes: Uint8Array): MessageOf<F>;
  writeTo(w: BinaryWriter, given: Given<F>): void;
}

/** The table of a field that is a message, or of the values of a map. */
export function insideOf({ message }: Pick<Field, 'message'>): Described {
  return known(message, 'a table of the message inside')();
}

// --- words for tables -----------------------------------------------------------------------------------------

/** A scalar that is its kind's default where it is not there. */
export const one = <K extends ScalarName>(kind: K, number: number): Field<ScalarValue<K>> => ({
  number,
  rule: 'one',
  kind,
});
/** A scalar that may be missing, as one of a oneof: null then. */
export const maybe = <K extends ScalarName>(kind: K, number: number): Field<ScalarValue<K> | null> => ({
  number,
  rule: 'maybe',
  kind,
});
export const many = <K extends ScalarName>(kind: K, number: number): Field<readonly ScalarValue<K>[]> => ({
  number,
  rule: 'many',
  kind,
});
/** One of several words; a number where a newer program knows another one. */
export const word = <const W extends Readonly<Record<string, number>>>(words: W, number: number): Field<number> => ({
  number,
  rule: 'one',
  kind: 'enum',
  words: Object.entries(words),
});
export const words = <const W extends Readonly<Record<string, number>>>(
  all: W,
  number: number,
): Field<readonly number[]> => ({ ...word(all, number), rule: 'many', of: undefined });
/** A word that may be missing. */
export const maybeWord = <const W extends Readonly<Record<string, number>>>(
  all: W,
  number: number,
): Field<number | null> => ({ ...word(all, number), rule: 'maybe', of: undefined });
/** A message inside; null where it is not there. */
export const inner = <F extends Fields>(message: () => Described<F>, number: number): Field<MessageOf<F> | null> => ({
  number,
  rule: 'maybe',
  kind: 'message',
  message: message as unknown as () => Described,
});
export const inners = <F extends Fields>(
  message: () => Described<F>,
  number: number,
): Field<readonly MessageOf<F>[]> => ({ ...inner(message, number), rule: 'many', of: undefined });
/** A map from texts to messages. */
export const mapOf = <F extends Fields>(
  message: () => Described<F>,
  number: number,
): Field<ReadonlyMap<string, MessageOf<F>>> => ({ ...inner(message, number), rule: 'map', of: undefined });
