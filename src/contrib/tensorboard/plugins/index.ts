/**
 * `tf.contrib.tensorboard.plugins`: configurations of TensorBoard's pages. Re-exports only.
 *
 * @module
 */
export * as projector from './projector';
