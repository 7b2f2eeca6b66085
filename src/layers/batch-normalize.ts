/** Batch normalization as a function. */
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { boundLikeArray } from '../ops/known-calls';
import { type ReuseOption, ofFunction } from './arguments';
import { BatchNormalization } from './batch-normalization';
import type { BatchNormalizationOptions } from './normalization-options';

/** What `batchNormalization` takes by name. */
export interface BatchNormalizationFunctionOptions extends BatchNormalizationOptions, ReuseOption {
  /** Whether mean and variance are those of the batch; false takes their moving averages. */
  readonly training?: boolean | Tensor;
}
/**
 * Batch normalization (Ioffe and Szegedy 2015), with its variables: each feature by mean and variance of the batch
 * while training, by their moving averages otherwise. What moves the averages is in the collection UPDATE_OPS, and must
 * run beside the training step:
 *
 *     const x = tf.placeholder(tf.float32, [null, 3]);
 *     const y = tf.layers.batchNormalization(x, { training: true });   // shape (null, 3)
 *     const loss = tf.reduceMean(tf.square(y));
 *     const optimizer = new tf.train.GradientDescentOptimizer(0.1);
 *     const updates = tf.getCollection(tf.GraphKeys.UPDATE_OPS);
 *     const train = tf.controlDependencies(updates, () => optimizer.minimize(loss));
 *
 * @param inputs                     floats, the size of their features known
 * @param axis                       the dimension of the features, or several; −1 where not given
 * @param momentum                   what stays of a moving average at each update; 0.99 where not given
 * @param epsilon                    keeps the divisor from 0; 0.001 where not given
 * @param center                     whether `beta` is added; true where not given
 * @param scale                      whether the result is multiplied by `gamma`; true where not given
 * @param betaInitializer            what `beta` starts from; zeros where not given
 * @param gammaInitializer           what `gamma` starts from; ones where not given
 * @param movingMeanInitializer      what the moving mean starts from; zeros where not given
 * @param movingVarianceInitializer  what the moving variance starts from; ones where not given
 * @param betaRegularizer            gives a penalty on `beta`
 * @param gammaRegularizer           gives a penalty on `gamma`
 * @param betaConstraint             a projection of `beta` after each update
 * @param gammaConstraint            a projection of `gamma` after each update
 * @param training                   whether mean and variance are those of the batch: false where not given, or a
 *   tensor of bool that a run decides by
 * @param trainable                  whether optimizers change its variables; without it the averages stay too; true
 *   where not given
 * @param name                       the layer's name; `batch_normalization` where not given
 * @param reuse                      whether its variables are those that are there already, of this name
 * @param renorm                     whether a batch in training is normalized nearly as its moving averages would
 *   (Ioffe 2017); false where not given
 * @param renormClipping             bounds of what `renorm` corrects: `{ rmin, rmax, dmax }`, of which those that are
 *   left out are none
 * @param renormMomentum             what stays, at each update, of the averages that `renorm` corrects by; 0.99 where
 *   not given
 * @param fused                      false keeps from the one node that pictures are normalized by
 * @param virtualBatchSize           normalizes the batch in parts of so many, each by itself
 * @param adjustment                 from the input's shape gives what normalized values are multiplied by, and what is
 *   added, in training: `(shape) => [scale, bias]`
 * @returns  inputs' dtype and shape
 * @throws ValueError  if the number of features is not known, or the axis is outside of the shape
 */
export const batchNormalization = boundLikeArray(
  'layers.batch_normalization',
  1,
  function batchNormalization(
    inputs: TensorLike,
    { training, ...options }: BatchNormalizationFunctionOptions = {},
  ): Tensor {
    return new BatchNormalization(ofFunction(options)).apply(inputs, training);
  },
);
