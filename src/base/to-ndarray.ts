/** Host data from what callers hand in: numbers, nested arrays, typed arrays, arrays. */
import { asNumbers, asTexts } from './elements';
import { checkHoles, checkRange, steady } from './border';
import { MOST_DEPTH, tooDeep } from './room';
import { bytesToText } from './bytes';
import { castData, partType } from './cast';
import {
  type DType,
  type Data,
  type NumericArray,
  type TypedArray,
  asDtype,
  bool,
  float32,
  int32,
  int64,
  isBig,
  string,
  uint8,
  zerosOf,
} from './dtype';
import { Dimension } from './dimension';
import { TypeError_, ValueError } from './errors';
import { halfWriter, isHalf } from './half';
import { NDArray, checkWhole, elementsOf, madeArray } from './ndarray';
import { type Nested, type NestedBytes, nestedOf } from './nested';
import { inconvertible } from './inconvertible';
import { describe, preview } from './preview';
import { pythonTuple, sizeOf } from './shape';
import { dtypeOfArray, isTypedArray, plainArray } from './typed-array';

export { dtypeOfArray, isTypedArray } from './typed-array';

export type ArrayLike_ = Nested | TypedArray | NDArray | readonly TypedArray[] | NestedBytes;

/**
 * Host data from numbers, nested arrays, typed arrays or an NDArray.
 *
 * Without a dtype, numbers are float32 (JavaScript cannot tell 1 from 1.0), booleans bool, strings
 * string, bigints int64, and a typed array keeps its own type.
 * @throws ValueError  where nested arrays are ragged, or a typed array does not fill `shape`
 * @throws TypeError   where an element cannot be of the dtype
 */
export function toNDArray(value: unknown, dtype?: DType | null, shape?: readonly number[] | null): NDArray {
  if (value instanceof NDArray) {
    const same = !dtype || value.dtype === dtype;
    checkWhole(value);
    const array = same ? value : madeArray(dtype, value.shape, castData(elementsOf(value), value.dtype, dtype));
    return shape ? array.reshape(shape) : array;
  }
  if (dtype?.kind === 'opaque') throw opaque(value, dtype);
  const own = dtypeOfArray(value);
  if (own && isTypedArray(value) && !(dtype === string && own === uint8)) {
    const data = plainArray(value);
    const to = dtype ?? own;
    // Real and imaginary parts in turn.
    if (to.isComplex) return complexArray(castData(data, own, partType(to)), to, shape ?? [data.length / 2]);
    const dims = shape ?? [data.length];
    if (sizeOf(dims) !== data.length) {
      throw new ValueError(`cannot reshape array of size ${data.length} into shape ${pythonTuple(dims)}`);
    }
    return madeArray(to, dims, steady(castData(data, own, to)));
  }
  const found: number[] = [];
  measure(value, found, dtype === string);
  const total = sizeOf(found);
  const to = dtype ?? inferDtype(value);
  const out = zerosOf(to, total);
  try {
    fill(value, 0, found, out, to, { at: 0 });
  } catch (error) {
    throw error instanceof Ragged
      ? explainRagged(error, value, found)
      : error instanceof Missing
        ? inconvertible(value)
        : error;
  }
  if (shape) {
    if (sizeOf(shape) !== total)
      throw new ValueError(`cannot reshape array of size ${total} into shape ${pythonTuple(shape)}`);
    return madeArray(to, shape, out);
  }
  return madeArray(to, found, out);
}

