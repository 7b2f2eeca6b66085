/** `tf.vectorizedMap` beside `tf.mapFn` of the same functions: values, static shapes, gradients. */
import * as tf from '../../src';
import { devices, open } from '../devices';
import { expectNear, plain } from '../programs';
import { type Fn, OF_LOOPS, OF_VECTORS, checked, slope, times } from './row-functions';

/** A loop has no second derivative; nor has an array that is read more than once. */
const WITHOUT_SLOPE = /^a slope of (a (loop|map|scan|fold)|what an array has)$/;
const ROWS = [
  [0.5, 1.5, 2],
  [3, 0, 1],
  [2, 2.5, 5],
  [1, 4, 0.25],
];

describe.each(devices())('on the $title device', (mode) => {
  const both = (fn: Fn, x: tf.Tensor): readonly [tf.Tensor, tf.Tensor] => {
    const one = fn(tf.zeros(x.shape.dims!.slice(1) as number[]));
    return [tf.vectorizedMap(fn as never, x) as tf.Tensor, tf.mapFn(fn as never, x, { dtype: one.dtype }) as tf.Tensor];
  };
  test.each(Object.entries({ ...OF_VECTORS, ...OF_LOOPS }))('%s', (title, fn) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const x = tf.constant(ROWS);
      const [found, wanted] = both(fn, x);
      const sess = open(graph, mode);
      const [a, b] = sess.run([found, wanted]).map(plain);
      expectNear(a, b);
      expect(found.dtype).toBe(wanted.dtype);
      expect(found.shape.isCompatibleWith(wanted.shape)).toBe(true);
      if (!found.dtype.isFloating || WITHOUT_SLOPE.test(title)) return;
      const [da, db] = [found, wanted].map((y) => tf.gradients(y, x)[0]);
      expect(da === null).toBe(db === null);
      if (da && db)
        expectNear(
          ...(sess.run([da, db].map((d) => tf.convertToTensor(d as tf.Tensor))).map(plain) as [unknown, unknown]),
        );
    });
  });
  test('pictures, and rows of several tensors', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const pictures = tf.reshape(tf.cast(tf.range(2 * 2 * 4 * 4), tf.float32), [2, 2, 4, 4, 1]);
      const filter = tf.ones([2, 2, 1, 3]);
      const net: Fn = (x) =>
        tf.nn.maxPool(tf.nn.conv2d(x, filter, [1, 1, 1, 1], 'SAME'), [1, 2, 2, 1], [1, 2, 2, 1], 'SAME');
      const sess = open(graph, mode);
      const [a, b] = sess.run([...both(net, pictures)]).map(plain);
      expectNear(a, b);
      const pair = tf.vectorizedMap(({ x, y }: { x: tf.Tensor; y: tf.Tensor }) => [x.add(y), tf.reduceSum(x)], {
        x: tf.constant(ROWS),
        y: tf.constant([1, 2, 3, 4]),
      } as never) as unknown as tf.Tensor[];
      expect(sess.run(pair).map(plain)).toEqual([
        ROWS.map((row, i) => row.map((v) => v + i + 1)),
        ROWS.map((row) => row.reduce((p, q) => p + q)),
      ]);
    });
  });
  test('how many rows there are may be known in a run only; each has random numbers of its own', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const x = tf.placeholder(tf.float32, [null, 2]);
      const y = tf.vectorizedMap((row) => row.mul(2).add(tf.constant([1, 1])), x);
      const noise = tf.vectorizedMap((row) => tf.randomUniform([3]).add(tf.reduceSum(row).mul(0)), x);
      const sess = open(graph, mode);
      expect(
        plain(
          sess.run(y, [
            [
              x,
              [
                [1, 2],
                [3, 4],
              ],
            ],
          ]),
        ),
      ).toEqual([
        [3, 5],
        [7, 9],
      ]);
      const drawn = plain(
        sess.run(noise, [
          [
            x,
            [
              [1, 2],
              [3, 4],
            ],
          ],
        ]),
      ) as number[][];
      expect(new Set(drawn.flat()).size).toBe(6);
    });
  });
  test('what is checked of each row fails where one of them does', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const least = (row: tf.Tensor): tf.Tensor =>
        tf.controlDependencies([checked(tf.greater(tf.reduceMin(row), 0), row)], () => row.mul(1));
      const y = tf.vectorizedMap(least as never, tf.constant(ROWS)) as tf.Tensor;
      expect(() => open(graph, mode).run(y)).toThrow(/^assertion failed: \[\[0\.5 1\.5 2\]/);
    });
  });
  test('branches, loops and arrays that are functions and lists have no converter, as in TensorFlow 1.15', () => {
    tf.enableControlFlowV2();
    try {
      const x = tf.constant(ROWS);
      const fns: Readonly<Record<string, Fn>> = {
        StatelessIf: (row) =>
          tf.cond(
            row.get(0).greater(1),
            () => row,
            () => row.neg(),
          ),
        While: (row) => times(2, (y) => y.add(1), row),
        TensorListSetItem: (row) => new tf.TensorArray(tf.float32, 1).write(0, row).stack(),
      };
      for (const [type, fn] of Object.entries(fns))
        expect(() => tf.vectorizedMap(fn as never, x)).toThrow(new RegExp(`^No converter defined for ${type}\n`));
    } finally {
      tf.disableControlFlowV2();
    }
  });
  test('rows that leave a loop one by one keep nothing on stacks', () => {
    const each: Fn = (row) =>
      slope(
        tf.whileLoop(
          (y: tf.Tensor) => tf.reduceSum(y).less(100),
          (y: tf.Tensor) => [y.mul(y).add(row)],
          [row],
        ) as unknown as tf.Tensor,
        row,
      );
    expect(() => tf.vectorizedMap(each as never, tf.constant(ROWS))).toThrow(
      /^Pushing non loop invariant values to a stack from inside a loop that rows leave one by one not supported\.\n/,
    );
  });
  test('what has no converter, or takes what may not depend on the row, says so', () => {
    const x = tf.constant(ROWS);
    const guarded: Fn = (row) =>
      tf.controlDependencies([tf.Assert(tf.greater(row.get(0), 0), [row])], () => row.mul(1));
    expect(() => tf.vectorizedMap(guarded as never, x)).toThrow(/^No converter defined for Switch\n/);
    expect(() => tf.vectorizedMap((row) => tf.unique(row)[0], x)).toThrow(/^No converter defined for Unique\n/);
    expect(() => tf.vectorizedMap((row) => tf.reshape(row, tf.cast(row, tf.int32)), x)).toThrow(
      /^Input "shape" of op "Reshape" expected to be loop invariant\.\nError while converting op 'loop_body/,
    );
    expect(() => tf.vectorizedMap(3 as never, x)).toThrow(/must be callable/);
  });
});
