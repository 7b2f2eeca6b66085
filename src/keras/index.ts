/**
 * `tf.keras`: what variables start from, under Keras's names. Re-exports only.
 *
 * @module
 */
export * as initializers from './initializers';
