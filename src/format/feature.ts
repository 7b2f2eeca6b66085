/** `tf.train.Feature` and the lists that it holds: messages as objects, from and to bytes. */
import { textToBytes } from '../base/bytes';
import { TypeError_, ValueError } from '../base/errors';
import { describe, isA, preview } from '../base/preview';
import { BYTES_LIST, FEATURE, FLOAT_LIST, INT64_LIST } from './example-messages';
import type { Described } from './field';
import { bytesGiven, checkGiven, checkObject } from './given';
import { NOTHING } from './wire';

const textFormat = () => require('./text-format') as typeof import('./text-format');

/** What the messages of examples share. */
export abstract class ExampleMessage {
  /** Fields that are not known here, as bytes. */
  unknown: Uint8Array = NOTHING;
  /** The table of its fields. */
  protected abstract get table(): Described;
  /** Bytes, as a file of records has them. */
  abstract serializeToString(): Uint8Array<ArrayBuffer>;
  /** Text, as Python prints it. */
  toString(): string {
    return textFormat().textOf(this.table, this.serializeToString());
  }
}
/** @throws ValueError  for a field that a message does not have */
export function checkNames(table: Described, given: object): void {
  checkObject(table, given);
  for (const key of Object.keys(given)) if (key !== 'unknown') checkGiven(table, { [key]: null });
}
/** A field that is not what it has to be. */
function wrong(value: unknown, words: string, of: string): never {
  throw new TypeError_(
    `${preview(value)} has type ${describe(value)}, but expected one of: ${words}\n  it was given for value of ${of}.`,
  );
}
/** The values of a list, each as the file has it. */
function valuesOf<T>(
  table: Described,
  given: { readonly value?: ArrayLike<unknown> | null; readonly unknown?: Uint8Array },
  each: (value: unknown) => T,
): T[] {
  checkObject(table, given);
  const { value, ...rest } = given;
  checkGiven(table, rest);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) wrong(value, 'list', table.name);
  return Array.from(value, each);
}
/** The message of a field: one that is there, or made of what it is to have. */
export function messageIn<T, G>(given: T | G | null | undefined, type: new (given: G) => T): T | null {
  if (given === null || given === undefined) return null;
  return isA(given, type) ? given : new type(given);
}
/** Messages by their names. */
export type Named<T> = Readonly<Record<string, T>> | ReadonlyMap<string, T>;
export function mapIn<T, G>(given: Named<T | G> | null | undefined, type: new (given: G) => T): Map<string, T> {
  const entries = given instanceof Map ? [...given] : Object.entries(given ?? {});
  return new Map(entries.map(([name, value]: [string, T | G]) => [name, isA(value, type) ? value : new type(value)]));
}

/** What a list of strings is made of. */
export interface BytesListGiven {
  /** Texts, or bytes. */
  readonly value?: readonly (string | Uint8Array)[] | null;
  /** Fields that are not known here, as bytes. */
  readonly unknown?: Uint8Array;
}
/**
 * Strings of a feature.
 *
 *     new tf.train.BytesList({ value: ['a'] }).value[0]   // [97]
 */
export class BytesList extends ExampleMessage {
  /** The strings, as bytes. */
  value: readonly Uint8Array[];
  /** @param given  its values */
  constructor(given: BytesListGiven = {}) {
    super();
    this.value = valuesOf(BYTES_LIST, given, (x) =>
      typeof x === 'string' ? textToBytes(x) : x instanceof Uint8Array ? x : wrong(x, 'bytes', 'BytesList'),
    );
    if (given.unknown) this.unknown = given.unknown;
  }
  protected get table(): Described {
    return BYTES_LIST;
  }
  /** Bytes, as a file of records has them. */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return BYTES_LIST.write(this);
  }
  /** From bytes. @throws ValueError  if they are no BytesList */
  static fromString(bytes: Uint8Array | string): BytesList {
    return new BytesList(BYTES_LIST.read(bytesGiven(bytes, 'BytesList')));
  }
}

/** What a list of floats is made of. */
export interface FloatListGiven {
  /** Numbers. */
  readonly value?: readonly number[] | Float32Array | Float64Array | null;
  /** Fields that are not known here, as bytes. */
  readonly unknown?: Uint8Array;
}
/**
 * Floats of a feature.
 *
 *     new tf.train.FloatList({ value: [0.5, 2] }).value   // [0.5, 2]
 */
