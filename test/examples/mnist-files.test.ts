/** `readDataSets` on a directory: its files in any form, and what is said where they are not there or not right. */
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DataLossError, FailedPreconditionError, NotFoundError, UnknownError, ValueError } from '../../src/base/errors';
import { readDataSets } from '../../src/examples/mnist';
import { FILES, type Files, directory, idx, indices, labels, pictures, upTo } from './idx-files';

describe('a directory', () => {
  const gzipped = (files: Files) =>
    Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]));
  const dotted = (files: Files) =>
    Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name.replace('-idx', '.idx'), bytes]));

  test.each([
    ['plain files', FILES],
    ['gzipped files', gzipped(FILES)],
    ['files with a dot in their names', dotted(FILES)],
    ['gzipped files with a dot in their names', gzipped(dotted(FILES))],
  ])('may hold %s', (_, files) => {
    const { train, test: set } = readDataSets(directory(files), { validationSize: 4 });
    expect(indices(train.images)).toEqual(upTo(40).slice(4));
    expect([...set.labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
    expect(set.labels).toBeInstanceOf(Uint8Array);
    expect(Buffer.isBuffer(set.labels)).toBe(false);
  });

  test('may hold a folder under the name of a file beside the file', () => {
    const dir = directory(dotted(FILES));
    mkdirSync(join(dir, 'train-images-idx3-ubyte'));
    expect(readDataSets(dir, { validationSize: 4 }).train.numExamples).toBe(36);
  });

  test('without a file is an error that names it and the way out', () => {
    const { 't10k-labels-idx1-ubyte': _, ...files } = FILES;
    const dir = directory(files);
    expect(() => readDataSets(dir, { validationSize: 4 })).toThrow(NotFoundError);
    expect(() => readDataSets(dir, { validationSize: 4 })).toThrow(
      `${join(dir, 't10k-labels-idx1-ubyte')}; No such file or directory\n` +
        'Expected one of t10k-labels-idx1-ubyte, t10k-labels.idx1-ubyte, t10k-labels-idx1-ubyte.gz, ' +
        't10k-labels.idx1-ubyte.gz, found none. Leave the directory out to read the packaged MNIST digits.',
    );
  });

  test.each<[string, string, Uint8Array, new (...args: never[]) => Error, RegExp]>([
    [
      'another format',
      'train-images-idx3-ubyte',
      idx([2052, 1, 1, 1], [0]),
      ValueError,
      /^Invalid magic number 2052 in MNIST image file: .*train-images-idx3-ubyte\nExpected 2051 .* found /,
    ],
    [
      'a label file that holds pictures',
      't10k-labels-idx1-ubyte',
      pictures(12),
      ValueError,
      /^Invalid magic number 2051 in MNIST label file: .*t10k-labels-idx1-ubyte\nExpected 2049 .* found /,
    ],
    [
      'a truncated file',
      'train-images-idx3-ubyte',
      pictures(40).subarray(0, 70),
      DataLossError,
      /^Truncated MNIST image file: .*train-images-idx3-ubyte\nExpected 96 bytes .* found 70\./,
    ],
    [
      'fewer labels than pictures',
      't10k-labels-idx1-ubyte',
      labels(11),
      ValueError,
      /^images\.shape: \[12,1,2\] labels\.shape: \[11\]\nExpected .* found 12 pictures in .* and 11 labels in /,
    ],
    [
      'labels beyond a row of ten',
      't10k-labels-idx1-ubyte',
      idx([2049, 12], [...upTo(11), 26]),
      ValueError,
      /^Invalid label 10 of example 10 in MNIST label file: .*\nExpected classes from 0 to 9.* \{oneHot: false\}/,
    ],
  ])('with %s is an error', (_, name, bytes, type, message) => {
    const dir = directory({ ...FILES, [name]: bytes });
    expect(() => readDataSets(dir, { oneHot: true, validationSize: 4 })).toThrow(type);
    expect(() => readDataSets(dir, { oneHot: true, validationSize: 4 })).toThrow(message);
  });
});

