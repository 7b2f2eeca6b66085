import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('concat');

const P = (t: typeof tf, shape: readonly (number | null)[] | null = null, dtype = 'float32', name = 'x'): tf.Tensor =>
  t.placeholder(dtype, shape, { name });
function grad(
  t: typeof tf,
  build: (...xs: tf.Tensor[]) => tf.Tensor,
  ...shapes: (readonly (number | null)[] | null)[]
): unknown {
  const xs = shapes.map((shape) => P(t, shape));
  return t.gradients(build(...xs), xs);
}

sameGraph('concat', 'concat', (t) => {
  t.concat([P(t, [2, 3]), P(t, [2, null])], 1);
  t.concat([[1, 2], [3]], 0, { name: 'c' });
  t.concat([P(t, [2]), P(t)], 0);
  t.concat([P(t), P(t)], 1);
});
sameGraph('concat', 'concat of one', (t) => {
  t.concat([P(t, [2])], 0);
  t.concat(P(t, [3]), 0, { name: 'one' });
});
sameGraph('concat', 'concat along a fed axis', (t) => {
  t.concat([P(t, [2, 3]), P(t)], P(t, [], 'int32', 'axis'));
  t.concat([P(t), P(t)], P(t, [], 'int32', 'axis'));
});
sameGraph('concat', 'stack', (t) => {
  t.stack([P(t, [2]), P(t, [2])]);
  t.stack([P(t, [2]), P(t, [null])], { axis: 1, name: 's' });
  t.stack([P(t, [2]), P(t, [2])], -1);
});
sameGraph('concat', 'parallel stack', (t) => {
  t.parallelStack([P(t, [2]), P(t, [2])]);
  t.parallelStack(
    [
      [1, 2],
      [3, 4],
    ],
    { name: 'p' },
  );
  t.parallelStack([1, P(t, [])]);
});
sameGraph('concat', 'stack of numbers and tensors', (t) => {
  t.stack([1, P(t, []), 2]);
  t.stack([[1, 2], P(t, [2])]);
  t.stack([
    [1, P(t, [])],
    [2, 3],
  ]);
  t.stack([1, 2]);
  t.stack([[1, 2], P(t, [2])], 1);
});
sameGraph('concat', 'unstack', (t) => {
  t.unstack(P(t, [2, 3]));
  t.unstack(P(t, [2, 3]), { axis: 1, name: 'u' });
  t.unstack(P(t), 2);
});
sameGraph('concat', 'split', (t) => {
  t.split(P(t, [6, 2]), 3);
  t.split(P(t, [6, null]), 2, { axis: 1, name: 's' });
  t.split(P(t), 2);
});
sameGraph('concat', 'split into sizes', (t) => {
  t.split(P(t, [6, 2]), [1, 5]);
  t.split(P(t, [6, null]), [1, -1], 1, { name: 'v' });
  const x = P(t, [2, 6]);
  t.split(x, P(t, [3], 'int32'), 1);
  const y = P(t, [2, 6]);
  t.split(y, P(t, null, 'int32'), 1, { num: 2 });
});
sameGraph('concat', 'shapes through known parts', (t) => {
  const ints = (...values: number[]): tf.Tensor => t.constant(values, t.int32);
  let x = P(t);
  t.reshape(x, t.split(ints(1, 2, 3, 4), 2)[1]);
  x = P(t);
  t.reshape(x, t.split(ints(1, 2, 3), [1, 2])[1]);
  x = P(t);
  t.reshape(x, [t.unstack(ints(1, 5))[1], 2]);
  x = P(t);
  t.reshape(x, t.shapeN([P(t, [2, 3]), P(t, [4])])[1]);
  x = P(t);
  t.reshape(x, t.reverse(ints(2, 3), [0]));
});
sameGraph('concat', 'gradient of concat', (t) => grad(t, (x, y) => t.concat([x, y], 1), [2, 3], [2, 4]));
sameGraph('concat', 'gradient of a concat of unknown sizes', (t) =>
  grad(t, (x, y) => t.concat([x, y], 1), [2, 3], [null, 4]),
);
sameGraph('concat', 'gradient of a concat of unknown rank', (t) => grad(t, (x, y) => t.concat([x, y], 1), null, null));
sameGraph('concat', 'gradient of a long concat', (t) =>
  grad(t, (...xs) => t.concat(xs, 0), ...new Array<number[]>(17).fill([2, 3])),
);
sameGraph('concat', 'gradient of rows of a concat', (t) =>
  grad(t, (x, y) => t.gather(t.concat([x, y], 0), [0, 3]), [2, 3], [2, 3]),
);
sameGraph('concat', 'gradient of rows of a wide concat', (t) =>
  grad(t, (x, y) => t.gather(t.concat([x, y], 1), [0, 1]), [2, 3], [2, 4]),
);
sameGraph('concat', 'gradient of stack', (t) => grad(t, (x, y) => t.stack([x, y], 1), [2], [2]));
sameGraph('concat', 'gradient of unstack', (t) => grad(t, (x) => t.unstack(x, { axis: 1 })[1], [2, 3]));
sameGraph('concat', 'gradient of split', (t) => grad(t, (x) => t.split(x, 2, 1)[0], [2, 4]));
sameGraph('concat', 'gradient of split into sizes', (t) => grad(t, (x) => t.split(x, [1, 3], 1)[1], [2, 4]));

test('what cannot be told from shapes is asked for', () => {
  expect(() => tf.unstack(tf.placeholder(tf.float32, [null, 2]))).toThrow('Cannot infer num from shape (?, 2)');
  expect(() => tf.unstack(tf.placeholder(tf.float32, [3, 2]), { axis: 2 })).toThrow('axis = 2 not in [-2, 2)');
  expect(() => tf.stack([tf.placeholder(tf.float32, [2])], 2)).toThrow('axis = 2 not in [-2, 2)');
  expect(() => tf.split(tf.placeholder(tf.float32, [4]), tf.constant(2, tf.int32))).toThrow(
    'Rank-0 tensors are not supported as the num_or_size_splits argument to split.',
  );
});
test('the gradient of rows of a concat goes to the part that has the row', () => {
  const [x, y] = [tf.placeholder(tf.float32, [2, 2]), tf.placeholder(tf.float32, [3, 2])];
  const grads = tf.gradients(tf.gather(tf.concat([x, y], 0), [0, 4, 2]), [x, y]).map((g) => tf.convertToTensor(g!));
  const sess = new tf.Session();
  const [gx, gy] = sess.run(grads, [
    [
      x,
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      y,
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ],
  ]) as tf.NDArray[];
  expect([gx.toArray(), gy.toArray()]).toEqual([
    [
      [1, 1],
      [0, 0],
    ],
    [
      [1, 1],
      [0, 0],
      [1, 1],
    ],
  ]);
});
