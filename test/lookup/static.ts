/** Programs of test/fixtures/record/tables.py: tables that are filled once. */
import * as tf from '../../src';
import { type Programs, type Run, hidden, longs, words } from './run';

const { KeyValueTensorInitializer, StaticHashTable } = tf.lookup;
const { HashTable, MutableHashTable } = tf.contrib.lookup;
const CASES: readonly (readonly [tf.DType, tf.DType, string[] | number[], tf.TensorLike, tf.TensorLike])[] = [
  [tf.int64, tf.string, [1, 2], ['x', 'y'], '?'],
  [tf.int64, tf.float32, [1, 2], [1.5, 2.5], 0],
  [tf.int32, tf.int32, [1, 2], [3, 4], -1],
  [tf.string, tf.bool, ['a', 'b'], [true, false], false],
  [tf.string, tf.float64, ['a', 'b'], [1.5, 2.5], 0],
  [tf.string, tf.string, ['a', 'b'], ['c', 'd'], '?'],
];
function whatDoesNotFit(run: Run): void {
  const { resourceHandle: handle, init } = new HashTable(words(), -1);
  const one = tf.constant(1, tf.int64);
  run.now(init);
  run.now(run.op('LookupTableFindV2', [handle, Int32Array.of(1), one]).outputs[0]);
  run.now(run.op('LookupTableFindV2', [handle, ['a'], 1.5]).outputs[0]);
  run.now(run.op('LookupTableFindV2', [handle, ['a'], longs(1, 2)]).outputs[0]);
  run.now(run.op('LookupTableImportV2', [handle, ['a'], [1.5]]));
  run.now(run.op('InitializeTableV2', [handle, ['a'], [1.5]]));
  run.now(run.op('InitializeTableV2', [handle, hidden(['a']), hidden(longs(1, 2))]));
  run.now(run.op('InitializeTableV2', [handle, hidden([['a']]), hidden([longs(1)] as never)]));
  run.now(run.op('LookupTableImportV2', [handle, hidden(['a']), hidden(longs(1, 2))]));
  run.now(run.op('LookupTableSizeV2', [new tf.FIFOQueue(1, tf.int32).queueRef]).outputs[0]);
  run.build(() => run.op('LookupTableFindV2', [handle, ['a'], [longs(1)] as never]));
  run.build(() => run.op('LookupTableSizeV2', [tf.placeholder(tf.resource, [3])]));
  run.build(() => run.op('InitializeTableV2', [handle, ['a'], longs(1, 2)]));
  run.build(() => run.op('InitializeTableV2', [handle, [['a']], longs(1, 2)]));
  run.build(() => run.op('InitializeTableFromTextFileV2', [handle, ['a']], { key_index: -2, value_index: -1 }));
}
function whatDoesNotFitMutable(run: Run): void {
  const table = new MutableHashTable(tf.string, tf.int64, -1);
  const { resourceHandle: handle } = table;
  run.build(() => run.op('LookupTableFindV2', [handle, ['a'], tf.constant(1, tf.int32)]));
  run.build(() =>
    run.op('LookupTableFindV2', [handle, Int32Array.of(1), run.session.graph.getTensorByName('Const:0')]),
  );
  run.build(() => run.op('LookupTableImportV2', [handle, [['a']], longs(1, 2)]));
  run.build(() => run.op('LookupTableImportV2', [handle, ['a'], longs(1, 2)]));
  run.build(() => run.op('LookupTableExportV2', [handle], { Tkeys: tf.string, Tvalues: tf.int32 }));
  run.build(() => run.op('LookupTableRemoveV2', [handle, run.session.graph.getTensorByName('Const:0')]));
  run.now(run.op('LookupTableInsertV2', [handle, Int32Array.of(1), longs(3)]));
  run.now(run.op('LookupTableRemoveV2', [handle, Int32Array.of(1)]));
  run.now(run.op('LookupTableFindV2', [handle, ['a'], hidden(longs(3, 4))]).outputs[0]);
  run.now(run.op('LookupTableImportV2', [handle, hidden(['c']), hidden(longs(3, 4))]));
  run.now(table.insert(hidden(['a']), hidden(longs(1, 2))));
  run.now(run.op('InitializeTableV2', [handle, ['a'], longs(3)]));
}

