/**
 * TensorFlow's random kernels as functions on typed arrays: the same seeds give the same numbers.
 *
 * A call takes what it draws from the op's RandomState and moves that on by what TensorFlow's kernel
 * reserves. Which block of the stream an element comes from depends on its index alone, so TensorFlow's
 * threads, and this loop, all give one answer.
 *
 * Agreement with TensorFlow on Linux: integers, uniform numbers and 32-bit normal numbers to the last bit;
 * 64-bit normal numbers to the rounding of the engine's logarithm and sine (1 unit in the last place, rarely 3).
 */
import { BLOCK, RandomState, type Philox } from '../../base/philox';

export { RandomState };

type Floats = Float32Array | Float64Array;
type Integers = Int32Array | BigInt64Array;

/** Blocks that a kernel reserves for one element: more than any run of rejections needs. */
const RESERVED_PER_ELEMENT = 256;

/**
 * Uniform in [0, 1): op RandomUniform.
 * @param digits  binary digits of the numbers in a Float32Array: 10 for float16, 7 for bfloat16
 */
export function randomUniform(state: RandomState, out: Floats, digits = 23): void {
  const stream = state.reserve(RESERVED_PER_ELEMENT * out.length);
  if (out instanceof Float32Array) {
    const [mask, unit] = [2 ** digits - 1, 2 ** -digits];
    inPieces(stream, out.length, 1, (words, from, to) => {
      for (let i = from, w = 0; i < to; i++, w++) out[i] = (words[w] & mask) * unit;
    });
  } else {
    inPieces(stream, out.length, 2, (words, from, to) => {
      for (let i = from, w = 0; i < to; i++, w += 2) out[i] = uniformDouble(words[w], words[w + 1]);
    });
  }
}

/** Uniform in [minval, maxval), where minval < maxval fit `out`'s type: op RandomUniformInt. */
export function randomUniformInt(
  state: RandomState,
  minval: number | bigint,
  maxval: number | bigint,
  out: Integers,
): void {
  const stream = state.reserve(RESERVED_PER_ELEMENT * out.length);
  if (out instanceof Int32Array) {
    const low = Number(minval);
    const range = Number(maxval) - low;
    inPieces(stream, out.length, 1, (words, from, to) => {
      for (let i = from, w = 0; i < to; i++, w++) out[i] = low + remainder(words[w], range);
    });
  } else {
    const low = BigInt(minval);
    const range = BigInt(maxval) - low;
    inPieces(stream, out.length, 2, (words, from, to) => {
      const pairs = new BigUint64Array(words.buffer);
      for (let i = from, w = 0; i < to; i++, w++) out[i] = low + (pairs[w] % range);
    });
  }
}

/** Normal with mean 0 and deviation 1: op RandomStandardNormal. */
export function randomStandardNormal(state: RandomState, out: Floats): void {
  const stream = state.reserve(RESERVED_PER_ELEMENT * out.length);
  const [wordsPerElement, normalPair] = out instanceof Float32Array ? FLOAT : DOUBLE;
  inPieces(stream, out.length, wordsPerElement, (words, from, to) => {
    for (let i = from, w = 0; i < to; i += 2, w += 2 * wordsPerElement) {
      normalPair(words, w);
      out[i] = pair[0];
      if (i + 1 < to) out[i + 1] = pair[1];
    }
  });
}

/** Normal, drawn again while 2 or more from 0: op TruncatedNormal. */
export function truncatedNormal(state: RandomState, out: Floats): void {
  const stream = state.reserve(RESERVED_PER_ELEMENT * out.length);
  const [wordsPerElement, normalPair] = out instanceof Float32Array ? FLOAT : DOUBLE;
  // As many elements as a block has numbers are drawn in sequence, from blocks of their own.
  const group = BLOCK / wordsPerElement;
  const blocks = (group * RESERVED_PER_ELEMENT) / BLOCK;
  const words = new Uint32Array(2 * BLOCK);
  for (let from = 0; from < out.length; from += group, stream.skip(blocks)) {
    const draws = stream.clone();
    const to = Math.min(from + group, out.length);
    for (let i = from, w = words.length; i < to; w += 2 * wordsPerElement) {
      if (w === words.length) {
        draws.fill(words);
        w = 0;
      }
      normalPair(words, w);
      if (Math.abs(pair[0]) < 2) out[i++] = pair[0];
      if (Math.abs(pair[1]) < 2 && i < to) out[i++] = pair[1];
    }
  }
}

/**
 * The order in which RandomShuffle puts `n` rows: row i of the output is row order[i] of the input.
 * TensorFlow draws nothing, and the state stays, where there is nothing to shuffle: for n of 0 or 1, and for
 * rows without elements, which are the caller's to know.
 */
