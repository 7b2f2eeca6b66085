/** A program that takes a list or an array for a number is told what it has, where it ends by that. */
import * as tf from '../../src';
import { printed } from '../printed';

const sess = new tf.Session();
const cost = tf.constant(2);
// What the compiler would have refused.
const asNumber = (value: unknown): number => value as number;

test.each<[string, () => unknown]>([
  ['a list', () => asNumber(sess.run([cost])).toFixed(4)],
  ['an object', () => asNumber(sess.run({ cost })).toPrecision(4)],
  ['an array', () => asNumber(sess.run(tf.constant([1, 2]))).toFixed(1)],
])('%s', (_, call) => {
  expect(printed(call)).toMatch(
    /^TypeError: .* is not a function\n {2}likely cause: .*\n {2}fix: .*run\(\[cost\]\)\[0\]\.to\w+\(…\).*\n {4}at /,
  );
});
test('what else is no function stays as it is', () => {
  const other = (): never => {
    throw new TypeError('x.map is not a function');
  };
  expect(printed(other)).not.toContain('sess.run');
  expect(sess.run([cost])[0].toFixed(4)).toBe('2.0000');
});
