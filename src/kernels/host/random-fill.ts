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
import type { Data } from '../../base/dtype';
import { asLongs, setInteger } from '../../base/elements';
import { BLOCK, RandomState, type Philox } from '../../base/philox';
import { bitsOf } from '../../base/philox-blocks';
import { DOUBLE, FLOAT, pair, uniformDouble } from './normal-pair';

export { RandomState };

type Floats = Float32Array | Float64Array;
/** Where a kernel takes its numbers from: a node's stream, or one that begins at a place that is given. */
export type Source = Pick<RandomState, 'reserve'>;

/** Blocks that a kernel reserves for one element: more than any run of rejections needs. */
const RESERVED_PER_ELEMENT = 256;

/**
 * Uniform in [0, 1): op RandomUniform.
 * @param digits  binary digits of the numbers in a Float32Array: 10 for float16, 7 for bfloat16
 * @param first   makes the first of those at once, moves the stream on, and says how many they are
 */
export function randomUniform(
  state: Source,
  out: Floats,
  digits = 23,
  first = (stream: Philox, floats: Float32Array): number => stream.uniforms(floats, digits),
): void {
  const stream = state.reserve(RESERVED_PER_ELEMENT * out.length);
  if (out instanceof Float32Array) {
    const [mask, unit] = bitsOf(digits);
    const left = out.subarray(first(stream, out));
    inPieces(stream, left.length, 1, (words, from, to) => {
      for (let i = from, w = 0; i < to; i++, w++) left[i] = (words[w] & mask) * unit;
    });
  } else {
    inPieces(stream, out.length, 2, (words, from, to) => {
      for (let i = from, w = 0; i < to; i++, w += 2) out[i] = uniformDouble(words[w], words[w + 1]);
    });
  }
}

/** Uniform in [minval, maxval), where minval < maxval fit `out`'s type: op RandomUniformInt. */
export function randomUniformInt(state: Source, minval: number | bigint, maxval: number | bigint, out: Data): void {
  const stream = state.reserve(RESERVED_PER_ELEMENT * out.length);
  if (out instanceof Int32Array) {
    const low = Number(minval);
    const range = Number(maxval) - low;
    inPieces(stream, out.length, 1, (words, from, to) => {
      for (let i = from, w = 0; i < to; i++, w++) out[i] = low + remainder(words[w], range);
    });
  } else {
    const [low, words64] = [BigInt(minval), asLongs(out)];
    const range = BigInt(maxval) - low;
    inPieces(stream, out.length, 2, (words, from, to) => {
      const pairs = new BigUint64Array(words.buffer);
      for (let i = from, w = 0; i < to; i++, w++) words64[i] = low + (pairs[w] % range);
    });
  }
}

/** Normal with mean 0 and deviation 1: op RandomStandardNormal. */
export function randomStandardNormal(state: Source, out: Floats): void {
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
export function truncatedNormal(state: Source, out: Floats): void {
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
export function randomShuffle(state: Source, n: number): Int32Array {
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
  state: Source,
  logits: Floats,
  batch: number,
  classes: number,
  numSamples: number,
  out: Data,
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
      setInteger(out, i, drawn);
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
