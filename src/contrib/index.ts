/**
 * What of `tf.contrib` courses and programs use most. Re-exports only.
 *
 * @module
 */
export * as framework from './framework';
export * as layers from './layers';
export * as learn from './learn';
export * as rnn from './rnn';
export * as slim from './slim';
export * as training from './training';
