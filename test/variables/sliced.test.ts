/** Parts of variables that are set: values and errors as TensorFlow 1.15 was recorded (`record/sliced.py`). */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { devices, open } from '../devices';

type Row = readonly [name: string, useResource: boolean, isInitialized: boolean, said: readonly unknown[]];
const ROWS = JSON.parse(readFileSync(path.join(__dirname, '..', 'fixtures', 'sliced.json'), 'utf8')) as readonly Row[];
const VALUE = [1, 3].map((n) => [n, n + 1]);

const CASES: Readonly<Record<string, (v: tf.Variable, at: tf.Tensor) => tf.Tensor>> = {
  another_shape: (v) => v.get(1).assign([1, 2, 3]),
  one_number_for_many: (v) => v.get([null, 1]).assign(5),
  nothing: (v) => v.get([2]).assign([[1]]),
  an_index_beyond: (v, at) => v.get(at).assign([1, 2]),
  another_dtype: (v) => v.get(0, 0).assign('a'),
  too_many_indices: (v) => v.get(0, 0, 0).assign(1),
  its_own_part: (v) => v.get(0).assign(v.get(1)),
  all_of_it: (v) =>
    v.get('...').assign([
      [9, 8],
      [7, 6],
    ]),
  the_diagonal_way: (v) => v.get([null, null, -1], 1).assign([9, 8]),
  a_gradient: (v) => tf.gradients(v.get(0).assign([1, 2]), v)[0],
};
/** As Python writes them. */
const words = (text: string): string => text.replace(/"/g, "'").replace(/,(?=\S)/g, ', ');

function said([name, useResource, isInitialized]: Row, mode: ReturnType<typeof devices>[number]): unknown[] {
  return new tf.Graph().asDefault((graph) => {
    const v = new tf.Variable(VALUE, { name: 'v', useResource });
    const at = tf.placeholder(tf.int32, [], { name: 'at' });
    try {
      const part = CASES[name](v, at);
      const sess = open(graph, mode);
      if (isInitialized) sess.run(v.initializer);
      const [got, left] = [sess.run(part, [[at, 7]]), sess.run(v)];
      return [got, left].map((x) => (x as unknown as tf.NDArray).toArray());
    } catch (error) {
      const { name: of, message } = error as Error;
      return [`${of}: ${message.split('\n')[0]}`];
    }
  });
}
// A tensor that is no part of a variable has no such method here.
const rows = ROWS.filter(([name]) => name !== 'no_variable');
describe.each(devices().map((mode) => [mode.title, mode] as const))('parts of variables: %s', (_, mode) => {
  test.each(rows)('%s, by handle: %s, initialized: %s', (...row) => {
    const got = said(row, mode).map((x) => (typeof x === 'string' ? words(x) : x));
    expect(got).toEqual(row[3].map((x) => (typeof x === 'string' ? words(x) : x)));
  });
});
