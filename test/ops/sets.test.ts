/** Recorded rows, and the word that says what is done with two sets: TensorFlow reads it in any case. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { devices, open } from '../devices';
import { said } from '../said';
import { sweep } from '../sweep';

sweep('sets');

const valuesOf = (word: string): tf.Tensor =>
  applyOp('DenseToDenseSetOperation', [tf.constant([[1, 2]], tf.int32), tf.constant([[2, 3]], tf.int32)], {
    set_operation: word,
  }).outputs[1];

describe.each(devices())('$title', (mode) => {
  test.each([
    ['Union', [1, 2, 3]],
    ['A-B', [1]],
  ])('set_operation %s', (word, expected) => {
    const values = valuesOf(word);
    using sess = open(tf.getDefaultGraph(), mode);
    expect((sess.run(values) as tf.NDArray).toArray()).toEqual(expected);
  });
  test.each(['bool', '', 'constructor'])("set_operation '%s' is refused", (word) => {
    const values = valuesOf(word);
    using sess = open(tf.getDefaultGraph(), mode);
    expect(said(() => sess.run(values))).toContain(`Invalid set_operation ${word}.`);
  });
});
