import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('slice');

type Tf = typeof tf;
const x = (t: Tf, shape: (number | null)[], dtype = t.float32): tf.Tensor => t.placeholder(dtype, shape, { name: 'x' });
const int = (t: Tf, name: string): tf.Tensor => t.placeholder(t.int32, [], { name });

sameGraph('slice', 'slice', (t) => t.slice(x(t, [null, 4]), [0, 1], [-1, 2]));
sameGraph('slice', 'slice by tensors', (t) =>
  t.slice(x(t, [3, 4]), [0, 1], t.placeholder(t.int32, [2], { name: 'size' }), { name: 'part' }),
);
sameGraph('slice', 'gradient of a slice of unknown size', (t) => {
  const v = x(t, [null, 4]);
  t.gradients(t.slice(v, [0, 1], [2, 2]), v);
});
sameGraph('slice', 'stridedSlice', (t) => t.stridedSlice(x(t, [5]), [1], [4], [2]));
sameGraph('slice', 'stridedSlice without strides', (t) => t.stridedSlice(x(t, [5]), [1], [4]));
sameGraph('slice', 'an index', (t) => x(t, [3, 4]).get(1));
sameGraph('slice', 'a negative index', (t) => x(t, [3, 4]).get(-1, 2));
sameGraph('slice', 'ranges', (t) => x(t, [null, 4]).get([1, 3], [null, null, -1]));
sameGraph('slice', 'open ranges', (t) => x(t, [5, 4]).get([], [1]));
sameGraph('slice', 'an ellipsis and a new axis', (t) => x(t, [2, 3, 4]).get('...', t.newaxis, 2));
sameGraph('slice', 'an index tensor', (t) => x(t, [3, 4]).get(t.constant(1, t.int32), 0));
sameGraph('slice', 'a range to an int64 tensor', (t) =>
  x(t, [3, 4]).get([null, t.placeholder(t.int64, [], { name: 'n' })]),
);
sameGraph('slice', 'a range between tensors', (t) => x(t, [3, 4]).get([int(t, 'a'), int(t, 'b')]));
sameGraph('slice', 'nothing between the brackets', (t) => x(t, [3, 4]).get());
sameGraph('slice', 'the first dimension of a shape', (t) => t.zeros([t.shape(x(t, [null, 3])).get(0), 2]));
sameGraph('slice', 'a part of a shape as a shape', (t) => {
  const v = x(t, [null, 3, 4]);
  t.reshape(v, t.concat([t.shape(x(t, [null, 3, 4])).get([1]), [-1]], 0));
});
sameGraph('slice', 'an index of a variable', (t) =>
  new t.Variable(
    [
      [1, 2],
      [3, 4],
    ],
    { name: 'v' },
  ).get(1),
);
const MATRIX = [1, 3].map((n) => [n, n + 1]);
const variable = (t: Tf, useResource: boolean): tf.Variable => new t.Variable(MATRIX, { name: 'v', useResource });
function setParts(t: Tf, v: tf.Variable): void {
  v.get(1).assign([5, 6]);
  v.get([], [1]).assign(t.placeholder(t.float32, [2, 1], { name: 'new' }), { name: 'put' });
  t.controlDependencies([v.get(t.constant(0, t.int32), 0).assign(9)], () =>
    t.identity(v.readValue(), { name: 'after' }),
  );
}
sameGraph('slice', 'a part of a variable, set', (t) => setParts(t, variable(t, false)));
sameGraph('slice', 'a part of a variable behind a handle, set', (t) => setParts(t, variable(t, true)));
sameGraph('slice', 'a part by the op, set', (t) => {
  const v = variable(t, false);
  t.stridedSlice(v, [1], [2], { var: v, name: 'part' }).assign([[7, 8]], { name: 'put' });
});
sameGraph('slice', 'a mask', (t) => x(t, [3, 4]).get(t.placeholder(t.bool, [3], { name: 'm' })));

test('a part of a shape known in part is a shape known in part', () => {
  new tf.Graph().asDefault(() => {
    const v = tf.placeholder(tf.float32, [null, 3, 4]);
    expect(tf.zeros(tf.shape(v).get([1])).shape.dims).toEqual([3, 4]);
    expect(tf.zeros(tf.shape(v).get([null, 2])).shape.dims).toEqual([null, 3]);
  });
});

test('an index that is no integer is refused with what an index can be', () => {
  new tf.Graph().asDefault(() => {
    const v = tf.placeholder(tf.float32, [3, 4]);
    expect(() => v.get(1.5)).toThrow(
      'Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors ' +
        'are valid indices, got 1.5',
    );
    expect(() => v.get(tf.constant([1, 2], tf.int32))).toThrow(
      "are valid indices, got <tf.Tensor 'Const:0' shape=(2,) dtype=int32>",
    );
    expect(() => v.get(3)).toThrow('slice index 3 of dimension 0 out of bounds.');
  });
});

test("values by Python's brackets", () => {
  new tf.Graph().asDefault(() => {
    const v = tf.constant([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    const sess = new tf.Session();
    const value = (t: tf.Tensor): unknown => {
      const got = sess.run(t) as number | { toArray(): unknown };
      return typeof got === 'number' ? got : got.toArray();
    };
    expect(value(v.get(0, -1))).toBe(3);
    expect(value(v.get([null, null, 2], [null, null, -1]))).toEqual([
      [3, 2, 1],
      [9, 8, 7],
    ]);
    expect(value(v.get('...', 1))).toEqual([2, 5, 8]);
    expect(value(v.get(tf.newaxis, 0))).toEqual([[1, 2, 3]]);
    sess.close();
  });
});
