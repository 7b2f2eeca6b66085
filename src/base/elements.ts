/** The elements of an array by what they are: looked at, once for an array, where only the dtype says it. */
import { type Data, type NumericArray, type TypedArray, isBig } from './dtype';
import { InternalError } from './errors';

/** Elements that are moved and not looked at: of any type, as long as all are of one. */
export interface Cells {
  readonly length: number;
  [i: number]: unknown;
}

/** Elements that are computed with, all of one type. */
export interface Elements<E extends number | bigint> {
  readonly length: number;
  [i: number]: E;
}

/** Elements of another type than who reads them is made for. */
export class WrongElements extends InternalError {}
function wrong(wanted: string, data: Data | null): never {
  throw new WrongElements(
    null,
    `Expected an array of ${wanted}, got ${data === null ? 'none' : data.constructor.name}.`,
  );
}
/** By its name, for an array of another realm (a worker, a sandbox). */
function isNamed(data: Data, name: RegExp): boolean {
  return name.test(Object.prototype.toString.call(data));
}
function isNumeric(data: Data): data is NumericArray {
  return !Array.isArray(data) && !isLong(data);
}
function isLong(data: Data): data is BigInt64Array | BigUint64Array {
  return isBig(data) || isNamed(data, /Big/);
}
function isFloat(data: Data): data is Float32Array | Float64Array {
  return data instanceof Float32Array || data instanceof Float64Array || isNamed(data, /Float(32|64)/);
}
/** Numbers: of every dtype but strings and integers of 64 bits. */
export function asNumbers(data: Data | null): NumericArray {
  if (data instanceof Float32Array || data instanceof Int32Array || data instanceof Float64Array) return data;
  return data !== null && isNumeric(data) ? data : wrong('numbers', data);
}
/** Numbers of float32 or float64, or the parts of complex ones. */
export function asFloats(data: Data | null): Float32Array | Float64Array {
  return data !== null && isFloat(data) ? data : wrong('floats', data);
}
/** Integers of 64 bits. */
export function asLongs(data: Data | null): BigInt64Array | BigUint64Array {
  return data !== null && isLong(data) ? data : wrong('64-bit integers', data);
}
/** What can be compared: numbers and 64-bit integers. */
export function asOrdered(data: Data | null): TypedArray {
  return data === null || Array.isArray(data) ? wrong('numbers', data) : data;
}
export function asTexts(data: Data | null): string[] {
  return Array.isArray(data) ? data : wrong('strings', data);
}
/** Writes a whole number into an array of integers. */
export function setInteger(to: Data, i: number, value: number): void {
  if (isBig(to)) to[i] = BigInt(value);
  else asNumbers(to)[i] = value;
}
/** Fills an array with an element of another of its type. */
export function fillFrom(to: Data, from: Data): void {
  if (isBig(to)) to.fill(asLongs(from)[0]);
  else if (Array.isArray(to)) to.fill(asTexts(from)[0]);
  else to.fill(asNumbers(from)[0]);
}
