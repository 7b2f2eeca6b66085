/** Pictures with labels, in batches, in the order of TensorFlow's `input_data` tutorial module. */
import { ValueError } from '../../base/errors';
import { type Args, signature } from '../../calls/bind';
import { guardClass } from '../../base/misses';
import { type Shaped, knownShape, withShape } from '../../base/known-shape';
import { MT19937 } from '../../base/mt19937';

/** Labels as `readDataSets` gives them: one row of ten floats per example with `oneHot`, else one byte. */
export type Labels<OneHot extends boolean = boolean> = OneHot extends true ? Float32Array : Uint8Array;

/** What `nextBatch` takes by name. */
export interface NextBatchOptions {
  /** Whether an epoch that starts in this call starts in a new order. Default true. */
  readonly shuffle?: boolean;
}

// Python's loader shuffles with NumPy's global generator and seeds it in every load. So all sets share one
// stream: which train batches come next depends on the test batches drawn before, there as here.
export const generator = new MT19937(0);

// float32(v) * float32(1/255) in float32, which is what NumPy computes; it differs from v / 255 in the last bit.
const INTENSITIES = Float32Array.from({ length: 256 }, (_, value) => value * Math.fround(1 / 255));

type NextBatch = [batchSize: number, fakeData?: null, shuffle?: boolean];
const NEXT_BATCH = signature<NextBatch>('examples.DataSet.next_batch');

/**
 * Pictures and labels in the order of their files, and batches of them in the order of an epoch.
 *
 *     const { test } = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true });
 *     [test.numExamples, test.images.shape]   // [10000, [10000, 784]]
 */
export class DataSet<OneHot extends boolean = boolean> {
  /** The shape of one picture: [rows * columns], or [rows, columns, 1] with `reshape: false`. */
  readonly imageShape: readonly number[];
  /**
   * All labels, in file order: Float32Array of [numExamples, 10] with `oneHot`, else Uint8Array of [numExamples]; its
   * `shape` says so.
   * Batches do not reorder it, where Python's do.
   */
  readonly labels: Shaped<Labels<OneHot>>;

  readonly #numExamples: number;
  #bytes: Uint8Array | null;
  #images: Shaped<Float32Array> | null = null;
  readonly #order: Uint32Array;
  #indexInEpoch = 0;
  #epochsCompleted = 0;

  /**
   * @param bytes       pictures of one byte per pixel, numExamples * the size of `imageShape`
   * @param imageShape  the shape of one picture
   * @param labels      one label, or one row of labels, per picture
   */
  constructor(bytes: Uint8Array, imageShape: readonly number[], labels: Labels<OneHot>, numExamples: number) {
    this.#bytes = bytes;
    this.imageShape = imageShape;
    this.labels = withShape(labels, labels.length === numExamples ? [numExamples] : rowsOf(labels, numExamples));
    this.#numExamples = numExamples;
    this.#order = Uint32Array.from({ length: numExamples }, (_, i) => i);
  }

  /**
   * All pictures as float32 in [0, 1] (byte / 255), in file order, [numExamples, ...imageShape] row-major,
   * which is its `shape`. Made at the first use, then the same array. Batches do not reorder it, where Python's do.
   */
  get images(): Shaped<Float32Array> {
    if (this.#images === null) {
      const bytes = this.#bytes!;
      const images = new Float32Array(bytes.length);
      for (let i = 0; i < bytes.length; i++) images[i] = INTENSITIES[bytes[i]];
      this.#images = withShape(images, [this.numExamples, ...this.imageShape]);
      // Frees the file once every set that looks into it has its floats.
      this.#bytes = null;
    }
    return this.#images;
  }

  /** How many examples there are. */
  get numExamples(): number {
    return this.#numExamples;
  }

  /** How many times the batches have gone through the whole set. */
  get epochsCompleted(): number {
    return this.#epochsCompleted;
  }

  /**
   * The next `n` examples.
   *
   *     const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true });
   *     const [images, labels] = mnist.train.nextBatch(100);
   *     [images.length, labels.length]   // [78400, 1000]
   *
   * An epoch starts in a new random order. A batch that the epoch cannot fill takes the rest of it, then goes on
   * with the start of the next; no example is dropped. The order changes only when an epoch starts: with `shuffle:
   * false` it stays that of the epoch before, which is the files' until the first shuffle. Source:
   * `DataSet.next_batch` in TensorFlow 1.15's contrib/learn/python/learn/datasets/mnist.py.
   *
   * @param batchSize  how many examples, from 1 to numExamples
   * @returns  new arrays: images Float32Array [n, ...imageShape], labels Float32Array [n, 10] or Uint8Array [n]
   * @throws ValueError  if `n` is not an integer in [1, numExamples]
   */
  nextBatch(
    ...given: Args<'examples.DataSet.next_batch', NextBatch>
  ): [images: Shaped<Float32Array>, labels: Shaped<Labels<OneHot>>] {
    const [n, , shuffle = true] = NEXT_BATCH.take(given);
    checkBatchSize(n, this.numExamples);
    if (shuffle && this.#epochsCompleted === 0 && this.#indexInEpoch === 0) generator.shuffle(this.#order);

    const images = rows(this.images, this.numExamples, n);
    const labels = rows(this.labels, this.numExamples, n);
    const take = (count: number, at: number) => {
      const chosen = this.#order.subarray(this.#indexInEpoch, this.#indexInEpoch + count);
      images.copy(chosen, at);
      labels.copy(chosen, at);
      this.#indexInEpoch += count;
    };

    const rest = Math.min(n, this.numExamples - this.#indexInEpoch);
    take(rest, 0);
    if (rest < n) {
      this.#epochsCompleted++;
      this.#indexInEpoch = 0;
      // Shuffling the last order in place equals indexing it with a shuffled range, as Python does.
      if (shuffle) generator.shuffle(this.#order);
      take(n - rest, rest);
    }
    return [images.batch, labels.batch];
  }
}

guardClass(DataSet, 'tf.examples.DataSet');

/** The shape of rows of labels, one row for each example. */
function rowsOf(labels: Labels, count: number): readonly number[] {
  return [count, count === 0 ? 0 : labels.length / count];
}
/** A batch of `n` rows to be filled from `all`, which has `count` rows. */
function rows<A extends Float32Array | Uint8Array>(all: A, count: number, n: number) {
  const width = all.length / count;
  const made = new (all.constructor as new (length: number) => A)(n * width);
  const batch = withShape(made, [n, ...(knownShape(all) ?? [n]).slice(1)]);
  const copy = (chosen: Uint32Array, at: number) => {
    for (let i = 0; i < chosen.length; i++) {
      batch.set(all.subarray(chosen[i] * width, (chosen[i] + 1) * width), (at + i) * width);
    }
  };
  return { batch, copy };
}

function checkBatchSize(n: unknown, examples: number): void {
  if (typeof n === 'number' && Number.isInteger(n) && n >= 1 && n <= examples) return;
  throw new ValueError(
    examples === 0
      ? 'This set has no examples to make a batch of.'
      : `Batch size should be an integer between 1 and ${examples}, the number of examples. ` +
          `Received: ${typeof n === 'string' ? `'${n}'` : String(n)}.`,
  );
}
