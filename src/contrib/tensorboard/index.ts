/**
 * `tf.contrib.tensorboard`: what of it programs use. Re-exports only.
 *
 * @module
 */
export * as plugins from './plugins';
