/** Functions and sessions as people write them; the rest is in calls.test.ts. */
import * as tf from '../../src';
import { call, create } from './words';

beforeEach(() => tf.resetDefaultGraph());

describe('functions of tensors', () => {
  const M = [
    [1, 2],
    [3, 4],
  ];
  test('take what Python takes by position', () => {
    using sess = new tf.Session();
    const value = (x: tf.Tensor): unknown => (sess.run(x) as tf.NDArray).toArray();
    expect(value(tf.reduceSum(M, 1, true))).toEqual([[3], [7]]);
    expect(value(tf.reduceSum({ inputTensor: M, axis: 0 }))).toEqual([4, 6]);
    expect(value(tf.matmul(M, M, true))).toEqual([
      [10, 14],
      [14, 20],
    ]);
    expect(value(tf.matmul({ a: M, b: M, transposeB: true }))).toEqual([
      [5, 11],
      [11, 25],
    ]);
    expect(value(tf.cumsum([1, 2, 3], 0, true))).toEqual([0, 1, 3]);
    expect(tf.range(0, 5, 1, tf.float32).dtype).toBe(tf.float32);
    expect(tf.constantInitializer(1, tf.int32).call([2]).dtype).toBe(tf.int32);
    expect(tf.multinomial(tf.zeros([1, 3]), 3, 7).op.getAttr('seed2')).toBe(7);
    expect(tf.nn.dropout(tf.ones([2, 3]), 0.5, [1, 3]).shape.dims).toEqual([2, 3]);
    expect(value(tf.stridedSlice([1, 2, 3], [0], [2]))).toEqual([1, 2]);
    expect(tf.placeholder(tf.float32, { name: 'x' }).name).toBe('x:0');
    expect(tf.add(1, 2, 'added').name).toBe('added:0');
    expect(tf.truncatedNormal([2], 0, 0.1, tf.float64, 3, 'w').dtype).toBe(tf.float64);
    expect(
      tf.nn.conv2d(tf.ones([1, 4, 4, 1]), { filters: tf.ones([2, 2, 1, 1]), strides: 1, padding: 'SAME' } as never)
        .shape.dims,
    ).toEqual([1, 4, 4, 1]);
  });
  test('say what they do not take', () => {
    expect(() => call(tf.truncatedNormal, [2], { std: 0.1 })).toThrow(
      "truncated_normal() got an unexpected keyword argument 'std'\n  fix: stddev",
    );
    expect(() => call(tf.reduceSum, M, { keep_dims: true })).toThrow(
      "reduce_sum() got an unexpected keyword argument 'keep_dims'\n  fix: keepDims",
    );
    expect(() => call(tf.matmul, M, M, { transpose_b: true })).toThrow(
      "matmul() got an unexpected keyword argument 'transpose_b'\n  fix: transposeB",
    );
    expect(() => call(tf.reduceSum, M, 1, { axis: 1 })).toThrow("reduce_sum() got multiple values for argument 'axis'");
    expect(() => call(tf.matmul, M)).toThrow("matmul() missing 1 required positional argument: 'b'");
    expect(() => call(tf.reduceSum, M, 1, tf.float64)).toThrow("Expected bool for argument 'keepdims'");
    expect(() => call(tf.add, 1, 2, 'n', 4)).toThrow('add() takes from 2 to 3 positional arguments but 4 were given');
    expect(() => call(tf.matmul, M, M, { aIsSparse: true })).toThrow('tf.matmul takes nothing for aIsSparse');
  });
});

describe('sessions', () => {
  test('take their graph and configuration by name and by position', () => {
    const graph = new tf.Graph();
    const config = { device: 'portable' } as const;
    for (const sess of [
      new tf.Session({ graph, config }),
      new tf.Session('', graph, config),
      new tf.Session('', { graph, config }),
    ]) {
      expect([sess.graph, sess.device.kind]).toEqual([graph, 'portable']);
      sess.close();
    }
    expect(() => create(tf.Session, { grpah: graph })).toThrow("unexpected keyword argument 'grpah'\n  fix: graph");
  });
  test('labels are not rows, and a tuple is no list', () => {
    using sess = new tf.Session();
    const { train } = tf.examples.tutorials.mnist.inputData.readDataSets();
    const [images, labels] = train.nextBatch(100);
    const X = tf.placeholder(tf.float32, [null, 784], { name: 'X' });
    const Y = tf.placeholder(tf.float32, [null, 10], { name: 'Y' });
    const pictures = tf.placeholder(tf.float32, [null, 28, 28, 1]);
    const wrong = tf.placeholder(tf.float32, 784 as never, { name: 'wrong' });
    const shapeOf = (x: tf.Tensor, value: tf.FeedValue): unknown =>
      (sess.run(tf.shape(x), [[x, value]]) as tf.NDArray).toArray();
    expect(shapeOf(X, images)).toEqual([100, 784]);
    expect(shapeOf(pictures, images)).toEqual([100, 28, 28, 1]);
    expect(shapeOf(tf.placeholder(tf.int32, [null]), labels)).toEqual([100]);
    expect(shapeOf(X, train.images)).toEqual([55000, 784]);
    expect(() => shapeOf(Y, labels)).toThrow(
      "Cannot feed value of shape (100,) for Tensor 'Y:0', which has shape '(?, 10)'",
    );
    expect(() => shapeOf(Y, labels)).toThrow('readDataSets({oneHot: true})');
    expect(() => shapeOf(wrong, images)).toThrow('fix: a shape is a list, [null, 784]');
  });
});
