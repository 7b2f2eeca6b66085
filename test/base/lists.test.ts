/** Lists in lists that nobody comes to the end of. */
import * as tf from '../../src';

/** 40 lists, each of them twice in the next: 2 ** 41 elements. */
function many(leaf: unknown): never {
  let list: unknown = [leaf, leaf];
  for (let i = 0; i < 40; i++) list = [list, list];
  return list as never;
}
test.each<[string, (x: tf.Tensor) => unknown, RegExp]>([
  ['an operand', () => tf.add(many(1), 1), /OOM when allocating tensor with shape\[2199023255552\]/],
  ['sizes', () => tf.reshape([1], many(1)), /OOM/],
  ['an operand of tensors', (x) => tf.add(many(x), 1), /lists in lists have more than 65536 parts/],
  ['tensors in a list of operands', (x) => tf.accumulateN(many(x)), /more than 65536 parts/],
  ['what is grouped', (x) => tf.group(many(x)), /more than 2097152 parts/],
  ['what is printed', () => tf.print(many(1)), /more than 2097152 parts/],
  ['two structures', () => tf.nest.assertSameStructure(many(1), many(1)), /more than 2097152 parts/],
  [
    'the shape of a placeholder',
    () => tf.placeholder(tf.float32, many(1)),
    /int\(\) argument must be a string, a bytes-like object or a number/,
  ],
  ['the shape of an array', () => new tf.NDArray(tf.float32, many(1), new Float32Array(1)), /Dimension \[\[/],
])('lists that hold one another many times, as %s, are refused in time', (_, call, said) => {
  expect(() => new tf.Graph().asDefault(() => call(tf.constant(1)))).toThrow(said);
});
