/**
 * `tf.contrib.learn.preprocessing`: texts as numbers. Re-exports only.
 *
 * @module
 */
export { type Tokenizer, Vocabulary, VocabularyProcessor } from '../vocabulary';
