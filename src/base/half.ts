/**
 * The two 16-bit floats, which JavaScript lacks: their bits from and to numbers, rounding half to even.
 *
 * Arrays of float16 and bfloat16 hold bits, in a Uint16Array, as TensorFlow's memory does. Whoever reads or writes
 * their elements as numbers goes through `floatsOfBits` and `bitsOfFloats`.
 */
import { asNumbers } from './elements';
import { type DType, type Data, bfloat16, float16 } from './dtype';

const BITS = new Uint32Array(1);
const FLOAT = new Float32Array(BITS.buffer);

/** IEEE half precision to a number. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
export function numberToHalf(x: number): number {
  FLOAT[0] = x;
  const bits = BITS[0];
  const sign = (bits >>> 16) & 0x8000;
  const size = Math.abs(FLOAT[0]);
  if (Number.isNaN(x)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | halfEven(size * 2 ** 24);
  // 13 bits of the fraction go; the carry of the rounding runs into the exponent, as it should.
  const kept = (bits & 0x7fffffff) - (112 << 23);
  return sign | ((kept + 0xfff + ((kept >> 13) & 1)) >> 13);
}
/** The nearest number of 16 bits. */
export const roundHalf = (x: number): number => halfToNumber(numberToHalf(x));
/** bfloat16 to a number: the upper half of a float32. */
export function bfloatToNumber(bits: number): number {
  BITS[0] = bits << 16;
  return FLOAT[0];
}
export function numberToBfloat(x: number): number {
  if (Number.isNaN(x)) return 0x7fc0;
  FLOAT[0] = x;
  const bits = BITS[0];
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}
/** Rounds to the nearest integer, halves to the even one. */
export function halfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest < 0.5 ? floor : rest > 0.5 ? floor + 1 : floor % 2 === 0 ? floor : floor + 1;
}

/** True for float16 and bfloat16. */
export function isHalf(dtype: DType): boolean {
  return dtype === float16 || dtype === bfloat16;
}
/** One element's bits to a number. */
export function halfReader(dtype: DType): (bits: number) => number {
  return dtype === float16 ? halfToNumber : bfloatToNumber;
}
/** A number to one element's bits. */
export function halfWriter(dtype: DType): (x: number) => number {
  return dtype === float16 ? numberToHalf : numberToBfloat;
}
/** The elements of a float16 or bfloat16 array as numbers. */
export function floatsOfBits(bits: Data, dtype: DType): Float32Array {
  const [out, read, from] = [new Float32Array(bits.length), halfReader(dtype), asNumbers(bits)];
  for (let i = 0; i < out.length; i++) out[i] = read(from[i]);
  return out;
}
/** Numbers as the elements of a float16 or bfloat16 array. */
export function bitsOfFloats(numbers: ArrayLike<number>, dtype: DType): Uint16Array {
  const [out, write] = [new Uint16Array(numbers.length), halfWriter(dtype)];
  for (let i = 0; i < out.length; i++) out[i] = write(numbers[i]);
  return out;
}
