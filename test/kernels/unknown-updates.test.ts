/** What would change a variable, or a list of tensors, and what the two say where they cannot. */
import * as tf from '../../src';
import { apply, applyOp } from '../../src/graph/apply';
import { devices, open } from '../devices';

beforeEach(() => tf.resetDefaultGraph());

describe.each(devices())('$title', (mode) => {
  test('an op that would change a variable, and has no kernel, is refused: the device would change a copy', () => {
    const v = new tf.Variable([1, 2]);
    const node = tf.getDefaultGraph().getTensorByName('Variable:0');
    const update = applyOp('NegTrain', [node, node, [0], [1], 1], { vocab_count: [1, 1], num_negative_samples: 1 });
    using sess = open(tf.getDefaultGraph(), mode);
    sess.run(v.initializer);
    for (let i = 0; i < 4; i++) expect(() => sess.run(update)).toThrow(/^No kernel for op type 'NegTrain' on the /);
    expect((sess.run(v) as tf.NDArray).toArray()).toEqual([1, 2]);
  });
  test.each([
    [
      'TensorListGetItem',
      'Trying to read an uninitialized tensor but element_shape is not fully defined: <unknown> and no',
    ],
    [
      'TensorListStack',
      'Tried to stack list which only contains uninitialized tensors and has a non-fully-defined element_shape',
    ],
    [
      'TensorListGather',
      'Tried to gather uninitialized tensors from a list with non-fully-defined element_shape: <unknown>',
    ],
  ])('%s of a list of nothing says so in 1.15 words', (type, text) => {
    const list = apply('TensorListReserve', [-1, 3], { element_dtype: tf.float32, shape_type: tf.int32 });
    const at = type === 'TensorListGetItem' ? [0] : type === 'TensorListGather' ? [[0]] : [];
    const read = apply(type, [list, ...at, -1], { element_dtype: tf.float32 });
    using sess = open(tf.getDefaultGraph(), mode);
    for (let i = 0; i < 4; i++) expect(() => sess.run(read)).toThrow(text);
  });
});
