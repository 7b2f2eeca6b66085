/**
 * Elements of one dtype as another, as TensorFlow 1.15 casts them on an x86 CPU, and NumPy with it (docs/values.md):
 *
 * - floats go towards zero. What int32 cannot hold, NaN with it, becomes int32's least value, of which the shorter
 *   types take the lower bits; int64 likewise, whose lower bits uint32 takes;
 * - integers wrap around; what is beyond a 16-bit float's range is infinite;
 * - a complex number counts by its real part; NaN is true.
 */
import { asFloats, asNumbers } from './elements';
import { type DType, type Data, bool, float32, float64, isBig, string, uint32, uint64, zerosOf } from './dtype';
import { TypeError_ } from './errors';
import { bitsOfFloats, floatsOfBits, isHalf } from './half';

type Numbers = { readonly length: number; [i: number]: number };

/** Data of one dtype as another; the same array where nothing changes. @throws TypeError  for strings */
export function castData(data: Data, from: DType, to: DType): Data {
  if (from === to) return data;
  if (from.kind === 'string' || to === string) throw new TypeError_(`Cannot convert ${from.name} to ${to.name}.`);
  if (from.isComplex && to.isComplex) return copied(data, zerosOf(to, data.length / 2));
  if (from.isComplex) return castData(parts(data, partType(from), 0), partType(from), to);
  if (to.isComplex) return interleaved(castData(data, from, partType(to)), zerosOf(to, data.length));
  if (isHalf(from)) return castData(floatsOfBits(data, from), float32, to);
  if (isHalf(to)) return bitsOfFloats(asNumbers(castData(data, from, float32)), to);
  const out = zerosOf(to, data.length);
  if (to === bool) for (let i = 0; i < out.length; i++) out[i] = data[i] === 0 || data[i] === 0n ? 0 : 1;
  else if (isBig(data)) fromBig(data, out, to);
  else if (isBig(out)) toBig(asNumbers(data), out, to);
  else if (from.isFloating && !to.isFloating) truncated(asNumbers(data), asNumbers(out), to);
  else copied(data, out);
  return out;
}
function copied(data: Data, out: Data): Data {
  asNumbers(out).set(asNumbers(data));
  return out;
}

/** The type of a complex number's parts. */
export function partType(dtype: DType): DType {
  return dtype.size === 8 ? float32 : float64;
}
/** The real (0) or the imaginary (1) parts of complex numbers. */
export function parts(data: Data, type: DType, which: 0 | 1): Data {
  const [out, from] = [asFloats(zerosOf(type, data.length / 2)), asFloats(data)];
  for (let i = 0; i < out.length; i++) out[i] = from[2 * i + which];
  return out;
}
function interleaved(real: Data, out: Data): Data {
  const [to, from] = [asFloats(out), asFloats(real)];
  for (let i = 0; i < from.length; i++) to[2 * i] = from[i];
  return out;
}

/** An array of a shorter type takes the lower bits by itself. */
function truncated(x: Numbers, out: Numbers, to: DType): void {
  if (to === uint32) for (let i = 0; i < out.length; i++) out[i] = Math.abs(x[i]) < 2 ** 63 ? x[i] : 0;
  else
    for (let i = 0; i < out.length; i++) {
      const v = x[i];
      out[i] = v > -2147483649 && v < 2147483648 ? v | 0 : -2147483648;
    }
}
const LEAST = -(2n ** 63n);
function toBig(x: Numbers, out: BigInt64Array | BigUint64Array, to: DType): void {
  for (let i = 0; i < out.length; i++) {
    const v = x[i];
    // Beyond 2^63 the processor has no instruction for uint64: what it has is put together from two.
    out[i] =
      Math.abs(v) < 2 ** 63
        ? BigInt(Math.trunc(v))
        : to === uint64 && v >= 2 ** 63
          ? v < 2 ** 64
            ? BigInt(v)
            : 0n
          : LEAST;
  }
}
function fromBig(x: BigInt64Array | BigUint64Array, out: Data, to: DType): void {
  if (isBig(out)) for (let i = 0; i < out.length; i++) out[i] = x[i];
  else if (to === float32) for (let i = 0; i < out.length; i++) out[i] = Number(oddBelow(x[i]));
  else if (to.isFloating) for (let i = 0; i < out.length; i++) out[i] = Number(x[i]);
  else for (let i = 0; i < out.length; i++) out[i] = Number(BigInt.asIntN(32, x[i]));
}
/** An integer of at most 53 bits that rounds to float32 as `x` does: by the nearest double it would round twice. */
function oddBelow(x: bigint): bigint {
  if (x >= -(2n ** 53n) && x <= 2n ** 53n) return x;
  return (x & 0x7ffn) === 0n ? x : ((x >> 11n) | 1n) << 11n;
}

/**
 * How many numbers a range has, as TensorFlow counts them: floats are subtracted and divided in their own precision.
 * The step is not 0, and leads from the start to the limit.
 */
export function rangeSize(
  dtype: DType,
  start: number | bigint,
  limit: number | bigint,
  delta: number | bigint,
): number {
  if (dtype.isInteger) {
    const [way, step] = [BigInt(limit) - BigInt(start), BigInt(delta)];
    return Number(way === 0n ? 0n : (way - (step > 0n ? 1n : -1n)) / step + 1n);
  }
  const round = dtype === float32 ? Math.fround : (x: number): number => x;
  return Math.ceil(Math.abs(round(round(Number(limit) - Number(start)) / Number(delta))));
}
