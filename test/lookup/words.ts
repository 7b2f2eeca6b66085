/** Programs of test/fixtures/record/tables.py: words and their numbers, out of files and lists. */
import * as tf from '../../src';
import { DIR, type Programs, longs, words } from './run';

const { KeyValueTensorInitializer, StaticHashTable, StaticVocabularyTable, TextFileInitializer } = tf.lookup;
const { HasherSpec, HashTable, IdTableWithHashBuckets, StrongHashSpec } = tf.contrib.lookup;
const C = tf.contrib.lookup;
const { WHOLE_LINE: WHOLE, LINE_NUMBER: NUMBER } = tf.lookup.TextFileIndex;
const { string, int32, int64, float32, float64, bool } = tf;
type Columns = readonly [key: tf.DType, keyIndex: number, value: tf.DType, valueIndex: number];
interface More {
  readonly delimiter?: string;
  readonly vocabSize?: number;
}
const READ: readonly (readonly [file: string, columns: Columns, fallback?: tf.TensorLike, more?: More])[] = [
  ['words.txt', [string, WHOLE, int64, NUMBER]],
  ['words.txt', [int64, NUMBER, string, WHOLE], '?'],
  ['pairs.tsv', [string, 0, int64, 1]],
  ['pairs.tsv', [string, 0, int32, 1]],
  ['spaces.txt', [string, 2, float32, 1], 0, { delimiter: ' ' }],
  ['spaces.txt', [string, 0, float64, 1], 0, { delimiter: ' ' }],
  ['spaces.txt', [string, 0, string, 2], '', { delimiter: ' ' }],
  ['numbers.txt', [int64, WHOLE, int64, NUMBER]],
  ['words.txt', [string, WHOLE, int64, NUMBER], -1, { vocabSize: 2 }],
  ['words.txt', [string, WHOLE, int64, NUMBER], -1, { vocabSize: 5 }],
  ['pairs.tsv', [string, 0, bool, 1], false],
  ['pairs.tsv', [int64, WHOLE, int64, NUMBER]],
  ['pairs.tsv', [string, 0, int64, 5]],
  ['wrong.tsv', [string, 0, int64, 1]],
  ['wrong.tsv', [string, 0, float32, 1], 0],
  ['large.tsv', [string, 0, int32, 1]],
  ['twice.txt', [string, WHOLE, int64, NUMBER]],
  ['empty.txt', [string, WHOLE, int64, NUMBER]],
  ['blank.txt', [string, WHOLE, int64, NUMBER]],
  ['missing.txt', [string, WHOLE, int64, NUMBER]],
  ['pairs.tsv', [string, 0, int64, 1], -1, { delimiter: 'ab' }],
  ['pairs.tsv', [string, 0, int64, 1], -1, { delimiter: '' }],
  ['words.txt', [string, -3, int64, NUMBER]],
  ['words.txt', [string, NUMBER, int64, NUMBER]],
  ['words.txt', [float32, WHOLE, int64, NUMBER]],
  ['words.txt', [string, WHOLE, int64, -3]],
  ['words.txt', [string, WHOLE, int32, NUMBER]],
  ['words.txt', [string, WHOLE, int64, WHOLE]],
  ['words.txt', [string, WHOLE, int64, NUMBER], -1, { vocabSize: 0 }],
];
const SOME = ['emerson', 'lake', 'palmer', 'king', 'crimson'];

