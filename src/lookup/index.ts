/**
 * `tf.lookup`: tables from keys to values. Re-exports only.
 *
 * @module
 */
export * as experimental from './experimental';
export { KeyValueTensorInitializer, TextFileIndex, TextFileInitializer } from './initializers';
export { StaticHashTable } from './tables';
export { StaticVocabularyTable } from './buckets';
