/** The network of tensorflow_tutorial.ts, with its sizes and its optimizer open. */
import * as tf from '../src';
import type { OptimizerName } from './flags';

/** How many classes the network tells apart. */
export const CLASSES = 10;

const OPTIMIZERS: Readonly<Record<OptimizerName, (rate: number) => tf.train.Optimizer>> = {
  sgd: (rate) => new tf.train.GradientDescentOptimizer(rate),
  momentum: (rate) => new tf.train.MomentumOptimizer(rate, 0.9),
  adam: (rate) => new tf.train.AdamOptimizer(rate),
};

export interface ModelOptions {
  /** The shape of one picture. */
  readonly imageShape: readonly number[];
  readonly hiddenUnits: number;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
}

/** Adds LINEAR -> RELU -> LINEAR -> SOFTMAX to the default graph, with its cost, accuracy and training step. */
export function buildModel({ imageShape, hiddenUnits, optimizer, learningRate }: ModelOptions) {
  const pixels = imageShape.reduce((a, b) => a * b, 1);
  const X = tf.placeholder(tf.float32, [null, ...imageShape], { name: 'X' });
  const Y = tf.placeholder(tf.float32, [null, CLASSES], { name: 'Y' });

  const W1 = new tf.Variable(tf.truncatedNormal([pixels, hiddenUnits], { stddev: 0.1 }), { name: 'W1' });
  const b1 = new tf.Variable(tf.zeros([hiddenUnits]), { name: 'b1' });
  const W2 = new tf.Variable(tf.truncatedNormal([hiddenUnits, CLASSES], { stddev: 0.1 }), { name: 'W2' });
  const b2 = new tf.Variable(tf.zeros([CLASSES]), { name: 'b2' });

  const hidden = tf.nn.relu(tf.matmul(tf.reshape(X, [-1, pixels]), W1).add(b1));
  const logits = tf.matmul(hidden, W2).add(b2);
  const probabilities = tf.nn.softmax(logits);
  const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
  const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(logits, 1), tf.argmax(Y, 1)), tf.float32));

  const trainStep = OPTIMIZERS[optimizer](learningRate).minimize(cost);
  return { X, Y, probabilities, cost, accuracy, trainStep, init: tf.globalVariablesInitializer() };
}