export const WORDS: Programs = {
  words_out_of_files(run) {
    for (const [file, columns, fallback = -1, more = {}] of READ) {
      const tables: tf.lookup.StaticHashTable[] = [];
      run.build(() =>
        tables.push(new StaticHashTable(new TextFileInitializer(DIR + file, ...columns, more), fallback)),
      );
      for (const table of tables) {
        run.now(table.initializer);
        run.sorted(table.export());
      }
    }
    run.build(() => new TextFileInitializer('', string, WHOLE, int64, NUMBER));
    const paths = tf.getCollection(tf.GraphKeys.ASSET_FILEPATHS) as tf.Tensor[];
    run.say(paths.map(({ op }) => op.name).slice(0, 2));
    run.say(tf.getCollection(tf.GraphKeys.TABLE_INITIALIZERS).length);
  },
  vocabularies(run) {
    const table = new StaticVocabularyTable(words(['emerson', 'lake'], [0, 1]), 3);
    const file = new TextFileInitializer(`${DIR}words.txt`, string, WHOLE, int64, NUMBER);
    const more = new StaticVocabularyTable(file, 4, { name: 'scope/more/' });
    const pairs = new KeyValueTensorInitializer([5, 6], [0, 1], int64, int64);
    const ints = new StaticVocabularyTable(pairs, 2, { lookupKeyDtype: int32 });
    const none = new StaticVocabularyTable(null, 5);
    run.say([table, more, ints, none].map(({ name }) => name));
    run.fill();
    const some = tf.constant(SOME);
    for (const each of [table, more, none]) {
      run.now(each.lookup(some));
      run.now(each.size());
    }
    run.now(ints.lookup(tf.constant([5, 6, 7, 8], int32)));
    run.now(table.initializer);
    run.now(none.initializer);
    run.now(table.lookup(new tf.SparseTensor([[0]], tf.constant(['king']), [1])).values);
    run.build(() => new StaticVocabularyTable(words(), 0));
    run.build(() => new StaticVocabularyTable(words(['a', 'b'], [1, 2], int32), 1));
    run.build(() => new StaticVocabularyTable(new KeyValueTensorInitializer([1], [1], float32, int64), 1));
    run.build(() => new StaticVocabularyTable(words(), 1, { lookupKeyDtype: int64 }));
    run.build(() => table.lookup(longs(1)));
  },
  ids_with_buckets(run) {
    const some = tf.constant(['a', 'b', 'c', 'd', 'e']);
    const table = () => new HashTable(words(['a', 'b'], [0, 1]), -1);
    const tables = [
      new IdTableWithHashBuckets(table(), 3),
      new IdTableWithHashBuckets(table(), 0),
      new IdTableWithHashBuckets(null, 3),
      new IdTableWithHashBuckets(table(), 3, { hasherSpec: new StrongHashSpec([1, 2]), name: 'strong' }),
      new IdTableWithHashBuckets(table(), 3, { hasherSpec: new HasherSpec('legacy', null) }),
    ];
    for (const each of tables) {
      run.now(each.init);
      run.now(each.lookup(some));
      run.now(each.size());
    }
    run.build(() => new IdTableWithHashBuckets(null, 0));
    run.build(() => new IdTableWithHashBuckets(null, 1, { keyDtype: float32 }));
    run.build(() => new StrongHashSpec([1]));
    const unknown = { hasherSpec: new HasherSpec('none', null) };
    run.build(() => new IdTableWithHashBuckets(table(), 1, unknown).lookup(some));
  },
  index_tables(run) {
    const some = tf.constant(['lake', 'x', 'emerson']);
    const ids = longs(1, 9, 0);
    const tables = [
      C.indexTableFromTensor(['emerson', 'lake'], { numOovBuckets: 2 }),
      C.indexTableFromTensor(tf.constant(['emerson', 'lake']), { defaultValue: 7, name: 'named' }),
      C.indexTableFromFile(`${DIR}words.txt`),
      C.indexTableFromFile(`${DIR}words.txt`, { numOovBuckets: 1, vocabSize: 2 }),
      C.stringToIndexTableFromFile(`${DIR}words.txt`, 2),
      C.stringToIndexTableFromTensor(['emerson', 'lake'], 1),
    ];
    const numbers = C.indexTableFromTensor(Int32Array.of(10, 20), { dtype: int32, numOovBuckets: 2 });
    const column = { keyColumnIndex: NUMBER, valueColumnIndex: 2, delimiter: ' ' };
    const back = [
      C.indexToStringTableFromTensor(['emerson', 'lake']),
      C.indexToStringTableFromFile(`${DIR}words.txt`, { defaultValue: '?', vocabSize: 2 }),
      C.indexToStringTableFromFile(`${DIR}spaces.txt`, column),
    ];
    const index = C.stringToIndex(some, ['emerson', 'lake']);
    const word = C.indexToString(ids, ['emerson', 'lake'], 'none');
    run.fill();
    for (const each of tables) {
      run.now(each.lookup(some));
      run.now(each.size());
    }
    run.now(numbers.lookup(tf.constant([20, 30, 10], int32)));
    for (const each of back) run.now(each.lookup(ids));
    run.now([index, word] as tf.Tensor[]);
    run.build(() => C.indexTableFromTensor(null));
    run.build(() => C.indexTableFromTensor(['a'], { numOovBuckets: -1 }));
    run.build(() => C.indexTableFromTensor(['a'], { dtype: float32 }));
    run.build(() => C.indexTableFromTensor(['a'], { dtype: int64 }));
    run.build(() => C.indexTableFromTensor(Int32Array.of(1)));
    run.build(() => C.indexTableFromFile(''));
    run.build(() => C.indexTableFromFile(`${DIR}words.txt`, { vocabSize: 0 }));
    run.build(() => C.indexToStringTableFromFile(`${DIR}words.txt`, { vocabSize: 0 }));
    run.build(() => C.indexToStringTableFromTensor(null));
    run.build(() => C.stringToIndexTableFromTensor(Int32Array.of(1)));
  },
};
