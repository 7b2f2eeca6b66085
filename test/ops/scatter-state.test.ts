/** Updates of single rows of variables, and counting. */
import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { open } from '../sweep';
import { list, said } from '../said';
import { MODES } from './variable-modes';

describe.each(MODES)('scatters and counts on %s: %s', (_, __, mode, useResource) => {
  let sess: tf.Session;
  beforeEach(() => {
    tf.resetDefaultGraph();
    sess = open(tf.getDefaultGraph(), mode);
  });
  afterEach(() => sess.close());
  const variable = (value: unknown, options: tf.VariableOptions = {}): tf.Variable =>
    new tf.Variable(value as number[], { name: 'W', useResource, ...options });
  const start = (): void => {
    sess.run(tf.globalVariablesInitializer());
  };
  test.each(['float64', 'int32', 'int64', 'uint8', 'int8', 'int16'])('adds up %s', (name) => {
    const dtype = tf.asDtype(name);
    const w = variable([100, 2], { dtype });
    const more = w.assignAdd(tf.constant([27, 3], dtype));
    const less = w.assignSub(tf.constant([5, 1], dtype));
    start();
    expect([list(sess.run(more)), list(sess.run(less))]).toEqual([
      [127, 5],
      [122, 4],
    ]);
    expect((sess.run(w) as NDArray).dtype).toBe(dtype);
  });
  test('counts up to a limit', () => {
    const n = variable(0, { dtype: tf.int32 });
    const next = tf.countUpTo(n, 3);
    start();
    expect([0, 1, 2].map(() => sess.run(next))).toEqual([0, 1, 2]);
    expect(said(() => sess.run(next))).toBe('OutOfRangeError: Reached limit of 3');
    expect(sess.run(n)).toBe(3);
    const long = new tf.Variable(2 ** 40, { dtype: tf.int64, useResource });
    sess.run(long.initializer);
    expect([sess.run(long.countUpTo(2 ** 41)), sess.run(long)]).toEqual([2 ** 40, 2 ** 40 + 1]);
  });
  // Values recorded from TensorFlow 1.15.
  test.each([
    [
      'Update',
      [
        [5, 0.5],
        [3, 4],
        [3, 4],
        [7, 8],
      ],
    ],
    [
      'Add',
      [
        [8, 5.5],
        [3, 4],
        [8, 10],
        [7, 8],
      ],
    ],
    [
      'Sub',
      [
        [-6, -1.5],
        [3, 4],
        [2, 2],
        [7, 8],
      ],
    ],
    [
      'Mul',
      [
        [10, 3],
        [3, 4],
        [15, 24],
        [7, 8],
      ],
    ],
    [
      'Div',
      [
        [0.1, 4 / 3],
        [3, 4],
        [5 / 3, 1.5],
        [7, 8],
      ],
    ],
    [
      'Min',
      [
        [1, 0.5],
        [3, 4],
        [3, 4],
        [7, 8],
      ],
    ],
    [
      'Max',
      [
        [5, 3],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
    ],
  ] as const)('scatter%s: rows that come twice are changed twice', (kind, want) => {
    const w = variable([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ]);
    const op = tf[`scatter${kind}`](
      w,
      [0, 2, 0],
      [
        [2, 3],
        [3, 4],
        [5, 0.5],
      ],
    );
    const before = w.readValue();
    start();
    sess.run(before);
    const got = sess.run(op) as NDArray;
    (want.flat() as number[]).forEach((value, i) => expect(got.data[i]).toBeCloseTo(value, 5));
    expect(list(sess.run(w))).toEqual(got.toArray());
  });
  test('scatter of a scalar, by a scalar index, of integers and of text', () => {
    const w = variable([
      [1, 2],
      [3, 4],
    ]);
    const n = variable([7, -7, 3], { dtype: tf.int32 });
    const s = variable(['a', 'b']);
    const big = variable([1n, 2n]);
    const ops = [
      tf.scatterAdd(w, [0, 1], 3),
      tf.scatterSub(w, 1, [1, 2]),
      tf.scatterDiv(n, [0, 1], [2, 2]),
      tf.scatterUpdate(s, [1], ['z']),
      tf.scatterMul(big, tf.constant([1], tf.int64), [5n]),
    ];
    start();
    expect(ops.map((op) => list(sess.run(op)))).toEqual([
      [
        [4, 5],
        [6, 7],
      ],
      [
        [4, 5],
        [5, 5],
      ],
      [3, -3, 3],
      ['a', 'z'],
      [1, 10],
    ]);
  });
  test('scatter by index tuples', () => {
    const w = variable([
      [1, 2],
      [3, 4],
    ]);
    const ops = [
      tf.scatterNdUpdate(w, [[1]], [[7, 8]]),
      tf.scatterNdAdd(
        w,
        [
          [0, 1],
          [0, 1],
        ],
        [1, 1],
      ),
      tf.scatterNdSub(w, [[1, 0]], [7]),
    ];
    start();
    expect(ops.map((op) => list(sess.run(op)))).toEqual([
      [
        [1, 2],
        [7, 8],
      ],
      [
        [1, 4],
        [7, 8],
      ],
      [
        [1, 4],
        [0, 8],
      ],
    ]);
  });
  test('the sizes of updates are checked when they are known', () => {
    const w = variable([
      [1, 2],
      [3, 4],
    ]);
    const d = tf.placeholder(tf.float32, null);
    const op = tf.scatterAdd(w, [0, 1], d);
    start();
    expect(said(() => sess.run(op, [[d, [1, 2, 3]]]))).toBe(
      useResource
        ? 'InvalidArgumentError: shape of indices ([2]) is not compatible with the shape of updates ([3])'
        : 'InvalidArgumentError: Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = ' +
            '[], got updates.shape [3], indices.shape [2], params.shape [2,2]',
    );
  });
});
