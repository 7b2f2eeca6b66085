import * as tf from 'tfjs-session';
import type { NDArray } from '../../src/base/ndarray';
import { apply } from '../../src/graph/apply';
import { devices, open, sameGraph, sweep } from '../sweep';

sweep('clip');

const x = (t: typeof tf, ...shape: number[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });
const slices = (t: typeof tf): tf.IndexedSlices => {
  const values = x(t, 2, 3);
  const indices = t.constant([0, 4], t.int32, null, { name: 'i' });
  return new t.IndexedSlices(values, indices, t.constant([5, 3], t.int32, null, { name: 'shape' }));
};

sameGraph('clip', 'clipByValue', (t) => {
  t.clipByValue(x(t, 2), -1, 1);
  t.clipByValue([5], 0, 1, { name: 'c' });
});
sameGraph('clip', 'clipByNorm', (t) => {
  t.clipByNorm(x(t, 2, 3), 1);
  t.clipByNorm(x(t, 2, 3), 1, [1], { name: 'c' });
});
sameGraph('clip', 'globalNorm', (t) => {
  t.globalNorm([x(t, 2), null, x(t, 3)]);
  t.globalNorm([slices(t)], { name: 'g' });
});
sameGraph('clip', 'clipByGlobalNorm', (t) => {
  t.clipByGlobalNorm([x(t, 2), null, slices(t)], 5);
});
sameGraph('clip', 'clipByGlobalNorm with a known norm', (t) => {
  const values = x(t, 2);
  t.clipByGlobalNorm([values], 5, { useNorm: t.constant(3, null, null, { name: 'norm' }), name: 'c' });
});
sameGraph('clip', 'clipByAverageNorm', (t) => {
  t.clipByAverageNorm(x(t, 2, 3), 1);
});
sameGraph('clip', 'gradient of clipByNorm', (t) => {
  const a = x(t, 2, 3);
  t.gradients(t.clipByNorm(a, 1), [a]);
});

test('the op ClipByValue, which tf.clipByValue does not make, has no gradient in 1.15', () => {
  new tf.Graph().asDefault(() => {
    const t = tf.constant([1]);
    const y = apply('ClipByValue', [t, 0, 2]);
    expect(() => tf.gradients(y, t)).toThrow(tf.errors.LookupError);
    expect(() => tf.gradients(y, t)).toThrow("No gradient defined for operation 'ClipByValue' (op type: ClipByValue)");
  });
});

describe.each(devices())('on $title', (mode) => {
  const values = (sess: tf.Session, t: tf.Tensor): unknown => (sess.run(t) as NDArray).toArray();
  test('values outside the bounds become the bounds', () => {
    new tf.Graph().asDefault((graph) => {
      using sess = open(graph, mode);
      expect(values(sess, tf.clipByValue([-5, 0.5, 5], -1, 1))).toEqual([-1, 0.5, 1]);
      const one: number = sess.run(tf.clipByValue(7, 0, 1));
      expect(one).toBe(1);
    });
  });
  test('the gradient of clipByValue goes to what was taken', () => {
    new tf.Graph().asDefault((graph) => {
      using sess = open(graph, mode);
      const [x, low, high] = [tf.constant([-5, 0.5, 5]), tf.constant(-1), tf.constant(1)];
      const grads = tf.gradients(tf.clipByValue(x, low, high), [x, low, high]) as tf.Tensor[];
      expect(values(sess, grads[0])).toEqual([0, 1, 0]);
      expect(sess.run(grads.slice(1))).toEqual([1, 1]);
    });
  });
  test('a list is scaled to its global norm, sparse rows too', () => {
    new tf.Graph().asDefault((graph) => {
      using sess = open(graph, mode);
      const rows = new tf.IndexedSlices(tf.constant([[4]]), tf.constant([2], tf.int32));
      const [[a, none, b], norm] = tf.clipByGlobalNorm([tf.constant([3]), null, rows], 1);
      expect(sess.run(norm)).toBe(5);
      expect(none).toBeNull();
      expect(values(sess, a as tf.Tensor)).toEqual([0.6]);
      expect(values(sess, (b as tf.IndexedSlices).values)).toEqual([[0.8]]);
    });
  });
  test('a short tensor keeps its norm; the gradient at 0 is not NaN', () => {
    new tf.Graph().asDefault((graph) => {
      using sess = open(graph, mode);
      const x = tf.placeholder(tf.float32, [2], { name: 'x' });
      const y = tf.clipByNorm(x, 1);
      const [g] = tf.gradients(y, [x]);
      expect((sess.run(y, [[x, [0.3, 0.4]]]) as NDArray).toArray()).toEqual([0.3, 0.4]);
      expect((sess.run(g as tf.Tensor, [[x, [0, 0]]]) as NDArray).toArray()).toEqual([1, 1]);
    });
  });
});
test('a bound may not widen the tensor', () => {
  new tf.Graph().asDefault(() =>
    expect(() => tf.clipByValue(tf.constant([1]), tf.constant([[0], [0]]), 1)).toThrow('are not compatible'),
  );
});
