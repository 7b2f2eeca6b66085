import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import { devices, open, sameGraph, sweep } from '../sweep';

sweep('top-k');

type T = typeof tf;
const x = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });

sameGraph('top-k', 'top k', (t) => {
  t.nn.topK(x(t, 2, 3));
  t.nn.topK(x(t, null, 3), 2);
  const at = x(t, 3);
  t.nn.topK(at, { k: t.placeholder(t.int32, []), sorted: false, name: 'best' });
  t.nn.topK([3, 1, 2], 2);
});
sameGraph('top-k', 'in top k', (t) => {
  t.nn.inTopK(x(t, null, 3), t.placeholder(t.int64, [null]), 1);
  t.nn.inTopK(x(t, null, 3), [1, 2], 1, { name: 'hits' });
});
for (const [title, rows] of [
  ['gradient of top k', null],
  ['gradient of top k of known shape', 3],
] as const) {
  sameGraph('top-k', title, (t) => {
    const at = x(t, rows, 5);
    t.gradients(t.nn.topK(at, 2).values, at);
  });
}

test('topK gives a pair with names', () => {
  const graph = new tf.Graph();
  const sess = open(graph, devices()[0]);
  graph.asDefault(() => {
    const found = tf.nn.topK(tf.constant([3, 1, 2]), 2);
    const [values, indices] = found;
    expect(found.values).toBe(values);
    expect(found.indices).toBe(indices);
    expect((sess.run([...found]) as NDArray[]).map((a) => a.toArray())).toEqual([
      [3, 2],
      [0, 2],
    ]);
  });
  sess.close();
});

test('TopK is TopKV2 with k as an attribute', () => {
  const { outputs } = applyOp('TopK', [[[1, 5, 3]]], { k: 2 });
  using sess = new tf.Session();
  expect(sess.run([...outputs]).map(String)).toEqual(['[[5. 3.]]', '[[1 2]]']);
});
