import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { sameGraph, sweep } from '../sweep';

sweep('gather');

const x = (t: typeof tf, shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });
/** The gradient of a function of a placeholder. */
const back =
  (y: (v: tf.Tensor, t: typeof tf) => tf.Tensor, ...shape: (number | null)[]) =>
  (t: typeof tf): void => {
    const v = x(t, shape);
    t.gradients(y(v, t), v);
  };

sameGraph('gather', 'gather', (t) => t.gather(x(t, [null, 3]), [2, 0]));
sameGraph('gather', 'gather by an int64 tensor', (t) =>
  t.gather(x(t, [4, 3]), t.placeholder(t.int64, [null], { name: 'i' }), { name: 'rows' }),
);
sameGraph('gather', 'gather along another axis', (t) => t.gather(x(t, [null, 3]), [2, 0], { axis: 1 }));
sameGraph('gather', 'gatherNd of a variable behind a handle', (t) => {
  const v = t.getVariable('v', [3, 4], { initializer: t.zerosInitializer(), useResource: true });
  t.gatherNd(v, [[0, 1]]);
});
sameGraph('gather', 'gather in batches', (t) => t.gather(x(t, [2, 3]), [[2], [0]], { batchDims: 1 }));
sameGraph('gather', 'gatherNd', (t) => t.gatherNd(x(t, [3, 4]), [[0, 1]]));
sameGraph(
  'gather',
  'gradient of a gather',
  back((v, t) => t.gather(v, [2, 0]), 4, 3),
);
sameGraph(
  'gather',
  'gradient of a gather from a table of unknown size',
  back((v, t) => t.gather(v, [2, 0]), null, 3),
);
sameGraph(
  'gather',
  'gradient of a gather along another axis',
  back((v, t) => t.gather(v, [2, 0], { axis: 1 }), null, 3),
);
sameGraph(
  'gather',
  'gradient of a gather in batches',
  back((v, t) => t.gather(v, [[2], [0]], { batchDims: 1 }), 2, 3),
);
sameGraph(
  'gather',
  'gradient of a gatherNd of rows',
  back((v, t) => t.gatherNd(v, [[2], [0]]), 3, 4),
);
sameGraph('gather', 'gradient of a variable that is gathered from', (t) => {
  const v = new t.Variable(
    [
      [1, 2],
      [3, 4],
    ],
    { name: 'table' },
  );
  t.gradients(t.gather(v, [1, 1]), v);
});

test('the gradient of a gather is rows at their indices', () => {
  new tf.Graph().asDefault(() => {
    const table = tf.placeholder(tf.float32, [4, 2]);
    const [grad] = tf.gradients(tf.gather(table, [3, 0, 3]), table);
    expect(grad).toBeInstanceOf(tf.IndexedSlices);
    const rows = grad as tf.IndexedSlices;
    const sess = new tf.Session();
    const [values, indices] = sess.run([rows.values, rows.indices], {
      [table.name]: [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
    });
    expect((values as NDArray).toArray()).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect((indices as NDArray).toArray()).toEqual([3, 0, 3]);
    sess.close();
  });
});
test('the gradient of a gatherNd of a variable behind a handle', () => {
  new tf.Graph().asDefault(() => {
    const v = new tf.Variable(
      [
        [1, 2],
        [3, 4],
      ],
      { useResource: true },
    );
    const g = tf.gradients([tf.gatherNd(v, [[0, 1]]), tf.gatherNd(v, [[1]])], v)[0]!;
    const sess = new tf.Session('', { config: { advice: false } });
    sess.run(v.initializer);
    expect((sess.run(tf.convertToTensor(g)) as tf.NDArray).toArray()).toEqual([
      [0, 1],
      [1, 1],
    ]);
    sess.close();
  });
});
test('the gradient of a gatherNd that is gathered from again trains as in TensorFlow', () => {
  new tf.Graph().asDefault(() => {
    const v = new tf.Variable([0.5, 1.5, 2.5]);
    const weights = tf.constant([
      [1, 2],
      [3, 4],
    ]);
    const again = tf.gather(tf.gatherNd(v, [[0], [2]]), [
      [0, 1],
      [1, 1],
    ]);
    const train = new tf.train.GradientDescentOptimizer(1).minimize(tf.reduceSum(again.mul(weights)));
    const sess = new tf.Session('', { config: { advice: false } });
    sess.run(v.initializer);
    sess.run(train);
    expect(sess.run(v).toArray()).toEqual([-0.5, 1.5, -6.5]);
    sess.close();
  });
});
