/**
 * `tf.lookup.experimental`: tables whose keys may be vectors. Re-exports only.
 *
 * @module
 */
export { DenseHashTable } from './mutable';
