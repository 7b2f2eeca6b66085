import * as tf from '../../src';
import { devices, open, sameGraph, sweep } from '../sweep';

sweep('shape');

const P = (t: typeof tf, shape: readonly (number | null)[] | null = null, dtype = 'float32', name = 'x'): tf.Tensor =>
  t.placeholder(dtype, shape, { name });

sameGraph('shape', 'shapes', (t) => {
  t.shape(P(t, [1, 3]));
  t.shape(P(t, [null, 3]));
  t.size(P(t, [0, null]));
  t.size(P(t, [null]));
  t.rank(P(t));
  t.rank(P(t, [2]));
  t.shape([1, 2]);
});
sameGraph('shape', 'shapes of rows', (t) => {
  const x = P(t);
  const [rows] = t.gradients(t.gather(x, [0, 1]), [x]) as unknown as [tf.IndexedSlices];
  t.shape(rows, { name: 's' });
  t.size(rows, { name: 'z' });
  t.rank(rows);
  t.zerosLike(rows);
});
sameGraph('shape', 'shapes of a variable of unknown shape', (t) => {
  const variables = [false, true].map(
    (useResource) => new t.Variable(P(t, null, 'float32', 'p'), { validateShape: false, useResource }),
  );
  for (const v of variables) {
    t.shape(v);
    t.size(v);
    t.rank(v);
  }
});
sameGraph('shape', 'a gradient that asks for the shape of rows', (t) => {
  const x = P(t);
  t.gradients(t.gather(t.maximum(x, P(t, [2])), [0]), x);
});
sameGraph('shape', 'shapes with names and types', (t) => {
  t.shape(P(t, [1, 3]), { name: 's', outType: t.int64 });
  t.size(P(t, [null]), { name: 'n', outType: t.int64 });
  t.shapeN([P(t, [1]), P(t, [2])]);
});
sameGraph('shape', 'reshape', (t) => {
  t.reshape(P(t, [null, 28, 28, 1]), [-1, 784]);
  t.reshape(P(t, [2, 3]), [3, 2], { name: 'r' });
});
sameGraph('shape', 'reshape by shape arithmetic', (t) => {
  const x = P(t, [null, 3, 4]);
  t.reshape(x, [t.shape(P(t, [null, 3, 4])).get(0), 12]);
});
sameGraph('shape', 'reshape by a part of a shape', (t) => {
  const x = P(t, [null, 3, 4]);
  t.reshape(x, t.concat([[-1], t.shape(P(t, [null, 3, 4])).get([1, null])], 0));
});
sameGraph('shape', 'reshape by a product', (t) => {
  const x = P(t, [null, 3, 4]);
  t.reshape(x, [-1, t.constant(3, t.int32).mul(t.constant(4, t.int32))]);
});
sameGraph('shape', 'reshape by an identity', (t) =>
  t.reshape(P(t, [null, 3, 4]), t.identity(t.constant([-1, 12], t.int32, null, { name: 'Identity/input' }))),
);
sameGraph('shape', 'reshape to a fed shape', (t) => {
  t.reshape(P(t, [2]), P(t, null, 'int32'));
  t.reshape(P(t, [2]), P(t, [3], 'int32'));
});
sameGraph('shape', 'reshape of partly known shapes', (t) => {
  for (const [from, to] of [
    [
      [null, 6],
      [3, -1],
    ],
    [
      [null, 6],
      [-1, 6, 1],
    ],
    [
      [null, null],
      [-1, 4],
    ],
    [
      [null, 6],
      [2, 3],
    ],
    [
      [0, null],
      [-1, 3],
    ],
  ] as [(number | null)[], number[]][])
    t.reshape(P(t, from), to);
});
sameGraph('shape', 'reshape to a static shape', (t) => {
  const x = P(t, [6]);
  t.reshape(x, P(t, [2, 3]).shape);
});
sameGraph('shape', 'expandDims', (t) => {
  t.expandDims(P(t, [2]), 0);
  t.expandDims(P(t, [2]), { axis: -1, name: 'e' });
  t.expandDims(P(t, [2]), P(t, [], 'int32', 'axis'));
});
sameGraph('shape', 'squeeze', (t) => {
  t.squeeze(P(t, [1, 2]));
  t.squeeze(P(t, [1, null, 1]), [0]);
  t.squeeze(P(t, [1, null]));
  t.squeeze(P(t, [2, 1]), { axis: 1, name: 's' });
  t.squeeze(P(t), 0);
});
sameGraph('shape', 'broadcastTo', (t) => {
  t.broadcastTo(P(t, [3]), [2, 3]);
  const x = P(t, [3]);
  t.broadcastTo(x, t.shape(P(t, [null, 3])));
});
sameGraph('shape', 'ensureShape', (t) => {
  t.ensureShape(P(t), [null, 3]);
  t.ensureShape(P(t, [2, null]), [null, 3]);
});
sameGraph('shape', 'dynamic shapes', (t) => {
  t.broadcastDynamicShape(P(t, [2], 'int32'), P(t, [3], 'int32'));
  t.invertPermutation([1, 0]);
});
sameGraph('shape', 'gradient of reshape', (t) => {
  const x = P(t, [2, 4]);
  return t.gradients(t.reshape(x, [-1, 4]), x);
});
sameGraph('shape', 'gradient of a reshape of unknown shape', (t) => {
  const x = P(t, [null, 2, 2]);
  return t.gradients(t.reshape(x, [-1, 4]), x);
});
sameGraph('shape', 'gradient of squeeze and expandDims', (t) => {
  const x = P(t, [null, 2]);
  return t.gradients(t.squeeze(t.expandDims(x, 1)), x);
});
sameGraph('shape', 'gradient of broadcastTo', (t) => {
  const x = P(t, [3]);
  return t.gradients(t.broadcastTo(x, [2, 3]), x);
});
sameGraph('shape', 'gradient of ensureShape', (t) => {
  const x = P(t, [null, 3]);
  return t.gradients(t.ensureShape(x, [2, 3]), x);
});

