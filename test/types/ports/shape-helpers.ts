/** Layers that ask tensors for their shapes, after Hvass Laboratories' convolutional tutorial in Python. */
import * as tf from '../../../src';

function newWeights(shape: tf.ShapeLike & readonly number[]) {
  return new tf.Variable(tf.truncatedNormal(shape, 0, 0.05, tf.float32, 7));
}
function flattenLayer(layer: tf.Tensor) {
  const shape = layer.getShape();
  const features = shape.slice(1, 4).numElements();
  if (features === null) throw new Error('the sizes of pictures are known');
  return { flat: tf.reshape(layer, [-1, features]), features };
}
function newFcLayer(input: tf.Tensor, outputs: number, useRelu = true) {
  const inputs = tf.dimensionAtIndex(input.getShape(), -1).value ?? 0;
  const layer = tf
    .matmul(input, newWeights([inputs, outputs]))
    .add(new tf.Variable(tf.constant(0.05, { shape: [outputs] })));
  return useRelu ? tf.nn.relu(layer) : layer;
}

/** The cost after some steps, less than a tenth of what it was; NaN if a shape is not what it must be. */
export function main(): number {
  tf.setRandomSeed(1);
  const x = tf.placeholder(tf.float32, [null, 36], 'x');
  const labels = tf.placeholder(tf.int64, [null], 'labels');
  const images = tf.reshape(x, [-1, 6, 6, 1]);
  const conv = tf.nn.conv2d(images, newWeights([3, 3, 1, 4]), [1, 1, 1, 1], 'SAME');
  const pooled = tf.nn.relu(tf.nn.maxPool(conv, [1, 2, 2, 1], [1, 2, 2, 1], 'SAME'));
  const { flat, features } = flattenLayer(pooled);
  const logits = newFcLayer(newFcLayer(flat, 8), 2, false);
  const cost = tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels, logits }));
  const step = new tf.train.AdamOptimizer(0.05).minimize(cost);
  const pictures = Array.from({ length: 20 }, (_, i) =>
    Array.from({ length: 36 }, (_pixel, j) => (i % 2 ? j % 6 : Math.floor(j / 6)) / 6),
  );
  const feeds: tf.FeedDict = { [x.name]: pictures, [labels.name]: pictures.map((_, i) => i % 2) };
  using sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  const first = sess.run(cost, feeds);
  for (let i = 0; i < 60; i++) sess.run(step, feeds);
  const [rank, width] = [logits.getShape().length, [...flat.shape].pop()];
  return features === 36 && rank === 2 && width === 36 && flat.shape[-1] === 36 ? sess.run(cost, feeds) / first : NaN;
}
