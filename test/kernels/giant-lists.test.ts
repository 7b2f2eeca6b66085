/** Arrays and lists of more tensors than there is room for, and what is said of lists whose shapes nobody knows. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';

const MANY = 2 ** 31 - 1;
const list = (count: number): tf.Tensor =>
  applyOp('TensorListReserve', [tf.constant([], tf.int32), tf.constant(count, tf.int32)], { element_dtype: tf.float32 })
    .outputs[0];
test.each<[string, () => tf.Tensor]>([
  ['an array', () => new tf.TensorArray(tf.float32, MANY).size()],
  [
    'an array that grows',
    () => new tf.TensorArray(tf.float32, { size: 0, dynamicSize: true }).write(MANY - 1, tf.constant(1)).size(),
  ],
  ['a list', () => applyOp('TensorListLength', [list(MANY)], {}).outputs[0]],
  [
    'a list that grows',
    () =>
      applyOp('TensorListLength', applyOp('TensorListResize', [list(1), tf.constant(MANY, tf.int32)], {}).outputs, {})
        .outputs[0],
  ],
])('%s of 2 ** 31 - 1 tensors is refused before one is made', (_, make) => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const sess = new tf.Session('', { graph, config: { device: 'portable', advice: false } });
    const size = make();
    expect(() => sess.run(size)).toThrow(tf.errors.ResourceExhaustedError);
    expect(() => sess.run(size)).toThrow('2147483647 elements: a TensorArray or a list of tensors has 4194304 at most');
    sess.close();
  });
});
test('an axis that is no number is refused, also where no shape is known', () => {
  new tf.Graph().asDefault(() => {
    const values = [tf.placeholder(tf.float32, null), tf.placeholder(tf.float32, null)];
    const axis = tf.constant([0, 1, 0], tf.int32);
    expect(() => applyOp('ConcatV2', [values, axis], { N: 2 })).toThrow(
      /^Shape must be rank 0 but is rank 1 for 'ConcatV2'[^]*fix: the axis is one number/,
    );
  });
});
