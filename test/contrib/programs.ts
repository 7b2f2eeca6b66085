/** Programs of tf.contrib, as fixtures/record/contrib.py has them in Python. */
import * as tf from '../../src';
import type { Programs } from '../layers/same-programs';

const { layers: L, slim } = tf.contrib;
const rows = (...shape: number[]): tf.Tensor => tf.placeholder(tf.float32, [null, ...shape], { name: 'x' });
const meanSquare = (y: tf.Tensor): tf.Tensor => tf.reduceMean(tf.square(y));
/** Python's shape[-1:]. */
const last = (shape: tf.Tensor): tf.Tensor => shape.get([-1, null]);

export const PROGRAMS: Programs = {
  'two layers': () => L.fullyConnected(L.fullyConnected(rows(4), 3), 2, { activationFn: null, scope: 'logits' }),
  'without biases': () =>
    L.fullyConnected(rows(5, 4), 3, tf.nn.tanh, { biasesInitializer: null, weightsRegularizer: L.l2Regularizer(0.1) }),
  shared() {
    const y = L.fullyConnected(rows(4), 4, {
      scope: 'same',
      variablesCollections: ['mine'],
      outputsCollections: 'ends',
    });
    return L.fullyConnected(y, 4, { scope: 'same', reuse: true, trainable: false });
  },
  'linear and kin': () =>
    L.linear(L.relu6(L.relu(rows(4), 3), 3, { scope: 'six' }), 2, {
      weightsInitializer: L.varianceScalingInitializer(),
    }),
  pictures() {
    let y: tf.Tensor = L.conv2d(rows(8, 8, 2), 3, 3);
    y = L.maxPool2d(y, 2);
    y = L.convolution2d(y, 4, [2, 3], { stride: [2, 1], padding: 'VALID', activationFn: null, scope: 'second' });
    y = L.avgPool2d(y, [2, 1], 1, { padding: 'SAME' });
    return L.fullyConnected(L.flatten(y), 2);
  },
  lines: () => L.conv1d(rows(9, 2), 3, 2, { padding: 'VALID' }),
  'larger pictures': () =>
    L.conv2dTranspose(rows(3, 3, 2), 3, 3, { stride: 2, weightsInitializer: L.xavierInitializer(false) }),
  'normalized convolution'() {
    const normalizerParams = { isTraining: true, scale: true, decay: 0.9 };
    const y = L.conv2d(rows(6, 6, 2), 3, 3, { normalizerFn: L.batchNorm, normalizerParams });
    return L.conv2d(y, 2, 3, { normalizerFn: L.batchNorm });
  },
  'normalized rows': () => L.batchNorm(rows(3), { decay: 0.9, scale: true }),
  'normalized rows of averages': () => L.batchNorm(rows(3), { isTraining: false, activationFn: tf.nn.relu }),
  'normalized at once': () => L.batchNorm(rows(4, 4, 3), { updatesCollections: null, decay: 0.5, center: false }),
  'normalized rows at once': () => L.batchNorm(rows(3), { updatesCollections: null, decay: 0.5, scope: 'bn' }),
  'normalized where a run says'() {
    const isTraining = tf.placeholderWithDefault(true, [], { name: 'training' });
    return L.batchNorm(rows(3), { isTraining, decay: 0.5 });
  },
  'normalized not as one node': () =>
    L.batchNorm(rows(4, 4, 3), { fused: false, paramInitializers: { beta: tf.onesInitializer() } }),
  renormalized() {
    const renormClipping = { rmax: 1.5, dmax: 0.5 };
    const y = L.batchNorm(rows(3), { renorm: true, renormDecay: 0.8, decay: 0.9, renormClipping });
    return slim.batchNorm(y, { renorm: true, isTraining: false, scope: 'kept', fused: false });
  },
  'renormalized convolution'() {
    const normalizerParams = { isTraining: true, scale: true, decay: 0.9, renorm: true };
    return L.conv2d(rows(6, 6, 2), 3, 3, { normalizerFn: L.batchNorm, normalizerParams });
  },
  adjusted: () =>
    L.batchNorm(rows(4, 4, 3), { adjustment: (shape) => [tf.fill(last(shape), 1.5), tf.fill(last(shape), 0.25)] }),
  'normalized by weights'() {
    const y = L.batchNorm(rows(4, 4, 3), { batchWeights: tf.constant([1, 3]), decay: 0.5, scale: true });
    const more = { dataFormat: 'NCHW', center: false, activationFn: tf.nn.relu };
    return L.batchNorm(y, { batchWeights: [0.5, 2], ...more });
  },
  'normalized at once as many': () => L.batchNorm(rows(2, 4, 3), { updatesCollections: null, decay: 0.5 }),
  'normalized elsewhere as many'() {
    const elsewhere = { updatesCollections: 'mine', fused: false };
    const first = { decay: 0.5, scope: 'first', dataFormat: 'NCHW', scale: true };
    return L.batchNorm(L.batchNorm(rows(4, 4, 3), { ...elsewhere, ...first }), { ...elsewhere, isTraining: false });
  },
  'normalized as many where a run says'() {
    const isTraining = tf.placeholderWithDefault(true, [], { name: 'training' });
    const y = L.batchNorm(rows(4, 3), { isTraining, updatesCollections: null, decay: 0.5 });
    return L.batchNorm(y, { isTraining, batchWeights: [1, 2], decay: 0.5 });
  },
  'normalized without bias'() {
    const y = L.batchNorm(rows(3), { zeroDebiasMovingMean: true, decay: 0.5 });
    return L.batchNorm(y, { zeroDebiasMovingMean: true, fused: false, scope: 'other', updatesCollections: null });
  },
  'normalized layers': () =>
    L.layerNorm(L.layerNorm(rows(4, 3)), { center: false, beginNormAxis: 2, activationFn: tf.nn.relu }),
  biases: () => L.biasAdd(rows(3), { activationFn: tf.nn.relu, initializer: tf.onesInitializer() }),
  dropped: () => L.dropout(L.dropout(rows(6), 0.6, { seed: 3 }), { isTraining: false }),
  encoded() {
    const x = rows(2);
    return [L.oneHotEncoding(tf.cast(x, tf.int32), 3), L.softmax(x)];
  },
  embedded: () => L.embedSequence(tf.cast(tf.abs(rows(2)).mul(3), tf.int32), 5, 4),
  repeated: () =>
    L.stack(L.flatten(L.repeat(rows(6, 6, 2), 2, L.conv2d, 3, [3, 3], { scope: 'conv' })), L.fullyConnected, [4, 2]),
  'in an arg scope'() {
    const x = rows(6, 6, 2);
    const settings = { activationFn: tf.nn.tanh, weightsRegularizer: slim.l2Regularizer(0.1) };
    const [y, kept] = slim.argScope([slim.conv2d, slim.fullyConnected], settings, (scope) =>
      slim.argScope([slim.conv2d], { padding: 'VALID', stride: 2 }, () => {
        const one = slim.conv2d(x, 3, [3, 3], { scope: 'one' });
        return [slim.conv2d(one, 3, [2, 2], { stride: 1, scope: 'two' }), scope] as const;
      }),
    );
    return slim.argScope(kept, () => slim.fullyConnected(slim.flatten(y), 2, { activationFn: null }));
  },
  'in parts'() {
    const two = tf.fixedSizePartitioner(2);
    const ones = { initializer: tf.onesInitializer() };
    const w = slim.variable('w', [4, 3], { ...ones, partitioner: two, regularizer: L.l2Regularizer(0.1) });
    const v = slim.modelVariable('v', [3, 5], {
      collections: ['mine'],
      partitioner: tf.fixedSizePartitioner(3, 1),
      initializer: tf.zerosInitializer(),
    });
    const u = slim.argScope([slim.modelVariable], { partitioner: two }, () =>
      slim.modelVariable('u', [3, 5], { ...ones, useResource: true, device: '/cpu:0', trainable: false }),
    );
    return tf.matmul(tf.matmul(rows(4), w), tf.add(v, u));
  },
  'parts through a getter'() {
    const partitioner = tf.fixedSizePartitioner(2);
    const given = { initializer: tf.onesInitializer(), partitioner };
    const customGetter: tf.CustomGetter = (getter, name, options) => tf.mul(getter(name, options), 2) as never;
    const w = tf.variableScope('parts', { customGetter }, () => slim.modelVariable('w', [4, 3], given));
    const [first, second] = tf.variableScope('again', (scope) => {
      const made = slim.variable('w', [3, 3], given);
      scope.reuseVariables();
      return [made, slim.variable('w', [3, 3], { partitioner })];
    });
    return tf.matmul(tf.matmul(rows(4), w), tf.convertToTensor(first)).add(tf.reduceSum(second));
  },
  penalties() {
    const initializer = tf.onesInitializer();
    const w = [...'ab'].map((name) => tf.getVariable(name, [2], { initializer }));
    L.applyRegularization(L.l1L2Regularizer(0.5, 0.25), w);
    L.applyRegularization(L.sumRegularizer([L.l1Regularizer(0.5), L.l2Regularizer(0.5)], 'both')!, w);
    return rows(2).mul(w[0]);
  },
  summaries() {
    const y = L.fullyConnected(rows(3), 2);
    tf.addToCollection('activations', y);
    L.summarizeActivations();
    L.summarizeCollection('variables', 'fully_connected/w');
    L.summarizeTensors([tf.reduceSum(y), y]);
    return y;
  },
  'a training step'() {
    const y = L.batchNorm(L.fullyConnected(rows(3), 2));
    const optimizer = new tf.train.GradientDescentOptimizer(0.1);
    return tf.contrib.training.createTrainOp(meanSquare(y), optimizer, { summarizeGradients: true });
  },
  'a training step of slim'() {
    const y = slim.fullyConnected(rows(3), 2);
    tf.losses.meanSquaredError(tf.zerosLike(y), y);
    return slim.learning.createTrainOp(tf.losses.getTotalLoss(), new tf.train.MomentumOptimizer(0.1, 0.9), {
      clipGradientNorm: 0.5,
      gradientMultipliers: { 'fully_connected/weights': 0.5 },
    });
  },
  'losses of slim'() {
    const x = rows(3);
    const y = L.fullyConnected(x, 3, tf.sigmoid, { weightsRegularizer: L.l2Regularizer(0.1) });
    slim.losses.absoluteDifference(y, x);
    slim.losses.meanSquaredError(y, x, 0.5, 'mine');
    slim.losses.logLoss(y, tf.sigmoid(x), { epsilon: 1e-3 });
    slim.losses.cosineDistance(y, x, 1);
    slim.losses.meanPairwiseSquaredError(y, x);
    slim.losses.addLoss(tf.reduceSum(slim.losses.hingeLoss(y, tf.sign(x))));
    return slim.losses.getTotalLoss();
  },
  'losses of slim with weights'() {
    const x = rows(3);
    const y = L.fullyConnected(x, 3, tf.sigmoid);
    const row = tf.nn.relu(x.get([null, null], 0));
    slim.losses.absoluteDifference(y, x, row);
    slim.losses.meanSquaredError(y, x, tf.nn.relu(x), { scope: 'mine' });
    slim.losses.logLoss(y, tf.sigmoid(x), tf.expandDims(row, 1));
    slim.losses.cosineDistance(y, x, { dim: 1, weights: row });
    slim.losses.meanPairwiseSquaredError(y, x, row);
    slim.losses.computeWeightedLoss(tf.square(y), 0);
    return slim.losses.getTotalLoss(false, 'sum');
  },
  'cross entropies of slim'() {
    const x = rows(3);
    const y = L.fullyConnected(x, 3, null);
    const labels = tf.argMax(x, 1);
    slim.losses.sigmoidCrossEntropy(y, tf.sigmoid(x), { labelSmoothing: 0.2 });
    slim.losses.softmaxCrossEntropy(y, tf.oneHot(labels, 3), 2, 0.1);
    slim.losses.softmaxCrossEntropy(y, tf.oneHot(labels, 3), tf.nn.relu(x.get([null, null], 1)));
    slim.losses.sparseSoftmaxCrossEntropy(y, labels, { scope: 'mine' });
    slim.losses.sparseSoftmaxCrossEntropy(y, tf.expandDims(labels, 1), tf.nn.relu(x.get([null, null], [null, 1])));
    return slim.losses.getTotalLoss();
  },
  'an optimized loss'() {
    const y = L.fullyConnected(rows(3), 2);
    return L.optimizeLoss(meanSquare(y), tf.train.getOrCreateGlobalStep(), 0.1, 'SGD');
  },
  'an optimized loss with everything'() {
    const y = L.fullyConnected(rows(3), 2);
    return L.optimizeLoss(meanSquare(y), tf.train.getOrCreateGlobalStep(), tf.constant(0.1), 'Adam', {
      gradientMultipliers: { 'fully_connected/weights:0': 2 },
      clipGradients: 0.5,
      learningRateDecayFn: (rate, step) => tf.train.exponentialDecay(rate!, step, 10, 0.5) as tf.Tensor,
      summaries: ['loss', 'learning_rate', 'gradients', 'gradient_norm', 'global_gradient_norm'],
    });
  },
};
