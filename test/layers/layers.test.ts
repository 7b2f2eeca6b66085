/** tf.layers beside TensorFlow 1.15: nodes, collections, and values before and after a training step. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '../../src';
import { devices, open } from '../devices';
import { expectNodes } from '../graph-json';
import type { JsonNode } from '../recorded';
import { PROGRAMS } from './programs';

type Sums = readonly [shape: readonly number[], sum: number, weighted: number];
type Values = readonly [ys: readonly Sums[], loss: Sums, variables: readonly Sums[]];
interface Recorded {
  readonly nodes: readonly JsonNode[];
  readonly collections: Readonly<Record<string, readonly string[]>>;
  readonly values: readonly [before: Values, after: Values];
}
const RECORDED: Readonly<Record<string, Recorded>> = JSON.parse(
  readFileSync(path.join(__dirname, '../fixtures/layers.json'), 'utf8'),
);

/** As the recorder feeds. */
function fed(shape: readonly number[]): tf.NDArray {
  const size = shape.reduce((product, d) => product * d, 1);
  const data = Float32Array.from({ length: size }, (_, i) => ((i * 7) % 11) / 8 - 0.5);
  return new tf.NDArray(tf.float32, shape, data);
}
function sums(value: tf.NDArray): Sums {
  const data = Array.from(value.data, Number);
  const weighted = data.reduce((sum, v, i) => sum + v * (((i + 1) % 13) + 1), 0);
  return [value.shape, data.reduce((sum, v) => sum + v, 0), weighted];
}
function expectSums(values: readonly unknown[], want: readonly Sums[]): void {
  expect(values.length).toBe(want.length);
  values.forEach((value, i) => {
    const [shape, ...got] = sums(value as tf.NDArray);
    const [wantedShape, ...wanted] = want[i];
    expect(shape).toEqual(wantedShape);
    got.forEach((v, k) => expect(Math.abs(v - wanted[k])).toBeLessThan(3e-4 * Math.max(1, Math.abs(wanted[k]))));
  });
}

test('each recorded program is here', () => {
  expect(Object.keys(PROGRAMS).sort()).toEqual(Object.keys(RECORDED).sort());
});
describe.each(Object.keys(PROGRAMS))('%s', (name) => {
  const { nodes, collections, values } = RECORDED[name];
  const build = (): readonly tf.Tensor[] => {
    tf.setRandomSeed(7);
    return [PROGRAMS[name]()].flat();
  };
  test('makes the nodes and collections that Python makes', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      build();
      expectNodes(graph, nodes);
      for (const [key, names] of Object.entries(collections))
        expect([key, tf.getCollection<{ name: string }>(key).map((each) => each.name)]).toEqual([key, names]);
    });
  });
  test.each(devices())('gives its values before and after a step on $title', (mode) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const ys = build();
      const x = graph.getTensorByName('x:0');
      const feeds = [[x, fed([2, ...x.shape.dims!.slice(1).map((d) => d ?? 5)])]] as [tf.Tensor, tf.NDArray][];
      const penalties = tf.getCollection<tf.Tensor>(tf.GraphKeys.REGULARIZATION_LOSSES);
      const loss = tf.addN([...ys.map((y) => tf.reduceSum(tf.square(y))), ...penalties]);
      const steps = tf.getCollection<tf.Operation>(tf.GraphKeys.UPDATE_OPS);
      if (tf.trainableVariables().length) steps.push(new tf.train.GradientDescentOptimizer(0.05).minimize(loss));
      const variables = tf.globalVariables();
      const sess = open(graph, mode);
      sess.run(tf.globalVariablesInitializer());
      for (const [i, [wantedYs, [, wantedLoss], wantedVariables]] of values.entries()) {
        if (i) sess.run(steps, feeds);
        const [gotYs, gotLoss, gotVariables] = sess.run([[...ys], loss, variables], feeds);
        expectSums(gotYs, wantedYs);
        const near = 3e-4 * Math.max(1, Math.abs(wantedLoss));
        expect(Math.abs(Number(gotLoss) - wantedLoss)).toBeLessThan(near);
        expectSums(gotVariables, wantedVariables);
      }
      sess.close();
    });
  });
});

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
    ['no units', () => tf.layers.dense(x(null, 3), 0), 'units must be a positive integer, got 0.'],
    ['another padding', () => tf.layers.conv2d(x(1, 4, 4, 1), 3, 3, 1, 'full'), 'Received: full'],
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
    ['an axis outside', () => tf.layers.batchNormalization(x(1, 2), 2), 'Invalid axis: 2'],
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
