/** Names that tables had before they were objects. */
import { string } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { boundOptions } from '../../calls/bind';
import { inScope } from '../../graph/apply';
import { type TensorLike, type Text, convertToTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import type { Found, Keys } from '../../lookup/tables';
import {
  type FileOptions,
  type IndexTable,
  type IndexTableOptions,
  type WordTableOptions,
  indexTableFromFile,
  indexTableFromTensor,
  indexToStringTableFromTensor,
} from './index-tables';

/**
 * The numbers of words in a list.
 *
 *     const ids = tf.contrib.lookup.stringToIndex(tf.constant(['b', 'x']), ['a', 'b']);
 *     sess.run(tf.tablesInitializer());
 *     sess.run(ids)   // [1, -1]
 *
 * @param tensor        words
 * @param mapping       a vector of words
 * @param defaultValue  the number of words that are not there; -1 where not given
 * @param name          begins the names of what it makes
 * @throws ValueError  for no list
 * @throws TypeError   for a tensor of another dtype
 * @deprecated  make a table with `indexTableFromTensor`, and call its `lookup`
 */
export const stringToIndex = boundOptions(
  'contrib.lookup.string_to_index',
  2,
  (tensor: Keys, mapping: TensorLike, options: Pick<IndexTableOptions, 'defaultValue' | 'name'> = {}): Found<Keys> =>
    indexTableFromTensor(mapping, options).lookup(tensor),
);
/**
 * The words that numbers stand for in a list.
 *
 *     const words = tf.contrib.lookup.indexToString(tf.constant([1, 9], tf.int64), ['a', 'b']);
 *     sess.run(tf.tablesInitializer());
 *     sess.run(words)   // ['b', 'UNK']
 *
 * @param tensor        numbers, int64
 * @param mapping       a vector of words
 * @param defaultValue  the word of numbers that are not there; 'UNK' where not given
 * @param name          begins the names of what it makes
 * @throws ValueError  for no list
 * @throws TypeError   for a tensor of another dtype
 * @deprecated  make a table with `indexToStringTableFromTensor`, and call its `lookup`
 */
export const indexToString = boundOptions(
  'contrib.lookup.index_to_string',
  2,
  (tensor: Keys, mapping: Text, options: WordTableOptions = {}): Found<Keys> =>
    indexToStringTableFromTensor(mapping, options).lookup(tensor),
);
/**
 * A table from the words of a file to their numbers.
 *
 *     sess.run(tf.writeFile(`${folder}/words.txt`, 'a\nb\n'));
 *     const table = tf.contrib.lookup.stringToIndexTableFromFile(`${folder}/words.txt`);
 *     sess.run(tf.tablesInitializer());
 *     sess.run(table.lookup(tf.constant(['b', 'x'])))   // [1, -1]
 *
 * @param vocabularyFile  a path, or a string scalar
 * @param numOovBuckets   how many buckets there are for words that are not there; none where not given
 * @param vocabSize       how many lines are read; all where not given
 * @param defaultValue    the number of words that are not there, where there are no buckets; -1 where not given
 * @param hasherSpec      how words find their buckets; `FastHashSpec` where not given
 * @param name            begins the names of what it makes
 * @throws ValueError  for no file, and for sizes below 1
 * @deprecated  `indexTableFromFile`
 */
export const stringToIndexTableFromFile = boundOptions(
  'contrib.lookup.string_to_index_table_from_file',
  1,
  (
    vocabularyFile: string | Tensor | null = null,
    options: IndexTableOptions & Pick<FileOptions, 'vocabSize'> = {},
  ): IndexTable => indexTableFromFile(vocabularyFile, options),
);
/**
 * A table from the words of a list to their numbers.
 *
 *     const table = tf.contrib.lookup.stringToIndexTableFromTensor(['a', 'b']);
 *     sess.run(tf.tablesInitializer());
 *     sess.run(table.lookup(tf.constant(['b', 'x'])))   // [1, -1]
 *
 * @param mapping        a vector of words
 * @param numOovBuckets  how many buckets there are for words that are not there; none where not given
 * @param defaultValue   the number of words that are not there, where there are no buckets; -1 where not given
 * @param hasherSpec     how words find their buckets; `FastHashSpec` where not given
 * @param name           begins the names of what it makes
 * @throws ValueError  for what are no words
 * @deprecated  `indexTableFromTensor`
 */
export const stringToIndexTableFromTensor = boundOptions(
  'contrib.lookup.string_to_index_table_from_tensor',
  1,
  (mapping: Text, options: IndexTableOptions = {}): IndexTable => {
    const [words, scope] = inScope(options.name, 'string_to_index', [], (open) => [convertToTensor(mapping), open]);
    if (words.dtype.baseDtype !== string) throw new ValueError('string_to_index_table_from_tensor requires string.');
    return indexTableFromTensor(words, { ...options, name: scope });
  },
);