/** The message of the error, of the class that is expected. */
function messageOf(dir: string, type: new (...args: never[]) => Error): string {
  try {
    readDataSets(dir, { validationSize: 4 });
  } catch (error) {
    expect(error).toBeInstanceOf(type);
    return (error as Error).message;
  }
  throw new Error(`nothing was thrown for ${dir}`);
}
const FIRST = 'train-images-idx3-ubyte';

describe('what lies there instead is said', () => {
  test('a file is no directory, and one of the four lies in one', () => {
    const dir = directory({ ...FILES, 'notes.txt': new Uint8Array(3), 'mnist.tar.gz': new Uint8Array(3) });
    const text = (name: string): string => messageOf(join(dir, name), FailedPreconditionError);
    expect(text(FIRST)).toBe(
      `${join(dir, FIRST, FIRST)}; Not a directory\n` +
        `Expected a directory of IDX files, found a file: ${join(dir, FIRST)}. ` +
        `Give the directory that it lies in: ${dir}.`,
    );
    expect(text('mnist.tar.gz')).toContain('Unpack it, and give the directory that it becomes.');
    expect(text('notes.txt')).toContain('Leave the directory out to read the packaged MNIST digits.');
  });
  test('nor is a device', () => {
    expect(messageOf('/dev/null', FailedPreconditionError)).toBe(
      `/dev/null/${FIRST}; Not a directory\nExpected a directory of IDX files, found a device, pipe or socket: ` +
        '/dev/null. Leave the directory out to read the packaged MNIST digits.',
    );
  });
  test('a directory that is not there, and one below a file', () => {
    const dir = directory(FILES);
    for (const path of [join(dir, 'none'), join(dir, FIRST, 'below')]) {
      expect(messageOf(path, NotFoundError)).toBe(
        `${join(path, FIRST)}; No such file or directory\n` +
          `Expected a directory of IDX files, and there is no ${path}. ` +
          'Leave the directory out to read the packaged MNIST digits.',
      );
    }
  });
  test('links in a circle', () => {
    const dir = directory({});
    symlinkSync('circle', join(dir, 'circle'));
    expect(messageOf(join(dir, 'circle'), UnknownError)).toMatch(/circle.*; Too many levels of symbolic links/);
  });

  const lastLine = (dir: string): string => messageOf(dir, NotFoundError).split('\n').at(-1)!;
  const renamed = (change: (name: string) => string): Files =>
    Object.fromEntries(Object.entries(FILES).map(([name, bytes]) => [change(name), bytes]));
  const emnist = (set: string) => (name: string) => `emnist-${set}-${name.replace('t10k', 'test')}.gz`;

  test("EMNIST's names: one set, and several", () => {
    const one = renamed(emnist('letters'));
    expect(lastLine(directory(one))).toBe(
      "There is emnist-letters-train-images-idx3-ubyte.gz (EMNIST's names): " +
        'rename it to train-images-idx3-ubyte.gz, and the other three likewise.',
    );
    expect(lastLine(directory({ ...one, ...renamed(emnist('digits')) }))).toBe(
      'There are emnist-digits-train-images-idx3-ubyte.gz, emnist-letters-train-images-idx3-ubyte.gz ' +
        "(EMNIST's names). Copy the four files of one of these sets into a directory of its own, " +
        "under MNIST's names: " +
        'emnist-digits-train-images-idx3-ubyte.gz becomes train-images-idx3-ubyte.gz.',
    );
  });
  test("what is done as it says is read, so is EMNIST's name for the test set", () => {
    const dir = directory(FILES);
    renameSync(join(dir, 't10k-labels-idx1-ubyte'), join(dir, 'test-labels-idx1-ubyte'));
    expect(lastLine(dir)).toContain('test-labels-idx1-ubyte (another name): rename it to t10k-labels-idx1-ubyte,');
    renameSync(join(dir, 'test-labels-idx1-ubyte'), join(dir, 't10k-labels-idx1-ubyte'));
    expect(readDataSets(dir, { validationSize: 4 }).test.numExamples).toBe(12);
  });
  test("Kaggle's folders of the files' names", () => {
    const dir = directory({});
    for (const [name, bytes] of Object.entries(FILES)) {
      mkdirSync(join(dir, name));
      writeFileSync(join(dir, name, name), bytes);
    }
    expect(lastLine(dir)).toBe(
      `${FIRST} is there, but it is a directory, and holds ${FIRST}. ` +
        'Archives from Kaggle unpack so: move the file out of it, into a directory that has all four.',
    );
    rmSync(join(dir, FIRST, FIRST));
    expect(lastLine(dir)).toBe(`${FIRST} is there, but it is a directory, and empty. Put the file in its place.`);
  });
  test('the files in a directory below', () => {
    const dir = directory({});
    const raw = join(dir, 'MNIST', 'raw');
    mkdirSync(raw, { recursive: true });
    for (const [name, bytes] of Object.entries(FILES)) writeFileSync(join(raw, name), bytes);
    expect(lastLine(dir)).toBe(`One lies in ${raw}: give that directory.`);
  });
  test.each<[string, string[], string]>([
    ['nothing', [], 'is empty.'],
    [
      'tables',
      ['mnist_train.csv', 'mnist_test.csv'],
      'holds mnist_test.csv, mnist_train.csv. CSV files cannot be read, only IDX.',
    ],
    ['an archive', ['archive.zip'], 'holds archive.zip. Archives must be unpacked first.'],
    ['many files', upTo(9).map((i) => `${i}.png`), 'holds 0.png, 1.png, 2.png, 3.png, 4.png, 5.png and 3 more.'],
  ])('%s', (_, names, says) => {
    const dir = directory(Object.fromEntries(names.map((name) => [name, new Uint8Array(1)])));
    expect(lastLine(dir)).toBe(`${dir} ${says}`);
  });
});

