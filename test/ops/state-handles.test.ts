/** Variables behind handles, and rows of several kinds: ops that no public function makes. */
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { apply, applyOp } from '../../src/graph/apply';
import { devices, open } from '../sweep';
import { list, said } from '../said';

const KINDS: [string, boolean][] = [
  ['references', false],
  ['handles', true],
];

describe.each(devices())('on $title', (mode) => {
  test.each(KINDS)(
    '%s: a value on the device is assigned and read without being brought to the host',
    (_, useResource) => {
      tf.resetDefaultGraph();
      const w = new tf.Variable(tf.zeros([200, 200]), { useResource });
      const x = tf.placeholder(tf.float32, [200, 200]);
      const set = w.assign(tf.matmul(x, x), { readValue: false });
      const next = w.assign(tf.matmul(w, x), { readValue: false });
      const sess = open(tf.getDefaultGraph(), { ...mode, placement: 'device' });
      const value = new NDArray(tf.float32, [200, 200], new Float32Array(40_000).fill(0.01));
      sess.run(w.initializer);
      const read = jest.spyOn(sess.device, 'read');
      sess.run(set, [[x, value]]);
      sess.run(next, [[x, value]]);
      expect(read).not.toHaveBeenCalled();
      read.mockRestore();
      expect((sess.run(w) as NDArray).data[0]).toBeCloseTo(0.04, 5);
      sess.close();
    },
  );
});

describe.each(devices())('handles on $title', (mode) => {
  beforeEach(() => tf.resetDefaultGraph());
  test('rows, shapes and the end of a variable', () => {
    const w = new tf.Variable(
      [
        [1, 2],
        [3, 4],
      ],
      { name: 'W', useResource: true },
    );
    const sess = open(tf.getDefaultGraph(), mode);
    const [rows, elements] = [
      tf.gather(w, [1, 1]),
      apply('ResourceGatherNd', [w.handle, [[1, 0]]], { dtype: tf.float32 }),
    ];
    const shape = apply('VariableShape', [w.handle], { out_type: tf.int64 });
    const end = applyOp('DestroyResourceOp', [w.handle], { ignore_lookup_error: false });
    expect(said(() => sess.run(end))).toBe('NotFoundError: Container localhost does not exist.');
    expect(said(() => sess.run(rows))).toContain('W');
    sess.run(w.initializer);
    expect(sess.run([rows, elements, shape]).map(list)).toEqual([
      [
        [3, 4],
        [3, 4],
      ],
      [3],
      [2, 2],
    ]);
    expect(said(() => sess.run(tf.gather(w, [1, 2])))).toBe('InvalidArgumentError: indices[1] = 2 is not in [0, 2)');
    sess.run(end);
    expect(sess.run(tf.isVariableInitialized(w))).toBe(false);
  });
  test('a read stands where it is made', () => {
    const w = new tf.Variable(1, { useResource: true });
    const set = w.assign(5, { readValue: false });
    const after = tf.controlDependencies([set], () => w.value().add(0));
    const sess = open(tf.getDefaultGraph(), mode);
    sess.run(w.initializer);
    expect(sess.run(after)).toBe(5);
  });
});
