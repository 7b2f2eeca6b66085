/**
 * Numbers that the addon does not carry (complex ones, and those of 16 bits and the like) as others of the same bits:
 * they go to a graph of one node and come from it so, with a Bitcast on either side.
 */
import {
  type DType,
  bfloat16,
  complex128,
  complex64,
  float16,
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
} from '../../base/dtype';
import { asOrdered } from '../../base/elements';
import type { NodeBytes } from '../../format/graphdef';
import { Value } from '../value';

/** What it goes as: so many elements of a dtype that the addon carries. */
interface Bits {
  readonly dtype: DType;
  readonly count: 1 | 2;
}
const BITS: ReadonlyMap<DType, Bits> = new Map<DType, Bits>([
  [complex64, { dtype: float32, count: 2 }],
  [complex128, { dtype: float64, count: 2 }],
  [float16, { dtype: uint8, count: 2 }],
  [bfloat16, { dtype: uint8, count: 2 }],
  [int16, { dtype: uint8, count: 2 }],
  [uint16, { dtype: uint8, count: 2 }],
  [int8, { dtype: uint8, count: 1 }],
  [uint32, { dtype: int32, count: 1 }],
  [uint64, { dtype: int64, count: 1 }],
]);
/** Whether numbers of a dtype can go as others. */
export function goesAsBits(dtype: DType): boolean {
  return BITS.has(dtype);
}
/** The dtype that crosses in the place of another, which may be that itself. */
export function carried(dtype: DType): DType {
  return BITS.get(dtype)?.dtype ?? dtype;
}
/** The node that makes one dtype of the other again. */
export function bitcast(name: string, input: string, from: DType, to: DType): NodeBytes {
  return {
    name,
    op: 'Bitcast',
    input: [input],
    attr: { T: { kind: 'type', value: from }, type: { kind: 'type', value: to } },
  };
}
/** The same memory as elements of another dtype. */
function seenAs(value: Value, dtype: DType, shape: readonly number[]): Value {
  const { buffer, byteOffset, byteLength } = asOrdered(value.read());
  const each = dtype.size / (dtype.isComplex ? 2 : 1);
  const out = new Value(dtype, shape, new dtype.array(buffer, byteOffset, byteLength / each));
  out.shared = true;
  return out;
}
/** A value as it crosses, with one reference for the caller. */
export function toBits(value: Value): Value {
  const bits = BITS.get(value.dtype);
  if (!bits) return value.retain();
  return seenAs(value, bits.dtype, bits.count === 1 ? value.shape : [...value.shape, bits.count]);
}
/** What came across as what it is; the value that crossed is given up. */
export function fromBits(crossed: Value, dtype: DType): Value {
  const bits = BITS.get(dtype);
  if (!bits) return crossed;
  const out = seenAs(crossed, dtype, bits.count === 1 ? crossed.shape : crossed.shape.slice(0, -1));
  // Its elements go on in another value.
  crossed.shared = true;
  crossed.release();
  return out;
}
