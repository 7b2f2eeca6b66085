/**
 * What of `tf.contrib` courses and programs use most. Re-exports only.
 *
 * @module
 */
export * as layers from './layers';
export * as rnn from './rnn';
