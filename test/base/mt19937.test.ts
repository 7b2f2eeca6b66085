import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ValueError } from '../../src/base/errors';
import { MT19937 } from '../../src/base/mt19937';

interface Recorded {
  readonly generator: readonly {
    readonly seed: number;
    readonly first: readonly number[];
    readonly atRefill: readonly number[];
    readonly md5Of3000: string;
    readonly shuffles: readonly (readonly number[])[];
    readonly md5Of55000ShuffledTwice: string;
  }[];
}

// Recorded by fixtures/record/mnist_batches.py.
const recorded: Recorded = JSON.parse(readFileSync(join(__dirname, '../fixtures/mnist_batches.json'), 'utf8'));

const md5 = (words: Uint32Array) =>
  createHash('md5')
    .update(new Uint8Array(words.buffer, words.byteOffset, words.byteLength))
    .digest('hex');
const range = (length: number) => Uint32Array.from({ length }, (_, i) => i);

describe.each(recorded.generator)('seed $seed', (expected) => {
  test('yields the words NumPy yields', () => {
    const random = new MT19937(expected.seed);
    const words = Uint32Array.from({ length: 3000 }, () => random.nextUint32());
    expect([...words.subarray(0, 5)]).toEqual(expected.first);
    expect([...words.subarray(620, 628)]).toEqual(expected.atRefill);
    expect(md5(words)).toBe(expected.md5Of3000);
  });

  test('shuffles as NumPy shuffles, one array after another', () => {
    const random = new MT19937(expected.seed);
    for (const shuffled of expected.shuffles) {
      const items = range(shuffled.length);
      random.shuffle(items);
      expect([...items]).toEqual(shuffled);
    }
    const items = range(55000);
    random.shuffle(items);
    random.shuffle(items);
    expect(md5(items)).toBe(expected.md5Of55000ShuffledTwice);
  });
});

test('seeding again starts the stream over', () => {
  const random = new MT19937(7);
  const first = [random.nextUint32(), random.nextUint32()];
  random.seed(7);
  expect([random.nextUint32(), random.nextUint32()]).toEqual(first);
});

test('a draw from 0 to 0 takes nothing from the stream', () => {
  const random = new MT19937(7);
  expect(random.interval(0)).toBe(0);
  expect(random.nextUint32()).toBe(new MT19937(7).nextUint32());
});

test('a draw may span all 32 bits', () => {
  expect(new MT19937(0).interval(0xffffffff)).toBe(new MT19937(0).nextUint32());
});

test.each([-1, 2 ** 32, 0.5, NaN])('a seed of %p is refused', (seed) => {
  expect(() => new MT19937(seed)).toThrow(ValueError);
  expect(() => new MT19937(seed)).toThrow(`Seed must be an integer between 0 and 2**32 - 1. Received: ${seed}.`);
});
