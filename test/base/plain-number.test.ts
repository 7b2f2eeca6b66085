/** A fetched 32-bit float is the number that people write for it. */
import * as tf from '../../src';
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
    if (!Number.isFinite(x) || (Number.isInteger(x) && Math.abs(x) < 2 ** 53)) {
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
  for (const x of [0, -0, 1, -3, 16777216, 2 ** 30, Infinity, -Infinity, NaN]) expect(plainNumber(x)).toBe(x);
  for (const x of [1e20, -3e20, 3.4e38, 1e-30, 1e-45]) expect(plainNumber(Math.fround(x))).toBe(x);
  const steps = Array.from({ length: 2000 }, (_, i) => {
    bits[0] = 0x3f70a3d7 + i;
    return plainNumber(floats[0]);
  });
  for (let i = 1; i < steps.length; i++) expect(steps[i]).toBeGreaterThan(steps[i - 1]);
});
test('fetched, read out of an array, and written as JSON, it is the same', () => {
  const sess = new tf.Session();
  const list = [0.94, 0.1, -1e-7, 3, 1e20];
  const [scalar, array] = sess.run([tf.constant(0.94), tf.constant(list)]);
  expect(scalar).toBe(0.94);
  expect(String(scalar)).toBe('0.94');
  expect(array.at(0) === scalar && array.item() === scalar).toBe(true);
  expect([...array]).toEqual(list);
  expect(array.toArray()).toEqual(list);
  expect(JSON.stringify(array)).toBe(JSON.stringify(list));
  expect(
    sess
      .run(tf.constant([[0.1], [0.2]]))
      .row(1)
      .toArray(),
  ).toEqual([0.2]);
  // The elements themselves, to the bit; and float64 is as it was.
  expect(array.data[0]).toBe(Math.fround(scalar));
  const [wide, wides] = sess.run([tf.cast(tf.constant(0.94), tf.float64), tf.cast(tf.constant([0.94]), tf.float64)]);
  expect([wide, wides.at(0)]).toEqual([Math.fround(0.94), Math.fround(0.94)]);
  expect(new tf.NDArray(tf.complex64, [1], Float32Array.of(0.1, 0.2)).toArray()).toEqual([[0.1, 0.2]]);
});
test('fed again, alone and in lists of rows, it is the same float', () => {
  const sess = new tf.Session();
  const x = tf.placeholder(tf.float32, [null]);
  const array = sess.run(tf.randomUniform([100], { seed: 1 }));
  const same = (fed: tf.FeedValue): unknown => sess.run(tf.reduceAll(tf.equal(x, array)), [[x, fed]]);
  expect([same(array.toArray()), same([...array]), same(array)]).toEqual([true, true, true]);
  // Rows that are put into wider lists keep their bits.
  expect((sess.run(tf.constant([array.slice(0, 2)] as never, tf.float64)) as tf.NDArray).data[1]).toBe(array.data[1]);
});
