/** tf.layers beside TensorFlow 1.15: nodes, collections, and values before and after a training step. */
import * as tf from '../../src';
import { PROGRAMS } from './programs';
import { samePrograms } from './same-programs';

samePrograms('layers', PROGRAMS);
describe("what does not fit is refused in Keras's words, with the cure", () => {
  const x = (...shape: (number | null)[]): tf.Tensor => tf.placeholder(tf.float32, shape);
  test.each<readonly [what: string, call: () => unknown, says: string]>([
    [
      'a picture that is a row',
      () => tf.layers.conv2d(x(null, 784), 3, 3),
      'Input 0 of layer conv2d_1 is incompatible with the layer: expected ndim=4, found ndim=2. ' +
        'Full shape received: [None, 784]\n  fix: pictures are [batch, rows, columns, channels]: ' +
        'tf.reshape(x, [-1, 28, 28, 1]).',
    ],
    [
      'a training that is neither true nor false',
      () => tf.layers.dropout(x(null, 3), { training: 'yes' as never }),
      '`pred` must be a Tensor, or a Python bool, or 1 or 0. Found instead: str',
    ],
    [
      'a vector',
      () => tf.layers.dense(x(null), 3, { name: 'fc' }),
      'Input 0 of layer fc is incompatible with the layer: : expected min_ndim=2, found ndim=1. ' +
        'Full shape received: [None]\n  fix: rows are [batch, features]: tf.reshape(x, [-1, 1]).',
    ],
    [
      'an unknown size',
      () => tf.layers.dense(x(null, null), 3),
      'The last dimension of the inputs to `Dense` should be',
    ],
    ['an unknown rank', () => tf.layers.dense(tf.placeholder(tf.float32), 3), 'its rank is undefined, but the layer'],
    [
      'integers',
      () => tf.layers.dense(tf.placeholder(tf.int32, [null, 3]), 3),
      'Unable to build `Dense` layer with non-',
    ],
    ['units below 0', () => tf.layers.dense(x(null, 3), -1), 'Dimension -1 must be >= 0'],
    ['half a filter', () => tf.layers.conv2d(x(1, 4, 4, 1), 2.5, 3), 'Ambiguous dimension: 2.5'],
    ['another padding', () => tf.layers.conv2d(x(1, 4, 4, 1), 3, 3, 1, 'full' as 'same'), 'Received: full'],
    ['another format', () => tf.layers.flatten(x(1, 4), { dataFormat: 'NCHW' }), 'Received: NCHW'],
    ['three sizes for two', () => tf.layers.conv2d(x(1, 4, 4, 1), 3, [3, 3, 3]), 'must be a tuple of 2 integers'],
    [
      'an activation that is none',
      () => tf.layers.dense(x(1, 2), 3, 'rleu'),
      'Unknown activation function:rleu\n  fix: ',
    ],
    [
      'an initializer that is none',
      () => tf.layers.dense(x(1, 2), 3, { kernelInitializer: 'he' }),
      'Unknown initializer: he',
    ],
    ['an axis twice', () => tf.layers.batchNormalization(x(1, 2), [1, -1]), 'Duplicate axis: [1, 1]'],
    ['no axis', () => tf.layers.batchNormalization(x(1, 2), []), 'axis names no dimension.'],
    ['an axis outside', () => tf.layers.batchNormalization(x(1, 2), 2), 'Invalid axis: 2'],
    [
      'a bound that is none',
      () => tf.layers.batchNormalization(x(1, 2), { renorm: true, renormClipping: { max: 1 } as never }),
      'renorm_clipping {max} contains keys not in [rmax, rmin, dmax]',
    ],
    [
      'parts of nothing',
      () => tf.layers.batchNormalization(x(1, 2), { virtualBatchSize: 0 }),
      'virtual_batch_size must be a positive integer',
    ],
    [
      'parts along the axis',
      () => tf.layers.batchNormalization(x(1, 2), { virtualBatchSize: 1, axis: 0 }),
      'When using virtual_batch_size, the batch dimension must be 0 and thus axis cannot include 0',
    ],
    [
      'parts that are adjusted',
      () => tf.layers.batchNormalization(x(1, 2), { virtualBatchSize: 1, adjustment: () => [1, 0] }),
      'When using virtual_batch_size, adjustment cannot be specified',
    ],
    [
      'parts of an unknown size',
      () => tf.layers.batchNormalization(x(1, null, 2), { virtualBatchSize: 1 }),
      'Contents: [-1, None, 2]',
    ],
    ['a name that is taken', () => [1, 2].map(() => tf.layers.dense(x(1, 2), 3, { name: 'a' })), 'already exists'],
    ['a scope before it is there', () => new tf.layers.Dense(3).scopeName, 'No name available for layer scope'],
    [
      'a layer that gives nothing',
      () =>
        new (class extends tf.layers.Layer {
          override call(): never {
            return null as never;
          }
        })().apply([1]),
      'should return a Tensor',
    ],
  ])('%s', (_, call, says) => {
    expect(() => new tf.Graph().asDefault(call)).toThrow(says);
  });
  test('another input than the first one', () => {
    new tf.Graph().asDefault(() => {
      const layer = new tf.layers.Dense(3);
      layer.apply(x(null, 4));
      expect(() => layer.apply(x(null, 5))).toThrow(
        'Input 0 of layer dense_1 is incompatible with the layer: expected axis -1 of input shape to have value ' +
          '4 but received input with shape [None, 5]',
      );
    });
  });
});
test('a layer knows its variables, what they hold, and their scope', () => {
  new tf.Graph().asDefault(() => {
    const layer = new tf.layers.Conv2D(3, 2, { name: 'c' });
    layer.apply(tf.placeholder(tf.float32, [null, 4, 4, 2]));
    expect(layer.variables.map((v) => v.op.name)).toEqual(['c/kernel', 'c/bias']);
    expect([layer.countParams(), layer.scopeName, String(layer)]).toEqual([27, 'c', "<tf.layers.Conv2D 'c'>"]);
    layer.trainable = false;
    expect([layer.trainableVariables.length, layer.nonTrainableVariables.length]).toEqual([0, 2]);
  });
});
test('moving averages go to the mean and variance of what comes in, and are taken when not training', () => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const x = tf.placeholder(tf.float32, [null, 1]);
    const layer = new tf.layers.BatchNormalization({ momentum: 0.5, epsilon: 0 });
    layer.apply(x, { training: true });
    const tested = layer.apply(x, { training: false });
    const sess = new tf.Session({ graph });
    sess.run(tf.globalVariablesInitializer());
    for (let i = 0; i < 40; i++) sess.run([...layer.updates], [[x, [[1], [5]]]]);
    expect(sess.run([layer.movingMean, layer.movingVariance]).map((v) => (v as tf.NDArray).toArray())).toEqual([
      [3],
      [4],
    ]);
    expect((sess.run(tested, [[x, [[3], [5]]]]) as tf.NDArray).toArray()).toEqual([[0], [1]]);
    sess.close();
  });
});

test('a renormalized batch moves the averages behind handles as it moves others', () => {
  const after = (useResource: boolean): unknown => {
    const graph = new tf.Graph();
    return graph.asDefault(() => {
      const x = tf.constant([
        [1, 2],
        [3, 8],
      ]);
      tf.variableScope('a', { useResource }, () => tf.layers.batchNormalization(x, { training: true, renorm: true }));
      const sess = new tf.Session();
      sess.run(tf.globalVariablesInitializer());
      for (let i = 0; i < 3; i++) sess.run(tf.getCollection<tf.Operation>(tf.GraphKeys.UPDATE_OPS));
      const values = sess.run(tf.globalVariables()).map((v) => (v as tf.NDArray).toArray());
      sess.close();
      return values;
    });
  };
  expect(after(true)).toEqual(after(false));
});
