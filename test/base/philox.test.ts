import { Philox, RandomState } from '../../src/base/philox';

const M0 = 0xd2511f53n;
const M1 = 0xcd9e8d57n;
const MASK = 0xffffffffn;
const word = (x: bigint, i: number): bigint => (x >> BigInt(32 * i)) & MASK;

/** The paper's definition, in integers of any size. */
function reference(key: bigint, counter: bigint): number[] {
  let [a, b, c, d] = [0, 1, 2, 3].map((i) => word(counter, i));
  let [k0, k1] = [word(key, 0), word(key, 1)];
  for (let round = 0; round < 10; round++) {
    const p0 = a * M0;
    const p1 = c * M1;
    [a, b, c, d] = [word(p1, 1) ^ b ^ k0, word(p1, 0), word(p0, 1) ^ d ^ k1, word(p0, 0)];
    k0 = (k0 + 0x9e3779b9n) & MASK;
    k1 = (k1 + 0xbb67ae85n) & MASK;
  }
  return [a, b, c, d].map(Number);
}

/** The stream moved on to counter `low` of seed2's half. */
function streamAt(seed: bigint, seed2: bigint, low: bigint): Philox {
  const stream = Philox.seeded(seed, seed2);
  for (let left = low; left > 0n; ) {
    const step = left > 2n ** 53n ? 2n ** 53n : left;
    stream.skip(Number(step));
    left -= step;
  }
  return stream;
}

function blocks(stream: Philox, count: number): number[][] {
  const words = new Uint32Array(4 * count);
  stream.fill(words);
  return Array.from({ length: count }, (_, i) => Array.from(words.subarray(4 * i, 4 * i + 4)));
}

// Random123's kat_vectors for philox4x32-10; its words are listed from the lowest.
test.each([
  [0n, 0n, 0n, [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
  [2n ** 64n - 1n, 2n ** 64n - 1n, 2n ** 64n - 1n, [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
  [0x299f31d0a4093822n, 0x0370734413198a2en, 0x85a308d3243f6a88n, [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]],
])('the published answer of key %p, counter %p, %p', (key, high, low, answer) => {
  expect(blocks(streamAt(key, high, low), 1)).toEqual([answer]);
  expect(reference(key, (high << 64n) | low)).toEqual(answer);
});

test('seeds are 64 bits, and negative ones count from the top', () => {
  for (const [seed, seed2] of [
    [5, -9],
    [-3, 2 ** 33 + 1],
    [2n ** 40n + 12345n, -(2n ** 63n)],
  ]) {
    const counter = BigInt.asUintN(64, BigInt(seed2)) << 64n;
    expect(blocks(Philox.seeded(seed, seed2), 1)).toEqual([reference(BigInt.asUintN(64, BigInt(seed)), counter)]);
  }
});

test('any number of blocks, odd or even, in one call or several, is the same stream', () => {
  const expected = Array.from({ length: 60 }, (_, i) => reference(77n, (8n << 64n) | BigInt(i)));
  const stream = Philox.seeded(77, 8);
  expect([7, 1, 2, 0, 3, 40, 7].flatMap((count) => blocks(stream, count))).toEqual(expected);
});

test('the counter carries from each word into the next', () => {
  for (const [high, low] of [
    [5n, 2n ** 32n - 2n],
    [5n, 2n ** 64n - 2n],
    [2n ** 32n - 1n, 2n ** 64n - 3n],
    [2n ** 64n - 1n, 2n ** 64n - 2n],
  ]) {
    const start = (high << 64n) | low;
    const expected = Array.from({ length: 5 }, (_, i) => reference(1n, (start + BigInt(i)) % 2n ** 128n));
    expect(blocks(streamAt(1n, high, low), 5)).toEqual(expected);
    for (const skipped of [1, 3, 2 ** 32 - 1, 2 ** 32, 2 ** 40 + 5, 2 ** 53]) {
      const at = (start + BigInt(skipped)) % 2n ** 128n;
      expect(blocks(streamAt(1n, high, low).skip(skipped), 1)).toEqual([reference(1n, at)]);
    }
  }
});

test('products whose double would round into the upper word are right', () => {
  // A counter word w with w·M ≡ low (mod 2^32), for every low so near 2^32 that it can matter.
  const inverse = (m: bigint) => {
    let x = 1n;
    for (let i = 0; i < 5; i++) x = (x * (2n - m * x)) & MASK;
    return x & MASK;
  };
  for (let low = 2n ** 32n - 1200n; low < 2n ** 32n; low++) {
    const c0 = (low * inverse(M0)) & MASK;
    const c2 = (low * inverse(M1)) & MASK;
    expect(blocks(streamAt(3n, c2, c0), 1)).toEqual([reference(3n, (c2 << 64n) | c0)]);
  }
});

test('a clone goes its own way', () => {
  const stream = Philox.seeded(1, 2).skip(9);
  const first = blocks(stream.clone(), 3);
  expect(blocks(stream, 3)).toEqual(first);
});

test('a reservation starts where the one before it ended, however much of that was used', () => {
  const state = new RandomState(1, 2);
  blocks(state.reserve(1000), 3);
  const next = state.reserve(5);
  expect(blocks(next, 1)).toEqual(blocks(Philox.seeded(1, 2).skip(1000), 1));
  expect(blocks(state.reserve(0), 1)).toEqual(blocks(Philox.seeded(1, 2).skip(1005), 1));
});

test('two zero seeds are unpredictable; one zero seed is a seed', () => {
  const first = (seed: number, seed2: number) => blocks(new RandomState(seed, seed2).reserve(1), 1);
  expect(first(0, 0)).not.toEqual(first(0, 0));
  expect(first(0, 1)).toEqual(first(0, 1));
  expect(first(1, 0)).toEqual(first(1, 0));
});

test('many blocks at once are those that come in turn', () => {
  const [seed, seed2] = [0x9abcdef012345678n, 0xfedcba9876543210n];
  for (const [low, size] of [
    [0n, 512],
    [7n, 540],
    [5n, 70_004],
    [0x7fffffffn, 1024],
    [2n ** 32n - 100n, 4096],
    [2n ** 32n - 600n, 1024],
    [2n ** 64n - 20n, 1024],
    [2n ** 63n, 2048],
  ] as const) {
    const many = streamAt(seed, seed2, low);
    const inTurn = many.clone();
    const out = new Uint32Array(size + 8);
    many.fill(out.subarray(0, size));
    many.fill(out.subarray(size));
    const wanted = new Uint32Array(out.length);
    for (let at = 0; at < out.length; at += 4) inTurn.fill(wanted.subarray(at, at + 4));
    expect(Buffer.compare(Buffer.from(out.buffer), Buffer.from(wanted.buffer))).toBe(0);
  }
});
