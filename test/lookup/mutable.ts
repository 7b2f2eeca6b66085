/** Programs of test/fixtures/record/tables.py: tables that runs change, and savers keep. */
import * as tf from '../../src';
import { TemporaryFolder } from '../temporary-folder';
import { type Programs, type Run, hidden, longs } from './run';

const { DenseHashTable } = tf.lookup.experimental;
const { MutableDenseHashTable, MutableHashTable } = tf.contrib.lookup;
const folder = new TemporaryFolder('tables-');
function withRows(run: Run): void {
  const rows = new MutableHashTable(tf.int64, tf.float32, [-1, 0], { name: 'rows', checkpoint: false });
  run.now(
    rows.insert(
      [3, 4],
      [
        [1, 2],
        [3, 4],
      ],
    ),
  );
  run.now(rows.lookup([4, 5]));
  run.now(rows.lookup(3));
  run.now(rows.insert(hidden(longs(1)), hidden(tf.constant([1, 2, 3], tf.float32))));
  run.now(rows.size());
  const found = rows.lookup(tf.placeholder(tf.int64, [null, 3]));
  run.say([found.shape.asList(), rows.export()[1].shape.asList()]);
}
function withVectors(run: Run): void {
  const pairs = new MutableDenseHashTable(tf.int64, tf.int64, -1, longs(0, 0), longs(9, 9), 8, { name: 'pairs' });
  run.now(
    pairs.insert(
      [
        [3, 1],
        [11, -2],
      ],
      [1, 2],
    ),
  );
  run.now(pairs.export());
  run.now(
    pairs.lookup([
      [11, -2],
      [-2, 11],
    ]),
  );
  run.now(pairs.size());
  const three = hidden([longs(1, 2, 3)] as never);
  run.now(run.op('LookupTableFindV2', [pairs.resourceHandle, three, tf.constant(5, tf.int64)]).outputs[0]);
  const size = (deleted: number[], more: object = {}): void => {
    const attrs = { value_dtype: tf.int64, ...more };
    const [table] = run.op('MutableDenseHashTableV2', [longs(0, 0), longs(...deleted)], attrs).outputs;
    run.now(run.op('LookupTableSizeV2', [table]).outputs[0]);
  };
  size([1, 1, 1]);
  size([1, 1], { max_load_factor: 2 });
  run.now(new DenseHashTable(tf.int64, tf.int64, -1, 0, 0).size());
  run.now(new DenseHashTable(tf.int64, tf.int64, -1, 0, 1, 3).size());
  const keys = (): tf.Tensor => tf.placeholder(tf.int64, []);
  run.build(() => run.op('LookupTableFindV2', [pairs.resourceHandle, keys(), longs(1, 2, 3)]));
}

export const MUTABLE: Programs = {
  tables_that_change(run) {
    const table = new MutableHashTable(tf.string, tf.int64, -1);
    const keys = tf.placeholder(tf.string, [null, 2]);
    const [found, both] = [table.lookup(keys), table.export()];
    run.say([table.name, found.shape.asList(), both.map((each) => each.shape.asList())]);
    run.now(both);
    run.now(
      table.insert(
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    );
    run.now(found, [
      [
        keys,
        [
          ['a', 'x'],
          ['d', 'b'],
        ],
      ],
    ]);
    run.now(table.insert('a', 7));
    run.now(table.lookup('a'));
    run.now(table.size());
    run.now(table.remove(tf.constant(['a', 'zz'])));
    run.now(table.size());
    run.sorted(both);
    run.now(run.op('LookupTableImportV2', [table.resourceHandle, ['only'], longs(5)]));
    run.sorted(both);
    run.build(() => table.remove(longs(1)));
    withRows(run);
    run.say((tf.getCollection(tf.GraphKeys.SAVEABLE_OBJECTS) as { name: string }[]).map(({ name }) => name));
    const attrs = { key_dtype: tf.string, value_dtype: tf.int64, value_shape: [2, 2] };
    const [square] = run.op('MutableHashTableOfTensorsV2', [], attrs).outputs;
    run.now(run.op('LookupTableSizeV2', [square]).outputs[0]);
  },
  dense_tables(run) {
    const table = new DenseHashTable(tf.int64, tf.int64, -1, 0, -9, 8);
    run.now(table.insert([3, 1, 11, -2], [1, 2, 3, 4]));
    run.now(table.export());
    run.now(table.lookup([1, 3, 5]));
    run.now(table.insert([0], [1]));
    run.now(table.insert([-9], [1]));
    run.now(table.lookup(longs(0)));
    run.now(table.erase(longs(3)));
    run.now(table.remove(longs(0)));
    run.now(table.size());
    run.now(table.insertOrAssign([21, 22, 23, 24, 25, 26], [1, 2, 3, 4, 5, 6]));
    run.now(table.lookup([26, 3]));
    const texts = new DenseHashTable(tf.string, tf.float32, [-1, 0], '', 'x', 4, { name: 'text' });
    run.now(
      texts.insert(
        ['aa', 'b', 'cc', 'd', 'eee'],
        [
          [1, 2],
          [3, 4],
          [5, 6],
          [7, 8],
          [9, 10],
        ],
      ),
    );
    run.now(texts.export());
    run.now(texts.lookup(['d', 'q']));
    withVectors(run);
  },
  saved_tables(run) {
    const table = new MutableHashTable(tf.string, tf.float32, 0, { name: 'counts' });
    const dense = new DenseHashTable(tf.int64, tf.int64, -1, 0, -9, 8, { name: 'dense' });
    const saver = new tf.train.Saver();
    tf.placeholder(tf.string, []);
    run.now(table.insert(['a', 'b'], [1.5, 2.5]));
    run.now(dense.insert([3, 11], [1, 2]));
    saver.save(run.session, folder.at('model'));
    run.say(tf.train.listVariables(folder.at('model')).map(([name, shape]) => [name, shape]));
    run.now(table.insert(['a', 'c'], [7, 8]));
    run.now(dense.insert([4], [9]));
    saver.restore(run.session, folder.at('model'));
    run.sorted(table.export());
    run.now(dense.lookup([3, 11, 4]));
  },
};
