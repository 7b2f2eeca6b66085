/** Lists of tensors, where elements were not set: in the words of TensorFlow 1.15. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';

/** The error that comes of taking the last element, or the first one, of a list. */
function errorOf(
  make: (list: tf.Tensor, shape: tf.Tensor) => tf.Tensor,
  shape: number | number[],
  last?: number[],
  stated = shape,
): string {
  return new tf.Graph().asDefault(() => {
    const dims = tf.constant(shape, tf.int32);
    let [list] = applyOp('TensorListReserve', [dims, 2], { element_dtype: tf.float32 }).outputs;
    if (last) [list] = applyOp('TensorListSetItem', [list, 0, tf.constant(last)]).outputs;
    using sess = new tf.Session();
    try {
      const value = sess.run(make(list, tf.constant(stated, tf.int32)));
      return value instanceof tf.NDArray ? JSON.stringify(value.toArray()) : String(value);
    } catch (error) {
      return (error as Error).message.split('\n')[0];
    }
  });
}
const pop = (list: tf.Tensor, shape: tf.Tensor): tf.Tensor =>
  applyOp('TensorListPopBack', [list, shape], { element_dtype: tf.float32 }).outputs[1];
const get = (list: tf.Tensor, shape: tf.Tensor): tf.Tensor =>
  applyOp('TensorListGetItem', [list, 1, shape], { element_dtype: tf.float32 }).outputs[0];
const UNSET = 'Trying to read an uninitialized tensor but element_shape is not fully defined';

test('the last element, where it was not set, takes its shape from what is said and not from other elements', () => {
  expect(errorOf(pop, -1)).toBe(`${UNSET}.<unknown>`);
  expect(errorOf(pop, [-1, 3])).toBe(`${UNSET}.[?,3]`);
  expect(errorOf(pop, -1, [1, 2])).toBe(`${UNSET}.<unknown>`);
  expect(errorOf(pop, [2])).toBe('[0,0]');
});
test('a shape that is said must go with that of the list', () => {
  const wrong = 'PartialTensorShape: Incompatible';
  for (const take of [pop, get]) {
    expect(errorOf(take, [-1, 2], undefined, [1, 3])).toBe(`${wrong} shapes during merge: [1,3] vs. [?,2]`);
    expect(errorOf(take, [-1, 2], undefined, [3])).toBe(`${wrong} ranks during merge: 1 vs. 2`);
  }
});
test('any other takes it from them too', () => {
  expect(errorOf(get, [-1, 3])).toBe(`${UNSET}: [?,3] and no list element is set.`);
  expect(errorOf(get, -1, [1, 2])).toBe('[0,0]');
  // As 1.15 does, which looks at others only where it must.
  expect(errorOf(get, -1, [1, 2], [3])).toBe('[0,0,0]');
});
