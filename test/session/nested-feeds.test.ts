/** Feeds of several tensors by one key: the state of a recurrent net, as Python feeds it. */
import * as tf from '../../src';
import { devices, open } from '../devices';
import { said } from '../said';

let [a, b, c]: tf.Tensor[] = [];
let sess: tf.Session;
beforeEach(() => {
  tf.resetDefaultGraph();
  [a, b, c] = ['a', 'b', 'c'].map((name) => tf.placeholder(tf.float32, null, { name }));
  sess = open(tf.getDefaultGraph(), devices()[0]);
});
const sums = (feeds: tf.FeedDict): unknown => sess.run([a.add(b), c], feeds);

test('a list of tensors takes a list of values, at any depth', () => {
  expect(
    sums([
      [
        [a, [b, c]],
        [1, [2, 3]],
      ],
    ]),
  ).toEqual([3, 3]);
  expect(
    sums([
      [
        [[a, 'b'], c],
        [[1, 2], 3],
      ],
    ]),
  ).toEqual([3, 3]);
  expect(
    sums(
      new Map([
        [
          [a, b, c],
          [1, 2, 3],
        ],
      ]),
    ),
  ).toEqual([3, 3]);
  expect(
    sums([
      [
        [a, b],
        [1, 2],
      ],
      [c, 3],
    ]),
  ).toEqual([3, 3]);
});
test('a value may be an array, a list of lists or what was fetched', () => {
  const [rows, kept] = sess.run([tf.constant([[1, 2]]), tf.constant(4)]);
  const out = sums([
    [
      [a, b, c],
      [rows, [[3, 4]], kept],
    ],
  ]) as [tf.NDArray, number];
  expect([out[0].toArray(), out[1]]).toEqual([[[4, 6]], 4]);
});
test('the state of cells goes round from run to run', () => {
  const lstm = new tf.nn.rnnCell.BasicLSTMCell(2);
  const cell = new tf.nn.rnnCell.MultiRNNCell([lstm, new tf.nn.rnnCell.GRUCell(3)]);
  const state = cell.zeroState(1, tf.float32);
  const x = tf.placeholder(tf.float32, [1, 4, 2]);
  const [, last] = tf.nn.dynamicRnn(cell, x, { initialState: state });
  sess.run(tf.globalVariablesInitializer());
  const feed = [
    [
      [0.1, 0.2],
      [0.3, 0.4],
      [0.5, 0.6],
      [0.7, 0.8],
    ],
  ];
  const once = sess.run(last, [[x, feed]]);
  const twice = sess.run(last, [
    [x, feed],
    [state, once],
  ]);
  const flat = (s: typeof once): unknown[] => [s[0].c, s[0].h, s[1]].map((v) => (v as tf.NDArray).toArray());
  const [c0, h0, g0] = [state[0].c, state[0].h, state[1]];
  const apart = sess.run(last, [
    [x, feed],
    [c0, once[0].c],
    [h0, once[0].h],
    [g0, once[1]],
  ]);
  expect(flat(twice)).toEqual(flat(apart));
  expect(flat(twice)).not.toEqual(flat(once));
});
test('a value must have the parts of its key', () => {
  expect(
    said(() =>
      sums([
        [
          [a, b, c],
          [1, 2],
        ],
      ]),
    ),
  ).toMatch(/^ValueError: Could not flatten dictionary\. Key had 3 elements, but value had 2 elements\./);
  expect(said(() => sums([[[a, b, c], 1]]))).toContain('Key had 3 elements, but value had 1 element.');
});
