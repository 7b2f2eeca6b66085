/**
 * The net of TensorFlow's tutorial on its mechanics: `tensorflow.examples.tutorials.mnist.mnist`.
 *
 * @module
 */
import { int32 } from '../../base/dtype';
import { bound } from '../../calls/bind';
import type { NotText } from '../../graph/constant';
import { type Operation, type Tensor, getDefaultGraph } from '../../graph/graph';
import { sparseSoftmaxCrossEntropy } from '../../losses';
import { inTopK } from '../../nn';
import { cast, toInt64 } from '../../ops/cast';
import { zeros } from '../../ops/fill';
import { matmul } from '../../ops/matmul';
import { truncatedNormal } from '../../ops/random';
import { reduceSum } from '../../ops/reduce';
import { relu } from '../../ops/activation';
import { scalar } from '../../summary';
import { GradientDescentOptimizer } from '../../train';
import { Variable } from '../../variables/variable';

/** How many digits there are. */
export const NUM_CLASSES = 10;
/** How many pixels a picture has in each direction. */
export const IMAGE_SIZE = 28;
/** How many pixels a picture has. */
export const IMAGE_PIXELS = IMAGE_SIZE * IMAGE_SIZE;

/** A layer in a scope of its own. */
function layer(name: string, input: NotText, from: number, to: number, activation?: (x: Tensor) => Tensor): Tensor {
  return getDefaultGraph().nameScope(name, () => {
    const start = truncatedNormal([from, to], { stddev: 1 / Math.sqrt(from) });
    const weights = new Variable(start, { name: 'weights' });
    const biases = new Variable(zeros([to]), { name: 'biases' });
    const sum = matmul(input, weights).add(biases);
    return activation ? activation(sum) : sum;
  });
}
/**
 * Builds the net up to where its digits come out.
 *
 *     const images = tf.placeholder(tf.float32, [null, 784]);
 *     tf.examples.tutorials.mnist.mnist.inference(images, 128, 32).shape   // [null, 10]
 *
 * @param images        rows of 784 pixels
 * @param hidden1Units  size of the first hidden layer
 * @param hidden2Units  size of the second
 * @returns  logits, a row of ten for each picture
 * @throws ValueError  for pictures of another size
 */
export const inference = bound(
  'examples.tutorials.mnist.mnist.inference',
  (images: NotText, hidden1Units: number, hidden2Units: number): Tensor => {
    const hidden1 = layer('hidden1', images, IMAGE_PIXELS, hidden1Units, relu);
    const hidden2 = layer('hidden2', hidden1, hidden1Units, hidden2Units, relu);
    return layer('softmax_linear', hidden2, hidden2Units, NUM_CLASSES);
  },
);
/**
 * The mean cross entropy.
 *
 *     tf.examples.tutorials.mnist.mnist.loss([[0, 0]], [1])   // 0.6931
 *
 * @param logits  what `inference` gives
 * @param labels  the digits
 * @returns  float32 scalar
 * @throws ValueError  for shapes that do not fit
 */
export const loss = bound(
  'examples.tutorials.mnist.mnist.loss',
  (logits: NotText, labels: NotText): Tensor => sparseSoftmaxCrossEntropy({ labels: toInt64(labels), logits }),
);
/**
 * A step of gradient descent, with a summary of the loss.
 *
 *     const logits = tf.examples.tutorials.mnist.mnist.inference(tf.ones([1, 784]), 4, 4);
 *     tf.examples.tutorials.mnist.mnist.training(tf.examples.tutorials.mnist.mnist.loss(logits, [3]), 0.01)   // op
 *
 * @param loss          a scalar
 * @param learningRate  how far the step goes
 * @returns  an operation
 * @throws ValueError  if no variable has a gradient
 */
export const training = bound(
  'examples.tutorials.mnist.mnist.training',
  (loss: Tensor, learningRate: number): Operation => {
    scalar('loss', loss);
    const optimizer = new GradientDescentOptimizer(learningRate);
    const globalStep = new Variable(0, { name: 'global_step', trainable: false, dtype: int32 });
    return optimizer.minimize(loss, { globalStep });
  },
);
/**
 * How many digits are found.
 *
 *     tf.examples.tutorials.mnist.mnist.evaluation([[0.1, 0.9], [0.8, 0.2]], [1, 1])   // 1
 *
 * @param logits  what `inference` gives
 * @param labels  the digits
 * @returns  int32 scalar
 * @throws ValueError  for shapes that do not fit
 */
export const evaluation = bound(
  'examples.tutorials.mnist.mnist.evaluation',
  (logits: NotText, labels: NotText): Tensor => reduceSum(cast(inTopK(logits, labels, 1), int32)),
);
