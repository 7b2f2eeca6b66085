/** The elements of a slice in a checkpoint of version 1: a TensorProto that has its values and says no dtype. */
import { bytesToText, textToBytes } from '../base/bytes';
import { type DType, type Data, isBig } from '../base/dtype';
import { bytesOf } from './bundle-data';
import { type BinaryReader, BinaryWriter, LENGTH, VARINT, readFields, tag } from './wire';

/** Which field has them, and how: as they lie in memory, or as varints. */
interface Stored {
  readonly field: number;
  readonly packed: 'raw' | 'varint';
}
const raw = (field: number): Stored => ({ field, packed: 'raw' });
const varint = (field: number): Stored => ({ field, packed: 'varint' });
const INT = varint(7);
const HALF = varint(13);
const FIELDS: Readonly<Record<string, Stored>> = {
  float32: raw(5),
  float64: raw(6),
  complex64: raw(9),
  complex128: raw(12),
  int64: varint(10),
  bool: varint(11),
  float16: HALF,
  bfloat16: HALF,
  uint32: varint(16),
  uint64: varint(17),
};
for (const name of ['int32', 'uint8', 'int16', 'int8', 'uint16', 'qint8', 'quint8', 'qint16', 'quint16', 'qint32'])
  Object.assign(FIELDS, { [name]: INT });
const STRINGS = 8;

export function encodeElements(dtype: DType, data: Data): Uint8Array {
  const w = new BinaryWriter();
  if (Array.isArray(data)) {
    for (const text of data) w.uint32(tag(STRINGS, LENGTH)).bytes(textToBytes(text));
    return w.finish();
  }
  if (!data.length) return w.finish();
  const { field, packed } = FIELDS[dtype.name];
  w.uint32(tag(field, LENGTH));
  if (packed === 'raw') return w.bytes(bytesOf(data)).finish();
  w.fork();
  if (isBig(data)) for (const x of data) dtype.name === 'uint64' ? w.uint64(x) : w.int64(x);
  else for (const x of data) dtype.name === 'uint32' ? w.uint32(x) : w.int32(x);
  return w.join().finish();
}

/**
 * Fills an array with the elements in a message.
 *
 * @returns  how many there were
 * @throws ValueError  if the bytes are no message
 */
export function decodeElements(bytes: Uint8Array, dtype: DType, into: Data): number {
  const stored = FIELDS[dtype.name];
  let at = 0;
  const put = (r: BinaryReader): void => {
    if (at >= into.length) {
      at++;
      r.int64();
    } else if (isBig(into)) into[at++] = BigInt(dtype.name === 'uint64' ? r.uint64() : r.int64());
    else into[at++] = dtype.name === 'uint32' ? r.uint32() : r.int32();
  };
  readFields(bytes, (field, r, wire) => {
    if (Array.isArray(into)) {
      if (field !== STRINGS) return false;
      const text = bytesToText(r.bytes());
      if (at < into.length) into[at] = text;
      at++;
      return true;
    }
    if (field !== stored.field) return false;
    if (stored.packed === 'varint' && wire !== LENGTH && wire !== VARINT) return false;
    if (wire === VARINT) put(r);
    else if (wire !== LENGTH) at = copyRaw(r.skip(wire, field), into, at);
    else if (stored.packed === 'raw') at = copyRaw(r.bytes(), into, at);
    else for (const end = r.uint32() + r.pos; r.pos < end; ) put(r);
    return true;
  });
  return at;
}
/** Bytes as they lie in memory, behind the elements that are there. */
function copyRaw(bytes: Uint8Array, into: Exclude<Data, string[]>, at: number): number {
  const width = into.BYTES_PER_ELEMENT;
  const room = Math.max(0, into.byteLength - at * width);
  bytesOf(into).set(bytes.subarray(0, room), at * width);
  return at + bytes.length / width;
}