export class FloatList extends ExampleMessage {
  /** The numbers. */
  value: readonly number[];
  /** @param given  its values */
  constructor(given: FloatListGiven = {}) {
    super();
    this.value = valuesOf(FLOAT_LIST, given, (x) =>
      typeof x === 'number' ? Math.fround(x) : wrong(x, 'int, long, float', 'FloatList'),
    );
    if (given.unknown) this.unknown = given.unknown;
  }
  protected get table(): Described {
    return FLOAT_LIST;
  }
  /** Bytes, as a file of records has them. */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return FLOAT_LIST.write(this);
  }
  /** From bytes. @throws ValueError  if they are no FloatList */
  static fromString(bytes: Uint8Array | string): FloatList {
    return new FloatList(FLOAT_LIST.read(bytesGiven(bytes, 'FloatList')));
  }
}

/** What a list of integers is made of. */
export interface Int64ListGiven {
  /** Whole numbers. */
  readonly value?: readonly (number | bigint)[] | Int32Array | Uint8Array | BigInt64Array | null;
  /** Fields that are not known here, as bytes. */
  readonly unknown?: Uint8Array;
}
function longOf(x: unknown): bigint {
  const isWhole = typeof x === 'bigint' || (typeof x === 'number' && Number.isInteger(x));
  const value = isWhole ? BigInt(x) : wrong(x, 'int, long', 'Int64List');
  if (BigInt.asIntN(64, value) !== value) throw new ValueError(`Value out of range: ${value}`);
  return value;
}
/**
 * Integers of a feature.
 *
 *     new tf.train.Int64List({ value: [7] }).value   // [7n]
 */
export class Int64List extends ExampleMessage {
  /** The numbers. */
  value: readonly bigint[];
  /** @param given  its values */
  constructor(given: Int64ListGiven = {}) {
    super();
    this.value = valuesOf(INT64_LIST, given, longOf);
    if (given.unknown) this.unknown = given.unknown;
  }
  protected get table(): Described {
    return INT64_LIST;
  }
  /** Bytes, as a file of records has them. */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return INT64_LIST.write(this);
  }
  /** From bytes. @throws ValueError  if they are no Int64List */
  static fromString(bytes: Uint8Array | string): Int64List {
    return new Int64List(INT64_LIST.read(bytesGiven(bytes, 'Int64List')));
  }
}

/** What a feature is made of: one of the three. */
export interface FeatureGiven {
  /** Strings. */
  readonly bytesList?: BytesList | BytesListGiven | null;
  /** Floats. */
  readonly floatList?: FloatList | FloatListGiven | null;
  /** Integers. */
  readonly int64List?: Int64List | Int64ListGiven | null;
  /** Fields that are not known here, as bytes. */
  readonly unknown?: Uint8Array;
}
/**
 * One feature of an example: strings, floats or integers.
 *
 *     const feature = new tf.train.Feature({ floatList: { value: [0.5] } });
 *     tf.train.Feature.fromString(feature.serializeToString()).floatList?.value   // [0.5]
 */
export class Feature extends ExampleMessage {
  /** Strings. */
  bytesList: BytesList | null;
  /** Floats. */
  floatList: FloatList | null;
  /** Integers. */
  int64List: Int64List | null;
  /**
   * @param given  one of its lists
   * @throws ValueError  for a field that it does not have, or for two of them
   */
  constructor(given: FeatureGiven = {}) {
    super();
    checkNames(FEATURE, given);
    this.bytesList = messageIn(given.bytesList, BytesList);
    this.floatList = messageIn(given.floatList, FloatList);
    this.int64List = messageIn(given.int64List, Int64List);
    if (given.unknown) this.unknown = given.unknown;
    const kinds = [this.bytesList, this.floatList, this.int64List].filter(Boolean);
    if (kinds.length > 1)
      throw new ValueError('A Feature has one list: bytesList, floatList or int64List; two were given.');
  }
  protected get table(): Described {
    return FEATURE;
  }
  /** Bytes, as a file of records has them. */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return FEATURE.write(this);
  }
  /** From bytes. @throws ValueError  if they are no Feature */
  static fromString(bytes: Uint8Array | string): Feature {
    return new Feature(FEATURE.read(bytesGiven(bytes, 'Feature')));
  }
}
