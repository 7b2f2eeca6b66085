/**
 * What the law sweep feeds: for each dtype the numbers on which kernels part ways, laid out so that every pair
 * meets.
 */
import { type DType, type Data, zerosOf } from '../../src/base/dtype';
import { numberToBfloat, numberToHalf } from '../../src/base/half';
import { NDArray } from '../../src/base/ndarray';

const FLOATS = [
  ...[
    NaN,
    Infinity,
    -Infinity,
    0,
    -0,
    1,
    -1,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    2,
    3,
    -3,
    0.3,
    -0.7,
    10,
    -20,
    88.5,
    -104,
    1e-8,
  ],
  ...[16777217, -1e6, 1e30, 3e38, -3.4e38, 1.2e-38, -2e-38, 1e-40, -1e-40, 1e-45, 0.99, -1.0001, 7, 170.5],
];
/** 0 / 0 on x86 and in WebAssembly: a NaN with its sign bit set. */
export function setSigns(data: Data): void {
  if (!(data instanceof Float32Array)) return;
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  for (let i = 0; i < data.length; i += 2) if (Number.isNaN(data[i])) bits[i] = 0xffc00000;
}
const INTS = [
  ...[0, 1, -1, 2, -2, 3, -7, 10, 100, 127, 128, -128, -129, 255, 256, 1000, 32767, -32768, 65535, 65536, 46341],
  ...[123456789, -987654321, 2147483647, -2147483648, -2147483647],
];
const LONGS = [
  ...[2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 63n - 1n, -(2n ** 63n), 3037000500n, 2n ** 32n, 2n ** 31n],
  ...[1234567890123456789n],
];
const WORDS = ['', 'a', 'ä', '0', ' ', 'a,b', 'zebra', '\u0000', '日本'];

/**
 * Where operands come from. `any`: the special values. `sums`: a few of them among plain
 * ones, none that overflows.
 */
export type Pool = 'any' | 'sums' | 'plain' | 'divisor' | 'positive';

/** A seeded generator of numbers in [0, 1). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function specials(dtype: DType, pool: Pool): readonly (number | bigint | string)[] {
  if (dtype.kind === 'string') return WORDS;
  if (dtype.kind === 'bool') return [0, 1];
  if (dtype.isFloating || dtype.isComplex) return FLOATS;
  const top = 2 ** (8 * dtype.size - (dtype.kind === 'uint' ? 0 : 1)) - 1;
  const bottom = dtype.kind === 'uint' ? 0 : -top - 1;
  const all = [...INTS.filter((v) => v >= bottom && v <= top), ...(dtype.size === 8 ? LONGS : [])];
  // The smallest integer by -1 is a fault of the processor, which no TensorFlow catches.
  return pool === 'divisor' ? all.filter((v) => Number(v) !== 0 && Number(v) !== -1) : all;
}
const MODEST = [NaN, Infinity, -Infinity, 0, -0, 1];

/**
 * Operand number `index` of an op: element i is the special value of its turn, so that of two operands every pair comes
 * up within (number of values)² elements. `turn` goes on from there.
 */
export function operand(dtype: DType, shape: readonly number[], pool: Pool, index: number, turn: number): NDArray {
  const size = shape.reduce((a, b) => a * b, 1);
  const data = zerosOf(dtype, size);
  const width = dtype.isComplex ? 2 : 1;
  const draw = random(7919 * (turn + 1) + 31 * index + size);
  const list = specials(dtype, pool);
  const stride = list.length ** index;
  for (let i = 0; i < size * width; i++) put(data, i, dtype, element(i, turn * size * width));
  setSigns(data);
  return new NDArray(dtype, [...shape], data);

  function element(i: number, from: number): number | bigint | string {
    if (pool === 'any' || pool === 'divisor' || dtype.kind === 'string' || dtype.kind === 'bool')
      return list[Math.floor((from + i) / stride) % list.length];
    const plain = dtype.isInteger ? Math.floor(draw() * 11) - (dtype.kind === 'uint' ? 0 : 5) : draw() * 4 - 2;
    if (pool === 'positive') return dtype.isInteger ? Math.abs(plain) : Math.abs(plain) / 2 + 0.01;
    return pool === 'sums' && !dtype.isInteger && draw() < 0.04 ? MODEST[Math.floor(draw() * MODEST.length)] : plain;
  }
}
function put(data: Data, i: number, dtype: DType, value: number | bigint | string): void {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[i] = BigInt(value);
  else if (Array.isArray(data)) data[i] = String(value);
  else if (dtype.name === 'float16') data[i] = numberToHalf(Number(value));
  else if (dtype.name === 'bfloat16') data[i] = numberToBfloat(Number(value));
  else data[i] = Number(value);
}