/** What is said where host data should become handles or variants, which no host data is. */
function opaque(value: unknown, { name }: DType): TypeError_ {
  return new TypeError_(
    `Incompatible types: <dtype: '${name}'> vs. ${numpyType(value)}. Value is ${preview(value)}\n` +
      `  only a session has ${name}s: variables, tables, stacks and lists of tensors give them.`,
  );
}
/** The type that numpy finds in what is no tensor. */
function numpyType(value: unknown): string {
  const own = dtypeOfArray(value);
  if (own) return own.name;
  if (Array.isArray(value)) return value.length > 0 ? numpyType(value[0]) : 'float64';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (typeof value === 'string') return `<U${value.length}`;
  return typeof value === 'boolean' ? 'bool' : 'object';
}
function complexArray(data: Data, to: DType, shape: readonly number[]): NDArray {
  if (sizeOf(shape) * 2 !== data.length)
    throw new ValueError(`cannot reshape array of size ${data.length / 2} into shape ${pythonTuple(shape)}`);
  return madeArray(to, shape, steady(data));
}
function isListLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || isTypedArray(value);
}
/** @param bytes  whether arrays of bytes are elements: strings */
function measure(value: unknown, shape: number[], bytes: boolean): void {
  for (let at = value; ; ) {
    if (shape.length > MOST_DEPTH) throw tooDeep();
    if (bytes && isBytes(at)) return;
    if (at instanceof NDArray) {
      shape.push(...at.shape);
      return;
    }
    if (!isListLike(at)) return;
    checkHoles(at);
    shape.push(at.length);
    if (at.length === 0) return;
    at = at[0];
  }
}
function inferDtype(value: unknown): DType {
  let at = value;
  for (let depth = 0; Array.isArray(at); depth++) {
    if (depth > MOST_DEPTH) throw tooDeep();
    if (at.length === 0) return float32;
    at = at[0];
  }
  if (at instanceof NDArray) return at.dtype;
  if (at instanceof Dimension) return int32;
  switch (typeof at) {
    case 'number':
      return float32;
    case 'boolean':
      return bool;
    case 'string':
      return string;
    case 'bigint':
      return int64;
    default: {
      const own = dtypeOfArray(at);
      if (own) return own;
      throw inconvertible(value);
    }
  }
}
/** Nothing at all where an element was wanted. */
class Missing extends Error {}
/** A list that is not as long as those before it at its depth, or no list at all. */
class Ragged extends Error {
  constructor(
    readonly axis: number,
    readonly part: unknown,
  ) {
    super();
  }
}
function explainRagged({ axis, part }: Ragged, value: unknown, shape: readonly number[]): ValueError {
  const list = (dims: readonly number[]): string => `[${dims.join(', ')}]`;
  return new ValueError(
    `Argument must be a dense tensor: ${preview(value)} - got shape ${list(shape.slice(0, axis))}, ` +
      `but wanted ${list(shape)}.` +
      `\n  ${preview(part)} stands where a list of ${shape[axis]} was wanted: all lists of a depth ` +
      'must be of one length.',
  );
}
function fill(
  value: unknown,
  axis: number,
  shape: readonly number[],
  out: Data,
  dtype: DType,
  cursor: { at: number },
): void {
  if (axis === shape.length) {
    store(out, cursor.at++, value, dtype);
    return;
  }
  const list: unknown =
    value instanceof NDArray ? nestedOf(value.dtype, value.shape, elementsOf(checkWhole(value)), true) : value;
  if (!isListLike(list) || list.length !== shape[axis]) throw new Ragged(axis, value);
  if (axis === shape.length - 1 && dtype.isFloating && dtype.size > 2) fillRow(list, asNumbers(out), dtype, cursor);
  else for (let i = 0; i < shape[axis]; i++) fill(list[i], axis + 1, shape, out, dtype, cursor);
}
/** The same for a row of floats, where it takes a nanosecond or two per element. */
function fillRow(row: ArrayLike<unknown>, out: NumericArray, dtype: DType, cursor: { at: number }): void {
  let { at } = cursor;
  for (let i = 0; i < row.length; i++, at++) {
    const x = row[i];
    if (typeof x === 'number') out[at] = x;
    else store(out, at, x, dtype);
  }
  cursor.at = at;
}
function isBytes(value: unknown): value is Uint8Array {
  return dtypeOfArray(value) === uint8;
}
function store(out: Data, i: number, value: unknown, dtype: DType): void {
  if (dtype === string && isBytes(value)) {
    asTexts(out)[i] = bytesToText(value);
    return;
  }
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    throw new ValueError(`Argument must be a dense tensor: ${preview(value)} stands where an element was wanted.`);
  if (value === null || value === undefined) throw new Missing();
  if (value instanceof Dimension) return store(out, i, value.value, dtype);
  const type = typeof value;
  const fits =
    dtype === string
      ? type === 'string'
      : dtype === bool
        ? type === 'boolean' || value === 0 || value === 1
        : type === 'number' || type === 'bigint' || type === 'boolean';
  if (!fits)
    throw new TypeError_(`Expected ${dtype.name}, got ${preview(value)} of type '${describe(value)}' instead.`);
  if (dtype.isInteger && type === 'number' && !Number.isInteger(value)) {
    throw new TypeError_(`Expected ${dtype.name}, got ${preview(value)} of type 'float' instead.`);
  }
  if (dtype.isInteger && (typeof value === 'number' || typeof value === 'bigint')) checkRange(value, dtype);
  if (typeof value === 'string') asTexts(out)[i] = value;
  else if (isBig(out)) out[i] = typeof value === 'bigint' ? value : BigInt(Number(value));
  else if (isHalf(dtype)) asNumbers(out)[i] = halfWriter(dtype)(Number(value));
  else asNumbers(out)[dtype.isComplex ? 2 * i : i] = Number(value);
}
/** dtype from what the user may pass. */
export function optionalDtype(dtype: DType | string | null | undefined): DType | null {
  return dtype === null || dtype === undefined ? null : asDtype(dtype);
}
