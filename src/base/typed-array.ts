/** Typed arrays, of whatever realm, and the dtypes that they stand for. */
import { known } from './keys';
import {
  type DType,
  type TypedArray,
  float32,
  float64,
  int16,
  int32,
  int64,
  int8,
  uint16,
  uint32,
  uint64,
  uint8,
} from './dtype';
import { ValueError } from './errors';

const ARRAY_DTYPES: readonly [new (buffer: ArrayBuffer, offset: number, length: number) => TypedArray, DType][] = [
  [Float32Array, float32],
  [Float64Array, float64],
  [Int32Array, int32],
  [Uint8Array, uint8],
  [Int8Array, int8],
  [Int16Array, int16],
  [Uint16Array, uint16],
  [Uint32Array, uint32],
  [BigInt64Array, int64],
  [BigUint64Array, uint64],
];
/** A getter that all typed arrays have, whatever properties a program gave one of its own. */
function getterOf(key: PropertyKey): (this: unknown) => unknown {
  return known(Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), key)?.get, String(key));
}
const [tagIn, lengthIn, bufferIn, offsetIn] = [Symbol.toStringTag, 'length', 'buffer', 'byteOffset'].map(getterOf);
/** Which typed array a value is: `Float32Array`. By tag, not instanceof: they come from a worker, a sandbox, too. */
export function kindOfArray(value: unknown): string | null {
  const tag = ArrayBuffer.isView(value) ? tagIn.call(value) : null;
  return typeof tag === 'string' ? tag : null;
}
/** What is asked of arrays here, and what a program may have given another meaning in one of its own. */
const ASKED = ['length', 'constructor', 'buffer', 'byteOffset', 'slice', 'subarray'];
/**
 * The array itself where it is one of JavaScript's own. A Buffer, whose slices share its memory, and what a program
 * made a class of, or gave such properties, becomes one of JavaScript's over the same memory.
 *
 * @throws ValueError  for one whose memory is gone
 */
export function plainArray(data: TypedArray): TypedArray {
  const length = Number(lengthIn.call(data));
  if (length === 0) checkThere(data);
  const prototype: unknown = Object.getPrototypeOf(data);
  const isOwn = typeof prototype === 'object' && prototype !== null && Object.hasOwn(prototype, 'BYTES_PER_ELEMENT');
  if (isOwn && !ASKED.some((key) => Object.hasOwn(data, key))) return data;
  const type = ARRAY_DTYPES.find(([{ name }]) => name === kindOfArray(data))?.[0] ?? Uint8Array;
  return new type(bufferIn.call(data) as ArrayBuffer, Number(offsetIn.call(data)), length);
}
function checkThere(data: TypedArray): void {
  try {
    Uint8Array.prototype.at.call(data, 0);
  } catch {
    throw new ValueError(
      `a ${kindOfArray(data)} has no elements any more\n  its memory is gone: the buffer was transferred to a ` +
        'worker, or made shorter, after the array was made.\n  fix: give a copy, made before that: data.slice().',
    );
  }
}
/** Whether it is an array of numbers, of whatever realm. */
export function isTypedArray(value: unknown): value is TypedArray {
  return dtypeOfArray(value) !== null;
}
/** The dtype that a typed array stands for, or null. */
export function dtypeOfArray(value: unknown): DType | null {
  const tag = kindOfArray(value);
  return ARRAY_DTYPES.find(([ctor]) => ctor.name === tag)?.[1] ?? (tag === 'Uint8ClampedArray' ? uint8 : null);
}
