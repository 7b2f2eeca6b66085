/** Stacks and arrays, and what runs whatever became of what it waits for. */
import * as tf from '../../src';
import { apply, applyOp } from '../../src/graph/apply';
import { devices, open } from '../devices';
import { said } from '../said';

beforeEach(() => tf.resetDefaultGraph());

describe.each(devices())('$title', (mode) => {
  const run = (...fetches: (tf.Tensor | tf.Operation)[]): unknown[] => {
    const sess = open(tf.getDefaultGraph(), mode);
    const before = sess.device.tensorsAlive();
    try {
      const values: unknown[] = sess.run(fetches);
      return values.map((v) => (v instanceof tf.NDArray ? v.toArray() : v));
    } finally {
      expect(sess.device.tensorsAlive()).toBe(before);
      sess.close();
    }
  };
  const stack = (maxSize = -1): tf.Tensor =>
    apply('StackV2', [tf.constant(maxSize, tf.int32)], { elem_type: tf.float32 }, 'kept');
  const push = (to: tf.Tensor, x: tf.Tensor | number): tf.Tensor =>
    apply('StackPushV2', [to, tf.constant(x as number)]);
  const pop = (from: tf.Tensor): tf.Tensor => apply('StackPopV2', [from], { elem_type: tf.float32 });

  test('gives back what it was given, the last first', () => {
    const kept = stack();
    const first = push(kept, 1);
    const second = tf.controlDependencies([first], () => push(kept, 2));
    const back = tf.controlDependencies([second], () => pop(kept));
    const last = tf.controlDependencies([back], () => pop(kept));
    expect(run(first, second, back, last)).toEqual([1, 2, 2, 1]);
  });
  test('arrays without elements have the shape that the graph knows', () => {
    const array = (elementShape?: tf.ShapeLike): tf.TensorArray =>
      new tf.TensorArray(tf.float32, { size: 0, elementShape });
    const sess = open(tf.getDefaultGraph(), mode);
    expect((sess.run(array([3, 5]).concat()) as tf.NDArray).shape).toEqual([0, 5]);
    expect((sess.run(array([3, 5]).stack()) as tf.NDArray).shape).toEqual([0, 3, 5]);
    for (const [shape, words] of [
      [[null, null], '[?]'],
      [undefined, '<unknown>'],
    ] as const)
      expect(said(() => sess.run(array(shape).concat())).split('\n')[0]).toBe(
        `UnimplementedError: TensorArray has size zero, but element_shape_except0 ${words} is not fully defined. ` +
          'Currently only static shapes are supported when concatenating zero-size TensorArrays.',
      );
    sess.close();
  });
  test('is empty at the start of each run', () => {
    const kept = stack();
    const pushed = push(kept, 1);
    const back = tf.controlDependencies([pushed], () => pop(kept));
    const sess = open(tf.getDefaultGraph(), mode);
    for (let i = 0; i < 40; i++) expect(sess.run(back)).toBe(1);
    sess.close();
    expect(said(() => run(pop(stack())))).toContain('is empty when calling Pop().');
  });
  test('holds no more than it was made for, and nothing when it is closed', () => {
    const kept = stack(1);
    const first = push(kept, 1);
    const second = tf.controlDependencies([first], () => push(kept, 2));
    expect(said(() => run(second))).toContain('overflowed its max_size (1)');
    const other = stack();
    const closed = applyOp('StackCloseV2', [other]);
    expect(said(() => run(tf.controlDependencies([closed], () => push(other, 1))))).toContain('already been closed');
  });
  test('an array makes the nodes of its op types, and can be closed', () => {
    const a = new tf.TensorArray(tf.float32, 3).unstack([1, 2, 3]);
    const b = new tf.TensorArray(tf.float32, 1).split([[1], [2]], [2]).identity();
    const { flow } = new tf.TensorArray(tf.float32, 1).write(0, 1).grad('gradients');
    const closed = a.close();
    const after = tf.controlDependencies([closed], () => a.size());
    expect(run(b.concat(), flow)).toEqual([[[1], [2]], 0]);
    expect(said(() => run(after))).toContain('has already been closed.');
    const types = new Set(
      tf
        .getDefaultGraph()
        .getOperations()
        .map((op) => op.type),
    );
    a.read(0);
    a.gather([0]);
    for (const type of [
      'TensorArrayV3',
      'TensorArrayGradV3',
      'TensorArrayWriteV3',
      'TensorArrayScatterV3',
      'TensorArrayConcatV3',
      'TensorArraySplitV3',
      'TensorArraySizeV3',
      'TensorArrayCloseV3',
    ])
      expect(types).toContain(type);
    expect([a.read(0).op.type, a.gather([0]).op.type]).toEqual(['TensorArrayReadV3', 'TensorArrayGatherV3']);
  });
  test('elements that do not go together are refused in the words of TensorFlow 1.15', () => {
    const array = (n: number): tf.TensorArray => new tf.TensorArray(tf.float32, n, { inferShape: false });
    const other = array(2).write(0, [1]).write(1, [2, 3]);
    const wide = array(2)
      .write(0, [[1]])
      .write(1, [[2, 3]]);
    const three = tf.constant([1, 2, 3]);
    const wrong: readonly (readonly [tf.Tensor, string])[] = [
      [other.gather([1, 0]), 'TensorArray has inconsistent shapes.  Index 0 has shape: [2] but index 1 has shape: [1]'],
      [
        wide.concat(),
        'TensorArray has inconsistent shapes.  Index 0 has (excepting dimension 0) shape: [1] but index 1 has ' +
          '(excepting dimension 0) shape: [2]',
      ],
      [
        array(2).write(0, 1).write(1, 2).concat(),
        'Concat saw a scalar shape at index 0 but requires at least vectors.  Did you mean to call pack?',
      ],
      [array(2).unstack(three).flow, 'Max scatter index must be < array size (2 vs. 2)'],
      [array(2).scatter([5, 0], [1, 2]).flow, 'Max scatter index must be < array size (5 vs. 2)'],
      ...[2, 4].map(
        (size) =>
          [
            array(size).split(three, [1, 1, 1]).flow,
            `TensorArray's size is not equal to the size of lengths (${size} vs. 3), and the TensorArray is not ` +
              'marked as dynamically resizeable',
          ] as const,
      ),
    ];
    for (const [fetch, text] of wrong) expect(said(() => run(fetch))).toContain(text);
    const grown = new tf.TensorArray(tf.float32, 1, { dynamicSize: true, elementShape: [] }).scatter([3, 0], [1, 2]);
    expect(run(grown.stack())).toEqual([[2, 0, 0, 1]]);
  });
  test('gradients of an array may have dimensions in front of those of its elements', () => {
    const a = new tf.TensorArray(tf.float32, 2).write(0, [1, 2]);
    const attrs = { source: 'gradients' };
    const [handle, flow] = applyOp(
      'TensorArrayGradWithShape',
      [a.handle!, a.flow, tf.constant([3], tf.int32)],
      attrs,
    ).outputs;
    const write = (value: unknown, after: tf.Tensor): tf.Tensor =>
      applyOp('TensorArrayWriteV3', [handle, tf.constant(0, tf.int32), value as number[], after]).outputs[0];
    const read = (at: number, after: tf.Tensor): tf.Tensor =>
      applyOp('TensorArrayReadV3', [handle, tf.constant(at, tf.int32), after], { dtype: tf.float32 }).outputs[0];
    const rows = tf.constant([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const twice = write(rows, write(rows, flow));
    expect(run(read(0, twice))).toEqual([
      [
        [2, 4],
        [6, 8],
        [10, 12],
      ],
    ]);
    expect(run(read(0, flow))).toEqual([
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ]);
    expect(said(() => run(write([1, 2], flow)))).toContain(
      "incompatible with the TensorArray's inferred element shape: [3,2]",
    );
  });
  test('a ControlTrigger runs where what it waits for is left out', () => {
    const p = tf.placeholder(tf.bool, []);
    const x = tf.constant([1, 2]);
    const [no, yes] = applyOp('Switch', [x, p]).outputs;
    const trigger = tf.controlDependencies([no.add(1), yes.add(1)], () => applyOp('ControlTrigger', []));
    const behind = tf.controlDependencies([trigger], () => tf.constant(3));
    const joined = tf.controlDependencies([tf.controlDependencies([no.add(1), yes.add(1)], () => tf.noOp())], () =>
      tf.constant(4),
    );
    const sess = open(tf.getDefaultGraph(), mode);
    for (let i = 0; i < 5; i++) expect(sess.run(behind, [[p, i % 2 === 0]])).toBe(3);
    expect(said(() => sess.run(joined, [[p, true]]))).toContain('does not have value');
    sess.close();
  });
});
