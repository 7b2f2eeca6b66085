/**
 * Messages by tables: a table names a message's fields, with the number and kind of each, and from that come reading
 * and writing of its bytes here and of its text in text-format.ts. Fields that a table does not know are kept.
 */
import { bytesToText, textToBytes } from '../base/bytes';
import {
  type Described,
  type Field,
  type Fields,
  type Given,
  type MessageOf,
  SCALARS,
  type Scalar,
  insideOf,
} from './field';
import {
  type BinaryReader,
  type BinaryWriter,
  LENGTH,
  NOTHING,
  BinaryWriter as Writer,
  readFields,
  readNumbers,
  tag,
} from './wire';

export type { Field, Fields, Given, MessageOf };

/** What reading and writing need of a message's fields, worked out once. */
interface Rows {
  readonly byNumber: ReadonlyMap<number, readonly [key: string, field: Field]>;
  /** A message with no list and no map yet. */
  readonly none: Readonly<Record<string, unknown>>;
  readonly lists: readonly string[];
  readonly maps: readonly string[];
}
function rowsOf(fields: Fields): Rows {
  const all = Object.entries(fields);
  const keysOf = (rule: Field['rule']): string[] => all.flatMap(([key, field]) => (field.rule === rule ? [key] : []));
  return {
    byNumber: new Map(all.map(([key, field]) => [field.number, [key, field]])),
    none: Object.fromEntries([['unknown', NOTHING], ...all.map(([key, field]) => [key, noneOf(field)])]),
    lists: keysOf('many'),
    maps: keysOf('map'),
  };
}
export class Message<F extends Fields = Fields> implements Described<F> {
  private rows_: Rows | null = null;
  /** @param name  TensorFlow's, without its package */
  constructor(
    readonly name: string,
    readonly fields: F,
  ) {}
  private get rows(): Rows {
    return (this.rows_ ??= rowsOf(this.fields));
  }
  get byNumber(): Rows['byNumber'] {
    return this.rows.byNumber;
  }
  /** A message whose fields have their defaults but for those that are given. */
  make(given: Given<F> = {}): MessageOf<F> {
    return Object.assign(this.empty(), given) as MessageOf<F>;
  }
  private empty(): Record<string, unknown> {
    const { none, lists, maps } = this.rows;
    const made = { ...none };
    for (const key of lists) made[key] = [];
    for (const key of maps) made[key] = new Map();
    return made;
  }
  /** @throws ValueError  if the bytes are no message */
  read(bytes: Uint8Array): MessageOf<F> {
    const made = this.empty();
    const { byNumber } = this.rows;
    made['unknown'] = readFields(bytes, (number, r, wire) => {
      const found = byNumber.get(number);
      if (!found) return false;
      const [key, field] = found;
      const there = made[key];
      if (there instanceof Map) {
        const [name, value] = readEntry(field, r.bytes());
        there.set(name, value);
      } else if (Array.isArray(there) && field.kind !== 'message') readNumbersOf(field, r, wire, there);
      else if (Array.isArray(there)) there.push(readValue(field, r));
      else made[key] = readValue(field, r);
      return true;
    });
    return made as MessageOf<F>;
  }
  write(given: Given<F>): Uint8Array<ArrayBuffer> {
    const w = new Writer();
    this.writeTo(w, given);
    return w.finish();
  }
  writeTo(w: BinaryWriter, given: Given<F>): void {
    const values = given as Readonly<Record<string, unknown>>;
    for (const [key, field] of this.rows.byNumber.values()) {
      const value = values[key];
      if (value === undefined || value === null) continue;
      if (field.rule === 'map') writeMap(w, field, value as ReadonlyMap<string, unknown>);
      else if (field.rule === 'many') writeMany(w, field, value as readonly unknown[]);
      else if (field.rule === 'maybe' || !isNone(field, value)) writeValue(w, field, value);
    }
    if (given.unknown?.length) w.raw(given.unknown);
  }
}
/** The default of a field that stands once, or may be missing; lists and maps are made anew for each message. */
function noneOf({ rule, kind }: Field): unknown {
  if (rule !== 'one' || kind === 'message') return null;
  return kind === 'enum' ? 0 : SCALARS[kind].none;
}
function isNone(field: Field, value: unknown): boolean {
  return value === noneOf(field) || (value instanceof Uint8Array && !value.length);
}
function readValue(field: Field, r: BinaryReader): unknown {
  const { kind } = field;
  if (kind === 'message') return insideOf(field).read(r.bytes());
  return kind === 'enum' ? r.int32() : SCALARS[kind].read(r);
}
function readNumbersOf(field: Field, r: BinaryReader, wire: number, into: unknown[]): void {
  const isList = field.kind === 'message' || (field.kind !== 'enum' && SCALARS[field.kind].wire === LENGTH);
  if (isList) into.push(readValue(field, r));
  else readNumbers(r, wire, (each) => readValue(field, each), into);
}
function readEntry(field: Field, bytes: Uint8Array): [string, unknown] {
  let [key, value]: [string, Uint8Array] = ['', NOTHING];
  readFields(bytes, (number, r) => {
    if (number === 1) key = bytesToText(r.bytes());
    else if (number === 2) value = r.bytes();
    else return false;
    return true;
  });
  return [key, insideOf(field).read(value)];
}
function writeValue(w: BinaryWriter, field: Field, value: unknown): void {
  const { number, kind } = field;
  if (kind === 'message') {
    w.uint32(tag(number, LENGTH)).fork();
    insideOf(field).writeTo(w, value as Given<Fields>);
    w.join();
    return;
  }
  const how = kind === 'enum' ? SCALARS.int32 : SCALARS[kind];
  w.uint32(tag(number, how.wire));
  (how as Scalar).write(w, value as never);
}
/** Numbers lie together, as proto3 packs them. */
function writeMany(w: BinaryWriter, field: Field, values: readonly unknown[]): void {
  const how = field.kind === 'enum' ? SCALARS.int32 : field.kind === 'message' ? null : SCALARS[field.kind];
  if (!values.length) return;
  if (!how || how.wire === LENGTH) {
    for (const value of values) writeValue(w, field, value);
    return;
  }
  w.uint32(tag(field.number, LENGTH)).fork();
  for (const value of values) (how as Scalar).write(w, value as never);
  w.join();
}
function writeMap(w: BinaryWriter, field: Field, map: ReadonlyMap<string, unknown>): void {
  const inside = insideOf(field);
  for (const [key, value] of map) {
    w.uint32(tag(field.number, LENGTH)).fork();
    w.uint32(tag(1, LENGTH)).bytes(textToBytes(key)).uint32(tag(2, LENGTH)).fork();
    inside.writeTo(w, value as Given<Fields>);
    w.join().join();
  }
}
