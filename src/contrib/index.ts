/**
 * What of `tf.contrib` courses and programs use most. Re-exports only.
 *
 * @module
 */
export * as crf from './crf';
export * as framework from './framework';
export * as layers from './layers';
export * as learn from './learn';
export * as legacySeq2seq from './legacy-seq2seq';
export * as losses from './losses';
export * as lookup from './lookup';
export * as opt from './opt';
export * as rnn from './rnn';
export * as seq2seq from './seq2seq';
export * as slim from './slim';
export * as tensorboard from './tensorboard';
export * as training from './training';
