/** What loops, arrays and functions refuse, in TensorFlow 1.15's words; sparse tensors that go round. */
import * as tf from '../../src';
import { devices, open } from '../devices';
import { plain } from '../programs';

test.each<[string, () => unknown, string, RegExp]>([
  [
    'a map of tensors with other numbers of rows',
    () =>
      tf.mapFn(
        ((t: readonly tf.Tensor[]) => t[0].add(t[1])) as never,
        [tf.constant([1, 2]), tf.constant([1, 2, 3])] as never,
        { dtype: tf.float32 } as never,
      ),
    'ValueError',
    /^Dimensions 2 and 3 are not compatible/,
  ],
  [
    'a scan of them',
    () =>
      tf.scan(
        ((a: tf.Tensor, t: readonly tf.Tensor[]) => a.add(t[0]).add(t[1])) as never,
        [tf.constant([1, 2]), tf.constant([1, 2, 3])],
        { initializer: tf.constant(0) } as never,
      ),
    'ValueError',
    /^Dimensions 2 and 3 are not compatible/,
  ],
  [
    'a call of a function with another dtype',
    () => tf.Defun(tf.float32, { funcName: 'OfFloats' })((x) => x.mul(2))(tf.constant(1, tf.int32)),
    'ValueError',
    /^Input '.*' passed int32 expected float while building NodeDef 'OfFloats' using Op<name=OfFloats; signature=/,
  ],
  [
    'an array whose size is a list',
    () => new tf.TensorArray(tf.float32, [1] as never),
    'ValueError',
    /^Shape must be rank 0 but is rank 1 for 'TensorArray.*' \(op: 'TensorArrayV3'\) with input shapes: \[1\]\./,
  ],
  [
    'a body that gives another dtype',
    () =>
      tf.whileLoop(
        (i: tf.Tensor) => i.less(1),
        (i: tf.Tensor) => tf.toFloat(i),
        [tf.constant(0, tf.int32)],
      ),
    'InvalidArgumentError',
    /^Input 1 of node .*\/Merge was passed float from .*\/NextIteration:0 incompatible with expected int32\./,
  ],
])('%s is refused as TensorFlow 1.15 does', (_, build, name, text) => {
  expect(build).toThrow(expect.objectContaining({ name, message: expect.stringMatching(text) as string }));
});

describe.each([false, true])('sparse tensors as variables of a loop (functions: %s)', (functional) => {
  beforeEach(() => {
    if (functional) tf.enableControlFlowV2();
  });
  afterEach(() => tf.disableControlFlowV2());
  test.each(devices())('keep their rank, and run on $title', (mode) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const start = new tf.SparseTensor([[0, 1]], [1], [2, 2]);
      // Each time as many elements more, as 1.15.5 allows where nobody says a shape.
      const [, sparse] = tf.whileLoop(
        ((i: tf.Tensor) => i.less(3)) as never,
        ((i: tf.Tensor, s: tf.SparseTensor) => [
          i.add(1),
          new tf.SparseTensor(
            tf.concat([s.indices, s.indices], 0) as never,
            tf.concat([s.values.mul(2), s.values], 0) as never,
            s.denseShape,
          ),
        ]) as never,
        [tf.constant(0, tf.int32), start] as never,
      ) as unknown as readonly [tf.Tensor, tf.SparseTensor];
      expect([sparse.indices, sparse.values, sparse.denseShape].map(({ shape }) => String(shape))).toEqual([
        '(?, 2)',
        '(?,)',
        '(2,)',
      ]);
      const sess = open(graph, mode);
      for (let i = 0; i < 5; i++) expect(plain(sess.run(sparse.values))).toEqual([8, 4, 4, 2, 4, 2, 2, 1]);
      sess.close();
    });
  });
});

test.each(devices())('an array is scattered within its size, on $title', (mode) => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const values = [tf.constant([0, 5], tf.int32), tf.constant([1, 2])] as const;
    const fixed = new tf.TensorArray(tf.float32, 3).scatter(...values).stack();
    const grown = new tf.TensorArray(tf.float32, 3, { dynamicSize: true }).scatter(...values).read(5);
    const sess = open(graph, mode);
    expect(() => sess.run(fixed)).toThrow('Max scatter index must be < array size (5 vs. 3)');
    expect(sess.run(grown)).toBe(2);
    sess.close();
  });
});