export const STATIC: Programs = {
  static_tables(run) {
    const table = new StaticHashTable(words(), -1);
    const keys = tf.placeholder(tf.string, [null, 2], { name: 'keys' });
    const [found, size, both] = [table.lookup(keys), table.size(), table.export()];
    const shapes = [found.shape.asList(), both[1].shape.asList()];
    run.say([table.name, table.keyDtype.name, table.valueDtype.name, ...shapes]);
    const feed: [tf.Tensor, tf.FeedValue][] = [
      [
        keys,
        [
          ['b', 'x'],
          ['a', 'b'],
        ],
      ],
    ];
    run.now(size);
    run.now(found, feed);
    run.now(both);
    run.now(table.initializer);
    run.now(found, feed);
    run.now(size);
    run.sorted(both);
    run.fill();
    const sparse = table.lookup(
      new tf.SparseTensor(
        [
          [0, 1],
          [2, 0],
        ],
        tf.constant(['b', 'z']),
        [3, 2],
      ),
    );
    run.now(sparse.values);
    run.now(sparse.indices);
    run.now(table.lookup(tf.constant('a'), { name: 'one' }));
    run.build(() => table.lookup(longs(1)));
    run.build(() => new StaticHashTable(words(), [1, 2]));
    run.build(() => new StaticHashTable(words(), 'x'));
  },
  dtypes_of_static_tables(run) {
    const tables = CASES.map(
      ([k, v, keys, values, fallback], i) =>
        new HashTable(new KeyValueTensorInitializer(keys, values, k, v, `init${i}`), fallback, { name: `table${i}` }),
    );
    run.fill();
    for (const [i, [k, , keys]] of CASES.entries()) {
      run.now(tables[i].lookup(tf.constant([keys[1], keys[0]] as string[], k)));
      run.now(tables[i].lookup(tf.constant([k === tf.string ? keys[1] : 77] as string[], k)));
    }
  },
  filled_twice(run) {
    const table = new HashTable(words(), -1);
    const again = (keys: string[], values: tf.Tensor): void =>
      run.now(run.op('LookupTableImportV2', [table.resourceHandle, keys, values]));
    run.now(table.init);
    run.now(table.init);
    again(['a', 'b'], longs(1, 3));
    again(['a'], longs(1));
    again(['a', 'b', 'c'], longs(1, 2, 3));
    run.sorted(table.export());
    const same = new HashTable(words(['a', 'a'], [1, 1]), -1);
    run.now(same.init);
    run.now(same.size());
    const other = new HashTable(words(['a', 'a'], [1, 2]), -1);
    run.now(other.init);
    run.now(other.size());
    const real = new HashTable(new KeyValueTensorInitializer([1, 1], [1.5, 2], tf.int64, tf.float32), 0);
    run.now(real.init);
    run.now(run.op('LookupTableInsertV2', [table.resourceHandle, ['z'], longs(1)]));
    run.now(run.op('LookupTableRemoveV2', [table.resourceHandle, ['z']]));
  },
  what_does_not_fit(run) {
    whatDoesNotFit(run);
    whatDoesNotFitMutable(run);
  },
  shared_tables(run) {
    const one = new HashTable(words(['a'], [1]), -1, 'shared');
    const two = new HashTable(words(['b'], [1]), -1, 'shared');
    run.now(one.init);
    run.now(two.lookup(tf.constant(['a', 'b'])));
    run.now(new HashTable(words(['b'], [1], tf.int32), -1, 'shared').size());
  },
  references_to_tables(run) {
    const dtypes = { key_dtype: tf.string, value_dtype: tf.int64 };
    const [table] = run.op('HashTable', [], dtypes, 'old').outputs;
    run.now(run.op('InitializeTable', [table, ['a', 'b'], longs(1, 2)]));
    run.now(run.op('LookupTableFind', [table, ['b', 'x'], tf.constant(-1, tf.int64)]).outputs[0]);
    run.now(run.op('LookupTableSize', [table]).outputs[0]);
    run.now(run.op('LookupTableFind', [table, ['b'], 1.5]).outputs[0]);
    const [other] = run.op('MutableHashTable', [], dtypes, 'open').outputs;
    const all = (): void =>
      run.now([...run.op('LookupTableExport', [other], { Tkeys: tf.string, Tvalues: tf.int64 }).outputs]);
    run.now(run.op('LookupTableInsert', [other, ['a'], longs(7)]));
    all();
    run.now(run.op('LookupTableImport', [other, ['b'], longs(8)]));
    all();
    const [lines] = run.op('HashTable', [], dtypes, 'lines').outputs;
    const whole = { key_index: -2, value_index: -1 };
    run.now(run.op('InitializeTableFromTextFile', [lines, 'test/fixtures/tables/words.txt'], whole));
    run.now(run.op('LookupTableSize', [lines]).outputs[0]);
    run.build(() => run.op('LookupTableSize', [tf.placeholder(tf.string)]));
    const [rows] = run.op('MutableHashTableOfTensors', [], { ...dtypes, value_shape: [2] }).outputs;
    run.now(run.op('LookupTableSize', [rows]).outputs[0]);
    run.op('MutableDenseHashTable', [longs(0, 0)], { value_dtype: tf.int64 });
  },
};
