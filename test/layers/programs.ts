/** Programs of tf.layers, as fixtures/record/layers.py has them in Python. */
import * as tf from '../../src';

const { layers: L } = tf;
const rows = (...shape: number[]): tf.Tensor => tf.placeholder(tf.float32, [null, ...shape], { name: 'x' });
const half = (w: Parameters<tf.layers.ActivityRegularizer>[0] | tf.Variable): tf.Tensor =>
  tf.reduceSum(tf.square(w)).mul(0.5);
const l2 = (w: Parameters<typeof tf.nn.l2Loss>[0]): tf.Tensor => tf.nn.l2Loss(w);
/** Python's shape[-1:]. */
const last = (shape: tf.Tensor): tf.Tensor => shape.get([-1, null]);

export const PROGRAMS: Readonly<Record<string, () => tf.Tensor | readonly tf.Tensor[]>> = {
  'two classes'() {
    const hidden = L.dense(rows(4), 3, tf.nn.relu);
    return L.dense(hidden, 2, { name: 'logits', useBias: false });
  },
  penalties: () =>
    L.dense(rows(4), 3, {
      kernelRegularizer: half as never,
      biasRegularizer: half as never,
      activityRegularizer: half,
      biasInitializer: tf.onesInitializer(),
      kernelInitializer: tf.randomNormalInitializer(0, 0.1),
    }),
  'penalties in parts'() {
    const x = rows(4);
    return tf.variableScope('s', { partitioner: tf.fixedSizePartitioner(2) }, () =>
      L.dense(x, 3, { kernelRegularizer: half as never }),
    ) as tf.Tensor;
  },
  'contrib penalties'() {
    const { l1Regularizer, l2Regularizer } = tf.contrib.layers;
    const y = L.dense(rows(4), 3, {
      kernelRegularizer: l1Regularizer(0.01),
      biasRegularizer: l2Regularizer(0.1, 'decay'),
    });
    return L.dense(y, 2, { kernelRegularizer: l2Regularizer(0.5), biasRegularizer: l2Regularizer(0) });
  },
  named: () => L.dense(rows(4), 3, 'tanh', { kernelInitializer: 'he_normal', biasInitializer: 'ones' }),
  'of more dimensions': () => L.dense(rows(5, 4), 3, tf.nn.sigmoid),
  'without units'() {
    const x = rows(5, 5, 2);
    const empty = tf.constant(1, { shape: [0] });
    return [L.dense(x, 0), L.conv2d(x, 0, 3, { biasInitializer: 'ones' }), empty];
  },
  shared() {
    const x = rows(4);
    const first = L.dense(x, 4, { name: 'same' });
    return L.dense(first, 4, { name: 'same', reuse: true });
  },
  'applied twice'() {
    const layer = new L.Dense(4, { activation: tf.nn.tanh });
    return layer.apply(layer.apply(rows(4)));
  },
  'in scopes'() {
    const x = rows(4);
    let y = tf.variableScope('a', { initializer: tf.onesInitializer(), regularizer: l2 as never }, () => {
      const inner = L.dense(x, 3);
      return tf.variableScope('b', () => L.dense(inner, 3));
    }) as tf.Tensor;
    y = tf.variableScope('a', { reuse: tf.AUTO_REUSE }, () => L.dense(x, 3, { name: 'dense' })) as tf.Tensor;
    return tf.nameScope('c', () => L.dense(y, 2, { trainable: false }));
  },
  pictures() {
    const x = rows(8, 8, 2);
    let y: tf.Tensor = L.conv2d(x, 3, 3, { padding: 'same', activation: tf.nn.relu });
    y = L.maxPooling2d(y, 2, 2);
    y = L.conv2d(y, 4, [2, 3], { strides: [2, 1], name: 'second' });
    y = L.averagePooling2d(y, [2, 1], 1, { padding: 'SAME' });
    return L.dense(L.flatten(y), 2);
  },
  lines() {
    let y = L.conv1d(rows(9, 2), 3, 2, { activation: tf.nn.relu });
    y = L.maxPooling1d(y, 2, 2);
    return L.averagePooling1d(y, 2, 1, 'same');
  },
  'filters with gaps'() {
    const layer = new L.Conv2D(2, 3, { dilationRate: 2, padding: 'same' });
    let y: tf.Tensor = layer.apply(layer.apply(rows(8, 8, 2)));
    y = L.conv2d(y, 2, 2, { dilationRate: [1, 2], name: 'valid' });
    return L.conv1d(tf.reshape(y, [-1, 14, 3]), 2, 3, { dilationRate: 2, padding: 'same' });
  },
  separable() {
    const half = (w: tf.Convertible): tf.Tensor => tf.reduceSum(tf.square(w)).mul(0.5);
    let y = L.separableConv2d(rows(8, 8, 2), 3, 3, {
      padding: 'same',
      depthMultiplier: 2,
      activation: tf.nn.relu,
      depthwiseRegularizer: half,
    });
    y = L.separableConv2d(y, 4, [2, 3], { strides: 2, useBias: false, pointwiseRegularizer: half, name: 'second' });
    const layer = new L.SeparableConv1D(2, 2, {
      biasInitializer: 'ones',
      pointwiseInitializer: tf.onesInitializer(),
      activation: 'tanh',
    });
    const line = layer.apply(tf.reshape(y, [-1, 8, 4]));
    return [line, L.separableConv2d(y, 2, 2, { dilationRate: [1, 2], biasRegularizer: half })];
  },
  'separable lines'() {
    const y = L.separableConv1d(rows(9, 2), 3, 2, { strides: 2, depthMultiplier: 2, padding: 'same' });
    return L.separableConv1d(y, 2, 2, { dilationRate: 2, activation: tf.nn.relu, name: 'gaps' });
  },
  volumes() {
    const x = rows(6, 6, 6, 1);
    let y: tf.Tensor = L.conv3d(x, 2, 2, { padding: 'same', activation: tf.nn.relu });
    y = L.maxPooling3d(y, 2, 1);
    y = L.conv3d(y, 2, [2, 1, 2], { strides: [1, 2, 1], name: 'second', useBias: false });
    y = L.averagePooling3d(y, [1, 2, 2], 2, { padding: 'SAME' });
    const gaps = L.conv3d(x, 1, 2, { dilationRate: 2 });
    return [L.conv3d(gaps, 1, 2, { dilationRate: 2, padding: 'same' }), y];
  },
  'larger volumes'() {
    const y = L.conv3dTranspose(rows(2, 3, 2, 2), 2, 3, { strides: 2, padding: 'same' });
    return L.conv3dTranspose(y, 1, [1, 3, 2], 2, { activation: tf.nn.sigmoid, useBias: false });
  },
  'pooled volumes with channels first'() {
    const x = rows(2, 4, 4, 4);
    const y = L.averagePooling3d(x, 2, 2, { dataFormat: 'channels_first' });
    return [y, L.maxPooling3d(x, 2, 1, 'same', 'channels_first')];
  },
  'larger pictures'() {
    const y = L.conv2dTranspose(rows(3, 3, 2), 3, 3, { strides: 2, padding: 'same' });
    return L.conv2dTranspose(y, 1, 3, 2, { activation: tf.nn.sigmoid, useBias: false });
  },
  'pictures of unknown size'() {
    const x = tf.placeholder(tf.float32, [null, null, null, 2], { name: 'x' });
    return L.conv2dTranspose(L.conv2d(x, 3, 3), 2, 2);
  },
  flat: () => [
    L.flatten(tf.placeholder(tf.float32, [null, 2, 3], { name: 'x' })),
    L.flatten(tf.ones([2, 3, 2]), { dataFormat: 'channels_first' }),
  ],
  dropped() {
    const x = rows(6);
    let y: tf.Tensor = L.dropout(x, 0.4, { seed: 3, training: true });
    y = L.dropout(y, 0.3, [null, 1], { training: true, name: 'rows' });
    return L.dropout(y);
  },
  normalized() {
    const x = rows(3);
    let y: tf.Tensor = L.batchNormalization(x, { training: true, momentum: 0.9 });
    y = L.batchNormalization(y, { name: 'kept', epsilon: 0.1 });
    return L.batchNormalization(y, { training: true, center: false, scale: false });
  },
  'normalized pictures'() {
    const x = rows(4, 4, 3);
    let y: tf.Tensor = L.batchNormalization(x, { training: true });
    y = L.batchNormalization(y, { training: false, scale: false });
    y = L.batchNormalization(y, { training: true, center: false, scale: false, name: 'bare' });
    return L.batchNormalization(y, 2, { training: true, fused: false });
  },
  'normalized where a run says'() {
    const training = tf.placeholderWithDefault(true, [], { name: 'training' });
    let y = L.batchNormalization(rows(3), { training });
    y = L.dropout(y, 0.4, { seed: 3, training });
    return L.batchNormalization(y, { training, center: false, trainable: false });
  },
  'normalized pictures where a run says'() {
    const training = tf.placeholderWithDefault(true, [], { name: 'training' });
    const y = L.batchNormalization(rows(4, 4, 3), { training, momentum: 0.9 });
    return L.batchNormalization(y, { axis: 2, training, fused: false });
  },
  'normalized pictures where a run says no'() {
    const training = tf.placeholderWithDefault(false, [], { name: 'training' });
    const y = L.batchNormalization(rows(4, 4, 3), { training, scale: false });
    return L.dropout(L.batchNormalization(y, { training, fused: false }), { training });
  },
  'normalized along two': () =>
    L.batchNormalization(rows(4, 3), { axis: [1, 2], training: true, gammaRegularizer: l2 as never }),
  'normalized and fixed': () => L.batchNormalization(rows(3), { training: true, trainable: false }),
  renormalized() {
    let y: tf.Tensor = L.batchNormalization(rows(3), {
      training: true,
      renorm: true,
      momentum: 0.9,
      renormMomentum: 0.8,
    });
    const renormClipping = { rmax: tf.constant(1.5), rmin: 0.5, dmax: 2 };
    y = L.batchNormalization(y, {
      name: 'clipped',
      training: true,
      renorm: true,
      renormClipping,
      scale: false,
      movingVarianceInitializer: tf.constantInitializer(2),
    });
    return L.batchNormalization(y, { training: false, renorm: true, center: false });
  },
  'renormalized pictures where a run says'() {
    const training = tf.placeholderWithDefault(true, [], { name: 'training' });
    const renormClipping = { dmax: tf.constant(0.25) };
    const bare = { axis: 1, center: false, scale: false };
    const y = L.batchNormalization(rows(4, 4, 3), { training, renorm: true, renormClipping, ...bare });
    return L.batchNormalization(y, { training, renorm: true, axis: [1, 3] });
  },
  'renormalized where a run says no'() {
    const training = tf.placeholderWithDefault(false, [], { name: 'training' });
    return L.batchNormalization(rows(3), { training, renorm: true });
  },
  'normalized in parts of the batch'() {
    const x = rows(4, 3);
    const twice = tf.concat([x, x.mul(2).add(1)], 0);
    let y: tf.Tensor = L.batchNormalization(twice, { training: true, virtualBatchSize: 2 });
    y = L.batchNormalization(y, { axis: [1, 2], training: true, virtualBatchSize: 1, renorm: true, name: 'both' });
    return L.batchNormalization(tf.reshape(y, [-1, 2, 2, 3]), { virtualBatchSize: 2 });
  },
  'normalized in parts where a run says'() {
    const training = tf.placeholderWithDefault(true, [], { name: 'training' });
    return L.batchNormalization(rows(3), { training, virtualBatchSize: 1, fused: true });
  },
  adjusted() {
    const adjustment: tf.layers.Adjustment = (shape) => [tf.fill(last(shape), 1.5), tf.fill(last(shape), 0.25)];
    let y: tf.Tensor = L.batchNormalization(rows(4, 4, 3), { training: true, adjustment });
    y = L.batchNormalization(y, { training: true, adjustment, renorm: true, center: false });
    return L.batchNormalization(y, { adjustment, scale: false });
  },
  'adjusted where a run says'() {
    const training = tf.placeholderWithDefault(true, [], { name: 'training' });
    const adjustment: tf.layers.Adjustment = (shape) => [tf.fill(last(shape), 1.5), tf.ones(shape)];
    return L.batchNormalization(rows(3), { training, adjustment });
  },
  'normalized with weights in parts'() {
    const x = rows(4);
    return tf.variableScope('a', { partitioner: tf.fixedSizePartitioner(2) }, () =>
      L.batchNormalization(x, { training: true, renorm: true }),
    );
  },
  objects() {
    const x = rows(6, 6, 2);
    let y = new L.Conv2D(3, 3, { activation: 'relu', name: 'conv' }).apply(x);
    y = new L.MaxPooling2D(2, 2, { name: 'pool' }).apply(y);
    y = new L.BatchNormalization({ name: 'bn' }).apply(y, { training: true });
    y = new L.Flatten().apply(y);
    y = new L.Dense(2, { kernelInitializer: tf.zerosInitializer() }).apply(y);
    return new L.Dropout(0.5, { seed: 1 }).apply(y, { training: true });
  },
};
