import * as tf from 'tfjs-session';
import type { NDArray } from '../../src/base/ndarray';
import { devices, open, sameGraph, sweep } from '../sweep';

sweep('cast');

const x = (t: typeof tf): tf.Tensor => t.placeholder(t.float32, [2], { name: 'x' });
sameGraph('cast', 'casts', (t) => {
  t.cast(x(t), t.int32);
  t.cast(x(t), t.float32);
  t.cast(x(t), 'float64', { name: 'wide' });
  t.cast([1, 2], t.int32);
  t.toFloat(t.constant([1], t.int32));
  t.toInt32(x(t));
  t.toInt64(x(t));
  t.toDouble(x(t));
  t.toBfloat16(x(t));
});
sameGraph('cast', 'saturateCast', (t) => {
  t.saturateCast(x(t), t.uint8);
  t.saturateCast(t.constant([1], t.int32), t.int64);
  t.saturateCast(x(t), t.int32, { name: 's' });
});
sameGraph('cast', 'bitcast', (t) => {
  t.bitcast(x(t), t.uint8);
});
sameGraph('cast', 'gradient of a cast', (t) => {
  const a = x(t);
  t.gradients(t.cast(t.cast(a, t.float64).mul(2), t.float32), [a]);
});
sameGraph('cast', 'gradient of a cast whose rows are gathered', (t) => {
  const a = x(t);
  t.gradients(t.gather(t.cast(a, t.float64), [0, 1]), [a]);
});

describe.each(devices())('on $title', (mode) => {
  test('saturateCast stays within the dtype', () => {
    new tf.Graph().asDefault((graph) => {
      using sess = open(graph, mode);
      expect((sess.run(tf.saturateCast([-5, 300, 7.9], tf.uint8)) as NDArray).toArray()).toEqual([0, 255, 7]);
    });
  });
});
test('a cast of a constant is known while building', () => {
  new tf.Graph().asDefault(() =>
    expect(tf.getStaticValue(tf.cast(tf.constant([1.9, -1.9]), tf.int32))?.toArray()).toEqual([1, -1]),
  );
});
