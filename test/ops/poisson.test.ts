/** Rates for which no number fits: TensorFlow's kernel looks for one without end. */
import * as tf from '../../src';
import { devices } from '../devices';

describe.each(devices())('on the $device device', ({ device }) => {
  const drawn = (rate: number, dtype: tf.DType): unknown => {
    const graph = new tf.Graph();
    const numbers = graph.asDefault(() =>
      tf.random.poisson(tf.placeholder(tf.float64, [], { name: 'rate' }), [2], dtype, { seed: 1 }),
    );
    using sess = new tf.Session('', { graph, config: { device: device as 'native' } });
    return (sess.run(numbers, { 'rate:0': rate }) as tf.NDArray).toArray();
  };
  test.each([
    [NaN, tf.float32, [NaN, NaN]],
    [NaN, tf.int32, [-(2 ** 31), -(2 ** 31)]],
    [Infinity, tf.float64, [NaN, NaN]],
    [Infinity, tf.int32, [-(2 ** 31), -(2 ** 31)]],
    [Infinity, tf.int64, [-(2n ** 63n), -(2n ** 63n)]],
    [-1, tf.int32, [0, 0]],
    [-Infinity, tf.float32, [0, 0]],
  ])('%d in %s', (rate, dtype, wanted) => expect(drawn(rate, dtype)).toEqual(wanted));
  test.each([
    [70000, tf.float16],
    [1e30, tf.int32],
    [1e200, tf.float32],
  ])('%d does not fit into %s', (rate, dtype) =>
    expect(() => drawn(rate, dtype)).toThrow(`rate ${rate} is too large for numbers of dtype ${dtype.name}`),
  );
});
