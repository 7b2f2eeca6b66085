import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('one_hot');

const x = (t: typeof tf, dtype = t.int32): tf.Tensor => t.placeholder(dtype, [null], { name: 'x' });

sameGraph('one_hot', 'oneHot', (t) => t.oneHot(x(t), 10));
sameGraph('one_hot', 'oneHot of an int64', (t) => t.oneHot(x(t, t.int64), 10, { axis: 0, name: 'labels' }));
sameGraph('one_hot', 'oneHot of a dtype', (t) => t.oneHot(x(t), 10, { dtype: t.int32 }));
sameGraph('one_hot', 'oneHot with values', (t) => t.oneHot(x(t), 3, 5, 0.5));
sameGraph('one_hot', 'oneHot of a constant', (t) => t.oneHot([0, 2], 3));

test('values of other dtypes than asked for are refused', () => {
  new tf.Graph().asDefault(() => {
    expect(() => tf.oneHot([0], 3, { onValue: tf.constant(1), dtype: tf.int32 })).toThrow(
      "dtype <dtype: 'float32'> of on_value does not match dtype parameter <dtype: 'int32'>",
    );
    expect(() => tf.oneHot([0], 3, { onValue: tf.constant(1), offValue: tf.constant(1, tf.int32) })).toThrow(
      "dtype <dtype: 'float32'> of on_value does not match dtype <dtype: 'int32'> of off_value",
    );
  });
});