test('static shapes broadcast', () => {
  expect(tf.broadcastStaticShape([2, 1, 3], [4, 3]).dims).toEqual([2, 4, 3]);
  expect(tf.broadcastStaticShape([null, 1], [1, null]).dims).toEqual([null, null]);
  expect(() => tf.broadcastStaticShape([2], [3])).toThrow('Incompatible shapes for broadcasting: (2,) and (3,)');
});
test('a shape that was promised and is not kept is an error', () => {
  const x = tf.placeholder(tf.float32, null, { name: 'x' });
  const sess = new tf.Session();
  expect(() => sess.run(tf.ensureShape(x, [null, 4]), [[x, [[1, 2, 3]]]])).toThrow(
    '[1,3] is not compatible with expected shape [?,4].',
  );
});
describe.each(devices())('on $title', (mode) => {
  test('a value on the device is neither read for its shape nor to reshape it', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const x = tf.placeholder(tf.float32, [400, 500], { name: 'x' });
      const y = tf.matmul(x, tf.placeholder(tf.float32, [500, 300], { name: 'w' }));
      const sess = open(graph, mode);
      let reads = 0;
      const read = sess.device.read.bind(sess.device);
      sess.device.read = (value): ReturnType<typeof read> => {
        if (value.size > 1000) reads++;
        return read(value);
      };
      const z = tf.matmul(
        tf.reshape(tf.squeeze(tf.expandDims(tf.identity(y), 0)), [300, 400]),
        tf.reshape(y, [400, 300]),
      );
      const feeds = { 'x:0': new Float32Array(200000).fill(1), 'w:0': new Float32Array(150000).fill(1) };
      const [size, sum] = sess.run(
        [tf.size(tf.ensureShape(y, null)), tf.shape(tf.placeholderWithDefault(z, [null, null]))],
        feeds,
      );
      expect([size, (sum as tf.NDArray).toArray(), reads]).toEqual([120000, [300, 300], 0]);
      sess.close();
    });
  });
});
