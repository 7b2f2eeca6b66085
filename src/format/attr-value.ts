/** AttrValue: attributes as bytes, and back. */
import { keysOf } from '../base/keys';
import { bytesToText, textToBytes } from '../base/bytes';
import { ValueError } from '../base/errors';
import {
  Attr,
  type AttrScalar,
  type AttrValue,
  Func,
  elementKind,
  elementsOf,
  isOfKind,
  isScalarKind,
  listOf,
  toLong,
} from './attr';
import { readShape, readTensor, readType, writeShape, writeTensor } from './tensor-proto';
import {
  type BinaryReader,
  FIXED32,
  LENGTH,
  MOST_DEPTH,
  type MessageWriter,
  NotKnown,
  VARINT,
  long,
  readEntry,
  readFields,
  readNumbers,
  tag,
} from './wire';

/** Fields of AttrValue; those of its ListValue are the same, but for `func`. */
const FIELD = { string: 2, int: 3, float: 4, bool: 5, type: 6, shape: 7, tensor: 8, func: 10 } as const;
type Scalar = keyof typeof FIELD;
const LIST = 1;
const PLACEHOLDER = 9;
const FUNC_IN_LIST = 9;
/** An attribute to be written: an Attr, or what looks like one. */
export interface AttrBytes {
  readonly kind: string;
  readonly value: AttrValue | null;
  readonly bytes?: Uint8Array | null;
}

/** Writes an AttrValue: as it was read, where it was read. */
export function writeAttr(m: MessageWriter, { kind, value, bytes }: AttrBytes): void {
  if (bytes) m.raw(bytes);
  else if (kind === 'placeholder') m.text(PLACEHOLDER, String(value));
  else if (kind === 'list') m.message(LIST, () => undefined);
  else if (kind !== 'unset') writeKind(m, kind, value);
}
function writeKind(m: MessageWriter, kind: string, value: AttrValue | null): void {
  const element = elementKind(kind);
  if (element) m.message(LIST, () => writeList(m, element, value));
  else if (isScalarKind(kind)) writeScalar(m, FIELD[kind], value);
  else throw new ValueError(`attributes of kind '${kind}' cannot be written`);
}
function writeList(m: MessageWriter, kind: Scalar, list: AttrValue | null): void {
  if (isOfKind(list, 'list(int)') && kind === 'int') m.packed(FIELD.int, list, (w, x) => w.int64(x));
  else if (isOfKind(list, 'list(float)') && kind === 'float') m.packed(FIELD.float, list, (w, x) => w.float(x));
  else if (isOfKind(list, 'list(bool)') && kind === 'bool') m.packed(FIELD.bool, list, (w, x) => w.bool(x));
  else if (isOfKind(list, 'list(type)')) m.packed(FIELD.type, list, (w, x) => w.int32(x.number));
  else for (const item of elementsOf(list)) writeScalar(m, kind === 'func' ? FUNC_IN_LIST : FIELD[kind], item);
}
/** Values of a oneof are written even where they are their type's default. */
function writeScalar(m: MessageWriter, field: number, value: AttrValue | null): void {
  const { w } = m;
  if (isOfKind(value, 'string')) m.bytes(field, textToBytes(value));
  else if (isOfKind(value, 'bool')) w.uint32(tag(field, VARINT)).bool(value);
  else if (field === FIELD.float && typeof value === 'number') w.uint32(tag(field, FIXED32)).float(value);
  else if (isOfKind(value, 'int')) w.uint32(tag(field, VARINT)).int64(value);
  else if (isOfKind(value, 'type')) w.uint32(tag(field, VARINT)).int32(value.number);
  else if (isOfKind(value, 'shape')) m.message(field, () => writeShape(m, value));
  else if (isOfKind(value, 'tensor')) m.message(field, () => writeTensor(m, value));
  else if (isOfKind(value, 'func')) m.message(field, () => writeFunc(m, value));
}
function writeFunc(m: MessageWriter, { name, attrs }: Func): void {
  m.text(1, name);
  const withKinds = Object.entries(attrs).flatMap(([key, attr]) =>
    attr instanceof Attr ? [[key, attr] as const] : [],
  );
  writeAttrs(m, 2, Object.fromEntries(withKinds));
}
/** A map from names to attributes. */
export function writeAttrs(m: MessageWriter, field: number, attrs: Readonly<Record<string, AttrBytes>>): void {
  for (const name in attrs)
    m.message(field, () => {
      m.w.uint32(tag(1, LENGTH)).string(name);
      m.message(2, () => writeAttr(m, attrs[name]));
    });
}

/** Reads an AttrValue, whose bytes it keeps. What is not known here is an error only for who needs it. */
export function readAttr(bytes: Uint8Array): Attr {
  try {
    return readKnown(bytes);
  } catch (error) {
    if (!(error instanceof NotKnown)) throw error;
    return new Attr('unknown', error.message, bytes);
  }
}
function readKnown(bytes: Uint8Array): Attr {
  let read = new Attr('unset', null, bytes);
  readFields(bytes, (field, r) => {
    if (field === LIST) read = readList(r.bytes(), bytes);
    else if (field === PLACEHOLDER) read = new Attr('placeholder', r.string(), bytes);
    else {
      const kind = kindOfField(field);
      if (!kind) return false;
      read = new Attr(kind, readScalar(kind, r), bytes);
    }
    return true;
  });
  return read;
}
function kindOfField(field: number): Scalar | null {
  return keysOf(FIELD).find((kind) => FIELD[kind] === field) ?? null;
}
function readList(list: Uint8Array, bytes: Uint8Array): Attr {
  const values: AttrScalar[] = [];
  let kind: Attr['kind'] = 'list';
  readFields(list, (field, r, wire) => {
    const found = field === FUNC_IN_LIST ? 'func' : kindOfField(field);
    if (!found) return false;
    kind = `list(${found})`;
    const packs = found === 'int' || found === 'float' || found === 'bool' || found === 'type';
    if (packs) return readNumbers(r, wire, (each) => readScalar(found, each), values);
    values.push(readScalar(found, r));
    return true;
  });
  return new Attr(kind, listOf(values), bytes);
}
function readScalar(kind: Scalar, r: BinaryReader): AttrScalar {
  switch (kind) {
    case 'string':
      return bytesToText(r.bytes());
    case 'int':
      return toLong(long(r));
    case 'float':
      return r.float();
    case 'bool':
      return r.bool();
    case 'type':
      return readType(r);
    case 'shape':
      return readShape(r.bytes());
    case 'tensor':
      return readTensor(r.bytes());
    case 'func':
      return readFunc(r.bytes());
  }
}
let depth = 0;
/** A function may be an attribute of one. */
function readFunc(bytes: Uint8Array): Func {
  let name = '';
  const attrs: Record<string, Attr> = {};
  if (depth >= MOST_DEPTH) throw new ValueError('Error parsing message\n  Message too deep');
  depth++;
  try {
    readFields(bytes, (field, r) => {
      if (field === 1) name = r.string();
      else if (field === 2) putAttr(attrs, r.bytes());
      else return false;
      return true;
    });
  } finally {
    depth--;
  }
  return new Func(name, attrs);
}
/** Reads an entry of a map from names to attributes. */
export function putAttr(attrs: Record<string, Attr>, bytes: Uint8Array): true {
  const [name, attr] = readEntry(
    bytes,
    (r) => r.string(),
    (r) => readAttr(r.bytes()),
    ['', new Attr('unset', null)],
  );
  attrs[name] = attr;
  return true;
}
