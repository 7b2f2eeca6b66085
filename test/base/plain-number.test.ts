/** A fetched 32-bit float is the number that people write for it. */
import { plainNumber } from '../../src/base/plain-number';

const bits = new Uint32Array(1);
const floats = new Float32Array(bits.buffer);

test('it is the shortest decimal that reads back as the same float, as NumPy prints it', () => {
  let seed = 1;
  for (let i = 0; i < 20_000; i++) {
    bits[0] = seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    // Every second one near 1, as costs and accuracies are.
    const x = i % 2 ? floats[0] : Math.fround(seed / 2 ** 30);
    const plain = plainNumber(x);
    if (Math.fround(plain) !== x && !Number.isNaN(x)) throw new Error(`${x} became ${plain}`);
    if (!Number.isFinite(x) || Number.isInteger(x)) {
      if (!Object.is(plain, x)) throw new Error(`${x} became ${plain}`);
      continue;
    }
    let digits = 1;
    while (Math.fround(Number(x.toPrecision(digits))) !== x) digits++;
    // Of two that are equally near, either.
    if (plain !== Number(plain.toPrecision(digits)))
      throw new Error(`${x} became ${plain}, of more digits than ${digits}`);
  }
});
test('order, whole numbers, the sign of 0 and what is no number stay', () => {
  for (const x of [0, -0, 1, -3, 16777216, 2 ** 30, 2 ** 100, Infinity, -Infinity, NaN]) expect(plainNumber(x)).toBe(x);
  const steps = Array.from({ length: 2000 }, (_, i) => {
    bits[0] = 0x3f70a3d7 + i;
    return plainNumber(floats[0]);
  });
  for (let i = 1; i < steps.length; i++) expect(steps[i]).toBeGreaterThan(steps[i - 1]);
});
