/** Typed arrays, of whatever realm, and the dtypes that they stand for. */
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

const ARRAY_DTYPES: readonly [new (n: number) => TypedArray, DType][] = [
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
/** Whether it is an array of numbers, of whatever realm. */
export function isTypedArray(value: unknown): value is TypedArray {
  return dtypeOfArray(value) !== null;
}
/** The dtype that a typed array stands for, or null. */
export function dtypeOfArray(value: unknown): DType | null {
  if (!ArrayBuffer.isView(value)) return null;
  // By tag, not instanceof: arrays may come from another realm (a worker, a test sandbox).
  const tag: unknown = Reflect.get(value, Symbol.toStringTag);
  return ARRAY_DTYPES.find(([ctor]) => ctor.name === tag)?.[1] ?? (tag === 'Uint8ClampedArray' ? uint8 : null);
}
