/** tf.losses: values by hand, collections, and what does not fit. Their graphs are held by test/calls/graphs. */
import * as tf from '../../src';
import { devices, open } from '../devices';

const { losses: L } = tf;
const Y = [
  [0, 1],
  [1, 0],
];
const P = [
  [0.2, 0.7],
  [0.4, 0.1],
];
const mean = (...values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
const log = Math.log;
const CASES: Readonly<Record<string, readonly [loss: () => tf.Tensor, value: number | number[][]]>> = {
  'absolute difference': [() => L.absoluteDifference(Y, P), mean(0.2, 0.3, 0.6, 0.1)],
  'mean squared error': [() => L.meanSquaredError(Y, P), mean(0.04, 0.09, 0.36, 0.01)],
  'of rows by weight': [() => L.meanSquaredError(Y, P, [[3], [0]]), mean(0.12, 0.27)],
  'over all elements': [
    () => L.meanSquaredError(Y, P, { weights: [[3], [0]], reduction: L.Reduction.SUM_OVER_BATCH_SIZE }),
    mean(0.12, 0.27, 0, 0),
  ],
  'over the weights': [
    () => L.meanSquaredError(Y, P, { weights: [[3], [1]], reduction: L.Reduction.MEAN }),
    (0.12 + 0.27 + 0.36 + 0.01) / 8,
  ],
  sum: [() => L.meanSquaredError(Y, P, { reduction: L.Reduction.SUM }), 0.5],
  elements: [
    () => L.absoluteDifference(Y, P, { weights: 2, reduction: L.Reduction.NONE }),
    [
      [0.4, 0.6],
      [1.2, 0.2],
    ],
  ],
  'no weight at all': [() => L.meanSquaredError(Y, P, 0), 0],
  'no element': [() => L.meanSquaredError(tf.zeros([0, 2]), tf.zeros([0, 2])), 0],
  'cosine distance': [() => L.cosineDistance(Y, P, { axis: 1 }), mean(0.3, 0.6)],
  hinge: [() => L.hingeLoss(Y, P), mean(1.2, 0.3, 0.6, 1.1)],
  huber: [() => L.huberLoss([0, 0], [0.5, 3], { delta: 2 }), mean(0.125, 4)],
  log: [() => L.logLoss(Y, P), -mean(log(0.8), log(0.7), log(0.4), log(0.9))],
  'pairs of a row': [() => L.meanPairwiseSquaredError([[0, 1, 3]], [[0, 0, 0]]), mean(1, 9, 4)],
  'cross entropy of a sigmoid': [() => L.sigmoidCrossEntropy([1, 0], [0, 2]), mean(log(2), log(1 + Math.exp(2)))],
  'cross entropy of a softmax': [() => L.softmaxCrossEntropy([[0, 1]], [[0, 1]]), log(1 + Math.exp(-1))],
  'with smooth labels': [
    () => L.softmaxCrossEntropy([[0, 1]], [[0, 1]], { labelSmoothing: 0.2 }),
    log(1 + Math.exp(-1)) + 0.1,
  ],
  'cross entropy of classes': [
    () =>
      L.sparseSoftmaxCrossEntropy(
        [1, 0],
        [
          [0, 1],
          [0, 0],
        ],
        [1, 3],
      ),
    1.1963,
  ],
  'of classes in a column': [
    () =>
      L.sparseSoftmaxCrossEntropy(
        [[1], [0]],
        [
          [0, 1],
          [0, 0],
        ],
      ),
    0.5032,
  ],
};
describe.each(devices())('on $title', (mode) => {
  test.each(Object.keys(CASES))('%s', (name) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const [loss, value] = CASES[name];
      const sess = open(graph, mode);
      const got = sess.run(loss());
      const all = typeof got === 'number' ? [got] : Array.from((got as tf.NDArray).data, Number);
      const wanted = [value].flat(2);
      expect(all.length).toBe(wanted.length);
      all.forEach((v, i) => expect(v).toBeCloseTo(wanted[i], 3));
      sess.close();
    });
  });
});

test('losses are in a collection, penalties in another, and both are summed', () => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const a = L.meanSquaredError([1], [2], { scope: 'a' });
    L.absoluteDifference([1], [9], { lossCollection: null });
    const own = tf.constant(2, { name: 'own' });
    L.addLoss(own);
    tf.layers.dense(tf.ones([1, 2]), 1, {
      kernelInitializer: 'ones',
      kernelRegularizer: (w) => tf.reduceSum(tf.convertToTensor(w)),
    });
    expect(L.getLosses().map((t) => t.name)).toEqual([a.name, 'own:0']);
    expect(L.getLosses('own').map((t) => t === own)).toEqual([true]);
    expect(L.getRegularizationLosses().length).toBe(1);
    const sess = new tf.Session({ graph });
    sess.run(tf.globalVariablesInitializer());
    expect(sess.run([L.getTotalLoss(), L.getTotalLoss(false), L.getRegularizationLoss()])).toEqual([5, 3, 2]);
    sess.close();
  });
});
test('losses of labels of unknown rank are scalars', () => {
  new tf.Graph().asDefault(() => {
    const [labels, outputs] = ['y', 'p'].map((name) => tf.placeholder(tf.float32, null, { name }));
    const shapes = Object.values(L.Reduction).map((reduction) => [
      reduction,
      ...[L.absoluteDifference, L.meanSquaredError, L.logLoss, L.huberLoss, L.sigmoidCrossEntropy].map((loss) =>
        String(loss(labels, outputs, { reduction }).shape),
      ),
    ]);
    for (const [reduction, ...found] of shapes)
      expect([reduction, ...new Set(found)]).toEqual([reduction, reduction === 'none' ? '<unknown>' : '()']);
    expect(String(tf.contrib.layers.l1Regularizer(1)(labels)?.shape)).toBe('()');
  });
});
test.each<readonly [what: string, call: () => unknown, says: string]>([
  ['shapes that differ', () => L.meanSquaredError([1, 2], [1, 2, 3]), 'Shapes (3,) and (2,) are incompatible\n  fix: '],
  ['no labels', () => L.hingeLoss(null as never, [1]), 'labels'],
  [
    'weights of another rank',
    () => L.meanSquaredError(Y, P, [1, 2]),
    'values.rank=2. weights.rank=1. values.shape=(2, 2)',
  ],
  ['weights of another size', () => L.meanSquaredError(Y, P, [[1], [2], [3]]), 'Mismatch at dim 0. values.shape=[2 2]'],
  ['another reduction', () => L.meanSquaredError(Y, P, { reduction: 'mean' as never }), 'Invalid ReductionKey mean.'],
  ['no axis', () => L.cosineDistance(Y, P), "You must specify 'axis'."],
  ['two axes', () => L.cosineDistance(Y, P, { axis: 1, dim: 1 }), "Cannot specify both 'dim' and 'axis'"],
])('%s', (_, call, says) => {
  expect(() => new tf.Graph().asDefault(call)).toThrow(says);
});
