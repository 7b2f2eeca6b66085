import * as tf from 'tfjs-session';
import { sameGraph, sweep } from '../sweep';

sweep('matmul');

const p = (t: typeof tf, name: string, ...shape: (number | null)[]): tf.Tensor =>
  t.placeholder(t.float32, shape, { name });
const at = (name: string): tf.Tensor => tf.getDefaultGraph().getTensorByName(name);

sameGraph('matmul', 'matmul of placeholders', (t) => {
  t.matmul(t.placeholder(t.float32, [null, 3], { name: 'x' }), t.ones([3, 2]));
});
sameGraph('matmul', 'flags', (t) => {
  t.matmul(p(t, 'x', 3, 2), p(t, 'y', 3, 4), { transposeA: true });
  t.matmul(p(t, 'x', 2, 3), p(t, 'y', 4, 3), { adjointB: true, name: 'm' });
  t.matmul(p(t, 'x', 2, 2), [
    [1, 2],
    [3, 4],
  ]);
});
sameGraph('matmul', 'batches', (t) => {
  t.matmul(p(t, 'x', 2, 3, 4), p(t, 'y', 2, 4, 5));
  t.matmul(p(t, 'x', 2, 3, 4), p(t, 'y', 5, 4), { transposeB: true, name: 'm' });
  t.matmul(t.placeholder(t.float32, null, { name: 'x' }), p(t, 'y', 4, 5));
});
sameGraph('matmul', 'matvec', (t) => {
  t.linalg.matvec(p(t, 'x', 2, 3), p(t, 'y', 3));
  t.linalg.matvec(p(t, 'x', 3, 2), p(t, 'y', 3), { transposeA: true, name: 'v' });
});
sameGraph('matmul', 'tensordot of known shapes', (t) => {
  t.tensordot(p(t, 'x', 2, 3), p(t, 'y', 3, 4), 1);
  t.tensordot(
    p(t, 'x', 2, 3, 4),
    p(t, 'y', 4, 3, 5),
    [
      [1, 2],
      [1, 0],
    ],
    { name: 't' },
  );
  t.tensordot(p(t, 'x', 2, 3), p(t, 'y', 3), [1, 0]);
  t.tensordot(p(t, 'x', 2), p(t, 'y', 3), 0);
});
sameGraph('matmul', 'tensordot of an unknown batch', (t) => {
  t.tensordot(p(t, 'x', null, 3, 4), p(t, 'y', 4, 5), [[2], [0]]);
});
sameGraph('matmul', 'gradient of a product', (t) => {
  t.gradients(t.matmul(p(t, 'x', null, 3), p(t, 'y', 3, 4)), ['x:0', 'y:0'].map(at));
});
sameGraph('matmul', 'gradient of batches that broadcast', (t) => {
  t.gradients(t.matmul(p(t, 'x', 2, 3, 4), p(t, 'y', 4, 5)), ['x:0', 'y:0'].map(at));
});
sameGraph('matmul', 'gradient of batches of unknown size', (t) => {
  t.gradients(
    t.matmul(t.placeholder(t.float32, null, { name: 'x' }), t.placeholder(t.float32, null, { name: 'y' })),
    ['x:0', 'y:0'].map(at),
  );
});

test('a matrix cannot be both transposed and adjoint', () => {
  new tf.Graph().asDefault(() =>
    expect(() => tf.matmul([[1]], [[1]], { transposeA: true, adjointA: true })).toThrow(
      'Only one of transpose_a and adjoint_a can be True.',
    ),
  );
});
test('axes of a tensordot must pair up', () => {
  new tf.Graph().asDefault((graph) => {
    const [a, b] = [
      tf.constant([
        [1, 2],
        [3, 4],
      ]),
      tf.constant([
        [1, 2],
        [3, 4],
      ]),
    ];
    expect(() => tf.tensordot(a, b, [[0, 1], [0]])).toThrow(
      "Different number of contraction axes 'a' and 'b', 2 != 1.",
    );
    expect(() => tf.tensordot(a, b, 3)).toThrow("'axes' must not be larger than the number of dimensions of tensor");
    using sess = new tf.Session('', { graph });
    expect(sess.run(tf.tensordot(a, b, 2))).toBe(30);
  });
});
