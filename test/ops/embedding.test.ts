import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { devices, open, sameGraph } from '../sweep';

type T = typeof tf;
const ids = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.int32, shape, { name: 'ids' });

sameGraph('embedding', 'embedding lookup', (t) => {
  const table = t.placeholder(t.float32, [5, 2], { name: 'table' });
  t.nn.embeddingLookup(table, ids(t, null, 3));
  const other = t.placeholder(t.float32, [5, 2]);
  t.nn.embeddingLookup([other], ids(t, 3), { name: 'vectors' });
  t.nn.embeddingLookup([[1], [2]], [1, 0]);
});
sameGraph('embedding', 'embedding lookup in a variable', (t) => {
  const table = new t.Variable(t.zeros([5, 2]), { name: 'table' });
  t.nn.embeddingLookup(table, ids(t, null));
});
sameGraph('embedding', 'gradient of an embedding lookup', (t) => {
  const table = t.placeholder(t.float32, [5, 2], { name: 'table' });
  t.gradients(t.nn.embeddingLookup(table, ids(t, null)), table);
});

test('looks rows up', () => {
  const graph = new tf.Graph();
  const sess = open(graph, devices()[0]);
  const rows = graph.asDefault(() => sess.run(tf.nn.embeddingLookup([[1, 2], [3, 4]], [[1, 1], [0, 1]]))) as NDArray;
  expect(rows.toArray()).toEqual([[[3, 4], [3, 4]], [[1, 2], [3, 4]]]);
  sess.close();
});
