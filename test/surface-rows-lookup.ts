/** Rows of the surface for `tf.lookup` and `tf.contrib.lookup`. */
import { join } from 'node:path';
import * as tf from '../src';
import type { Row } from './program-rows';

const C = tf.contrib.lookup;
const L = tf.lookup;
const FILE = join(__dirname, 'fixtures', 'tables', 'words.txt');
const { WHOLE_LINE, LINE_NUMBER } = L.TextFileIndex;
const words = () => new L.KeyValueTensorInitializer(['a', 'lake'], [1, 2], tf.string, tf.int64);
const lines = () => new L.TextFileInitializer(FILE, tf.string, WHOLE_LINE, tf.int64, LINE_NUMBER);
/** A table that is filled once. */
type Table = tf.contrib.lookup.InitializableLookupTableBase | tf.lookup.StaticVocabularyTable | Ids;
type Ids = tf.contrib.lookup.IdTableWithHashBuckets;
/** What a word, or a number, has in a table that was filled. */
function found(table: Table, key: unknown) {
  const keys = tf.constant(key as string, table.keyDtype);
  return tf.controlDependencies([table.initializer], () => table.lookup(keys));
}
/** The value of a key that was put into a table. */
function put(
  table: tf.contrib.lookup.MutableHashTable | tf.lookup.experimental.DenseHashTable,
): tf.Tensor | tf.SparseTensor {
  return tf.controlDependencies([table.insert([7], [0.5])], () => table.lookup([7, 8]));
}
function afterAll(of: () => tf.Tensor | tf.SparseTensor): unknown {
  const values = of();
  using sess = new tf.Session();
  sess.run(tf.tablesInitializer());
  return sess.run(values as tf.Tensor);
}
export const LOOKUP_ROWS: Readonly<Record<string, Row>> = {
  'tf.lookup.KeyValueTensorInitializer': [() => found(new L.StaticHashTable(words(), -1), 'lake'), 2],
  'tf.lookup.StaticHashTable': [() => found(new L.StaticHashTable(words(), -1), 'x'), -1],
  'tf.lookup.StaticVocabularyTable': [() => found(new L.StaticVocabularyTable(lines(), 1), 'x'), 3],
  'tf.lookup.TextFileIndex': [() => L.TextFileIndex.WHOLE_LINE, -2],
  'tf.lookup.TextFileInitializer': [() => found(new L.StaticHashTable(lines(), -1), 'palmer'), 2],
  'tf.lookup.experimental.DenseHashTable': [
    () => put(new L.experimental.DenseHashTable(tf.int64, tf.float32, 0, -1, -2)),
    [0.5, 0],
  ],
  'tf.contrib.lookup.MutableHashTable': [() => put(new C.MutableHashTable(tf.int64, tf.float32, 0)), [0.5, 0]],
  'tf.contrib.lookup.HashTable': [() => found(new C.HashTable(words(), -1), 'lake'), 2],
  'tf.contrib.lookup.IdTableWithHashBuckets': [
    () => found(new C.IdTableWithHashBuckets(new C.HashTable(words(), -1), 1), 'x'),
    2,
  ],
  'tf.contrib.lookup.TextFileIdTableInitializer': [
    () => found(new C.HashTable(new C.TextFileIdTableInitializer(FILE), -1), 'lake'),
    1,
  ],
  'tf.contrib.lookup.TextFileStringTableInitializer': [
    () => found(new C.HashTable(new C.TextFileStringTableInitializer(FILE), '?'), 2),
    'palmer',
  ],
  'tf.contrib.lookup.indexTableFromFile': [() => found(C.indexTableFromFile(FILE), 'palmer'), 2],
  'tf.contrib.lookup.indexTableFromTensor': [() => found(C.indexTableFromTensor(['a', 'b']), 'b'), 1],
  'tf.contrib.lookup.indexToStringTableFromFile': [() => found(C.indexToStringTableFromFile(FILE), 0), 'emerson'],
  'tf.contrib.lookup.indexToStringTableFromTensor': [() => found(C.indexToStringTableFromTensor(['a', 'b']), 9), 'UNK'],
  'tf.contrib.lookup.indexToString': [
    () => afterAll(() => C.indexToString(tf.constant([1, 9], tf.int64), ['a', 'b'])),
    ['b', 'UNK'],
  ],
  'tf.contrib.lookup.stringToIndex': [
    () => afterAll(() => C.stringToIndex(tf.constant(['b', 'x']), ['a', 'b'])),
    [1, -1],
  ],
  'tf.contrib.lookup.stringToIndexTableFromFile': [() => found(C.stringToIndexTableFromFile(FILE), 'lake'), 1],
  'tf.contrib.lookup.stringToIndexTableFromTensor': [() => found(C.stringToIndexTableFromTensor(['a', 'b']), 'b'), 1],
  'tf.contrib.lookup.FastHashSpec': [() => C.FastHashSpec.hasher, 'fasthash'],
  'tf.contrib.lookup.HasherSpec': [() => new C.HasherSpec('legacy').key, null],
  'tf.contrib.lookup.StrongHashSpec': [() => new C.StrongHashSpec([1, 2]).hasher, 'stronghash'],
  'tf.contrib.lookup.TableInitializerBase': [() => words() instanceof C.TableInitializerBase, true],
  'tf.contrib.lookup.LookupInterface': [() => new L.StaticHashTable(words(), -1) instanceof C.LookupInterface, true],
  'tf.contrib.lookup.InitializableLookupTableBase': [
    () => new C.HashTable(words(), -1) instanceof C.InitializableLookupTableBase,
    true,
  ],
};