export function randomShuffle(state: RandomState, n: number): Int32Array {
  const order = new Int32Array(n).map((_, i) => i);
  if (n <= 1) return order;
  const words = wordsFor(n - 1);
  state.reserve(words.length / BLOCK).fill(words);
  for (let i = 0; i < n - 1; i++) {
    const j = i + remainder(words[i], n - i);
    const row = order[i];
    order[i] = order[j];
    order[j] = row;
  }
  return order;
}

/**
 * Draws `numSamples` classes for each of `batch` rows of `classes` unnormalized log-probabilities: op Multinomial.
 * An entry that is not finite is never drawn; a row of such entries alone gives `classes`, as in TensorFlow.
 *
 * TensorFlow shares a large batch out to threads, and its later rows then depend on how many there are. This is
 * what one thread draws, and what any number draws of a batch not worth sharing: one of less than about 200,000
 * cycles, of which a row is reckoned to take 50·(numSamples·log₂ classes + classes).
 */
export function multinomial(
  state: RandomState,
  logits: Floats,
  batch: number,
  classes: number,
  numSamples: number,
  out: Integers,
): void {
  const words = wordsFor(2 * batch * numSamples);
  // Twice the words of a row rounded up to whole blocks, times what a random op reserves for an element.
  state.reserve(batch * 2 * BLOCK * Math.ceil(numSamples / BLOCK) * RESERVED_PER_ELEMENT).fill(words);
  const cumulative = new Float64Array(classes);
  let next = 0;
  for (let row = 0; row < batch; row++) {
    const total = accumulate(logits.subarray(row * classes, (row + 1) * classes), cumulative);
    for (let i = row * numSamples; i < (row + 1) * numSamples; i++, next += 2) {
      const drawn = countUpTo(cumulative, uniformDouble(words[next], words[next + 1]) * total);
      if (out instanceof Int32Array) out[i] = drawn;
      else out[i] = BigInt(drawn);
    }
  }
}

/** Running sums of exp(logit), scaled by the largest; returns the last. */
function accumulate(logits: Floats, cumulative: Float64Array): number {
  let max = -Infinity;
  for (const logit of logits) if (Number.isFinite(logit)) max = Math.max(max, logit);
  let total = 0;
  for (let i = 0; i < logits.length; i++) {
    if (Number.isFinite(logits[i])) total += Math.exp(logits[i] - max);
    cumulative[i] = total;
  }
  return total;
}

/** How many of `sorted` are at most `x`. */
function countUpTo(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Words

const PIECE = 1024;

/** Room for `count` words, rounded up to whole blocks. */
function wordsFor(count: number): Uint32Array {
  return new Uint32Array(Math.ceil(count / BLOCK) * BLOCK);
}

/** Reads the words of `size` elements in pieces that stay in the cache; words[0] is for element `from`. */
function inPieces(
  stream: Philox,
  size: number,
  wordsPerElement: number,
  use: (words: Uint32Array, from: number, to: number) => void,
): void {
  const words = wordsFor(Math.min(PIECE, size * wordsPerElement));
  const elements = words.length / wordsPerElement;
  for (let from = 0; from < size; from += elements) {
    stream.fill(words);
    use(words, from, Math.min(from + elements, size));
  }
}

/** word % n, which V8 would leave to a library call; exact, as no quotient of words comes too near the next integer. */
const remainder = (word: number, n: number): number => word - Math.floor(word / n) * n;

// TensorFlow writes random bits behind the exponent of 1 and takes 1 off, which is this.
const uniformFloat = (word: number): number => (word & 0x7fffff) * 2 ** -23;
const uniformDouble = (high: number, low: number): number => ((high & 0xfffff) * 2 ** 32 + low) * 2 ** -52;

// Normal numbers come in pairs: sin(2πv)·√(−2 ln u) and cos(2πv)·√(−2 ln u) of uniform u and v
// (Box and Muller).

const pair = new Float64Array(2);
type NormalPair = (words: Uint32Array, at: number) => void;

const SMALLEST = 1e-7;
const SMALLEST_FLOAT = Math.fround(1e-7);

const DOUBLE: [wordsPerElement: number, NormalPair] = [
  2,
  (words, at) => {
    const u = Math.max(uniformDouble(words[at], words[at + 1]), SMALLEST);
    const angle = 2 * Math.PI * uniformDouble(words[at + 2], words[at + 3]);
    const radius = Math.sqrt(-2 * Math.log(u));
    pair[0] = Math.sin(angle) * radius;
    pair[1] = Math.cos(angle) * radius;
  },
];

const FLOAT: [wordsPerElement: number, NormalPair] = [
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
