/** Rows of the surface test for tf.contrib, where docstrings show no number. */
import * as tf from '../src';
import type { Row } from './surface-rows';

export function contribRows(): Readonly<Record<string, Row>> {
  const { layers: L, losses: old, framework, training, slim, learn } = tf.contrib;
  const { projector } = tf.contrib.tensorboard.plugins;
  const picture = (): tf.Tensor => tf.ones([1, 2, 2, 1]);
  const ones = { weightsInitializer: tf.onesInitializer() };
  const fc = (): tf.Tensor => L.fullyConnected([[1, 2]], 2, ones);
  const pairs = (): [tf.Tensor, tf.Variable][] => [[tf.constant(4), new tf.Variable(1, { name: 'w' })]];
  const names = (found: readonly tf.Variable[]): string[] => found.map(({ op }) => op.name);
  const inScope = (call: () => readonly tf.Variable[]) => () => {
    fc();
    return names(call());
  };
  const both = ['fully_connected/weights', 'fully_connected/biases'];
  const down = (make: (loss: tf.Tensor) => tf.Tensor) => (sess: tf.Session) => {
    const w = tf.getVariable('w', [], { initializer: tf.onesInitializer() });
    const train = make(tf.square(w));
    sess.run(tf.globalVariablesInitializer());
    return [sess.run(train), sess.run(train)];
  };
  const sgd = (): tf.train.Optimizer => new tf.train.GradientDescentOptimizer(0.25);
  return {
    'tf.contrib.layers.fullyConnected': [fc, [[3, 3]]],
    'tf.contrib.layers.linear': [() => L.linear([[1, 2]], 2, ones), [[3, 3]]],
    'tf.contrib.layers.softmax': [() => L.softmax([[0, 0]]), [[0.5, 0.5]]],
    'tf.contrib.layers.relu': [() => L.relu([[1, -2]], 2, ones), [[0, 0]]],
    'tf.contrib.layers.relu6': [() => L.relu6([[4, 5]], 1, ones), [[6]]],
    'tf.contrib.layers.conv2d': [() => L.conv2d(picture(), 1, 2, { padding: 'VALID', ...ones }), [[[[4]]]]],
    'tf.contrib.layers.convolution2d': [
      () => L.convolution2d(picture(), 1, 2, { padding: 'VALID', ...ones }),
      [[[[4]]]],
    ],
    'tf.contrib.layers.conv1d': [() => L.conv1d([[[1], [2]]], 1, 2, { padding: 'VALID', ...ones }), [[[3]]]],
    'tf.contrib.layers.convolution1d': [
      () => L.convolution1d([[[1], [2]]], 1, 2, { padding: 'VALID', ...ones }),
      [[[3]]],
    ],
    'tf.contrib.layers.conv2dTranspose': [() => L.conv2dTranspose([[[[3]]]], 1, 1, ones), [[[[3]]]]],
    'tf.contrib.layers.convolution2dTranspose': [() => L.convolution2dTranspose([[[[3]]]], 1, 1, ones), [[[[3]]]]],
    'tf.contrib.layers.maxPool2d': [
      () =>
        L.maxPool2d(
          [
            [
              [[1], [3]],
              [[2], [2]],
            ],
          ],
          2,
        ),
      [[[[3]]]],
    ],
    'tf.contrib.layers.avgPool2d': [
      () =>
        L.avgPool2d(
          [
            [
              [[1], [3]],
              [[2], [2]],
            ],
          ],
          2,
        ),
      [[[[2]]]],
    ],
    'tf.contrib.layers.batchNorm': [() => L.batchNorm([[2]], { isTraining: false, epsilon: 3 }), [[1]]],
    'tf.contrib.layers.layerNorm': [() => L.layerNorm([[1, 3]]), [[-1, 1]]],
    'tf.contrib.layers.biasAdd': [() => L.biasAdd([[1, 2]], { initializer: tf.onesInitializer() }), [[2, 3]]],
    'tf.contrib.layers.dropout': [() => L.dropout([1, 2], 0.5, { isTraining: false }), [1, 2]],
    'tf.contrib.layers.embedSequence': [
      () => L.embedSequence([[0, 1]], 2, 1, { initializer: tf.onesInitializer() }),
      [[[1], [1]]],
    ],
    'tf.contrib.layers.repeat': [() => L.repeat([[1, 1]], 2, L.fullyConnected, 2, ones), [[4, 4]]],
    'tf.contrib.layers.stack': [() => L.stack([[1, 1]], L.fullyConnected, [2, 1], ones), [[4]]],
    'tf.contrib.layers.varianceScalingInitializer': [
      () => L.varianceScalingInitializer()([2, 3]),
      (v: unknown) => (v as unknown[]).length === 2,
    ],
    'tf.contrib.layers.xavierInitializerConv2d': [
      () => L.xavierInitializerConv2d().call([2, 3]),
      (v: unknown) => (v as unknown[]).length === 2,
    ],
    'tf.contrib.layers.l1L2Regularizer': [() => L.l1L2Regularizer(0.5, 0.5)(tf.constant([1, -3])), 4.5],
    'tf.contrib.layers.sumRegularizer': [
      () => L.sumRegularizer([L.l1Regularizer(0.5), L.l2Regularizer(0.5)])!(tf.constant([1, -3])),
      4.5,
    ],
    'tf.contrib.layers.applyRegularization': [
      () => L.applyRegularization(L.l2Regularizer(0.5), [tf.constant([1, -3]), tf.constant([2])]),
      3.5,
    ],
    'tf.contrib.layers.optimizeLoss': [
      down((loss) => L.optimizeLoss(loss, tf.train.getOrCreateGlobalStep(), 0.25, 'SGD')),
      [1, 0.25],
    ],
    'tf.contrib.layers.summarizeTensor': [
      () => L.summarizeTensor(tf.constant(1, { name: 'loss' }))!.op.type,
      'ScalarSummary',
    ],
    'tf.contrib.layers.summarizeTensors': [() => L.summarizeTensors([tf.constant(1), tf.constant([1, 2])]).length, 2],
    'tf.contrib.layers.summarizeActivation': [
      () => L.summarizeActivation(tf.nn.relu([1, -1])).op.type,
      'HistogramSummary',
    ],
    'tf.contrib.layers.summarizeActivations': [() => L.summarizeActivations().length, 0],
    'tf.contrib.layers.summarizeCollection': [() => L.summarizeCollection(tf.GraphKeys.GLOBAL_VARIABLES).length, 0],
    'tf.contrib.framework.argScope': [
      () => framework.argScope([L.fullyConnected], ones, () => L.fullyConnected([[1, 2]], 1)),
      [[3]],
    ],
    'tf.contrib.framework.addArgScope': [
      () => {
        const scale = framework.addArgScope((x: number, { by = 1 }: { by?: number } = {}) => x * by);
        return framework.argScope([scale], { by: 3 }, () => [scale(2), scale(2, { by: 5 })]);
      },
      [6, 10],
    ],
    'tf.contrib.framework.hasArgScope': [() => framework.hasArgScope(L.conv2d), true],
    'tf.contrib.framework.variable': [
      () => framework.variable('w', [2], { initializer: tf.onesInitializer() }),
      [1, 1],
    ],
    'tf.contrib.framework.modelVariable': [
      () => framework.modelVariable('w', [2], { initializer: tf.onesInitializer() }),
      [1, 1],
    ],
    'tf.contrib.framework.localVariable': [() => names([framework.localVariable(3, { name: 'n' })]), ['n']],
    'tf.contrib.framework.addModelVariable': [() => framework.addModelVariable(new tf.Variable(1)), undefined],
    'tf.contrib.framework.assertSameFloatDtype': [
      () => framework.assertSameFloatDtype([tf.constant(1)]).name,
      'float32',
    ],
    'tf.contrib.framework.getVariables': [inScope(() => framework.getVariables('fully_connected')), both],
    'tf.contrib.framework.getModelVariables': [inScope(() => framework.getModelVariables()), both],
    'tf.contrib.framework.getLocalVariables': [inScope(() => framework.getLocalVariables()), []],
    'tf.contrib.framework.getTrainableVariables': [inScope(() => framework.getTrainableVariables()), both],
    'tf.contrib.framework.getVariablesBySuffix': [
      inScope(() => framework.getVariablesBySuffix('weights')),
      both.slice(0, 1),
    ],
    'tf.contrib.framework.getVariablesByName': [inScope(() => framework.getVariablesByName('biases')), both.slice(1)],
    'tf.contrib.framework.getVariablesToRestore': [inScope(() => framework.getVariablesToRestore()), both],
    'tf.contrib.framework.getUniqueVariable': [inScope(() => [framework.getUniqueVariable(both[0])]), both.slice(0, 1)],
    'tf.contrib.training.createTrainOp': [down((loss) => training.createTrainOp(loss, sgd())), [1, 0.25]],
    'tf.contrib.training.addGradientsSummaries': [() => training.addGradientsSummaries(pairs()).length, 2],
    'tf.contrib.training.clipGradientNorms': [() => training.clipGradientNorms(pairs(), 1)[0][0], 1],
    'tf.contrib.training.clipGradientNormsFn': [() => training.clipGradientNormsFn(1)(pairs())[0][0], 1],
    'tf.contrib.training.multiplyGradients': [() => training.multiplyGradients(pairs(), { w: 0.5 })[0][0], 2],
    'tf.contrib.slim.learning.createTrainOp': [
      down((loss) => slim.learning.createTrainOp(loss, sgd(), { clipGradientNorm: 1 })),
      [1, 0.5625],
    ],
    'tf.contrib.slim.modelAnalyzer.analyzeVars': [
      () => slim.modelAnalyzer.analyzeVars([new tf.Variable([1, 2, 3])]),
      [3, 12],
    ],
    'tf.contrib.slim.modelAnalyzer.analyzeOps': [
      () => {
        tf.zeros([2, 3]);
        return slim.modelAnalyzer.analyzeOps(tf.getDefaultGraph()) >= 6;
      },
      true,
    ],
    'tf.contrib.losses.absoluteDifference': [() => old.absoluteDifference([2, 5], [1, 2]), 2],
    'tf.contrib.losses.meanSquaredError': [() => old.meanSquaredError([2, 5], [1, 2]), 5],
    'tf.contrib.losses.logLoss': [() => old.logLoss([0.5], [1]), Math.LN2],
    'tf.contrib.losses.cosineDistance': [() => old.cosineDistance([[0.6, 0.8]], [[1, 0]], 1), 0.4],
    'tf.contrib.losses.meanPairwiseSquaredError': [() => old.meanPairwiseSquaredError([[1, 2]], [[1, 4]]), 2],
    'tf.contrib.losses.hingeLoss': [() => old.hingeLoss([-2, 0.5], [0, 1]), [0, 0.5]],
    'tf.contrib.losses.sigmoidCrossEntropy': [() => old.sigmoidCrossEntropy([[0, 0]], [[1, 0]]), Math.LN2],
    'tf.contrib.losses.softmaxCrossEntropy': [() => old.softmaxCrossEntropy([[2, 2]], [[0, 1]]), Math.LN2],
    'tf.contrib.losses.sparseSoftmaxCrossEntropy': [() => old.sparseSoftmaxCrossEntropy([[2, 2]], [1]), Math.LN2],
    'tf.contrib.losses.computeWeightedLoss': [() => old.computeWeightedLoss([1, 2, 6], [1, 0, 1]), 3.5],
    'tf.contrib.losses.getTotalLoss': [
      () => {
        old.meanSquaredError([1], [3]);
        return old.getTotalLoss();
      },
      4,
    ],
    'tf.contrib.learn.preprocessing.VocabularyProcessor': [
      () => [...new learn.preprocessing.VocabularyProcessor(3).fitTransform(['a b', 'b c'])],
      [
        [1, 2, 0],
        [2, 3, 0],
      ],
    ],
    'tf.contrib.tensorboard.plugins.projector.SpriteMetadata': [() => new projector.SpriteMetadata().imagePath, ''],
    'tf.contrib.tensorboard.plugins.projector.EmbeddingInfo': [() => new projector.EmbeddingInfo().tensorShape, []],
    'tf.contrib.tensorboard.plugins.projector.ProjectorConfig': [
      () => {
        const config = new projector.ProjectorConfig();
        config.embeddings.add().tensorName = 'w';
        return String(config);
      },
      'embeddings {\n  tensor_name: "w"\n}\n',
    ],
    'tf.contrib.tensorboard.plugins.projector.visualizeEmbeddings': [
      () => projector.visualizeEmbeddings.length >= 0,
      true,
    ],
    'tf.contrib.learn.preprocessing.Vocabulary': [() => new learn.preprocessing.Vocabulary().length, 1],
  };
}
