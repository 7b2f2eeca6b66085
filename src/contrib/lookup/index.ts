/**
 * `tf.contrib.lookup`: tables from keys to values. Re-exports only.
 *
 * @module
 */
export { FastHashSpec, HasherSpec, IdTableWithHashBuckets, StrongHashSpec } from '../../lookup/buckets';
export {
  KeyValueTensorInitializer,
  type Fillable,
  TableInitializerBase,
  TextFileIdTableInitializer,
  TextFileIndex,
  TextFileInitializer,
  TextFileStringTableInitializer,
} from '../../lookup/initializers';
export { DenseHashTable as MutableDenseHashTable, MutableHashTable } from '../../lookup/mutable';
export { type Found, HashTable, InitializableLookupTableBase, type Keys, LookupInterface } from '../../lookup/tables';
export {
  indexTableFromFile,
  indexTableFromTensor,
  indexToStringTableFromFile,
  indexToStringTableFromTensor,
} from './index-tables';
export { indexToString, stringToIndex, stringToIndexTableFromFile, stringToIndexTableFromTensor } from './older';
