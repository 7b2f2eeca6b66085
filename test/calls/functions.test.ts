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
  test('verifyShape refuses what does not have the shape', () => {
    const wrong = "Expected Tensor's shape: (2,), got (3,).";
    expect(() => tf.constant([1, 2, 3], tf.float32, [2], 'c', true)).toThrow(wrong);
    expect(() => tf.constant([1, 2, 3], { shape: [2], verifyShape: true })).toThrow(wrong);
    expect(() => tf.constant([1, 2, 3, 4], { shape: [2, 2], verifyShape: true })).toThrow(
      "Expected Tensor's shape: (2, 2), got (4,).",
    );
    expect(() => tf.constant(1, tf.float32, [2, 2], { verifyShape: true })).toThrow(
      "Expected Tensor's shape: (2, 2), got ().",
    );
    expect(() => tf.constantInitializer([1, 2, 3], tf.float32, true).call([2])).toThrow(wrong);
    expect(tf.constant([1, 2, 3], null, [3], null, true).shape.dims).toEqual([3]);
    expect(tf.constant([1, 2, 3], { verifyShape: true }).shape.dims).toEqual([3]);
  });
  test('a dtype that is preferred is no more than that', () => {
    const dtype = (...args: unknown[]): unknown => (call(tf.convertToTensor, ...args) as tf.Tensor).dtype;
    expect(dtype([1, 2], { preferredDtype: tf.float64 })).toBe(tf.float64);
    expect(dtype([1.5, 2], { preferredDtype: tf.int32 })).toBe(tf.float32);
    expect(dtype(['a'], { preferredDtype: tf.int32 })).toBe(tf.string);
    expect(dtype(tf.constant([1], tf.int32), { preferredDtype: tf.float32 })).toBe(tf.int32);
    expect(dtype(Float32Array.of(1, 2), null, null, tf.float64)).toBe(tf.float64);
    expect(dtype([1, 2], tf.int32, null, tf.float64)).toBe(tf.int32);
    expect(dtype([1.5], { dtypeHint: tf.int64 })).toBe(tf.float32);
    expect(() => dtype([1.5], tf.int32, null, tf.float64)).toThrow('Expected int32');
  });
  test('a norm of nothing is 0', () => {
    using sess = new tf.Session();
    const [clipped, norm] = tf.clipByGlobalNorm([null], 1);
    expect([clipped, sess.run(norm), sess.run(tf.globalNorm([]))]).toEqual([[null], 0, 0]);
    const types = tf.getDefaultGraph().getOperations().slice(0, 6);
    expect(types.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'global_norm/stack Const',
      'global_norm/Const Const',
      'global_norm/Sum Sum',
      'global_norm/Const_1 Const',
      'global_norm/mul Mul',
      'global_norm/global_norm Sqrt',
    ]);
  });
  test('an object that is no value is none, and no options', () => {
    const optimizer = new tf.train.AdamOptimizer();
    const takes = (f: unknown, ...args: unknown[]): unknown => call(f as () => unknown, ...args);
    expect(() => takes(tf.reduceProd, M, optimizer, true)).toThrow(TypeError);
    expect(() => takes(tf.unstack, M, optimizer, 1)).toThrow(TypeError);
    expect(() => takes(tf.squeeze, M, optimizer)).toThrow(TypeError);
    expect(() => takes(tf.cumprod, M, optimizer)).toThrow(TypeError);
    expect(() => takes(tf.argmax, M, optimizer)).toThrow(TypeError);
    expect(() => takes(tf.randomUniform, [2], optimizer)).toThrow(TypeError);
    expect(() => takes(tf.metrics.mean, M, null, true)).toThrow(
      "Expected collections for argument 'metrics_collections'",
    );
    expect(() => takes(tf.losses.sigmoidCrossEntropy, M, M, 1, 'a')).toThrow(
      "Expected number for argument 'label_smoothing'",
    );
    expect(() => takes(tf.nn.leakyRelu, M, 'a')).toThrow("Expected number for argument 'alpha'");
    for (const momentum of ['a', [], {}, () => 1])
      expect(() => takes(tf.layers.batchNormalization, M, { momentum })).toThrow(
        "Expected a number or a tensor of one for argument 'momentum'",
      );
    expect(() => takes(tf.confusionMatrix, [0], [0], 'a')).toThrow("argument 'num_classes' of confusion_matrix()");
    expect(tf.confusionMatrix([0], [0], tf.constant(2)).shape.asList()).toEqual([2, 2]);
    expect(() => takes(tf.saturateCast, [true], 'uint8')).toThrow('Cannot find minimum value of');
    expect(() => new tf.train.Saver({ maxToKep: 1 } as never)).toThrow(
      "__init__() got an unexpected keyword argument 'maxToKep'\n  fix: maxToKeep",
    );
    expect(() => takes(tf.train.linearCosineDecay, 1, 1, 10, tf.int32)).toThrow(TypeError);
    expect(() => takes(tf.math.conj, ['a'])).toThrow('Expected numeric or variant tensor, got dtype tf.string');
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
    // Whatever array they come in, alone or with pictures.
    const classes = Array.from({ length: 100 }, (_, i) => i % 10);
    for (const type of [Float32Array, Float64Array, Int32Array, Uint8Array])
      expect(() => shapeOf(Y, new type(classes))).toThrow(
        "Cannot feed value of shape (100,) for Tensor 'Y:0', which has shape '(?, 10)'",
      );
    // Truth values, and classes that are all one, are classes too.
    const two = tf.placeholder(tf.float32, [null, 2]);
    const truths = Float32Array.from(classes, (i) => Number(i % 3 > 0));
    for (const [placeholder, given] of [
      [Y, truths],
      [two, truths],
      [two, Float32Array.of(0, 1, 1, 0)],
      ...[0, 1, 7].map((same) => [Y, new Float32Array(100).fill(same)] as const),
    ] as const)
      expect(() => shapeOf(placeholder, given)).toThrow('Cannot feed value of shape');
    expect(shapeOf(two, Float32Array.of(0.5, 0, 1, 1))).toEqual([2, 2]);
    // What is no class is a row.
    const beside = [1.5, 10, -1].map((other) => Float32Array.of(other, ...classes.slice(1)));
    const oneHot = Float32Array.from(classes, (_, i) => Number(i % 11 === 0));
    for (const rows of [...beside, oneHot]) expect(shapeOf(Y, rows)).toEqual([10, 10]);
    expect(shapeOf(Y, new tf.NDArray(tf.float32, [10, 10], new Float32Array(classes)))).toEqual([10, 10]);
    const exact = tf.placeholder(tf.float32, [2, 5]);
    expect(shapeOf(exact, Float32Array.of(0, 1, 2, 3, 4, 0, 1, 2, 3, 4))).toEqual([2, 5]);
    expect(() => shapeOf(wrong, images)).toThrow('fix: a shape is a list, [null, 784]');
  });
});
