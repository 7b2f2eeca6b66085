import * as tf from 'tfjs-session';
import { devices, open, sameGraph, sweep } from '../sweep';

sweep('compare');

const x = (t: typeof tf): tf.Tensor => t.placeholder(t.float32, [2], { name: 'x' });
const p = (t: typeof tf): tf.Tensor => t.placeholder(t.bool, [2], { name: 'p' });
sameGraph('compare', 'comparisons', (t) => {
  [t.less, t.lessEqual, t.greater, t.greaterEqual, t.equal, t.notEqual].forEach((f) => f(x(t), x(t)));
});
sameGraph('compare', 'beside numbers', (t) => {
  t.less(x(t), 1);
  t.equal(1, x(t), { name: 'one' });
  x(t).greater(0);
});
sameGraph('compare', 'logic', (t) => {
  t.logicalAnd(p(t), p(t));
  t.logicalOr(p(t), p(t));
  t.logicalNot(p(t));
  t.logicalXor(p(t), p(t));
  t.logicalXor(p(t), p(t), { name: 'odd' });
  t.logicalAnd(p(t), true);
});

describe.each(devices())('on $title', (mode) => {
  test('a comparison of scalars is a boolean', () => {
    new tf.Graph().asDefault((graph) => {
      using sess = open(graph, mode);
      const yes: boolean = sess.run(tf.less(1, 2));
      expect(yes).toBe(true);
      const odd: boolean = sess.run(tf.logicalXor(true, true));
      expect(odd).toBe(false);
    });
  });
});
test('equality of constants is known while building', () => {
  new tf.Graph().asDefault(() => {
    const known = tf.getStaticValue(tf.equal(tf.constant([1, 2], tf.int32), tf.constant(2, tf.int32)));
    expect(known?.toArray()).toEqual([false, true]);
  });
});
