/**
 * tf.metrics beside TensorFlow 1.15: values in runs 1, 4 and 40, recorded by fixtures/record/metrics.py, and what
 * collections and variables have. Their graphs are held by test/calls/graphs.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '../../src';
import { devices, open } from '../devices';

const RUNS = [1, 4, 40];
const RECORDED = JSON.parse(readFileSync(path.join(__dirname, '../fixtures/metrics.json'), 'utf8')) as Readonly<
  Record<string, readonly (readonly [updated: readonly (number | string)[], value: readonly (number | string)[]])[]>
>;
/** What is fed in a run, as the recorder feeds. */
const FED: Readonly<
  Record<string, readonly [dtype: tf.DType, shape: number[], of: (i: number, run: number) => number | boolean]>
> = {
  p: [tf.float32, [4, 3], (i, run) => ((i * 7 + run * 5) % 11) / 10],
  q: [tf.float32, [4, 3], (i, run) => ((i * 5 + run * 3) % 13) / 12],
  t: [tf.bool, [4, 3], (i, run) => (i * 3 + run) % 4 === 0],
  c: [tf.int64, [4, 3], (i, run) => (i * 5 + run * 3) % 4],
  d: [tf.int64, [4, 3], (i, run) => (i * 7 + run) % 4],
  e: [tf.int64, [4], (i, run) => (i * 2 + run) % 3],
  w: [tf.float32, [4, 3], (i, run) => ((i + run) % 3) / 2],
  r: [tf.float32, [4], (i, run) => ((i + run) % 3) / 2],
};
function nested([rows, columns]: readonly number[], at: (i: number) => number | boolean): unknown[] {
  return Array.from({ length: rows }, (_, r) =>
    columns === undefined ? at(r) : Array.from({ length: columns }, (__, c) => at(r * columns + c)),
  );
}
const flat = (value: unknown): unknown[] =>
  value instanceof tf.NDArray ? Array.from(value.data as Float32Array) : [value];
function expectNear(got: unknown, want: readonly (number | string)[]): void {
  const values = flat(got);
  expect(values.length).toBe(want.length);
  values.forEach((v, i) => {
    if (typeof want[i] === 'string') expect(String(v).toLowerCase()).toBe(want[i]);
    else expect(Math.abs(Number(v) - Number(want[i]))).toBeLessThan(1e-5 * Math.max(1, Math.abs(Number(want[i]))));
  });
}

describe.each(devices())('on $title', (mode) => {
  test.each(Object.keys(RECORDED))('%s', (code) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const operands = Object.entries(FED).map(([name, [dtype, shape]]) => tf.placeholder(dtype, shape, name));
      const [value, update] = new Function('tf', ...Object.keys(FED), `return ${code};`)(
        tf,
        ...operands,
      ) as tf.Tensor[];
      const sess = open(graph, mode);
      sess.run(tf.localVariablesInitializer());
      for (let run = 1; run <= 40; run++) {
        const feeds = Object.fromEntries(
          Object.entries(FED).map(([name, [, shape, of]]) => [`${name}:0`, nested(shape, (i) => of(i, run))]),
        ) as Record<string, number[]>;
        const updated = sess.run(update, feeds);
        const at = RUNS.indexOf(run);
        if (at < 0) continue;
        expectNear(updated, RECORDED[code][at][0]);
        expectNear(sess.run(value), RECORDED[code][at][1]);
      }
      sess.close();
    });
  });
});

test('values and updates are in the collections that are asked for, counts are local variables', () => {
  new tf.Graph().asDefault(() => {
    const [value, update] = tf.metrics.precision([1, 0], [1, 1], {
      metricsCollections: 'm',
      updatesCollections: ['u'],
    });
    const found = ['m', 'u'].map((key) => tf.getCollection<tf.Tensor>(key));
    expect(found.map((all) => all.length)).toEqual([1, 1]);
    expect(found[0][0] === value && found[1][0] === update).toBe(true);
    expect(tf.globalVariables()).toEqual([]);
    expect(tf.localVariables().map((v) => v.name)).toEqual([
      'precision/true_positives/count:0',
      'precision/false_positives/count:0',
    ]);
    expect(tf.getCollection<tf.Variable>(tf.GraphKeys.METRIC_VARIABLES).map((v) => v.name)).toEqual(
      tf.localVariables().map((v) => v.name),
    );
    expect(tf.trainableVariables()).toEqual([]);
  });
});
test('prediction and label of other shapes than the graph knew are refused when it runs', () => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const [x, w] = [tf.placeholder(tf.float32, [null, 2]), tf.placeholder(tf.float32, [null, 2])];
    const [, update] = tf.metrics.mean(x, w);
    const [, auc] = tf.metrics.auc([true, false], tf.reshape(x, [-1]));
    const sess = new tf.Session({ graph });
    sess.run(tf.localVariablesInitializer());
    const feed = (rows: number[][], weights: number[][]): [tf.Tensor, number[][]][] => [
      [x, rows],
      [w, weights],
    ];
    expect(sess.run(update, feed([[1, 3]], [[3, 1]]))).toBe(1.5);
    expect(() =>
      sess.run(
        update,
        feed(
          [[1, 3]],
          [
            [3, 1],
            [1, 1],
          ],
        ),
      ),
    ).toThrow('weights can not be broadcast to values.');
    expect(() => sess.run(auc, [[x, [[0.5, 1.5]]]])).toThrow('predictions must be in [0, 1]');
    sess.close();
  });
});
test.each<readonly [what: string, call: () => unknown, says: string]>([
  [
    'another curve',
    () => tf.metrics.auc([1], [0.5], { curve: 'AUC' as never }),
    'curve must be either ROC or PR, AUC unknown',
  ],
  ['another sum', () => tf.metrics.auc([1], [0.5], { summationMethod: 'x' as never }), 'Invalid summation_method: x'],
  ['shapes that differ', () => tf.metrics.accuracy([1, 2], [1, 2, 3]), 'Shapes (3,) and (2,) are incompatible'],
  ['weights of another size', () => tf.metrics.mean([[1], [2]], [[1], [2], [3]]), 'Mismatch at dim 0. values.shape='],
  ['no k', () => tf.metrics.averagePrecisionAtK([[1]], [[0.5]], 0), 'Invalid k=0.'],
  [
    'a specificity above 1',
    () => tf.metrics.sensitivityAtSpecificity([1], [0.5], 2),
    '`specificity` must be in the range',
  ],
  [
    'a sensitivity below 0',
    () => tf.metrics.specificityAtSensitivity([1], [0.5], -1),
    '`sensitivity` must be in the range',
  ],
  ['sets of numbers', () => tf.sets.union(tf.ones([1, 2]), tf.ones([1, 2])), "'a' invalid dtype <dtype: 'float32'>."],
  [
    'a sparse tensor of too few values',
    () => new tf.SparseTensor([[0, 0]], [1, 2], [1, 2]),
    'Dimensions 1 and 2 are not compatible',
  ],
])('%s', (_, call, says) => {
  expect(() => new tf.Graph().asDefault(call)).toThrow(says);
});
test('classes out of range are refused', () => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const x = tf.placeholder(tf.int32, [2]);
    const sess = new tf.Session({ graph });
    const m = tf.confusionMatrix(x, [0, 1], { numClasses: 2 });
    expect((sess.run(m, [[x, [1, 1]]]) as tf.NDArray).toArray()).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(() => sess.run(m, [[x, [1, 2]]])).toThrow('`labels` out of bound');
    expect(() => sess.run(m, [[x, [1, -1]]])).toThrow('`labels` contains negative values');
    sess.close();
  });
});
