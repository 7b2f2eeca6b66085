/** A program that computes with a gradient that is null is told so, where it ends by that. */
import * as tf from '../../src';
import { explaining } from '../../src/base/platform';
import { explainNull } from '../../src/gradients/null-use';
import { printed } from '../printed';

const x = tf.constant(2, { name: 'x' });
const other = tf.constant(3, { name: 'other' });

test('using a null gradient says which one it is, and why', () => {
  const [dx, none] = tf.gradients(tf.square(x, { name: 'y' }), [x, other]);
  expect(printed(() => dx.mul(2))).toBe('nothing');
  for (const use of [() => none.mul(2), () => none.shape, () => none.indices])
    expect(printed(use)).toMatch(
      new RegExp(
        "^TypeError: Cannot read properties of null \\(reading '(mul|shape|indices)'\\)\n" +
          "  likely cause: a gradient that is null, as tf.gradients gave one for 'other:0': y:0 does not depend on " +
          "other:0.\n  fix: .*unconnectedGradients: 'zero'.*\n    at .*null-use.test",
      ),
    );
});
test('where a path is broken it says where', () => {
  const [none] = tf.gradients(tf.cast(tf.argmax(x.mul([1, 2])), tf.float32), [x]);
  expect(printed(() => none.add(1))).toMatch(/'x:0': .*ArgMax/);
});
test('other errors stay as they are', () => {
  tf.gradients(x.square(), [other]);
  for (const error of [new Error('a'), new TypeError("Cannot read properties of null (reading 'score')"), 'text']) {
    const before = error instanceof Error ? error.stack : error;
    explaining(explainNull)(error);
    expect(error instanceof Error ? error.stack : error).toBe(before);
  }
});
