/** Rows of metrics and of messages of graphs for surface-rows.ts: what the update gives after the first batch. */
import * as tf from '../src';

type Row = readonly [call: (sess: tf.Session) => unknown, fact: unknown];
/** Three nodes, each of which reads the one before. */
function chain(): tf.GraphDef {
  tf.sqrt(tf.identity(tf.constant([1, 2], { name: 'a' }), 'b'), 'c');
  return tf.getDefaultGraph().asGraphDef();
}
const names = (def: tf.GraphDef): string[] => def.node.map(({ name }) => name);
const first =
  (build: () => readonly [tf.Tensor, tf.Tensor]) =>
  (sess: tf.Session): unknown => {
    const [, update] = build();
    sess.run(tf.localVariablesInitializer());
    return sess.run(update);
  };
const M = tf.metrics;
const LABELS = [1, 1, 0, 0, 0];
const GUESSES = [1, 0, 1, 0, 0];
const CUT = [0.2, 0.5];
const ROWS: Readonly<Record<string, readonly [build: () => readonly [tf.Tensor, tf.Tensor], fact: unknown]>> = {
  mean: [() => M.mean([1, 2, 6]), 3],
  meanTensor: [() => M.meanTensor([1, 2]), [1, 2]],
  accuracy: [() => M.accuracy([1, 2, 3, 4], [1, 2, 0, 4]), 0.75],
  meanAbsoluteError: [() => M.meanAbsoluteError([1, 2], [2, 5]), 2],
  meanSquaredError: [() => M.meanSquaredError([1, 2], [2, 5]), 5],
  rootMeanSquaredError: [() => M.rootMeanSquaredError([0, 0], [3, 5]), 4.1231],
  meanCosineDistance: [() => M.meanCosineDistance([[1, 0]], [[0.6, 0.8]], 1), 0.4],
  meanRelativeError: [() => M.meanRelativeError([1, 4], [2, 2], [1, 4]), 0.75],
  percentageBelow: [() => M.percentageBelow([1, 2, 3, 4], 2.5), 0.5],
  meanPerClassAccuracy: [() => M.meanPerClassAccuracy([0, 0, 0, 1], [0, 0, 1, 1], 2), [0.6667, 1]],
  meanIou: [
    () => M.meanIou([0, 0, 1, 1], [0, 1, 1, 1], 2),
    [
      [1, 1],
      [0, 2],
    ],
  ],
  truePositives: [() => M.truePositives(LABELS, GUESSES), 1],
  falsePositives: [() => M.falsePositives(LABELS, GUESSES), 1],
  trueNegatives: [() => M.trueNegatives(LABELS, GUESSES), 2],
  falseNegatives: [() => M.falseNegatives(LABELS, GUESSES), 1],
  precision: [() => M.precision(LABELS, GUESSES), 0.5],
  recall: [() => M.recall(LABELS, GUESSES), 0.5],
  truePositivesAtThresholds: [() => M.truePositivesAtThresholds([1, 1, 0], [0.9, 0.4, 0.6], CUT), [2, 1]],
  falsePositivesAtThresholds: [() => M.falsePositivesAtThresholds([1, 1, 0], [0.9, 0.4, 0.6], CUT), [1, 1]],
  trueNegativesAtThresholds: [() => M.trueNegativesAtThresholds([1, 1, 0], [0.9, 0.4, 0.6], CUT), [0, 0]],
  falseNegativesAtThresholds: [() => M.falseNegativesAtThresholds([1, 1, 0], [0.9, 0.4, 0.6], CUT), [0, 1]],
  precisionAtThresholds: [() => M.precisionAtThresholds([1, 1, 0], [0.9, 0.4, 0.6], CUT), [0.6667, 0.5]],
  recallAtThresholds: [() => M.recallAtThresholds([1, 1, 0], [0.9, 0.4, 0.6], CUT), [1, 0.5]],
  sensitivityAtSpecificity: [() => M.sensitivityAtSpecificity([0, 0, 1, 1], [0.1, 0.6, 0.5, 0.9], 0.5), 1],
  specificityAtSensitivity: [() => M.specificityAtSensitivity([0, 0, 1, 1], [0.1, 0.6, 0.5, 0.9], 0.5), 1],
  auc: [() => M.auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), 0.75],
  precisionAtK: [
    () =>
      M.precisionAtK(
        [[1], [2]],
        [
          [0.1, 0.7, 0.2],
          [0.5, 0.3, 0.2],
        ],
        2,
      ),
    0.25,
  ],
  precisionAtTopK: [
    () =>
      M.precisionAtTopK(
        [[1], [2]],
        [
          [1, 2],
          [0, 1],
        ],
      ),
    0.25,
  ],
  sparsePrecisionAtK: [
    () =>
      M.sparsePrecisionAtK(
        [[1], [2]],
        [
          [0.1, 0.7, 0.2],
          [0.5, 0.3, 0.2],
        ],
        2,
      ),
    0.25,
  ],
  recallAtK: [
    () =>
      M.recallAtK(
        [[1], [2]],
        [
          [0.1, 0.7, 0.2],
          [0.5, 0.3, 0.2],
        ],
        2,
      ),
    0.5,
  ],
  recallAtTopK: [
    () =>
      M.recallAtTopK(
        [[1], [2]],
        [
          [1, 2],
          [0, 1],
        ],
      ),
    0.5,
  ],
  averagePrecisionAtK: [
    () =>
      M.averagePrecisionAtK(
        [[1], [2]],
        [
          [0.1, 0.7, 0.2],
          [0.5, 0.3, 0.2],
        ],
        3,
      ),
    0.6667,
  ],
  sparseAveragePrecisionAtK: [() => M.sparseAveragePrecisionAtK([[1]], [[0.1, 0.7, 0.2]], 1), 1],
};
const SETS = [[[1, 2, 3]], [[3, 5, 1]]] as const;
const valuesOf =
  (build: () => tf.SparseTensor) =>
  (sess: tf.Session): unknown =>
    sess.run(build()).values;

