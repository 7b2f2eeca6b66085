/**
 * `tf.contrib.learn`: what of it programs of sessions use. Re-exports only.
 *
 * @module
 */
export * as preprocessing from './preprocessing';
