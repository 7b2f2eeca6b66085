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
for (const [title, useResource] of [
  ['a variable', false],
  ['a resource variable', true],
] as const) {
  sameGraph('embedding', `embedding lookup in ${title}`, (t) => {
    const table = new t.Variable(t.zeros([5, 2]), { name: 'table', useResource });
    t.nn.embeddingLookup(table, ids(t, null));
  });
}
const table = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'table' });
sameGraph('embedding', 'embedding lookup of bounded norm', (t) => {
  t.nn.embeddingLookup(table(t, 5, 2), ids(t, 3), { maxNorm: 1 });
  t.nn.embeddingLookup(table(t, 5, 2), ids(t), { maxNorm: 1 });
});
sameGraph('embedding', 'embedding lookup in parts', (t) => {
  t.nn.embeddingLookup([table(t, 3, 2), table(t, 2, 2)], ids(t, null, 4));
  t.nn.embeddingLookup([table(t, 3, 2), table(t, 2, 2)], ids(t, 3), { partitionStrategy: 'div', name: 'div' });
  t.nn.embeddingLookup([table(t, null, null), table(t, 2, null)], ids(t, 3), 'div');
});
sameGraph('embedding', 'gradient of an embedding lookup', (t) => {
  const table = t.placeholder(t.float32, [5, 2], { name: 'table' });
  t.gradients(t.nn.embeddingLookup(table, ids(t, null)), table);
});

test('parts hold the rows of one table, dealt out or in runs', () => {
  const graph = new tf.Graph();
  const sess = open(graph, devices()[0]);
  const [mod, div] = graph.asDefault(() => {
    const all = tf.constant([[4], [0], [2], [3], [1]], tf.int32);
    return sess.run([
      tf.nn.embeddingLookup([tf.constant([[0], [2], [4]]), tf.constant([[1], [3]])], all),
      tf.nn.embeddingLookup([tf.constant([[0], [1], [2]]), tf.constant([[3], [4]])], all, 'div'),
    ]);
  }) as NDArray[];
  for (const rows of [mod, div]) expect(rows.toArray()).toEqual([[[4]], [[0]], [[2]], [[3]], [[1]]]);
  sess.close();
});

test('looks rows up', () => {
  const graph = new tf.Graph();
  const sess = open(graph, devices()[0]);
  const rows = graph.asDefault(() =>
    sess.run(
      tf.nn.embeddingLookup(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 1],
          [0, 1],
        ],
      ),
    ),
  ) as NDArray;
  expect(rows.toArray()).toEqual([
    [
      [3, 4],
      [3, 4],
    ],
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  sess.close();
});