export const METRIC_ROWS: Readonly<Record<string, Row>> = {
  ...Object.fromEntries(
    Object.entries(ROWS).map(([name, [build, fact]]): [string, Row] => [`tf.metrics.${name}`, [first(build), fact]]),
  ),
  'tf.SparseTensor': [(sess) => sess.run(new tf.SparseTensor([[0, 1]], [7], [1, 2])).denseShape, [1, 2]],
  'tf.confusionMatrix': [
    () => tf.confusionMatrix([0, 1, 1], [0, 0, 1]),
    [
      [1, 0],
      [1, 1],
    ],
  ],
  'tf.graphUtil.extractSubGraph': [() => names(tf.graphUtil.extractSubGraph(chain(), ['b'])), ['a', 'b']],
  'tf.graphUtil.removeTrainingNodes': [() => names(tf.graphUtil.removeTrainingNodes(chain(), ['c'])), ['a', 'c']],
  'tf.graphUtil.mustRunOnCpu': [() => tf.graphUtil.mustRunOnCpu(tf.constant('text').op), true],
  'tf.graphUtil.tensorShapeFromNodeDefName': [
    () => {
      chain();
      return tf.graphUtil.tensorShapeFromNodeDefName(tf.getDefaultGraph(), 'a').dims;
    },
    [2],
  ],
  'tf.graphUtil.convertVariablesToConstants': [
    (sess) => {
      const v = new tf.Variable([1, 2], { name: 'v' });
      sess.run(v.initializer);
      const def = tf.getDefaultGraph().asGraphDef();
      return tf.graphUtil.convertVariablesToConstants(sess, def, ['v/read']).node.map(({ op }) => op);
    },
    ['Const', 'Identity'],
  ],
  'tf.graphUtil.convertConstantsToVariables': [
    () => names(tf.graphUtil.convertConstantsToVariables(chain()).graphDef),
    ['a/initial_value', 'a', 'a/Assign', 'a/read', 'b', 'c'],
  ],
  'tf.train.checkpointsIterator': [() => [...tf.train.checkpointsIterator('/no/such/folder', { timeout: 0 })], []],
  'tf.sets.size': [() => tf.sets.size(tf.sets.union(...SETS)), [4]],
  'tf.sets.union': [valuesOf(() => tf.sets.union(...SETS)), [1, 2, 3, 5]],
  'tf.sets.intersection': [valuesOf(() => tf.sets.intersection(...SETS)), [1, 3]],
  'tf.sets.difference': [valuesOf(() => tf.sets.difference(...SETS)), [2]],
};
