/** TensorShapeProto and TensorProto: shapes and arrays as bytes, and back. */
import { bytesToText, textToBytes } from '../base/bytes';
import { deferredArray } from '../base/deferred';
import { type DType, type Data, asDtype, claimZeros, float32, isBig, zerosOf } from '../base/dtype';
import { ValueError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { type Dim, TensorShape, sizeOf } from '../base/shape';
import { errorOf } from '../base/thrown';
import { type Parts, inside } from './parts';
import {
  BinaryReader,
  type BinaryWriter,
  MessageWriter,
  NotKnown,
  long,
  readFields,
  readNumbers,
  unsignedLong,
} from './wire';

/** An element type, by its number. @throws NotKnown  for one that this library does not have */
export function readType(r: BinaryReader): DType {
  const number = r.int32();
  try {
    return asDtype(number);
  } catch (error) {
    throw new NotKnown(`Error parsing message\n  ${errorOf(error).message}`);
  }
}
export function writeShape(m: MessageWriter, { dims }: TensorShape): void {
  if (dims) for (const dim of dims) m.message(2, () => m.int(1, dim ?? -1));
  else m.flag(3, true);
}
export function readShape(bytes: Uint8Array): TensorShape {
  const dims: Dim[] = [];
  let unknownRank = false;
  readFields(bytes, (field, r) => {
    if (field === 3) unknownRank = r.bool();
    else if (field === 2) {
      let size = 0;
      readFields(r.bytes(), (inner, s) => {
        if (inner !== 1) return false;
        size = Number(s.int64());
        return true;
      });
      dims.push(size < 0 ? null : size);
    } else return false;
    return true;
  });
  return new TensorShape(unknownRank ? null : dims);
}

/** The field that holds a dtype's elements one by one, and how. A complex number is two elements. */
interface ValueField {
  readonly field: number;
  readonly read: (r: BinaryReader) => number | bigint;
  readonly write: (w: BinaryWriter, value: number | bigint) => unknown;
}
const INT: Omit<ValueField, 'field'> = { read: (r) => r.int32(), write: (w, x) => w.int32(Number(x)) };
const FLOAT: Omit<ValueField, 'field'> = { read: (r) => r.float(), write: (w, x) => w.float(Number(x)) };
const DOUBLE: Omit<ValueField, 'field'> = { read: (r) => r.double(), write: (w, x) => w.double(Number(x)) };
const HALF: ValueField = { field: 13, ...INT };
const SMALL: ValueField = { field: 7, ...INT };
const VALUES: Readonly<Record<string, ValueField>> = {
  float32: { field: 5, ...FLOAT },
  float64: { field: 6, ...DOUBLE },
  complex64: { field: 9, ...FLOAT },
  complex128: { field: 12, ...DOUBLE },
  int64: { field: 10, read: long, write: (w, x) => w.int64(x) },
  bool: { field: 11, read: (r) => Number(r.bool()), write: (w, x) => w.bool(Boolean(x)) },
  uint32: { field: 16, read: (r) => r.uint32(), write: (w, x) => w.uint32(Number(x)) },
  uint64: { field: 17, read: unsignedLong, write: (w, x) => w.uint64(x) },
  float16: HALF,
  bfloat16: HALF,
};
const valueField = (dtype: DType): ValueField => VALUES[dtype.name] ?? SMALL;
/** Fields of bytes, one per element: strings, and handles and variants as their messages. */
const BYTES: Readonly<Record<string, number>> = { string: 8, resource: 14, variant: 15 };
/** Types whose elements TensorFlow writes one by one, however many there are. */
const NEVER_AS_CONTENT = new Set(['bool', 'float16', 'bfloat16', 'complex64', 'complex128']);

/** So many are not copied where that can be spared: to be read, and to be written. */
const MANY_BYTES = 1 << 14;
const MANY_WRITTEN = 1 << 10;

/** As Python's make_tensor_proto: one number by itself, several as one block of bytes. */
export function writeTensor(m: MessageWriter, { dtype, shape, data }: NDArray): void {
  m.int(1, dtype.number);
  m.message(2, () => writeShape(m, new TensorShape(shape)));
  if (Array.isArray(data)) {
    for (const each of data) m.bytes(BYTES[dtype.name] ?? BYTES.string, textToBytes(each));
  } else if (sizeOf(shape) > 1 && !NEVER_AS_CONTENT.has(dtype.name)) {
    m.bytes(4, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  } else {
    const { field, write } = valueField(dtype);
    m.packed<number | bigint>(field, [...data], write);
  }
}
/** As the C++ side writes one into a message: its bytes, however few; strings one by one. */
export function writeContent(m: MessageWriter, { dtype, shape, data }: NDArray): void {
  m.int(1, dtype.number);
  m.message(2, () => writeShape(m, new TensorShape(shape)));
  if (Array.isArray(data)) for (const each of data) m.bytes(BYTES[dtype.name] ?? BYTES.string, textToBytes(each));
  else if (data.byteLength) m.bytes(4, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}
/** A tensor as a message of its own. */
export function tensorBytes(array: NDArray): Uint8Array {
  const m = new MessageWriter();
  writeTensor(m, array);
  return m.w.finish();
}
/** The same as parts: elements that lie together stay where they are. */
export function tensorParts(array: NDArray): Parts {
  const { dtype, shape, data } = array;
  if (Array.isArray(data) || data.byteLength < MANY_WRITTEN) return [tensorBytes(array)];
  const m = new MessageWriter();
  m.int(1, dtype.number);
  m.message(2, () => writeShape(m, new TensorShape(shape)));
  return [m.w.finish(), ...inside(4, [new Uint8Array(data.buffer, data.byteOffset, data.byteLength)])];
}
/**
 * Strings are text as bytes.ts has it; handles and variants likewise, as the bytes of their messages.
 *
 * @param inPlace  whether many elements may stay in the memory of the message, of which nothing else is read any more
 */
export function readTensor(bytes: Uint8Array, inPlace = false): NDArray {
  let dtype: DType = float32;
  let shape = TensorShape.scalar();
  let content = null as Uint8Array | null;
  readFields(bytes, (field, r) => {
    if (field === 1) dtype = readType(r);
    else if (field === 2) shape = readShape(r.bytes());
    else if (field === 4) content = r.bytes();
    else return false;
    return true;
  });
  if (dtype.baseDtype.kind === 'opaque')
    throw new NotKnown(`Error parsing message\n  An array holds no ${dtype.name}: only a session has such values.`);
  const dims = shape.fullDims;
  if (!dims) throw malformed(`a tensor has the shape ${shape}`);
  if (content !== null) checkContent(content, dtype, sizeOf(dims), shape);
  if (inPlace && content !== null && content.length >= MANY_BYTES && dtype.size)
    return new NDArray(dtype, dims, elementsAt(content, dtype));
  if (content === null) return listed(bytes, dtype, dims);
  const data = zerosOf(dtype, sizeOf(dims));
  if (Array.isArray(data)) textsOf(content, data.length).forEach((text, i) => (data[i] = text));
  else new Uint8Array(data.buffer, data.byteOffset, data.byteLength).set(content);
  return new NDArray(dtype, dims, data);
}
/** Elements may take so many times the bytes of their message before somebody asks for them. */
const MOST_TIMES = 4;
/** What is less is made at once. */
const MANY_ELEMENTS = 1 << 14;
/** What a place in a list of strings takes. */
const POINTER = 8;
/**
 * A tensor whose elements stand one by one in its message, or whose last one stands for many: as many as a shape says.
 * Many that few bytes stand for are made when they are asked for; whether they can be read is known before.
 */
function listed(bytes: Uint8Array, dtype: DType, dims: readonly number[]): NDArray {
  const count = sizeOf(dims);
  const make = (): Data => {
    const data = zerosOf(dtype, count, dims);
    fill(data, bytes, dtype);
    return data;
  };
  const isSpread = count > MANY_ELEMENTS && count * (dtype.size || POINTER) > MOST_TIMES * bytes.length;
  if (!isSpread) return new NDArray(dtype, dims, make());
  fill(zerosOf(dtype, 0), bytes, dtype);
  claimZeros(dtype, count, dims);
  return deferredArray(dtype, dims, make);
}
/** Elements where their bytes lie, but for what takes them to the next address that is good for such. */
function elementsAt(content: Uint8Array, dtype: DType): Data {
  const { buffer, byteOffset, length } = content;
  const size = dtype.isComplex ? dtype.size / 2 : dtype.size;
  const at = byteOffset - (byteOffset % size);
  if (at !== byteOffset) new Uint8Array(buffer).copyWithin(at, byteOffset, byteOffset + length);
  return new dtype.array(buffer, at, length / size);
}
function malformed(what: string): ValueError {
  return new ValueError(`Error parsing message\n  ${what}`);
}
/** Before there is room for it: of a text there is a byte at least, its length. */
function checkContent({ length }: Uint8Array, dtype: DType, count: number, shape: TensorShape): void {
  if (dtype.size ? length !== count * dtype.size : length < count)
    throw malformed(`a ${dtype.name} tensor ${shape} has ${length} bytes`);
}
/** Strings as a block: all lengths, then all bytes. */
function textsOf(content: Uint8Array, count: number): string[] {
  try {
    const r = new BinaryReader(content);
    const lengths = Array.from({ length: count }, () => r.uint32());
    if (lengths.reduce((sum, n) => sum + n, r.pos) !== content.length)
      throw malformed('the lengths of strings are off');
    let at = r.pos;
    return lengths.map((n) => bytesToText(content.subarray(at, (at += n))));
  } catch (error) {
    throw error instanceof ValueError ? error : malformed(`${count} strings have ${content.length} bytes`);
  }
}
/** An array that takes elements up to its length, however many come. */
class Room<T> {
  private count = 0;
  constructor(private readonly data: { [i: number]: T; readonly length: number }) {}
  push(value: T): void {
    if (this.count < this.data.length) this.data[this.count] = value;
    this.count++;
  }
  /** The last element, of so many numbers, stands for all that follow. */
  fill(each: number, none: T): void {
    const { data, count } = this;
    for (let i = count; i < data.length; i++) data[i] = count < each ? none : data[i - each];
  }
}
/** Puts what a message lists into an array. */
function fill(data: Data, bytes: Uint8Array, dtype: DType): void {
  if (Array.isArray(data)) {
    const texts = new Room(data);
    readFields(bytes, (field, r) => {
      if (field !== BYTES[dtype.name]) return false;
      texts.push(bytesToText(r.bytes()));
      return true;
    });
    return texts.fill(1, '');
  }
  const { field: wanted, read } = valueField(dtype);
  const into = <T>(room: Room<T>, each: (r: BinaryReader) => T) =>
    readFields(bytes, (field, r, wire) => field === wanted && readNumbers(r, wire, each, room));
  if (isBig(data)) {
    const room = new Room<bigint>(data);
    into(room, (r) => BigInt(read(r)));
    return room.fill(1, 0n);
  }
  const room = new Room<number>(data);
  into(room, (r) => Number(read(r)));
  room.fill(dtype.isComplex ? 2 : 1, 0);
}