describe('sets that do not belong together', () => {
  test('test pictures of another size', () => {
    const other = idx([2051, 12, 2, 2], upTo(48));
    const dir = directory({ ...FILES, 't10k-images-idx3-ubyte': other });
    expect(messageOf(dir, ValueError)).toBe(
      'train images.shape: [40,1,2] test images.shape: [12,2,2]\n' +
        `Expected pictures of one size, found 1 x 2 in ${join(dir, FIRST)} and 2 x 2 in ` +
        `${join(dir, 't10k-images-idx3-ubyte')}. Take all four files from the same data set.`,
    );
  });
  test('as many pixels in another form are another size', () => {
    const turned = idx([2051, 12, 2, 1], upTo(24));
    expect(messageOf(directory({ ...FILES, 't10k-images-idx3-ubyte': turned }), ValueError)).toContain('found 1 x 2');
  });
  test('an empty file may have any size', () => {
    const empty = { 't10k-images-idx3-ubyte': idx([2051, 0, 0, 0], []), 't10k-labels-idx1-ubyte': labels(0) };
    expect(readDataSets(directory({ ...FILES, ...empty }), { validationSize: 4 }).test.numExamples).toBe(0);
  });
  test('27 classes have no place in a row of ten, and how to make rows of 27 is said', () => {
    const letters = {
      'train-labels-idx1-ubyte': idx(
        [2049, 40],
        upTo(40).map((i) => i % 27),
      ),
    };
    const dir = directory({ ...FILES, ...letters });
    expect(() => readDataSets(dir, { oneHot: true, validationSize: 4 })).toThrow(
      'The labels go up to 26: tf.oneHot(labels, 27) makes rows of them in the graph.',
    );
    expect(Math.max(...readDataSets(dir, { validationSize: 0 }).train.labels)).toBe(26);
  });
});
