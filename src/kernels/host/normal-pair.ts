/** Uniform and normal numbers from the words of a random stream, to the last bit as TensorFlow has them on Linux. */

// TensorFlow writes random bits behind the exponent of 1 and takes 1 off, which is this.
const uniformFloat = (word: number): number => (word & 0x7fffff) * 2 ** -23;
export const uniformDouble = (high: number, low: number): number => ((high & 0xfffff) * 2 ** 32 + low) * 2 ** -52;

// Normal numbers come in pairs: sin(2πv)·√(−2 ln u) and cos(2πv)·√(−2 ln u) of uniform u and v
// (Box and Muller).

/** Where a pair of normal numbers is left. */
export const pair = new Float64Array(2);
type NormalPair = (words: Uint32Array, at: number) => void;

const SMALLEST = 1e-7;
const SMALLEST_FLOAT = Math.fround(1e-7);

export const DOUBLE: [wordsPerElement: number, NormalPair] = [
  2,
  (words, at) => {
    const u = Math.max(uniformDouble(words[at], words[at + 1]), SMALLEST);
    const angle = 2 * Math.PI * uniformDouble(words[at + 2], words[at + 3]);
    const radius = Math.sqrt(-2 * Math.log(u));
    pair[0] = Math.sin(angle) * radius;
    pair[1] = Math.cos(angle) * radius;
  },
];

export const FLOAT: [wordsPerElement: number, NormalPair] = [
  1,
  (words, at) => {
    const u = Math.max(uniformFloat(words[at]), SMALLEST_FLOAT);
    const angle = Math.fround(2 * Math.PI * uniformFloat(words[at + 1]));
    const radius = Math.fround(Math.sqrt(-2 * logFloat(u)));
    sinCosFloat(angle);
    pair[0] = Math.fround(pair[0] * radius);
    pair[1] = Math.fround(pair[1] * radius);
  },
];

/*
 * logf and sincosf as the C library on Linux has them. They err by up to 0.82 and 0.56 units in the last place: the
 * exact logarithm and sine, rounded, would give another normal number in 1 case of 65. The coefficients are those of
 * Arm's optimized routines (© Arm Limited, MIT or Apache-2.0 with LLVM exception), from which the C library has them;
 * the order of operations is part of the result.
 */

/** 1/c of a c near the middle of each of 16 intervals from 0.7 to 1.4. */
const INVERSES = [
  1.398907162146528, 1.3403141896637998, 1.286432210124115, 1.2367150214269895, 1.1906977166711752, 1.1479821020556429,
  1.1082251448272158, 1.0711297413057381, 1.036437278977283, 1, 0.9492859795739057, 0.8951049428609004,
  0.8476821620351103, 0.8050314851692001, 0.7664671008843108, 0.731428603316328,
];
const LOGARITHMS = INVERSES.map((inverse) => -Math.log(inverse));

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** ln x of a positive float: with x = 2^k·z and c near z, it is k·ln 2 + ln c + ln(z/c). */
function logFloat(x: number): number {
  float[0] = x;
  const aboveFirst = bits[0] - 0x3f330000;
  const k = aboveFirst >> 23;
  const interval = (aboveFirst >> 19) & 15;
  bits[0] -= k << 23;
  const r = float[0] * INVERSES[interval] - 1;
  const r2 = r * r;
  const known = LOGARITHMS[interval] + k * Math.LN2;
  const tail = -0.25089342214237154 * r2 + (0.333456765744066 * r - 0.4999997485802103);
  return Math.fround(tail * r2 + (known + r));
}

/** Sets `pair` to the sine and cosine of a float from 0 to 2π: those of its distance to a quarter turn, exchanged. */
function sinCosFloat(angle: number): void {
  const quarters = (((angle * (2 / Math.PI) * 2 ** 24) | 0) + 2 ** 23) >> 24;
  const x = angle - quarters * (Math.PI / 2);
  const x2 = x * x;
  const x3 = x2 * x;
  const x4 = x2 * x2;
  const sin = Math.fround(
    x + x3 * -0.16666654943701084 + x3 * x2 * (0.008332178146138854 + x2 * -0.00019517298981385725),
  );
  const cos = Math.fround(
    1 +
      x2 * -0.49999999725108224 +
      x4 * 0.041666623324344516 +
      x4 * x2 * (-0.001388676379437604 + x2 * 2.4390450703564542e-5),
  );
  const sign = quarters & 2 ? -1 : 1;
  pair[0] = quarters & 1 ? sign * cos : sign * sin;
  pair[1] = quarters & 1 ? -sign * sin : sign * cos;
}
