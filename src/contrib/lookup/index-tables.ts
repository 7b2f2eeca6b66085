/** Tables from words to numbers and back, out of lists and files. After TensorFlow 1.15's lookup_ops. */
import { type DTypeLike, type DType, asDtype, int64, string } from '../../base/dtype';
import { TypeError_, ValueError } from '../../base/errors';
import { boundOptions } from '../../calls/bind';
import { inScope } from '../../graph/apply';
import { type TensorLike, type Text, convertToTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { FastHashSpec, type HasherSpec, IdTableWithHashBuckets } from '../../lookup/buckets';
import {
  KeyValueTensorInitializer,
  type TableInitializerBase,
  TextFileIdTableInitializer,
  TextFileStringTableInitializer,
  typeText,
} from '../../lookup/initializers';
import { StaticHashTable } from '../../lookup/tables';
import { cast } from '../../ops/cast';
import { range } from '../../ops/range';
import { size } from '../../ops/shape';

/** What all take by name. */
interface Named {
  /** Begins the names of what it makes. */
  readonly name?: string | null;
}
/** What tables from words to numbers take by name. */
export interface IndexTableOptions extends Named {
  /** How many buckets there are for words that are not there; none where not given. */
  readonly numOovBuckets?: number;
  /** The number of words that are not there, where there are no buckets; -1 where not given. */
  readonly defaultValue?: TensorLike;
  /** How words find their buckets; `FastHashSpec` where not given. */
  readonly hasherSpec?: HasherSpec;
}
/** What tables out of files take by name. */
export interface FileOptions {
  /** How many lines are read; all where not given. */
  readonly vocabSize?: number | null;
  /** Which column has the keys. */
  readonly keyColumnIndex?: number;
  /** Which column has the values. */
  readonly valueColumnIndex?: number;
  /** The letter between two columns; a tabulator where not given. */
  readonly delimiter?: string;
}
/** A table from words to numbers. */
export type IndexTable = StaticHashTable | IdTableWithHashBuckets;

function checkBuckets(count: number): void {
  if (count < 0) throw new ValueError(`num_oov_buckets must be greater or equal than 0, got ${count}.`);
}
function checkWords(dtype: DType): void {
  if (!dtype.isInteger && dtype.baseDtype !== string)
    throw new TypeError_('Only integer and string keys are supported.');
}
function checkFile(file: string | Tensor | null | undefined): string | Tensor {
  if (file === null || file === undefined || file === '')
    throw new ValueError('vocabulary_file must be specified and must not be empty.');
  return file;
}
function withBuckets(
  init: () => TableInitializerBase,
  dtype: DType,
  { numOovBuckets = 0, defaultValue = -1, hasherSpec = FastHashSpec }: IndexTableOptions,
): IndexTable {
  const table = inScope(null, 'hash_table', [], () => new StaticHashTable(init(), defaultValue));
  return numOovBuckets ? new IdTableWithHashBuckets(table, numOovBuckets, hasherSpec, { keyDtype: dtype }) : table;
}

/**
 * A table from words to their numbers in a list.
 *
 *     const table = tf.contrib.lookup.indexTableFromTensor(['a', 'b'], { numOovBuckets: 1 });
 *     sess.run(tf.tablesInitializer());
 *     sess.run(table.lookup(tf.constant(['b', 'x'])))   // [1, 2]
 *
 * @param mapping        a vector of words, or of integers
 * @param numOovBuckets  how many buckets there are for words that are not there; none where not given
 * @param defaultValue   the number of words that are not there, where there are no buckets; -1 where not given
 * @param hasherSpec     how words find their buckets; `FastHashSpec` where not given
 * @param dtype          the dtype of the keys; strings where not given
 * @param name           begins the names of what it makes
 * @throws ValueError  for a list of another dtype
 */
export const indexTableFromTensor = boundOptions(
  'contrib.lookup.index_table_from_tensor',
  1,
  (mapping: TensorLike | null, options: IndexTableOptions & { readonly dtype?: DTypeLike } = {}): IndexTable => {
    if (mapping === null) throw new ValueError('mapping must be specified.');
    checkBuckets(options.numOovBuckets ?? 0);
    const dtype = asDtype(options.dtype ?? string);
    checkWords(dtype);
    return inScope(options.name, 'string_to_index', [], () => {
      const keys = convertToTensor(mapping);
      if (keys.dtype.isInteger !== dtype.isInteger)
        throw new ValueError(`Expected ${dtype.isInteger ? 'integer' : 'non-integer'}, got ${typeText(keys.dtype)}.`);
      if (!dtype.isInteger && keys.dtype.baseDtype !== dtype)
        throw new ValueError(`Expected ${typeText(dtype)}, got ${typeText(keys.dtype)}.`);
      const values = cast(range(size(keys)), int64);
      const init = (): TableInitializerBase => {
        const words = keys.dtype.isInteger ? cast(keys, int64) : keys;
        return new KeyValueTensorInitializer(words, values, words.dtype.baseDtype, int64, 'table_init');
      };
      return withBuckets(init, dtype, options);
    });
  },
);
/**
 * A table from the words of a file to their numbers, which are those of their lines.
 *
 *     sess.run(tf.writeFile(`${folder}/words.txt`, 'a\nb\n'));
 *     const table = tf.contrib.lookup.indexTableFromFile(`${folder}/words.txt`);
 *     sess.run(tf.tablesInitializer());
 *     sess.run(table.lookup(tf.constant(['b', 'x'])))   // [1, -1]
 *
 * @param vocabularyFile    a path, or a string scalar
 * @param numOovBuckets     how many buckets there are for words that are not there; none where not given
 * @param vocabSize         how many lines are read; all where not given
 * @param defaultValue      the number of words that are not there, where there are no buckets; -1 where not given
 * @param hasherSpec        how words find their buckets; `FastHashSpec` where not given
 * @param keyDtype          the dtype of the keys; strings where not given
 * @param name              begins the names of what it makes
 * @param keyColumnIndex    which column has the words; whole lines where not given
 * @param valueColumnIndex  which column has the numbers; the lines' own where not given
 * @param delimiter         the letter between two columns; a tabulator where not given
 * @throws ValueError  for no file, and for sizes below 1
 */
export const indexTableFromFile = boundOptions(
  'contrib.lookup.index_table_from_file',
  1,
  (
    vocabularyFile: string | Tensor | null = null,
    options: IndexTableOptions & FileOptions & { readonly keyDtype?: DTypeLike } = {},
  ): IndexTable => {
    const file = checkFile(vocabularyFile);
    checkBuckets(options.numOovBuckets ?? 0);
    const { vocabSize, keyColumnIndex, valueColumnIndex, delimiter } = options;
    if (typeof vocabSize === 'number' && vocabSize < 1)
      throw new ValueError(
        `vocab_size must be greater than 0, got ${vocabSize}. ` +
          `vocabulary_file: ${typeof file === 'string' ? file : '?'}`,
      );
    const dtype = asDtype(options.keyDtype ?? string);
    checkWords(dtype);
    const named = { name: 'table_init', keyDtype: dtype.isInteger ? int64 : dtype };
    const columns = { keyColumnIndex, valueColumnIndex, vocabSize: vocabSize ?? undefined, delimiter };
    return inScope(options.name, 'string_to_index', [], () =>
      withBuckets(() => new TextFileIdTableInitializer(file, { ...columns, ...named }), dtype, options),
    );
  },
);
/** What tables from numbers to words take by name. */
export interface WordTableOptions extends Named {
  /** The word of numbers that are not there; 'UNK' where not given. */
  readonly defaultValue?: Text;
}
/**
 * A table from numbers to the words of a list.
 *
 *     const table = tf.contrib.lookup.indexToStringTableFromTensor(['a', 'b']);
 *     sess.run(tf.tablesInitializer());
 *     sess.run(table.lookup(tf.constant([1, 9], tf.int64)))   // ['b', 'UNK']
 *
 * @param mapping       a vector of words
 * @param defaultValue  the word of numbers that are not there; 'UNK' where not given
 * @param name          begins the names of what it makes
 * @throws ValueError  for no list
 */
export const indexToStringTableFromTensor = boundOptions(
  'contrib.lookup.index_to_string_table_from_tensor',
  1,
  (mapping: Text | null, { defaultValue = 'UNK', name }: WordTableOptions = {}): StaticHashTable => {
    if (mapping === null) throw new ValueError('mapping must be specified.');
    return inScope(name, 'index_to_string', [], () => {
      const words = convertToTensor(mapping, string);
      const keys = cast(range(size(words)), int64);
      const init = new KeyValueTensorInitializer(keys, words, int64, string, 'table_init');
      return new StaticHashTable(init, defaultValue);
    });
  },
);
/**
 * A table from the numbers of a file's lines to what stands there.
 *
 *     sess.run(tf.writeFile(`${folder}/words.txt`, 'a\nb\n'));
 *     const table = tf.contrib.lookup.indexToStringTableFromFile(`${folder}/words.txt`);
 *     sess.run(tf.tablesInitializer());
 *     sess.run(table.lookup(tf.constant([1, 9], tf.int64)))   // ['b', 'UNK']
 *
 * @param vocabularyFile    a path, or a string scalar
 * @param vocabSize         how many lines are read; all where not given
 * @param defaultValue      the word of numbers that are not there; 'UNK' where not given
 * @param name              begins the names of what it makes
 * @param keyColumnIndex    which column has the numbers; the lines' own where not given
 * @param valueColumnIndex  which column has the words; whole lines where not given
 * @param delimiter         the letter between two columns; a tabulator where not given
 * @throws ValueError  for no file, and for sizes below 1
 */
export const indexToStringTableFromFile = boundOptions(
  'contrib.lookup.index_to_string_table_from_file',
  1,
  (vocabularyFile: string | Tensor | null, options: WordTableOptions & FileOptions = {}): StaticHashTable => {
    const file = checkFile(vocabularyFile);
    const { defaultValue = 'UNK', name, vocabSize, keyColumnIndex, valueColumnIndex, delimiter } = options;
    if (typeof vocabSize === 'number' && vocabSize < 1)
      throw new ValueError(`vocab_size must be greater than 0, got ${vocabSize}.`);
    const columns = { keyColumnIndex, valueColumnIndex, vocabSize: vocabSize ?? undefined, delimiter };
    return inScope(name, 'index_to_string', [], () => {
      const init = new TextFileStringTableInitializer(file, { ...columns, name: 'table_init' });
      return new StaticHashTable(init, defaultValue);
    });
  },
);
