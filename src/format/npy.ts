/** NumPy's files of one array (`.npy`). */
import { asTexts } from '../base/elements';
import { DataLossError, ValueError } from '../base/errors';
import * as dtypes from '../base/dtype';
import type { DType } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { largest } from '../base/room';

const MAGIC = '\x93NUMPY';
const KINDS: Readonly<Record<string, DType>> = {
  f2: dtypes.float16,
  f4: dtypes.float32,
  f8: dtypes.float64,
  i1: dtypes.int8,
  i2: dtypes.int16,
  i4: dtypes.int32,
  i8: dtypes.int64,
  u1: dtypes.uint8,
  u2: dtypes.uint16,
  u4: dtypes.uint32,
  u8: dtypes.uint64,
  b1: dtypes.bool,
  c8: dtypes.complex64,
  c16: dtypes.complex128,
};
/** Texts of one length: how many bytes a letter takes, and the text without what fills it up. */
const TEXTS: Readonly<Record<string, { readonly width: number; read(bytes: Buffer): string }>> = {
  S: { width: 1, read: (bytes) => bytes.toString('utf8').replace(/\0+$/, '') },
  U: {
    width: 4,
    read: (bytes) => {
      const points = Array.from({ length: bytes.length / 4 }, (_, k) => bytes.readUInt32LE(4 * k));
      return String.fromCodePoint(...points.filter((point) => point !== 0 && point <= 0x10ffff));
    },
  },
};
/** @throws DataLossError  if the bytes are no such file, ValueError for elements that are none of TensorFlow's */
export function readNpy(bytes: Buffer, file: string): NDArray {
  const wrong = (what: string): Error => new DataLossError(null, `${file}: ${what}`);
  if (bytes.length < 12 || bytes.toString('latin1', 0, 6) !== MAGIC) throw wrong('it is no .npy file');
  const isLong = bytes[6] > 1;
  const start = isLong ? 12 : 10;
  const end = start + (isLong ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  if (end > bytes.length) throw wrong('its header is cut off');
  const header = bytes.toString('latin1', start, end);
  const [, descr] = /'descr':\s*'([^']*)'/.exec(header) ?? [];
  const [, sizes] = /'shape':\s*\(([\d,\s]*)\)/.exec(header) ?? [];
  if (descr === undefined || sizes === undefined) throw wrong('its header says no descr and shape');
  if (/'fortran_order':\s*True/.test(header))
    throw new ValueError(`${file}: its order is Fortran's. Save numpy.ascontiguousarray(array).`);
  const shape = sizes.split(',').flatMap((size) => (size.trim() ? [Number(size)] : []));
  const count = shape.reduce((a, b) => a * b, 1);
  const [, , letter, size] = /^([<>|=]?)([a-zA-Z])(\d+)$/.exec(descr) ?? [];
  const body = bytes.subarray(end);
  const check = (width: number): void => {
    if (count && !width) throw wrong(`its elements of ${descr} have no bytes`);
    if (body.length !== count * width)
      throw wrong(`it holds ${body.length} bytes, and ${count * width} are to be there`);
  };
  const texts = letter === undefined ? undefined : TEXTS[letter];
  if (texts) {
    const width = texts.width * Number(size);
    check(width);
    const all = Array.from({ length: count }, (_, i) => texts.read(body.subarray(i * width, (i + 1) * width)));
    return new NDArray(dtypes.string, shape, all);
  }
  const dtype = letter === undefined ? undefined : KINDS[letter + size];
  if (!dtype || descr.startsWith('>'))
    throw new ValueError(`${file}: elements of ${descr} cannot be read. Save array.astype('<f4'), or another dtype.`);
  check(Number(size));
  const data = dtypes.zerosOf(dtype, count);
  if (ArrayBuffer.isView(data)) new Uint8Array(data.buffer, data.byteOffset, data.byteLength).set(body);
  return new NDArray(dtype, shape, data);
}
/** The bytes of a file of an array; texts as their bytes in UTF-8. */
export function npyBytes(array: NDArray): Buffer {
  const { dtype, shape, data } = array;
  let body: Buffer;
  let descr = Object.keys(KINDS).find((kind) => KINDS[kind] === dtype);
  if (ArrayBuffer.isView(data) && descr !== undefined)
    body = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  else if (dtype === dtypes.string) {
    const texts = asTexts(data).map((text) => Buffer.from(text));
    const width = largest(
      texts.map((text) => text.length),
      1,
    );
    body = Buffer.alloc(width * texts.length);
    texts.forEach((text, i) => text.copy(body, i * width));
    descr = `S${width}`;
  } else throw new ValueError(`NumPy has no dtype for ${dtype.name}.`);
  const order = /1$/.test(descr) && !descr.startsWith('S') ? '|' : descr.startsWith('S') ? '|' : '<';
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${order}${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const padded = `${text.padEnd(Math.ceil((10 + text.length + 1) / 64) * 64 - 11)}\n`;
  const head = Buffer.alloc(10);
  head.write(MAGIC, 'latin1');
  head[6] = 1;
  head.writeUInt16LE(padded.length, 8);
  return Buffer.concat([head, Buffer.from(padded, 'latin1'), body]);
}
