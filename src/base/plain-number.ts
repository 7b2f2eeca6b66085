/**
 * A 32-bit float as the number that people write for it: 0.94, and not 0.9399999976158142, which is the same float
 * in the 64 bits of a JavaScript number. It is the shortest decimal that reads back as the same float, as NumPy
 * prints it; fed again, or put into a Float32Array, it gives the float to the bit.
 */

/** From here on every float is whole. */
const WHOLE = 2 ** 23;
/** From here on JavaScript cannot count either. */
const BEYOND_COUNTING = 2 ** 53;
/** Of 32-bit floats, digits that always do. */
const MOST_DIGITS = 9;
const FEWEST_DIGITS = 6;
const POWERS = Float64Array.from({ length: 23 }, (_, i) => 10 ** i);
const MORE = MOST_DIGITS - FEWEST_DIGITS + 1;
const SMALL = 1e-9;

/** NaN, infinities and the whole numbers that JavaScript can count to stay what they are. */
export function plainNumber(float: number): number {
  const size = Math.abs(float);
  if (!(size < WHOLE) || Math.trunc(float) === float)
    return size >= BEYOND_COUNTING && size < Infinity ? shortest(float) : float;
  // Both are exact up to 2^53 and 10^22, so the quotient is the number nearest to the decimal.
  if (size >= SMALL) {
    let digits = FEWEST_DIGITS;
    for (let x = size; x < 0.1; x *= 10) digits++;
    for (let x = size; x >= 1; x *= 0.1) digits--;
    if (digits < 0) digits = 0;
    for (const last = digits + MORE; digits <= last; digits++) {
      const short = Math.round(size * POWERS[digits]) / POWERS[digits];
      if (Math.fround(short) === size) return float < 0 ? -short : short;
    }
    return float;
  }
  return shortest(float);
}
/** Those near 0 and the very large may have any number of digits. */
function shortest(float: number): number {
  for (let digits = 1; digits <= MOST_DIGITS; digits++) {
    const short = Number(float.toPrecision(digits));
    if (Math.fround(short) === float) return short;
  }
  return float;
}

/** A number as TensorFlow's C++ puts it into sentences: `inf`, `-inf`, `nan`. */
export function cNumber(value: unknown): string {
  if (typeof value !== 'number' || Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}
